"""One lecture and what belongs to it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.expectations import Expected
from bot.domain.language import Localized
from bot.domain.materials import Material
from bot.domain.registration import Closing


class Field(StrEnum):
    """A field of a lecture under its name in lectures.yaml; a dot leads to a part of a field.

    In the order in which changes are told. Whatever is known of a field, layer by layer, is in a table by this key.
    """

    NUMBER = "number"
    ID = "id"
    LABEL = "label"
    STATUS = "status"
    REASON = "reason"
    STARTS = "starts"
    ENDS = "ends"
    VENUE = "venue"
    VENUE_NAME = "venue.name"
    ROOM = "venue.room"
    VENUE_TENTATIVE = "venue.tentative"
    MODE = "mode"
    REGISTRATION = "registration"
    IN_PERSON = "registration.in_person"
    FORM = "registration.url"
    ALSO_FOR = "registration.also_for"
    DEADLINE = "registration.closes"
    OPENS = "registration.opens"
    SPEAKER = "speaker"
    SPEAKER_NAME = "speaker.name"
    AFFILIATION = "speaker.affiliation"
    READING = "speaker.reading"
    TALKS = "talks"
    TITLE = "title"
    TITLE_TENTATIVE = "title_tentative"
    LANGUAGE = "lecture_language"
    NOTES = "notes"
    SUMMARY = "summary"
    ABSTRACT = "abstract"
    MATERIALS = "materials"
    EXPECTS = "expects"
    MAP = "venue.url"
    JOIN = "join"

    @property
    def path(self) -> tuple[str, ...]:
        """The keys of lectures.yaml that lead to it."""
        return tuple(self.split("."))

    @property
    def whole(self) -> "Field":
        """The field that it is a part of, or it itself."""
        return Field(self.path[0])


class Status(StrEnum):
    """What the organizers say of a lecture; whether it is past is the clock's to say."""

    PLANNED = "planned"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Mode(StrEnum):
    """How a lecture can be attended."""

    HYBRID = "hybrid"
    IN_PERSON = "in_person"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker or an organizer; `reading` is the name in kana, by which it can be found."""

    name: Localized
    affiliation: Localized | None = None
    reading: Localized | None = None


@dataclass(frozen=True, slots=True)
class Venue:
    """Where a lecture takes place; `tentative` as long as the organizers say so (予定)."""

    name: Localized
    room: Localized | None = None
    url: str | None = None
    tentative: bool = False

    @property
    def full_name(self) -> Localized:
        """The name with the room."""
        name, room = self.name, self.room
        return Localized.composed(lambda each: f"{name.into(each)} {room.into(each)}", (name, room)) if room else name


@dataclass(frozen=True, slots=True)
class Registration:
    """A lecture's own registration entry.

    `closes` is an aware instant, or what it is instead of one, and overrides the series' rule; before `opens` (aware)
    the form is not offered. `also_for` are the ids of other lectures that the same form serves. With `waived`,
    nobody registers for this lecture, though one may for others.
    """

    url: str | None = None
    closes: datetime | Closing | None = None
    in_person_full: bool = False
    also_for: tuple[str, ...] = ()
    opens: datetime | None = None
    waived: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """One of several talks of a lecture, with a title, a speaker or both; `starts` and `ends` are aware, within those
    of the lecture. `position` is its place in the file, from 0, where talks need not be in the order of their times."""

    title: Localized | None = None
    speakers: tuple[Person, ...] = ()
    starts: datetime | None = None
    ends: datetime | None = None
    abstract: Localized | None = None
    materials: tuple[Material, ...] = ()
    position: int = field(default=0, compare=False)


class Phase(StrEnum):
    """Where a lecture stands at some instant."""

    UNDATED = "undated"
    AHEAD = "ahead"
    UNDER_WAY = "under_way"
    OVER = "over"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


TO_COME: Final = (Phase.AHEAD, Phase.UNDATED, Phase.UNDER_WAY)
"""Phases in which a lecture can still be attended, so that what is undecided or unusual matters."""

ASSUMED_LENGTH: Final = timedelta(hours=2)
"""How long a lecture counts as under way whose end is not known."""


@dataclass(frozen=True, slots=True)
class Lecture:
    """A lecture. `id` identifies it for good and never changes: its number as text, unless another is given.

    It is called by its `label`, else by its number; most series number theirs, some don't.
    `day` alone means that the time is to be announced; no `day` that the date is. `starts` and `ends` are aware
    and in the series' zone. A missing `title` or `venue` is to be announced, as are the speakers where there
    are none. `expects` is what is expected of it, where that is otherwise than of the series. `reason` is that of a
    postponement or cancellation. `join` is the address at which one joins online, where it is another than the series'.
    """

    number: int | None = None
    id: str = ""
    label: Localized | None = None
    status: Status = Status.PLANNED
    day: date | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    speakers: tuple[Person, ...] = ()
    talks: tuple[Talk, ...] = ()
    title: Localized | None = None
    title_tentative: bool = False
    mode: Mode | None = None
    venue: Venue | None = None
    summary: Localized | None = None
    abstract: Localized | None = None
    notes: Localized | None = None
    language: str | None = None
    registration: Registration = Registration()
    join: str | None = None
    materials: tuple[Material, ...] = ()
    expects: frozenset[Expected] | None = None
    reason: Localized | None = None

    def __post_init__(self) -> None:
        if not self.id:
            if self.number is None:
                raise ValueError("a lecture needs a number or an id")
            object.__setattr__(self, "id", str(self.number))

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody who speaks: at the lecture as a whole, then in its talks."""
        return tuple(dict.fromkeys([*self.speakers, *(who for talk in self.talks for who in talk.speakers)]))

    @property
    def abstracts(self) -> tuple[Localized, ...]:
        """That of the lecture as a whole, then those of its talks."""
        return tuple(each for each in (self.abstract, *(talk.abstract for talk in self.talks)) if each)

    @property
    def all_materials(self) -> tuple[Material, ...]:
        """Those of the lecture as a whole, then those of its talks."""
        return (*self.materials, *(each for talk in self.talks for each in talk.materials))

    def with_materials(self, wanted: Callable[[Material], bool]) -> "Lecture":
        """The lecture with some of its materials, and of those of its talks."""
        talks = tuple(replace(each, materials=tuple(filter(wanted, each.materials))) for each in self.talks)
        return replace(self, materials=tuple(filter(wanted, self.materials)), talks=talks)

    def over_at(self, midnight: time) -> datetime | None:
        """The instant from which the lecture counts as over: its end or, where that is unknown, `ASSUMED_LENGTH` after
        its start; without a start, the end of its day.

        `midnight` carries the series' zone, which a bare date lacks.
        """
        if self.ends or not self.day:
            return self.ends
        if self.starts:
            return (self.starts.astimezone(UTC) + ASSUMED_LENGTH).astimezone(self.starts.tzinfo)
        return datetime.combine(self.day + timedelta(days=1), midnight)

    def with_times(self, told: Callable[[datetime], datetime]) -> "Lecture":
        """The lecture with each of its instants as `told`, such as in another zone."""
        entry = self.registration
        closes = told(entry.closes) if isinstance(entry.closes, datetime) else entry.closes
        return replace(
            self,
            starts=self.starts and told(self.starts),
            ends=self.ends and told(self.ends),
            registration=replace(entry, closes=closes, opens=entry.opens and told(entry.opens)),
            talks=tuple(
                replace(each, starts=each.starts and told(each.starts), ends=each.ends and told(each.ends))
                for each in self.talks
            ),
        )

    def phase(self, now: datetime) -> Phase:
        """Where the lecture stands at the aware instant `now`, given in the series' zone."""
        if self.status is Status.CANCELLED:
            return Phase.CANCELLED
        if self.status is Status.POSTPONED:
            return Phase.POSTPONED
        over_at = self.over_at(time(tzinfo=now.tzinfo))
        if over_at is None:
            return Phase.UNDATED
        instant = now.astimezone(UTC)  # two times in one zone compare by their clocks, which show an hour a year twice
        if instant >= over_at:
            return Phase.OVER
        return Phase.UNDER_WAY if self.starts and instant >= self.starts else Phase.AHEAD


LONGEST_ID: Final = 32
_ID: Final = re.compile(rf"\w[\w.-]{{0,{LONGEST_ID - 1}}}")


def is_id(text: str) -> bool:
    """Whether a lecture can have that id: one short word of letters, digits, dots, hyphens and underscores."""
    return _ID.fullmatch(text) is not None


def in_order(ids: Iterable[str]) -> tuple[str, ...]:
    """Each id once: first those that are numbers, by number, then the others as texts."""
    return tuple(sorted(set(ids), key=rank))


def rank(id: str) -> tuple[bool, int, str]:  # noqa: A002 - as the lecture calls it
    """By what ids are put in order: numbers before texts."""
    return (False, int(id), "") if id.isdecimal() else (True, 0, id)
