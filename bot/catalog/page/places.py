"""Where a lecture takes place, as the page writes it: the place, the room in it, a map, and whether that is settled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.catalog.page.lines import Anchor, Line
from bot.catalog.page.links import is_map, label_of
from bot.catalog.page.remarks import Remark, is_undecided, remark, without_remarks
from bot.catalog.page.text import tidy, trimmed
from bot.domain.rooms import name_and_room

_UNDECIDED: Final = frozenset({Remark.UNDECIDED, Remark.ROOM_UNDECIDED})
_COMMAS: Final = re.compile(r"[、,，;；]\s*")


@dataclass(frozen=True, slots=True)
class Place:
    """What is said of the place; `anchor` is the link that shows it."""

    name: str | None = None
    room: str | None = None
    anchor: Anchor | None = None
    tentative: bool = False
    room_undecided: bool = False


def place(lines: Sequence[Line]) -> Place:
    """The place that the lines of a label say."""
    spans = [span for line in lines for span in (*line.spans, " ")]
    texts: list[str] = []
    named: int | None = None
    anchor: Anchor | None = None
    for span in spans:
        if isinstance(span, str):
            texts.append(span)
        elif is_map(span):
            anchor = anchor or span
        else:
            named = len(texts) if named is None else named
            anchor = span if named == len(texts) else anchor
            texts.append(label_of(span))
    head, said, undecided = _divided("".join(texts if named is None else texts[: named + 1]))
    name, room = name_and_room(trimmed(head))
    if named is not None:
        after, said_after, undecided_after = _divided("".join(texts[named + 1 :]))
        room, said, undecided = tidy(f"{room} {after}"), said | said_after, undecided or undecided_after
    known = room if room and not is_undecided(room) else None
    return Place(
        name=name if name and not is_undecided(name) else None,
        room=known,
        anchor=anchor,
        tentative=Remark.TENTATIVE in said,
        room_undecided=undecided or bool(room and not known),
    )


def _divided(text: str) -> tuple[str, frozenset[Remark], bool]:
    """The text without remarks, what those say, and whether one of its parts says that the room is undecided."""
    rest, said = without_remarks(tidy(text))
    parts = [part for part in _COMMAS.split(rest) if part.strip()]
    kinds = [remark(part) for part in parts]
    kept = [part for part, kind in zip(parts, kinds, strict=True) if kind is None]
    found = said | {kind for kind in kinds if kind}
    words = (rest if len(kept) == len(parts) else " ".join(kept)).split(" ")
    known = [word for position, word in enumerate(words) if not position or remark(word) not in _UNDECIDED]
    return tidy(" ".join(known)), found, len(known) < len(words) or (bool(kept) and bool(found & _UNDECIDED))
