"""Writing lectures.yaml: whole or not at all, and only over the version that the new content was made from."""

import errno
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import Final

from bot.schedule.reader import digest_of

_SUFFIX: Final = ".new"
_PATIENCE: Final = 10.0
"""Seconds to wait for another process that writes; one takes some milliseconds."""

_REASONS: Final[Mapping[int, str]] = {
    errno.EBUSY: "writing.mounted",
    errno.EXDEV: "writing.mounted",
    errno.EROFS: "writing.read_only",
    errno.EACCES: "writing.forbidden",
    errno.EPERM: "writing.forbidden",
    errno.ENOSPC: "writing.full",
    errno.EDQUOT: "writing.full",
}
"""The phrases for what the system answers. A single file that is mounted into a container is busy."""


class StaleFileError(Exception):
    """The file is no longer what the new content was made from; nothing was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path: Final = path
        self.name: Final = "writing.stale"


class NotWritableError(Exception):
    """The file can't be replaced; nothing was written. `name` is that of its phrase, `values` go into it."""

    def __init__(self, path: Path, name: str, **values: str) -> None:
        super().__init__(path, name, values)
        self.path: Final = path
        self.name: Final = name
        self.values: Final[Mapping[str, str]] = {"file": str(path), **values}


def write(path: Path, content: bytes, expected_digest: str) -> None:
    """Replaces the file's content, unless it is another one than the digest says.

    Whoever reads the file sees the old or the new content, whole, and so does a machine that lost its power. Writers
    wait for each other. An editor that saves in the very moment between the comparison and the replacement does not
    know of that: those microseconds are all that is left open. Raises StaleFileError or NotWritableError.
    """
    if hindrance := hindrance_of(path):
        raise hindrance
    try:
        target = path.resolve(strict=True)
        with _turn(target, path) as alone:
            if alone:
                _clear(target)
            _replace(target, path, content, expected_digest)
    except FileNotFoundError:
        raise StaleFileError(path) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        if name := _REASONS.get(error.errno or 0):
            raise NotWritableError(path, name) from error
        raise NotWritableError(path, "writing.failed", reason=reason) from error


def hindrance_of(path: Path) -> NotWritableError | None:
    """Why this process could not replace the file, as far as can be told without trying; None if nothing is known."""
    try:
        target = path.resolve(strict=True)
    except OSError:
        return None  # it is not there, or not to be seen: whoever reads it says so
    if not (os.access(target, os.W_OK) and os.access(target.parent, os.W_OK | os.X_OK)):
        return NotWritableError(path, "writing.read_only" if _is_on_read_only_system(target) else "writing.forbidden")
    return NotWritableError(path, "writing.mounted") if os.path.ismount(target) else None


def _replace(target: Path, path: Path, content: bytes, expected_digest: str) -> None:
    handle, name = mkstemp(_SUFFIX, _prefix(target), target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            _take_after(target, beside)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if digest_of(target.read_bytes()) != expected_digest:
            raise StaleFileError(path)
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    _save_folder(target.parent)


def _take_after(target: Path, beside: Path) -> None:
    """Gives the new file the owner, mode and further attributes of the old one, as far as this process may."""
    status = target.stat()
    if sys.platform != "win32":
        for owner, group in ((-1, status.st_gid), (status.st_uid, -1)):
            with suppress(OSError):
                os.chown(beside, owner, group)
    shutil.copystat(target, beside)  # after the change of owner, which takes away parts of the mode


def _save_folder(folder: Path) -> None:
    """Makes the new name survive a loss of power. The file is replaced by then, so a refusal is no failure."""
    if sys.platform != "win32":
        with suppress(OSError), _opened(folder) as handle:
            os.fsync(handle)


@contextmanager
def _turn(target: Path, path: Path) -> Iterator[bool]:
    """Waits until no other process writes there; false where the system knows no locks.

    The folder is locked, not the file, which is another one after each writing, and no file is left behind.
    """
    if sys.platform == "win32":
        yield False
    else:
        import fcntl

        with _opened(target.parent) as handle:
            end = time.monotonic() + _PATIENCE
            alone = False
            while not alone:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    alone = True
                except BlockingIOError:
                    if time.monotonic() >= end:
                        raise NotWritableError(path, "writing.locked") from None
                    time.sleep(0.01)
                except OSError:  # some network file systems
                    break
            yield alone


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)


def _clear(target: Path) -> None:
    """Removes what a process left that was killed while it wrote; only for who is sure to be alone."""
    for name in os.listdir(target.parent):  # noqa: PTH208 - names are enough, and a name may hold a wildcard
        if name.startswith(_prefix(target)) and name.endswith(_SUFFIX):
            with suppress(OSError):
                (target.parent / name).unlink()


def _prefix(target: Path) -> str:
    return f".{target.name}."


def _is_on_read_only_system(target: Path) -> bool:
    return sys.platform != "win32" and bool(os.statvfs(target).f_flag & os.ST_RDONLY)
