"""The ledger of what was told to whom: the port through which every post is claimed, sent once and kept true."""

from base64 import b32encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final, Protocol

from bot.announcements.post import PostSubject
from bot.domain.subscriptions import Address

LEASE: Final = 120.0
"""Seconds for which a claim belongs to the process that made it."""

GUARD: Final = 15.0
"""Seconds of a lease that must be left when a send begins: the platform call ends within 10, and a request that timed
out may be applied a little later."""


class PostStatus(StrEnum):
    """Where a post stands."""

    CLAIMED = "claimed"
    """Some process is sending it, or was: whether it went out is unknown until it is recorded or looked up."""
    WAITING = "waiting"
    """It did certainly not go out, and is to be tried again."""
    HELD = "held"
    """Whether it went out can't be found out for now; it is looked up again later."""
    SENT = "sent"
    SKIPPED = "skipped"
    """It was not sent and never will be: of no more use, or told in another way."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A post that this process may send, until its lease runs out.

    `marker` is derived from its keys and address, and travels with the message. `ends` is the lease's end on this
    process's own clock of elapsed seconds. `version` makes each step compare-and-set. `attempt` counts from 1.
    """

    marker: str
    address: Address
    subject: PostSubject
    ends: float
    version: int
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class OpenPost:
    """A post that is neither sent nor skipped, and that nobody works on: its lease or its pause has run out.

    `created_at` (aware) is when it came into the ledger: the message, if there is one, is not older.
    """

    marker: str
    address: Address
    subject: PostSubject
    status: PostStatus
    version: int
    attempt: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SentPost:
    """A message that stands in a channel. `content_digest` identifies what it says now; empty if that is not known."""

    marker: str
    address: Address
    subject: PostSubject
    message_id: str
    content_digest: str
    sent_at: datetime


def marker_of(keys: Sequence[str], address: Address) -> str:
    """The marker of a post: 24 characters that serve as Discord's nonce (25 at most) and as a part of ids."""
    digest = sha256("\n".join([str(address), *sorted(keys)]).encode()).digest()
    return b32encode(digest[:15]).decode().lower()


class Ledger(Protocol):
    """What was told to whom. Every method is one transaction, which is finished even if the caller is cancelled; any
    may raise `LedgerUnavailableError`."""

    async def taken(self, keys: Collection[str]) -> set[tuple[str, Address]]:
        """Which of the keys were claimed or skipped for which addresses."""

    async def stale(self, keys: Collection[str]) -> set[tuple[str, Address]]:
        """Which of the keys were skipped for which addresses because they came too late."""

    async def claim(self, subject: PostSubject, keys: Sequence[str], address: Address, now: datetime) -> Claim | None:
        """Claims the keys, of which there is at least one, for one post; None if any of them is taken: the post must be
        planned anew without those. What was skipped as stale, under the same keys, is not taken."""

    async def enqueue(
        self, subject: PostSubject, keys: Sequence[str], addresses: Collection[Address], now: datetime
    ) -> None:
        """Takes in a post to each of these addresses, to be sent as soon as may be: all of them, or none if that can't
        be recorded. Where the keys are taken already, nothing is added."""

    async def skip(
        self, subject: PostSubject, keys: Sequence[str], address: Address, now: datetime, reason: str
    ) -> bool:
        """Records that this is not told; False if any of the keys was taken before."""

    async def record_sent(self, claim: Claim, message_id: str, content_digest: str, now: datetime) -> bool:
        """Records the message, and that it is about the claim's subject, which may be less than was claimed; False if
        the post was taken over meanwhile (then whoever did records it)."""

    async def retry_later(self, claim: Claim, seconds: float, reason: str) -> None:
        """Gives the claim back: it did certainly not go out, and is not to be tried before so many seconds."""

    async def hold(self, claim: Claim, seconds: float, reason: str) -> None:
        """Gives the claim back without knowing; it is looked up again after so many seconds."""

    async def hasten(self, address: Address) -> None:
        """Has what waits for that address tried at once."""

    async def drop(self, claim: Claim, reason: str) -> None:
        """Gives it up for good: skipped."""

    async def open_posts(self, addresses: Collection[Address] | None = None) -> list[OpenPost]:
        """All that nobody works on, of these addresses or of all."""

    async def next_open(self) -> float | None:
        """Seconds until the next lease or pause runs out; None if there is none but those that have run out already."""

    async def take_over(self, post: OpenPost) -> Claim | None:
        """Claims an open post by compare-and-set; None if somebody was faster."""

    async def posts_since(self, since: datetime) -> list[SentPost]:
        """What was sent since that instant and can still be edited, oldest first."""

    async def sent_with_keys(self, keys: Collection[str], prefixes: Collection[str] = ()) -> list[SentPost]:
        """What was sent under any of these keys, or under keys that begin so, and can still be edited, however long
        ago."""

    async def keep(self, post: SentPost) -> None:
        """Takes in a message that was sent without a claim, to be edited from now on; nothing if it is there."""

    async def shared_answers(self) -> list[SentPost]:
        """The answers shown to whole channels that can still be edited, however long ago, oldest first."""

    async def reword(self, subject: PostSubject) -> None:
        """Puts the subject in the place of the one that has the same keys, wherever that stands or is to go."""

    async def record_edit(self, post: SentPost, content_digest: str) -> None:
        """Records that the message was edited to say something else."""

    async def forget_message(self, post: SentPost, reason: str) -> None:
        """Records that the message can't be edited any more: it was deleted, or is out of reach for good."""
