"""The states of the lectures after the schedule was accepted as it is now."""

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime

from bot.announcements.news_kinds import has_form
from bot.announcements.state import LectureState, StateUpdate
from bot.domain.changes import deadline_in_force, links, public
from bot.domain.lecture import Lecture, Status, in_order
from bot.domain.series import Series


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
        and (changed := accepted_lecture(lecture_states.get(number), present.get(number), series, now, quietly=quietly))
    ]
    return StateUpdate(renewed) if renewed else None


def accepted_lecture(
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
        form_added_at=now if has_form(present) and not has_form(former) else known.form_added_at,
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


def _date(lecture: Lecture | None, series: Series) -> tuple[object, datetime | None]:
    """The day and the instant from which the stages of a lecture that is to take place are counted."""
    if lecture is None or lecture.status is not Status.PLANNED:
        return None, None
    begins = series.begins(lecture)
    return lecture.day, begins.astimezone(UTC) if begins else None


def _closing(lecture: Lecture | None, series: Series) -> datetime | None:
    closes = deadline_in_force(lecture, series)
    return closes.astimezone(UTC) if closes else None


def _as_instants(lecture: Lecture | None) -> Lecture | None:
    """The lecture with its times in one zone: those of two equal zones may differ although they are one instant."""
    if lecture is None:
        return None
    return lecture.with_times(lambda each: each.astimezone(UTC))
