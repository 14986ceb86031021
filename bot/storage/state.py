"""The memory in the database: all lectures as they were accepted and told, and the news that came of them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from bot.announcements.state import LectureState, NewsItem, StateUpdate
from bot.storage.database import Database, in_parts
from bot.storage.serialization import Loader, dump_kinds, dump_lecture, dump_set, load_kinds, load_words
from bot.storage.tables import generations, lecture_states, news

_ONLY: Final = 1
"""The id of the one row that counts the steps."""


class SqlAnnouncedState:
    """The port's memory. What it has read is kept until somebody takes a step."""

    def __init__(self, database: Database, load: Loader) -> None:
        self._database: Final = database
        self._load: Final = load
        self._known: tuple[int, Mapping[int, LectureState]] | None = None

    async def lecture_states(self) -> Mapping[int, LectureState] | None:
        """Every lecture by number; None if nothing was ever remembered."""
        return await self._database.read(lambda connection: self._present(connection, _generation(connection)))

    async def apply(self, step: StateUpdate, expected: Mapping[int, LectureState] | None) -> bool:
        """Takes a step that was made from `expected`; False, and nothing changed, if that is not what is remembered."""

        def take(connection: Connection) -> bool:
            generation = _generation(connection, locked=True)
            if self._present(connection, generation) != expected or not self._counted(connection, generation):
                connection.rollback()
                return False
            for each in step.lecture_states:
                row = _row(each)
                put = self._database.insert(lecture_states).values(row)
                connection.execute(put.on_conflict_do_update(index_elements=[lecture_states.c.number], set_=row))
            for item in step.news:
                connection.execute(insert(news).values(_news_row(item)))
            return True

        return await self._database.write(take)

    async def news(self, since: datetime) -> list[NewsItem]:
        """The news settled since that instant, oldest first."""
        query = select(news).where(news.c.settled_at >= since).order_by(news.c.settled_at, news.c.id)
        return await self._database.read(lambda connection: [self._news_item(row) for row in connection.execute(query)])

    async def news_by_id(self, ids: Collection[int]) -> Mapping[int, NewsItem]:
        """These news, whatever their age."""

        def found(connection: Connection) -> dict[int, NewsItem]:
            return {
                row.id: self._news_item(row)
                for some in in_parts(ids)
                for row in connection.execute(select(news).where(news.c.id.in_(some)))
            }

        return await self._database.read(found)

    def _present(self, connection: Connection, generation: int | None) -> Mapping[int, LectureState] | None:
        """What is remembered in that generation, read anew only if it is not the one that was read last."""
        if generation is None:
            return None
        if self._known is None or self._known[0] != generation:
            rows = connection.execute(select(lecture_states).order_by(lecture_states.c.number))
            self._known = (generation, MappingProxyType({row.number: self._lecture_states(row) for row in rows}))
        return self._known[1]

    def _counted(self, connection: Connection, generation: int | None) -> bool:
        """Whether this step is the one that follows that generation."""
        if generation is None:
            first = self._database.insert(generations).values(id=_ONLY, generation=1).on_conflict_do_nothing()
            return connection.execute(first).rowcount == 1
        connection.execute(update(generations).values(generation=generation + 1))
        return True

    def _lecture_states(self, row: Row[Any]) -> LectureState:
        return LectureState(
            row.number,
            current=self._load.lecture(row.current),
            told=self._load.lecture(row.told),
            changed_at=row.changed_at,
            dated_at=row.dated_at,
            closing_at=row.closing_at,
            form_at=row.form_at,
            links=load_words(row.links),
        )

    def _news_item(self, row: Row[Any]) -> NewsItem:
        return NewsItem(
            row.id,
            row.number,
            load_kinds(row.kinds),
            before=self._load.lecture(row.before),
            after=self._load.lecture(row.after),
            settled_at=row.settled_at.astimezone(self._load.zone),
            urgent=row.urgent,
        )


def _generation(connection: Connection, *, locked: bool = False) -> int | None:
    query = select(generations.c.generation)
    return connection.scalar(query.with_for_update() if locked else query)


def _row(each: LectureState) -> dict[str, Any]:
    return {
        "number": each.number,
        "current": dump_lecture(each.current),
        "told": dump_lecture(each.told),
        "changed_at": each.changed_at,
        "dated_at": each.dated_at,
        "closing_at": each.closing_at,
        "form_at": each.form_at,
        "links": dump_set(each.links),
    }


def _news_row(item: NewsItem) -> dict[str, Any]:
    return {
        "number": item.number,
        "kinds": dump_kinds(item.kinds),
        "before": dump_lecture(item.before),
        "after": dump_lecture(item.after),
        "settled_at": item.settled_at,
        "urgent": item.urgent,
    }
