"""What is to be done so that the events of a place become those that there should be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.announcements.events.calendar import EventRecord, EventStatus, Listed, Shown
from bot.domain.lecture import in_order

SOON: Final = timedelta(minutes=2)
"""Nothing is made that begins sooner: it would be in the past by the time it arrives."""


@dataclass(frozen=True, slots=True)
class Change:
    """An event as the platform should have it; one that is not `new` is only put in the place of another."""

    lecture: str
    shown: Shown
    new: bool = True


@dataclass(frozen=True, slots=True)
class Create:
    """A new event."""

    lecture: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class Edit:
    """An event that is to say something else; with `start` that includes its start."""

    lecture: str
    event: str
    shown: Shown
    start: bool


@dataclass(frozen=True, slots=True)
class CancelEvent:
    """An event that is cancelled or, since it has `begun`, ended."""

    lecture: str
    event: str
    begun: bool


@dataclass(frozen=True, slots=True)
class Remove:
    """An event that is deleted: a twin of another, which has no lecture, or one for which there is no room."""

    lecture: str | None
    event: str


Step = Create | Edit | CancelEvent | Remove


def steps(
    changes: Sequence[Change],
    cancelled: frozenset[str],
    listed: Listed,
    noted: Mapping[str, EventRecord],
    now: datetime,
) -> list[Step]:
    """The steps from what is there to what should be, those that make room first.

    The wishes come soonest first; where not all have room, the nearest are made. An event that was noted, that should
    not have begun yet and is no longer there was taken away by somebody, and is left away.
    """
    there, deduplicator = _by_lecture(listed.ours, noted)
    unknown = len(listed.ours) - len(there) - len(deduplicator)
    # What has begun can't be moved: it ends, and the lecture's new date gets an event of its own.
    later = {each.lecture for each in changes if each.shown.starts > now}
    over = in_order(number for number, each in there.items() if number in cancelled or (each.begun and number in later))
    freeing: list[Step] = [Remove(None, each.id) for each in deduplicator]
    freeing += [CancelEvent(number, there[number].id, there.pop(number).begun) for number in over]
    taken_away = {number for number, each in noted.items() if number not in there and each.starts > now}
    taken_away -= {each.lecture for each in freeing if each.lecture is not None}
    possible = [each for each in changes if each.lecture in there or _can_be_made(each, taken_away, now)]
    room = listed.room - unknown - len(there.keys() - {each.lecture for each in possible})
    chosen, without = possible[: max(0, room)], possible[max(0, room) :]
    freeing += [Remove(each.lecture, there[each.lecture].id) for each in without if each.lecture in there]
    edits = [edit for each in chosen if each.lecture in there for edit in _edits(each, there[each.lecture], now)]
    return [*freeing, *edits, *(Create(each.lecture, each.shown) for each in chosen if each.lecture not in there)]


def withdrawal(listed: Listed, noted: Mapping[str, EventRecord]) -> list[Step]:
    """The steps after which a place in which nobody follows any more has none of the events ahead."""
    there, deduplicator = _by_lecture(listed.ours, noted)
    ours = [Remove(each, there[each].id) for each in in_order(there) if not there[each].begun]
    return [*(Remove(None, each.id) for each in deduplicator), *ours]


def adopted(listed: Listed, noted: Mapping[str, EventRecord]) -> dict[str, EventRecord]:
    """Our events that are in no book: of another database, or made right before a process ended."""
    there, _ = _by_lecture(listed.ours, noted)
    return {
        number: EventRecord(each.id, each.shown.starts)
        for number, each in there.items()
        if number not in noted or noted[number].event != each.id
    }


def _by_lecture(
    ours: Sequence[EventStatus], noted: Mapping[str, EventRecord]
) -> tuple[dict[str, EventStatus], list[EventStatus]]:
    """Our events by lecture, and those that a lecture has besides: of several the noted one counts, else the first."""
    numbers = {each.event: number for number, each in noted.items()}
    there: dict[str, EventStatus] = {}
    deduplicator: list[EventStatus] = []
    for each in sorted(ours, key=lambda one: (one.id not in numbers, len(one.id), one.id)):
        number = numbers.get(each.id, each.lecture)
        if number is None:
            continue
        if number in there:
            deduplicator.append(each)
        else:
            there[number] = each
    return there, deduplicator


def _can_be_made(change: Change, taken_away: set[str], now: datetime) -> bool:
    return change.new and change.lecture not in taken_away and change.shown.starts > now + SOON


def _edits(change: Change, status: EventStatus, now: datetime) -> Iterator[Edit]:
    start = not status.begun and change.shown.starts > now
    shown = change.shown if start else replace(change.shown, starts=status.shown.starts)
    if shown != status.shown and shown.ends > shown.starts:
        yield Edit(change.lecture, status.id, shown, start)
