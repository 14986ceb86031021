"""Who follows, in the database. Whoever leaves stays on record, so that the log can say who took whom in and out."""

from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Connection, Row, select, update

from bot.domain.audience import Address, Follower, Topic
from bot.domain.language import Language
from bot.store.columns import fit
from bot.store.database import Database
from bot.store.snapshots import numbers, numbers_written, words, words_written
from bot.store.tables import followers


class StoredFollowers:
    """The port's followers."""

    def __init__(self, database: Database) -> None:
        self._database: Final = database

    async def followers(self) -> list[Follower]:
        """All of them, by address."""
        query = select(followers).where(followers.c.following)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return sorted((_follower(row) for row in rows), key=lambda each: each.address)

    async def follower(self, address: Address) -> Follower | None:
        """The one at that address."""
        query = select(followers).where(followers.c.address == address, followers.c.following)
        row = await self._database.read(lambda connection: connection.execute(query).one_or_none())
        return _follower(row) if row else None

    async def taken_in_by(self, by: str) -> list[Address]:
        """Those that follow and were last taken in or changed by `by`."""
        query = select(followers.c.address).where(followers.c.following, followers.c.changed_by == fit(by))
        return await self._database.read(lambda connection: sorted(connection.scalars(query)))

    async def follow(self, follower: Follower, by: str, now: datetime) -> None:
        """Takes one in, or changes what it wants."""
        row = _row(follower) | {"following": True, "changed_by": fit(by), "changed_at": now}

        def put(connection: Connection) -> None:
            insert = self._database.insert(followers).values(row)
            connection.execute(insert.on_conflict_do_update(index_elements=[followers.c.address], set_=row))

        await self._database.write(put)

    async def unfollow(self, address: Address, by: str, now: datetime) -> bool:
        """Lets one go; whether it was there."""
        gone = (
            update(followers)
            .where(followers.c.address == address, followers.c.following)
            .values(following=False, changed_by=fit(by), changed_at=now)
        )
        return await self._database.write(lambda connection: connection.execute(gone).rowcount == 1)


def _row(follower: Follower) -> dict[str, Any]:
    return {
        "address": follower.address,
        "since": follower.since,
        "topics": words_written(follower.topics),
        "lectures": None if follower.lectures is None else numbers_written(follower.lectures),
        "language": follower.language,
        "ping": follower.ping,
        "pinned": follower.pinned,
    }


def _follower(row: Row[Any]) -> Follower:
    return Follower(
        row.address,
        row.since,
        topics=frozenset(Topic(each) for each in words(row.topics)),
        lectures=None if row.lectures is None else numbers(row.lectures),
        language=cast("Language | None", row.language),
        ping=row.ping,
        pinned=bool(row.pinned),
    )
