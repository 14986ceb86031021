"""Stretches of time as people ask for them: 7/22, 7月, `July 2024`, 2023, 来週, 明日, `last month`."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import Final

from bot.domain.date_parsing import NotADateError, Origin, ParsedDate, parse_date
from bot.domain.date_tokens import DAY_WORDS, WEEK_WORDS
from bot.domain.dates import MONTH, WEEKDAYS, YEARS, month_named, year_of_reiwa
from bot.domain.numerals import kanji_number
from bot.domain.text import plain


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, where these are known; and of them those of a month, a day of it, a weekday.

    A month or day without year is that of any year. `written` is the text that says so, in a form that is read again;
    `rest` is the text that says nothing about time.
    """

    first: date = date.min
    last: date = date.max
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    written: str = field(default="", compare=False)
    rest: str = ""

    def holds(self, day: date) -> bool:
        """Whether the day belongs to it."""
        return (
            self.first <= day <= self.last
            and self.month in (None, day.month)
            and self.day in (None, day.day)
            and self.weekday in (None, day.weekday())
        )

    @property
    def is_yearly(self) -> bool:
        """Whether it comes again every year, as 5月 and 7/22 do."""
        return self.month is not None and self.first == date.min

    @property
    def is_day(self) -> bool:
        """Whether it is one day of the year."""
        return self.day is not None


def period(text: str, today: date) -> Period | None:
    """The period that the text names, seen from today; None if it names none."""
    written = _KANJI_DATE.sub(lambda found: "".join(map(_in_digits, found.groups(""))), plain(text))
    written = _DOTTED.sub(r"\1/\2", _DAY_FIRST.sub(r"\2/\1", written))
    written = _COMPACT_DAY.sub(r"\1/\2", _COMPACT.sub(r"\1-\2-\3", written))
    parsed = _parsed(written)
    if parsed and parsed.month and parsed.day:
        whole = _year(parsed.year) if parsed.year and parsed.year in YEARS else Period()
        day = f"{parsed.month}/{parsed.day}"
        written = f"{parsed.year}/{day}" if parsed.year else day
        return replace(whole, month=parsed.month, day=parsed.day, written=written, rest=parsed.rest)
    for pattern, meaning in _patterns():
        found = pattern.search(written)
        if found and (days := meaning(found, today)):
            return _with_rest(days, written, found)
    return _by_words(parsed, written, today) if parsed else None


_COMPACT: Final = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)")
_COMPACT_DAY: Final = re.compile(r"(?<![\d./-])(0[1-9])([0-3]\d)(?![\d./-])")
_DAY_FIRST: Final = re.compile(r"(?<![\d./-])(1[3-9]|2\d|3[01])[./](1[0-2]|0?[1-9])\.?(?![\d./-])")
_DOTTED: Final = re.compile(r"(?<![\d./-])(1[0-2]|0?[1-9])\.([0-3]?\d)\.?(?![\d./-])")
_KANJI_DATE: Final = re.compile("([一二三四五六七八九十]{1,2})(月)(?:([一二三四五六七八九十]{1,3})(日))?")
_NAME: Final = rf"(?<![a-z]){MONTH}"
_YEAR: Final = r"(?<!\d)(?P<year>(?:19|20)\d\d)"

