"""Stretches of time as people ask for them."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.periods import Period, period

_TODAY = date(2024, 4, 6)
"""A Saturday."""


def _days(first: str, last: str, **of: Any) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last), **of)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("7/22", Period(month=7, day=22)),
        ("7月22日", Period(month=7, day=22)),
        ("７月２２日", Period(month=7, day=22)),
        ("July 22", Period(month=7, day=22)),
        ("22 July", Period(month=7, day=22)),
        ("the 22nd of July", Period(month=7, day=22)),
        ("2024年7月22日", _days("2024-01-01", "2024-12-31", month=7, day=22)),
        ("2024-07-22", _days("2024-01-01", "2024-12-31", month=7, day=22)),
        ("22 July 2024", _days("2024-01-01", "2024-12-31", month=7, day=22)),
        ("July 22, 2024", _days("2024-01-01", "2024-12-31", month=7, day=22)),
        ("令和6年7月22日", _days("2024-01-01", "2024-12-31", month=7, day=22)),
        ("25日", Period(date(2024, 4, 6), day=25)),
        ("7月", Period(month=7)),
        ("July", Period(month=7)),
        ("Sept.", Period(month=9)),
        ("2024年7月", _days("2024-07-01", "2024-07-31")),
        ("2024/7", _days("2024-07-01", "2024-07-31")),
        ("Dec 2023", _days("2023-12-01", "2023-12-31")),
        ("2023", _days("2023-01-01", "2023-12-31")),
        ("2023年", _days("2023-01-01", "2023-12-31")),
        ("2023年度", _days("2023-04-01", "2024-03-31")),
        ("今日", _days("2024-04-06", "2024-04-06")),
        ("きょう", _days("2024-04-06", "2024-04-06")),
        ("明日", _days("2024-04-07", "2024-04-07")),
        ("明後日", _days("2024-04-08", "2024-04-08")),
        ("yesterday", _days("2024-04-05", "2024-04-05")),
        ("3日後", _days("2024-04-09", "2024-04-09")),
        ("今週", _days("2024-04-01", "2024-04-07")),
        ("来週", _days("2024-04-08", "2024-04-14")),
        ("next week", _days("2024-04-08", "2024-04-14")),
        ("再来週", _days("2024-04-15", "2024-04-21")),
        ("先週", _days("2024-03-25", "2024-03-31")),
        ("来週の木曜", _days("2024-04-08", "2024-04-14", weekday=3)),
        ("来月", _days("2024-05-01", "2024-05-31")),
        ("last month", _days("2024-03-01", "2024-03-31")),
        ("去年", _days("2023-01-01", "2023-12-31")),
        ("木曜", _days("2024-04-06", "9999-12-31", weekday=3)),
        ("Thursday", _days("2024-04-06", "9999-12-31", weekday=3)),
    ],
)
def test_a_period_is_understood_in_every_form(text: str, meant: Period) -> None:
    assert period(text, _TODAY) == meant


@pytest.mark.parametrize(
    "text",
    ["", "瀧", "月", "日", "7", "7 8", "118教室", "3次元", "きょうと", "あすか", "marching", "13月", "0月"],
)
def test_other_words_name_no_period(text: str) -> None:
    assert period(text, _TODAY) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("2023年の動画", "の動画"),
        ("7月の講義", "の講義"),
        ("7/22 の 会場", "の 会場"),
        ("talks in July 2024", "talks in"),
    ],
)
def test_what_says_nothing_about_time_is_left(text: str, rest: str) -> None:
    meant = period(text, _TODAY)
    assert meant is not None
    assert meant.rest == rest


@pytest.mark.parametrize(
    ("text", "day", "held"),
    [
        ("7/22", date(2024, 7, 22), True),
        ("7/22", date(2023, 7, 22), True),
        ("2024/7/22", date(2023, 7, 22), False),
        ("7月", date(2024, 7, 1), True),
        ("7月", date(2024, 8, 1), False),
        ("来週", date(2024, 4, 14), True),
        ("来週", date(2024, 4, 15), False),
        ("木曜", date(2024, 4, 4), False),
        ("木曜", date(2024, 4, 11), True),
    ],
)
def test_a_period_holds_its_days(text: str, day: date, held: bool) -> None:
    meant = period(text, _TODAY)
    assert meant is not None
    assert meant.holds(day) is held


@given(st.text(max_size=40), st.dates(date(1970, 1, 1), date(2999, 12, 31)))
def test_whatever_is_typed_on_whatever_day_is_a_period_or_none(text: str, today: date) -> None:
    meant = period(text, today)
    assert meant is None or isinstance(meant.holds(today), bool)
