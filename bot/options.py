"""What the command line says, whatever the command; and that the bot was set up wrongly."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Final

import bot
from bot.clock import Clock, NoMomentError, OutOfRangeError, RealClock, SimulatedClock, moment
from bot.domain.language import Language

_FILE: Final = "lectures.yaml"
_PLACES: Final = (Path(_FILE), Path("schedule") / _FILE)
"""Where a schedule is looked for; the second is that of the container, and of a checkout, where the first is taken."""


class ConfigurationError(Exception):
    """The bot was set up wrongly. Carries the name of the phrase that says how, and what fills its placeholders."""

    def __init__(self, phrase: str, **values: str) -> None:
        super().__init__(phrase, values)
        self.phrase: Final = phrase
        self.values: Final = values


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says, whatever the command.

    `language` is that of the person at the terminal, `chosen` the one that was asked for by name, for all that is
    printed.
    """

    language: Language
    data: Path
    lectures: Path | None = None
    now: str | None = None
    speed: float | None = None
    chosen: Language | None = None

    @property
    def file(self) -> Path:
        """The schedule: the one named, else the one in the current folder, else the one that comes with the bot."""
        here = _PLACES[0]
        return self.lectures or _own() or (here if here.exists() else _shipped()) or here

    @property
    def new_file(self) -> Path:
        """Where a schedule of one's own is to be."""
        return self.lectures or next((path for path in _PLACES if not _is_shipped(path)), _PLACES[0])

    @property
    def served(self) -> Path:
        """The schedule that a bot with a token serves: the one named, else the one in the current folder, but not the
        one that comes with the bot unless that is named. Raises ConfigurationError."""
        own = self.lectures or _own()
        if own is None:
            raise ConfigurationError("cli.run.shipped" if _PLACES[0].exists() else "cli.run.no_schedule")
        return own

    @contextmanager
    def trial(self) -> "Iterator[Options]":
        """The same for the length of the block; with a copy of the schedule if that is the one that comes with the bot,
        so that trying things out never changes it."""
        if self.lectures or not _is_shipped(self.file):
            yield self
            return
        from shutil import copy
        from tempfile import TemporaryDirectory

        with TemporaryDirectory() as folder:
            yield replace(self, lectures=Path(copy(self.file, folder)))

    @property
    def calendars(self) -> Path:
        """The folder for calendar files that somebody asked for in the terminal."""
        return self.data / "calendar"

    def present(self, zone: tzinfo) -> datetime:
        """The instant at which the clock starts. Raises ConfigurationError."""
        return datetime.now(UTC) if self.now is None else self.instant(self.now, zone)

    def instant(self, typed: str, zone: tzinfo) -> datetime:
        """The aware instant that an option names, in `zone` unless it says otherwise. Raises ConfigurationError."""
        try:
            return moment(typed, zone)
        except NoMomentError:
            raise ConfigurationError("cli.now.wrong", typed=typed) from None
        except OutOfRangeError:
            raise ConfigurationError("cli.now.out_of_range") from None

    def clock(self, zone: tzinfo) -> Clock:
        """The clock that everything goes by. Raises ConfigurationError."""
        return RealClock() if self.now is None and self.speed is None else self.movable_clock(zone)

    def movable_clock(self, zone: tzinfo) -> SimulatedClock:
        """A clock that can be set while it runs. Raises ConfigurationError."""
        return SimulatedClock(self.present(zone), 1.0 if self.speed is None else self.speed)


def _own() -> Path | None:
    """The schedule in the current folder, if there is one beside the one that comes with the bot."""
    return next((path for path in _PLACES if path.exists() and not _is_shipped(path)), None)


def _is_shipped(path: Path) -> bool:
    shipped = _shipped()
    return shipped is not None and path.exists() and shipped.samefile(path)


def _shipped() -> Path | None:
    """The schedule that comes with the bot: in its package or, in a checkout, beside it."""
    package = Path(bot.__file__).parent
    return next((path for path in (package / _FILE, package.parent / _FILE) if path.exists()), None)
