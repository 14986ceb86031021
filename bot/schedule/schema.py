"""The shape of lectures.yaml: which keys there are and of which type each is, not yet how they fit together.

Values arrive as plain texts, lists and mappings. A key that is left empty counts as left out, except for links.
"""

import re
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainValidator, ValidationError, WithJsonSchema

from bot.domain.called import CALLED, Called
from bot.domain.expectations import Expected
from bot.domain.lecture import Mode, Status
from bot.domain.materials import MaterialKind
from bot.domain.people import people_in
from bot.domain.registration import Closing
from bot.domain.rooms import is_room_alone, name_and_room
from bot.domain.text import one_line
from bot.schedule.columns import Column
from bot.schedule.problems import RefusedValueError, Term, findings, refusal, understood
from bot.schedule.scalars import (
    Address,
    ClockTime,
    Duration,
    Flag,
    FormAddress,
    Holidays,
    LectureId,
    LectureReference,
    Line,
    MaybeAddress,
    MaybeDeadline,
    MaybeEnd,
    MaybeFlag,
    MaybeLine,
    MaybeMoment,
    MaybeSpan,
    MaybeTag,
    MaybeTalkTime,
    MaybeText,
    Number,
    Numbered,
    Reference,
    Text,
    TimeZone,
    Word,
    address,
    choice,
    number_schema,
    optional,
    several,
    whole,
    word_schema,
)
from bot.schedule.yaml_reader import Tree

_Model = TypeVar("_Model", bound="Entry")


class Sync(StrEnum):
    """What becomes of changes on the organizers' page."""

    OFF = "off"
    PROPOSE = "propose"
    APPLY = "apply"


class Places(StrEnum):
    """Whether there are places left in the room."""

    OPEN = "open"
    FULL = "full"


class MeetingLinks(StrEnum):
    """Where the addresses of online meetings may stand."""

    BY_MAIL = "by_mail"
    """Nowhere: they go by mail to those registered."""
    PUBLIC = "public"
    """In `join`: the organizers publish them."""


class Preparation(StrEnum):
    """What stands in for the link of a material that is announced only."""

    IN_PREPARATION = "in_preparation"


