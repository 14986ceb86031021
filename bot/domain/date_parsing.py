"""How people write a date and times in a chat, in Japanese and English: from the text to its parts, not to a day."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.dates import WEEKDAYS


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
    """A time or weekday alone, and no day that it could belong to."""


class NotADateError(ValueError):
    """The text names no date, and no other one can be suggested; `part` is what of it is not understood."""

    def __init__(self, reason: Unclear, part: str) -> None:
        super().__init__(reason, part)
        self.reason: Final = reason
        self.part: Final = part


@dataclass(frozen=True, slots=True)
class Notation:
    """What was written of a date; everything may be missing, but not all at once.

    Instead of a day there may be a `shift` of so many days. `zone` is a name or an offset that was written beside the
    time, `undecided` says that the time is to be announced.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    shift: int | None = None
    weekday: int | None = None
    start: time | None = None
    end: time | None = None
    zone: str | timedelta | None = None
    undecided: bool = False

    @property
    def has_day(self) -> bool:
        """Whether a day is named, be it by a date or by a shift."""
        return self.day is not None or self.shift is not None


_LONGEST: Final = 100
"""Characters of a date at its most verbose."""

_SIGNS: Final = str.maketrans("−‐‑‒–—―ー〜～", "-" * 8 + "~" * 2)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_ORDINAL: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:[\s,-]*(?P<year>\d{4})(?![\d:]))?"
_DATES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})\s*(?P<sign>[-/.年])\s*(?P<month>\d{1,2})\s*(?:[-/.](?<=(?P=sign))|月)\s*"
        r"(?P<day>\d{1,2})(?!\d)(?:\s*日)?",
        r"(?:令和|(?<![a-z])R\.?)\s*(?P<era>\d{1,2}|元)\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*"
        r"(?P<day>\d{1,2})(?!\d)(?:\s*日)?",
        r"(?<![\d/.-])(?P<either>\d{1,2})(?P<sign>[-/.])(?P<other>\d{1,2})(?P=sign)(?P<year>\d{4})(?!\d)",
        r"(?<![\d/.-])(?P<short>\d{1,2}/\d{1,2}/\d{1,2})(?![\d/])",
        r"(?<![\d/.])(?P<month>\d{1,2})\s*/\s*(?P<day>\d{1,2})(?![\d/:])",
        r"(?<!\d)(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})(?!\d)(?:\s*日)?",
        rf"(?<!\d){_ORDINAL}(?:\s+of)?[\s-]*{_MONTH}{_YEAR}",
        rf"(?<![a-z]){_MONTH}\s*{_ORDINAL}(?![\d:]|\s*[ap]m){_YEAR}",
    )
)
_SHIFT: Final = re.compile(r"(?<!\S)([+-])\s*(\d{1,3})\s*(d(?:ays?)?|w(?:eeks?)?|日|週間?)後?(?![a-z])", re.IGNORECASE)
_ENGLISH: Final = "|".join(sorted(filter(str.isascii, WEEKDAYS), key=len, reverse=True))
_WEEKDAY: Final = re.compile(
    rf"\(\s*(?P<within>[月火水木金土日]|{_ENGLISH})(?:曜日?|\.)?(?:\s*[・/,、]?\s*(?:祝日?|休日?|振替休日|holiday))?\s*\)|"
    rf"(?P<japanese>[月火水木金土日])曜日?|(?<!\S)(?P<alone>[月火水木金土日])(?!\S)|"
    rf"(?<![a-z])(?P<english>{_ENGLISH})(?![a-z])\.?",
    re.IGNORECASE,
)
_HOLIDAY: Final = re.compile(r"\(\s*(?:祝日?|休日?|振替休日|holiday)\s*\)", re.IGNORECASE)
_ISO_TIME: Final = re.compile(
    r"(?<=[\d)])\s*T\s*(\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|\+\d{2}:?\d{2})?", re.IGNORECASE
)
_NOON: Final = re.compile(r"(?<![a-z])(?:正午|12\s*noon|noon)(?![a-z])", re.IGNORECASE)
_HALF: Final = r"午前|午後|[ap]\.?m(?:\.|(?![a-z]))"
_CLOCK: Final = (
    r"(?:(?P<{0}half>" + _HALF + r")\s*)?(?<!\d)(?P<{0}hour>\d{{1,2}})(?!\d)"
    r"(?P<{0}said>\s*:\s*(?P<{0}minute>\d{{2}})(?!\d)(?::\d{{2}}(?!\d))?|"
    r"\s*時(?!間)(?:\s*(?P<{0}minutes>\d{{1,2}})\s*分|\s*(?P<{0}thirty>半))?)?"
    r"(?:\s*(?P<{0}after>" + _HALF + r"))?"
)
_SPAN: Final = re.compile(
    rf"{_CLOCK.format('a')}\s*(?:-+>?|~|から|→|to|until|till)\s*{_CLOCK.format('b')}", re.IGNORECASE
)
_TIME: Final = re.compile(_CLOCK.format("a"), re.IGNORECASE)
_ZONE: Final = re.compile(r"(?<![A-Za-z])(?:[A-Z]{2,4}T|UTC|GMT)(?![A-Za-z])|日本(?:標準)?時間?")
_UNDECIDED: Final = re.compile(
    r"(?:開始)?(?:時刻|時間)?\s*は?\s*未定|(?:time\s*)?(?<![a-z])(?:tba|tbd|to be (?:announced|decided))(?![a-z])",
    re.IGNORECASE,
)
_BESIDE: Final = re.compile(
    r"[\s,、。.~;:()-]+|から|より|まで|開始|開催|日時|日程|時間|に|へ|(?<![a-z])(?:on|at|from|the|time|date|and)(?![a-z])",
    re.IGNORECASE,
)
"""What may stand between and around the parts without meaning anything."""


