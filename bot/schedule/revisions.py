"""Every accepted version of the schedule, with who made it and why: the port to where they are kept."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol


@dataclass(frozen=True, slots=True)
class Revision:
    """One version. `digest` identifies its content, `lectures` are the numbers that it changed; `at` is aware.

    `who` and `where` are addresses (`discord:user:4`, `slack:C05`) or, for what came from outside of any chat, words
    such as `file`; `name` is what people call whoever it was.
    """

    id: int
    at: datetime
    digest: str
    text: str
    who: str
    name: str
    where: str
    why: str
    lectures: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """How often something has changed, and when it last did."""

    count: int
    last: datetime


@dataclass(frozen=True, slots=True)
class History:
    """What has changed how often: each lecture that did, by number, and what is common to all of them.

    The common ones are versions that changed no lecture, such as the very first, or one with another closing rule.
    """

    common: Changes
    lectures: Mapping[int, Changes]

    def of(self, number: int) -> Changes:
        """The changes that a lecture may have seen: with every one there is one more, and the last is no earlier."""
        own = self.lectures.get(number)
        if own is None:
            return self.common
        return Changes(self.common.count + own.count, max(self.common.last, own.last))


class Revisions(Protocol):
    """The versions, oldest first. Any method may raise LedgerUnavailable."""

    async def newest(self) -> Revision | None:
        """The version in force, if there is any yet."""

    async def newest_id(self) -> int | None:
        """The id of that version, which is quicker to find."""

    async def known(self, digest: str) -> bool:
        """Whether that content was ever a version."""

    async def add(self, revision: Revision, after: int | None) -> Revision | None:
        """Adds a version (its `id` is given here) made from the one with id `after`; None if that is not the newest."""

    async def latest(self, most: int, lecture: int | None = None) -> list[Revision]:
        """The newest versions first; with `lecture` only those that changed it."""

    async def revision(self, number: int) -> Revision | None:
        """The version with that id."""

    async def history(self, until: int) -> History | None:
        """How often and when each lecture has changed up to that version; None if there is no version yet."""


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
