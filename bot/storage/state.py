"""What was announced of each lecture, in the database, and the news that came of it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select

from bot.announcements.state import LectureState, NewsItem, StateUpdate
from bot.storage.database import Database, in_parts
from bot.storage.serialization import Loader, dump_kinds, dump_lecture, dump_set, load_kinds, load_words
from bot.storage.tables import lecture_states, news, versions
from bot.storage.versions import count_up, version_of


class SqlAnnouncedState:
    """`AnnouncedState` in SQL. The lectures are kept in memory and read again when the version has changed."""

    def __init__(self, database: Database, load: Loader) -> None:
        self._database: Final = database
        self._load: Final = load
        self._known: tuple[int, Mapping[str, LectureState]] | None = None

    async def lecture_states(self) -> Mapping[str, LectureState] | None:
        """Every lecture by id; None before the first update."""
        return await self._database.read(
            lambda connection: self._present(connection, version_of(connection, lecture_states))
        )

    async def apply(self, update: StateUpdate, expected: Mapping[str, LectureState] | None) -> bool:
        """Applies an update made from `expected`; False, and nothing changed, if the state is another by now."""

        def put_all(connection: Connection) -> bool:
            version = version_of(connection, lecture_states, locked=True)
            if self._present(connection, version) != expected or not self._counted(connection, version):
                connection.rollback()
                return False
            for each in update.lecture_states:
                row = _row(each)
                put = self._database.insert(lecture_states).values(row)
                key = [lecture_states.c.lecture]
                connection.execute(put.on_conflict_do_update(index_elements=key, set_=row))
            for item in update.news:
                connection.execute(insert(news).values(_news_row(item)))
            return True

        return await self._database.write(put_all)

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

    def _present(self, connection: Connection, version: int | None) -> Mapping[str, LectureState] | None:
        """The lectures in that version; read only if another was read last."""
        if version is None:
            return None
        if self._known is None or self._known[0] != version:
            rows = connection.execute(select(lecture_states).order_by(lecture_states.c.lecture))
            self._known = (version, MappingProxyType({row.lecture: self._lecture_state(row) for row in rows}))
        return self._known[1]

    def _counted(self, connection: Connection, version: int | None) -> bool:
        """Whether the version could be counted up from that one."""
        if version is None:
            first = self._database.insert(versions).values(name=lecture_states.name, version=1)
            return connection.execute(first.on_conflict_do_nothing()).rowcount == 1
        count_up(self._database, connection, lecture_states)
        return True

    def _lecture_state(self, row: Row[Any]) -> LectureState:
        return LectureState(
            row.lecture,
            current=self._load.lecture(row.current),
            announced=self._load.lecture(row.announced),
            changed_at=row.changed_at,
            date_changed_at=row.date_changed_at,
            deadline_changed_at=row.deadline_changed_at,
            form_added_at=row.form_added_at,
            announced_links=load_words(row.announced_links),
        )

    def _news_item(self, row: Row[Any]) -> NewsItem:
        return NewsItem(
            row.id,
            row.lecture,
            load_kinds(row.kinds),
            before=self._load.lecture(row.before),
            after=self._load.lecture(row.after),
            settled_at=row.settled_at.astimezone(self._load.zone),
            urgent=row.urgent,
        )


def _row(each: LectureState) -> dict[str, Any]:
    return {
        "lecture": each.lecture,
        "current": dump_lecture(each.current),
        "announced": dump_lecture(each.announced),
        "changed_at": each.changed_at,
        "date_changed_at": each.date_changed_at,
        "deadline_changed_at": each.deadline_changed_at,
        "form_added_at": each.form_added_at,
        "announced_links": dump_set(each.announced_links),
    }


def _news_row(item: NewsItem) -> dict[str, Any]:
    return {
        "lecture": item.lecture,
        "kinds": dump_kinds(item.kinds),
        "before": dump_lecture(item.before),
        "after": dump_lecture(item.after),
        "settled_at": item.settled_at,
        "urgent": item.urgent,
    }
