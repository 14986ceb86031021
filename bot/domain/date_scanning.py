"""Dates as organizers type them: which day and times are meant, and what about them is odd enough to ask first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple

from bot.domain.date_parsing import NotADateError, Origin, ParsedDate, Unclear, parse_date
from bot.domain.dates import FAR, YEARS, in_years, near_with_weekday
from bot.domain.lecture import Lecture
from bot.domain.relative_days import coming, relative_days, weekdays
from bot.domain.written_date import Oddity, Query, WrittenDate

_A_YEAR: Final = timedelta(days=365)
"""Lectures are announced at most about a year ahead; a day that is further away may have a mistyped year."""

_LONG: Final = timedelta(hours=12)
_NOON: Final = timedelta(hours=12)
_NIGHT: Final = time(6)
"""Nobody lectures before; `1:00` means one o'clock in the afternoon."""

_EARLY: Final = time(8)
"""Until then the hour of a very long lecture is taken for one of the afternoon, too."""

_LONGEST: Final = 100
"""Characters of a date at its most verbose."""


def written_date(
    text: str, *, now: datetime, current: Lecture | None = None, others: Iterable[date] = ()
) -> WrittenDate:
    """The date that `text` names at `now`, which is aware and in the series' zone. Raises NotADateError.

    A time alone and a shift such as `+7d` start from the `current` date of the lecture that is to be moved, words
    such as 明日 or `next Friday` from today; `others` are the days of other lectures, from which a mistyped year is
    far away.
    """
    known = [*others, *([current.day] if current and current.day else [])]
    return _Meaning(now, current, known).of(_parts(text), text)


def _parts(text: str) -> ParsedDate:
    """The parts of a text that is a date and nothing else."""
    typed = " ".join(text.split())
    if len(text) > _LONGEST:
        raise NotADateError(Unclear.UNREADABLE, typed)
    parts = parse_date(text)
    relative = parts.relative
    is_contradictory = bool(parts.day and relative) or bool(parts.start and parts.undecided)
    is_incomplete = relative is not None and relative.needs_weekday and parts.weekday is None
    is_empty = parts.day is None and relative is None and parts.start is None and parts.weekday is None
    if parts.rest or is_contradictory or is_incomplete or is_empty:
        raise NotADateError(Unclear.UNREADABLE, typed if is_incomplete else parts.rest or typed)
    return parts


