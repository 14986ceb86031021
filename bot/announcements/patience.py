"""How long the steps of a post may take: the figures that make it certain that nobody sends what somebody else may."""

from dataclasses import dataclass
from typing import Final

from bot.announcements.ledger import GUARD, LEASE
from bot.announcements.poster import LIMIT


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. A claim is one process's for `lease`; nothing is sent unless `guard` of it is left, so that the platform
    call, which takes `call` at most, is over long before anybody takes the post over.

    `pause` is the longest between two attempts to send, `look_again` the longest until a history that could not be read
    is tried again.
    Every process that shares a ledger must have the same. Raises ValueError for figures that don't hold together.
    """

    lease: float = LEASE
    guard: float = GUARD
    call: float = LIMIT
    pause: float = 300.0
    look_again: float = 600.0

    def __post_init__(self) -> None:
        if not 0 < self.call < self.guard < self.lease:
            raise ValueError("call < guard < lease")


USUAL: Final = Patience()
"""What every bot goes by; tests of crashes, which can't wait for minutes, go by less."""
