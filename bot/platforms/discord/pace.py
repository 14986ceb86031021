"""How long to wait before connecting anew."""

import random
from typing import Final

_STEADY = 600.0
"""Seconds after which a connection counts as having worked: what ends it is no repetition of what ended others."""
_LONGEST = 60.0
_LONGEST_IDENTIFIED = 120.0
"""The longest waits in seconds. An identified session that keeps breaking must stay below 1000 of them a day, beyond
which Discord resets the token: with at least three quarters of this wait, it is 960."""


class Pace:
    """Waits that double with each failure in a row."""

    def __init__(self) -> None:
        self._failures = 0
        self._random: Final = random.Random()  # noqa: S311 - spreads the load, guards nothing

    def wait(self, lasted: float, *, identified: bool) -> float:
        """Seconds to wait after a connection that lasted so long, and was or wasn't `identified`, has failed."""
        self._failures = 1 if lasted > _STEADY else self._failures + 1
        longest = _LONGEST_IDENTIFIED if identified else _LONGEST
        return float(min(longest, 2.0 ** min(self._failures - 1, 10))) * self._random.uniform(0.75, 1.0)
