"""Connecting anew takes longer with each failure in a row, within bounds that Discord sets."""

import pytest

from bot.platforms.discord.rate_limits import Backoff


@pytest.mark.parametrize(("identified", "longest"), [(False, 60.0), (True, 120.0)])
def test_waits_double_up_to_the_longest(identified: bool, longest: float) -> None:
    pace = Backoff()
    waits = [pace.wait(1.0, identified=identified) for _ in range(12)]
    bounds = [min(longest, 2.0**failure) for failure in range(12)]
    assert all(0.75 * bound <= wait <= bound for wait, bound in zip(waits, bounds, strict=True))


def test_a_connection_that_held_starts_the_count_anew() -> None:
    pace = Backoff()
    for _ in range(10):
        pace.wait(1.0, identified=True)
    assert pace.wait(3600.0, identified=True) <= 1.0


def test_a_session_that_keeps_breaking_stays_below_a_thousand_a_day() -> None:
    pace = Backoff()
    spent, sessions = 0.0, 0
    while spent < 24 * 3600:
        spent += pace.wait(0.0, identified=True)
        sessions += 1
    assert sessions < 1000
