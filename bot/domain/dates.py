"""What is known of days by whoever has to tell a mistyped one: names of weekdays, years in which lectures are given."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

FAR: Final = timedelta(days=180)
"""From here on, two dates that belong together are so far apart that one of them may be mistyped."""

YEARS: Final = range(1990, 2101)
"""Years in which lectures are given; all others are mistyped."""

_NAMES: Final = (
    ("月", "mon", "monday"),
    ("火", "tue", "tues", "tuesday"),
    ("水", "wed", "weds", "wednesday"),
    ("木", "thu", "thur", "thurs", "thursday"),
    ("金", "fri", "friday"),
    ("土", "sat", "saturday"),
    ("日", "sun", "sunday"),
)

WEEKDAYS: Final = {name: number for number, names in enumerate(_NAMES) for name in names}
"""Weekdays, Monday being 0, by their names in both languages, in small letters and without 曜日."""


def weekday_sign(day: date, *, japanese: bool) -> str:
    """The shortest name of the day's weekday: 金, Fri."""
    japanese_name, english_name, *_ = _NAMES[day.weekday()]
    return japanese_name if japanese else english_name.capitalize()


def near_with_weekday(day: date, weekday: int) -> date:
    """The nearest day that has this weekday. Raises OverflowError at the very ends of the calendar."""
    week = (day + timedelta(days=days) for days in (0, -1, 1, -2, 2, -3, 3))
    return next(other for other in week if other.weekday() == weekday)


def in_years(day: date, years: range) -> Iterator[date]:
    """The same day of the month in other years; the 29th of February only where there is one."""
    for year in years:
        try:
            other = day.replace(year=year)
        except ValueError:
            continue
        if other != day:
            yield other
