"""Scheduled events in the database: which process keeps them, and which were made."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import and_, select

from bot.announcements.events.calendar import EventRecord, Lease
from bot.storage.database import Database
from bot.storage.leases import SqlLeases
from bot.storage.tables import events


class SqlEventRecords:
    """`EventRecords` in SQL."""

    def __init__(self, database: Database, leases: SqlLeases) -> None:
        self._database: Final = database
        self._leases: Final = leases

    async def acquire_lease(self, platform: str, seconds: float) -> Lease | None:
        """The right to keep the platform's events for so long; None while another process has it."""
        return await self._leases.acquire(f"events/{platform}", seconds)

    async def release_lease(self, platform: str, lease: Lease) -> None:
        """Lets other processes acquire it at once."""
        await self._leases.release(f"events/{platform}", lease)

    async def places(self, platform: str) -> set[str]:
        """The places with events that were not cancelled."""
        query = select(events.c.place).where(events.c.platform == platform, events.c.event_id.is_not(None)).distinct()
        return await self._database.read(lambda connection: set(connection.scalars(query)))

    async def records(self, platform: str, place: str) -> Mapping[str, EventRecord]:
        """Those events of a place, by lecture."""
        own = and_(events.c.platform == platform, events.c.place == place, events.c.event_id.is_not(None))
        query = select(events.c.lecture, events.c.event_id, events.c.starts_at).where(own)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return {row.lecture: EventRecord(row.event_id, row.starts_at) for row in rows}

    async def record(self, platform: str, place: str, lecture: str, record: EventRecord | None) -> None:
        """Records the event of a lecture; None: that it has none any more."""
        values: dict[str, str | datetime | None] = {
            "event_id": record.event if record else None,
            "starts_at": record.starts if record else None,
        }
        row = self._database.insert(events).values(platform=platform, place=place, lecture=lecture, **values)
        key = [events.c.platform, events.c.place, events.c.lecture]
        put = row.on_conflict_do_update(index_elements=key, set_=values)
        await self._database.write(lambda connection: connection.execute(put))
