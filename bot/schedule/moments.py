"""Dates and times as lectures.yaml writes them, to values; whether they can be meant is not asked here."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from bot.domain.date_parsing import NotADateError, Unclear, parse_date, utc_offset
from bot.schedule.problems import refusal, shown, text_of

_SPELLING: Final = re.compile(
    r"(?P<local>[0-9]{4}-[0-9]{2}-[0-9]{2}(?:\s*[(（]\s*(?P<weekday>[^\s()（）]{1,12})\s*[)）])?"
    r"(?P<time>(?:\s*T\s*|\s+)[0-9]{1,2}:[0-9]{2}(?::00)?)?)(?(time)\s*(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?)"
)
"""How the file writes a date. Other spellings are refused, with this one as the example."""

_CLOCK: Final = r"[0-9]{1,2}:[0-9]{2}"
_SPAN: Final = re.compile(rf"(?P<start>.*{_CLOCK}(?::00)?)\s*[-–—−‐~〜～]\s*(?P<end>{_CLOCK})(?::00)?")
_DASH: Final = re.compile(r"[-–—−‐~〜～]")
_LATEST: Final = timedelta(hours=36)
"""Until when a day can go on: 25:00 is one o'clock of the next."""


class Clock(NamedTuple):
    """A time of day, told from the midnight at which the day began; 25:00 is on the next one."""

    since_midnight: timedelta
    text: str
    until: timedelta | None = None
    """The end that stands behind it, told in the same way."""

    @property
    def written(self) -> str:
        """The text as a message may repeat it."""
        return shown(self.text)


class Moment(NamedTuple):
    """A date as written, with what was written beside it; `at` is local unless `offset` says otherwise.

    `until` is the time at which what begins then ends. Where both could be meant by `-09:00`, both are there.
    """

    day: date
    at: time | None
    weekday: int | None
    offset: timedelta | None
    text: str
    until: Clock | None = None

    @property
    def written(self) -> str:
        """The text as a message may repeat it."""
        return shown(self.text)

    def on(self, day: date) -> date:
        """Another day, with the same time if there is one, as a message suggests it."""
        return datetime.combine(day, self.at) if self.at else day


def moment(value: object) -> Moment:
    """A date, perhaps with its weekday in parentheses, perhaps with a time."""
    written = text_of(value, "date.type")
    spelled = _SPELLING.fullmatch(written)
    try:
        parsed = parse_date(spelled["local"] if spelled else written)
    except NotADateError as fault:
        name = "date.no_such_time" if fault.reason is Unclear.NO_SUCH_TIME else "date.type"
        raise refusal(name, understood=shown(written)) from None
    if not spelled and (parsed.year is None or parsed.end or parsed.zone or parsed.rest):
        raise refusal("date.type", understood=shown(written))
    try:
        day = date(parsed.year or 0, parsed.month or 0, parsed.day or 0)
    except ValueError:
        raise refusal("date.no_such_day", understood=shown(written)) from None
    if not spelled:
        example = f"{day.isoformat()}T{parsed.start:%H:%M}" if parsed.start else day.isoformat()
        raise refusal("date.notation", understood=shown(written), example=example)
    if spelled["weekday"] and parsed.weekday is None:
        raise refusal("date.no_such_weekday", understood=shown(spelled["weekday"]), example=day)
    offset = utc_offset(spelled["offset"]) if spelled["offset"] else None
    return Moment(day, parsed.start, parsed.weekday, offset, written)


def span(value: object) -> Moment:
    """A date that may have a time, and after it the time of the end: `2026-06-08 18:00-20:00`.

    `-09:00` behind a time may be an offset, as programs write it, if it would be an end as well.
    """
    written = text_of(value, "date.type")
    found = _SPAN.fullmatch(written)
    if not found:
        return _over_days(written) or moment(value)
    begins, until = moment(found["start"]), _clock(found["end"])
    spelled = _SPELLING.fullmatch(written)
    if until is None or begins.at is None:
        raise refusal("date.no_such_time", understood=shown(written))
    starts = timedelta(hours=begins.at.hour, minutes=begins.at.minute)
    offset = utc_offset(spelled["offset"]) if spelled and spelled["offset"] and "T" in written else None
    if offset is not None and until.since_midnight <= starts:
        return moment(value)
    return begins._replace(text=written, offset=offset, until=until)


def _over_days(written: str) -> Moment | None:
    """A date with its time, and behind it another one, at which it ends: `2026-06-08 22:00 - 2026-06-09 01:00`."""
    for dash in _DASH.finditer(written):
        sides = written[: dash.start()].strip(), written[dash.end() :].strip()
        if all(map(_SPELLING.fullmatch, sides)):
            begins, ends = map(moment, sides)
            if begins.at and ends.at:
                since = datetime.combine(ends.day, ends.at) - datetime.combine(begins.day, time())
                return begins._replace(text=written, until=Clock(since, sides[1]))
    return None


def ending(value: object) -> Moment | Clock:
    """An end: a time of the day of the start, `19:00`, or a date with a time."""
    written = text_of(value, "date.type")
    return _clock(written) or moment(value)


def talk_time(value: object) -> Moment | Clock:
    """When a talk begins on the day of its session, perhaps with its end: `13:00-13:45`; or a date with them."""
    written = text_of(value, "date.type")
    found = re.fullmatch(rf"({_CLOCK})\s*[-–—−‐~〜～]\s*({_CLOCK})", written)
    starts, ends = (_clock(found[1]), _clock(found[2])) if found else (_clock(written), None)
    if starts and (ends or not found):
        return starts._replace(text=written, until=ends.since_midnight if ends else None)
    if re.match(_CLOCK, written):
        raise refusal("time", understood=shown(written))
    return span(value)


def _clock(text: str) -> Clock | None:
    if not re.fullmatch(_CLOCK, text):
        return None
    hours, minutes = map(int, text.split(":"))
    since = timedelta(hours=hours, minutes=minutes)
    return Clock(since, text) if minutes < 60 and since <= _LATEST else None


def clock_time(value: object) -> time:
    """A time of day."""
    written = text_of(value, "time")
    found = _clock(written)
    if found is None or found.since_midnight >= timedelta(days=1):
        raise refusal("time", understood=shown(written))
    return time(*divmod(found.since_midnight // timedelta(minutes=1), 60))


def duration(value: object) -> timedelta:
    """A length of time, such as `15m`, `2h`, `1h30m` or `1d`, from a minute to a week."""
    written = text_of(value, "duration")
    found = re.fullmatch(r"(?:(\d{1,3})\s?d)?\s?(?:(\d{1,3})\s?h)?\s?(?:(\d{1,5})\s?m(?:in)?)?", written)
    days, hours, minutes = (int(each or 0) for each in found.groups()) if found else (0, 0, 0)
    length = timedelta(days=days, hours=hours, minutes=minutes)
    if not timedelta(minutes=1) <= length <= timedelta(days=7):
        raise refusal("duration", understood=shown(written))
    return length