@dataclass(frozen=True, slots=True)
class _Meaning:
    """Makes a date from its parts, with the present, the lecture and the days of all others as context."""

    now: datetime
    current: Lecture | None
    known: Sequence[date]

    def of(self, parts: ParsedDate, text: str) -> WrittenDate:
        times = _Times(parts.start, parts.end, parts.nights)
        if parts.relative and parts.relative.origin is Origin.SO_FAR and not parts.start and not parts.undecided:
            times = self._times_so_far()
        likely = self._still_to_come(_at_times(WrittenDate(day), times) for day in self._days(parts, text))
        meant = likely[0]
        if parts.last_weekday not in (None, meant.last_day.weekday()):
            raise NotADateError(Unclear.SEVERAL_DAYS, text)
        self._check_zone(parts.zone, meant, text)
        if not self._exists(meant):
            raise NotADateError(Unclear.SKIPPED_TIME, text)
        either = (Query(Oddity.EITHER_DAY, {}, likely, acceptable=False),) if len(likely) > 1 else ()
        return replace(meant, queries=(*either, *self._of_day(meant, parts), *self._of_times(meant, parts)))

    # ---- which day it is

    def _days(self, parts: ParsedDate, text: str) -> Iterable[date]:
        """The days that may be meant, the likeliest first."""
        if parts.month is not None and parts.day is not None:
            return [self._next(parts.month, parts.day, parts.year, text)]
        today, had = self.now.date(), self.current.day if self.current else None
        if parts.relative:
            return relative_days(parts.relative, parts.weekday, today, had or today)
        if had and parts.start and parts.weekday in (None, had.weekday()):
            return [had]
        if parts.weekday is None:
            raise NotADateError(Unclear.NO_DAY, text)
        return weekdays(parts.weekday, today, had)

    def _next(self, month: int, day: int, year: int | None, text: str) -> date:
        """The day in its year or, without one, the next time that there is one."""
        this = self.now.year
        for each in (this, this + 1) if year is None else (year,):
            try:
                found = date(each, month, day)
            except ValueError:
                continue
            if year is not None or found >= self.now.date():
                return found
        raise NotADateError(Unclear.NO_SUCH_DAY, text)

    def _still_to_come(self, dates: Iterable[WrittenDate]) -> tuple[WrittenDate, ...]:
        """Those of the dates that are to come or, if there are none, the first."""
        possible = tuple(dict.fromkeys(dates))
        return tuple(each for each in possible if not self._is_past(each)) or possible[:1]

    def _times_so_far(self) -> "_Times":
        starts, ends = (self.current.starts, self.current.ends) if self.current else (None, None)
        if not starts or not ends:
            return _Times(starts.time() if starts else None)
        return _Times(starts.time(), ends.time(), (ends.date() - starts.date()).days)

    # ---- what can't be

    def _check_zone(self, zone: str | timedelta | None, meant: WrittenDate, text: str) -> None:
        """Refuses a time that is told in another zone than the series'."""
        if zone is None or not _countable(meant.day):
            return
        here = datetime.combine(meant.day, meant.start or time(12), self.now.tzinfo)
        if zone not in (here.utcoffset(), here.tzname()):
            raise NotADateError(Unclear.OTHER_ZONE, text)

    def _exists(self, meant: WrittenDate) -> bool:
        """Whether the clocks of the zone show these times on that day."""
        for day, at in ((meant.day, meant.start), (meant.last_day, meant.end)):
            if at and _countable(day):
                local = datetime.combine(day, at, self.now.tzinfo)
                if local.astimezone(UTC).astimezone(self.now.tzinfo).time() != at:
                    return False
        return True

    # ---- what is odd about the day

    def _of_day(self, meant: WrittenDate, parts: ParsedDate) -> Iterator[Query]:
        day = meant.day
        if day.year not in YEARS:
            yield Query(Oddity.YEAR, {"day": day}, self._next_such_day(meant), acceptable=False)
            return
        if parts.weekday is not None and parts.weekday != day.weekday():
            values: dict[str, date | time | int] = {"day": day, "weekday": parts.weekday}
            year_left_out = parts.year is None and parts.relative is None
            suggestions = self._with_weekday(meant, parts.weekday, year_left_out=year_left_out)
            yield Query(Oddity.WEEKDAY, values, suggestions, acceptable=False)
        if self._is_past(meant) and not (self.current and self.current.day == day):
            weekly = parts.relative is not None and parts.relative.origin is Origin.WEEK
            yield Query(Oddity.PAST, {"day": day}, self._weeks_later(meant) if weekly else self._next_such_day(meant))
        elif parts.weekday is None and parts.relative is None and self._is_far(day):
            yield Query(Oddity.YEAR, {"day": day}, self._next_such_day(meant))

    def _is_past(self, meant: WrittenDate) -> bool:
        today = self.now.date()
        if meant.day != today or not meant.start:
            return meant.day < today
        return datetime.combine(today, meant.start, self.now.tzinfo).astimezone(UTC) <= self.now.astimezone(UTC)

    def _is_far(self, day: date) -> bool:
        return abs(day - self.now.date()) > _A_YEAR and all(abs(day - other) > FAR for other in self.known)

    def _with_weekday(self, meant: WrittenDate, weekday: int, *, year_left_out: bool) -> tuple[WrittenDate, ...]:
        """The day with the weekday that it has, the year in which it has that weekday, the nearest day that has it.

        Where no year was written, the year in which everything fits is among them even if the day is past.
        """
        day, this = meant.day, self.now.year
        years = [*in_years(day, _around(day.year)), *in_years(day, _around(this))]
        fitting = [each for each in years if each.weekday() == weekday]
        nearest = sorted(fitting, key=lambda each: abs(each - self.now.date()))[:1]
        likely = self._likely([day, *nearest, near_with_weekday(day, weekday)], meant)
        return tuple(dict.fromkeys((*likely, *self._on(nearest, meant)))) if year_left_out else likely

    def _next_such_day(self, meant: WrittenDate) -> tuple[WrittenDate, ...]:
        """The same day and month in the first year in which it is to come; nothing for today."""
        if meant.day == self.now.date():
            return ()
        years = [each for each in in_years(meant.day, _around(self.now.year)) if each >= self.now.date()]
        return self._likely(years[:1], meant)

    def _weeks_later(self, meant: WrittenDate) -> tuple[WrittenDate, ...]:
        """The same weekday, the next time that it is to come."""
        return tuple(self._on([coming(meant.day.weekday(), self.now.date() + timedelta(days=1))], meant))

    def _likely(self, days: Iterable[date], meant: WrittenDate) -> tuple[WrittenDate, ...]:
        """The date on other days: those that are to come before long or, if there are none of them, all."""
        possible = self._on(days, meant)
        likely = [each for each in possible if not self._is_past(each) and not self._is_far(each.day)]
        return tuple(likely or possible)

    def _on(self, days: Iterable[date], meant: WrittenDate) -> list[WrittenDate]:
        """The date on other days, as far as the clocks show its times there."""
        dates = (replace(meant, day=day, queries=()) for day in dict.fromkeys(days))
        return [each for each in dates if self._exists(each)]

    # ---- what is odd about the times

    def _of_times(self, meant: WrittenDate, parts: ParsedDate) -> Iterator[Query]:
        start, end, length, had = meant.start, meant.end, meant.length, self._times_so_far()
        if not start:
            if had.start and not parts.undecided:
                yield Query(Oddity.TIME_LEFT_OUT, {"start": had.start}, self._at(meant, had))
            return
        values: dict[str, date | time | int] = {"start": start}
        if length is None or end is None:
            if start < _NIGHT:
                yield Query(Oddity.NIGHT, values, self._in_the_afternoon(meant))
            if had.length is not None and had.end is not None:
                values = {"start": start, "end": had.end}
                yield Query(Oddity.END_LEFT_OUT, values, self._at(meant, _lasting(start, had.length)))
        elif length <= timedelta():
            values["end"] = end
            turned = [_Times(end, start)] if end >= _NIGHT and -length <= _LONG else []
            later = _later(end, _NOON)
            suggestions = self._at(meant, *([_Times(start, later)] if later else []), *turned)
            yield Query(Oddity.END, values, suggestions, acceptable=False)
        elif length > _LONG and not meant.nights:
            values["end"] = end
            afternoon = [_Times(_later(start, _NOON), end)] if start < _EARLY else []
            yield Query(Oddity.LONG, values, self._at(meant, *afternoon))
        elif start < _NIGHT:
            yield Query(Oddity.NIGHT, {"start": start}, self._in_the_afternoon(meant))

    def _in_the_afternoon(self, meant: WrittenDate) -> tuple[WrittenDate, ...]:
        assert meant.start  # noqa: S101  # asked only of a date with a time
        start = _later(meant.start, _NOON)
        if not meant.end:
            return self._at(meant, _Times(start))
        later = _later(meant.end, _NOON)
        return self._at(meant, *([_Times(start, later)] if later else []), _Times(start, meant.end))[:1]

    def _at(self, meant: WrittenDate, *several: "_Times") -> tuple[WrittenDate, ...]:
        """The date at other times, as far as there are such."""
        sound = [each for each in several if each.start and (each.length is None or each.length > timedelta())]
        dates = [replace(_at_times(meant, each), queries=()) for each in sound]
        return tuple(each for each in dict.fromkeys(dates) if self._exists(each))


