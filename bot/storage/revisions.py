"""The versions of the schedule in the database."""

from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, Subquery, exists, func, insert, select

from bot.domain.lecture import in_order
from bot.schedule.revisions import Changes, History, Revision, Undoable
from bot.storage.database import Database
from bot.storage.tables import clean_text, revision_lectures, revisions

_FIRST: Final = 1
"""The id of the first version: all lectures are as old as that, at least."""


class SqlRevisions:
    """`Revisions` in SQL."""

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
        added = replace(revision, id=(after or 0) + 1, lectures=in_order(revision.lectures))

        def put(connection: Connection) -> bool:
            if connection.scalar(select(func.max(revisions.c.id))) != after:
                return False
            row = self._database.insert(revisions).values(_row(added)).on_conflict_do_nothing()
            if connection.execute(row).rowcount != 1:
                return False
            changed = [{"lecture": each, "revision_id": added.id} for each in added.lectures]
            if changed:
                connection.execute(insert(revision_lectures), changed)
            return True

        return added if await self._database.write(put) else None

    async def latest(self, most: int, lecture: str | None = None) -> list[Revision]:
        """The newest versions first; with `lecture` only those that changed it."""
        query = select(revisions).order_by(revisions.c.id.desc()).limit(most)
        if lecture is not None:
            changing = select(revision_lectures.c.revision_id).where(revision_lectures.c.lecture == lecture)
            query = query.where(revisions.c.id.in_(changing))
        return await self._found(query)

    async def revision(self, number: int) -> Revision | None:
        """The version with that id."""
        return next(iter(await self._found(select(revisions).where(revisions.c.id == number))), None)

    async def undoable(self, lecture: str | None, before: int | None = None) -> Undoable | None:
        """The newest version that can be taken back, older than `before`, and for which lectures."""
        query = _undoable(lecture, before)

        def found(connection: Connection) -> Undoable | None:
            newest = connection.scalar(select(func.max(query.c.revision_id)))
            if newest is None:
                return None
            ids = connection.scalars(select(query.c.lecture).where(query.c.revision_id == newest))
            return Undoable(newest, in_order(ids))

        return await self._database.read(found)

    async def history(self, until: int) -> History | None:
        """How often and when each lecture has changed up to that version; None if there is no version yet."""
        lecture, created_at = revision_lectures.c.lecture, revisions.c.created_at
        count, last = func.count().label("count"), func.max(created_at, type_=created_at.type).label("last")
        general = revisions.c.id.not_in(select(revision_lectures.c.revision_id))
        common = select(count, last).where(revisions.c.id <= until, general | (revisions.c.id == _FIRST))
        own = select(lecture, count, last).join(revisions).where(revisions.c.id <= until).group_by(lecture)

        def found(connection: Connection) -> History | None:
            common_count, common_last = connection.execute(common).one()
            if not common_count:
                return None
            lectures = {row[0]: Changes(row[1], row[2]) for row in connection.execute(own)}
            return History(Changes(common_count, common_last), lectures)

        return await self._database.read(found)

    async def _found(self, query: Select[Any]) -> list[Revision]:
        def found(connection: Connection) -> list[Revision]:
            return [_revision(row, _lectures(connection, row.id)) for row in connection.execute(query).all()]

        return await self._database.read(found)


def _undoable(lecture: str | None, before: int | None) -> Subquery:
    """Revisions that are no undo, with each lecture they changed for which no later revision takes them back."""
    changed, undo, undone = revision_lectures, revisions.alias(), revision_lectures.alias()
    taken_back = exists().where(
        undo.c.undoes == changed.c.revision_id,
        undone.c.revision_id == undo.c.id,
        undone.c.lecture == changed.c.lecture,
    )
    query = select(changed).join(revisions).where(revisions.c.undoes.is_(None), ~taken_back)
    if lecture is not None:
        query = query.where(changed.c.lecture == lecture)
    if before is not None:
        query = query.where(changed.c.revision_id < before)
    return query.subquery()


def _lectures(connection: Connection, revision: int) -> tuple[str, ...]:
    query = select(revision_lectures.c.lecture).where(revision_lectures.c.revision_id == revision)
    return in_order(connection.scalars(query))


def _row(revision: Revision) -> dict[str, Any]:
    return {
        "id": revision.id,
        "created_at": revision.created_at,
        "digest": revision.digest,
        "text": revision.text,
        "author": revision.author,
        "author_name": clean_text(revision.author_name),
        "channel": revision.channel,
        "reason": clean_text(revision.reason),
        "undoes": revision.undoes,
    }


def _revision(row: Row[Any], lectures: tuple[str, ...]) -> Revision:
    return Revision(
        row.id,
        row.created_at,
        row.digest,
        row.text,
        row.author,
        row.author_name,
        row.channel,
        row.reason,
        lectures,
        row.undoes,
    )
