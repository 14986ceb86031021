"""How one registers, for the series and for a lecture."""

from enum import StrEnum
from typing import Annotated, Final

from bot.domain.registration import Closing
from bot.schedule.problems import Term, refusal, understood
from bot.schedule.schema.entry import WORD, Entry, checked, mapping_schema
from bot.schedule.schema.fields import (
    ClockTime,
    FormAddress,
    LectureReference,
    MaybeDeadline,
    MaybeMoment,
    one_of,
    optional,
    whole_number,
)


class Places(StrEnum):
    """Whether there are places left in the room."""

    OPEN = "open"
    FULL = "full"


class ClosingEntry(Entry):
    """So many days before the lecture's day, at this time; at the end of that day if none is given."""

    days_before: Annotated[int, whole_number(0, 60)]
    at: ClockTime | None = None


NOBODY: Final = "none"
"""What stands for registration where nobody registers."""


def _closing(value: object) -> ClosingEntry | Closing:
    """The rule, or the word that stands in its place."""
    if isinstance(value, str) and value.strip() in set(Closing):
        return Closing(value.strip())
    if not isinstance(value, dict):
        raise refusal("mapping_like", understood=understood(value), example=Term("example.closes"))
    return checked(ClosingEntry, value)


def _form_alone(text: str) -> dict[str, str]:
    """What the address of a form alone stands for. Refuses another word."""
    if not set(":@.") & set(text):
        raise refusal("registration", understood=understood(text))
    return {"url": text}


class PolicyEntry(Entry):
    """How one registers for the lectures of the series."""

    url: FormAddress = None
    closes: Annotated[ClosingEntry | Closing | None, optional(_closing, mapping_schema(ClosingEntry, WORD))] = None


def _policy(value: object) -> PolicyEntry | None:
    """What holds for the series; nothing if nobody registers."""
    if isinstance(value, str):
        return None if value.strip() == NOBODY else checked(PolicyEntry, _form_alone(value))
    return checked(PolicyEntry, value)


PolicyField = Annotated[PolicyEntry | None, optional(_policy, mapping_schema(PolicyEntry, WORD))]


class RegistrationEntry(Entry):
    url: FormAddress = None
    opens: MaybeMoment = None
    closes: MaybeDeadline = None
    in_person: Annotated[Places, one_of(Places, Places.OPEN)] = Places.OPEN
    also_for: list[LectureReference] | None = None


WAIVED: Final = RegistrationEntry.model_construct()
"""The entry of a lecture for which nobody registers."""


def _registration(value: object) -> RegistrationEntry:
    """A lecture's entry."""
    if isinstance(value, str):
        return WAIVED if value.strip() == NOBODY else checked(RegistrationEntry, _form_alone(value))
    return checked(RegistrationEntry, value)


RegistrationField = Annotated[
    RegistrationEntry | None, optional(_registration, mapping_schema(RegistrationEntry, WORD))
]
