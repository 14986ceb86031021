"""The schedule in service: the last good version of the file, while people go on editing it by hand."""

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple

import structlog

from bot.domain.series import Series
from bot.schedule.absence import lacking
from bot.schedule.problems import InvalidScheduleError, Problem
from bot.schedule.reader import Reading, content_of, digest_of, field_at, read, written

_log: Final = structlog.get_logger(__name__)

_LOGGED_PROBLEMS: Final = 10


class _Signature(NamedTuple):
    """What the file system says of a version of the file."""

    modified: int
    changed: int
    size: int
    inode: int


@dataclass(frozen=True, slots=True)
class PollInterval:
    """How often the file is looked at, in seconds.

    It is read when two looks that are `settling` apart show the same version. A file that is gone for longer than
    `missing` is a problem; before that, some editor is probably replacing it. A version that lacks something is taken
    over when it has stayed the same for `confirming`; before that, it is probably still being written.
    """

    interval: float = 1.0
    settling: float = 0.3
    missing: float = 5.0
    confirming: float = 30.0


@dataclass(frozen=True, slots=True)
class _Examined:
    """A version's digest, and its schedule or what is wrong with it; neither where that content was known before.

    With both, the problem is that something is lacking, and time may show that this is meant.
    """

    digest: str
    reading: Reading | None = None
    problems: tuple[Problem, ...] = ()


