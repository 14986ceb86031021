"""Moments ahead that organizers type: a length of time from now, or a day and a time."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.cards.view import View
from bot.commands.admin.fields.dates import not_a_date
from bot.commands.admin.fields.errors import FieldError, shown
from bot.domain.date_parsing import NotADateError, Unclear
from bot.domain.date_scanning import written_date
from bot.domain.durations import parse_duration
from bot.domain.lecture import Lecture
from bot.domain.written_date import WrittenDate

_UNTIL: Final = re.compile(r"^(?:until|till?|up\s++to)\b\s*+|(?<!\s)\s*+(?:まで|迄)(?:に)?$", re.IGNORECASE)
_LONGEST: Final = timedelta(days=366)
_A_DAY: Final = timedelta(days=1)


def moment_ahead(text: str, view: View, example: str) -> datetime:
    """The aware moment that `2h`, `until 18:00`, 2時間 or 明日 9:00まで names.

    A time alone is the next time that the clock shows it. Raises FieldError with that example.
    """
    typed = _UNTIL.sub("", text.strip())
    length = parse_duration(typed)
    if length is not None:
        moment = view.series.local(view.now.astimezone(UTC) + min(length, 2 * _LONGEST))
    else:
        moment = _written(typed, view, example)
    if not view.now.astimezone(UTC) < moment.astimezone(UTC) <= view.now.astimezone(UTC) + _LONGEST:
        raise FieldError("unusable.moment_past" if moment <= view.now else "unusable.moment_far", example)
    return moment


def _written(typed: str, view: View, example: str) -> datetime:
    today = view.now.date()
    try:
        meant = written_date(typed, now=view.now, current=Lecture(id="now", day=today))
    except NotADateError as refused:
        if refused.reason is Unclear.UNREADABLE:
            raise FieldError("unusable.moment", example, typed=shown(typed)) from None
        raise not_a_date(refused, view, example) from None
    if not meant.start or meant.end:
        with_time = f"{meant.day.isoformat()} {meant.end or view.now.replace(hour=9, minute=0):%H:%M}"
        raise FieldError("unusable.moment_time", with_time if meant.day > today else example, typed=shown(typed))
    moment = _local(meant, view)
    is_bare = meant.day == today and moment <= view.now and _is_only_a_time(typed, view)
    return moment if not is_bare else moment + _A_DAY


def _is_only_a_time(typed: str, view: View) -> bool:
    """Whether no day is written: then the day is the one that it is counted from, whichever that is."""
    other = Lecture(id="now", day=view.now.date() + _A_DAY)
    return written_date(typed, now=view.now, current=other).day == other.day


def _local(meant: WrittenDate, view: View) -> datetime:
    assert meant.start  # noqa: S101  # asked only of a date with a time
    return datetime.combine(meant.day, meant.start, view.series.timezone)
