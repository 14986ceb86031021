"""A time zone as calendar files carry it, for calendars that don't know it by its name.

icalendar's own is not used: it dates the change to summer time by the clock after it, an hour late by RFC 5545 (3.6.5).
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_ALWAYS: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - the clocks of a zone have no zone
"""When the first offset begins: before all lectures, whose years alone count."""

_STEP: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)


@lru_cache(maxsize=64)
def vtimezone(zone: ZoneInfo, first: int, last: int) -> bytes:
    """The zone's offsets from the beginning of the year `first` to the end of the year `last`, as a VTIMEZONE."""
    whole = Timezone()
    whole.add("tzid", zone.key)
    begin = datetime.combine(date(first, 1, 1), time(), UTC)
    end = datetime.combine(date(last, 12, 31), time(), UTC) + _STEP
    whole.add_component(_observance(begin.astimezone(zone), _ALWAYS, begin.astimezone(zone).utcoffset()))
    for change in _changes(zone, begin, end):
        before = (change - _MINUTE).astimezone(zone).utcoffset()
        clock = (change + (before or timedelta())).replace(tzinfo=None)
        whole.add_component(_observance(change.astimezone(zone), clock, before))
    written: bytes = whole.to_ical()
    return written


def _observance(local: datetime, clock: datetime, before: timedelta | None) -> TimezoneDaylight | TimezoneStandard:
    """The offset that holds at `local`; it begins when clocks, by the offset `before` it, show `clock`."""
    observance = TimezoneDaylight() if local.dst() else TimezoneStandard()
    observance.add("dtstart", clock)
    observance.add("tzoffsetfrom", before)
    observance.add("tzoffsetto", local.utcoffset())
    observance.add("tzname", local.tzname())
    return observance


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The instants at which clocks are changed, to the minute, as they are everywhere since 1972."""
    at = begin
    while at < end:
        following = at + _STEP
        if at.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            low, high = at, following
            while high - low > _MINUTE:
                middle = low + (high - low) // 2 // _MINUTE * _MINUTE
                if middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset():
                    low = middle
                else:
                    high = middle
            yield high
        at = following
