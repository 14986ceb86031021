"""The memory in the database: all lectures as they were accepted and told, and the news that came of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, insert, select, update

from bot.announcements.post import (
    AlertSubject,
    CardSubject,
    ChangeSubject,
    DigestSubject,
    FreeTextSubject,
    PostSubject,
    ReminderSubject,
)
from bot.announcements.state import LectureState, NewsItem, StateUpdate
from bot.domain.lecture import Lecture
from bot.domain.reminder_times import News
from bot.storage.database import Database, in_parts
from bot.storage.tables import generations, lecture_states, news

_LECTURE: Final = TypeAdapter(Lecture)
_MATTER: Final[TypeAdapter[PostSubject]] = TypeAdapter(
    ReminderSubject | ChangeSubject | AlertSubject | DigestSubject | FreeTextSubject | CardSubject
)
"""Each of them has a field that none of the others has, and that is always written."""
_KINDS: Final = TypeAdapter(tuple[News, ...])
_WORDS: Final = TypeAdapter(frozenset[str])
_NUMBERS: Final = TypeAdapter(frozenset[int])

_KEPT_READY: Final = 4096
"""Matters that need not be read anew: a thousand channels are told the same."""


class Snapshots:
    """Writes and reads them for a series in `zone`."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone: Final = zone
        self.subject: Final = lru_cache(maxsize=_KEPT_READY)(self._subject)
        """The matter that was written; the same one for the same text."""

    def lecture(self, written: str | None) -> Lecture | None:
        """The lecture that was written, if any."""
        return None if written is None else _lecture_in(_LECTURE.validate_json(written), self.zone)

    def _subject(self, written: str) -> PostSubject:
        return _subject_in(_MATTER.validate_json(written), self.zone)


def lecture_written(lecture: Lecture | None) -> str | None:
    """The lecture as JSON, if there is one."""
    if lecture is None:
        return None
    return _LECTURE.dump_json(_lecture_in(lecture, UTC), exclude_defaults=True).decode()


def subject_written(subject: PostSubject) -> str:
    """The matter as JSON."""
    return _MATTER.dump_json(_subject_in(subject, UTC), exclude_defaults=True).decode()


def kinds_written(kinds: Sequence[News]) -> str:
    """Kinds of news as JSON, in their order."""
    return _KINDS.dump_json(tuple(kinds)).decode()


def kinds(written: str) -> tuple[News, ...]:
    """The kinds of news that were written."""
    return _KINDS.validate_json(written)


def words_written(words: Collection[str]) -> str:
    """A set of words as JSON, the same for the same words."""
    return TypeAdapter(list[str]).dump_json(sorted(words)).decode()


def words(written: str) -> frozenset[str]:
    """The set of words that was written."""
    return _WORDS.validate_json(written)


def numbers_written(numbers: Collection[int]) -> str:
    """A set of numbers as JSON, the same for the same numbers."""
    return TypeAdapter(list[int]).dump_json(sorted(numbers)).decode()


def numbers(written: str) -> frozenset[int]:
    """The set of numbers that was written."""
    return _NUMBERS.validate_json(written)


def _lecture_in(lecture: Lecture, zone: tzinfo) -> Lecture:
    registration = lecture.registration
    return replace(
        lecture,
        starts=_instant_in(lecture.starts, zone),
        ends=_instant_in(lecture.ends, zone),
        registration=replace(registration, closes=_instant_in(registration.closes, zone)),
    )


def _subject_in(subject: PostSubject, zone: tzinfo) -> PostSubject:
    due = subject.due.astimezone(zone)
    if isinstance(subject, ReminderSubject):
        return replace(subject, anchor=subject.anchor.astimezone(zone), due=due, until=subject.until.astimezone(zone))
    if isinstance(subject, DigestSubject):
        return replace(subject, due=due, until=subject.until.astimezone(zone))
    return replace(subject, due=due)


def _instant_in(instant: datetime | None, zone: tzinfo) -> datetime | None:
    return instant.astimezone(zone) if instant else None


_ONLY: Final = 1
"""The id of the one row that counts the steps."""


class StoredState:
    """The port's memory. What it has read is kept until somebody takes a step."""

    def __init__(self, database: Database, snapshots: Snapshots) -> None:
        self._database: Final = database
        self._snapshots: Final = snapshots
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
            current=self._snapshots.lecture(row.current),
            told=self._snapshots.lecture(row.told),
            changed_at=row.changed_at,
            dated_at=row.dated_at,
            closing_at=row.closing_at,
            form_at=row.form_at,
            links=words(row.links),
        )

    def _news_item(self, row: Row[Any]) -> NewsItem:
        return NewsItem(
            row.id,
            row.number,
            kinds(row.kinds),
            before=self._snapshots.lecture(row.before),
            after=self._snapshots.lecture(row.after),
            settled_at=row.settled_at.astimezone(self._snapshots.zone),
            urgent=row.urgent,
        )


def _generation(connection: Connection, *, locked: bool = False) -> int | None:
    query = select(generations.c.generation)
    return connection.scalar(query.with_for_update() if locked else query)


def _row(each: LectureState) -> dict[str, Any]:
    return {
        "number": each.number,
        "current": lecture_written(each.current),
        "told": lecture_written(each.told),
        "changed_at": each.changed_at,
        "dated_at": each.dated_at,
        "closing_at": each.closing_at,
        "form_at": each.form_at,
        "links": words_written(each.links),
    }


def _news_row(item: NewsItem) -> dict[str, Any]:
    return {
        "number": item.number,
        "kinds": kinds_written(item.kinds),
        "before": lecture_written(item.before),
        "after": lecture_written(item.after),
        "settled_at": item.settled_at,
        "urgent": item.urgent,
    }
