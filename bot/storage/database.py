"""One database for all that is kept: its connections, its transactions, and what happens when it is away."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    Table,
    create_engine,
    event,
    func,
    literal,
    make_url,
    select,
    tuple_,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, StaticPool

from bot.domain.errors import LedgerUnavailableError
from bot.storage.errors import CannotOpenError, is_busy, opening_trouble, reason_of

_SQLITE: Final = "sqlite+aiosqlite"
_POSTGRESQL: Final = "postgresql+psycopg"
_DRIVERS: Final = {
    "sqlite": _SQLITE,
    "sqlite+aiosqlite": _SQLITE,
    "postgres": _POSTGRESQL,
    "postgresql": _POSTGRESQL,
    "postgresql+psycopg": _POSTGRESQL,
}


@dataclass(frozen=True, slots=True)
class Location:
    """A database's address. Its text form holds no password, and neither does `place`, which is for messages."""

    url: URL

    @property
    def is_sqlite(self) -> bool:
        """Whether it is SQLite; else it is PostgreSQL."""
        return self.url.drivername == _SQLITE

    @property
    def in_memory(self) -> bool:
        """Whether it vanishes with the process."""
        return self.is_sqlite and self.url.database in (None, "", ":memory:")

    @property
    def file(self) -> Path | None:
        """The file of SQLite, unless it is told in SQLite's own notation for it."""
        name = self.url.database
        plain = self.is_sqlite and not self.in_memory and name and "uri" not in self.url.query
        return Path(name) if plain and name else None

    @property
    def place(self) -> str:
        """What to call it in a message."""
        if self.is_sqlite:
            return self.url.database or ":memory:"
        return "/".join(filter(None, [self.url.host, self.url.database])) or "PostgreSQL"


def location(address: str | Path) -> Location:
    """The database of that file, or of that URL as people write it. Raises CannotOpenError."""
    if isinstance(address, Path):
        return Location(URL.create(_SQLITE, database=str(address)))
    try:
        url = make_url(address.strip())
        driver = _DRIVERS[url.drivername.lower()]
    except (ArgumentError, ValueError, KeyError):
        raise CannotOpenError("store.wrong_url") from None
    return Location(url.set(drivername=driver))


T = TypeVar("T")
V = TypeVar("V")
E = TypeVar("E", AsyncEngine, Engine)

_READERS: Final = 4
"""Connections that read a SQLite file side by side, while one writes."""

_CONNECTIONS: Final = 8
"""Connections to PostgreSQL, whatever for; one more is for the schedule's lock."""

_LIMIT: Final = 20.0
"""Seconds after which a transaction is given up."""

_OPENS_WITHIN: Final = 60.0
"""Seconds for opening, in which another process may first have to finish its migration."""

_SCHEDULE_LOCK: Final = 0x6C656374757265
"""The number of the lock in a PostgreSQL database, where nobody else is likely to use it."""

_CONNECTS_WITHIN: Final = 5
_BUSY: Final = 10_000
"""Milliseconds that SQLite waits for another process to finish writing."""

_AGAIN: Final = 0.05
"""Seconds after which a new file is asked for again that another process was preparing."""

_AT_ONCE: Final = 500
"""Values in one statement; databases allow some tens of thousands."""

_PAGE: Final = 2000
"""Rows that are taken in at once, which takes some hundredths of a second."""


