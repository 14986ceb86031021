"""Venues, and whether one meets there or online."""

from typing import Annotated

from bot.domain.lecture import Mode
from bot.domain.rooms import is_room_alone, name_and_room
from bot.domain.text import one_line
from bot.schedule.problems import refusal, understood
from bot.schedule.schema.entry import WORD, Entry, checked, mapping_schema
from bot.schedule.schema.fields import Flag, MaybeLine, Reference, one_of, optional
from bot.schedule.yaml_reader import Tree


class VenueEntry(Entry):
    """A place; without a name it is a part of the usual one that is otherwise."""

    name: MaybeLine = None
    room: MaybeLine = None
    url: Reference = None
    tentative: Flag = False


def _venue(value: object) -> VenueEntry:
    """A venue by its bare name, perhaps with the room, or as a mapping."""
    if isinstance(value, str) and value.strip():
        return checked(VenueEntry, venue_written(value))
    if not isinstance(value, dict):
        raise refusal("venue", understood=understood(value))
    return checked(VenueEntry, value)


def _named_venue(value: object) -> VenueEntry:
    found = _venue(value)
    if found.name is None:
        raise refusal("venue", understood=understood(value))
    return found


def venue_written(text: str) -> dict[str, Tree]:
    """The mapping that a text stands for: `MIT 35-225` is a name with a room."""
    bare = one_line(text)
    name, room = (bare, "") if is_room_alone(bare) else name_and_room(bare)
    place: dict[str, Tree] = {"name": name.rstrip(",、")}
    return place | ({"room": room} if room else {})


VenueField = Annotated[VenueEntry | None, optional(_venue, mapping_schema(VenueEntry, WORD))]
NamedVenueField = Annotated[VenueEntry | None, optional(_named_venue, mapping_schema(VenueEntry, WORD))]
ModeWord = Annotated[Mode, one_of(Mode, None, "in-person")]
