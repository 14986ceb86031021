"""The present, real or simulated, and how people write a moment."""

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from time import monotonic
from typing import Final, Protocol
from unicodedata import normalize

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2999
"""The years a clock can be set to, far enough from the ends of `datetime` that a schedule can count on from any."""

_SHIFT = re.compile(r"([+\-])\s*(\d{1,6})\s*([wdhm])")
_MINUSES = str.maketrans("−‐–—ー", "-----")
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes"}
_CALENDAR_UNITS = "wd"


class NoMomentError(ValueError):
    """The text names no moment; its only argument is that text."""


class OutOfRangeError(ValueError):
    """The moment lies outside the years that a clock can be set to."""


class Clock(Protocol):
    """Tells the present."""

    def now(self) -> datetime:
        """The present, aware."""

    def seconds_until(self, instant: datetime) -> float:
        """How many real seconds pass until it tells that aware instant; infinitely many if it stands still."""


class RealClock:
    """The machine's wall clock."""

    def now(self) -> datetime:
        """The present, in UTC."""
        return datetime.now(UTC)

    def seconds_until(self, instant: datetime) -> float:
        """How many seconds pass until then."""
        return (instant - self.now()).total_seconds()


class SimulatedClock:
    """A clock that was set to some instant and runs on from there `speed` times as fast; at speed 0 it stands still.

    `elapsed` counts seconds and is not moved by corrections of the wall clock.
    """

    def __init__(self, starts: datetime, speed: float = 1.0, elapsed: Callable[[], float] = monotonic) -> None:
        if not math.isfinite(speed) or speed < 0:
            raise ValueError("speed")
        self._speed: Final = speed
        self._elapsed: Final = elapsed
        self._set(starts)

    def now(self) -> datetime:
        """The simulated present, in UTC; at the end of the last year it stops."""
        try:
            return min(self._anchor + timedelta(seconds=(self._elapsed() - self._since) * self._speed), _LAST)
        except OverflowError:
            return _LAST

    def seconds_until(self, instant: datetime) -> float:
        """How many real seconds pass until then; infinitely many if the clock stands still."""
        ahead = (instant - self.now()).total_seconds()
        return ahead / self._speed if self._speed else math.copysign(math.inf, ahead)

    def move_to(self, instant: datetime) -> None:
        """Sets the clock to an aware instant. Raises OutOfRangeError."""
        self._set(instant)

    def _set(self, instant: datetime) -> None:
        self._anchor = _in_range(instant).astimezone(UTC)
        self._since = self._elapsed()


_FIRST: Final = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(LAST_YEAR, 12, 31, tzinfo=UTC)


def moment(text: str, zone: tzinfo) -> datetime:
    """The aware instant that `text` names: ISO 8601, or a date with its year as people write it.

    Without an offset it is in `zone`; a date alone is its midnight there. Raises NoMomentError or OutOfRangeError.
    """
    plain = normalize("NFKC", text).strip()
    try:
        read = datetime.fromisoformat(plain)
    except ValueError:
        read = _as_written(plain, text, zone)
    return _in_range(read if read.tzinfo else read.replace(tzinfo=zone))


def moved(now: datetime, text: str, zone: tzinfo) -> datetime:
    """The instant that `text` names as seen from `now`: a moment, or a shift such as `+1d`, `-3h`, `+30m`, `+2w`.

    Days and weeks keep the time of day in `zone`. Raises NoMomentError or OutOfRangeError.
    """
    shift = _SHIFT.fullmatch(normalize("NFKC", text).translate(_MINUSES).strip().casefold())
    if not shift:
        return moment(text, zone)
    sign, number, unit = shift.groups()
    by = timedelta(**{_UNITS[unit]: int(f"{sign}{number}")})
    try:
        if unit in _CALENDAR_UNITS:
            return _in_range(now.astimezone(zone) + by)
        return _in_range((now.astimezone(UTC) + by).astimezone(zone))
    except OverflowError:
        raise OutOfRangeError(text) from None


def _as_written(plain: str, text: str, zone: tzinfo) -> datetime:
    from bot.domain.date_parsing import parse_date  # the health check, which is to be quick, writes no dates

    try:
        parts = parse_date(plain)
        day = date(parts.year or 0, parts.month or 0, parts.day or 0)
    except ValueError:
        raise NoMomentError(text) from None
    read = datetime.combine(day, parts.start or time(), zone)
    is_other_day = parts.weekday is not None and parts.weekday != day.weekday()
    is_other_zone = parts.zone is not None and parts.zone not in (read.utcoffset(), read.tzname())
    if parts.rest or parts.relative or parts.end or parts.undecided or is_other_day or is_other_zone:
        raise NoMomentError(text)
    return read


def _in_range(instant: datetime) -> datetime:
    try:
        inside = _FIRST <= instant <= _LAST
    except OverflowError:
        inside = False
    if not inside:
        raise OutOfRangeError(instant)
    return instant
