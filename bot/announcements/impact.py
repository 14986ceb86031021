"""What a change of the schedule would cause, found with the very functions by which the announcer decides."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from bot.announcements.acceptance import accepted, first_states
from bot.announcements.ledger import SentPost
from bot.announcements.news import steps_to_come
from bot.announcements.planner import planned_news, planned_stages
from bot.announcements.post import ChangeSubject, PostSubject, ReminderSubject, keys
from bot.announcements.selection import selection
from bot.announcements.snapshot import LOOKING_BACK, PlanningSnapshot, standing_posts
from bot.announcements.state import LectureState, NewsItem, StateUpdate
from bot.announcements.store import AnnouncementStore
from bot.announcements.texts.render import is_settled
from bot.announcements.wordings import fingerprint
from bot.domain.language import Language
from bot.domain.lecture import rank
from bot.domain.message import Message
from bot.domain.reminder_times import Stage
from bot.domain.reminders import DueStage
from bot.domain.series import Series
from bot.domain.subscriptions import Address, Follower
from bot.schedule.draft import Draft

_EVER: Final = datetime.max.replace(tzinfo=UTC)

Remembering = Mapping[str, LectureState]


@dataclass(frozen=True, slots=True)
class ForecastPost:
    """A post, the language it is in, and all who would get it."""

    message: Message
    language: Language
    receivers: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What a draft would cause: the posts and when they go out; the planned posts that would be dropped, and those that
    would be new."""

    posts: tuple[ForecastPost, ...]
    due: datetime | None
    dropped: tuple[ReminderSubject, ...]
    added: tuple[ReminderSubject, ...]
    edited: int
    """How many earlier posts would be corrected."""
    awaited: datetime | None = None
    """When the stage is due that shows it to all who need no post of its own."""


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What would be known and told at some moment, of the lectures that the draft changes."""

    at: datetime
    snapshot: PlanningSnapshot
    subjects: tuple[ChangeSubject, ...]


class ImpactPreview:
    """Finds it from what was announced, what stands in the ledger, and who follows."""

    def __init__(self, store: AnnouncementStore, now: Callable[[], datetime]) -> None:
        self._announced: Final = store.announced
        self._ledger: Final = store.ledger
        self._followers: Final = store.followers
        self._collections: Final = store.collections
        self._now: Final = now

    async def preview(self, draft: Draft) -> Impact:
        """What the draft would cause if it were written now and announced. Raises LedgerUnavailable."""
        now = self._now()
        known = await self._announced.lecture_states()
        first = first_states(draft.before, now) if known is None else accepted(known, draft.before, now)
        before = _after(first, known or {})
        step = accepted(before, draft.after, now)
        after = _after(step, before)
        concerned = {each.lecture for each in step.lecture_states} if step else set()
        followers = await self._followers.followers()
        told = {each.id: each for each in await self._announced.news(now - LOOKING_BACK)}
        collecting = await self._collections.pause(now)
        waiting = {each: after[each] for each in concerned}
        steps = steps_to_come(waiting, draft.after, now, collecting.until if collecting else None)
        ahead = [*_ahead(steps, after, told, draft.after)]
        old = _stages(draft.before, concerned, before, now)
        new = _stages(draft.after, concerned, after, now)
        return Impact(
            _posts(ahead, followers),
            min((each.at for each in ahead), default=None),
            _together(old[key] for key in old if key not in new),
            _together(new[key] for key in new if key not in old),
            await self._edited(draft, before, after, {each.address: each for each in followers}, now),
            max((each.due for step in ahead for told in step.subjects for each in told.awaits), default=None),
        )

    async def _edited(
        self,
        draft: Draft,
        before: Remembering,
        after: Remembering,
        followers: Mapping[Address, Follower],
        now: datetime,
    ) -> int:
        """How many messages that stand in channels would say something else."""
        standing = await standing_posts(self._ledger, self._announced, draft.before, now)
        posts = [each for each in standing if each.address in followers]
        told = {news for each in posts if isinstance(each.subject, ChangeSubject) for news in each.subject.news}
        items = await self._announced.news_by_id(told)
        snapshots = PlanningSnapshot(draft.before, before, items), PlanningSnapshot(draft.after, after, items)
        found: dict[object, bool] = {}
        count = 0
        for post in posts:
            alike = (repr(post.subject), _kind(followers[post.address]))
            if alike not in found:
                found[alike] = _differs(post, followers[post.address], snapshots, now)
            count += found[alike]
        return count


def _differs(
    post: SentPost, follower: Follower, snapshots: tuple[PlanningSnapshot, PlanningSnapshot], now: datetime
) -> bool:
    if is_settled(post.subject, snapshots[1].series, now):
        return False
    one, other = (fingerprint(each.message(post.subject, follower, now)) for each in snapshots)
    return one != other


def _after(step: StateUpdate | None, lecture_states: Remembering) -> dict[str, LectureState]:
    return {**lecture_states, **{each.lecture: each for each in (step.lecture_states if step else ())}}


def _ahead(
    steps: Iterable[tuple[datetime, StateUpdate]],
    lecture_states: Remembering,
    told: Mapping[int, NewsItem],
    series: Series,
) -> Iterator[_Ahead]:
    """The moments at which news would be told, after those that were `told` before."""
    items = {**told}
    for due, step in steps:
        fresh = [replace(each, id=-1 - len(items) - position) for position, each in enumerate(step.news)]
        items |= {each.id: each for each in fresh}
        lecture_states = _after(step, lecture_states)
        if fresh:
            yield _Ahead(due, PlanningSnapshot(series, lecture_states, dict(items)), tuple(planned_news(series, fresh)))


def _posts(ahead: Iterable[_Ahead], followers: Iterable[Follower]) -> tuple[ForecastPost, ...]:
    """The posts with everybody who would get them; who wants the same in the same language gets the same."""
    posts: dict[tuple[PostSubject, Follower], ForecastPost] = {}
    receivers: dict[tuple[PostSubject, Follower], list[Address]] = {}
    for moment in ahead:
        for follower in followers:
            for subject in selection(follower, moment.subjects, (), moment.at).posts:
                alike = (subject, _kind(follower))
                if alike not in posts:
                    message = moment.snapshot.message(subject, follower, moment.at)
                    posts[alike] = ForecastPost(message, moment.snapshot.language(follower), ())
                receivers.setdefault(alike, []).append(follower.address)
    grouped: dict[tuple[str, Language], tuple[ForecastPost, list[Address]]] = {}
    for told, post in posts.items():
        grouped.setdefault((fingerprint(post.message), post.language), (post, []))[1].extend(receivers[told])
    return tuple(replace(post, receivers=tuple(addresses)) for post, addresses in grouped.values())


def _kind(follower: Follower) -> Follower:
    """What is the same for followers that are told things in the same words."""
    return replace(follower, address=replace(follower.address, id=""), since=_EVER)


def _stages(
    series: Series, lectures: set[str], lecture_states: Remembering, now: datetime
) -> dict[str, ReminderSubject]:
    """The stages to come of each of these lectures by their keys."""
    alone = (
        ReminderSubject((stage,))
        for subject in planned_stages(series, now, _EVER, lecture_states)
        for stage in subject.stages
        if stage.lecture in lectures
    )
    return {keys(each)[0]: each for each in alone}


def _together(alone: Iterable[ReminderSubject]) -> tuple[ReminderSubject, ...]:
    """The stages in order, those that several lectures have in common as one."""
    groups: dict[tuple[Stage, datetime], list[DueStage]] = {}
    for each in alone:
        groups.setdefault((each.stage, each.due), []).extend(each.stages)
    subjects = [ReminderSubject(tuple(several)) for several in groups.values()]
    return tuple(sorted(subjects, key=lambda each: (each.due, [*map(rank, each.lectures)])))
