"""The port through which posts reach a platform, and the four ways in which that can end."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from bot.domain.language import Language
from bot.domain.message import Message
from bot.domain.subscriptions import Address

LIMIT: Final = 10.0
"""Seconds that a platform call may take in all; what has no answer by then has an unknown outcome."""


@dataclass(frozen=True, slots=True)
class Posted:
    """The platform has the message; `message` is its id there."""

    message: str


class Refusal(StrEnum):
    """Why a platform will not take a message, however often it is asked, until somebody changes something."""

    GONE = "gone"
    """The channel or person does not exist (any more)."""
    RIGHTS = "rights"
    """The bot lacks a right there, or is not a member."""
    CLOSED = "closed"
    """The person takes no direct messages from the bot."""
    MESSAGE = "message"
    """The message that was to be changed is not there (any more)."""
    CONTENT = "content"
    """The platform finds something wrong with the message itself: a defect of ours."""
    CREDENTIALS = "credentials"
    """The platform no longer takes the bot's token."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform said no; nothing was sent. `detail` is its own word for why, short and without secrets."""

    why: Refusal
    detail: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """It did certainly not arrive: no connection, or asked too often. `wait` is when to ask again, in seconds."""

    detail: str
    wait: float | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Whether it was applied is not known: the answer was lost, or told of an inner error."""

    detail: str


Outcome = Posted | Refused | NotSent | Unknown


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The history can't be read, so that nothing follows from not finding a message in it; a `lasting` reason stays
    until somebody changes something."""

    detail: str
    lasting: bool = False


class Poster(Protocol):
    """Posting on one platform. No method raises for what a platform or network does, and none but `turn` takes longer
    than LIMIT.

    A call is never repeated inside: whether to try again is the dispatcher's to decide.
    """

    @property
    def platform(self) -> str:
        """`discord`, `slack` …: the first part of the addresses that it serves."""

    @property
    def idempotent(self) -> bool:
        """Whether a post that is sent again within minutes, with the same marker, remains one message."""

    @property
    def ready(self) -> bool:
        """Whether the platform can be reached as far as is known; while it can't, nothing is claimed for it."""

    async def turn(self, address: Address, priority: int) -> None:
        """Waits until a post to this address keeps within the platform's rates; asked for before the post is claimed.

        Of those who wait for the platform as a whole, the lowest `priority` goes first.
        """

    async def post(
        self, address: Address, message: Message, language: Language, marker: str, ping: str | None = None
    ) -> Outcome:
        """Sends a message that carries the marker; `ping` is the id of the one role or user group that it pings."""

    async def edit(
        self, address: Address, message_id: str, message: Message, language: Language, marker: str
    ) -> Outcome:
        """Puts something else in the place of a message; nobody is pinged by it."""

    async def pin(self, address: Address, message_id: str) -> Outcome:
        """Pins a message where it stands; one that is pinned stays so."""

    async def remove(self, address: Address, message_id: str) -> Outcome:
        """Deletes a message of ours, pinned or not."""

    async def find(self, address: Address, marker: str, since: datetime) -> Posted | Unreadable | None:
        """The message with this marker, if it is in the history since then; None means: certainly not there."""

    async def set_group(self, person: Address, channel: Address, group: str, *, member: bool) -> Outcome | None:
        """Has a person belong to the role that is pinged in a channel, or no longer; None where that is not ours."""

    def ping_trouble(self, channel: Address, group: str) -> str | None:
        """The name of a phrase (`pings.…`) for why a role or user group can't be pinged in a channel; None if it can,
        or if that isn't known."""

    async def missing_rights(self, address: Address) -> tuple[str, ...]:
        """Names of phrases (`rights.…`) for what the bot needs there and lacks; empty if all is well or unknown."""

    def name_of(self, address: Address) -> str:
        """What a channel, role, user group or community is called there, such as `#lectures`; as the settings write it
        where that isn't known."""
