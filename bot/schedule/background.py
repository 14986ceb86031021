"""Reading the schedule while the bot answers: in a process of its own, whose result comes over in small pieces.

Reading ten thousand lectures takes a second or two of the interpreter's time, and taking them over in one piece a good
part of that; nobody would be answered meanwhile. So another process reads, and this one takes a few lectures at a time.
It keeps the objects of lectures that did not change: little is built and little is thrown away then.
"""

import asyncio
import gc
import os
import pickle
import struct
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any, BinaryIO, Final, NamedTuple

from bot.domain.lecture import Lecture
from bot.domain.series import Series
from bot.domain.warming import warmed
from bot.schedule.problems import InvalidScheduleError, Problem
from bot.schedule.reader import Reading, content_of, digest_of, read

_LENGTH: Final = struct.Struct("!I")
_AT_ONCE: Final = 4
"""Lectures of one piece; unpacking them takes about a tenth of a millisecond."""

_MANY: Final = 1000
"""Lectures from which on the garbage collector's walk through them is felt."""

_LONGEST_STEP: Final = 0.0002
"""Seconds of work after which others get their turn."""

_PROGRAM: Final = "import sys; sys.path[:] = sys.argv[3:]; from bot.schedule import background; background.main()"


class Signature(NamedTuple):
    """What the file system says of a version of the file."""

    modified: int
    changed: int
    size: int
    inode: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A version with something wrong with it."""

    problems: tuple[Problem, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Same:
    """The very content that is known already."""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """No version: the file is gone, or it changed while it was read."""


class ReadingFailedError(Exception):
    """The other process did not come to a result; that says nothing about the file."""


def signature_of(path: Path) -> Signature | None:
    """The version that is there now; None where there is none to be seen."""
    try:
        status = path.stat()
    except OSError:
        return None
    return Signature(status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


async def read_in_background(path: Path, known: str, current: Series) -> Reading | Refused | Same | Unsettled:
    """Reads the file; `known` is the digest of the content examined last, `current` the series in service.

    A new series is ready to answer, and shares with the current one what did not change. Raises ReadingFailedError.
    """
    try:
        process = await asyncio.to_thread(_started, path, known)
    except OSError as error:
        raise ReadingFailedError(error.strerror or type(error).__name__) from error
    collecting = gc.isenabled()
    gc.disable()  # a search through all there is would hold up everybody for a tenth of a second
    try:
        pieces, pipe = await _opened(process)
        try:
            return await _taken_over(pieces, current)
        finally:
            pipe.close()
    except (asyncio.IncompleteReadError, pickle.UnpicklingError) as error:
        raise ReadingFailedError("the reading process ended before its result was complete") from error
    finally:
        if collecting:
            gc.enable()
        process.kill()
        await asyncio.shield(asyncio.to_thread(process.wait))


def _started(path: Path, known: str) -> subprocess.Popen[bytes]:
    """The reading process. It is not started through the event loop: uvloop copies this process's memory map for it."""
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", _PROGRAM, str(path), known, *sys.path],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl+C is this process's to handle
    )


async def _opened(process: subprocess.Popen[bytes]) -> tuple[asyncio.StreamReader, asyncio.ReadTransport]:
    """What the process writes, as a stream."""
    pieces = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(pieces), process.stdout
    )
    return pieces, transport


async def _taken_over(pieces: asyncio.StreamReader, current: Series) -> Reading | Refused | Same | Unsettled:
    result = await _piece(pieces)
    if not isinstance(result, Reading):
        if isinstance(result, Refused | Same | Unsettled):
            return result
        raise ReadingFailedError(f"unexpected {type(result).__name__}")
    lectures: list[Lecture] = []
    while piece := await _piece(pieces):
        lectures += [_kept(lecture, current) for lecture in piece]
        await asyncio.sleep(0)
    return await _finished(result, lectures, current)


async def made_ready(reading: Reading, current: Series) -> Reading:
    """A reading that was made in this process, ready to answer as one from the background is."""
    lectures: list[Lecture] = []
    for start in range(0, len(reading.series.lectures), _AT_ONCE):
        lectures += [_kept(lecture, current) for lecture in reading.series.lectures[start : start + _AT_ONCE]]
        await asyncio.sleep(0)
    return await _finished(reading, lectures, current)


def _kept(lecture: Lecture, current: Series) -> Lecture:
    """The lecture; the very object of the current series if it is the same there."""
    before = current.lecture(lecture.number)
    return before if before == lecture and before is not None else lecture


async def _finished(reading: Reading, lectures: list[Lecture], current: Series) -> Reading:
    series = replace(reading.series, lectures=tuple(lectures))
    if series == current:
        series = current
    else:
        await _prepared(series, current)
        spare_collector(series)
    return replace(reading, series=series)


def spare_collector(series: Series) -> None:
    """Exempts a long series from the search for garbage, which would walk through all of it time and again.

    Its values hold no cycles, so that they go as soon as nobody needs them, all the same.
    """
    if len(series.lectures) >= _MANY:
        gc.freeze()


async def _prepared(series: Series, current: Series) -> None:
    turn_ends = perf_counter() + _LONGEST_STEP
    for _ in warmed(series, current):
        if perf_counter() >= turn_ends:
            await asyncio.sleep(0)
            turn_ends = perf_counter() + _LONGEST_STEP


async def _piece(pieces: asyncio.StreamReader) -> Any:
    (length,) = _LENGTH.unpack(await pieces.readexactly(_LENGTH.size))
    return pickle.loads(await pieces.readexactly(length))  # noqa: S301 - written by our own other half


# ---- the other process


def main() -> None:
    """Reads the file named on the command line, at low priority, and writes the result to the standard output."""
    with suppress(OSError, AttributeError):
        os.nice(10)
    gc.disable()
    with os.fdopen(os.dup(1), "wb") as out, suppress(BrokenPipeError):
        os.dup2(2, 1)  # what else may be printed must not come between
        for piece in _result(Path(sys.argv[1]), sys.argv[2]):
            _write(out, piece)


def _result(path: Path, known: str) -> Iterable[object]:
    before = signature_of(path)
    try:
        content = content_of(path)
    except InvalidScheduleError as invalid:
        yield Refused(invalid.problems, "") if before else Unsettled()
        return
    if before is None or signature_of(path) != before or len(content) != before.size:
        yield Unsettled()
        return
    digest = digest_of(content)
    if digest == known:
        yield Same()
        return
    try:
        reading = read(content, str(path))
    except InvalidScheduleError as invalid:
        yield Refused(invalid.problems, digest)
        return
    lectures = reading.series.lectures
    yield replace(reading, series=replace(reading.series, lectures=()))
    for start in range(0, len(lectures), _AT_ONCE):
        yield lectures[start : start + _AT_ONCE]
    yield ()


def _write(out: BinaryIO, piece: object) -> None:
    data = pickle.dumps(piece, pickle.HIGHEST_PROTOCOL)
    out.write(_LENGTH.pack(len(data)))
    out.write(data)
