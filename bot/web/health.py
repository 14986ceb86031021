"""The running bot's heartbeat: a file that it writes every few seconds and that the health check reads.

The check runs every half a minute in each container. So nothing is imported here that takes longer than the rest.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.i18n.catalog import Phrases

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.domain.locales import Language

DATA: Final = "data"
"""The data folder where no other is named."""

FILE_NAME: Final = "health.json"
INTERVAL: Final = 5.0
"""Seconds between two heartbeats."""
_FRESH: Final = timedelta(seconds=30)
"""Age from which the last one counts as none: the process hangs, or was killed."""


class PlatformState(NamedTuple):
    """One platform's connection."""

    connected: bool
    detail: str = ""


class Heartbeat(NamedTuple):
    """What a running bot says of itself.

    `at` is the wall clock's, whatever time is simulated. `problems` are those of the schedule's file as it is now; the
    last good schedule is in service meanwhile. `trouble` is why posts can't go out, in a few words, if they can't, and
    `hindrance` why organizers can't change the file.
    """

    at: datetime
    pid: int
    host: str
    lectures: int
    platforms: Mapping[str, PlatformState]
    problems: tuple[str, ...] = ()
    trouble: str = ""
    hindrance: str = ""

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
        if self.host != _host() or sys.platform == "win32":
            return True
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except OSError:
            return True
        return True


def heartbeat(
    at: datetime,
    lectures: int,
    platforms: Mapping[str, PlatformState],
    problems: tuple[str, ...],
    trouble: str = "",
    hindrance: str = "",
) -> Heartbeat:
    """This process's heartbeat."""
    return Heartbeat(at, os.getpid(), _host(), lectures, platforms, problems, trouble, hindrance)


def write_heartbeat(beat: Heartbeat, folder: Path) -> None:
    """Puts it into the data folder, in the place of the last one at once. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f"{FILE_NAME}.{beat.pid}.new"
    platforms = {name: state._asdict() for name, state in beat.platforms.items()}
    values = {**beat._asdict(), "at": beat.at.isoformat(), "platforms": platforms}
    new.write_text(json.dumps(values, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    new.replace(folder / FILE_NAME)


def remove_heartbeat(folder: Path) -> None:
    """Takes this process's heartbeat away as it ends; one of another process stays. Raises OSError."""
    beat = read_heartbeat(folder)
    if beat and beat.pid == os.getpid() and beat.host == _host():
        (folder / FILE_NAME).unlink(missing_ok=True)


def read_heartbeat(folder: Path | str) -> Heartbeat | None:
    """The last heartbeat in the data folder, if there is one that can be read."""
    try:
        with open(f"{folder}/{FILE_NAME}", "rb") as file:  # noqa: PTH123 - pathlib takes longer than all else here
            values = json.load(file)
        at, states, problems = values.pop("at"), values.pop("platforms"), values.pop("problems")
        platforms = {name: PlatformState(**state) for name, state in states.items()}
        return Heartbeat(datetime.fromisoformat(at), platforms=platforms, problems=tuple(problems), **values)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def health(folder: Path | str, language: Language, now: datetime) -> tuple[bool, str]:
    """What the health check says: how the bot is that uses this data folder and, if it isn't well, what looks into
    that."""
    well, line = checked(folder, language, now)
    data = "" if str(folder) == DATA else f"--data {folder} "
    return well, line if well else Phrases(language, ["cli"])("cli.health.ill", health=line, data=data)


def checked(folder: Path | str, language: Language, now: datetime) -> tuple[bool, str]:
    """Whether the bot that uses this data folder is well, and a sentence on it."""
    say, beat = Phrases(language, ["cli"]), read_heartbeat(folder)
    if not beat:
        return False, say("cli.health.none", folder=str(folder))
    if not beat.process_lives:
        return False, say("cli.health.dead", pid=str(beat.pid))
    if not beat.is_fresh(now):
        return False, say("cli.health.stale", at=f"{beat.at:%Y-%m-%d %H:%M:%S} UTC")
    if beat.disconnected:
        return False, say("cli.health.disconnected", platforms=", ".join(beat.disconnected))
    if beat.trouble:
        return False, say("cli.health.no_posts", reason=beat.trouble)
    line = say("cli.health.well", platforms=", ".join(sorted(beat.platforms)))
    if beat.problems:
        line = say("cli.health.old_schedule", well=line, count=len(beat.problems), first=beat.problems[0])
    if beat.hindrance:
        line = say("cli.health.hindered", well=line, hindrance=beat.hindrance)
    return True, line


def _host() -> str:
    """The machine's name. On Windows nothing depends on it."""
    return "" if sys.platform == "win32" else os.uname().nodename
