"""How long each step of a delivery may take, and how long it waits for the next."""

from dataclasses import dataclass
from typing import Final

from bot.announcements.ledger import GUARD, LEASE
from bot.announcements.poster import LIMIT


@dataclass(frozen=True, slots=True)
class DeliveryTimeouts:
    """Seconds. A claim is one process's for `lease`; nothing is sent unless `guard` of it is left, so that the platform
    call, which takes `call` at most, is over long before anybody takes the post over.

    `pause` is the longest between two attempts while a platform can't be reached, `refused` the time until what was
    refused is tried again, `look_again` the longest until a history that may not be read is tried again. After a lost
    answer the history is read after each of the `looks`; what is not there after the last did not arrive.
    Every process that shares a ledger must have the same. Raises ValueError for figures that don't hold together.
    """

    lease: float = LEASE
    guard: float = GUARD
    call: float = LIMIT
    pause: float = 8.0
    refused: float = 300.0
    look_again: float = 600.0
    looks: tuple[float, ...] = (2.0, 3.0, 5.0)

    def __post_init__(self) -> None:
        if not 0 < self.call < self.guard < self.lease:
            raise ValueError("call < guard < lease")


USUAL: Final = DeliveryTimeouts()
"""What every bot goes by; tests of crashes, which can't wait for minutes, go by less."""
