"""Versions of the schedule as they are accepted, one after the other: each is kept as a revision, and told of."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.announcements.dispatcher import Dispatcher
from bot.announcements.ledger import LedgerUnavailable
from bot.catalog.holidays import with_holidays
from bot.catalog.problems import InvalidSchedule
from bot.catalog.reading import Reading, digest_of, read
from bot.catalog.service import Schedule
from bot.commands.revisions import Revision, Revisions
from bot.domain.series import Series

_ATTEMPTS: Final = 5
"""How often a revision is added anew when other processes add some at the same time."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a version comes from, in the words of its revision; with `quietly` it makes no news.

    `lectures` are those that were meant to be changed, whatever else has been.
    """

    who: str
    name: str = ""
    where: str = ""
    why: str = ""
    lectures: tuple[int, ...] = ()
    quietly: bool = False


_BY_HAND: Final = Origin("file")


class Versions:
    """What becomes of versions of the schedule. `turn` is held by whoever takes one in or writes one.

    A version that was written but could not be accepted, because the database was away, keeps its origin until it is.
    After a crash at that moment it is taken for an edit by hand: nothing is lost but who it was and that it was to be
    quiet.
    """

    def __init__(
        self, schedule: Schedule, revisions: Revisions, dispatcher: Dispatcher, now: Callable[[], datetime]
    ) -> None:
        self.schedule: Final = schedule
        self.revisions: Final = revisions
        self.turn: Final = asyncio.Lock()
        self._dispatcher: Final = dispatcher
        self._now: Final = now
        self._origins: Final[dict[str, Origin]] = {}
        self._last: tuple[str, Series] | None = None

    async def take_in(self) -> Revision | None:
        """Accepts the version in service and returns its revision; None if the file is broken, gone or just being
        edited: what is in service then was accepted before. Raises LedgerUnavailable."""
        async with self.turn:
            reading = self.schedule.reading
            content = await asyncio.to_thread(self.schedule.content)
            if content is not None and digest_of(content) == reading.digest:
                return await self.accept(reading, content.decode())
        return None

    def expect(self, digest: str, origin: Origin | None) -> None:
        """Says where a version will come from that is about to be written; None if it was not written after all."""
        if origin:
            self._origins[digest] = origin
        else:
            self._origins.pop(digest, None)

    async def accept(self, reading: Reading, text: str) -> Revision:
        """Accepts a version, for who holds the turn; returns its revision, the newest. Raises LedgerUnavailable."""
        origin = self._origins.get(reading.digest, _BY_HAND)
        await self._dispatcher.accept(await asyncio.to_thread(with_holidays, reading), quietly=origin.quietly)
        revision = await self._revision(reading, text, origin)
        self._origins.pop(reading.digest, None)
        self._last = (reading.digest, reading.series)
        return revision

    async def _revision(self, reading: Reading, text: str, origin: Origin) -> Revision:
        for _ in range(_ATTEMPTS):
            newest = await self.revisions.newest()
            if newest and newest.digest == reading.digest:
                return newest
            lectures = {*origin.lectures, *await self._changed(newest, reading.series)}
            revision = Revision(
                0,
                self._now(),
                reading.digest,
                text,
                origin.who,
                origin.name,
                origin.where,
                origin.why,
                tuple(sorted(lectures)),
            )
            if added := await self.revisions.add(revision, newest.id if newest else None):
                return added
        raise LedgerUnavailable("the revisions keep changing")

    async def _changed(self, before: Revision | None, series: Series) -> list[int]:
        """The lectures that are others than in that version; none in the very first, which has nothing before it."""
        if before is None:
            return []
        if self._last is None or self._last[0] != before.digest:
            try:
                former = await asyncio.to_thread(read, before.text.encode(), "")
            except InvalidSchedule:
                return []  # written when other things were allowed; nobody could go back to it
            self._last = (before.digest, former.series)
        known = self._last[1]
        numbers = {each.number for each in (*known.lectures, *series.lectures)}
        return [number for number in numbers if known.lecture(number) != series.lecture(number)]
