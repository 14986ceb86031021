"""What a lecture is called in all sentences."""

import re
from typing import Annotated

from bot.domain.called import CALLED, Called
from bot.schedule.problems import refusal, understood
from bot.schedule.schema.entry import Entry, checked, mapping_schema
from bot.schedule.schema.fields import Numbered, Word, optional


class NounEntry(Entry):
    """A word of one's own, for one and for several; `numbered` has the number as `{n}`."""

    one: Word
    many: Word | None = None
    numbered: Numbered | None = None


class CalledEntry(Entry):
    """What a lecture is called, by language."""

    ja: NounEntry | None = None
    en: NounEntry | None = None


def _called(value: object) -> Called | CalledEntry:
    """One of the usual words, or words of one's own."""
    if isinstance(value, dict) and value:
        return checked(CalledEntry, value)
    called = CALLED.get(re.sub(r"[-\s]+", "_", value.strip().lower())) if isinstance(value, str) else None
    if called is None:
        raise refusal("called", understood=understood(value), allowed=", ".join(CALLED))
    return called


CalledField = Annotated[
    Called | CalledEntry | None, optional(_called, mapping_schema(CalledEntry, {"enum": [*CALLED]}))
]
