"""The two sides of a comparison as the file has them, what differs between them and the edit that mends it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.catalog.document import Tree
from bot.domain.language import Localized
from bot.domain.lecture import Person, Venue

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """A value of a lecture to be put at a path of the file's structure; None removes what is there.

    An empty path is the lecture as a whole, which is new.
    """

    number: int
    path: Path
    value: Tree


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that the page has otherwise than the schedule, each side in the file's structure, None for nothing."""

    number: int
    path: Path
    ours: Tree
    theirs: Tree
    edit: Edit


_NOTHING: Final[Mapping[str, Tree]] = {}


def tree(text: Localized | None) -> Tree:
    """A text as the file has it."""
    if text is None or text.ja == text.en:
        return text.ja if text else None
    return {"ja": text.ja, "en": text.en}


def written(moment: datetime | date | None) -> str | None:
    """A moment or a mere day as the file has it."""
    if isinstance(moment, datetime):
        return f"{moment:%Y-%m-%dT%H:%M}"
    return moment.isoformat() if moment else None


def mapping(value: Tree) -> Mapping[str, Tree]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else _NOTHING


def items(value: Tree) -> list[Tree]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def who(person: Person | None) -> Tree:
    """A speaker as the file has them."""
    if person is None:
        return None
    return _filled({"name": tree(person.name), "affiliation": tree(person.affiliation)})


def where(venue: Venue | None) -> Tree:
    """A venue as the file has it."""
    if venue is None:
        return None
    tentative = "true" if venue.tentative else None
    return _filled({"name": tree(venue.name), "room": tree(venue.room), "url": venue.url, "tentative": tentative})


def _filled(fields: dict[str, Tree]) -> Tree:
    return {name: value for name, value in fields.items() if value is not None}
