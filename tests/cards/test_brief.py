"""The row of facts below a post's first line."""

from dataclasses import replace

from bot.cards.brief import brief_card
from bot.cards.view import View
from tests.examples import EXAMPLE, OPEN, at


def _row(moment: str) -> str:
    venue = OPEN.venue and replace(OPEN.venue, tentative=True, url=None)
    (row,) = brief_card(replace(OPEN, venue=venue), View(EXAMPLE, at(moment), "en")).body
    return "".join(str(each) for each in row)


def test_a_tentative_venue_is_not_called_so_on_the_day() -> None:
    assert "(tentative)" in _row("2030-04-17T12:00")
    assert "(tentative)" not in _row("2030-04-18T08:00")
