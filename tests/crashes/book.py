"""The ledger as its tables say, read while processes write it and after they were killed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, select, text

from bot.storage.engine import location
from bot.storage.tables import posts


@dataclass(frozen=True, slots=True)
class Entry:
    """One post: where to, how it stands, and the id of its message."""

    address: str
    status: str
    message: str | None
    reason: str | None


class Book:
    """Reads a database that has its tables; of a file it is known without reading whether it has changed."""

    def __init__(self, address: str | Path) -> None:
        where = location(address)
        self._is_file = where.is_sqlite
        self._engine = create_engine(where.url.set(drivername="sqlite") if where.is_sqlite else where.url)
        self._seen: tuple[int, list[Entry]] | None = None

    def entries(self) -> list[Entry]:
        """Every post."""
        columns = (posts.c.address, posts.c.status, posts.c.message_id, posts.c.reason)
        with self._engine.connect() as connection:
            version = connection.scalar(text("PRAGMA data_version")) if self._is_file else None
            if version is None or not self._seen or self._seen[0] != version:
                found = [Entry(str(row[0]), row[1], row[2], row[3]) for row in connection.execute(select(*columns))]
                self._seen = version or 0, found
            return self._seen[1]

    def count(self, status: str) -> int:
        """How many posts stand so."""
        return [entry.status for entry in self.entries()].count(status)

    def close(self) -> None:
        """Ends the connections."""
        self._engine.dispose()


@contextmanager
def opened(address: str | Path) -> Iterator[Book]:
    """The ledger at that address for the length of the block."""
    book = Book(address)
    try:
        yield book
    finally:
        book.close()