class Entry(BaseModel):
    """A mapping of the file."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)


def _reference(model: type[Entry]) -> dict[str, Any]:
    """The mapping in `lecturebot schema`, where all of them stand by their names."""
    return {"$ref": f"#/$defs/{model.__name__}"}


_WORD: Final = {"type": "string"}
_OFF: Final = {"const": False}


def _schema(model: type[Entry], short: dict[str, Any], *, several: bool = False) -> WithJsonSchema:
    """How editors are told of a mapping that may be left empty or have a `short` form."""
    one = [short, _reference(model)]
    listed = [{"type": "array", "items": {"anyOf": one}}] if several else []
    return WithJsonSchema({"anyOf": [*one, *listed, {"type": "null"}]})


class PersonEntry(Entry):
    name: Line
    affiliation: MaybeLine = None
    reading: MaybeLine = None


def people(value: object) -> list[PersonEntry]:
    """People by their bare names or as mappings; one alone needs no list."""
    if isinstance(value, list):
        return [who for each in several(value, _people) for who in each]
    return _people(value)


def _people(value: object) -> list[PersonEntry]:
    if isinstance(value, str) and value.strip():
        return [_checked(PersonEntry, each) for each in people_written(value)]
    if not isinstance(value, dict):
        raise refusal("person", understood=understood(value))
    return [_checked(PersonEntry, value)]


def people_written(text: str) -> list[Tree]:
    """The mappings that a text stands for: everybody in it, with their affiliations."""
    found: list[dict[str, Tree]] = [dict(each._asdict()) for each in people_in(text.strip())]
    return [{key: value for key, value in each.items() if value is not None} for each in found]


def _checked(model: type[_Model], value: object) -> _Model:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise RefusedValueError(*findings(error, model)) from None


People = Annotated[list[PersonEntry] | None, optional(people), _schema(PersonEntry, _WORD, several=True)]


class VenueEntry(Entry):
    """A place; without a name it is a part of the usual one that is otherwise."""

    name: MaybeLine = None
    room: MaybeLine = None
    url: Reference = None
    tentative: Flag = False


def venue(value: object) -> VenueEntry:
    """A venue by its bare name, perhaps with the room, or as a mapping."""
    if isinstance(value, str) and value.strip():
        return _checked(VenueEntry, venue_written(value))
    if not isinstance(value, dict):
        raise refusal("venue", understood=understood(value))
    return _checked(VenueEntry, value)


def _named_venue(value: object) -> VenueEntry:
    found = venue(value)
    if found.name is None:
        raise refusal("venue", understood=understood(value))
    return found


def venue_written(text: str) -> dict[str, Tree]:
    """The mapping that a text stands for: `MIT 35-225` is a name with a room."""
    bare = one_line(text)
    name, room = (bare, "") if is_room_alone(bare) else name_and_room(bare)
    place: dict[str, Tree] = {"name": name.rstrip(",、")}
    return place | ({"room": room} if room else {})


VenueField = Annotated[VenueEntry | None, optional(venue), _schema(VenueEntry, _WORD)]
ModeWord = Annotated[Mode, PlainValidator(choice(Mode)), word_schema(Mode, "in-person")]
MeetingLinksWord = Annotated[
    MeetingLinks, PlainValidator(choice(MeetingLinks, MeetingLinks.BY_MAIL)), word_schema(MeetingLinks)
]
KindWord = Annotated[MaterialKind, PlainValidator(choice(MaterialKind, MaterialKind.OTHER)), word_schema(MaterialKind)]


def column(value: object) -> Column | MaterialKind:
    """What a column is about; a kind of material stands for links of that kind."""
    known: dict[str, Column | MaterialKind] = {each.value: each for each in (*MaterialKind, *Column)}
    about = known.get(value.strip()) if isinstance(value, str) else None
    if about is None:
        raise refusal("choice", understood=understood(value), allowed=", ".join([*Column, *MaterialKind]))
    return about


class PageEntry(Entry):
    url: Address = None
    source: Address = None
    sync: Annotated[Sync, PlainValidator(choice(Sync, Sync.OFF)), word_schema(Sync)] = Sync.OFF
    every: Duration | None = None
    mapping: dict[str, Annotated[Column | MaterialKind, PlainValidator(column)]] | None = None


class LinkEntry(Entry):
    """An address with what it is called."""

    label: MaybeLine = None
    url: Annotated[str, PlainValidator(address), WithJsonSchema({"type": "string"})]


def _link(value: object) -> LinkEntry:
    return _checked(LinkEntry, value if isinstance(value, dict) else {"url": address(value)})


def links(value: object) -> dict[str, LinkEntry]:
    """Addresses under any names."""
    if not isinstance(value, dict):
        raise refusal("mapping_like", understood=understood(value), example=Term("example.links"))
    return dict(zip(value, several(value, _link), strict=True))


_ANY_LINKS: Final = WithJsonSchema(
    {"type": ["object", "null"], "additionalProperties": {"anyOf": [{"type": "string"}, _reference(LinkEntry)]}}
)
LinksField = Annotated[dict[str, LinkEntry] | None, optional(links), _ANY_LINKS]


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
    return _checked(ClosingEntry, value)


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
    closes: Annotated[ClosingEntry | Closing | None, PlainValidator(_closing), _schema(ClosingEntry, _WORD)] = None


class RulesEntry(Entry):
    registration: list[Text] | None = None
    in_person: list[Text] | None = None
    online: list[Text] | None = None
    everyone: list[Text] | None = None


class ExpectsEntry(Entry):
    """What is normally there; of a lecture, where that is otherwise than of the series."""

    title: MaybeFlag = None
    speaker: MaybeFlag = None
    venue: MaybeFlag = None
    room: MaybeFlag = None
    abstract: MaybeFlag = None
    slides: MaybeFlag = None
    video: MaybeFlag = None

    @property
    def said(self) -> dict[Expected, bool]:
        """What the mapping has."""
        values = {each: getattr(self, each) for each in Expected}
        return {each: value for each, value in values.items() if value is not None}


class DefaultsEntry(Entry):
    """What holds for each lecture that does not say otherwise."""

    at: ClockTime | None = None
    lasts: Duration | None = None
    mode: ModeWord | None = None
    venue: Annotated[VenueEntry | None, optional(_named_venue), _schema(VenueEntry, _WORD)] = None
    lecture_language: MaybeTag = None


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
        return _checked(CalledEntry, value)
    called = CALLED.get(re.sub(r"[-\s]+", "_", value.strip().lower())) if isinstance(value, str) else None
    if called is None:
        raise refusal("called", understood=understood(value), allowed=", ".join(CALLED))
    return called


class SeriesEntry(Entry):
    name: Line
    timezone: TimeZone
    language: MaybeTag = None
    called: Annotated[Called | CalledEntry | None, optional(_called), _schema(CalledEntry, {"enum": [*CALLED]})] = None
    page: PageEntry | None = None
    links: LinksField = None
    organizers: People = None
    usual_venue: MaybeLine = None
    registration: Annotated[PolicyEntry | None, BeforeValidator(_policy), _schema(PolicyEntry, _WORD)] = None
    meeting_links: Annotated[
        MeetingLinks, PlainValidator(choice(MeetingLinks, MeetingLinks.BY_MAIL)), word_schema(MeetingLinks)
    ] = MeetingLinks.BY_MAIL
    join: MaybeAddress = None
    defaults: DefaultsEntry | None = None
    expects: ExpectsEntry | None = None
    holidays: Holidays | None = None
    rules: RulesEntry | None = None


class DaysBefore(Entry):
    """So many days before the start, at this time."""

    days: Annotated[int, PlainValidator(whole(1, 60)), number_schema(1, 60)] | None = None
    at: ClockTime | None = None


class AtTime(Entry):
    """On the day that the stage itself names, at this time."""

    at: ClockTime | None = None


class HoursBefore(Entry):
    """So many hours before the deadline."""

    hours: Annotated[int, PlainValidator(whole(1, 168)), number_schema(1, 168)] | None = None


class MinutesBefore(Entry):
    """So many minutes before the start."""

    minutes: Annotated[int, PlainValidator(whole(1, 1440)), number_schema(1, 1440)] | None = None


class Settled(Entry):
    """When nothing more has been changed for so many minutes."""

    minutes: Annotated[int, PlainValidator(whole(0, 1440)), number_schema(0, 1440)] | None = None


class Fixed(Entry):
    """A stage that can be switched off, but not moved."""


def _stage(model: type[_Model], *, repeats: bool = False) -> PlainValidator:
    """The type of a stage's mapping, of several of them if it `repeats`, or of the word that switches the stage off."""

    def one(value: object) -> _Model:
        if not isinstance(value, dict):
            raise refusal("stage", understood=understood(value))
        return _checked(model, value)

    def stage(value: object) -> _Model | list[_Model] | Literal[False] | None:
        if value is None:
            return None
        if isinstance(value, str) and value.strip() in ("false", "False", "FALSE"):
            return False
        return several(value, one) if repeats and isinstance(value, list) and value else one(value)

    return PlainValidator(stage)


