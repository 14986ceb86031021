"""Connecting anew takes longer with each failure in a row, within bounds that Discord sets."""

from bot.domain.backoff import Backoff
from bot.platforms.discord import platform


def test_a_session_that_keeps_breaking_stays_below_a_thousand_a_day() -> None:
    sessions = Backoff(longest=platform._LONGEST_IDENTIFIED, chance=lambda: 1.0)
    spent, begun = 0.0, 0
    while spent < 24 * 3600:
        spent += sessions.next()
        begun += 1
    assert begun < 1000
