"""Scheduled events in the database: whose turn it is to keep them, and which were made."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, and_, or_, select, update

from bot.announcements.events.calendar import EventRecord, Turn
from bot.storage.database import Database
from bot.storage.leases import LeaseClock
from bot.storage.tables import events, turns


class SqlEventRecords:
    """The port's book. Turns are measured by `clock`."""

    def __init__(self, database: Database, clock: LeaseClock) -> None:
        self._database: Final = database
        self._clock: Final = clock

    async def turn(self, platform: str, seconds: float) -> Turn | None:
        """Takes over the platform's events for so long; None while somebody else has them."""
        begun = self._clock.elapsed()
        until = {"ends": self._clock.present() + seconds, "boot": self._clock.boot}
        over = or_(turns.c.boot != self._clock.boot, turns.c.ends <= self._clock.present())
        name = f"events/{platform}"
        taken = update(turns).where(turns.c.name == name, over).values(version=turns.c.version + 1, **until)
        first = self._database.insert(turns).values(name=name, version=1, **until).on_conflict_do_nothing()

        def take(connection: Connection) -> int | None:
            again: int | None = connection.scalar(taken.returning(turns.c.version))
            fresh: int | None = None if again else connection.scalar(first.returning(turns.c.version))
            return again or fresh

        version = await self._database.write(take)
        return Turn(begun + seconds, version) if version else None

    async def give_back(self, platform: str, turn: Turn) -> None:
        """Lets others take them over at once."""
        own = and_(turns.c.name == f"events/{platform}", turns.c.version == turn.version)
        step = update(turns).where(own).values(ends=0.0)
        await self._database.write(lambda connection: connection.execute(step))

    async def places(self, platform: str) -> set[str]:
        """Where events were made that were not called off."""
        query = select(events.c.place).where(events.c.platform == platform, events.c.event.is_not(None)).distinct()
        return await self._database.read(lambda connection: set(connection.scalars(query)))

    async def noted(self, platform: str, place: str) -> Mapping[int, EventRecord]:
        """Those events of a place, by lecture."""
        own = and_(events.c.platform == platform, events.c.place == place, events.c.event.is_not(None))
        query = select(events.c.lecture, events.c.event, events.c.starts).where(own)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return {row.lecture: EventRecord(row.event, row.starts) for row in rows}

    async def note(self, platform: str, place: str, lecture: int, noted: EventRecord | None) -> None:
        """Remembers which event a lecture has there; None: that it has none any more."""
        values: dict[str, str | datetime | None] = {
            "event": noted.event if noted else None,
            "starts": noted.starts if noted else None,
        }
        row = self._database.insert(events).values(platform=platform, place=place, lecture=lecture, **values)
        key = [events.c.platform, events.c.place, events.c.lecture]
        put = row.on_conflict_do_update(index_elements=key, set_=values)
        await self._database.write(lambda connection: connection.execute(put))
