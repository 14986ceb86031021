"""Which change an undo takes back: the latest that was not taken back yet, so that several in a row go further back.

An undo is a version like any other; its reason begins with a mark and the id of the version that it takes back.
"""

import re
from collections.abc import AsyncIterator
from typing import Final

from bot.commands.revisions import Revision, Revisions

_MARK: Final = "↶"
_MARKED: Final = re.compile(rf"{_MARK}(\d+)(?: |$)")
_AT_ONCE: Final = 16
"""Versions that are looked up first; further back it goes by twice as many each time."""


def undoing(revision: Revision, why: str) -> str:
    """The reason of a version that takes that one back, as it is to be kept."""
    return f"{_MARK}{revision.id} {unmarked(why)}"


def unmarked(why: str) -> str:
    """A reason that people gave, of which no part can be taken for a mark."""
    return why.lstrip(_MARK)


def undone_by(revision: Revision) -> int | None:
    """The id of the version that this one takes back; None if it is no undo."""
    found = _MARKED.match(revision.why)
    return int(found[1]) if found else None


async def to_take_back(revisions: Revisions, lecture: int | None) -> AsyncIterator[tuple[Revision, tuple[int, ...]]]:
    """The versions that can be taken back, latest first, with those of the lectures they changed for which that has
    not been done; of all lectures, or of one. Raises LedgerUnavailable."""
    taken_back: set[tuple[int, int]] = set()
    seen = 0
    most = _AT_ONCE
    while True:
        found = await revisions.latest(most, lecture)
        for revision in found[seen:]:
            if (undone := undone_by(revision)) is not None:
                taken_back |= {(undone, number) for number in revision.lectures}
                continue
            left = tuple(
                number
                for number in revision.lectures
                if lecture in (None, number) and (revision.id, number) not in taken_back
            )
            if left:
                yield revision, left
        if len(found) < most:
            return
        seen, most = len(found), 2 * most
