"""The port to a platform's scheduled events, and what is remembered of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from bot.announcements.events.desired import Event
from bot.announcements.ledger import LEASE
from bot.announcements.poster import NotSent, Outcome, Refused, Unknown
from bot.domain.language import Language
from bot.domain.subscriptions import Address

EVENTS_LEASE: Final = LEASE
"""Seconds for which one process alone keeps the events of a platform."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What an event says, as the platform has it; `starts` and `ends` are in UTC."""

    name: str
    description: str
    location: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class EventStatus:
    """An event of ours that has not ended; `lecture` is what its marker says, `begun` that it goes on by now."""

    id: str
    lecture: str | None
    shown: Shown
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """The events of a place that have not ended: ours, and for how many of ours the others leave room."""

    ours: tuple[EventStatus, ...]
    room: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where events are, such as a server: the channels there that follow, and whether the bot may make events."""

    id: str
    name: str
    channels: tuple[Address, ...]
    allowed: bool


class EventCalendar(Protocol):
    """Scheduled events on one platform. No method raises for what a platform or network does, or asks twice."""

    @property
    def platform(self) -> str:
        """`discord`: the first part of the addresses that it serves."""

    @property
    def ready(self) -> bool:
        """Whether the platform can be reached as far as is known."""

    def places(self, channels: Collection[Address]) -> list[Place]:
        """The places of these channels, as far as they are known."""

    def shown(self, event: Event, language: Language) -> Shown:
        """The event as the platform will have it, with a marker by which it is recognised."""

    async def listed(self, place: str) -> Listed | NotSent | Refused | Unknown:
        """All events there that have not ended."""

    async def create(self, place: str, shown: Shown) -> Outcome:
        """Makes an event; `Posted` holds its id."""

    async def edit(self, place: str, event: str, shown: Shown, *, start: bool) -> Outcome:
        """Has an event say something else; its start can be changed until it begins, to a moment ahead."""

    async def call_off(self, place: str, event: str, *, begun: bool) -> Outcome:
        """Cancels an event for good, or ends one that has begun."""

    async def remove(self, place: str, event: str) -> Outcome:
        """Deletes an event without a trace."""


@dataclass(frozen=True, slots=True)
class Lease:
    """What this process alone may do until `ends`, on its clock of elapsed seconds."""

    ends: float
    version: int


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event that was made, and when it was to start, in UTC."""

    event: str
    starts: datetime


class EventRecords(Protocol):
    """The events that were made, as all processes know them. Any method may raise LedgerUnavailableError."""

    async def acquire_lease(self, platform: str, seconds: float) -> Lease | None:
        """The right to keep the platform's events for so long; None while another process has it."""

    async def release_lease(self, platform: str, lease: Lease) -> None:
        """Lets other processes acquire it at once."""

    async def places(self, platform: str) -> set[str]:
        """The places with events that were not cancelled."""

    async def records(self, platform: str, place: str) -> Mapping[str, EventRecord]:
        """Those events of a place, by lecture."""

    async def record(self, platform: str, place: str, lecture: str, record: EventRecord | None) -> None:
        """Records the event of a lecture; None: that it has none any more."""
