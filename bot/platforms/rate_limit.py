"""Where requests wait for room in a platform's rates."""

import asyncio
import itertools
import math
from abc import ABC, abstractmethod
from heapq import heappop, heappush
from typing import Final

from aiolimiter import AsyncLimiter

_A_BIT: Final = 0.02
"""So much later a timer is set, in seconds: clocks and timers aren't exact."""


class PriorityLimiter:
    """Lets `burst` requests go at once and then so many `per_second`.

    Of those who wait the lowest priority goes first, of equals the one that came first. Whoever gives up waiting takes
    nothing from the others.
    """

    def __init__(self, burst: float, per_second: float) -> None:
        self._limiter: Final = AsyncLimiter(burst, burst / per_second)
        self._waiting: Final[list[tuple[int, int, asyncio.Future[None]]]] = []
        self._arrivals: Final = itertools.count()
        self._admitting: asyncio.Task[None] | None = None
        self._paused_until = 0.0

    @property
    def paused(self) -> float:
        """Seconds for which nothing is let go."""
        return max(0.0, self._paused_until - now())

    def pause(self, seconds: float) -> None:
        """Lets nothing go for a while."""
        self._paused_until = max(self._paused_until, now() + seconds)

    async def turn(self, priority: int) -> None:
        """Waits until one more request may go."""
        admitted = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (priority, next(self._arrivals), admitted))
        if self._admitting is None or self._admitting.done():
            self._admitting = asyncio.create_task(self._admit())
        await admitted

    async def _admit(self) -> None:
        """Asks the limiter once for each who waits: it keeps the order of arrival, who goes is decided here."""
        while self._waiting:
            await self._limiter.acquire()
            while wait := self.paused:  # noqa: ASYNC110 - it may become longer meanwhile
                await asyncio.sleep(wait)
            while self._waiting and self._waiting[0][2].done():
                heappop(self._waiting)
            if self._waiting:
                heappop(self._waiting)[2].set_result(None)


class RateLimiter(ABC):
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
        present = now()
        opens = 0.0 if self._room(present) else self._opens(present)
        return max(0.0, opens - present) if math.isfinite(opens) else 0.0

    def _admit(self) -> None:
        present = now()
        while self._waiting:
            inside = self._waiting[0][2]
            if not inside.done():
                if not self._room(present):
                    break
                self._inside += 1
                inside.set_result(None)
            heappop(self._waiting)
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        if self._waiting and math.isfinite(opens := self._opens(present)):
            self._alarm = asyncio.get_running_loop().call_at(opens + _A_BIT, self._admit)

    @abstractmethod
    def _room(self, present: float) -> bool:
        """Whether one more may enter."""

    @abstractmethod
    def _opens(self, present: float) -> float:
        """When there may be room without anybody leaving."""


def now() -> float:
    """The event loop's time, in seconds, by which gates open."""
    return asyncio.get_running_loop().time()
