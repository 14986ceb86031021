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
        if self.lectures:
            return self.lectures
        here = Path(_FILE)
        return here if here.exists() else _shipped() or here

    @property
    def served(self) -> Path:
        """The schedule that a bot with a token serves: the one named, else the one in the current folder, but not the
        one that comes with the bot unless that is named. Raises ConfigurationError."""
        if self.lectures:
            return self.lectures
        if self.is_shipped:
            raise ConfigurationError("cli.run.shipped" if Path(_FILE).exists() else "cli.run.no_schedule")
        return self.file

    @property
    def is_shipped(self) -> bool:
        """Whether the schedule is the one that comes with the bot, because none was named, or there is none at all."""
        shipped = _shipped()
        return not self.lectures and (not self.file.exists() or (shipped is not None and shipped.samefile(self.file)))

    @contextmanager
    def trial(self) -> "Iterator[Options]":
        """The same for the length of the block; with a copy of the schedule if that is the one that comes with the bot,
        so that trying things out never changes it."""
        if not self.is_shipped or not self.file.exists():
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


def _shipped() -> Path | None:
    """The schedule that comes with the bot: in its package or, in a checkout, beside it."""
    package = Path(bot.__file__).parent
    return next((path for path in (package / _FILE, package.parent / _FILE) if path.exists()), None)