class Schedule:
    """The schedule that the bot goes by.

    Reading the file the first time raises InvalidScheduleError, with all that is wrong with it. Afterwards `watch`
    takes over every valid version of it; of a broken one `problems` tells what is wrong, and the last good one stays.
    So it does while the version in the file lacks something that it has, until that is confirmed by time.
    """

    def __init__(self, path: Path, pace: PollInterval | None = None) -> None:
        self._path: Final = path
        self._pace: Final = pace or PollInterval()
        self._seen: _Signature | None = _signature(path)
        self._reading: Reading = read(content_of(path), str(path))
        self._examined = self._reading.digest
        self._problems: tuple[Problem, ...] = ()
        self._unconfirmed: Reading | None = None
        self._examined_at = 0.0
        self._changes = 0

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._path

    @property
    def series(self) -> Series:
        """The last good version's series; the same object until something in it changes."""
        return self._reading.series

    @property
    def reading(self) -> Reading:
        """The last good version, with the sections that say how the bot should behave."""
        return self._reading

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the file as it is now; empty while it is the one in service."""
        return self._problems

    @property
    def lasting_problems(self) -> tuple[Problem, ...]:
        """The same, once that version of the file has stayed for a while: it is not just being written."""
        return self._problems if self._has_lasted else ()

    @property
    def changes(self) -> int:
        """How often another version was taken over, or what is wrong with the file has changed."""
        return self._changes

    def content(self) -> bytes | None:
        """The bytes of the version in service, if the file still holds them: if not, a later one is about to come."""
        try:
            content = content_of(self._path)
        except InvalidScheduleError:
            return None
        return content if digest_of(content) == self._reading.digest else None

    def take(self, reading: Reading, in_file: str | None = None) -> None:
        """Takes a version into service at once that the bot itself has just written; it will be nothing new later.

        Where it could not be written, `in_file` is the digest of what the file still holds, and that will be nothing
        new.
        """
        self._serve(reading)
        self._examined, self._seen = in_file or reading.digest, None

    def resume(self, former: Reading) -> bool:
        """Keeps the version in service that was accepted last before the start, if the file lacks something of it;
        whether it does."""
        present = self._reading
        lacks = _lacks(former, present, self._path)
        if lacks:
            self._reading, self._examined_at = former, asyncio.get_running_loop().time()
            self._doubt(present, lacks)
        return bool(lacks)

    async def watch(self) -> None:
        """Follows the file until it is cancelled."""
        while True:
            await asyncio.sleep(self._pace.interval)
            await self.look()

    async def look(self) -> None:
        """Takes over the version that is there now, or says what is wrong with it, once it has settled."""
        version = await self._settled()
        if version is None:
            if self._examined:
                self._examined_at = asyncio.get_running_loop().time()
            self._refuse((Problem(str(self._path), 1, "file", "file.missing"),))
            self._seen = None
            self._examined = ""
        elif version != self._seen:
            await self._examine(version)
        if self._unconfirmed and self._has_lasted:
            self._serve(self._unconfirmed)

    @property
    def _has_lasted(self) -> bool:
        """Whether the version of the file that was examined last has stayed long enough to be what is meant."""
        return asyncio.get_running_loop().time() - self._examined_at >= self._pace.confirming

    async def _settled(self) -> _Signature | None:
        """The version of the file, once it stays the same for a moment; None if it stays away."""
        loop = asyncio.get_running_loop()
        version = await self._look()
        if version is not None and version == self._seen:
            return version
        gone_at = loop.time()
        while True:
            await asyncio.sleep(self._pace.settling)
            latest = await self._look()
            if latest is not None and latest == version:
                return latest
            if latest is not None:
                gone_at = loop.time()
            elif loop.time() - gone_at >= self._pace.missing:
                return None
            version = latest

    async def _look(self) -> _Signature | None:
        """The version there now; asked for in a thread, because a network share may take its time."""
        return await asyncio.to_thread(_signature, self._path)

    async def _examine(self, version: _Signature) -> None:
        """Takes over that version of the file, or says what is wrong with it; each is read once.

        If another version was taken into service meanwhile, this one may be an older one, and is looked at anew.
        """
        before = self._reading
        examined = await asyncio.to_thread(_examined, self._path, self._examined, before)
        if examined is None or self._reading is not before:
            return
        if examined.reading or examined.problems:
            self._examined_at = asyncio.get_running_loop().time()
        self._seen, self._examined = version, examined.digest
        if examined.reading and examined.problems:
            self._doubt(examined.reading, examined.problems)
        elif examined.problems:
            self._refuse(examined.problems)
        elif examined.reading:
            self._serve(examined.reading)

    def _doubt(self, reading: Reading, problems: tuple[Problem, ...]) -> None:
        """Waits for that version of the file to stay as it is."""
        self._refuse(problems)
        self._unconfirmed = reading

    def _serve(self, reading: Reading) -> None:
        unchanged = reading.series == self.series
        self._reading = replace(reading, series=self.series) if unchanged else reading
        self._problems, self._unconfirmed = (), None
        _log.info("schedule.taken_over", file=str(self._path), lectures=len(reading.series.lectures))
        self._changes += 1

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self._unconfirmed = None
        if problems == self._problems:
            return
        self._problems = problems
        _log.warning(
            "schedule.refused",
            file=str(self._path),
            count=len(problems),
            problems=[written(problem, "en") for problem in problems[:_LOGGED_PROBLEMS]],
        )
        self._changes += 1


def _signature(path: Path) -> _Signature | None:
    """The version that is there now; None where there is none to be seen."""
    try:
        status = path.stat()
    except OSError:
        return None
    return _Signature(status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


def _examined(path: Path, known: str, in_service: Reading) -> _Examined | None:
    """What the file says now; `known` is the digest of the content examined last.

    None where there is no version: the file is gone, or it changed while it was read.
    """
    before = _signature(path)
    if before is None:
        return None
    try:
        content = content_of(path)
    except InvalidScheduleError as invalid:
        return _Examined("", problems=invalid.problems)
    if _signature(path) != before or len(content) != before.size:
        return None
    digest = digest_of(content)
    if digest == known:
        return _Examined(digest)
    try:
        reading = read(content, str(path))
    except InvalidScheduleError as invalid:
        return _Examined(digest, problems=invalid.problems)
    if not content.endswith(b"\n"):
        return _Examined(digest, reading, (Problem(str(path), content.count(b"\n") + 1, "file", "file.unfinished"),))
    return _Examined(digest, reading, _lacks(in_service, reading, path))


def _lacks(in_service: Reading, reading: Reading, path: Path) -> tuple[Problem, ...]:
    """What the version in service has and that one does not, if there is anything."""
    place = lacking(in_service.tree, reading.tree)
    if place is None:
        return ()
    return (Problem(str(path), 1, "file", "file.lacking", {"field": field_at(place, in_service.tree)}),)
