"""Keeps posts and edits within Slack's rates by letting them wait, so that none is refused for coming too often."""

import asyncio
import math
from collections import defaultdict, deque
from typing import Final

from bot.platforms.rate_limit import RateLimiter, now

# docs.slack.dev/apis/web-api/rate-limits: one post a second and channel with short bursts, several hundred a minute in
# all; chat.update is of tier 3, 50 a minute.
_BURST = 3
_CHANNEL_RATE = 1.0
_BURST_IN_ALL = 20
_RATE_IN_ALL = 5.0
_BURST_OF_EDITS = 10
_RATE_OF_EDITS = 0.6

_RESERVED = 5.0
"""Seconds after which a reserved place that nobody used is free again."""


class BurstRateLimiter(RateLimiter):
    """Lets so many in at once; the room of each is free again so long after it has left, one after the other.

    What Slack counts at one moment was thus inside at one moment, however long each was on its way.
    """

    def __init__(self, burst: int, rate: float) -> None:
        super().__init__()
        self._burst: Final = burst
        self._rate: Final = rate
        self._resting = 0.0
        self._as_of = 0.0
        self._closed_until = 0.0

    def push_in(self) -> None:
        """Takes room without waiting, even if there is none: later ones wait the longer."""
        self._inside += 1

    def leave(self) -> None:
        """Leaves after a request, whatever became of it."""
        self._inside -= 1
        self._resting = self._still_resting(now()) + 1
        self._admit()

    def close(self, seconds: float) -> None:
        """Lets nobody in for a while."""
        self._closed_until = max(self._closed_until, now() + seconds)

    @property
    def closed(self) -> float:
        """Seconds for which nobody is let in."""
        return max(0.0, self._closed_until - now())

    def _room(self, present: float) -> bool:
        return self._opens(present) <= present

    def _opens(self, present: float) -> float:
        if self._inside >= self._burst:
            return math.inf
        over = self._still_resting(present) + self._inside + 1 - self._burst
        return max(self._closed_until, present + over / self._rate if over > 0 else 0.0)

    def _still_resting(self, present: float) -> float:
        self._resting = max(0.0, self._resting - (present - self._as_of) * self._rate)
        self._as_of = present
        return self._resting


class Place:
    """Leave to send one request now; it ends once."""

    def __init__(self, *limiters: BurstRateLimiter) -> None:
        self._limiters: Final = limiters
        self._over = False

    def leave(self, *, used: bool) -> None:
        """The request was answered or lost, or nothing was sent."""
        over, self._over = self._over, True
        if not over:
            for limiter in self._limiters:
                if used:
                    limiter.leave()
                else:
                    limiter.leave_unused()


class Pace:
    """Places for posts, by the place where they appear, and for edits."""

    def __init__(self) -> None:
        self._channels: Final[defaultdict[str, BurstRateLimiter]] = defaultdict(
            lambda: BurstRateLimiter(_BURST, _CHANNEL_RATE)
        )
        self._everybody: Final = BurstRateLimiter(_BURST_IN_ALL, _RATE_IN_ALL)
        self._edits: Final = BurstRateLimiter(_BURST_OF_EDITS, _RATE_OF_EDITS)
        self._reserved: Final[defaultdict[str, deque[Place]]] = defaultdict(deque)

    async def reserve(self, where: str, priority: int) -> None:
        """Waits for a place and keeps it for the next post there, for a few seconds."""
        channel = self._channels[where]
        await channel.enter(priority)
        try:
            await self._everybody.enter(priority)
        except asyncio.CancelledError:
            channel.leave_unused()
            raise
        place = Place(channel, self._everybody)
        self._reserved[where].append(place)
        asyncio.get_running_loop().call_later(_RESERVED, self._lapse, where, place)

    def place(self, where: str) -> Place | float:
        """The place that was reserved for a post there, or one out of turn; while Slack wants none, for how long."""
        channel, reserved = self._channels[where], self._reserved[where]
        place = reserved.popleft() if reserved else None
        if closed := channel.closed:
            if place:
                place.leave(used=False)
            return closed
        if place is None:
            channel.push_in()
            self._everybody.push_in()
        return place or Place(channel, self._everybody)

    def pause(self, where: str, seconds: float) -> None:
        """Slack has had too many posts there and wants none for so long."""
        self._channels[where].close(seconds)

    async def place_for_edit(self, where: str, timeouts: float) -> Place | float:
        """A place for an edit, if there is one before patience ends; else the seconds after which to ask again.

        Edits don't count as posts: what was reserved there for one is free again.
        """
        if reserved := self._reserved[where]:
            reserved.popleft().leave(used=False)
        try:
            async with asyncio.timeout(timeouts):
                await self._edits.enter(0)
        except TimeoutError:
            return self._edits.wait()
        return Place(self._edits)

    def pause_edits(self, seconds: float) -> None:
        """Slack has had too many edits and wants none for so long."""
        self._edits.close(seconds)

    def _lapse(self, where: str, place: Place) -> None:
        if place in self._reserved[where]:
            self._reserved[where].remove(place)
            place.leave(used=False)