_DAYS: Final = {
    **dict.fromkeys(("一昨日", "おととい"), -2),
    **dict.fromkeys(("昨日", "きのう", "yesterday"), -1),
    **dict.fromkeys(("きょう", "tonight"), 0),
    **DAY_WORDS,
}
_WEEKS: Final = {
    **dict.fromkeys(("先々週",), -2),
    **dict.fromkeys(("先週", "last week"), -1),
    **WEEK_WORDS,
}
_MONTHS_AWAY: Final = {
    **dict.fromkeys(("先々月",), -2),
    **dict.fromkeys(("先月", "last month"), -1),
    **dict.fromkeys(("今月", "this month"), 0),
    **dict.fromkeys(("再来月", "さ来月"), 2),
    **dict.fromkeys(("来月", "翌月", "next month"), 1),
}
_YEARS_AWAY: Final = {
    **dict.fromkeys(("一昨年", "おととし"), -2),
    **dict.fromkeys(("昨年", "去年", "last year"), -1),
    **dict.fromkeys(("今年", "本年", "this year"), 0),
    **dict.fromkeys(("来年", "next year"), 1),
}
_FISCAL_AWAY: Final = {
    **dict.fromkeys(("昨年度", "去年度", "前年度"), -1),
    **dict.fromkeys(("今年度", "本年度"), 0),
    **dict.fromkeys(("来年度", "次年度"), 1),
}
_COUNTS: Final = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_FISCAL_BEGIN: Final = 4
_WEEKDAYS: Final = "月火水木金土日"


def _in_digits(written: str) -> str:
    """A number in kanji in digits; any other text as it is."""
    number = kanji_number(written)
    return written if number is None else str(number)


def _words(words: dict[str, int]) -> str:
    """Any of the words; the English ones whole, the kana ones not within a longer word of kana."""
    return "|".join(_whole(word) for word in words)


def _whole(word: str) -> str:
    if word.isascii():
        return rf"(?<![a-z]){word}(?![a-z])"
    return rf"(?<![ぁ-ゖ]){word}(?=[のはにでもが]|[^ぁ-ゖ]|$)" if word[0] <= "ゖ" else word


def _week(found: re.Match[str], today: date) -> Period:
    monday = today + timedelta(days=7 * _WEEKS[found[1].lower()] - today.weekday())
    return Period(monday, monday + timedelta(days=6), weekday=WEEKDAYS[found[2]] if found[2] else None)


def _weeks_away(found: re.Match[str], today: date) -> Period:
    count = found["count"].lower()
    weeks = _COUNTS.get(count) or int(count)
    first = today + timedelta(days=7 * (-weeks if found["ago"] or found["gone"] else weeks) - today.weekday())
    return Period(first, first + timedelta(days=6))


def _rest_of_year(found: re.Match[str], today: date) -> Period:
    return Period(today, date(today.year, 12, 31))


