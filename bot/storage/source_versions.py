"""The versions of the organizers' source that were dealt with, in the database."""

from typing import Final

from sqlalchemy import insert, select

from bot.sources.versions import SourceVersion
from bot.storage.database import Database
from bot.storage.tables import source_versions


class SqlSourceVersions:
    """`SourceVersions` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database: Final = database

    async def latest(self, source: str) -> SourceVersion | None:
        """The version that was dealt with last, if any was."""
        query = (
            select(source_versions)
            .where(source_versions.c.source == source)
            .order_by(source_versions.c.id.desc())
            .limit(1)
        )
        row = await self._database.read(lambda connection: connection.execute(query).one_or_none())
        return SourceVersion(row.source, row.digest, row.text, row.settled_at) if row else None

    async def add(self, version: SourceVersion) -> None:
        """Keeps a version as dealt with."""
        row = {"source": version.source, "digest": version.digest, "text": version.text, "settled_at": version.at}
        await self._database.write(lambda connection: connection.execute(insert(source_versions).values(row)))
