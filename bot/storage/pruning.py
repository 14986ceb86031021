"""Removes what nobody needs any more. The versions of the schedule stay: they are its log."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, select

from bot.announcements.ledger import PostStatus
from bot.storage.database import Database
from bot.storage.tables import followers, news, post_keys, posts, source_versions

_AT_ONCE: Final = 500
"""Rows that go in one transaction, so that nobody waits for long."""


async def prune(database: Database, before: datetime) -> int:
    """Removes posts that were settled before that instant, the news that they told, who left before it, and versions of
    pages but the newest. Returns how many rows went. Raises LedgerUnavailableError."""
    newest = select(func.max(source_versions.c.id)).group_by(source_versions.c.source)
    old: list[tuple[Table, ColumnElement[bool]]] = [
        (posts, and_(posts.c.status.in_((PostStatus.SENT, PostStatus.SKIPPED)), posts.c.created_at < before)),
        (news, news.c.settled_at < before),
        (followers, and_(~followers.c.following, followers.c.changed_at < before)),
        (source_versions, source_versions.c.id.not_in(newest)),
    ]
    return sum([await _removed(database, table, which) for table, which in old])


async def _removed(database: Database, table: Table, which: ColumnElement[bool]) -> int:
    (key,) = table.primary_key
    some = select(key).where(which).limit(_AT_ONCE)

    def remove(connection: Connection) -> int:
        found = [*connection.scalars(some)]
        if table is posts:
            connection.execute(delete(post_keys).where(post_keys.c.marker.in_(found)))
        connection.execute(delete(table).where(key.in_(found)))
        return len(found)

    count = part = await database.write(remove)
    while part == _AT_ONCE:
        part = await database.write(remove)
        count += part
    return count
