"""Followers in the database, and the pause. Who leaves stays on record, with who asked for it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, Connection, Row, and_, not_, or_, select, update

from bot.announcements.state import Pause
from bot.domain.language import Language
from bot.domain.subscriptions import Address, Follower, Topic
from bot.storage.database import Database, pages
from bot.storage.serialization import dump_set, load_words
from bot.storage.tables import clean_text, flags, followers
from bot.storage.versions import count_up, version_of


class SqlFollowers:
    """`Followers` in SQL. They are kept in memory and read again when the version has changed."""

    def __init__(self, database: Database) -> None:
        self._database: Final = database
        self._known: tuple[int, Sequence[Follower]] = (0, [])

    async def followers(self) -> Sequence[Follower]:
        """All of them, by address; the same sequence as long as nothing changes."""
        query = select(followers).where(followers.c.following)

        def present(connection: Connection) -> tuple[int, Sequence[Follower]]:
            version = version_of(connection, followers) or 0
            if version == self._known[0]:
                return self._known
            found = (_follower(row) for page in pages(connection, query, followers.c.address) for row in page)
            return version, sorted(found, key=lambda each: each.address)

        self._known = await self._database.read(present)
        return self._known[1]

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
            count_up(self._database, connection, followers)

        await self._database.write(put)

    async def unfollow(self, address: Address, by: str, now: datetime) -> bool:
        """Ends following; False if nobody followed there."""
        gone = (
            update(followers)
            .where(followers.c.address == address, followers.c.following)
            .values(following=False, changed_by=clean_text(by), changed_at=now)
        )

        def end(connection: Connection) -> bool:
            count_up(self._database, connection, followers)
            return connection.execute(gone).rowcount == 1

        return await self._database.write(end)


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


class SqlPauses:
    """`Pauses` in SQL: the flag of that name, which may fall by itself."""

    def __init__(self, database: Database, name: str) -> None:
        self._database: Final = database
        self._name: Final = name

    async def pause(self, now: datetime) -> Pause | None:
        """The pause in force at that instant, if there is one."""
        query = select(flags).where(flags.c.name == self._name, _is_up(now))
        row = await self._database.read(lambda connection: connection.execute(query).one_or_none())
        return Pause(row.changed_by, row.changed_at, row.ends_at) if row else None

    async def begin(self, by: str, now: datetime, until: datetime | None = None) -> bool:
        """Begins a pause, in place of one with another end; False if there was the same already."""
        values = {"is_set": True, "changed_by": clean_text(by), "changed_at": now, "ends_at": until}
        is_new = or_(not_(_is_up(now)), flags.c.ends_at.is_distinct_from(until))
        change = update(flags).where(flags.c.name == self._name, is_new).values(values)
        first = self._database.insert(flags).values(name=self._name, **values).on_conflict_do_nothing()

        def put(connection: Connection) -> bool:
            return any(connection.execute(each).rowcount == 1 for each in (change, first))

        return await self._database.write(put)

    async def end(self, by: str, now: datetime) -> bool:
        """Ends it; False if there was none."""
        values = {"is_set": False, "changed_by": clean_text(by), "changed_at": now, "ends_at": None}
        change = update(flags).where(flags.c.name == self._name, _is_up(now)).values(values)
        return await self._database.write(lambda connection: connection.execute(change).rowcount == 1)


def _is_up(now: datetime) -> ColumnElement[bool]:
    """Whether a flag is set and has not fallen by that instant."""
    return and_(flags.c.is_set, or_(flags.c.ends_at.is_(None), flags.c.ends_at > now))
