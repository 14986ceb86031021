"""Every accepted version of the schedule, with who made it and why: the port to where they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Revision:
    """One version. `digest` identifies its content, `lectures` are the ids of those that it changed.

    `created_at` is aware. `author` and `channel` are addresses (`discord:user:4`, `slack:C05`) or, for what came from
    outside of any chat, words such as `file`; `author_name` is what people call them. `undoes` is the id of the
    revision that this one takes back, if it is an undo.
    """

    id: int
    created_at: datetime
    digest: str
    text: str
    author: str
    author_name: str
    channel: str
    reason: str
    lectures: tuple[str, ...] = ()
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Undoable:
    """A revision that can be taken back, for these lectures."""

    revision_id: int
    lectures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """How often something has changed, and when it last did."""

    count: int
    last: datetime


@dataclass(frozen=True, slots=True)
class History:
    """What has changed how often: each lecture that did, by id, and what is common to all of them.

    The common ones are versions that changed no lecture, such as the very first, or one with another closing rule.
    """

    common: Changes
    lectures: Mapping[str, Changes]

    def of(self, lecture: str) -> Changes:
        """The changes that a lecture may have seen: with every one there is one more, and the last is no earlier."""
        own = self.lectures.get(lecture)
        if own is None:
            return self.common
        return Changes(self.common.count + own.count, max(self.common.last, own.last))


class Revisions(Protocol):
    """The versions, oldest first. Any method may raise LedgerUnavailableError."""

    async def newest(self) -> Revision | None:
        """The version in force, if there is any yet."""

    async def newest_id(self) -> int | None:
        """The id of that version, which is quicker to find."""

    async def known(self, digest: str) -> bool:
        """Whether that content was ever a version."""

    async def add(self, revision: Revision, after: int | None) -> Revision | None:
        """Adds a version (its `id` is given here) made from the one with id `after`; None if that is not the newest."""

    async def latest(self, most: int, lecture: str | None = None) -> list[Revision]:
        """The newest versions first; with `lecture` only those that changed it."""

    async def revision(self, number: int) -> Revision | None:
        """The version with that id."""

    async def undoable(self, lecture: str | None, before: int | None = None) -> Undoable | None:
        """The newest version that changed lectures (or that one) and has not been taken back for all of them; older
        than the version `before`, if given. An undo is never taken back."""

    async def history(self, until: int) -> History | None:
        """How often and when each lecture has changed up to that version; None if there is no version yet."""
