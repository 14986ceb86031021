"""What is to be told to one follower now, and what has become pointless: at most one belated post a lecture."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

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
from bot.domain.lecture import Phase
from bot.domain.reminder_times import News, Stage
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
    if not isinstance(subject, PublicMatter):
        return None
    if subject.due < follower.since:
        return None
    urgent = isinstance(subject, ChangeSubject) and subject.urgent
    if not follower.wants(tuple(kinds(subject)), urgent=urgent):
        return None
    return _about(subject, follower.concerned(subject.lectures))


def selection(
    follower: Follower, subjects: Iterable[PostSubject], taken: Collection[tuple[str, Address]], now: datetime
) -> Selection:
    """What is to be done for one follower, given all that is due by `now` and what was taken before.

    Several things that are due for one lecture become one post: news of it say all there is to say, else the latest
    stage does, and of two at one moment the more urgent.
    """
    fresh = [
        left
        for subject in subjects
        if (wanted := wanted_by(follower, subject)) and (left := _untold(wanted, follower.address, taken))
    ]
    skipped: list[tuple[PublicMatter, Reason]] = [(each, Reason.STALE) for each in fresh if _is_stale(each, now)]
    useful = sorted((each for each in fresh if not _is_stale(each, now)), key=_weight)
    posts: list[PublicMatter] = []
    covered: set[int] = set()
    for subject in useful:
        yields = isinstance(subject, ReminderSubject) and (is_late(subject, now) or _meets_another(subject, posts))
        doubled = tuple(number for number in subject.lectures if number in covered) if yields else ()
        if doubled and (redundant := _about(subject, doubled)):
            skipped.append((redundant, Reason.SUPERSEDED))
        left = _about(subject, tuple(number for number in subject.lectures if number not in doubled))
        if left:
            posts.append(left)
            covered |= set(subject.lectures)
    return Selection(tuple(sorted(posts, key=lambda each: (urgency(each), each.due))), tuple(skipped))


def _weight(subject: PublicMatter) -> tuple[bool, float, int]:
    """News first, then stages from the latest to the earliest, of one moment the most urgent."""
    return isinstance(subject, ReminderSubject), -subject.due.timestamp(), urgency(subject)


def _meets_another(subject: ReminderSubject, posts: Iterable[PublicMatter]) -> bool:
    return any(isinstance(each, ReminderSubject) and each.due == subject.due for each in posts)


def _is_stale(subject: PublicMatter, now: datetime) -> bool:
    return isinstance(subject, ReminderSubject) and now >= subject.until


def _untold(subject: PublicMatter, address: Address, taken: Collection[tuple[str, Address]]) -> PublicMatter | None:
    """The part of the matter that this address was not told yet."""
    if isinstance(subject, ReminderSubject):
        pairs = zip(subject.lectures, keys(subject), strict=True)
        return _about(subject, tuple(number for number, key in pairs if (key, address) not in taken))
    return None if any((key, address) in taken for key in keys(subject)) else subject


def _about(subject: PublicMatter, lectures: tuple[int, ...]) -> PublicMatter | None:
    """The matter with only these of its lectures; None if none are left."""
    if lectures == subject.lectures:
        return subject if lectures else None
    if not lectures:
        return None
    if isinstance(subject, ReminderSubject):
        return replace(subject, lectures=lectures)
    pairs = zip(subject.lectures, subject.news, strict=True)
    return replace(subject, lectures=lectures, news=tuple(news for number, news in pairs if number in lectures))


def planned_stages(
    series: Series, since: datetime, before: datetime, lecture_states: Mapping[int, LectureState] | None = None
) -> list[ReminderSubject]:
    """The stages due from `since` on and before `before` (aware instants), in order.

    With `lecture_states`, those are left out whose moment was past when the lecture, its date, deadline or form became
    known. Lectures whose registration is by one form and closes at one instant share their alerts.
    """
    together: dict[tuple[object, ...], list[DueStage]] = {}
    for lecture in series.lectures:
        known = lecture_states.get(lecture.number) if lecture_states is not None else None
        if lecture_states is not None and known is None:
            continue
        for stage in stages(series, lecture):
            if since <= stage.due < before and (known is None or _known_since(known, stage) <= stage.due):
                together.setdefault(_shared(series, stage), []).append(stage)
    subjects = [
        ReminderSubject(
            first.stage, tuple(each.lecture for each in (first, *others)), first.anchor, first.due, first.until
        )
        for first, *others in together.values()
    ]
    return sorted(subjects, key=lambda subject: (subject.due, subject.lectures))


def planned_news(series: Series, items: Sequence[NewsItem]) -> list[ChangeSubject]:
    """The posts that tell of these news, each lecture's in one; lectures listed at one moment share theirs."""
    together: dict[tuple[object, ...], list[NewsItem]] = {}
    for item in items:
        alone = item.kinds != (News.LISTED,)
        together.setdefault((item.settled_at, item.kinds, item.id if alone else None), []).append(item)
    return [
        ChangeSubject(
            tuple(each.id for each in group),
            group[0].kinds,
            tuple(each.number for each in group),
            series.local(group[0].settled_at),
            any(each.urgent for each in group),
        )
        for group in together.values()
    ]


def still_planned(
    subject: PostSubject, series: Series, lecture_states: Mapping[int, LectureState], now: datetime
) -> PostSubject | None:
    """The matter as the schedule has it now: without lectures that it no longer holds for, None if it holds for none.

    News hold for ever; what they say is made from the schedule when they are sent.
    """
    if isinstance(subject, DigestSubject):
        return subject if now < subject.until else None
    if not isinstance(subject, ReminderSubject):
        return subject
    if now >= subject.until:
        return None
    lectures = tuple(number for number in subject.lectures if _holds(subject, number, series, lecture_states, now))
    return replace(subject, lectures=lectures) if lectures else None


def next_due(series: Series, lecture_states: Mapping[int, LectureState], now: datetime) -> datetime | None:
    """The first moment after `now` at which a stage falls due."""
    return min(_dues(series, lecture_states, now), default=None)


def _dues(series: Series, lecture_states: Mapping[int, LectureState], now: datetime) -> Iterator[datetime]:
    for lecture in series.lectures:
        known = lecture_states.get(lecture.number)
        if known and lecture.phase(series.local(now)) is not Phase.OVER:
            yield from (each.due for each in stages(series, lecture) if each.due > now)


def _known_since(known: LectureState, stage: DueStage) -> datetime:
    """Since when all that the stage depends on has been known."""
    if stage.stage.concerns_registration:
        return max(known.date_changed_at, known.deadline_changed_at, known.form_added_at)
    return known.date_changed_at


def _holds(
    subject: ReminderSubject, number: int, series: Series, lecture_states: Mapping[int, LectureState], now: datetime
) -> bool:
    lecture, known = series.lecture(number), lecture_states.get(number)
    if not lecture or not known or lecture.phase(series.local(now)) not in (Phase.AHEAD, Phase.UNDER_WAY):
        return False
    return any(
        (each.stage, each.anchor) == (subject.stage, subject.anchor) and _known_since(known, each) <= subject.due
        for each in stages(series, lecture)
    )


def _shared(series: Series, due: DueStage) -> tuple[object, ...]:
    lecture = series.lecture(due.lecture)
    form = series.form(lecture) if lecture and due.stage.concerns_registration else None
    return (due.stage, due.anchor, form.url if form else due.lecture)
