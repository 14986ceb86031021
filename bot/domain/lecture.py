"""One lecture and what belongs to it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.language import Localized


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


class MaterialKind(StrEnum):
    """What a material is, for its symbol and for counting."""

    SLIDES = "slides"
    VIDEO = "video"
    WHITEBOARD = "whiteboard"
    NOTEBOOK = "notebook"
    DOCUMENT = "document"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker or an organizer."""

    name: Localized
    affiliation: Localized | None = None


@dataclass(frozen=True, slots=True)
class Venue:
    """Where a lecture takes place; `tentative` as long as the organizers say so (予定)."""

    name: Localized
    room: Localized | None = None
    url: str | None = None
    tentative: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """Slides, a recording and the like; one without `url` is announced but still in preparation."""

    label: Localized
    kind: MaterialKind
    url: str | None = None

    @property
    def in_preparation(self) -> bool:
        """Whether it is announced but not published yet."""
        return self.url is None


@dataclass(frozen=True, slots=True)
class Registration:
    """A lecture's own registration entry.

    `closes` is an aware instant and overrides the series' rule; `also_for` are the numbers of other lectures that
    the same form serves.
    """

    url: str | None = None
    closes: datetime | None = None
    in_person_full: bool = False
    also_for: tuple[int, ...] = ()


class Phase(StrEnum):
    """Where a lecture stands at some instant."""

    UNDATED = "undated"
    AHEAD = "ahead"
    UNDER_WAY = "under_way"
    OVER = "over"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Lecture:
    """A lecture, identified by its number for good.

    `day` alone means that the time is to be announced; no `day` that the date is. `starts` and `ends` are aware
    and in the series' zone. A missing `title`, `venue` or `speaker` is to be announced.
    """

    number: int
    status: Status = Status.PLANNED
    day: date | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    speaker: Person | None = None
    title: Localized | None = None
    title_tentative: bool = False
    mode: Mode | None = None
    venue: Venue | None = None
    summary: Localized | None = None
    abstract: Localized | None = None
    notes: Localized | None = None
    language: str | None = None
    registration: Registration = Registration()
    materials: tuple[Material, ...] = ()

    def over_at(self, midnight: time) -> datetime | None:
        """The instant from which the lecture counts as over: its end or, where that is unknown, the end of its day.

        `midnight` carries the series' zone, which a bare date lacks.
        """
        if self.ends or not self.day:
            return self.ends
        return datetime.combine(self.day + timedelta(days=1), midnight)

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
