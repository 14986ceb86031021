"""Lengths of time as people write them."""

from datetime import timedelta

import pytest

from bot.domain.durations import parse_duration


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2h", 120),
        ("90 min", 90),
        ("1.5 hours", 90),
        ("an hour", 60),
        ("1時間半", 90),
        ("1時間30分", 90),
        ("２日間", 2880),
        ("1 week", 10080),
        ("1h, 5 minutes", 65),
    ],
)
def test_what_is_a_length_of_time(text: str, minutes: int) -> None:
    assert parse_duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "2", "h", "9日", "18:00", "2 hours ago", "2hh", "tomorrow", "5/2", "10 March"])
def test_what_is_something_else(text: str) -> None:
    assert parse_duration(text) is None
