"""The running bot's sign of life: written by it every few seconds, read by the health check and over HTTP."""

import os
import socket
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

FILE_NAME: Final = "health.json"
INTERVAL: Final = 5.0
"""Seconds between two signs of life."""
_FRESH: Final = timedelta(seconds=30)
"""Age from which the last sign counts as none: the process hangs, or was killed."""


class PlatformState(BaseModel):
    """One platform's connection."""

    model_config = ConfigDict(frozen=True)

    connected: bool
    detail: str = ""


class Heartbeat(BaseModel):
    """What a running bot says of itself. `at` is the wall clock's, whatever time is simulated."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    pid: int
    host: str
    lectures: int
    platforms: Mapping[str, PlatformState]
    problems: tuple[str, ...] = ()
    """What is wrong with the schedule's file as it is now; the last good schedule is in service meanwhile."""

    @property
    def disconnected(self) -> list[str]:
        """The platforms that members get no answers on, each with what is the matter."""
        states = sorted(self.platforms.items())
        return [f"{name} ({state.detail or '?'})" for name, state in states if not state.connected]

    def is_fresh(self, now: datetime) -> bool:
        """Whether it was given just before; one from the future tells of a wrong clock, not of a dead bot."""
        return now - self.at <= _FRESH

    @property
    def process_lives(self) -> bool:
        """Whether the process that gave it still runs; only its own machine can tell that it doesn't."""
        if self.host != socket.gethostname() or sys.platform == "win32":
            return True
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except OSError:
            return True
        return True


def heartbeat(
    at: datetime, lectures: int, platforms: Mapping[str, PlatformState], problems: tuple[str, ...]
) -> Heartbeat:
    """This process's sign of life."""
    return Heartbeat(
        at=at, pid=os.getpid(), host=socket.gethostname(), lectures=lectures, platforms=platforms, problems=problems
    )


def write_heartbeat(sign: Heartbeat, folder: Path) -> None:
    """Puts it into the data folder, in the place of the last one at once. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f"{FILE_NAME}.{sign.pid}.new"
    new.write_text(sign.model_dump_json(indent=2) + "\n", encoding="utf-8")
    new.replace(folder / FILE_NAME)


def remove_heartbeat(folder: Path) -> None:
    """Takes this process's sign away as it ends; one that another process has given since stays. Raises OSError."""
    sign = read_sign(folder)
    if sign and sign.pid == os.getpid() and sign.host == socket.gethostname():
        (folder / FILE_NAME).unlink(missing_ok=True)


def read_sign(folder: Path) -> Heartbeat | None:
    """The last sign of life in the data folder, if there is one that can be read."""
    try:
        return Heartbeat.model_validate_json((folder / FILE_NAME).read_bytes())
    except (OSError, ValidationError):
        return None
