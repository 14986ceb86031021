"""Whether posts are held back, in the database."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select, update

from bot.announcements.pause import Pause
from bot.store.columns import fit
from bot.store.database import Database
from bot.store.tables import states

_PAUSED: Final = "paused"


class StoredPauses:
    """The port's pauses."""

    def __init__(self, database: Database) -> None:
        self._database: Final = database

    async def pause(self) -> Pause | None:
        """The pause in force, if there is one."""
        query = select(states).where(states.c.name == _PAUSED, states.c.holds)
        row = await self._database.read(lambda connection: connection.execute(query).one_or_none())
        return Pause(row.changed_by, row.changed_at) if row else None

    async def begin(self, by: str, now: datetime) -> bool:
        """Begins a pause; False if there was one already."""
        return await self._changed(by, now, holds=True)

    async def end(self, by: str, now: datetime) -> bool:
        """Ends it; False if there was none."""
        return await self._changed(by, now, holds=False)

    async def _changed(self, by: str, now: datetime, *, holds: bool) -> bool:
        values: dict[str, Any] = {"holds": holds, "changed_by": fit(by), "changed_at": now}
        change = update(states).where(states.c.name == _PAUSED, states.c.holds != holds).values(values)
        first = self._database.insert(states).values(name=_PAUSED, **values).on_conflict_do_nothing()

        def put(connection: Connection) -> bool:
            if connection.execute(change).rowcount == 1:
                return True
            return holds and connection.execute(first).rowcount == 1

        return await self._database.write(put)
