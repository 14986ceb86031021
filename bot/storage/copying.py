"""Everything from one database into another, as of one moment: for backups, restoring them, and moving."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import mkstemp
from typing import Final

from sqlalchemy import Connection, Table, insert, select, update
from sqlalchemy.exc import DBAPIError

from bot.announcements.ledger import PostStatus
from bot.storage.copies import mark_copied
from bot.storage.engine import Location, make_reader, make_writer
from bot.storage.errors import CannotOpenError, opening_error, reason_of
from bot.storage.migrations import is_present, migrate
from bot.storage.tables import leases, metadata, posts

_ROWS: Final = 1000
"""Rows that are held in memory at once."""


class EmptyDatabaseError(CannotOpenError):
    """There is nothing of the bot's in a database."""


def copy(source: Location, target: Location, now: datetime, *, in_place: bool = False) -> None:
    """Puts everything from one database into another, in one transaction each. Whoever uses the source goes on.

    What the target held before is gone if it is `in_place`; else it must be empty. Raises CannotOpenError.
    """
    if source.file and not source.file.exists():
        raise CannotOpenError("store.missing", place=source.place)
    with _connected(source, writes=False) as reading:
        if not is_present(reading):
            raise EmptyDatabaseError("store.other_version", place=source.place)
        with _connected(target, writes=True) as writing:
            migrate(writing)
            if not in_place and _is_used(writing):
                raise CannotOpenError("store.used", place=target.place)
            for table in reversed(metadata.sorted_tables):
                writing.execute(table.delete())
            for table in metadata.sorted_tables:
                _copy_table(table, reading, writing)
            # What was certainly not sent by then may be out by now.
            waiting = update(posts).where(posts.c.status == PostStatus.WAITING)
            writing.execute(waiting.values(status=PostStatus.HELD))
            mark_copied(writing, now)


def copy_to_file(source: Location, file: Path, now: datetime) -> None:
    """Puts everything into one SQLite file, in the place of what was there. Raises CannotOpenError or OSError."""
    handle, name = mkstemp(".new", f".{file.name}.", file.absolute().parent)
    os.close(handle)
    beside = Path(name)
    try:
        copy(source, Location.of_file(beside), now)
        with closing(sqlite3.connect(beside)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")  # else it would be a file with others beside it
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


@contextmanager
def _connected(location: Location, *, writes: bool) -> Iterator[Connection]:
    """A transaction, for reading as of one moment or for writing. Raises CannotOpenError."""
    engine = make_writer(location) if writes else make_reader(location)
    try:
        with engine.connect().execution_options(writes=writes) as connection, connection.begin():
            yield connection
    except DBAPIError as error:
        raise opening_error(error, location.place) or CannotOpenError(
            "cli.database.unavailable", reason=reason_of(error)
        ) from None
    finally:
        engine.dispose()


def _is_used(connection: Connection) -> bool:
    return any(connection.execute(select(table).limit(1)).first() for table in metadata.sorted_tables)


def _copy_table(table: Table, reading: Connection, writing: Connection) -> None:
    """Copies the rows in the order of their keys, since some name others before them. Leases stay behind: nobody holds
    one on the copy."""
    if table is leases:
        return
    rows = reading.execution_options(yield_per=_ROWS).execute(select(table).order_by(*table.primary_key))
    for part in rows.mappings().partitions():
        writing.execute(insert(table), [dict(row) for row in part])
