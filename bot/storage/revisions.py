"""The versions of the organizers' page that were dealt with, in the database."""

from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, exists, func, insert, select

from bot.schedule.revisions import Changes, History, Revision
from bot.storage.database import Database
from bot.storage.tables import fit, revision_lectures, revisions

_FIRST: Final = 1
"""The id of the first version: all lectures are as old as that, at least."""


class SqlRevisions:
    """The port's revisions."""

    def __init__(self, database: Database) -> None:
        self._database: Final = database

    async def newest(self) -> Revision | None:
        """The version in force, if there is any yet."""
        return next(iter(await self.latest(1)), None)

    async def newest_id(self) -> int | None:
        """The id of that version, which is quicker to find."""
        return await self._database.read(lambda connection: connection.scalar(select(func.max(revisions.c.id))))

    async def known(self, digest: str) -> bool:
        """Whether that content was ever a version."""
        query = select(exists().where(revisions.c.digest == digest))
        return await self._database.read(lambda connection: bool(connection.scalar(query)))

    async def add(self, revision: Revision, after: int | None) -> Revision | None:
        """Adds a version made from the one with id `after`; None if that is not the newest."""
        added = replace(revision, id=(after or 0) + 1, lectures=tuple(sorted(set(revision.lectures))))

        def put(connection: Connection) -> bool:
            if connection.scalar(select(func.max(revisions.c.id))) != after:
                return False
            row = self._database.insert(revisions).values(_row(added)).on_conflict_do_nothing()
            if connection.execute(row).rowcount != 1:
                return False
            numbers = [{"number": number, "revision": added.id} for number in added.lectures]
            if numbers:
                connection.execute(insert(revision_lectures), numbers)
            return True

        return added if await self._database.write(put) else None

    async def latest(self, most: int, lecture: int | None = None) -> list[Revision]:
        """The newest versions first; with `lecture` only those that changed it."""
        query = select(revisions).order_by(revisions.c.id.desc()).limit(most)
        if lecture is not None:
            changing = select(revision_lectures.c.revision).where(revision_lectures.c.number == lecture)
            query = query.where(revisions.c.id.in_(changing))
        return await self._found(query)

    async def revision(self, number: int) -> Revision | None:
        """The version with that id."""
        return next(iter(await self._found(select(revisions).where(revisions.c.id == number))), None)

    async def history(self, until: int) -> History | None:
        """How often and when each lecture has changed up to that version; None if there is no version yet."""
        many, last = func.count().label("many"), func.max(revisions.c.at, type_=revisions.c.at.type).label("last")
        general = revisions.c.id.not_in(select(revision_lectures.c.revision))
        common = select(many, last).where(revisions.c.id <= until, general | (revisions.c.id == _FIRST))
        own = select(revision_lectures.c.number, many, last).where(revisions.c.id <= until)
        own = own.join(revisions, revision_lectures.c.revision == revisions.c.id).group_by(revision_lectures.c.number)

        def found(connection: Connection) -> History | None:
            at_all = connection.execute(common).one()
            if not at_all.many:
                return None
            rows = connection.execute(own).all()
            return History(Changes(at_all.many, at_all.last), {row.number: Changes(row.many, row.last) for row in rows})

        return await self._database.read(found)

    async def _found(self, query: Select[Any]) -> list[Revision]:
        def found(connection: Connection) -> list[Revision]:
            return [_revision(row, _lectures(connection, row.id)) for row in connection.execute(query).all()]

        return await self._database.read(found)


def _lectures(connection: Connection, number: int) -> tuple[int, ...]:
    query = select(revision_lectures.c.number).where(revision_lectures.c.revision == number)
    return tuple(sorted(connection.scalars(query)))


def _row(revision: Revision) -> dict[str, Any]:
    return {
        "id": revision.id,
        "at": revision.at,
        "digest": revision.digest,
        "text": revision.text,
        "who": revision.who,
        "name": fit(revision.name),
        "place": revision.where,
        "why": fit(revision.why),
    }


def _revision(row: Row[Any], lectures: tuple[int, ...]) -> Revision:
    return Revision(row.id, row.at, row.digest, row.text, row.who, row.name, row.place, row.why, lectures)