class _Times(NamedTuple):
    """Start and end, which is so many days later."""

    start: time | None = None
    end: time | None = None
    nights: int = 0

    @property
    def length(self) -> timedelta | None:
        if self.start is None or self.end is None:
            return None
        return _on_a_day(self.end) + timedelta(days=self.nights) - _on_a_day(self.start)


def _at_times(meant: WrittenDate, times: _Times) -> WrittenDate:
    return replace(meant, start=times.start, end=times.end, nights=times.nights)


def _lasting(start: time, length: timedelta) -> _Times:
    """From that time on for so long."""
    minutes = (_on_a_day(start) + length) // timedelta(minutes=1)
    return _Times(start, time(minutes // 60 % 24, minutes % 60), minutes // (24 * 60))


def _countable(day: date) -> bool:
    """Whether a zone can convert the day; at the first and last year of the calendar it can not."""
    return 1 < day.year < 9999


def _around(year: int) -> range:
    return range(max(year - 1, 1), min(year + 2, 9999))


def _on_a_day(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)


def _later(at: time, by: timedelta) -> time | None:
    """The time so much later on the same day, if there is one."""
    minutes = (_on_a_day(at) + by) // timedelta(minutes=1)
    return time(minutes // 60, minutes % 60) if 0 <= minutes < 24 * 60 else None
