"""What is to be told to one follower now, and what has become pointless: at most one belated post a lecture."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.announcements.news import WEIGHTIEST_FIRST, stages_said
from bot.announcements.post import (
    ChangeSubject,
    DigestSubject,
    PostSubject,
    PublicMatter,
    ReminderSubject,
    is_late,
    keys,
    kinds,
)
from bot.announcements.state import LectureState, NewsItem
from bot.domain.lecture import Phase, rank
from bot.domain.reminder_times import TOGETHER, News, Stage
from bot.domain.reminders import DueStage, stages
from bot.domain.series import Series
from bot.domain.subscriptions import Address, Follower


class Reason(StrEnum):
    """Why something is not told."""

    STALE = "stale"
    """It came too late to be of use."""
    SUPERSEDED = "superseded"
    """Another post to the same place says what matters of it."""
    NO_LONGER_TRUE = "no_longer_true"
    """The schedule was changed: it doesn't hold any more."""
    UNFOLLOWED = "unfollowed"
    """Nobody there wants to hear it any more."""
    NOTHING_MISSING = "nothing_missing"
    """There was nothing to be told."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The posts to be sent to one follower, most urgent first, and what is skipped, with the reason."""

    posts: tuple[PublicMatter, ...]
    skipped: tuple[tuple[PublicMatter, Reason], ...]


_RANKS: Final[Mapping[str, int]] = {
    News.CANCELLED: 0,
    News.POSTPONED: 0,
    Stage.CLOSING_TODAY: 1,
    Stage.STARTING: 2,
    Stage.LAST_WEEKDAY: 2,
    Stage.CLOSING_SOON: 3,
    Stage.MORNING: 3,
    News.CHANGED: 4,
    News.REGISTRATION_OPENED: 4,
}
_OTHERS: Final = 5
LEAST_URGENT: Final = 9

PINGING: Final = frozenset({Stage.CLOSING_TODAY, News.POSTPONED, News.CANCELLED})
"""Kinds for which the role that a channel named is pinged, besides urgent changes."""


def urgency(subject: PostSubject) -> int:
    """The rank among posts that are due together: 0 goes first."""
    if isinstance(subject, ChangeSubject) and subject.urgent:
        return 0
    return min((_RANKS.get(kind, _OTHERS) for kind in kinds(subject)), default=_OTHERS)


def pings(subject: PostSubject) -> bool:
    """Whether the post is important enough for a ping, where one was asked for."""
    return (isinstance(subject, ChangeSubject) and subject.urgent) or bool(PINGING & set(kinds(subject)))


def wanted_by(follower: Follower, subject: PostSubject) -> PublicMatter | None:
    """What of the matter is for this follower: only what became due since it follows, and lectures it asked for."""
    if isinstance(subject, ReminderSubject):
        return _with_stages(
            subject,
            (
                each
                for each in subject.stages
                if each.due >= follower.since
                and follower.wants((each.stage,))
                and (follower.lectures is None or each.lecture in follower.lectures)
            ),
        )
    if not isinstance(subject, ChangeSubject) or subject.due < follower.since:
        return None
    if not follower.wants(tuple(kinds(subject)), urgent=subject.urgent):
        return None
    concerned = set(follower.concerned(subject.lectures))
    return _with_news(subject, (news for news, number in _news(subject) if number in concerned))


def selection(
    follower: Follower, subjects: Iterable[PostSubject], taken: Collection[tuple[str, Address]], now: datetime
) -> Selection:
    """What is to be done for one follower, given all that is due by `now` and what was taken before.

    Several things that are due for one lecture become one post: news of it say all there is to say, else the latest
    stage does. A stage is not told either if news have said the same a short while before, nor are mere details if a
    stage will soon show them.
    """
    wanted = [each for subject in subjects if (each := wanted_by(follower, subject))]
    news = [each for each in wanted if isinstance(each, ChangeSubject)]
    fresh = [left for each in wanted if (left := _untold(each, follower.address, taken))]
    choice = _Choice(now, news, follower.wants)
    for subject in sorted(fresh, key=_weight):
        choice.take(subject)
    posts = sorted(choice.posts, key=lambda each: (urgency(each), each.due))
    return Selection(tuple(posts), tuple(sorted(choice.skipped, key=lambda pair: pair[0].due)))


