"""The years that a list of dates leaves out: told by headings, weekdays, days that are known, or the dates around."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from bot.domain.date_parsing import ParsedDate
from bot.domain.text import plain

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONGEST: Final = 120
"""Characters of a heading that are looked at."""

_YEAR: Final = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:\s?[/–-]\s?(?P<next>(?:19|20)?\d\d)(?!\d))?(?P<fiscal>\s?年度)?"
)
_WINTER: Final = re.compile(r"winter ?sem|(?<![a-z])(?:ws|wise)(?![a-z])|後期|冬学期", re.IGNORECASE)
"""A term in whose middle the year ends; a mere `Winter 2026` may be one that begins with the year."""

_AUTUMN: Final = 8
"""The month in which an academic year begins at the earliest; the Japanese one begins in April."""

_MENTIONED: Final = re.compile(
    r"(?<![a-z])(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? (?P<month>\d{1,2})/(?P<day>\d{1,2})(?![\d/])",
    re.IGNORECASE,
)
_FAR_BACK: Final = 15
"""Years back from today in which a date without a year may be."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A year that stands above dates; one that `turns` begins in that month and goes on into the next year."""

    year: int
    turns: int | None = None

    def of(self, month: int) -> int:
        """The year of a date in that month below the heading."""
        return self.year + 1 if self.turns and month < self.turns else self.year


@dataclass(frozen=True, slots=True)
class Parsed:
    """The parts of one date, the first if there are several; `beside` means none, `heading` is the year above it."""

    date: ParsedDate
    beside: tuple[str, ...]
    is_several: bool = False
    heading: Heading | None = None


def heading_of(under: Sequence[str]) -> Heading | None:
    """The year in the nearest heading that has one."""
    for heading in reversed(under):
        found = _YEAR.search(plain(heading)[:_LONGEST])
        if found:
            goes_on = found["next"] is not None and int(found["next"]) % 100 == (int(found["year"]) + 1) % 100
            turns = 4 if found["fiscal"] else (_AUTUMN if goes_on or _WINTER.search(heading) else None)
            return Heading(int(found["year"]), turns)
    return None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What tells the year of dates that have none."""

    today: date
    known: frozenset[date]
    mentioned: tuple[tuple[str, int, int], ...]


def mentioned_in(text: str) -> tuple[tuple[str, int, int], ...]:
    """Days with their weekdays that are mentioned anywhere in the text: `Mon, 1/28`."""
    return tuple((found["weekday"], int(found["month"]), int(found["day"])) for found in _MENTIONED.finditer(text))


def years_of(parsed: Sequence[Parsed], evidence: Evidence) -> tuple[list[int | None], bool]:
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


def _own_year(each: Parsed) -> int | None:
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


def _base(days: Sequence[tuple[ParsedDate, int]], evidence: Evidence) -> tuple[int, bool]:
    """The year of the first date: the one in which most weekdays are right, most days are known, which is nearest."""

    def rank(year: int) -> tuple[int, int, int]:
        dates = [found for each, offset in days if (found := day_in(year + offset, each.month, each.day))]
        wrong = sum(
            each.weekday is not None
            and (found := day_in(year + offset, each.month, each.day)) is not None
            and found.weekday() != each.weekday
            for each, offset in days
        )
        wrong += sum(
            (found := day_in(year, month, day)) is not None and WEEKDAYS[found.weekday()] != name.capitalize()
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


def day_in(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None
