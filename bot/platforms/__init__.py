"""What every platform is to the rest of the house: something that serves until it is closed."""

from dataclasses import dataclass
from typing import Protocol

from bot.commands.router import CommandRouter


@dataclass(frozen=True, slots=True)
class Health:
    """Whether members can be answered right now; `detail` says in one line what is the matter, if anything.

    `lacking` are names of phrases (`rights.…`) for rights that the bot has nowhere and some feature needs.
    """

    connected: bool
    detail: str = ""
    lacking: tuple[str, ...] = ()


class CredentialsRefusedError(Exception):
    """The platform doesn't accept the bot's token; trying again can't help. Its text never holds the token."""


class Platform(Protocol):
    """A chat platform, served by one task. It knows no other platform."""

    @property
    def name(self) -> str:
        """`discord` or `slack`."""

    @property
    def health(self) -> Health:
        """The connection as it is now."""

    @property
    def clock_skew(self) -> float | None:
        """By how many seconds its clock is ahead of this machine's, to about a second; None if not known yet."""

    async def run(self, router: CommandRouter) -> None:
        """Serves its answers until `close` is called. Faults of network and platform are retried with back-off, for
        ever.

        Raises CredentialsRefusedError at the start. A token that is revoked later ends it, too, or is told in `health`
        and tried again.
        """

    async def close(self) -> None:
        """Ends `run` in an orderly way: answers under way are finished, connections closed."""