class _Choice:
    """What of the matters, taken one after the other, is posted, and what is skipped; what is not due yet waits."""

    def __init__(
        self, now: datetime, news: Sequence[ChangeSubject], wants: Callable[[Collection[Stage]], bool]
    ) -> None:
        self._now: Final = now
        self._wants: Final = wants
        self._news: Final = news
        self._covered: Final[set[str]] = set()
        self.posts: Final[list[PublicMatter]] = []
        self.skipped: Final[list[tuple[PublicMatter, Reason]]] = []

    def take(self, subject: PublicMatter) -> None:
        left = self._useful(subject) if isinstance(subject, ReminderSubject) else self._not_awaited(subject)
        if left and left.due <= self._now:
            self.posts.append(left)
            self._covered.update(left.lectures)

    def _not_awaited(self, subject: PublicMatter) -> PublicMatter | None:
        """The subject, unless a post to come will say all of it."""
        awaits = subject.awaits if isinstance(subject, ChangeSubject) else ()
        if not awaits or not all(self._wants((each.stage,)) and each.due > self._now for each in awaits):
            return subject
        self.skipped.append((subject, Reason.SUPERSEDED))
        return None

    def _useful(self, subject: ReminderSubject) -> ReminderSubject | None:
        """The stages that are still to be told."""
        late = is_late(subject, self._now)
        reasons: dict[DueStage, Reason] = {}
        for each in subject.stages:
            if self._now >= each.until.astimezone(UTC):
                reasons[each] = Reason.STALE
            elif (late and each.lecture in self._covered) or any(_says(news, each) for news in self._news):
                reasons[each] = Reason.SUPERSEDED
        for reason in (Reason.STALE, Reason.SUPERSEDED):
            if skipped := _with_stages(subject, (each for each in subject.stages if reasons.get(each) is reason)):
                self.skipped.append((skipped, reason))
        return _with_stages(subject, (each for each in subject.stages if each not in reasons))


def _says(news: ChangeSubject, stage: DueStage) -> bool:
    """Whether the news say what the stage would, shortly before it."""
    about = stage.lecture in news.lectures and stage.stage in news.says
    return about and timedelta() <= stage.due - news.due <= TOGETHER


def _weight(subject: PublicMatter) -> tuple[bool, float, int]:
    """News first, then stages from the latest to the earliest, of one moment the most urgent."""
    return isinstance(subject, ReminderSubject), -subject.due.timestamp(), urgency(subject)


def _untold(subject: PublicMatter, address: Address, taken: Collection[tuple[str, Address]]) -> PublicMatter | None:
    """The part of the matter that this address was not told yet."""
    left = [key for key in keys(subject) if (key, address) not in taken]
    if len(left) == len(keys(subject)):
        return subject
    if isinstance(subject, ReminderSubject):
        pairs = zip(subject.stages, keys(subject), strict=True)
        return _with_stages(subject, (stage for stage, key in pairs if key in left))
    pairs_of_news = zip(subject.news, keys(subject), strict=True)
    return _with_news(subject, (news for news, key in pairs_of_news if key in left))


def _with_stages(subject: ReminderSubject, stages: Iterable[DueStage]) -> ReminderSubject | None:
    """The matter with only these of its stages; None if none are left."""
    left = tuple(stages)
    if left == subject.stages:
        return subject
    return ReminderSubject(left) if left else None


def _with_news(subject: ChangeSubject, news: Iterable[int]) -> ChangeSubject | None:
    """The matter with only these of its news; None if none are left."""
    left = tuple(news)
    if left == subject.news:
        return subject
    lectures = tuple(lecture for each, lecture in _news(subject) if each in left)
    return replace(subject, lectures=lectures, news=left) if left else None


def _news(subject: ChangeSubject) -> Iterator[tuple[int, str]]:
    """The ids of the news with those of their lectures."""
    return zip(subject.news, subject.lectures, strict=True)


def planned_stages(
    series: Series, since: datetime, before: datetime, lecture_states: Mapping[str, LectureState] | None = None
) -> list[ReminderSubject]:
    """The posts of stages due from `since` on and before `before` (aware instants), in order.

    With `lecture_states`, those stages are left out whose moment was past when the lecture, its date, deadline or form
    became known. Stages of one lecture that are due shortly one after the other are one post, at the first one's
    moment; so are those of several lectures that begin with the same kind at the same moment.
    """
    together: dict[tuple[Stage, datetime], list[DueStage]] = {}
    for lecture in series.lectures:
        known = lecture_states.get(lecture.id) if lecture_states is not None else None
        if lecture_states is not None and known is None:
            continue
        for first, *others in _bundles(stages(series, lecture), known):
            if since <= first.due < before:
                together.setdefault((first.stage, first.due), []).extend((first, *others))
    return sorted(
        (ReminderSubject(tuple(group)) for group in together.values()),
        key=lambda subject: (subject.due, [*map(rank, subject.lectures)]),
    )