class Database:
    """Runs transactions, each to its end even if whoever waits for it is cancelled.

    A transaction is a function of a connection. SQLite has one writer at a time; those of this process queue for it.
    """

    def __init__(self, location: Location) -> None:
        self.location: Final = location
        self._engine: Final = _engine(location)
        if location.in_memory:
            self._writing = self._reading = asyncio.Semaphore(1)
        elif location.is_sqlite:
            self._writing, self._reading = asyncio.Semaphore(1), asyncio.Semaphore(_READERS)
        else:
            self._writing = self._reading = asyncio.Semaphore(_CONNECTIONS)
        self._running: Final[set[asyncio.Task[Any]]] = set()
        self._is_open = False

    @property
    def is_open(self) -> bool:
        """Whether its tables are known to be up to date."""
        return self._is_open

    async def open(self, prepare: Callable[[Connection], None]) -> None:
        """Has the tables made or brought up to date by `prepare`. Raises CannotOpenError or LedgerUnavailableError."""
        place = self.location.place
        try:
            if self.location.file:
                self.location.file.parent.mkdir(parents=True, exist_ok=True)
                await asyncio.to_thread(_try_out, self.location.file)
            async with asyncio.timeout(_OPENS_WITHIN):
                await self._prepared_in_turn(prepare)
        except DBAPIError as error:
            raise opening_trouble(error, place) or LedgerUnavailableError(reason_of(error)) from None
        except TimeoutError as error:
            raise LedgerUnavailableError(reason_of(error)) from None
        except (OSError, sqlite3.OperationalError):
            raise CannotOpenError("store.not_writable", place=place) from None
        self._is_open = True

    async def close(self) -> None:
        """Lets the transactions under way end, and closes all connections."""
        while self._running:
            await asyncio.wait(self._running)
        if isinstance(self._engine, AsyncEngine):
            await self._engine.dispose()
        else:
            self._engine.dispose()

    async def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` finds; all it reads is of one moment. Raises LedgerUnavailableError."""
        return await self._whole(work, writes=False)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """What `work` returns, done once it has returned and undone if it rolled back. Raises
        LedgerUnavailableError."""
        return await self._whole(work, writes=True)

    @asynccontextmanager
    async def schedule_lock(self) -> AsyncIterator[None]:
        """PostgreSQL: a lock among all who use the database, held until the end of the block or of its connection.

        Raises LedgerUnavailableError before it begins.
        """
        if isinstance(self._engine, Engine):
            raise TypeError("nobody shares a database in memory")
        async with AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(_LIMIT):
                    connection = await stack.enter_async_context(self._engine.connect())
                    await connection.execute(select(func.pg_advisory_xact_lock(_SCHEDULE_LOCK)))
            except (DBAPIError, NoConnectionLeft, TimeoutError, OSError) as error:
                raise LedgerUnavailableError(reason_of(error)) from None
            try:
                yield
            finally:
                with suppress(DBAPIError, OSError):
                    await connection.rollback()

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An insertion that can say what is to happen where a row is there already."""
        return sqlite.insert(table) if self.location.is_sqlite else postgresql.insert(table)

    async def _prepared_in_turn(self, prepare: Callable[[Connection], None]) -> None:
        """Prepares a new file in turn with others who found it new at the same moment.

        While one of them turns write-ahead logging on, SQLite refuses it to the others at once instead of letting them
        wait, so that the waiting is done here.
        """
        loop = asyncio.get_running_loop()
        waits_until = loop.time() + _BUSY / 1000
        while True:
            try:
                return await self._begun(prepare, writes=True)
            except DBAPIError as error:
                if not is_busy(error) or loop.time() >= waits_until:
                    raise
            await asyncio.sleep(_AGAIN)

    async def _whole(self, work: Callable[[Connection], T], *, writes: bool) -> T:
        task = asyncio.create_task(self._transaction(work, writes=writes), name="transaction")
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def _transaction(self, work: Callable[[Connection], T], *, writes: bool) -> T:
        if not self._is_open:
            raise LedgerUnavailableError("not opened yet")
        try:
            async with self._writing if writes else self._reading, asyncio.timeout(_LIMIT):
                return await self._begun(work, writes=writes)
        except (IntegrityError, DataError):
            raise
        except (DBAPIError, NoConnectionLeft, TimeoutError, OSError) as error:
            raise LedgerUnavailableError(reason_of(error)) from None

    async def _begun(self, work: Callable[[Connection], T], *, writes: bool) -> T:
        if isinstance(self._engine, Engine):
            with self._engine.connect().execution_options(writes=writes) as at_hand, at_hand.begin():
                return work(at_hand)
        async with self._engine.connect() as connection:
            if self.location.is_sqlite:
                await connection.execution_options(writes=writes)
            elif not writes:
                await connection.execution_options(isolation_level="REPEATABLE READ")
            async with connection.begin():
                return await connection.run_sync(work)


def in_parts(values: Iterable[V]) -> Iterator[list[V]]:
    """The values in parts that one statement can take."""
    rest = iter(values)
    while part := list(islice(rest, _AT_ONCE)):
        yield part


def pages(
    connection: Connection, query: Select[*tuple[Any, ...]], *order: ColumnElement[Any]
) -> Iterator[Sequence[Row[*tuple[Any, ...]]]]:
    """The rows in the order of these columns, which must tell them apart, some thousand at a time.

    Between two pages all else that the process has to do gets its turn.
    """
    ordered = query.order_by(*order).limit(_PAGE)
    page = connection.execute(ordered).all()
    yield page
    while len(page) == _PAGE:
        last = (literal(page[-1]._mapping[column], column.type) for column in order)
        page = connection.execute(ordered.where(tuple_(*order) > tuple_(*last))).all()
        yield page


def _try_out(file: Path) -> None:
    """Opens a file as SQLite does. Raises sqlite3.OperationalError.

    Where that fails inside of aiosqlite, its thread speaks to the event loop later than anybody waits for it.
    """
    sqlite3.connect(file).close()


def _engine(location: Location) -> AsyncEngine | Engine:
    """The connections. What is in memory is asked directly: a thread for it would only cost time."""
    options: dict[str, Any] = {"hide_parameters": True, "execution_options": {"preserve_rowcount": True}}
    if location.in_memory:
        announced = create_engine(location.url.set(drivername="sqlite"), poolclass=StaticPool, **options)
        return _prepared(announced, announced)
    options |= {
        "poolclass": AsyncAdaptedQueuePool,
        "max_overflow": 0,
        "pool_reset_on_return": None,  # every transaction is ended where it began
    }
    if location.is_sqlite:
        file = create_async_engine(location.url, pool_size=1 + _READERS, **options)
        return _prepared(file, file.sync_engine)
    given = {"connect_timeout": _CONNECTS_WITHIN, "application_name": "lecturebot"}
    arguments = {name: value for name, value in given.items() if name not in location.url.query}
    # Prepared statements would break behind poolers that hand out another connection for each transaction.
    arguments["prepare_threshold"] = None
    return create_async_engine(
        location.url, connect_args=arguments, pool_size=1 + _CONNECTIONS, pool_pre_ping=True, **options
    )


def _prepared(engine: E, listened: Engine) -> E:
    """The engine of a SQLite database whose connections and transactions begin as they should."""
    event.listen(listened, "connect", _on_connect)
    event.listen(listened, "begin", _on_begin)
    return engine


def _on_connect(connection: Any, _record: object) -> None:
    """SQLite: transactions begin where we say so, references hold, and what is committed survives a power cut."""
    try:
        connection.isolation_level = None
        cursor = connection.cursor()
        for setting in (f"busy_timeout = {_BUSY}", "foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL"):
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()
    except BaseException:
        connection.close()  # nobody else would, and its thread would go on
        raise


def _on_begin(connection: Connection) -> None:
    """A writer of SQLite takes its turn at the very beginning: a reader that turns writer may be refused midway."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
