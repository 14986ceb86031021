"""Followers in the database, and the pause. Who leaves stays on record, with who asked for it."""

from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Connection, Row, select, update

from bot.announcements.state import Pause
from bot.domain.language import Language
from bot.domain.subscriptions import Address, Follower, Topic
from bot.storage.database import Database
from bot.storage.serialization import dump_set, load_words
from bot.storage.tables import clean_text, flags, followers


class SqlFollowers:
    """`Followers` in SQL."""

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

    async def changed_by(self, by: str) -> list[Address]:
        """Those that follow and were last changed by `by`."""
        query = select(followers.c.address).where(followers.c.following, followers.c.changed_by == clean_text(by))
        return await self._database.read(lambda connection: sorted(connection.scalars(query)))

    async def follow(self, follower: Follower, by: str, now: datetime) -> None:
        """Adds a follower, or changes what it wants."""
        row = _row(follower) | {"following": True, "changed_by": clean_text(by), "changed_at": now}

        def put(connection: Connection) -> None:
            insert = self._database.insert(followers).values(row)
            connection.execute(insert.on_conflict_do_update(index_elements=[followers.c.address], set_=row))

        await self._database.write(put)

    async def unfollow(self, address: Address, by: str, now: datetime) -> bool:
        """Ends following; False if nobody followed there."""
        gone = (
            update(followers)
            .where(followers.c.address == address, followers.c.following)
            .values(following=False, changed_by=clean_text(by), changed_at=now)
        )
        return await self._database.write(lambda connection: connection.execute(gone).rowcount == 1)


def _row(follower: Follower) -> dict[str, Any]:
    return {
        "address": follower.address,
        "since": follower.since,
        "topics": dump_set(follower.topics),
        "lectures": None if follower.lectures is None else dump_set(follower.lectures),
        "language": follower.language,
        "ping": follower.ping,
        "pinned": follower.pinned,
        "greeting": follower.greeting,
    }


def _follower(row: Row[Any]) -> Follower:
    return Follower(
        row.address,
        row.since,
        topics=frozenset(Topic(each) for each in load_words(row.topics)),
        lectures=None if row.lectures is None else load_words(row.lectures),
        language=cast("Language | None", row.language),
        ping=row.ping,
        pinned=row.pinned,
        greeting=row.greeting,
    )


_PAUSED: Final = "paused"


class SqlPauses:
    """`Pauses` in SQL: a flag."""

    def __init__(self, database: Database) -> None:
        self._database: Final = database

    async def pause(self) -> Pause | None:
        """The pause in force, if there is one."""
        query = select(flags).where(flags.c.name == _PAUSED, flags.c.is_set)
        row = await self._database.read(lambda connection: connection.execute(query).one_or_none())
        return Pause(row.changed_by, row.changed_at) if row else None

    async def begin(self, by: str, now: datetime) -> bool:
        """Begins a pause; False if there was one already."""
        return await self._changed(by, now, is_set=True)

    async def end(self, by: str, now: datetime) -> bool:
        """Ends it; False if there was none."""
        return await self._changed(by, now, is_set=False)

    async def _changed(self, by: str, now: datetime, *, is_set: bool) -> bool:
        values: dict[str, Any] = {"is_set": is_set, "changed_by": clean_text(by), "changed_at": now}
        change = update(flags).where(flags.c.name == _PAUSED, flags.c.is_set != is_set).values(values)
        first = self._database.insert(flags).values(name=_PAUSED, **values).on_conflict_do_nothing()

        def put(connection: Connection) -> bool:
            if connection.execute(change).rowcount == 1:
                return True
            return is_set and connection.execute(first).rowcount == 1

        return await self._database.write(put)