def _bundles(found: Iterable[DueStage], known: LectureState | None) -> list[list[DueStage]]:
    """The stages of one lecture, those together that are told in one post; each was known when the first is due."""
    bundles: list[list[DueStage]] = []
    for stage in sorted(found, key=lambda each: (each.due.astimezone(UTC), _RANKS.get(each.stage, _OTHERS))):
        since = _known_since(known, stage) if known else None
        if since and since > stage.due:
            continue
        first = bundles[-1][0] if bundles else None
        if first and stage.due - first.due <= TOGETHER and (since is None or since <= first.due):
            bundles[-1].append(stage)
        else:
            bundles.append([stage])
    return bundles


def planned_news(series: Series, items: Sequence[NewsItem]) -> list[ChangeSubject]:
    """The posts that tell of these news: those that have the same weightiest kind at one moment share theirs."""
    together: dict[tuple[object, ...], list[NewsItem]] = {}
    for item in items:
        together.setdefault((item.settled_at, item.kinds[0], item.urgent), []).append(item)
    return [_news_post(group, series) for group in together.values()]


def _news_post(group: Sequence[NewsItem], series: Series) -> ChangeSubject:
    found = {kind for each in group for kind in each.kinds}
    said = frozenset(Stage).intersection(*(stages_said(each, series) for each in group))
    return ChangeSubject(
        tuple(each.id for each in group),
        tuple(kind for kind in WEIGHTIEST_FIRST if kind in found),
        tuple(each.lecture for each in group),
        series.local(group[0].settled_at),
        group[0].urgent,
        tuple(stage for stage in Stage if stage in said),
        tuple(_awaited(group, series, said)) if found == {News.DETAILS} else (),
    )


def _awaited(group: Sequence[NewsItem], series: Series, said: Collection[Stage]) -> list[DueStage]:
    """The next stage of each of these lectures; none if one of them has none that is due soon, or one that need not be
    told since these news, which show more, have `said` the same shortly before."""
    found: list[DueStage] = []
    for item in group:
        lecture = series.lecture(item.lecture)
        ahead = [each for each in (stages(series, lecture) if lecture else ()) if each.due > item.settled_at]
        following = min(ahead, key=lambda each: each.due, default=None)
        if following is None or following.due - item.settled_at > _soon(following.stage):
            return []
        if following.stage in said and following.due - item.settled_at <= TOGETHER:
            return []
        found.append(following)
    return found


def _soon(stage: Stage) -> timedelta:
    """How long details of a lecture wait for the stage: longer for the one that shows all about it."""
    return timedelta(days=7 if stage is Stage.WEEK_BEFORE else 4)


def still_planned(
    subject: PostSubject, series: Series, lecture_states: Mapping[str, LectureState], now: datetime
) -> PostSubject | None:
    """The subject as the schedule has it now: without stages that no longer hold, None if none does.

    News hold for ever; what they say is made from the schedule when they are sent.
    """
    if isinstance(subject, DigestSubject):
        return subject if now < subject.until else None
    if not isinstance(subject, ReminderSubject):
        return subject
    return _with_stages(subject, (each for each in subject.stages if _holds(each, series, lecture_states, now)))


def next_due(series: Series, lecture_states: Mapping[str, LectureState], now: datetime) -> datetime | None:
    """The first moment after `now` at which a stage falls due."""
    return min(_dues(series, lecture_states, now), default=None)


def _dues(series: Series, lecture_states: Mapping[str, LectureState], now: datetime) -> Iterator[datetime]:
    for lecture in series.lectures:
        known = lecture_states.get(lecture.id)
        if known and lecture.phase(series.local(now)) is not Phase.OVER:
            yield from (each.due for each in stages(series, lecture) if each.due > now)


def _known_since(known: LectureState, stage: DueStage) -> datetime:
    """Since when all that the stage depends on has been known."""
    if stage.stage.concerns_registration:
        return max(known.date_changed_at, known.deadline_changed_at, known.form_added_at)
    return known.date_changed_at


def _holds(stage: DueStage, series: Series, lecture_states: Mapping[str, LectureState], now: datetime) -> bool:
    lecture, known = series.lecture(stage.lecture), lecture_states.get(stage.lecture)
    if not lecture or not known or now >= stage.until.astimezone(UTC):
        return False
    if lecture.phase(series.local(now)) not in (Phase.AHEAD, Phase.UNDER_WAY):
        return False
    return any(
        (each.stage, each.anchor, each.repeat) == (stage.stage, stage.anchor, stage.repeat)
        and _known_since(known, each) <= stage.due
        for each in stages(series, lecture)
    )
