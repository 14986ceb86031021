"""Which days a list of dates means: the order of day and month, and the years that are left out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.date_parsing import NotADateError, ParsedDate, Unclear, parse_date
from bot.domain.date_words import DayOrder, in_english, numbers_first
from bot.domain.text import plain
from bot.sources.fields.remarks import remarks_in

_LONGEST: Final = 120
"""Characters of a date."""

_YEAR: Final = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:\s?[/–-]\s?(?P<next>(?:19|20)?\d\d)(?!\d))?(?P<fiscal>\s?年度)?"
)
_WINTER: Final = re.compile(r"winter|(?<![a-z])ws(?![a-z])|後期|冬|hiver|invierno|inverno", re.IGNORECASE)
_AUTUMN: Final = 8
"""The month in which an academic year begins at the earliest; the Japanese one begins in April."""

_BETWEEN: Final = re.compile(r"(?<=\d) ?(?:und|and|bis|to|et|y|e|a|au|al|tot|en|&|,|~|から|–|- ?(?=\d{4}-)) ?(?=\d)")
_MENTIONED: Final = re.compile(
    r"(?<![a-z])(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? (?P<month>\d{1,2})/(?P<day>\d{1,2})(?![\d/])",
    re.IGNORECASE,
)
_SIGNS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
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

_FAR_BACK: Final = 15
"""Years back from today in which a date without a year may be."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is written of when an entry is: the cells of the day, of the time and of the end, and headings above."""

    day: str
    at: str = ""
    until: str = ""
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What that means. `day` is None where it can't be told; `is_guessed` says that nothing tells the year.

    `beside` is what is written there and means no date.
    """

    day: date | None = None
    weekday: int | None = None
    starts: time | None = None
    ends: time | None = None
    beside: tuple[str, ...] = ()
    is_guessed: bool = False
    is_several: bool = False


@dataclass(frozen=True, slots=True)
class _Parsed:
    """The parts of one entry; `years` are those that its own text or a heading allow, by their first month."""

    date: ParsedDate
    beside: tuple[str, ...]
    is_several: bool = False
    heading: "_Heading | None" = None


@dataclass(frozen=True, slots=True)
class _Heading:
    """A year that stands above dates; one that `turns` begins in that month and goes on into the next year."""

    year: int
    turns: int | None = None

    def of(self, month: int) -> int:
        return self.year + 1 if self.turns and month < self.turns else self.year


def told(
    written: Sequence[Written], *, zone: ZoneInfo, today: date, known: Iterable[date] = (), text: str = ""
) -> list[Told]:
    """What each of the dates means. `known` are days of the schedule, which tell years, as weekdays in `text` do."""
    order = _order([each.day for each in written], zone)
    parsed = [_parsed(each, order) for each in written]
    mentioned = [(found["weekday"], int(found["month"]), int(found["day"])) for found in _MENTIONED.finditer(text)]
    years, is_guessed = _years(parsed, _Evidence(today, frozenset(known), tuple(mentioned)))
    return [_told(each, year, is_guessed, zone) for each, year in zip(parsed, years, strict=True)]


def canonical(day: Told) -> str:
    """The day as the reader of fields has it, with the remarks beside it: `2026/6/8 (Mon) 14:00-15:30 (予定)`."""
    if day.day is None:
        return ""
    written = f"{day.day.year}/{day.day.month}/{day.day.day}"
    if day.weekday is not None:
        written += f" ({_SIGNS[day.weekday]})"
    if day.starts:
        written += f" {day.starts:%H:%M}" + (f"-{day.ends:%H:%M}" if day.ends else "")
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


def _parsed(written: Written, order: DayOrder | None) -> _Parsed:
    found, is_several = _date(written.day, order)
    beside = [found.rest] if found.day else []
    if written.at:
        at, _ = _date(written.at, order)
        found = replace(found, start=at.start or found.start, end=at.end or found.end, zone=at.zone or found.zone)
        beside.append(at.rest)
        if not found.day:
            found = replace(found, year=at.year, month=at.month, day=at.day, weekday=at.weekday)
    if written.until:
        until, _ = _date(written.until, order)
        found = replace(found, end=until.start or found.end)
    return _Parsed(found, tuple(filter(None, beside)), is_several, _heading(written.under))


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


def _heading(under: Sequence[str]) -> _Heading | None:
    """The year in the nearest heading that has one."""
    for heading in reversed(under):
        found = _YEAR.search(plain(heading)[:_LONGEST])
        if found:
            goes_on = found["next"] is not None and int(found["next"]) % 100 == (int(found["year"]) + 1) % 100
            turns = 4 if found["fiscal"] else (_AUTUMN if goes_on or _is_winter(heading, found) else None)
            return _Heading(int(found["year"]), turns)
    return None


def _is_winter(heading: str, found: re.Match[str]) -> bool:
    """Whether the heading names a term in whose middle the year ends, and nothing of spring."""
    return _WINTER.search(heading) is not None and not re.search("spring|printemps|primavera", heading, re.IGNORECASE)


# ---- years


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What tells the year of dates that have none."""

    today: date
    known: frozenset[date]
    mentioned: tuple[tuple[str, int, int], ...]


