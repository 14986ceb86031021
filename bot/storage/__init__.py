"""The database, SQLite or PostgreSQL: the ledger of posts, what was announced, who follows, the revisions."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final

from bot.announcements.ledger import LEASE
from bot.announcements.store import AnnouncementStore
from bot.commands.kept_homes import HomeRecords
from bot.schedule.revisions import Revisions
from bot.sources.versions import SourceVersions
from bot.storage.copies import SqlCopies
from bot.storage.database import Database
from bot.storage.engine import location
from bot.storage.errors import CannotOpenError
from bot.storage.events import SqlEventRecords
from bot.storage.followers import SqlFollowers, SqlPauses
from bot.storage.homes import SqlHomeRecords
from bot.storage.leases import LeaseClock, SqlLeases, elapsed, this_boot_id
from bot.storage.ledger import SqlLedger
from bot.storage.migrations import migrate
from bot.storage.pruning import prune
from bot.storage.revisions import SqlRevisions
from bot.storage.serialization import Loader
from bot.storage.source_versions import SqlSourceVersions
from bot.storage.state import SqlAnnouncedState
from bot.storage.tables import metadata

_PROBE: Final = "probe"
"""The name of a lease that nobody needs."""


@dataclass(frozen=True, slots=True)
class Store(AnnouncementStore):
    """What is kept. Until it was opened, and while the database is away, everything raises LedgerUnavailableError.

    Where other machines may use the database, too, `schedule_lock` makes a lock among them all for whoever changes the
    schedule; else it is None.
    """

    homes: HomeRecords
    revisions: Revisions
    source_versions: SourceVersions
    schedule_lock: Callable[[], AbstractAsyncContextManager[None]] | None
    database: Database
    leases: SqlLeases
    copies: SqlCopies

    async def open(self) -> None:
        """Opens the database and brings its tables up to date; nothing happens if it is open.

        Raises CannotOpenError, or LedgerUnavailableError if it may be there later.
        """
        if not self.database.is_open:
            await self.database.open(metadata.create_all if self.database.location.in_memory else migrate)

    async def probe(self) -> None:
        """Writes something that nobody reads. Raises LedgerUnavailableError if that can't be done, or another copy was
        put in this database's place."""
        await self.leases.acquire(_PROBE, 0.0)
        await self.copies.check()

    async def prune(self, before: datetime) -> None:
        """Removes what was done with before that instant. Raises LedgerUnavailableError."""
        await prune(self.database, before)

    async def close(self) -> None:
        """Waits for the transactions under way, and closes all connections."""
        await self.database.close()


def store(
    address: str | Path,
    zone: tzinfo,
    *,
    elapsed: Callable[[], float] = elapsed,
    boot_id: str | None = None,
    lease: float = LEASE,
) -> Store:
    """The database of that file or URL, not opened yet; `sqlite://` is one in memory. Raises CannotOpenError.

    Times of lectures come back in `zone`, the series'. Leases last for `lease` seconds, the same for all who share a
    database. They run on the machine's clock, unless another `elapsed` and `boot_id` are given, and with PostgreSQL on
    its own.
    """
    database = Database(location(address))
    clock = LeaseClock(elapsed, boot_id or this_boot_id())
    if not database.location.is_sqlite:
        clock = LeaseClock.of_database(elapsed)
    load, leases, copies = Loader(zone), SqlLeases(database, clock), SqlCopies(database)
    return Store(
        ledger=SqlLedger(database, load, clock, lease, copies),
        announced=SqlAnnouncedState(database, load),
        followers=SqlFollowers(database),
        pauses=SqlPauses(database, "paused"),
        collections=SqlPauses(database, "collecting"),
        events=SqlEventRecords(database, leases),
        elapsed=elapsed,
        homes=SqlHomeRecords(database),
        revisions=SqlRevisions(database),
        source_versions=SqlSourceVersions(database),
        schedule_lock=None if database.location.is_sqlite else database.schedule_lock,
        database=database,
        leases=leases,
        copies=copies,
    )


@asynccontextmanager
async def open_store(
    address: str | Path,
    zone: tzinfo,
    *,
    elapsed: Callable[[], float] = elapsed,
    boot_id: str | None = None,
    lease: float = LEASE,
) -> AsyncIterator[Store]:
    """The same, open for the length of the block. Raises CannotOpenError or LedgerUnavailableError."""
    opened = store(address, zone, elapsed=elapsed, boot_id=boot_id, lease=lease)
    try:
        await opened.open()
        yield opened
    finally:
        await opened.close()


__all__ = ["CannotOpenError", "Store", "open_store", "store"]
