"""Addresses under any names."""

from typing import Annotated, Final

from bot.schedule.problems import Term, refusal, understood
from bot.schedule.scalars import form, several
from bot.schedule.schema.entry import WORD, Entry, checked, reference
from bot.schedule.schema.fields import MaybeLine, Parsed, optional


class LinkEntry(Entry):
    """An address, perhaps one to write to, with what it is called."""

    label: MaybeLine = None
    url: Annotated[str, Parsed(form, WORD)]


def _link(value: object) -> LinkEntry:
    return checked(LinkEntry, value if isinstance(value, dict) else {"url": form(value)})


def links(value: object) -> dict[str, LinkEntry]:
    """Addresses under any names."""
    if not isinstance(value, dict):
        raise refusal("mapping_like", understood=understood(value), example=Term("example.links"))
    return dict(zip(value, several(value, _link), strict=True))


_ANY_LINKS: Final = {
    "type": ["object", "null"],
    "additionalProperties": {"anyOf": [WORD, reference(LinkEntry)]},
}
LinksField = Annotated[dict[str, LinkEntry] | None, optional(links, _ANY_LINKS)]
