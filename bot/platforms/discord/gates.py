"""Where requests wait for room: one gate for all of them together, and one for each of Discord's rate limits."""

import asyncio
import itertools
import math
from abc import ABC, abstractmethod
from collections import deque
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final

_TOGETHER = 45
"""Requests in a second, of the 50 that Discord allows a bot: the others are left for what discord.py asks by itself."""
_SECOND = 1.0
_USUAL_WINDOW = 5.0
"""Seconds for which a bucket counts as used up when no answer told how long it really is."""
_A_BIT = 0.001
"""So much later a timer is set: event loops may ring a little early."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the headers of an answer say of its bucket: `reset_after` is in seconds."""

    limit: int
    remaining: int
    reset_after: float


class Gate(ABC):
    """Lets requests in while there is room: the lowest priority first, and of equals the one that came first."""

    def __init__(self) -> None:
        self._waiting: Final[list[tuple[int, int, asyncio.Future[None]]]] = []
        self._arrivals: Final = itertools.count()
        self._alarm: asyncio.TimerHandle | None = None
        self._inside = 0

    async def enter(self, priority: int) -> None:
        """Waits for room and takes it; whoever has entered must leave."""
        inside = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (priority, next(self._arrivals), inside))
        self._admit()
        try:
            await inside
        except asyncio.CancelledError:
            if not inside.cancelled():  # let in at the very moment at which it was given up
                self.leave_unused()
            raise

    def leave_unused(self) -> None:
        """Gives the room back as if nobody had taken it."""
        self._inside -= 1
        self._admit()

    def wait(self) -> float:
        """Seconds until there may be room again; 0 if there is, or if that depends on what others do."""
        now = _now()
        opens = 0.0 if self._room(now) else self._opens(now)
        return max(0.0, opens - now) if math.isfinite(opens) else 0.0

    def _admit(self) -> None:
        now = _now()
        while self._waiting:
            inside = self._waiting[0][2]
            if not inside.done():
                if not self._room(now):
                    break
                self._inside += 1
                inside.set_result(None)
            heappop(self._waiting)
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        if self._waiting and math.isfinite(opens := self._opens(now)):
            self._alarm = asyncio.get_running_loop().call_at(opens + _A_BIT, self._admit)

    @abstractmethod
    def _room(self, now: float) -> bool:
        """Whether one more may enter."""

    @abstractmethod
    def _opens(self, now: float) -> float:
        """When there may be room without anybody leaving."""


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
        self._resting.append(_now() + _SECOND)
        self._admit()

    def close(self, seconds: float) -> None:
        """Lets nobody in for a while."""
        self._closed_until = max(self._closed_until, _now() + seconds)

    def _room(self, now: float) -> bool:
        while self._resting and self._resting[0] <= now:
            self._resting.popleft()
        return now >= self._closed_until and self._inside + len(self._resting) < _TOGETHER

    def _opens(self, now: float) -> float:
        if now < self._closed_until:
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
        now = _now()
        if allowance is None or window != self.window:
            # Discord may have counted it in the present window: better one too few than one too many.
            self._remaining -= 1 if self._known else 0
        else:
            self._limit = max(1, min(self._limit, allowance.limit) if self._known else allowance.limit)
            self._remaining = min(self._remaining, allowance.remaining) if self._known else allowance.remaining
            self._known = True
            ends = now + allowance.reset_after
            self._ends = max(self._ends, ends) if math.isfinite(self._ends) else ends
        if self._remaining <= 0 and not self._inside and not math.isfinite(self._ends):
            self._ends = now + _USUAL_WINDOW
        self._admit()

    def close(self, seconds: float) -> None:
        """Lets nobody in for a while."""
        self._remaining = 0
        self._ends = _now() + seconds

    def _room(self, now: float) -> bool:
        if now >= self._ends:
            self._remaining, self._ends = self._limit, math.inf
            self.window += 1
        return self._remaining > self._inside

    def _opens(self, now: float) -> float:
        return self._ends


def _now() -> float:
    return asyncio.get_running_loop().time()