def notation(text: str) -> Notation:
    """The parts of a date. Raises NotADateError for a text that says anything else, too."""
    if len(text) > _LONGEST:
        raise NotADateError(Unclear.UNREADABLE, text)
    rest = _Rest(" ".join(unicodedata.normalize("NFKC", text).translate(_SIGNS).split()))
    iso = _ISO_TIME.search(rest.text)
    rest.text = _ISO_TIME.sub(r" \1 ", rest.text, count=1)
    year, month, day = _date(rest, text)
    shift = _shift(rest)
    found = rest.take(_WEEKDAY)
    named = next(filter(None, found.groups()), None) if found else None
    rest.take(_HOLIDAY)
    undecided = rest.take(_UNDECIDED) is not None
    zone = _offset(iso[2]) if iso and iso[2] else _zone(rest)
    start, end = _times(rest)
    parts = Notation(year, month, day, shift, WEEKDAYS[named.lower()] if named else None, start, end, zone, undecided)
    left = _BESIDE.sub("", rest.text) and " ".join(rest.text.split()).strip(" ,、。.~;:-")
    contradictory = (day is not None and shift is not None) or (start is not None and undecided)
    if left or contradictory or not (parts.has_day or start or named):
        raise NotADateError(Unclear.UNREADABLE, left or " ".join(text.split()))
    return parts


class _Rest:
    """What of a text is not understood yet."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match, which is no part of the rest any more."""
        found = pattern.search(self.text)
        if found:
            self.text = f"{self.text[: found.start()]} {self.text[found.end() :]}"
        return found


def _date(rest: _Rest, text: str) -> tuple[int | None, int | None, int | None]:
    found = next(filter(None, map(rest.take, _DATES)), None)
    if not found:
        return None, None, None
    if any(pattern.search(rest.text) for pattern in _DATES):
        raise NotADateError(Unclear.SEVERAL_DAYS, text)
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
        year = 2018 + (1 if parts["era"] == "元" else int(parts["era"]))
    name = parts.get("name")
    month = _MONTHS.index(name[:3].lower()) + 1 if name else int(parts["month"])
    return year, month, int(parts["day"])


def _shift(rest: _Rest) -> int | None:
    found = rest.take(_SHIFT)
    if not found:
        return None
    sign, number, unit = found.groups()
    return int(f"{sign}{number}") * (7 if unit[0] in "wW週" else 1)


def _zone(rest: _Rest) -> str | None:
    found = rest.take(_ZONE)
    return found[0] if found else None


def _times(rest: _Rest) -> tuple[time | None, time | None]:
    """Start and end."""
    rest.text = _NOON.sub("12:00", rest.text)
    span = _SPAN.search(rest.text)
    if span and _is_time(span, "a", "b"):
        rest.take(_SPAN)
        return _start_and_end(span)
    single = _TIME.search(rest.text)
    if single and _is_time(single, "a"):
        rest.take(_TIME)
        return _time(single, "a", _half(single, "a")), None
    return None, None


def _start_and_end(span: re.Match[str]) -> tuple[time, time]:
    """Both ends of a span; morning or afternoon may be said of one for both, as in 午後1時〜5時 or `1-5pm`."""
    before, after = _half(span, "a"), _half(span, "b")
    end = _time(span, "b", after)
    start = _time(span, "a", before or (after if span["asaid"] is None else ""))
    if not before and start >= end:
        start = _time(span, "a", "")  # 11-1pm
    if before == "pm" and not after and end <= start and end.hour < 12:
        end = end.replace(hour=end.hour + 12)
    return start, end


def _is_time(found: re.Match[str], *which: str) -> bool:
    """Whether what looks like numbers is said to be times: by a colon, 時, 午後 or pm at one of them at least."""
    return any(found[f"{each}{part}"] for each in which for part in ("said", "half", "after"))


def _half(found: re.Match[str], which: str) -> str:
    written = (found[f"{which}half"] or found[f"{which}after"] or "").lower().replace(".", "")
    return {"午前": "am", "午後": "pm"}.get(written, written)


def _time(found: re.Match[str], which: str, half: str) -> time:
    hours = int(found[f"{which}hour"])
    minutes = int(found[f"{which}minute"] or found[f"{which}minutes"] or (30 if found[f"{which}thirty"] else 0))
    if hours > 23 or minutes > 59 or (half and hours > 12):
        raise NotADateError(Unclear.NO_SUCH_TIME, found[0])
    if half == "pm" and hours < 12:
        hours += 12
    elif found[f"{which}after"] and half == "am" and hours == 12:
        hours = 0
    return time(hours, minutes)


def _offset(written: str) -> timedelta:
    return timedelta(hours=int(written[1:3]), minutes=int(written[-2:])) if written[0] == "+" else timedelta()
