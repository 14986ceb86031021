"""Which days a list of dates means: the order of day and month, and the years that are left out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.date_parsing import NotADateError, ParsedDate, Unclear, is_night, parse_date
from bot.domain.date_words import DayOrder, in_english, numbers_first
from bot.domain.text import plain
from bot.sources.fields.remarks import remarks_in
from bot.sources.years import WEEKDAYS, Evidence, Parsed, day_in, heading_of, mentioned_in, years_of

_LONGEST: Final = 120
"""Characters of a date."""

_BETWEEN: Final = re.compile(r"(?<=\d) ?(?:und|and|bis|to|et|y|e|a|au|al|tot|en|&|,|~|から|–|- ?(?=\d{4}-)) ?(?=\d)")
_ABBREVIATED: Final = {
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "GMT": 0,
    "UTC": 0,
    "BST": 1,
    "WET": 0,
    "WEST": 1,
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
    "JST": 9,
    "KST": 9,
    "HKT": 8,
    "SGT": 8,
    "AEST": 10,
    "AEDT": 11,
}
"""Hours by which zones are ahead of UTC. What two countries call alike is left out."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is written of when an entry is: the cells of the day, of the time and of the end, and headings above."""

    day: str
    at: str = ""
    until: str = ""
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What that means. `day` is None where it can't be told; `is_guessed` says that nothing tells the year. The end is
    so many `nights` after the day.

    `beside` is what is written there and means no date.
    """

    day: date | None = None
    weekday: int | None = None
    starts: time | None = None
    ends: time | None = None
    nights: int = 0
    beside: tuple[str, ...] = ()
    is_guessed: bool = False
    is_several: bool = False


def told(
    written: Sequence[Written], *, zone: ZoneInfo, today: date, known: Iterable[date] = (), text: str = ""
) -> list[Told]:
    """What each of the dates means. `known` are days of the schedule, which tell years, as weekdays in `text` do."""
    order = _order([each.day for each in written], zone)
    parsed = [_parsed(each, order) for each in written]
    years, is_guessed = years_of(parsed, Evidence(today, frozenset(known), mentioned_in(text)))
    return [_told(each, year, is_guessed, zone) for each, year in zip(parsed, years, strict=True)]


def canonical(day: Told) -> str:
    """The day as the reader of fields has it, with the remarks beside it: `2026/6/8 (Mon) 14:00-15:30 (予定)`."""
    if day.day is None:
        return ""
    written = f"{day.day.year}/{day.day.month}/{day.day.day}"
    if day.weekday is not None:
        written += f" ({WEEKDAYS[day.weekday]})"
    if day.starts:
        written += f" {day.starts:%H:%M}"
        if day.ends and day.nights:
            last = day.day + timedelta(days=day.nights)
            written += f" - {last.year}/{last.month}/{last.day} {day.ends:%H:%M}"
        elif day.ends:
            written += f"-{day.ends:%H:%M}"
    return written + "".join(f" ({each})" for each in day.beside if remarks_in(each))


# ---- the order of the numbers


def _order(texts: Iterable[str], zone: ZoneInfo) -> DayOrder | None:
    """In which order the numbers stand, told by all of them together, else by where the series is."""
    pairs = [found for found in map(numbers_first, texts) if found]
    if any(first > 12 for first, _ in pairs):
        return DayOrder.DAY_FIRST
    if any(second > 12 for _, second in pairs) or not pairs:
        return DayOrder.MONTH_FIRST
    by_month, by_day = _turns(pairs), _turns([(second, first) for first, second in pairs])
    if by_month != by_day:
        return DayOrder.MONTH_FIRST if by_month < by_day else DayOrder.DAY_FIRST
    return (
        DayOrder.DAY_FIRST if zone.key.partition("/")[0] in ("Europe", "Africa", "Australia") else DayOrder.MONTH_FIRST
    )


def _turns(days: Sequence[tuple[int, int]]) -> int:
    """How often the days change their direction."""
    directions = [one < other for one, other in pairwise(days) if one != other]
    return sum(one is not other for one, other in pairwise(directions))


# ---- what is written


def _parsed(written: Written, order: DayOrder | None) -> Parsed:
    found, is_several = _date(written.day, order)
    beside = [found.rest] if found.day else []
    if written.at:
        at, _ = _date(written.at, order)
        found = replace(found, start=at.start or found.start, zone=at.zone or found.zone)
        found = replace(found, end=at.end, nights=at.nights) if at.end else found
        beside.append(at.rest)
        if not found.day:
            found = replace(found, year=at.year, month=at.month, day=at.day, weekday=at.weekday)
    if written.until:
        until, _ = _date(written.until, order)
        found = replace(found, end=until.start, nights=_nights(found.start, until.start)) if until.start else found
    return Parsed(found, tuple(filter(None, beside)), is_several, heading_of(written.under))


def _nights(starts: time | None, ends: time) -> int:
    return int(starts is not None and is_night(starts, ends))


def _date(text: str, order: DayOrder | None) -> tuple[ParsedDate, bool]:
    """The parts of the text, of several days those of the first; and whether there are several."""
    written = in_english(text[:_LONGEST], order)
    try:
        return parse_date(written), False
    except NotADateError as fault:
        if fault.reason is not Unclear.SEVERAL_DAYS:
            return ParsedDate(rest=plain(text)), False
    first = _BETWEEN.split(written)[0]
    try:
        return parse_date(first), True
    except NotADateError:
        return ParsedDate(rest=plain(text)), False


# ---- from parts to a day


def _told(parsed: Parsed, year: int | None, is_guessed: bool, zone: ZoneInfo) -> Told:
    written = parsed.date
    day = day_in(year, written.month, written.day)
    if day is None:
        return Told(beside=parsed.beside)
    made = Told(
        day, written.weekday, written.start, written.end, written.nights, parsed.beside, is_guessed, parsed.is_several
    )
    return _in_zone(made, written.zone, zone)


def _in_zone(made: Told, told_in: str | timedelta | None, zone: ZoneInfo) -> Told:
    """The same in the series' zone. A name such as EDT stands for the clocks there all the year."""
    if made.day is None or made.starts is None or told_in is None:
        return made
    here = datetime.combine(made.day, made.starts, zone)
    if isinstance(told_in, str):
        if told_in in _names(zone, made.day.year):
            return made
        if told_in not in _ABBREVIATED:
            return replace(made, starts=None, ends=None, beside=(*made.beside, told_in))
        told_in = timedelta(hours=_ABBREVIATED[told_in])
    if told_in == here.utcoffset():
        return made
    there, told_day = timezone(told_in), made.day
    begins = datetime.combine(made.day, made.starts, there).astimezone(zone)
    made = replace(made, day=begins.date(), weekday=None, starts=begins.time())
    if not made.ends:
        return made
    last = datetime.combine(told_day + timedelta(days=made.nights), made.ends, there).astimezone(zone)
    return replace(made, ends=last.time(), nights=(last.date() - begins.date()).days)


def _names(zone: ZoneInfo, year: int) -> Iterator[str | None]:
    """How the zone calls its time in winter and in summer."""
    for month in (1, 7):
        yield datetime(year, month, 1, tzinfo=zone).tzname()
