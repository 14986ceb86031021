"""Looking after the bot from chat: the port to what it is doing, what troubles it, and whether it may speak."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.announcements.matter import Matter
from bot.announcements.pause import Pause
from bot.domain.audience import Address, Follower
from bot.domain.language import Language


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A post to come and who gets it; `text` is its first line as it would read."""

    due: datetime
    matter: Matter
    followers: tuple[Follower, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Condition:
    """How the bot is doing: each platform's connection with what is the matter if anything, whether the database
    answers, by how many seconds the clock is off where a platform told so, and the file's mistakes in words."""

    platforms: tuple[tuple[str, bool, str], ...]
    database: bool
    clock_skew: float | None
    mistakes: tuple[str, ...]


class Operations(Protocol):
    """What the announcer does and suffers from. Methods may raise LedgerUnavailable."""

    async def upcoming(self, most: int) -> list[Upcoming]:
        """The next posts, soonest first, pending news among them."""

    async def paused(self) -> Pause | None:
        """Who holds all posts back, and since when; None if nobody does."""

    async def pause(self, by: str, *, paused: bool) -> bool:
        """Holds all posts to channels and people back, or lets them go out again; whether that changed anything.

        What organizers are told, and what they announce themselves, always goes.
        """

    async def announce(self, text: str, channels: Sequence[Address], by: str) -> None:
        """Has a free text posted to these channels, once to each; `by` is for the log alone."""

    def troubles(self, language: Language) -> tuple[str, ...]:
        """What organizers should know today: failed posts, lost rights, a broken file."""

    def condition(self, language: Language) -> Condition:
        """How the bot is doing."""
