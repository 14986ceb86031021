"""What is to be done so that the events of a place become those that there should be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.announcements.events.calendar import Listed, Noted, Shown, Standing

SOON: Final = timedelta(minutes=2)
"""Nothing is made that begins sooner: it would be in the past by the time it arrives."""


@dataclass(frozen=True, slots=True)
class Wish:
    """An event as the platform should have it; one that is not `new` is only put in the place of another."""

    lecture: int
    shown: Shown
    new: bool = True


@dataclass(frozen=True, slots=True)
class Create:
    """A new event."""

    lecture: int
    shown: Shown


@dataclass(frozen=True, slots=True)
class Edit:
    """An event that is to say something else; with `start` that includes its start."""

    lecture: int
    event: str
    shown: Shown
    start: bool


@dataclass(frozen=True, slots=True)
class CallOff:
    """An event that is cancelled or, since it has `begun`, ended."""

    lecture: int
    event: str
    begun: bool


@dataclass(frozen=True, slots=True)
class Remove:
    """An event that is deleted: a twin of another, which has no lecture, or one for which there is no room."""

    lecture: int | None
    event: str


Step = Create | Edit | CallOff | Remove


def steps(
    wishes: Sequence[Wish], cancelled: frozenset[int], listed: Listed, noted: Mapping[int, Noted], now: datetime
) -> list[Step]:
    """The steps from what is there to what should be, those that make room first.

    The wishes come soonest first; where not all have room, the nearest are made. An event that was noted, that should
    not have begun yet and is no longer there was taken away by somebody, and is left away.
    """
    there, twins = _by_lecture(listed.ours, noted)
    unknown = len(listed.ours) - len(there) - len(twins)
    # What has begun can't be moved: it ends, and the lecture's new date gets an event of its own.
    later = {each.lecture for each in wishes if each.shown.starts > now}
    over = sorted(number for number, each in there.items() if number in cancelled or (each.begun and number in later))
    freeing: list[Step] = [Remove(None, each.id) for each in twins]
    freeing += [CallOff(number, there[number].id, there.pop(number).begun) for number in over]
    taken_away = {number for number, each in noted.items() if number not in there and each.starts > now}
    taken_away -= {each.lecture for each in freeing if each.lecture is not None}
    possible = [each for each in wishes if each.lecture in there or _can_be_made(each, taken_away, now)]
    room = listed.room - unknown - len(there.keys() - {each.lecture for each in possible})
    chosen, without = possible[: max(0, room)], possible[max(0, room) :]
    freeing += [Remove(each.lecture, there[each.lecture].id) for each in without if each.lecture in there]
    edits = [edit for each in chosen if each.lecture in there for edit in _edits(each, there[each.lecture], now)]
    return [*freeing, *edits, *(Create(each.lecture, each.shown) for each in chosen if each.lecture not in there)]


def withdrawal(listed: Listed, noted: Mapping[int, Noted]) -> list[Step]:
    """The steps after which a place in which nobody follows any more has none of the events ahead."""
    there, twins = _by_lecture(listed.ours, noted)
    ours = [Remove(number, each.id) for number, each in sorted(there.items()) if not each.begun]
    return [*(Remove(None, each.id) for each in twins), *ours]


def adopted(listed: Listed, noted: Mapping[int, Noted]) -> dict[int, Noted]:
    """Our events that are in no book: of another database, or made right before a process ended."""
    there, _ = _by_lecture(listed.ours, noted)
    return {
        number: Noted(each.id, each.shown.starts)
        for number, each in there.items()
        if number not in noted or noted[number].event != each.id
    }


def _by_lecture(ours: Sequence[Standing], noted: Mapping[int, Noted]) -> tuple[dict[int, Standing], list[Standing]]:
    """Our events by lecture, and those that a lecture has besides: of several the noted one counts, else the first."""
    numbers = {each.event: number for number, each in noted.items()}
    there: dict[int, Standing] = {}
    twins: list[Standing] = []
    for each in sorted(ours, key=lambda one: (one.id not in numbers, len(one.id), one.id)):
        number = numbers.get(each.id, each.lecture)
        if number is None:
            continue
        if number in there:
            twins.append(each)
        else:
            there[number] = each
    return there, twins


def _can_be_made(wish: Wish, taken_away: set[int], now: datetime) -> bool:
    return wish.new and wish.lecture not in taken_away and wish.shown.starts > now + SOON


def _edits(wish: Wish, standing: Standing, now: datetime) -> Iterator[Edit]:
    start = not standing.begun and wish.shown.starts > now
    shown = wish.shown if start else replace(wish.shown, starts=standing.shown.starts)
    if shown != standing.shown and shown.ends > shown.starts:
        yield Edit(wish.lecture, standing.id, shown, start)
