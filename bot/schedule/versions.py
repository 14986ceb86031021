"""Versions of the schedule as they are accepted: each is kept as a revision, and announced."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import structlog

from bot.domain.errors import LedgerUnavailableError
from bot.domain.lecture import in_order
from bot.domain.series import Series
from bot.i18n import phrases
from bot.schedule.editing import CannotEditError, merged
from bot.schedule.problems import InvalidScheduleError
from bot.schedule.reader import Reading, content_of, digest_of, read, with_holidays
from bot.schedule.revisions import Revision, Revisions
from bot.schedule.service import Schedule
from bot.schedule.writer import NotWritableError, StaleFileError, write

_log: Final = structlog.get_logger(__name__)

_ATTEMPTS: Final = 5
"""How often a revision is added anew when other processes add some at the same time."""


@dataclass(frozen=True, slots=True)
class VersionSource:
    """Where a version comes from, in the words of its revision; with `quietly` it makes no news.

    `lectures` are those that were meant to be changed, whatever else has been.
    """

    author: str
    author_name: str = ""
    channel: str = ""
    reason: str = ""
    lectures: tuple[str, ...] = ()
    quietly: bool = False
    undoes: int | None = None


_BY_HAND: Final = VersionSource("file")


class ScheduleVersions:
    """What becomes of versions of the schedule. The `listener` is told of each, and whether it is to make no news.

    A version that was written but could not be accepted, because the database was away, keeps its origin until it is.
    After a crash at that moment it is taken for an edit by hand: nothing is lost but who it was and that it was to be
    quiet.

    With a `shared_lock` other machines may change the schedule, too, each in a file of its own. The newest revision is
    then the truth: it replaces the file here. If that was edited by hand since, it is newer still, and gets what others
    have changed in other lectures. At the start a file that was in force at some time is a copy left behind; any other
    was edited.
    """

    def __init__(
        self,
        schedule: Schedule,
        revisions: Revisions,
        listener: Callable[[Series, bool], Awaitable[None]],
        now: Callable[[], datetime],
        shared_lock: Callable[[], AbstractAsyncContextManager[None]] | None = None,
    ) -> None:
        self.schedule: Final = schedule
        self.revisions: Final = revisions
        self.left_behind: NotWritableError | None = None
        """Why the file is older than the version in service, where that could not be written to it."""
        self._listener: Final = listener
        self._now: Final = now
        self._shared_lock: Final = shared_lock
        self._alone: Final = asyncio.Lock()
        self._origins: Final[dict[str, VersionSource]] = {}
        self._accepted: Revision | None = None
        self._in_file = ""
        self._last: tuple[str, Series] | None = None

    @asynccontextmanager
    async def lock(self) -> AsyncIterator[None]:
        """For whoever takes a version in or writes one: nobody else does meanwhile, and what others wrote before is in
        service. Raises LedgerUnavailableError."""
        async with self._alone:
            if self._shared_lock is None:
                yield
                return
            async with self._shared_lock():
                await self._catch_up()
                yield

    @property
    def any_accepted(self) -> bool:
        """Whether any version was accepted since the start."""
        return self._accepted is not None

    @property
    def shared(self) -> bool:
        """Whether other machines may write versions, too."""
        return self._shared_lock is not None

    async def follow(self) -> None:
        """Takes over what other machines have written.

        Raises LedgerUnavailableError, also while a file that was broken by hand keeps this one from what is in force.
        """
        if not self.shared:
            return
        newest = await self.revisions.newest_id()
        if self.left_behind or newest != self._accepted_id:
            async with self.lock():
                pass
        if self.schedule.problems and newest != self._accepted_id:
            raise LedgerUnavailableError("the file is broken, and older than the version in force")

    @property
    def _accepted_id(self) -> int | None:
        return self._accepted.id if self._accepted else None

    async def resume(self) -> None:
        """Goes on from the version that was accepted last, at the start, if the file lacks something of it: that may be
        cut off, and waits like any such edit. Raises LedgerUnavailableError."""
        async with self.lock():
            newest = await self.revisions.newest()
            if newest is None or self.any_accepted or newest.digest == self.schedule.reading.digest:
                return
            try:
                former = await asyncio.to_thread(read, newest.text.encode(), str(self.schedule.path))
            except InvalidScheduleError:
                return  # written when other things were allowed
            if self.schedule.resume(former):
                await self.accept(former, newest.text)

    async def take_in(self) -> Revision | None:
        """Accepts the version in service and returns its revision; None if the file is broken, gone or just being
        edited: what is in service then was accepted before. Raises LedgerUnavailableError."""
        async with self.lock():
            reading = self.schedule.reading
            content = await asyncio.to_thread(self.schedule.content)
            if content is not None and digest_of(content) == reading.digest:
                self.left_behind = None
                return await self.accept(reading, content.decode())
            return self._accepted if self.left_behind else None

    def expect(self, digest: str, origin: VersionSource | None) -> None:
        """Says where a version will come from that is about to be written; None if it was not written after all."""
        if origin:
            self._origins[digest] = origin
        else:
            self._origins.pop(digest, None)

    async def accept(self, reading: Reading, text: str) -> Revision:
        """Accepts a version, for who holds the turn; returns its revision. Raises LedgerUnavailableError."""
        origin = self._origins.get(reading.digest, _BY_HAND)
        await self._listener(await asyncio.to_thread(with_holidays, reading), origin.quietly)
        revision = await self._revision(reading, text, origin)
        self._origins.pop(reading.digest, None)
        self._accepted, self._last = revision, (reading.digest, reading.series)
        return revision

    async def _catch_up(self) -> None:
        newest, present, former = await self.revisions.newest(), self.schedule.reading, self._accepted
        if newest is None:
            return
        if newest.digest == present.digest and not self.left_behind:
            if former and former.id != newest.id:
                await self.accept(present, newest.text)
            return
        edited = present.digest != former.digest if former else not await self.revisions.known(present.digest)
        if not edited:
            await self._take_over(newest)
        elif former and former.id != newest.id:
            await self._merge(former, newest)

    async def _merge(self, former: Revision, newest: Revision) -> None:
        """Adds to the file, which was edited by hand, the lectures that others have changed meanwhile."""
        content = await asyncio.to_thread(self.schedule.content)
        if content is None:
            return
        path = self.schedule.path
        try:
            text = await asyncio.to_thread(merged, content.decode(), former.text, newest.text)
            if text.encode() == content:
                return
            reading = await asyncio.to_thread(read, text.encode(), str(path))
            await asyncio.to_thread(write, path, text.encode(), digest_of(content))
        except (CannotEditError, InvalidScheduleError, StaleFileError, NotWritableError) as refusal:
            _log.warning("schedule.not_merged", file=str(path), reason=type(refusal).__name__)
        else:
            self.schedule.take(reading)

    async def _take_over(self, newest: Revision) -> None:
        """Writes that version to the file, or leaves the file behind, and takes it into service."""
        path, content, present = self.schedule.path, newest.text.encode(), self.schedule.reading
        try:
            in_service = newest.digest == present.digest
            reading = present if in_service else await asyncio.to_thread(read, content, str(path))
        except InvalidScheduleError as invalid:
            raise LedgerUnavailableError(f"version {newest.id} of the schedule can't be read: {invalid}") from None
        in_file = self._in_file if self.left_behind else present.digest
        try:
            await asyncio.to_thread(write, path, content, in_file)
        except StaleFileError:
            if await asyncio.to_thread(_digest_in, path) != newest.digest:
                return  # just edited by hand
            self.left_behind = None
        except NotWritableError as refusal:
            if not self.left_behind:
                reason = phrases("en")(refusal.name, **refusal.values)
                _log.warning("schedule.left_behind", file=str(path), reason=reason)
            self.left_behind, self._in_file = refusal, in_file
            if in_service:
                return
        else:
            self.left_behind = None
        self.schedule.take(reading, in_file if self.left_behind else None)
        await self.accept(reading, newest.text)

    async def _revision(self, reading: Reading, text: str, origin: VersionSource) -> Revision:
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
                origin.author,
                origin.author_name,
                origin.channel,
                origin.reason,
                in_order(lectures),
                origin.undoes,
            )
            if added := await self.revisions.add(revision, newest.id if newest else None):
                return added
        raise LedgerUnavailableError("the revisions keep changing")

    async def _changed(self, before: Revision | None, series: Series) -> list[str]:
        """The lectures that are others than in that version; none in the very first, which has nothing before it."""
        if before is None:
            return []
        if self._last is None or self._last[0] != before.digest:
            try:
                former = await asyncio.to_thread(read, before.text.encode(), "")
            except InvalidScheduleError:
                return []  # written when other things were allowed; nobody could go back to it
            self._last = (before.digest, former.series)
        known = self._last[1]
        ids = {each.id for each in (*known.lectures, *series.lectures)}
        return [each for each in ids if known.lecture(each) != series.lecture(each)]


def _digest_in(path: Path) -> str | None:
    """What identifies the content of the file; None if there is none."""
    try:
        return digest_of(content_of(path))
    except InvalidScheduleError:
        return None
