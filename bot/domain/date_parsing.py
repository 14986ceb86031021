"""Parses dates as people write them, in Japanese and English.

The one reader for what is typed, what stands on a page and what the schedule's file says. It says what is written and
what is left out; which day is meant, and what of it is accepted, is decided by those who use it.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.date_tokens import DAY_WORDS, NUMBERS, WEEK_WORDS, Kind, date_tokens, parted
from bot.domain.dates import WEEKDAYS, month_named, year_of_reiwa


class Unclear(StrEnum):
    """Why a text is no date that could be asked about."""

    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"
    """Day and month, or the year, can't be told apart."""
    SEVERAL_DAYS = "several_days"
    NO_SUCH_DAY = "no_such_day"
    NO_SUCH_TIME = "no_such_time"
    SKIPPED_TIME = "skipped_time"
    """The clock is put forward over it."""
    OTHER_ZONE = "other_zone"
    NO_DAY = "no_day"
    """A time alone, and no day that it could belong to."""


class NotADateError(ValueError):
    """The text names no date, and no other one can be suggested; `part` is what of it is not understood."""

    def __init__(self, reason: Unclear, part: str) -> None:
        super().__init__(reason, part)
        self.reason: Final = reason
        self.part: Final = part


class Origin(StrEnum):
    """What a relative day is counted from."""

    SO_FAR = "so_far"
    """`+7d`: the day that is to be replaced."""
    TODAY = "today"
    """明日, `in 3 days`."""
    TODAY_OR_SO_FAR = "today_or_so_far"
    """3日後, `3 days later`."""
    WEEK = "week"
    """来週の金曜, `this Thursday`: a weekday of the week that is so many days from today's."""
    COMING = "coming"
    """次の金曜: the first such weekday after today."""
    NEXT = "next"
    """`next Friday`: the first such weekday after today, or the one of next week."""


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """A day that is so many days away. What counts from WEEK, COMING and NEXT has a weekday beside it."""

    origin: Origin
    days: int = 0

    @property
    def needs_weekday(self) -> bool:
        """Whether it names no day by itself."""
        return self.origin in (Origin.WEEK, Origin.COMING, Origin.NEXT)


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """What is written of a date; everything may be left out.

    `end` is so many `nights` after the day of the start, and `last_weekday` beside its day. `zone` is a name or an
    offset beside the time; `undecided` says that the time is to be announced; `rest` is the text that is no part of
    the date.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    relative: RelativeDay | None = None
    weekday: int | None = None
    start: time | None = None
    end: time | None = None
    nights: int = 0
    last_weekday: int | None = None
    zone: str | timedelta | None = None
    undecided: bool = False
    rest: str = ""


JAPAN: Final = timedelta(hours=9)

_AS_IN_FILES: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T([01]\d|2[0-3]):([0-5]\d))?")
"""What nearly every date of a file is written like: read without looking for tokens, of which there are many kinds."""

_LATEST: Final = 36
"""Hours until when a day can go on: 25:00 is one o'clock of the next."""

_NIGHT: Final = 12
"""An end that is earlier than the start, and no time of the afternoon, is on the next day if that is in less hours."""

_MOST_NIGHTS: Final = 14
"""Days that a lecture takes at most: what is over later has a mistyped day."""

_SOME_YEARS: Final = (2023, 2024)
"""Dates without a year are counted in both of them, one of which is a leap year."""

_WHICH: Final = {"this": Origin.WEEK, "next": Origin.NEXT}


def parse_date(text: str) -> ParsedDate:
    """The parts of the one date in the text. Raises NotADateError for several days and for what can't be one."""
    if found := _AS_IN_FILES.fullmatch(text):
        year, month, day, hour, minute = (int(each) if each else None for each in found.groups())
        return ParsedDate(year, month, day, start=None if hour is None else time(hour, minute or 0))
    tokens = date_tokens(text)
    if tokens.days > 1:
        return _over_nights(text)
    parts = tokens.parts
    year, month, day = _day(parts[Kind.DAY]) if Kind.DAY in parts else (None, None, None)
    start, end, nights = _times(parts[Kind.TIMES]) if Kind.TIMES in parts else (None, None, 0)
    return ParsedDate(
        year=year,
        month=month,
        day=day,
        relative=_relative(parts[Kind.RELATIVE]) if Kind.RELATIVE in parts else None,
        weekday=_weekday(parts[Kind.WEEKDAY]) if Kind.WEEKDAY in parts else None,
        start=start,
        end=end,
        nights=nights,
        zone=_zone(parts[Kind.ZONE]) if Kind.ZONE in parts else None,
        undecided=Kind.UNDECIDED in parts,
        rest=tokens.rest,
    )


def _over_nights(text: str) -> ParsedDate:
    """A date with its time, and with the day on which it ends at another time: `5/21 22:00 - 5/22 1:00`."""
    halves = parted(text)
    if halves is None:
        raise NotADateError(Unclear.SEVERAL_DAYS, text)
    first, last = map(parse_date, halves)
    nights = _nights(first, last)
    plainly = first.start and last.start and not (first.end or last.end or first.zone or last.rest)
    if not plainly or nights is None or (nights == 0 and (first.start or time()) >= (last.start or time())):
        raise NotADateError(Unclear.SEVERAL_DAYS, text)
    return replace(first, end=last.start, nights=nights, last_weekday=last.weekday, zone=last.zone)


