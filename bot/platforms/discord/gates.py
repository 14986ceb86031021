"""Where requests wait for room: one gate for all of them together, and one for each of Discord's rate limits."""

import math
from collections import deque
from dataclasses import dataclass
from typing import Final

from bot.platforms.gate import Gate, now

_TOGETHER = 45
"""Requests in a second, of the 50 that Discord allows a bot: the others are left for what discord.py asks by itself."""
_SECOND = 1.0
_USUAL_WINDOW = 5.0
"""Seconds for which a bucket counts as used up when no answer told how long it really is."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the headers of an answer say of its bucket: `reset_after` is in seconds."""

    limit: int
    remaining: int
    reset_after: float


class CommonGate(Gate):
    """Holds the requests of any one second below the limit for all together.

    A request keeps its room until a second after its answer. Those that Discord counts within one second were thus all
    inside at one moment, however long each of them was on its way.
    """

    def __init__(self) -> None:
        super().__init__()
        self._resting: Final[deque[float]] = deque()
        self._closed_until = 0.0

    def leave(self) -> None:
        """Leaves after a request, whatever became of it."""
        self._inside -= 1
        self._resting.append(now() + _SECOND)
        self._admit()

    def close(self, seconds: float) -> None:
        """Lets nobody in for a while."""
        self._closed_until = max(self._closed_until, now() + seconds)

    def _room(self, present: float) -> bool:
        while self._resting and self._resting[0] <= present:
            self._resting.popleft()
        return present >= self._closed_until and self._inside + len(self._resting) < _TOGETHER

    def _opens(self, present: float) -> float:
        if present < self._closed_until:
            return self._closed_until
        return self._resting[0] if self._resting else math.inf


class BucketGate(Gate):
    """Holds requests of one kind within what Discord's answers allow: so many in each window of time.

    Before the first answer has told how many, one request goes at a time. Where Discord counts some of them apart from
    others, the gate goes by whichever count is the strictest.
    """

    def __init__(self) -> None:
        super().__init__()
        self._limit = 1
        self._known = False
        self._remaining = 1
        self._ends = math.inf
        self.window = 0
        """Counts the windows; a request belongs to the one in which it entered."""

    def leave(self, window: int, allowance: Allowance | None) -> None:
        """Leaves after a request that entered in that window; `allowance` is what its answer said, if anything."""
        self._inside -= 1
        present = now()
        if allowance is None or window != self.window:
            # Discord may have counted it in the present window: better one too few than one too many.
            self._remaining -= 1 if self._known else 0
        else:
            self._limit = max(1, min(self._limit, allowance.limit) if self._known else allowance.limit)
            self._remaining = min(self._remaining, allowance.remaining) if self._known else allowance.remaining
            self._known = True
            ends = present + allowance.reset_after
            self._ends = max(self._ends, ends) if math.isfinite(self._ends) else ends
        if self._remaining <= 0 and not self._inside and not math.isfinite(self._ends):
            self._ends = present + _USUAL_WINDOW
        self._admit()

    def close(self, seconds: float) -> None:
        """Lets nobody in for a while."""
        self._remaining = 0
        self._ends = now() + seconds

    def _room(self, present: float) -> bool:
        if present >= self._ends:
            self._remaining, self._ends = self._limit, math.inf
            self.window += 1
        return self._remaining > self._inside

    def _opens(self, present: float) -> float:
        return self._ends
