"""An organizer's own text as a post: shown as it was written, none of it markup, nobody pinged."""

from typing import Final

from bot.cards.view import View
from bot.content import Card, Message
from bot.domain.excerpt import shortened, units

FIRST_LINE: Final = 200
"""Code units of the first line, which a lock screen shows; a text in one line of no more than that is all of it."""


def free_post(text: str, view: View) -> Message:
    """The text's first line, and the rest of it below under the name of the series."""
    first, _, rest = text.strip().partition("\n")
    if units(first) > FIRST_LINE:
        rest = text.strip()
    name = view.series.name.into(view.language)
    parts = (Card(name, body=((rest.strip("\n"),),)),) if rest.strip() else ()
    return Message(shortened(first.rstrip(), FIRST_LINE), parts)
