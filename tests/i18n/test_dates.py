"""Dates and times as each language writes them."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.language import LANGUAGES, Language
from bot.domain.message import When
from bot.i18n import day_and_month, written
from bot.i18n.dates import day_written

_TOKYO = ZoneInfo("Asia/Tokyo")
_BERLIN = ZoneInfo("Europe/Berlin")
_STARTS = datetime(2024, 4, 25, 13, 0, tzinfo=_TOKYO)


@pytest.mark.parametrize(
    ("when", "ja", "en"),
    [
        (
            When(_STARTS, datetime(2024, 4, 25, 17, 0, tzinfo=_TOKYO)),
            "2024/4/25(木) 13:00–17:00 JST",
            "Thu, 25 Apr 2024, 13:00–17:00 JST",
        ),
        (When(_STARTS), "2024/4/25(木) 13:00 JST", "Thu, 25 Apr 2024, 13:00 JST"),
        (
            When(_STARTS, datetime(2024, 4, 26, 1, 0, tzinfo=_TOKYO)),
            "2024/4/25(木) 13:00 – 2024/4/26(金) 01:00 JST",
            "Thu, 25 Apr 2024, 13:00 – Fri, 26 Apr 2024 01:00 JST",
        ),
        (When(date(2024, 4, 25)), "2024/4/25(木)", "Thu, 25 Apr 2024"),
        (
            When(datetime(2024, 3, 30, 9, 5, tzinfo=_BERLIN)),
            "2024/3/30(土) 09:05 CET",
            "Sat, 30 Mar 2024, 09:05 CET",
        ),
        (
            When(datetime(2024, 3, 31, 9, 5, tzinfo=_BERLIN)),
            "2024/3/31(日) 09:05 CEST",
            "Sun, 31 Mar 2024, 09:05 CEST",
        ),
        (When(datetime(2024, 1, 1, 0, 0, tzinfo=UTC)), "2024/1/1(月) 00:00 UTC", "Mon, 1 Jan 2024, 00:00 UTC"),
    ],
)
def test_a_time_is_written_with_weekday_and_zone(when: When, ja: str, en: str) -> None:
    assert [written(when, language) for language in LANGUAGES] == [ja, en]


@pytest.mark.parametrize(
    ("day", "ja", "en"),
    [
        (date(2024, 4, 25), "4/25(木)", "Thu, 25 Apr"),
        (date(2024, 12, 31), "12/31(火)", "Tue, 31 Dec"),
        (date(2024, 7, 22), "7/22(月)", "Mon, 22 July"),
        (date(2024, 9, 1), "9/1(日)", "Sun, 1 Sep"),
        (date(2024, 2, 29), "2/29(木)", "Thu, 29 Feb"),
    ],
)
def test_a_short_date_has_its_weekday_but_no_year(day: date, ja: str, en: str) -> None:
    assert [day_and_month(day, language) for language in LANGUAGES] == [ja, en]


@pytest.mark.parametrize(("language", "pattern"), [("ja", "y/M/d(EEE)"), ("en", "EEE, d MMM y")])
def test_days_are_written_as_babel_writes_them_but_for_june_and_july(language: Language, pattern: str) -> None:
    days = [date(2024, 1, 1) + timedelta(days=each) for each in range(366)]
    assert [day_written(each, language) for each in days] == [
        re.sub("Ju[nl] ", f"{each:%B} ", format_date(each, pattern, locale=language)) for each in days
    ]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", "Do., 25. Apr. 2024, 13:00–17:00 JST"),
        ("de-AT", "Do., 25. Apr. 2024, 13:00–17:00 JST"),
        ("fr", "jeu. 25 avr. 2024, 13:00–17:00 JST"),
        ("zh-Hant", "2024年4月25日週四 13:00–17:00 JST"),
        ("en-GB", "Thu, 25 Apr 2024, 13:00–17:00 JST"),
    ],
)
def test_other_languages_have_their_dates_from_cldr(language: Language, told: str) -> None:
    assert written(When(_STARTS, _STARTS + timedelta(hours=4)), language) == told
    assert day_and_month(_STARTS, language) == day_and_month(_STARTS.date(), language)


def test_an_instant_is_written_in_its_own_zone_wherever_the_machine_is() -> None:
    midnight = datetime(2024, 4, 25, 0, 0, tzinfo=_TOKYO)
    told = [day_written(each, "ja") for each in (midnight, midnight.astimezone(UTC))]
    assert told == ["2024/4/25(木)", "2024/4/24(水)"]


_INSTANTS = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001
    datetime(2099, 12, 31),  # noqa: DTZ001
    timezones=st.sampled_from([_TOKYO, _BERLIN, ZoneInfo("UTC")]),
)


@given(_INSTANTS, st.none() | st.integers(1, 60), st.sampled_from(LANGUAGES))
def test_every_time_names_its_day_minute_and_zone(starts: datetime, hours: int | None, language: Language) -> None:
    ends = starts + timedelta(hours=hours) if hours else None
    text = written(When(starts, ends), language)
    named = [int(number) for number in re.findall(r"\d+", text)]
    assert (starts.year in named, starts.day in named, f"{starts:%H:%M}" in text) == (True, True, True)
    assert text.endswith(f" {starts.tzname()}")


@given(_INSTANTS)
def test_japanese_weekdays_are_those_of_the_calendar(starts: datetime) -> None:
    assert day_written(starts, "ja")[-2] == "月火水木金土日"[starts.weekday()]
