"""The database as commands of the command line use it: opened for one piece of work, with its faults as sentences."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC
from pathlib import Path

from bot.domain.errors import LedgerUnavailableError
from bot.options import ConfigurationError
from bot.storage import CannotOpenError, Store, open_store


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
