"""What the announcements keep."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.announcements.events.calendar import EventRecords
from bot.announcements.ledger import Ledger
from bot.announcements.state import AnnouncedState, Followers, Pauses


@dataclass(frozen=True, slots=True)
class AnnouncementStore:
    """The tables that announcing reads and writes. `elapsed` is the clock of seconds on which claims end; it goes on
    while the machine sleeps. `collections` are pauses of what isn't urgent among the news alone."""

    ledger: Ledger
    announced: AnnouncedState
    followers: Followers
    pauses: Pauses
    collections: Pauses
    events: EventRecords
    elapsed: Callable[[], float]
