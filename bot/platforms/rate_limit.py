"""Where requests wait for room in a platform's rates."""

import asyncio
import itertools
from heapq import heappop, heappush
from typing import Final

from aiolimiter import AsyncLimiter


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


def now() -> float:
    """The event loop's time, in seconds, by which limiters go."""
    return asyncio.get_running_loop().time()
