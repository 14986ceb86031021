"""What is known of days by whoever reads or writes one: names of weekdays and months, years of lectures and of eras."""

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

MONTH: Final = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
"""A pattern for the English name of a month, in small letters."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BEFORE_REIWA: Final = 2018


def month_named(name: str) -> int:
    """The month, January being 1, by what MONTH finds."""
    return _MONTHS.index(name[:3].lower()) + 1


def year_of_reiwa(written: str) -> int:
    """The year by its number in the era, of which the first is called 元."""
    return _BEFORE_REIWA + (1 if written == "元" else int(written))


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
