"""Waits between attempts that fail."""

import random
from collections.abc import Callable
from typing import Final

_SPREAD: Final = 0.25
_MOST_DOUBLINGS: Final = 60
"""Any longest wait is reached by then, and the power is still a finite number."""


def doubled(first: float, failures: int, longest: float) -> float:
    """Seconds to wait after so many failures in a row: `first`, then twice as long each time, `longest` at most."""
    return min(longest, first * 2.0 ** min(max(0, failures - 1), _MOST_DOUBLINGS))


class Backoff:
    """Waits in seconds that double with each failure in a row, from `first` to `longest`.

    Each is shortened at random by up to a quarter, so that many who failed together don't come back together. `chance`
    gives a number from 0 to 1.
    """

    def __init__(self, first: float = 1.0, longest: float = 60.0, chance: Callable[[], float] = random.random) -> None:
        self._first: Final = first
        self._longest: Final = longest
        self._chance: Final = chance
        self._failures = 0

    def next(self) -> float:
        """The wait after one more failure."""
        self._failures += 1
        return doubled(self._first, self._failures, self._longest) * (1 - _SPREAD * self._chance())

    def reset(self) -> None:
        """Starts anew after a success."""
        self._failures = 0
