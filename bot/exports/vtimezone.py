"""A time zone as iCalendar files tell it."""

from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone


class _Zone(Timezone):
    """Finds changes of the clocks that are eight days apart, not 64 only: Morocco's are a month apart."""

    _from_tzinfo_skip_search = Timezone._from_tzinfo_skip_search[3:]


@lru_cache(maxsize=64)
def vtimezone(zone: ZoneInfo, first: int, last: int) -> bytes:
    """The zone's offsets from the year before `first`, in which a deadline may be, to the end of `last`.

    icalendar says at what time clocks are after they were put forward; RFC 5545 wants the time before (3.6.5).
    """
    whole = _Zone.from_tzinfo(zone, zone.key, date(first - 1, 1, 1), date(last + 1, 1, 1))
    del whole["COMMENT"]
    for observance in whole.subcomponents:
        forward = max(observance.TZOFFSETTO - observance.TZOFFSETFROM, timedelta())
        observance.DTSTART -= forward
        if "RDATE" in observance:
            observance.add("RDATE", [each.dt - forward for each in observance.pop("RDATE").dts])
    written: bytes = whole.to_ical()
    return written
