"""Who follows the series: the port through which channels and people are remembered."""

from datetime import datetime
from typing import Protocol

from bot.domain.audience import Address, Follower


class Followers(Protocol):
    """The channels that follow and the people to be reminded. Any method may raise LedgerUnavailable."""

    async def followers(self) -> list[Follower]:
        """All of them, by address."""

    async def follower(self, address: Address) -> Follower | None:
        """The one at that address."""

    async def taken_in_by(self, by: str) -> list[Address]:
        """Those that follow and were last taken in or changed by `by`."""

    async def follow(self, follower: Follower, by: str, now: datetime) -> None:
        """Takes one in, or changes what it wants; `by` says who asked for it, for the log."""

    async def unfollow(self, address: Address, by: str, now: datetime) -> bool:
        """Lets one go; whether it was there. What was sent to it stays in the ledger."""
