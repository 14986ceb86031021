"""The types of fields: how each is read, and what editors are told of it by `lecturebot schema`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core.core_schema import CoreSchema, no_info_plain_validator_function

from bot.domain.language import Localized
from bot.domain.registration import Closing
from bot.schedule.moments import Clock, Moment, clock_time, duration, ending, moment, span, talk_time
from bot.schedule.scalars import (
    address,
    boolean,
    choice,
    deadline,
    form,
    holidays,
    language,
    lecture_id,
    line,
    localized,
    numbered,
    reference,
    whole,
    word,
)
from bot.schedule.zones import time_zone

Schema = Mapping[str, Any]
"""What JSON Schema says of a value."""


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """Marks a field that `parse` makes of what the file says.

    pydantic's own PlainValidator looks into the type of the field as well, which takes longer than all the rest.
    """

    parse: Callable[[object], Any]
    schema: Schema

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_plain_validator_function(self.parse)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**self.schema}


def optional(parse: Callable[[object], Any], schema: Schema) -> Parsed:
    """The same for a field that may be left empty."""
    return Parsed(lambda value: None if value is None else parse(value), schema)


def whole_number(least: int, most: int) -> Parsed:
    """A whole number within these bounds."""
    return Parsed(whole(least, most), {"type": ["integer", "null"], "minimum": least, "maximum": most})


def one_of(kind: type[StrEnum], usual: StrEnum | None = None, *others: str) -> Parsed:
    """A word out of a few; `usual` is what stands for none, `others` are more ways to write one of them."""
    return Parsed(choice(kind, usual), {"enum": [*(str(each.value) for each in kind), *others, None]})


_WORDS: Final[Schema] = {"type": ["string", "null"]}
_NUMBER: Final[Schema] = {"type": ["integer", "null"], "minimum": 0}
_SCALAR: Final[Schema] = {"type": ["string", "integer", "null"]}
_FLAG: Final[Schema] = {"type": ["boolean", "null"]}
_TEXT: Final[Schema] = {
    "type": ["string", "number", "object", "null"],
    "additionalProperties": {"type": ["string", "number", "null"]},
}
_HOLIDAYS: Final[Schema] = {"type": ["string", "array", "null"], "items": {"type": "string"}}

Text = Annotated[Localized, Parsed(localized, _TEXT)]
MaybeText = Annotated[Localized | None, optional(localized, _TEXT)]
Line = Annotated[Localized, Parsed(line, _TEXT)]
MaybeLine = Annotated[Localized | None, optional(line, _TEXT)]
Address = Annotated[str | None, Parsed(address, _WORDS)]
MaybeAddress = Annotated[str | None, optional(address, _WORDS)]
FormAddress = Annotated[str | None, Parsed(form, _WORDS)]
Reference = Annotated[str | None, Parsed(reference, _WORDS)]
MaybeMoment = Annotated[Moment | None, optional(moment, _WORDS)]
MaybeSpan = Annotated[Moment | None, optional(span, _WORDS)]
MaybeTalkTime = Annotated[Moment | Clock | None, optional(talk_time, _WORDS)]
MaybeEnd = Annotated[Moment | Clock | None, optional(ending, _WORDS)]
MaybeDeadline = Annotated[Moment | Closing | None, optional(deadline, _WORDS)]
ClockTime = Annotated[time, Parsed(clock_time, _WORDS)]
Duration = Annotated[timedelta, Parsed(duration, _WORDS)]
TimeZone = Annotated[ZoneInfo, Parsed(time_zone, _WORDS)]
Flag = Annotated[bool, Parsed(boolean, _FLAG)]
MaybeFlag = Annotated[bool | None, optional(boolean, _FLAG)]
Number = Annotated[int | None, optional(whole(0, 999_999), _NUMBER)]
LectureId = Annotated[str | None, optional(lecture_id, _SCALAR)]
Numbered = Annotated[str, Parsed(numbered, _WORDS)]
Word = Annotated[str, Parsed(word, _WORDS)]
LectureReference = Annotated[str, Parsed(lecture_id, _SCALAR)]
MaybeTag = Annotated[str | None, optional(language, _WORDS)]
Holidays = Annotated[tuple[str | date, ...], Parsed(holidays, _HOLIDAYS)]
