"""Versions of tables whose rows are kept in memory: who changes one counts it up in the same transaction."""

from sqlalchemy import Connection, Table, select

from bot.storage.database import Database
from bot.storage.tables import versions


def version_of(connection: Connection, table: Table, *, locked: bool = False) -> int | None:
    """The table's version; None before its first change. `locked` has others wait who want to count it up."""
    query = select(versions.c.version).where(versions.c.name == table.name)
    return connection.scalar(query.with_for_update() if locked else query)


def count_up(database: Database, connection: Connection, table: Table) -> None:
    """Says that the table's rows have changed."""
    first = database.insert(versions).values(name=table.name, version=1)
    counted = {"version": versions.c.version + 1}
    connection.execute(first.on_conflict_do_update(index_elements=[versions.c.name], set_=counted))
