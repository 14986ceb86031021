"""When a lecture takes place, as the page writes it: 「2024/4/25 (木) 13:00-17:00 JST」 and its like."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from bot.catalog.page.text import plain, trimmed

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS: Final = ("月", "火", "水", "木", "金", "土", "日")
_ENGLISH_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH: Final = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_BEFORE: Final = rf"(?:\(?(?P<before>{'|'.join(_ENGLISH_DAYS)})[a-z]*\.?\)?\s*,?\s*)?"
_DATES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})\s*[/.\-年]\s*(?P<month>\d{1,2})\s*[/.\-月]\s*(?P<day>\d{1,2})(?!\d)\s*日?",
        rf"{_BEFORE}{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s*(?P<year>\d{{4}})(?!\d)",
        rf"{_BEFORE}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*{_MONTH}\s*,?\s*(?P<year>\d{{4}})(?!\d)",
    )
)
_WEEKDAY: Final = re.compile(
    rf"[\s,]*[(\[【<]?\s*(?:(?P<ja>[{''.join(_DAYS)}])(?:曜日?)?|(?P<en>{'|'.join(_ENGLISH_DAYS)})[a-z]*\.?)"
    r"(?=[\s)\]】>・/,、.\d]|$)\s*(?:[・/,、.]?\s*(?:祝日?|休日?|振替休日|holiday))?\s*[)\]】>]?",
    re.IGNORECASE,
)
_CLOCK: Final = (
    r"(?P<{0}half>午前|午後|am|pm)?\s*(?P<{0}hour>\d{{1,2}})\s*"
    r"(?::\s*(?P<{0}minute>\d{{2}})(?!\d)|時\s*(?:(?P<{0}minutes>\d{{1,2}})\s*分|(?P<{0}thirty>半))?)\s*(?P<{0}after>am|pm)?"
)
_TIMES: Final = re.compile(
    rf"[\s,、]*(?:{_CLOCK.format('a')})\s*(?:(?:[-−–—‐―ー~〜→]+|から|to)\s*(?:(?:{_CLOCK.format('b')})\s*(?:まで)?)?|開始)?",
    re.IGNORECASE,
)
_ZONE: Final = re.compile(r"\s*[(\[]?\s*(?:JST|日本時間|日本標準時|Japan time)\s*[)\]]?", re.IGNORECASE)
_JAPAN: Final = timezone(timedelta(hours=9))


@dataclass(frozen=True, slots=True)
class Span:
    """A day, perhaps with its weekday and times, and what is written around them."""

    day: date
    weekday: int | None = None
    starts: time | None = None
    ends: time | None = None
    beside: str = ""

    @property
    def ends_first(self) -> bool:
        """Whether the end is not after the start."""
        return self.starts is not None and self.ends is not None and self.ends <= self.starts


def span(text: str, zone: ZoneInfo) -> Span | None:
    """What the text says, in times of the zone; None if that can't be told for certain."""
    said = plain(text)
    found = next((match for match in (pattern.search(said) for pattern in _DATES) if match), None)
    if not found:
        return None
    rest = said[found.end() :]
    weekday, rest = _weekday(found.groupdict().get("before"), rest)
    times = _TIMES.match(rest)
    rest = rest[times.end() :] if times else rest
    told = _ZONE.match(rest)
    rest = rest[told.end() :] if told else rest
    beside = trimmed(f"{said[: found.start()]} {rest}".strip())
    if re.search(r"\d", beside):
        return None
    try:
        day = date(int(found["year"]), _month(found["month"]), int(found["day"]))
        starts = _time(times, "a") if times else None
        ends = _time(times, "b") if times else None
    except ValueError:
        return None
    if told and starts and datetime.combine(day, starts, zone).utcoffset() != timedelta(hours=9):
        return _moved(day, weekday, starts, ends, beside, zone)
    return Span(day, weekday, starts, ends, beside)


def moment(text: str, zone: ZoneInfo) -> datetime | None:
    """A single moment with a time, such as a deadline, naive in times of the zone; None if it is not told in full."""
    noon = re.sub(r"正午", "12:00", re.sub(r"(?:まで|迄|締切|〆切|締め切り)[。.]?\s*$", "", plain(text)))
    said = span(noon, zone)
    if said is None or said.starts is None or said.ends or said.beside:
        return None
    return datetime.combine(said.day, said.starts) if said.weekday in (None, said.day.weekday()) else None


def _weekday(before: str | None, rest: str) -> tuple[int | None, str]:
    if before:
        return _ENGLISH_DAYS.index(before.lower()), rest
    found = _WEEKDAY.match(rest)
    if not found:
        return None, rest
    number = _DAYS.index(found["ja"]) if found["ja"] else _ENGLISH_DAYS.index(found["en"].lower())
    return number, rest[found.end() :]


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS.index(written.lower()) + 1


def _time(found: re.Match[str], which: str) -> time | None:
    hour = found[f"{which}hour"]
    if hour is None:
        return None
    half = (found[f"{which}half"] or found[f"{which}after"] or "").lower()
    hours = int(hour)
    if half and hours > 12:
        raise ValueError(half)
    if half in ("午後", "pm") and hours < 12:
        hours += 12
    elif half == "am" and hours == 12:
        hours = 0
    minute = found[f"{which}minute"] or found[f"{which}minutes"] or ("30" if found[f"{which}thirty"] else "0")
    return time(hours, int(minute))


def _moved(day: date, weekday: int | None, starts: time, ends: time | None, beside: str, zone: ZoneInfo) -> Span | None:
    """The span, which was told in Japan's time, in that of another zone; None where that falls on another day."""
    begins = datetime.combine(day, starts, _JAPAN).astimezone(zone)
    finishes = datetime.combine(day, ends, _JAPAN).astimezone(zone) if ends else begins
    if (begins.date(), finishes.date()) != (day, day):
        return None
    return Span(day, weekday, begins.time(), finishes.time() if ends else None, beside)
