"""The versions of the organizers' page that were dealt with, in the database."""

from typing import Final

from sqlalchemy import insert, select

from bot.sources.page.sync import PageVersion
from bot.storage.database import Database
from bot.storage.tables import pages


class SqlPageVersions:
    """The port's pages."""

    def __init__(self, database: Database) -> None:
        self._database: Final = database

    async def settled(self, source: str) -> PageVersion | None:
        """The version that was dealt with last, if any was."""
        query = select(pages).where(pages.c.source == source).order_by(pages.c.id.desc()).limit(1)
        row = await self._database.read(lambda connection: connection.execute(query).one_or_none())
        return PageVersion(row.source, row.digest, row.text, row.at) if row else None

    async def settle(self, version: PageVersion) -> None:
        """Keeps a version as dealt with."""
        row = {"source": version.source, "digest": version.digest, "text": version.text, "at": version.at}
        await self._database.write(lambda connection: connection.execute(insert(pages).values(row)))
