"""The talks of a session."""

from typing import Annotated, Final

from bot.schedule.problems import Term, refusal, understood
from bot.schedule.scalars import several
from bot.schedule.schema.entry import WORD, Entry, checked, reference
from bot.schedule.schema.fields import MaybeEnd, MaybeLine, MaybeTalkTime, MaybeText, optional
from bot.schedule.schema.materials import MaterialEntry
from bot.schedule.schema.people import People


class TalkEntry(Entry):
    title: MaybeLine = None
    speaker: People = None
    speakers: People = None
    starts: MaybeTalkTime = None
    ends: MaybeEnd = None
    abstract: MaybeText = None
    materials: list[MaterialEntry] | None = None


def talk(value: object) -> TalkEntry:
    """A talk by its bare title, or as a mapping."""
    return checked(TalkEntry, {"title": value} if isinstance(value, str) else value)


def talks(value: object) -> list[TalkEntry]:
    """The talks of a session."""
    if not isinstance(value, list):
        raise refusal("list_like", understood=understood(value), example=Term("example.talks"))
    return several(value, talk)


_ANY_TALKS: Final = {"type": ["array", "null"], "items": {"anyOf": [WORD, reference(TalkEntry)]}}
Talks = Annotated[list[TalkEntry] | None, optional(talks, _ANY_TALKS)]
