"""The versions of the organizers' page that were dealt with, in the database."""

from typing import Final

from sqlalchemy import insert, select

from bot.sources.versions import PageVersion
from bot.storage.database import Database
from bot.storage.tables import page_versions


class SqlPageVersions:
    """`PageVersions` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database: Final = database

    async def latest(self, source: str) -> PageVersion | None:
        """The version that was dealt with last, if any was."""
        query = (
            select(page_versions).where(page_versions.c.source == source).order_by(page_versions.c.id.desc()).limit(1)
        )
        row = await self._database.read(lambda connection: connection.execute(query).one_or_none())
        return PageVersion(row.source, row.digest, row.text, row.settled_at) if row else None

    async def add(self, version: PageVersion) -> None:
        """Keeps a version as dealt with."""
        row = {"source": version.source, "digest": version.digest, "text": version.text, "settled_at": version.at}
        await self._database.write(lambda connection: connection.execute(insert(page_versions).values(row)))
