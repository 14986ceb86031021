"""What the bot must not forget, in SQLite or PostgreSQL: the ledger, the memory, who follows, and the revisions."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from bot.announcements.ledger import LEASE
from bot.announcements.store import AnnouncementStore
from bot.schedule.revisions import Revisions
from bot.sources.page.sync import Pages
from bot.storage.database import Database, location
from bot.storage.events import SqlEventRecords
from bot.storage.followers import SqlFollowers, SqlPauses
from bot.storage.leases import LeaseClock, elapsed, this_boot
from bot.storage.ledger import SqlLedger
from bot.storage.page_versions import SqlPageVersions
from bot.storage.revisions import SqlRevisions
from bot.storage.serialization import Loader
from bot.storage.state import SqlAnnouncedState
from bot.storage.tables import metadata
from bot.storage.errors import CannotOpenError

DATABASE_FILE: Final = "lecturebot.db"
"""The database's name in the data folder, where no other is chosen."""


@dataclass(frozen=True, slots=True)
class Store(AnnouncementStore):
    """What is kept. Until it was opened, and while the database is away, everything raises LedgerUnavailableError.

    Where other machines may use it, too, whoever changes the schedule has the `turn` meanwhile, alone among them all.
    """

    revisions: Revisions
    pages: Pages
    turn: Callable[[], AbstractAsyncContextManager[None]] | None
    database: Database

    async def open(self) -> None:
        """Opens the database and brings its tables up to date; nothing happens if it is open.

        Raises CannotOpenError, or LedgerUnavailableError if it may be there later.
        """
        if not self.database.is_open:
            await self.database.open(metadata.create_all if self.database.location.in_memory else _migrated)

    async def close(self) -> None:
        """Lets what is under way end, and closes all connections."""
        await self.database.close()


def store(
    address: str | Path,
    zone: tzinfo,
    *,
    elapsed: Callable[[], float] = elapsed,
    boot: str | None = None,
    lease: float = LEASE,
) -> Store:
    """The database of that file or URL, not opened yet; `sqlite://` is one in memory. Raises CannotOpenError.

    Times of lectures come back in `zone`, the series'. Another `elapsed` and `boot` make leases run on a clock of one's
    own, but for PostgreSQL, whose own clock decides. All who share a database must have the same `lease`.
    """
    database = Database(location(address))
    clock = LeaseClock(elapsed, this_boot() if boot is None else boot)
    if not database.location.is_sqlite:
        clock = LeaseClock.of_database(elapsed)
    load = Loader(zone)
    return Store(
        ledger=SqlLedger(database, load, clock, lease),
        announced=SqlAnnouncedState(database, load),
        followers=SqlFollowers(database),
        pauses=SqlPauses(database),
        events=SqlEventRecords(database, clock),
        elapsed=elapsed,
        revisions=SqlRevisions(database),
        pages=SqlPageVersions(database),
        turn=None if database.location.is_sqlite else database.turn,
        database=database,
    )


@asynccontextmanager
async def open_store(
    address: str | Path,
    zone: tzinfo,
    *,
    elapsed: Callable[[], float] = elapsed,
    boot: str | None = None,
    lease: float = LEASE,
) -> AsyncIterator[Store]:
    """The same, open for the length of the block. Raises CannotOpenError or LedgerUnavailableError."""
    opened = store(address, zone, elapsed=elapsed, boot=boot, lease=lease)
    try:
        await opened.open()
        yield opened
    finally:
        await opened.close()


def _migrated(connection: Connection) -> None:
    """Brings the tables up to date; a database in memory, which is always new, has no need of the library for it."""
    from bot.storage.migrations import migrate

    migrate(connection)


__all__ = ["DATABASE_FILE", "CannotOpenError", "Store", "open_store", "store"]