def _years(parsed: Sequence[_Parsed], evidence: _Evidence) -> tuple[list[int | None], bool]:
    """The year of each date, told by itself, by a heading, or by the dates around it; and whether it is a guess."""
    years = [_own_year(each) for each in parsed]
    dated = [position for position, each in enumerate(parsed) if each.date.day]
    if not any(years[position] for position in dated):
        offsets = _offsets([parsed[position].date for position in dated])
        days = [(parsed[position].date, offset) for position, offset in zip(dated, offsets, strict=True)]
        base, is_guessed = _base(days, evidence)
        for position, offset in zip(dated, offsets, strict=True):
            years[position] = base + offset
        return years, is_guessed
    for along in (dated, dated[::-1]):
        for before, position in pairwise(along):
            if years[position] is None and (near := years[before]) is not None:
                years[position] = near + _step(parsed[before].date, parsed[position].date)
    return years, False


def _own_year(each: _Parsed) -> int | None:
    if each.date.day is None or each.date.month is None:
        return None
    return each.date.year or (each.heading.of(each.date.month) if each.heading else None)


def _offsets(days: Sequence[ParsedDate]) -> list[int]:
    """By how many years each date is later than the first, if each is as near as it can be to the one before."""
    offsets = [0] * bool(days)
    for before, each in pairwise(days):
        offsets.append(offsets[-1] + _step(before, each))
    return offsets


def _step(before: ParsedDate, each: ParsedDate) -> int:
    """1 if the date is in the year after that of the one before, -1 if it is in the year before that."""
    between = _day_of_year(each) - _day_of_year(before)
    return 1 if between < -182 else (-1 if between > 182 else 0)


def _day_of_year(each: ParsedDate) -> int:
    return 30 * (each.month or 1) + (each.day or 1)


def _base(days: Sequence[tuple[ParsedDate, int]], evidence: _Evidence) -> tuple[int, bool]:
    """The year of the first date: the one in which most weekdays are right, most days are known, which is nearest."""

    def rank(year: int) -> tuple[int, int, int]:
        dates = [found for each, offset in days if (found := _day(year + offset, each.month, each.day))]
        wrong = sum(
            each.weekday is not None
            and (found := _day(year + offset, each.month, each.day)) is not None
            and found.weekday() != each.weekday
            for each, offset in days
        )
        wrong += sum(
            (found := _day(year, month, day)) is not None and _SIGNS[found.weekday()] != name.capitalize()
            for name, month, day in evidence.mentioned
        )
        is_archive = len(dates) > 1 and dates[0] > dates[-1]
        return wrong, -sum(each in evidence.known for each in dates), _distance(dates, evidence.today, is_archive)

    this = evidence.today.year
    best = min(range(this - _FAR_BACK, this + 3), key=rank) if days else this
    is_told = bool(evidence.mentioned) or any(each.weekday is not None for each, _ in days) or rank(best)[1] < 0
    return best, not is_told


def _distance(dates: Sequence[date], today: date, is_archive: bool) -> int:
    """Days between today and the dates; a list that begins with the latest tells of the past rather than the future."""
    if is_archive:
        days = (max(dates) - today).days
        return 3 * days if days > 0 else -days
    if not dates or min(dates) <= today <= max(dates):
        return 0
    return min(abs((min(dates) - today).days), abs((max(dates) - today).days))


def _day(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


# ---- from parts to a day


def _told(parsed: _Parsed, year: int | None, is_guessed: bool, zone: ZoneInfo) -> Told:
    written = parsed.date
    day = _day(year, written.month, written.day)
    if day is None:
        return Told(beside=parsed.beside)
    made = Told(day, written.weekday, written.start, written.end, parsed.beside, is_guessed, parsed.is_several)
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
    there = timezone(told_in)
    begins = datetime.combine(made.day, made.starts, there).astimezone(zone)
    ends = datetime.combine(made.day, made.ends, there).astimezone(zone).time() if made.ends else None
    return replace(made, day=begins.date(), weekday=None, starts=begins.time(), ends=ends)


def _names(zone: ZoneInfo, year: int) -> Iterator[str | None]:
    """How the zone calls its time in winter and in summer."""
    for month in (1, 7):
        yield datetime(year, month, 1, tzinfo=zone).tzname()
