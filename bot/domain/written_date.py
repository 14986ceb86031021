"""A date that somebody wrote, with what is odd about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.dates import weekday_sign


class Oddity(StrEnum):
    """What is odd about a date."""

    EITHER_DAY = "either_day"
    """Its words can mean more than one day, as those of `next Friday` on a Wednesday."""
    WEEKDAY = "weekday"
    """The weekday beside it is not that of the day."""
    PAST = "past"
    YEAR = "year"
    """More than about a year away, and far from all other lectures."""
    END = "end"
    """It does not end after it starts, or only on the next day."""
    LONG = "long"
    NIGHT = "night"
    WEEKEND = "weekend"
    """Where no weekday is written, and no other lecture is on one."""
    HOLIDAY = "holiday"
    TIME_LEFT_OUT = "time_left_out"
    """The times that the lecture has had so far would be lost."""
    END_LEFT_OUT = "end_left_out"


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A day, with start and end unless they are to be announced, local to the series; and what is odd about it.

    The end is `nights` days after the start's. Of several queries the first is the one to ask; the others come again
    with the answer.
    """

    day: date
    start: time | None = None
    end: time | None = None
    queries: tuple["Query", ...] = ()
    nights: int = 0

    @property
    def last_day(self) -> date:
        """The day of the end."""
        return self.day + timedelta(days=self.nights)

    @property
    def length(self) -> timedelta | None:
        """How long it takes, as clocks show it; None without both times."""
        if not self.start or self.end is None:
            return None
        return datetime.combine(self.last_day, self.end) - datetime.combine(self.day, self.start)

    @property
    def text(self) -> str:
        """The same in a form that can be typed again: `2024-07-12(Fri) 13:00-17:00`."""
        written = _day(self.day)
        if self.start:
            written += f" {self.start:%H:%M}"
        if self.end is None:
            return written
        return f"{written}{f' - {_day(self.last_day)} ' if self.nights else '-'}{self.end:%H:%M}"


def _day(day: date) -> str:
    return f"{day.isoformat()}({weekday_sign(day, japanese=False)})"


@dataclass(frozen=True, slots=True)
class Query:
    """Something odd, to be asked about before anything is changed.

    `suggestions` are what may have been meant, the likeliest first; an `acceptable` date may also be confirmed as it
    is. `values` go into the phrase.
    """

    oddity: Oddity
    values: Mapping[str, date | time | int] = field(default_factory=dict)
    suggestions: tuple[WrittenDate, ...] = ()
    acceptable: bool = True
