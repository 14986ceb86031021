"""Which changes of the schedule become news, and when: from what is remembered to what is to be told."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.announcements.state import LectureState, NewsItem, StateUpdate
from bot.domain.changes import (
    Aspect,
    Change,
    MaterialChange,
    changes,
    deadline_in_force,
    has_final_title,
    links,
    public,
)
from bot.domain.lecture import Field, Lecture, Phase, Status, in_order
from bot.domain.reminder_times import News, Stage
from bot.domain.reminders import by_day
from bot.domain.series import Series
from bot.domain.severity import Severity, is_history, severity

_EVER: Final = datetime.max.replace(tzinfo=UTC)

WEIGHTIEST_FIRST: Final = (
    News.CANCELLED,
    News.POSTPONED,
    News.CHANGED,
    News.REGISTRATION_OPENED,
    News.LISTED,
    News.DETAILS,
    News.MATERIALS,
)

_ALWAYS: Final[Mapping[Aspect, News]] = {
    Field.SUMMARY: News.DETAILS,
    Field.ABSTRACT: News.DETAILS,
    Field.MATERIALS: News.MATERIALS,
    MaterialChange.REPLACED: News.MATERIALS,
    MaterialChange.IN_PREPARATION: News.MATERIALS,
    MaterialChange.RELABELLED: News.MATERIALS,
    MaterialChange.WITHDRAWN: News.MATERIALS,
}

_UNDECIDED: Final[Mapping[Aspect, Callable[[Lecture], bool]]] = {
    Field.VENUE: lambda before: before.venue is None,
    Field.ROOM: lambda before: before.venue is None or before.venue.room is None,
    Field.VENUE_TENTATIVE: lambda before: before.venue is not None and before.venue.tentative,
    Field.MODE: lambda before: before.mode is None,
    Field.SPEAKER: lambda before: not before.speakers,
    Field.TALKS: lambda before: not before.talks,
    Field.TITLE: lambda before: not has_final_title(before),
    Field.LANGUAGE: lambda before: before.language is None,
    Field.NOTES: lambda before: before.notes is None,
    Field.JOIN: lambda before: before.join is None,
}
"""What is a detail when it is decided, and a change when it is exchanged later. A date is never a mere detail."""


def kind_of_news(change: Change) -> News:
    """The kind by which followers choose whether to hear of it."""
    if change.aspect in _ALWAYS:
        return _ALWAYS[change.aspect]
    before, after = change.before, change.after
    if before is None or after is None:
        return News.LISTED if before is None else News.CHANGED
    if change.aspect is Field.STATUS and after.status is not Status.PLANNED:
        return News.CANCELLED if after.status is Status.CANCELLED else News.POSTPONED
    if change.aspect is Field.FORM and not before.registration.url:
        return News.REGISTRATION_OPENED
    undecided = _UNDECIDED.get(change.aspect)
    return News.DETAILS if undecided and undecided(before) else News.CHANGED


_WHEN_AND_WHERE: Final[frozenset[Aspect]] = frozenset(
    {Field.NUMBER, Field.STATUS, Field.STARTS, Field.VENUE, Field.ROOM, Field.MODE}
)


def stages_said(item: NewsItem, series: Series) -> frozenset[Stage]:
    """The stages that need not be told shortly after these news: their first line says what those would say."""
    lecture = item.after
    if lecture is None or lecture.status is not Status.PLANNED or item.kinds == (News.MATERIALS,):
        return frozenset()
    said = {Stage.WEEK_BEFORE}
    if _is_open(lecture, series, item.settled_at):
        said |= {stage for stage in Stage if stage.concerns_registration}
    found = {each.aspect for each in changes(item.before, lecture, series)}
    if lecture.day == series.today(item.settled_at) and found & _WHEN_AND_WHERE:
        said |= {Stage.MORNING, Stage.STARTING}
    return frozenset(said)


_NOT_STORED: Final = 0
"""The id of news before the memory gives them one."""


def first_states(series: Series, now: datetime) -> StateUpdate:
    """The state at the first start: everything counts as announced."""
    return StateUpdate([_first_state(each, announced=True, now=now) for each in _public(series, now).values()])


def accepted(
    lecture_states: Mapping[str, LectureState],
    series: Series,
    now: datetime,
    *,
    quietly: bool = False,
    lectures: Collection[str] | None = None,
) -> StateUpdate | None:
    """The schedule as it is now is taken as accepted; None if it brings nothing new.

    With `quietly`, what is new counts as told; what was waiting to be told goes on waiting. With `lectures`, only these
    are looked at.
    """
    present = _public(series, now)
    renewed = [
        changed
        for number in in_order(lecture_states.keys() | present.keys())
        if (lectures is None or number in lectures)
        and (changed := _accepted(lecture_states.get(number), present.get(number), series, now, quietly=quietly))
    ]
    return StateUpdate(renewed) if renewed else None


def settled(lecture_states: Mapping[str, LectureState], series: Series, now: datetime) -> StateUpdate | None:
    """What has become news by now, and what is told from now on without being news; None if nothing has.

    A lecture that vanished from the schedule is nobody's news: that may be a slip of the editor, and who cancels a
    lecture says so. It stays told as it was, so that it can come back without a word, or with what changed.
    """
    opened = {each.lecture: each for each in _opened(lecture_states, series, now)}
    updated = {**opened}
    news: list[NewsItem] = []
    waiting = {**lecture_states, **opened}
    for each in (waiting[lecture] for lecture in in_order(waiting)):
        pending = _pending(each, series, now)
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
            changed = _accepted(known, public(lecture, series, opens), series, opens, quietly=False)
            yield from (changed,) if changed else ()


def _opening(lecture_states: Mapping[str, LectureState], series: Series) -> Iterator[tuple[LectureState, datetime]]:
    """The lectures that have a form which nobody was told of, because it was not open yet, and when it opens."""
    for lecture in series.lectures:
        form, known = series.form(lecture), lecture_states.get(lecture.id)
        if form and form.opens and known and known.current and not known.current.registration.url:
            yield known, form.opens


def next_settling(lecture_states: Mapping[str, LectureState], series: Series, now: datetime) -> datetime | None:
    """The first moment at which `settled` will have something to do, be it past already."""
    return min(_settling(lecture_states, series, now), default=None)


def _settling(lecture_states: Mapping[str, LectureState], series: Series, now: datetime) -> list[datetime]:
    """All moments at which `settled` will have something to do, in no order."""
    waiting = (_pending(each, series, now) for each in lecture_states.values())
    opening = (opens for _, opens in _opening(lecture_states, series))
    return [*(each.due for each in waiting if each), *opening]


def steps_to_come(
    lecture_states: Mapping[str, LectureState], series: Series, now: datetime
) -> Iterator[tuple[datetime, StateUpdate]]:
    """What `settled` will do from `now` on if nothing more changes, one moment after the other."""
    states = {**lecture_states}
    while (due := next_settling(states, series, now)) is not None:
        step = settled(states, series, max(due, now, key=lambda each: each.astimezone(UTC)))
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


def _pending(known: LectureState, series: Series, now: datetime) -> _Pending | None:
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
    opens_with_it = News.REGISTRATION_OPENED in series.settling and _is_open(known.current, series, now)
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
    return _Pending(tuple(kind for kind in WEIGHTIEST_FIRST if kind in kinds), due, bool(at_once))


def _noticed(known: LectureState, series: Series) -> Sequence[Change]:
    """The changes that are to be told or corrected, without materials all of which were announced once before."""
    found = changes(known.announced, known.current, series)
    if known.announced is None and known.current and is_history(known.current, series, known.changed_at):
        return ()
    if not links(known.current) <= known.announced_links:
        return found
    return [each for each in found if each.aspect not in (Field.MATERIALS, MaterialChange.REPLACED)]


def _accepted(
    known: LectureState | None, present: Lecture | None, series: Series, now: datetime, *, quietly: bool
) -> LectureState | None:
    """One lecture's memory after the schedule was accepted; None if nothing is new."""
    if known is None:
        return _first_state(present, announced=quietly, now=now) if present else None
    if known.current == present or _as_instants(known.current) == _as_instants(present):
        return None
    told = _told_quietly(known, present) if quietly else known.announced
    former = known.current
    return replace(
        known,
        current=present,
        announced=told,
        changed_at=now,
        date_changed_at=now if _date(former, series) != _date(present, series) else known.date_changed_at,
        deadline_changed_at=now if _closing(former, series) != _closing(present, series) else known.deadline_changed_at,
        form_added_at=now if _has_form(present) and not _has_form(former) else known.form_added_at,
        announced_links=known.announced_links | (links(present) - links(former)) if quietly else known.announced_links,
    )