def _month_away(found: re.Match[str], today: date) -> Period:
    months = today.year * 12 + today.month - 1 + _MONTHS_AWAY[found[0].lower()]
    return _month(months // 12, months % 12 + 1)


def _year_away(found: re.Match[str], today: date) -> Period:
    return _year(today.year + _YEARS_AWAY[found[0].lower()])


def _fiscal_away(found: re.Match[str], today: date) -> Period:
    return _fiscal(today.year - (today.month < _FISCAL_BEGIN) + _FISCAL_AWAY[found[0]])


def _year_or_fiscal(found: re.Match[str], today: date) -> Period:
    year = int(found["year"])
    return _fiscal(year) if found["fiscal"] == "年度" else _year(year)


def _year_of_era(found: re.Match[str], today: date) -> Period:
    year = year_of_reiwa(found["era"])
    return _fiscal(year) if found["fiscal"] else _year(year)


def _month_of_year(found: re.Match[str], today: date) -> Period | None:
    parts = found.groupdict()
    month = month_named(parts["name"]) if parts.get("name") else int(parts["month"])
    if not 1 <= month <= 12:
        return None
    return _month(int(parts["year"]), month) if parts.get("year") else Period(month=month)


def _day_away(found: re.Match[str], today: date) -> Period:
    day = today + timedelta(days=_DAYS[found[0].lower()])
    return Period(day, day)


def _day_of_month(found: re.Match[str], today: date) -> Period | None:
    day = int(found["day"])
    return Period(today, day=day) if 1 <= day <= 31 else None


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def _fiscal(year: int) -> Period:
    return Period(date(year, _FISCAL_BEGIN, 1), date(year + 1, _FISCAL_BEGIN, 1) - timedelta(days=1))


def _month(year: int, month: int) -> Period:
    following = date(year + month // 12, month % 12 + 1, 1)
    return Period(date(year, month, 1), following - timedelta(days=1))


_DAY_OF_NAME: Final = r"(?! ?\d{1,2}(?:st|nd|rd|th)?(?![\d:]))"
_NOT_AFTER_DAY: Final = r"(?<!\d )(?<!\dst )(?<!\dnd )(?<!\drd )(?<!\dth )(?<!\d)(?<!of )"
_PERIODS: Final[tuple[tuple[str, Callable[[re.Match[str], date], Period | None]], ...]] = (
    (rf"({_words(_WEEKS)})(?:の?([月火水木金土日])曜日?)?(?! (?:mon|tue|wed|thu|fri|sat|sun))", _week),
    (
        rf"(?<![a-z])(?:in )?(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)}) ?"
        r"(?:週間?(?:(?P<ago>前)|後)|weeks?(?: (?P<gone>ago)| from now| later|$))",
        _weeks_away,
    ),
    ("年内|今年中", _rest_of_year),
    (_words(_MONTHS_AWAY), _month_away),
    (_words(_FISCAL_AWAY), _fiscal_away),
    (_words(_YEARS_AWAY), _year_away),
    (_words(_DAYS), _day_away),
    (rf"{_YEAR} ?[年/.-] ?(?P<month>\d{{1,2}})(?:月(?! ?\d)|(?![\d/.月-]| ?日))", _month_of_year),
    (rf"{_NOT_AFTER_DAY}{_NAME}{_DAY_OF_NAME},? {_YEAR}(?!\d)", _month_of_year),
    (r"(?<![\d/.])(?P<month>\d{1,2}) ?月(?! ?\d)", _month_of_year),
    (rf"{_NOT_AFTER_DAY}{_NAME}{_DAY_OF_NAME}", _month_of_year),
    (r"令和 ?(?P<era>\d{1,2}|元) ?年(?P<fiscal>度)?(?! ?\d)", _year_of_era),
    (rf"{_YEAR}(?P<fiscal>年度?)?(?![\d/.月-])(?!年? ?\d)", _year_or_fiscal),
    (r"(?<![\d月月/.])(?P<day>\d{1,2})日(?!後)", _day_of_month),
)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Period | None]], ...]:
    """What finds each kind of period; made with the first, as most questions name none."""
    return tuple((re.compile(pattern, re.IGNORECASE), meaning) for pattern, meaning in _PERIODS)


def _with_rest(days: Period, written: str, found: re.Match[str]) -> Period:
    return replace(days, written=found[0].strip(), rest=plain(f"{written[: found.start()]} {written[found.end() :]}"))


def _parsed(written: str) -> ParsedDate | None:
    try:
        return parse_date(written)
    except NotADateError:
        return None


def _by_words(parsed: ParsedDate, written: str, today: date) -> Period | None:
    """The period that is so many days away, or a weekday."""
    counted = parsed.relative and not parsed.relative.needs_weekday and parsed.relative.origin is not Origin.SO_FAR
    if parsed.relative and counted and _COUNTED.search(written):
        day = today + timedelta(days=parsed.relative.days)
        return Period(day, day, written=f"{day:%Y/%m/%d}", rest=parsed.rest)
    if parsed.weekday is not None and _NAMED_WEEKDAY.search(written):
        if parsed.relative and parsed.relative.origin is Origin.WEEK:
            first = today + timedelta(days=parsed.relative.days - today.weekday())
            day = first + timedelta(days=parsed.weekday)
            return Period(first, first + timedelta(days=6), None, None, parsed.weekday, f"{day:%Y/%m/%d}", parsed.rest)
        return Period(today, weekday=parsed.weekday, written=f"{_WEEKDAYS[parsed.weekday]}曜", rest=parsed.rest)
    return None


_COUNTED: Final = re.compile(r"後|(?<![a-z])(?:in|later|from)(?![a-z])", re.IGNORECASE)
"""Words beside a number of days; other words for days are told from the middle of a name above."""

_NAMED_WEEKDAY: Final = re.compile(r"曜|(?<![a-z])(?:mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)
