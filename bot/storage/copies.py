"""What a database knows of its being a copy."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, insert, select, text, update

from bot.announcements.gap import Gap
from bot.storage.database import Database
from bot.storage.tables import copies, news

ONLY: Final = 1
"""The id of the only row of `copies`."""

_STEP: Final = 1_000_000
"""More news than are ever told between a copy and its first use."""


def mark_copied(connection: Connection, now: datetime) -> None:
    """Notes in a copy that it was made now."""
    last = _last_news(connection)
    connection.execute(copies.delete())
    row = {"id": ONLY, "made_at": now, "served_at": None, "news_below": (last // _STEP + 1) * _STEP}
    connection.execute(insert(copies).values(row))
    _count_on(connection, last)


def _count_on(connection: Connection, last: int) -> None:
    """Gives the next news the id after `last`."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = 'news'"))
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES ('news', :last)"), {"last": last})
    else:
        sequence = func.pg_get_serial_sequence(news.name, news.c.id.name)
        connection.execute(select(func.setval(sequence, max(last, 1), last > 0)))


def _last_news(connection: Connection) -> int:
    return connection.scalar(select(func.max(news.c.id))) or 0


class SqlCopies:
    """The gap that this database has, if it is a copy. It is read once; methods may raise LedgerUnavailableError."""

    def __init__(self, database: Database) -> None:
        self._database: Final = database
        self._known: tuple[Gap | None] | None = None
        self._renumbered = False

    async def gap(self) -> Gap | None:
        """The time of which it knows nothing; None for a database that was never copied."""
        if self._known is None:
            self._known = (await self._database.read(_gap),)
        return self._known[0]

    async def serve(self, now: datetime) -> None:
        """Ends the gap, if it has not ended yet: from now on nobody serves from another database."""
        gap = await self.gap()
        if gap and gap.until is None:
            await self._database.write(lambda connection: connection.execute(update(copies).values(served_at=now)))
            self._known = None

    async def renumber_news(self) -> None:
        """Gives news from now on ids that none in the gap had."""
        gap = await self.gap()
        if gap and not self._renumbered:
            below = gap.news
            await self._database.write(lambda connection: _count_on(connection, max(below, _last_news(connection))))
            self._renumbered = True

    async def check(self) -> None:
        """Raises LedgerUnavailableError if another copy was put in this one's place meanwhile."""
        before, present = await self.gap(), await self._database.read(_gap)
        if (before and before.since) != (present and present.since):
            self._database.abandon(
                f"{self._database.location.place} was restored while the bot was running; restart it"
            )


def _gap(connection: Connection) -> Gap | None:
    row = connection.execute(select(copies)).one_or_none()
    return Gap(row.made_at, row.served_at, row.news_below) if row else None
