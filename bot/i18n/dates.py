"""Dates and times as each language writes them, always with weekday, and with the zone where a time is given.

Other languages than Japanese and English have theirs from CLDR, by Babel. It would write those two alike, but for the
short names June and July, as a test shows; but reading its data takes longer than answering a question.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from bot.domain.dates import weekday_sign
from bot.domain.locales import LANGUAGES, nearest

if TYPE_CHECKING:
    from bot.domain.language import Language
    from bot.domain.message import When

_WITHOUT_COMMA: Final = frozenset(("ja", "ko", "yue", "zh"))
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sep", "Oct", "Nov", "Dec")


def written(when: When, language: Language) -> str:
    """`when` in its own zone: `2024/4/25(木) 13:00–17:00 JST`, `Thu, 25 Apr 2024, 13:00–17:00 JST`.

    Year and zone are left out where `when` says so.
    """
    day_of = day_written if when.with_year else day_and_month
    day = day_of(when.starts, language)
    if not isinstance(when.starts, datetime):
        return day
    hours = f"{when.starts:%H:%M}"
    if when.ends:
        same_day = when.ends.date() == when.starts.date()
        hours += f"–{when.ends:%H:%M}" if same_day else f" – {day_of(when.ends, language)} {when.ends:%H:%M}"
    return f"{day}{_between(language)}{hours}{f' {when.starts.tzname()}' if when.with_zone else ''}"


def day_written(day: date, language: Language) -> str:
    """The calendar day of a date or of an aware instant in its own zone, with weekday."""
    own = nearest(language, LANGUAGES)
    if own is None:
        return _by_cldr(day, "yMMMEd", language)
    short = day_and_month(day, own)
    return f"{day.year}/{short}" if own == "ja" else f"{short} {day.year}"


def day_and_month(day: date, language: Language) -> str:
    """The day without its year, for labels that must be short: `4/25(木)`, `Thu, 25 Apr`."""
    own = nearest(language, LANGUAGES)
    if own is None:
        return _by_cldr(day, "MMMEd", language)
    if own == "ja":
        return f"{day.month}/{day.day}({weekday_sign(day, japanese=True)})"
    return f"{weekday_sign(day, japanese=False)}, {day.day} {_MONTHS[day.month - 1]}"


def weekday_written(day: date, language: Language) -> str:
    """The short name of the day's weekday: `木`, `Thu`."""
    own = nearest(language, LANGUAGES)
    return weekday_sign(day, japanese=own == "ja") if own else _by_cldr(day, "E", language)


def time_written(instant: datetime) -> str:
    """The time of day of an aware instant, with its zone: `13:00 JST`."""
    return f"{instant:%H:%M} {instant.tzname()}"


def moment_written(moment: datetime | date, language: Language) -> str:
    """An aware instant or a mere day without its year: `4/25(木) 13:00 JST`, `Thu, 25 Apr, 13:00 JST`."""
    day = day_and_month(moment, language)
    if not isinstance(moment, datetime):
        return day
    return f"{day}{_between(language)}{time_written(moment)}"


def _between(language: Language) -> str:
    """What stands between a day and a time."""
    return " " if language.partition("-")[0] in _WITHOUT_COMMA else ", "


def _by_cldr(day: date, skeleton: str, language: Language) -> str:
    from babel.dates import format_skeleton

    from bot.i18n.languages import cldr

    return format_skeleton(skeleton, date(day.year, day.month, day.day), locale=cldr(language))
