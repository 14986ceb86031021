"""Whether the dates of a schedule can be meant: weekdays that give a mistyped date away, years that break the order."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.dates import FAR, YEARS, in_years, near_with_weekday
from bot.schedule.moments import Clock, Moment
from bot.schedule.problems import RefusedValueError, refusal

_NEAR: Final = timedelta(days=31)
"""How far out of order a date may be and still be taken for what another one should have been."""


def local(written: Moment, zone: ZoneInfo) -> datetime:
    """The instant of a moment with a time. Refuses one that the zone does not have or that is told in another."""
    naive = datetime.combine(written.day, written.at or time())
    instant = naive.replace(tzinfo=zone)
    if written.offset is not None and written.offset != instant.utcoffset():
        there = (naive - written.offset).replace(tzinfo=UTC).astimezone(zone)
        raise refusal("date.offset", understood=written.written, zone=zone.key, example=f"{there:%Y-%m-%dT%H:%M}")
    if instant.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        raise refusal("date.skipped", understood=written.written, zone=zone.key)
    return instant


_LONGEST_NIGHT: Final = timedelta(hours=12)
"""An end that is earlier than the start is on the next day, unless that would be later than this."""


def settled(written: Moment, zone: ZoneInfo) -> Moment:
    """The start where `-09:00` behind the time may be an offset or an end: it is the offset that the zone has then."""
    if written.offset is None or written.until is None:
        return written
    here = datetime.combine(written.day, written.at or time(), zone).utcoffset()
    return written._replace(until=None) if written.offset == here else written._replace(offset=None)


def on_day(until: Clock, begins: Moment) -> Moment:
    """The end that is told by its time alone: on the day of the start or, after midnight, on the next."""
    starts = timedelta(hours=begins.at.hour, minutes=begins.at.minute) if begins.at else timedelta()
    since, day = until.since_midnight, timedelta(days=1)
    if since <= starts and since + day - starts <= _LONGEST_NIGHT:
        since += day
    ends = datetime.combine(begins.day, time()) + since
    return Moment(ends.date(), ends.time(), None, None, until.text)


def fault_of_day(written: Moment, near: Sequence[date] = ()) -> RefusedValueError | None:
    """What is wrong with a day by itself; `near` are days that it should not be far from."""
    if written.day.year not in YEARS:
        return refusal("date.year", understood=written.written)
    if written.weekday is None or written.weekday == written.day.weekday():
        return None
    return refusal(
        "date.weekday",
        understood=written.written,
        actual=written.on(written.day),
        nearest=written.on(_with_weekday(written.day, written.weekday, near)),
    )


def faults_of_order(starts: Sequence[Moment]) -> Iterator[tuple[int, RefusedValueError]]:
    """What is wrong with the days of lectures, given in the order of their numbers, each with its position.

    A year is taken for mistyped if the day is far from those of both neighbours, breaks their order, and would not
    with another year. The right weekday beside the date silences that.
    """
    days = [on.day for on in starts]
    for position, on in enumerate(starts):
        near = _others(days, position)
        fault = fault_of_day(on, near)
        if not fault and on.weekday is None:
            fault = _fault_of_year(on, *_neighbours(days, position), near)
        if fault:
            yield position, fault


def _neighbours(days: Sequence[date], position: int) -> tuple[date | None, date | None]:
    before = days[position - 1] if position > 0 else None
    return before, days[position + 1] if position + 1 < len(days) else None


def _others(days: Sequence[date], position: int) -> Sequence[date]:
    """The two nearest by number: one on each side, or both on one side at either end."""
    start = min(max(position - 1, 0), max(len(days) - 3, 0))
    return [days[each] for each in range(start, min(start + 3, len(days))) if each != position]


def _fault_of_year(
    on: Moment, before: date | None, after: date | None, others: Sequence[date]
) -> RefusedValueError | None:
    day = on.day
    if len(others) < 2 or any(abs(day - other) <= FAR for other in others):
        return None
    if not ((before and day < before) or (after and day > after)):
        return None
    fitting = [
        other
        for other in in_years(day, YEARS)
        if (before is None or other >= before - _NEAR) and (after is None or other <= after + _NEAR)
    ]
    if not fitting:
        return None
    return refusal("date.order", understood=on.written, nearest=on.on(_nearest(fitting, others)), actual=on.on(day))


def _with_weekday(day: date, weekday: int, near: Sequence[date]) -> date:
    """The day that may have been meant: near by, or in another year where only that is near the other days."""
    if near and all(abs(day - other) > FAR for other in near):
        years = [other for other in in_years(day, YEARS) if other.weekday() == weekday]
        nearest = _nearest(years, near) if years else None
        if nearest and min(abs(nearest - other) for other in near) <= FAR:
            return nearest
    return near_with_weekday(day, weekday)


def _nearest(days: Iterable[date], others: Sequence[date]) -> date:
    return min(days, key=lambda day: min(abs(day - other) for other in others))
