"""When accepted changes become news: from the states of the lectures to what is to be told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.announcements.acceptance import accepted_lecture
from bot.announcements.news_kinds import WEIGHTIEST_FIRST, is_open, kind_of_news
from bot.announcements.state import LectureState, NewsItem, StateUpdate
from bot.domain.changes import Change, MaterialChange, changes, links, public
from bot.domain.lecture import Field, Lecture, in_order
from bot.domain.reminder_times import News
from bot.domain.reminders import by_day
from bot.domain.series import Series
from bot.domain.severity import Severity, is_history, severity

_EVER: Final = datetime.max.replace(tzinfo=UTC)


_NOT_STORED: Final = 0
"""The id of news before the memory gives them one."""


def settled(
    lecture_states: Mapping[str, LectureState], series: Series, now: datetime, collected: datetime | None = None
) -> StateUpdate | None:
    """What has become news by now, and what is told from now on without being news; None if nothing has.

    Until the instant `collected`, if there is one, only what is urgent becomes news.

    A lecture that vanished from the schedule is nobody's news: that may be a slip of the editor, and who cancels a
    lecture says so. It stays told as it was, so that it can come back without a word, or with what changed.
    """
    opened = {each.lecture: each for each in _opened(lecture_states, series, now)}
    updated = {**opened}
    news: list[NewsItem] = []
    waiting = {**lecture_states, **opened}
    for each in (waiting[lecture] for lecture in in_order(waiting)):
        pending = _pending(each, series, now, collected)
        if pending is None or now.astimezone(UTC) < pending.due:
            continue
        updated[each.lecture] = replace(
            each, announced=each.current, announced_links=each.announced_links | links(each.current)
        )
        if pending.kinds:
            item = NewsItem(
                _NOT_STORED, each.lecture, pending.kinds, each.announced, each.current, pending.due, pending.urgent
            )
            news.append(item)
    return StateUpdate([*updated.values()], news) if updated else None


def _opened(lecture_states: Mapping[str, LectureState], series: Series, now: datetime) -> Iterator[LectureState]:
    """The states of lectures whose forms have opened by now, as of the moments at which they did."""
    for known, opens in _opening(lecture_states, series):
        lecture = series.lecture(known.lecture)
        if lecture and opens.astimezone(UTC) <= now:
            changed = accepted_lecture(known, public(lecture, series, opens), series, opens, quietly=False)
            yield from (changed,) if changed else ()


def _opening(lecture_states: Mapping[str, LectureState], series: Series) -> Iterator[tuple[LectureState, datetime]]:
    """The lectures that have a form which nobody was told of, because it was not open yet, and when it opens."""
    for lecture in series.lectures:
        form, known = series.form(lecture), lecture_states.get(lecture.id)
        if form and form.opens and known and known.current and not known.current.registration.url:
            yield known, form.opens


def next_settling(
    lecture_states: Mapping[str, LectureState], series: Series, now: datetime, collected: datetime | None = None
) -> datetime | None:
    """The first moment at which `settled` will have something to do, be it past already."""
    return min(_settling(lecture_states, series, now, collected), default=None)


def any_pending(lecture_states: Mapping[str, LectureState], series: Series, now: datetime) -> bool:
    """Whether any change waits to settle."""
    return any(_pending(each, series, now, None) for each in lecture_states.values())


def _settling(
    lecture_states: Mapping[str, LectureState], series: Series, now: datetime, collected: datetime | None
) -> list[datetime]:
    """All moments at which `settled` will have something to do, in no order."""
    waiting = (_pending(each, series, now, collected) for each in lecture_states.values())
    opening = (opens for _, opens in _opening(lecture_states, series))
    return [*(each.due for each in waiting if each), *opening]


def steps_to_come(
    lecture_states: Mapping[str, LectureState], series: Series, now: datetime, collected: datetime | None = None
) -> Iterator[tuple[datetime, StateUpdate]]:
    """What `settled` will do from `now` on if nothing more changes, one moment after the other."""
    states = {**lecture_states}
    while (due := next_settling(states, series, now, collected)) is not None:
        step = settled(states, series, max(due, now, key=lambda each: each.astimezone(UTC)), collected)
        if step is None:
            return
        states |= {each.lecture: each for each in step.lecture_states}
        yield due, step


@dataclass(frozen=True, slots=True)
class _Pending:
    """What waits to be told of one lecture, until `due` (aware); without kinds it is no news."""

    kinds: tuple[News, ...]
    due: datetime
    urgent: bool


def _pending(known: LectureState, series: Series, now: datetime, collected: datetime | None) -> _Pending | None:
    """What waits for one lecture; a change weighs what it did when it was accepted, or less if it lost its point.

    What is not told at once is not told in the night.
    """
    if known.current is None or known.current == known.announced:
        return None
    found = _noticed(known, series)
    weighed = [
        (each, min(severity(each, series, known.changed_at), severity(each, series, now)))
        for each in found
        if kind_of_news(each) in series.settling
    ]
    worth = [(kind_of_news(each), weight) for each, weight in weighed if weight >= Severity.NOTICE]
    kinds = {kind for kind, _ in worth}
    involved = {kind_of_news(each) for each in found}
    opens_with_it = News.REGISTRATION_OPENED in series.settling and is_open(known.current, series, now)
    if News.LISTED in involved and opens_with_it and not _is_for_all(known.current, series):
        kinds.add(News.REGISTRATION_OPENED)
    at_once = {kind for kind, weight in worth if weight is Severity.URGENT}
    if at_once:
        involved = at_once & {News.POSTPONED, News.CANCELLED}
    wait = max((series.settling[kind] for kind in involved if kind in series.settling), default=timedelta())
    if known.current.registration.opens == known.changed_at:
        wait = timedelta()
    due = series.local(known.changed_at.astimezone(UTC) + wait)
    if kinds and not at_once:
        due = by_day(due, _EVER)
        if collected and known.changed_at < collected:
            due = max(due, series.local(collected), key=lambda each: each.astimezone(UTC))
    return _Pending(tuple(kind for kind in WEIGHTIEST_FIRST if kind in kinds), due, bool(at_once))


def _noticed(known: LectureState, series: Series) -> Sequence[Change]:
    """The changes that are to be told or corrected, without materials all of which were announced once before."""
    found = changes(known.announced, known.current, series)
    if known.announced is None and known.current and is_history(known.current, series, known.changed_at):
        return ()
    if not links(known.current) <= known.announced_links:
        return found
    return [each for each in found if each.aspect not in (Field.MATERIALS, MaterialChange.REPLACED)]


def _is_for_all(lecture: Lecture, series: Series) -> bool:
    form = series.form(lecture)
    return form is not None and form.is_for_all
