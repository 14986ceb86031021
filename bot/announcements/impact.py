"""What a change of the schedule would cause, found with the very functions by which the announcer decides."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from bot.announcements.delivery import fingerprint
from bot.announcements.ledger import Ledger, SentPost
from bot.announcements.news import accepted, first_remembered, next_settling, settled
from bot.announcements.planner import agenda, planned_news, planned_stages
from bot.announcements.post import Matter, NewsMatter, StageMatter, is_late, keys
from bot.announcements.snapshot import LOOKING_BACK, Situation
from bot.announcements.state import Followers, Memory, NewsItem, Remembered, Step
from bot.announcements.texts.render import is_settled
from bot.domain.language import Language
from bot.domain.series import Series
from bot.domain.subscriptions import Address, Follower
from bot.schedule.editor import Draft, ForeseenPost, Preview

_EVER: Final = datetime.max.replace(tzinfo=UTC)

Remembering = Mapping[int, Remembered]


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What would be known and told at some moment, of the lectures that the draft changes."""

    at: datetime
    situation: Situation
    matters: tuple[NewsMatter, ...]


class AnnouncerForesight:
    """The port's foresight, from what the announcer remembers, has told, and whom it tells."""

    def __init__(self, memory: Memory, ledger: Ledger, followers: Followers, now: Callable[[], datetime]) -> None:
        self._memory: Final = memory
        self._ledger: Final = ledger
        self._followers: Final = followers
        self._now: Final = now

    async def preview(self, draft: Draft) -> Preview:
        """What the draft would cause if it were written now and announced. Raises LedgerUnavailable."""
        now = self._now()
        known = await self._memory.remembered()
        first = first_remembered(draft.before, now) if known is None else accepted(known, draft.before, now)
        before = _after(first, known or {})
        step = accepted(before, draft.after, now)
        after = _after(step, before)
        concerned = {each.number for each in step.remembered} if step else set()
        followers = await self._followers.followers()
        ahead = [*_ahead({number: after[number] for number in concerned}, after, draft.after, now)]
        old = _stages(draft.before, concerned, before, now)
        new = _stages(draft.after, concerned, after, now)
        return Preview(
            _posts(ahead, followers),
            min((each.at for each in ahead), default=None),
            _together(old[key] for key in old if key not in new),
            _together(new[key] for key in new if key not in old),
            await self._edited(draft, before, after, {each.address: each for each in followers}, now),
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
        posts = [each for each in await self._ledger.standing_posts(now - LOOKING_BACK) if each.address in followers]
        told = {news for each in posts if isinstance(each.matter, NewsMatter) for news in each.matter.news}
        items = await self._memory.news_by_id(told)
        situations = Situation(draft.before, before, items), Situation(draft.after, after, items)
        found: dict[object, bool] = {}
        count = 0
        for post in posts:
            alike = (repr(post.matter), _kind(followers[post.address]), is_late(post.matter, post.sent_at))
            if alike not in found:
                found[alike] = _differs(post, followers[post.address], situations, now)
            count += found[alike]
        return count


def _differs(post: SentPost, follower: Follower, situations: tuple[Situation, Situation], now: datetime) -> bool:
    if is_settled(post.matter, situations[1].series, now):
        return False
    one, other = (fingerprint(each.message(post.matter, follower, now, post.sent_at)) for each in situations)
    return one != other


def _after(step: Step | None, remembered: Remembering) -> dict[int, Remembered]:
    return {**remembered, **{each.number: each for each in (step.remembered if step else ())}}


def _ahead(waiting: Remembering, remembered: Remembering, series: Series, now: datetime) -> Iterator[_Ahead]:
    """The moments at which news of these lectures would be told."""
    items: dict[int, NewsItem] = {}
    while (due := next_settling(waiting, series, now)) is not None:
        step = settled(waiting, series, due)
        if step is None:
            return
        fresh = [replace(each, id=-1 - len(items) - position) for position, each in enumerate(step.news)]
        items |= {each.id: each for each in fresh}
        waiting, remembered = _after(step, waiting), _after(step, remembered)
        if fresh:
            yield _Ahead(due, Situation(series, remembered, dict(items)), tuple(planned_news(series, fresh)))


def _posts(ahead: Iterable[_Ahead], followers: Iterable[Follower]) -> tuple[ForeseenPost, ...]:
    """The posts with everybody who would get them; who wants the same in the same language gets the same."""
    posts: dict[tuple[Matter, Follower], ForeseenPost] = {}
    receivers: dict[tuple[Matter, Follower], list[Address]] = {}
    for moment in ahead:
        for follower in followers:
            for matter in agenda(follower, moment.matters, (), moment.at).posts:
                alike = (matter, _kind(follower))
                if alike not in posts:
                    message = moment.situation.message(matter, follower, moment.at, moment.at)
                    posts[alike] = ForeseenPost(message, moment.situation.language(follower), ())
                receivers.setdefault(alike, []).append(follower.address)
    grouped: dict[tuple[str, Language], tuple[ForeseenPost, list[Address]]] = {}
    for told, post in posts.items():
        grouped.setdefault((fingerprint(post.message), post.language), (post, []))[1].extend(receivers[told])
    return tuple(replace(post, receivers=tuple(addresses)) for post, addresses in grouped.values())


def _kind(follower: Follower) -> Follower:
    """What is the same for followers that are told things in the same words."""
    return replace(follower, address=replace(follower.address, id=""), since=_EVER)


def _stages(series: Series, numbers: set[int], remembered: Remembering, now: datetime) -> dict[str, StageMatter]:
    """The stages to come of each of these lectures by their keys."""
    alone = (
        replace(matter, lectures=(number,))
        for matter in planned_stages(series, now, _EVER, remembered)
        for number in matter.lectures
        if number in numbers
    )
    return {keys(each)[0]: each for each in alone}


def _together(stages: Iterable[StageMatter]) -> tuple[StageMatter, ...]:
    """The stages in order, those that several lectures have in common as one."""
    groups: dict[StageMatter, list[int]] = {}
    for each in stages:
        groups.setdefault(replace(each, lectures=()), []).extend(each.lectures)
    matters = [replace(shared, lectures=tuple(numbers)) for shared, numbers in groups.items()]
    return tuple(sorted(matters, key=lambda each: (each.due, each.lectures)))
