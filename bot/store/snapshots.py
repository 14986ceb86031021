"""Lectures and matters as JSON: instants are written in UTC and come back in the series' zone.

What has its default is left out, so that a field that is added later needs no migration.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import Final

from pydantic import TypeAdapter

from bot.announcements.matter import CardMatter, DigestMatter, FreeMatter, Matter, NewsMatter, NoticeMatter, StageMatter
from bot.domain.lecture import Lecture
from bot.domain.timings import News

_LECTURE: Final = TypeAdapter(Lecture)
_MATTER: Final[TypeAdapter[Matter]] = TypeAdapter(
    StageMatter | NewsMatter | NoticeMatter | DigestMatter | FreeMatter | CardMatter
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
        self.matter: Final = lru_cache(maxsize=_KEPT_READY)(self._matter)
        """The matter that was written; the same one for the same text."""

    def lecture(self, written: str | None) -> Lecture | None:
        """The lecture that was written, if any."""
        return None if written is None else _lecture_in(_LECTURE.validate_json(written), self.zone)

    def _matter(self, written: str) -> Matter:
        return _matter_in(_MATTER.validate_json(written), self.zone)


def lecture_written(lecture: Lecture | None) -> str | None:
    """The lecture as JSON, if there is one."""
    if lecture is None:
        return None
    return _LECTURE.dump_json(_lecture_in(lecture, UTC), exclude_defaults=True).decode()


def matter_written(matter: Matter) -> str:
    """The matter as JSON."""
    return _MATTER.dump_json(_matter_in(matter, UTC), exclude_defaults=True).decode()


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


def _matter_in(matter: Matter, zone: tzinfo) -> Matter:
    due = matter.due.astimezone(zone)
    if isinstance(matter, StageMatter):
        return replace(matter, anchor=matter.anchor.astimezone(zone), due=due, until=matter.until.astimezone(zone))
    if isinstance(matter, DigestMatter):
        return replace(matter, due=due, until=matter.until.astimezone(zone))
    return replace(matter, due=due)


def _instant_in(instant: datetime | None, zone: tzinfo) -> datetime | None:
    return instant.astimezone(zone) if instant else None
