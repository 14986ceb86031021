"""A venue in words, with its room and what is odd about it."""

from collections.abc import Mapping
from typing import Final

from bot.domain.lecture import Venue
from bot.domain.message import Link, Text
from bot.i18n import Phrases

_ODD: Final[Mapping[tuple[bool, bool], str]] = {
    (True, True): "venue.unusual_tentative",
    (True, False): "venue.unusual",
    (False, True): "venue.tentative",
}
"""The phrases for an unusual venue, and for a tentative one."""


def room_and_name(venue: Venue, say: Phrases) -> str:
    """The name with the room, in one line."""
    name = venue.name.into(say.language)
    return say("venue.in_room", name=name, room=venue.room.into(say.language)) if venue.room else name


def venue_name(venue: Venue, say: Phrases, *, unusual: bool = False) -> str:
    """A venue with its room, saying so if it is tentative or `unusual`."""
    return remarked(room_and_name(venue, say), venue, say, unusual=unusual)


def remarked(name: str, venue: Venue, say: Phrases, *, unusual: bool = False) -> str:
    """What the venue is called, with one remark if it is tentative or `unusual`."""
    odd = _ODD.get((unusual, venue.tentative))
    return say(odd, venue=name) if odd else name


def venue_text(venue: Venue, say: Phrases, *, unusual: bool = False) -> Text:
    """The same, where name and room lead to the map."""
    name = room_and_name(venue, say)
    spans: Text = (Link(name, venue.url) if venue.url else name,)
    odd = _ODD.get((unusual, venue.tentative))
    return say.text(odd, venue=spans) if odd else spans
