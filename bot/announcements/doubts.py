"""Whether what a platform refuses is really gone: a right, a channel or a person may be missing for a moment only."""

from collections.abc import Callable
from typing import Final

from bot.announcements.poster import Refusal
from bot.domain.subscriptions import Address

CONFIRMED: Final = 60.0
"""Seconds for which something must have been refused until that is believed."""

ASK_AGAIN: Final = 20.0
"""Seconds after which what was refused is tried again, until then."""

_MAY_COME_BACK: Final = (Refusal.RIGHTS, Refusal.GONE, Refusal.CLOSED)


class Doubts:
    """The addresses that refuse what is sent there, and since when on the clock of `elapsed` seconds."""

    def __init__(self, elapsed: Callable[[], float]) -> None:
        self._elapsed: Final = elapsed
        self._refused: Final[dict[Address, tuple[float, float]]] = {}
        """When it was refused first and last."""

    def confirmed(self, address: Address, why: Refusal) -> bool:
        """Takes note of a refusal; whether it is to be believed."""
        if why not in _MAY_COME_BACK:
            return True
        now = self._elapsed()
        first, _ = self._refused.get(address, (now, now))
        self._refused[address] = first, now
        return now - first >= CONFIRMED

    def accepted(self, address: Address) -> None:
        """Takes note that something was taken there."""
        self._refused.pop(address, None)

    def is_pending(self, address: Address) -> bool:
        """Whether it refused something so lately that it is not to be asked again yet."""
        _, last = self._refused.get(address, (0.0, float("-inf")))
        return self._elapsed() - last < ASK_AGAIN
