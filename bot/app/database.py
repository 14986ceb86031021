"""The database as commands of the command line use it: opened for one piece of work, saved, put back, moved."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.errors import LedgerUnavailableError
from bot.i18n import phrases
from bot.options import ConfigurationError, Options
from bot.settings import Settings
from bot.storage import CannotOpenError, Store, open_store
from bot.storage.copying import EmptyDatabaseError, copy, copy_to_file
from bot.storage.engine import location
from bot.web.health import read_heartbeat


def exists(address: str | Path) -> bool:
    """Whether there may be a database: opening a file that isn't there would make one."""
    return isinstance(address, str) or address.exists()


@asynccontextmanager
async def opened(address: str | Path) -> AsyncIterator[Store]:
    """The database, open for the length of the block. Raises ConfigurationError if it can't be used or reached."""
    try:
        async with open_store(address, UTC) as store:
            yield store
    except CannotOpenError as fault:
        raise ConfigurationError(fault.phrase, **fault.values) from None
    except LedgerUnavailableError as fault:
        raise ConfigurationError("cli.database.unavailable", reason=str(fault)) from None


def backup(options: Options, settings: Settings, file: Path) -> list[str]:
    """Saves everything to a file, in the place of what was there; the bot may go on meanwhile. Returns what to say.

    Raises CannotOpenError, or OSError for the file.
    """
    copy_to_file(location(settings.database(options.data)), file, options.present(UTC))
    return [phrases(options.language)("database.saved", file=str(file))]


def restore(options: Options, settings: Settings, file: Path) -> list[str]:
    """Puts everything back that was saved, after saving what is there now. Returns what to say.

    Raises CannotOpenError, or OSError where what is there can't be saved.
    """
    say, address, now = phrases(options.language), settings.database(options.data), options.present(UTC)
    told = []
    if exists(address):
        before = options.data / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db"
        with suppress(EmptyDatabaseError):
            copy_to_file(location(address), before, now)
            told.append(say("database.saved_before", file=str(before)))
    options.data.mkdir(parents=True, exist_ok=True)
    target = location(address)
    copy(location(file), target, now, in_place=True)
    told.append(say("database.restored", file=str(file), place=target.place))
    beat = read_heartbeat(options.data)
    return [*told, say("database.restart")] if beat and beat.process_lives else told


def copy_to(options: Options, settings: Settings, url: str) -> list[str]:
    """Puts everything into another database, which is empty. Returns what to say. Raises CannotOpenError."""
    target = location(url)
    copy(location(settings.database(options.data)), target, options.present(UTC))
    return [phrases(options.language)("database.copied", place=target.place)]
