"""Where the database is, and how it is connected to."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, StaticPool

from bot.storage.errors import CannotOpenError

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

    @classmethod
    def of_file(cls, file: Path) -> "Location":
        """SQLite's file of that name."""
        return cls(URL.create(_SQLITE, database=str(file)))

    @property
    def is_sqlite(self) -> bool:
        """Whether it is SQLite; else it is PostgreSQL."""
        return self.url.drivername == _SQLITE

    @property
    def in_memory(self) -> bool:
        """Whether it is in memory, and ends with the process."""
        return self.is_sqlite and self.url.database in (None, "", ":memory:")

    @property
    def file(self) -> Path | None:
        """SQLite's file, if it is given as a plain path and not as a `file:` URI."""
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
        return Location.of_file(address)
    try:
        url = make_url(address.strip())
        driver = _DRIVERS[url.drivername.lower()]
    except (ArgumentError, ValueError, KeyError):
        raise CannotOpenError("store.wrong_url") from None
    return Location(url.set(drivername=driver))


E = TypeVar("E", AsyncEngine, Engine)

READERS: Final = 4
"""Connections that read a SQLite file side by side, while one writes."""

CONNECTIONS: Final = 8
"""Connections to PostgreSQL, whatever for; one more is for the schedule's lock."""

_CONNECT_TIMEOUT: Final = 5
"""Seconds for a new connection to PostgreSQL."""

BUSY_TIMEOUT: Final = 10_000
"""Milliseconds that SQLite waits for another process to finish writing."""


def try_to_open(file: Path) -> None:
    """Opens and closes a SQLite file. Raises sqlite3.OperationalError.

    To be done before aiosqlite opens it: after a failure, its thread may call the event loop when that is closed.
    """
    sqlite3.connect(file).close()


def make_engine(location: Location) -> AsyncEngine | Engine:
    """The engine. A database in memory gets a synchronous one: a thread would only cost time."""
    options: dict[str, Any] = {"hide_parameters": True, "execution_options": {"preserve_rowcount": True}}
    if location.in_memory:
        in_memory = create_engine(location.url.set(drivername="sqlite"), poolclass=StaticPool, **options)
        return _listening(in_memory, in_memory)
    options |= {
        "poolclass": AsyncAdaptedQueuePool,
        "max_overflow": 0,
        "pool_reset_on_return": None,  # every transaction is ended where it began
    }
    if location.is_sqlite:
        file = create_async_engine(location.url, pool_size=1 + READERS, **options)
        return _listening(file, file.sync_engine)
    given = {"connect_timeout": _CONNECT_TIMEOUT, "application_name": "lecturebot"}
    arguments = {name: value for name, value in given.items() if name not in location.url.query}
    # Prepared statements would break behind poolers that hand out another connection for each transaction.
    arguments["prepare_threshold"] = None
    return create_async_engine(
        location.url, connect_args=arguments, pool_size=1 + CONNECTIONS, pool_pre_ping=True, **options
    )


def make_reader(location: Location) -> Engine:
    """An engine that reads as of one moment, without threads; SQLite's file isn't changed, not even its mode."""
    if not location.file:
        return create_engine(location.url, hide_parameters=True, isolation_level="REPEATABLE READ")
    address = f"{location.file.absolute().as_uri()}?mode=ro"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, BUSY_TIMEOUT / 1000, uri=True, isolation_level=None)

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool, hide_parameters=True)
    event.listen(engine, "begin", _on_begin)
    return engine


def make_writer(location: Location) -> Engine:
    """An engine that writes, without threads."""
    if not location.is_sqlite:
        return create_engine(location.url, hide_parameters=True)
    engine = create_engine(location.url.set(drivername="sqlite"), hide_parameters=True)
    return _listening(engine, engine)


def _listening(engine: E, listened: Engine) -> E:
    """The engine of a SQLite database, with what is to be done when connections and transactions begin."""
    event.listen(listened, "connect", _on_connect)
    event.listen(listened, "begin", _on_begin)
    return engine


def _on_connect(connection: Any, _record: object) -> None:
    """SQLite: no implicit transactions, foreign keys enforced, commits survive a power cut."""
    try:
        connection.isolation_level = None
        cursor = connection.cursor()
        for setting in (
            f"busy_timeout = {BUSY_TIMEOUT}",
            "foreign_keys = ON",
            "journal_mode = WAL",
            "synchronous = FULL",
        ):
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()
    except BaseException:
        connection.close()  # else its thread would go on
        raise


def _on_begin(connection: Connection) -> None:
    """SQLite: a writer locks the file at the beginning, since a reader that begins to write may be refused."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
