"""Leases: what one process at a time may do, and the clock on which they run out."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Double, Table, and_, cast, extract, func, literal, or_, update

from bot.announcements.events.calendar import Lease
from bot.storage.database import Database
from bot.storage.tables import leases

_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")
_DATABASE: Final = "database"
"""The id of the database's own clock."""


def elapsed() -> float:
    """Seconds on a clock that nobody sets and that, where the system has one, goes on while the machine sleeps."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


@cache
def this_boot_id() -> str:
    """The id of this boot of the machine: `elapsed` starts anew with each.

    Where the system has none, each process gets an id of its own; there only one may use a file.
    """
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return str(uuid4())


@dataclass(frozen=True, slots=True)
class LeaseClock:
    """Measures leases by the machine's `elapsed`, or by the database's clock where several machines share it.

    `id` tells clocks apart: a lease that was measured on another one has run out.
    """

    elapsed: Callable[[], float]
    id: str

    @classmethod
    def of_database(cls, elapsed: Callable[[], float]) -> "LeaseClock":
        """The database's clock; `elapsed` remains what claims tell their holder."""
        return cls(elapsed, _DATABASE)

    def present(self) -> ColumnElement[float]:
        """The present as an expression; to be taken before the statement waits for anything."""
        if self.id == _DATABASE:
            return cast(extract("epoch", func.clock_timestamp()), Double)
        return literal(self.elapsed(), Double)

    def until(self, seconds: float) -> dict[str, Any]:
        """The columns of a row whose lease ends in so many seconds."""
        return {"lease_ends": self.present() + seconds, "lease_clock": self.id}

    def expired(self, table: Table) -> ColumnElement[bool]:
        """Whether the lease of a row of that table has run out."""
        return or_(table.c.lease_clock != self.id, table.c.lease_ends <= self.present())


class SqlLeases:
    """Leases by name, each held by one process at a time."""

    def __init__(self, database: Database, clock: LeaseClock) -> None:
        self._database: Final = database
        self._clock: Final = clock

    async def acquire(self, name: str, seconds: float) -> Lease | None:
        """Acquires the lease for so long; None while another process has it. Raises LedgerUnavailableError."""
        begun, until = self._clock.elapsed(), self._clock.until(seconds)
        which = and_(leases.c.name == name, self._clock.expired(leases))
        taken = update(leases).where(which).values(version=leases.c.version + 1, **until).returning(leases.c.version)
        first = self._database.insert(leases).values(name=name, version=1, **until).on_conflict_do_nothing()

        def take(connection: Connection) -> int | None:
            again: int | None = connection.scalar(taken)
            return again or connection.scalar(first.returning(leases.c.version))

        version = await self._database.write(take)
        return Lease(begun + seconds, version) if version else None

    async def release(self, name: str, lease: Lease) -> None:
        """Lets others acquire it at once. Raises LedgerUnavailableError."""
        own = and_(leases.c.name == name, leases.c.version == lease.version)
        step = update(leases).where(own).values(lease_ends=0.0)
        await self._database.write(lambda connection: connection.execute(step))
