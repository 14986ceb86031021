"""The homes that were kept, in the database."""

from datetime import datetime
from typing import Final

from sqlalchemy import select

from bot.domain.subscriptions import Address
from bot.storage.database import Database
from bot.storage.tables import homes


class SqlHomeRecords:
    """`HomeRecords` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database: Final = database

    async def homes(self) -> list[Address]:
        """Those of all platforms."""
        query = select(homes.c.community)
        return await self._database.read(lambda connection: list(connection.scalars(query)))

    async def keep(self, home: Address, now: datetime) -> None:
        """Keeps the home of its platform, unless there is one."""
        row = self._database.insert(homes).values(platform=home.platform, community=home, kept_at=now)
        put = row.on_conflict_do_nothing()
        await self._database.write(lambda connection: connection.execute(put))
