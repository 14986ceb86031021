"""Transactions on the database, and what happens when it can't be reached."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    Table,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.errors import LedgerUnavailableError
from bot.storage.engine import BUSY_TIMEOUT, CONNECTIONS, READERS, Location, make_engine, try_to_open
from bot.storage.errors import CannotOpenError, is_busy, opening_error, reason_of

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

T = TypeVar("T")
V = TypeVar("V")

_TRANSACTION_TIMEOUT: Final = 20.0
"""Seconds after which a transaction is given up."""

_OPEN_TIMEOUT: Final = 60.0
"""Seconds for opening, in which another process may first have to finish its migration."""

_SCHEDULE_LOCK: Final = 0x6C656374757265
"""The number of the advisory lock in a PostgreSQL database; nobody else is likely to use it."""

_BUSY_INTERVAL: Final = 0.05
"""Seconds between two attempts to prepare a new file that another process is preparing."""

_MOST_VALUES: Final = 500
"""Values in one statement; databases allow some tens of thousands."""

_PAGE_SIZE: Final = 500
"""Rows that are read at once, which takes some thousandths of a second."""


class Database:
    """Runs transactions, each to its end even if whoever waits for it is cancelled.

    A transaction is a function of a connection. SQLite has one writer at a time; those of this process queue for it.
    """

    def __init__(self, location: Location) -> None:
        self.location: Final = location
        self._engine: Final = make_engine(location)
        if location.in_memory:
            self._writing = self._reading = asyncio.Semaphore(1)
        elif location.is_sqlite:
            self._writing, self._reading = asyncio.Semaphore(1), asyncio.Semaphore(READERS)
        else:
            self._writing = self._reading = asyncio.Semaphore(CONNECTIONS)
        self._running: Final[set[asyncio.Task[Any]]] = set()
        self._is_open = False
        self._opened: os.stat_result | None = None
        self._abandoned = ""

    @property
    def is_open(self) -> bool:
        """Whether its tables are known to be up to date."""
        return self._is_open

    async def open(self, prepare: Callable[[Connection], None]) -> None:
        """Has `prepare` make the tables or migrate them. Raises CannotOpenError or LedgerUnavailableError."""
        place = self.location.place
        try:
            if self.location.file:
                self.location.file.parent.mkdir(parents=True, exist_ok=True)
                await asyncio.to_thread(try_to_open, self.location.file)
            async with asyncio.timeout(_OPEN_TIMEOUT):
                await self._prepared_in_turn(prepare)
        except DBAPIError as error:
            raise opening_error(error, place) or LedgerUnavailableError(reason_of(error)) from None
        except TimeoutError as error:
            raise LedgerUnavailableError(reason_of(error)) from None
        except (OSError, sqlite3.OperationalError):
            raise CannotOpenError("store.not_writable", place=place) from None
        self._is_open, self._opened = True, self._stat()

    def abandon(self, reason: str) -> None:
        """Has every transaction from now on raise LedgerUnavailableError for that reason, and raises it."""
        self._abandoned = reason
        raise LedgerUnavailableError(reason)

    async def close(self) -> None:
        """Waits for the transactions under way, and closes all connections."""
        while self._running:
            await asyncio.wait(self._running)
        if isinstance(self._engine, AsyncEngine):
            await self._engine.dispose()
        else:
            self._engine.dispose()

    async def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` returns; all it reads is of one moment. Raises LedgerUnavailableError."""
        return await self._shielded(work, writes=False)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """What `work` returns; it is committed then, unless `work` rolled back. Raises LedgerUnavailableError."""
        return await self._shielded(work, writes=True)

    def spawn(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Begins what is to be finished before the database is closed."""
        task = asyncio.create_task(work, name="transaction")
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    @asynccontextmanager
    async def schedule_lock(self) -> AsyncIterator[None]:
        """PostgreSQL: a lock among all who use the database, held until the end of the block or of its connection.

        Raises LedgerUnavailableError before it begins.
        """
        if isinstance(self._engine, Engine):
            raise TypeError("nobody shares a database in memory")
        async with AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(_TRANSACTION_TIMEOUT):
                    connection = await stack.enter_async_context(self._engine.connect())
                    await connection.execute(select(func.pg_advisory_xact_lock(_SCHEDULE_LOCK)))
            except (DBAPIError, NoConnectionLeft, TimeoutError, OSError) as error:
                raise LedgerUnavailableError(reason_of(error)) from None
            try:
                yield
            finally:
                with suppress(DBAPIError, OSError):
                    await connection.rollback()

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """An insert that has `on_conflict_do_nothing` and `on_conflict_do_update`."""
        if self.location.is_sqlite:
            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)

    async def _prepared_in_turn(self, prepare: Callable[[Connection], None]) -> None:
        """Prepares the database, one process after the other.

        While one turns write-ahead logging on in a new file, SQLite refuses it to the others at once instead of letting
        them wait, so the waiting is done here.
        """
        loop = asyncio.get_running_loop()
        waits_until = loop.time() + BUSY_TIMEOUT / 1000
        while True:
            try:
                return await self._begun(prepare, writes=True)
            except DBAPIError as error:
                if not is_busy(error) or loop.time() >= waits_until:
                    raise
            await asyncio.sleep(_BUSY_INTERVAL)

    async def _shielded(self, work: Callable[[Connection], T], *, writes: bool) -> T:
        return await asyncio.shield(self.spawn(self._transaction(work, writes=writes)))

    async def _transaction(self, work: Callable[[Connection], T], *, writes: bool) -> T:
        if not self._is_open:
            raise LedgerUnavailableError("not opened yet")
        if self._abandoned:
            raise LedgerUnavailableError(self._abandoned)
        self._check_file()
        try:
            async with self._writing if writes else self._reading, asyncio.timeout(_TRANSACTION_TIMEOUT):
                return await self._begun(work, writes=writes)
        except (IntegrityError, DataError):
            raise
        except (DBAPIError, NoConnectionLeft, TimeoutError, OSError) as error:
            raise LedgerUnavailableError(reason_of(error)) from None

    def _check_file(self) -> None:
        """Raises LedgerUnavailableError if another file, or none, is where SQLite's was opened: what is written to one
        that was deleted is gone with the process."""
        present, opened = self._stat(), self._opened
        if opened and not (present and os.path.samestat(present, opened)):
            state = "replaced" if present else "deleted"
            raise LedgerUnavailableError(f"{self.location.place} was {state} while the bot was running; restart it")

    def _stat(self) -> os.stat_result | None:
        """Which file is there; None without one."""
        try:
            return self.location.file.stat() if self.location.file else None
        except OSError:
            return None

    async def _begun(self, work: Callable[[Connection], T], *, writes: bool) -> T:
        if isinstance(self._engine, Engine):
            with self._engine.connect().execution_options(writes=writes) as in_memory, in_memory.begin():
                return work(in_memory)
        async with self._engine.connect() as connection:
            if self.location.is_sqlite:
                await connection.execution_options(writes=writes)
            elif not writes:
                await connection.execution_options(isolation_level="REPEATABLE READ")
            async with connection.begin():
                return await connection.run_sync(work)


def in_parts(values: Iterable[V], most: int = _MOST_VALUES) -> Iterator[list[V]]:
    """The values in parts that one statement can take."""
    rest = iter(values)
    while part := list(islice(rest, most)):
        yield part


def pages(
    connection: Connection, query: Select[*tuple[Any, ...]], *order: ColumnElement[Any]
) -> Iterator[Sequence[Row[*tuple[Any, ...]]]]:
    """The rows in the order of these columns, which must tell them apart, some thousand at a time.

    Between two pages the event loop runs.
    """
    ordered = query.order_by(*order).limit(_PAGE_SIZE)
    page = connection.execute(ordered).all()
    yield page
    while len(page) == _PAGE_SIZE:
        last = (literal(page[-1]._mapping[column], column.type) for column in order)
        page = connection.execute(ordered.where(tuple_(*order) > tuple_(*last))).all()
        yield page
