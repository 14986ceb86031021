"""Which days are meant by 明日, 来週の金曜, `next Friday`, `in 3 days`: all that may be, the likeliest first."""

from datetime import date, timedelta
from typing import Final

from bot.domain.date_parsing import Origin, RelativeDay

_WEEK: Final = timedelta(days=7)


def relative_days(relative: RelativeDay, weekday: int | None, today: date, so_far: date) -> list[date]:
    """The days that `relative` may be, seen from today and from the day that is to be replaced."""
    by = timedelta(days=relative.days)
    match relative.origin:
        case Origin.SO_FAR:
            return [so_far + by]
        case Origin.TODAY_OR_SO_FAR:
            return [today + by, so_far + by]
        case Origin.COMING if weekday is not None:
            return [_after(weekday, today)]
        case Origin.NEXT if weekday is not None:
            return [_after(weekday, today), *_in_week(weekday, today + _WEEK)]
        case Origin.WEEK if weekday is not None:
            return _in_week(weekday, today + by)
    return [today + by]


def weekdays(weekday: int, today: date, so_far: date | None) -> list[date]:
    """The days that a weekday alone may be: the coming one (a week later, too, if that is today), or that of the week
    of the day that is to be replaced.
    """
    first = coming(weekday, today)
    later = [first + _WEEK] if first == today else []
    return [first, *later, *(_in_week(weekday, so_far)[:1] if so_far else [])]


def coming(weekday: int, first: date) -> date:
    """The first day from `first` on that has the weekday."""
    return first + timedelta(days=(weekday - first.weekday()) % 7)


def _after(weekday: int, day: date) -> date:
    return coming(weekday, day + timedelta(days=1))


def _in_week(weekday: int, day: date) -> list[date]:
    """The day with the weekday in the week of `day`, which may begin on Monday or on Sunday."""
    monday = day - timedelta(days=day.weekday())
    sunday = day - timedelta(days=(day.weekday() + 1) % 7)
    return [monday + timedelta(days=weekday), sunday + timedelta(days=(weekday + 1) % 7)]
