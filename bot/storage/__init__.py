"""What the bot must not forget, in SQLite or PostgreSQL: the ledger, the memory, who follows, and the revisions."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from bot.announcements.events.calendar import EventRecords
from bot.announcements.ledger import LEASE, Ledger
from bot.announcements.state import AnnouncedState, Followers, Pauses
from bot.schedule.revisions import Revisions
from bot.sources.page.sync import Pages
from bot.storage.database import Database, location
from bot.storage.events import StoredEventRecords
from bot.storage.followers import StoredFollowers, StoredPauses
from bot.storage.ledger import LeaseClock, StoredLedger, elapsed, this_boot
from bot.storage.schedule_versions import StoredPages, StoredRevisions
from bot.storage.state import Snapshots, StoredState
from bot.storage.tables import metadata
from bot.storage.troubles import CannotOpenError

DATABASE_FILE: Final = "lecturebot.db"
"""The database's name in the data folder, where no other is chosen."""


@dataclass(frozen=True, slots=True)
class Store:
    """What is kept. `elapsed` is the clock of seconds on which claims end.

    Where other machines may use it, too, whoever changes the schedule has the `turn` meanwhile, alone among them all.
    """

    ledger: Ledger
    announced: AnnouncedState
    followers: Followers
    revisions: Revisions
    pauses: Pauses
    pages: Pages
    events: EventRecords
    elapsed: Callable[[], float]
    turn: Callable[[], AbstractAsyncContextManager[None]] | None


@asynccontextmanager
async def open_store(
    address: str | Path,
    zone: tzinfo,
    *,
    elapsed: Callable[[], float] = elapsed,
    boot: str | None = None,
    lease: float = LEASE,
) -> AsyncIterator[Store]:
    """The database of that file or URL for the length of the block; `sqlite://` is one in memory.

    Times of lectures come back in `zone`, the series'. Another `elapsed` and `boot` make leases run on a clock of one's
    own, but for PostgreSQL, whose own clock decides. All who share a database must have the same `lease`. Raises
    CannotOpenError, or LedgerUnavailable if it may be there later.
    """
    database = Database(location(address))
    try:
        await database.open(metadata.create_all if database.location.in_memory else _migrated)
        clock = LeaseClock(elapsed, this_boot() if boot is None else boot)
        if not database.location.is_sqlite:
            clock = LeaseClock.of_database(elapsed)
        snapshots = Snapshots(zone)
        yield Store(
            StoredLedger(database, snapshots, clock, lease),
            StoredState(database, snapshots),
            StoredFollowers(database),
            StoredRevisions(database),
            StoredPauses(database),
            StoredPages(database),
            StoredEventRecords(database, clock),
            elapsed,
            None if database.location.is_sqlite else database.turn,
        )
    finally:
        await database.close()


def _migrated(connection: Connection) -> None:
    """Brings the tables up to date; a database in memory, which is always new, has no need of the library for it."""
    from bot.storage.migrations import migrate

    migrate(connection)


__all__ = ["DATABASE_FILE", "CannotOpenError", "Store", "open_store"]