_DaysBefore = Annotated[
    DaysBefore | list[DaysBefore] | Literal[False] | None,
    _stage(DaysBefore, repeats=True),
    _schema(DaysBefore, _OFF, several=True),
]
_AtTime = Annotated[
    AtTime | list[AtTime] | Literal[False] | None, _stage(AtTime, repeats=True), _schema(AtTime, _OFF, several=True)
]
_HoursBefore = Annotated[
    HoursBefore | list[HoursBefore] | Literal[False] | None,
    _stage(HoursBefore, repeats=True),
    _schema(HoursBefore, _OFF, several=True),
]
_MinutesBefore = Annotated[
    MinutesBefore | list[MinutesBefore] | Literal[False] | None,
    _stage(MinutesBefore, repeats=True),
    _schema(MinutesBefore, _OFF, several=True),
]
_Settled = Annotated[Settled | Literal[False] | None, _stage(Settled), _schema(Settled, _OFF)]
_Fixed = Annotated[Fixed | Literal[False] | None, _stage(Fixed), _schema(Fixed, _OFF)]


class AnnouncementsEntry(Entry):
    """The stages of a lecture, each as usual, changed or switched off."""

    listed: _Settled = None
    registration_opened: _Settled = None
    details: _Settled = None
    materials: _Settled = None
    week_before: _DaysBefore = None
    last_weekday: _AtTime = None
    closing_soon: _HoursBefore = None
    closing_today: _AtTime = None
    closed: _Fixed = None
    morning: _AtTime = None
    starting: _MinutesBefore = None
    changed: _Settled = None
    postponed: _Fixed = None
    cancelled: _Fixed = None


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


class MaterialEntry(Entry):
    label: Line
    kind: KindWord = MaterialKind.OTHER
    url: Reference = None
    status: Annotated[Preparation, PlainValidator(choice(Preparation)), word_schema(Preparation)] | None = None


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
    return _checked(TalkEntry, {"title": value} if isinstance(value, str) else value)


def talks(value: object) -> list[TalkEntry]:
    """The talks of a session."""
    if not isinstance(value, list):
        raise refusal("list_like", understood=understood(value), example=Term("example.talks"))
    return several(value, talk)


_ANY_TALKS: Final = WithJsonSchema(
    {"type": ["array", "null"], "items": {"anyOf": [{"type": "string"}, _reference(TalkEntry)]}}
)
Talks = Annotated[list[TalkEntry] | None, optional(talks), _ANY_TALKS]


class LectureEntry(Entry):
    number: Number = None
    id: LectureId = None
    label: MaybeText = None
    status: Annotated[Status, PlainValidator(choice(Status, Status.PLANNED)), word_schema(Status)] = Status.PLANNED
    reason: MaybeText = None
    starts: MaybeSpan = None
    ends: MaybeEnd = None
    speaker: People = None
    speakers: People = None
    talks: Talks = None
    title: MaybeLine = None
    title_tentative: Flag = False
    mode: ModeWord | None = None
    venue: VenueField = None
    summary: MaybeText = None
    abstract: MaybeText = None
    notes: MaybeText = None
    lecture_language: MaybeTag = None
    registration: Annotated[
        RegistrationEntry | None, BeforeValidator(_registration), _schema(RegistrationEntry, _WORD)
    ] = None
    join: MaybeAddress = None
    materials: list[MaterialEntry] | None = None
    expects: ExpectsEntry | None = None


class FileEntry(Entry):
    """The sections of the file, each of which is checked by itself."""

    series: dict[str, Any]
    announcements: dict[str, Any] | None = None
    lectures: list[Any]
