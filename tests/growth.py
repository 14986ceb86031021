"""How much longer a function takes for a text that is twice as long."""

from collections.abc import Callable
from time import thread_time
from typing import Final

_ENOUGH: Final = 0.004
"""Seconds of computing that can be measured well."""

_LONGEST: Final = 400_000
_ATTEMPTS: Final = 5

LINEAR: Final = 3.5
"""Below this the time is linear to the length; it would be 4 if it was its square."""


def growth(read: Callable[[str], object], piece: str, before: str = "", after: str = "") -> float:
    """The ratio of the times for `piece` repeated 2n times and n times, each the best of five.

    n is chosen so that there is enough to measure.
    """
    times = 250

    def seconds(times: int) -> float:
        text = before + piece * times + after
        return min(_seconds(read, text) for _ in range(_ATTEMPTS))

    while (once := seconds(times)) < _ENOUGH and times * len(piece) < _LONGEST:
        times *= 2
    return seconds(2 * times) / max(once, _ENOUGH / 4)


def _seconds(read: Callable[[str], object], text: str) -> float:
    start = thread_time()
    read(text)
    return thread_time() - start