def _told_quietly(known: LectureState, present: Lecture | None) -> Lecture | None:
    """What the public is to know after a quiet change: that, but not what waited to be told."""
    former = known.current
    if present is None or former is None or former == known.announced:
        return present or known.announced
    if known.announced is None:
        return None
    fresh = {each.name: getattr(present, each.name) for each in fields(Lecture)}
    return replace(known.announced, **{name: value for name, value in fresh.items() if value != getattr(former, name)})


def _first_state(lecture: Lecture, *, announced: bool, now: datetime) -> LectureState:
    return LectureState(
        lecture.id,
        current=lecture,
        announced=lecture if announced else None,
        changed_at=now,
        date_changed_at=now,
        deadline_changed_at=now,
        form_added_at=now,
        announced_links=links(lecture) if announced else frozenset(),
    )


def _public(series: Series, now: datetime) -> dict[str, Lecture]:
    return {each.id: public(each, series, now) for each in series.lectures}


def _is_open(lecture: Lecture, series: Series, now: datetime) -> bool:
    deadline = deadline_in_force(lecture, series)
    to_come = lecture.phase(series.local(now)) in (Phase.UNDATED, Phase.AHEAD)
    return to_come and _has_form(lecture) and (deadline is None or now.astimezone(UTC) < deadline)


def _date(lecture: Lecture | None, series: Series) -> tuple[object, datetime | None]:
    """The day and the instant from which the stages of a lecture that is to take place are counted."""
    if lecture is None or lecture.status is not Status.PLANNED:
        return None, None
    begins = series.begins(lecture)
    return lecture.day, begins.astimezone(UTC) if begins else None


def _closing(lecture: Lecture | None, series: Series) -> datetime | None:
    closes = deadline_in_force(lecture, series)
    return closes.astimezone(UTC) if closes else None


def _has_form(lecture: Lecture | None) -> bool:
    return lecture is not None and lecture.registration.url is not None


def _is_for_all(lecture: Lecture, series: Series) -> bool:
    form = series.form(lecture)
    return form is not None and form.is_for_all


def _as_instants(lecture: Lecture | None) -> Lecture | None:
    """The lecture with its times in one zone: those of two equal zones may differ although they are one instant."""
    if lecture is None:
        return None
    return lecture.with_times(lambda each: each.astimezone(UTC))
