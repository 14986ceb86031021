"""How one registers, for the series and for a lecture."""

from enum import StrEnum
from typing import Annotated, Final

from pydantic import BeforeValidator, PlainValidator

from bot.domain.registration import Closing
from bot.schedule.problems import Term, refusal, understood
from bot.schedule.scalars import (
    ClockTime,
    FormAddress,
    LectureReference,
    MaybeDeadline,
    MaybeMoment,
    choice,
    number_schema,
    whole,
    word_schema,
)
from bot.schedule.schema.entry import WORD, Entry, checked, mapping_schema


class Places(StrEnum):
    """Whether there are places left in the room."""

    OPEN = "open"
    FULL = "full"


class ClosingEntry(Entry):
    """So many days before the lecture's day, at this time; at the end of that day if none is given."""

    days_before: Annotated[int, PlainValidator(whole(0, 60)), number_schema(0, 60)]
    at: ClockTime | None = None


NOBODY: Final = "none"
"""What stands for registration where nobody registers."""


def _closing(value: object) -> ClosingEntry | Closing | None:
    """The rule, or the word that stands in its place."""
    if value is None:
        return None
    if isinstance(value, str) and value.strip() in set(Closing):
        return Closing(value.strip())
    if not isinstance(value, dict):
        raise refusal("mapping_like", understood=understood(value), example=Term("example.closes"))
    return checked(ClosingEntry, value)


def _policy(value: object) -> object:
    """What holds for the series; nothing if nobody registers, and an address alone is that of the form."""
    if not isinstance(value, str):
        return value
    return None if value.strip() == NOBODY else _form_alone(value)


def _form_alone(text: str) -> dict[str, str]:
    """What the address of a form alone stands for. Refuses another word."""
    if not set(":@.") & set(text):
        raise refusal("registration", understood=understood(text))
    return {"url": text}


class PolicyEntry(Entry):
    """How one registers for the lectures of the series."""

    url: FormAddress = None
    closes: Annotated[ClosingEntry | Closing | None, PlainValidator(_closing), mapping_schema(ClosingEntry, WORD)] = (
        None
    )


PolicyField = Annotated[PolicyEntry | None, BeforeValidator(_policy), mapping_schema(PolicyEntry, WORD)]


class RegistrationEntry(Entry):
    url: FormAddress = None
    opens: MaybeMoment = None
    closes: MaybeDeadline = None
    in_person: Annotated[Places, PlainValidator(choice(Places, Places.OPEN)), word_schema(Places)] = Places.OPEN
    also_for: list[LectureReference] | None = None


WAIVED: Final = RegistrationEntry.model_construct()
"""The entry of a lecture for which nobody registers."""


def _registration(value: object) -> object:
    """A lecture's entry; an address alone is that of the form."""
    if not isinstance(value, str):
        return value
    return WAIVED if value.strip() == NOBODY else _form_alone(value)


RegistrationField = Annotated[
    RegistrationEntry | None, BeforeValidator(_registration), mapping_schema(RegistrationEntry, WORD)
]