def _nights(first: ParsedDate, last: ParsedDate) -> int | None:
    """How many days there are from the one to the other; None if that depends, or if they are too far apart."""
    years = _SOME_YEARS if first.year is None else (first.year,)
    try:
        counted = {_days_between(_in_year(first, year), last, year) for year in years}
    except ValueError:
        return None
    nights = counted.pop()
    return nights if not counted and 0 <= nights <= _MOST_NIGHTS else None


def _days_between(first: date, last: ParsedDate, year: int) -> int:
    """From a day of that year to the next such day after it."""
    found = _in_year(last, year)
    if found < first and last.year is None:
        found = _in_year(last, year + 1)
    return (found - first).days


def _in_year(parts: ParsedDate, year: int) -> date:
    """The day in that year, unless it has its own. Raises ValueError for no such day."""
    return date(parts.year or year, parts.month or 0, parts.day or 0)


def utc_offset(written: str) -> timedelta:
    """An offset from UTC: `Z`, `+09:00`, `+0900`, `-03`."""
    if written in "Zz":
        return timedelta()
    digits = written[1:].replace(":", "")
    span = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return -span if written[0] == "-" else span


def _day(found: re.Match[str]) -> tuple[int | None, int, int]:
    """Year, month and day."""
    parts = found.groupdict()
    if parts.get("short"):
        raise NotADateError(Unclear.AMBIGUOUS, found[0])
    year = int(parts["year"]) if parts.get("year") else None
    if parts.get("either"):
        either, other = int(parts["either"]), int(parts["other"])
        if either <= 12 and other <= 12 and either != other:
            raise NotADateError(Unclear.AMBIGUOUS, found[0])
        return year, min(either, other), max(either, other)
    if parts.get("era"):
        year = year_of_reiwa(parts["era"])
    name = parts.get("name")
    month = month_named(name) if name else int(parts["month"])
    return year, month, int(parts["day"])


def _relative(found: re.Match[str]) -> RelativeDay:
    parts = {name: value.lower() for name, value in found.groupdict().items() if value}
    if "word" in parts:
        return RelativeDay(Origin.TODAY, DAY_WORDS[parts["word"]])
    if "week" in parts:
        return RelativeDay(Origin.WEEK, 7 * WEEK_WORDS[parts["week"]])
    if "which" in parts:
        return RelativeDay(_WHICH[parts["which"]])
    if "coming" in parts:
        return RelativeDay(Origin.COMING)
    number = parts["number"]
    days = (int(number) if number.isdigit() else NUMBERS[number]) * (7 if parts["unit"][0] in "w週" else 1)
    if "sign" in parts:
        return RelativeDay(Origin.SO_FAR, -days if parts["sign"] == "-" else days)
    return RelativeDay(Origin.TODAY_OR_SO_FAR if "later" in parts else Origin.TODAY, days)


def _weekday(found: re.Match[str]) -> int:
    return WEEKDAYS[next(filter(None, found.groups())).lower()]


def _zone(found: re.Match[str]) -> str | timedelta:
    if found["japan"]:
        return JAPAN
    return utc_offset(found["offset"]) if found["offset"] else {"jst": "JST"}.get(found["zone"], found["zone"])


def _times(found: re.Match[str]) -> tuple[time, time | None, int]:
    """Start and end, and how many days later that is; morning or afternoon may be said of one for both, as in
    午後1時〜5時 or `1-5pm`."""
    before = _half(found, "a")
    if "bhour" not in found.re.groupindex:
        return _time(found, "a", before), None, 0
    after = _half(found, "b")
    if not after and 24 <= int(found["bhour"] or 0) <= _LATEST:
        late = int(found["bhour"]) - 24
        return _time(found, "a", before), _time(found, "b", "", late), 1
    end = _time(found, "b", after)
    start = _time(found, "a", before or (after if found["asaid"] is None else ""))
    if not before and start >= end:
        start = _time(found, "a", "")  # 11-1pm
    if before == "pm" and not after and end <= start and end.hour < 12:
        end = end.replace(hour=end.hour + 12)
    return start, end, int(is_night(start, end))


def is_night(start: time, end: time) -> bool:
    """Whether an end that is before the start is meant on the next day."""
    before, after = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    return after + _NIGHT * 60 < before


def _half(found: re.Match[str], which: str) -> str:
    written = (found[f"{which}half"] or found[f"{which}after"] or "").lower().replace(".", "")
    return {"午前": "am", "午後": "pm"}.get(written, written)


def _time(found: re.Match[str], which: str, half: str, late: int | None = None) -> time:
    """One of the two times; `late` is the hour of an end that is counted on past midnight."""
    if found[f"{which}noon"]:
        return time(12)
    hours = int(found[f"{which}hour"]) if late is None else late
    minutes = int(found[f"{which}minute"] or found[f"{which}minutes"] or (30 if found[f"{which}thirty"] else 0))
    if hours > 23 or minutes > 59 or (half and hours > 12):
        raise NotADateError(Unclear.NO_SUCH_TIME, found[0])
    if half == "pm" and hours < 12:
        hours += 12
    elif found[f"{which}after"] and half == "am" and hours == 12:
        hours = 0
    return time(hours, minutes)
