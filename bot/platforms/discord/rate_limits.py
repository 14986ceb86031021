"""Keeps requests within Discord's rates by letting them wait, so that none is refused for coming too often."""

from typing import Final

from cachetools import LRUCache, TTLCache

from bot.platforms.rate_limit import PriorityLimiter

_BURST: Final = 1.5
_PER_SECOND: Final = 44.9
"""All requests together: 46 in any second, of the 50 that Discord allows a bot. The others are left for what discord.py
asks by itself, and for a network that delays some more than others."""

MESSAGES: Final = "messages "
"""Begins the buckets of posts and edits."""
_MESSAGES_BURST: Final = 2
_MESSAGES_PER_SECOND: Final = 0.6
"""In a channel: 5 in any 5 s, as Discord commonly allows. discord.py holds the requests of all buckets within the
windows that the headers tell, but not exactly where one window follows another."""

_RESERVED: Final = 5.0
"""Seconds for which a turn is kept for the request that it was waited for."""

_MOST_BUCKETS: Final = 4096


class RateLimits:
    """Turns for requests, by the bucket whose limit each counts towards. The lowest priority goes first."""

    def __init__(self) -> None:
        self._all: Final = PriorityLimiter(_BURST, _PER_SECOND)
        self._buckets: Final[LRUCache[str, PriorityLimiter]] = LRUCache(_MOST_BUCKETS)
        self._reserved: Final[TTLCache[str, int]] = TTLCache(_MOST_BUCKETS, _RESERVED)

    async def turn(self, bucket: str, priority: int) -> None:
        """Waits until a request of this bucket may go; one that was reserved may go now, unless there is a pause."""
        reserved = self._reserved.get(bucket, 0)
        if reserved and not self.paused(bucket):
            self._reserved[bucket] = reserved - 1
        else:
            await self._limiter(bucket).turn(priority)
            await self._all.turn(priority)

    async def reserve(self, bucket: str, priority: int) -> None:
        """Waits for a turn and keeps it for the next request of this bucket, for a few seconds."""
        await self._limiter(bucket).turn(priority)
        await self._all.turn(priority)
        self._reserved[bucket] = self._reserved.get(bucket, 0) + 1

    def pause(self, bucket: str, seconds: float, *, everywhere: bool) -> None:
        """Discord has had too many requests, of this bucket or `everywhere`, and takes none for so long."""
        (self._all if everywhere else self._limiter(bucket)).pause(seconds)

    def paused(self, bucket: str) -> float:
        """Seconds for which no request of this bucket goes."""
        return max(self._all.paused, self._limiter(bucket).paused)

    def _limiter(self, bucket: str) -> PriorityLimiter:
        if (limiter := self._buckets.get(bucket)) is None:
            posts = bucket.startswith(MESSAGES)
            limiter = PriorityLimiter(*(_MESSAGES_BURST, _MESSAGES_PER_SECOND) if posts else (_BURST, _PER_SECOND))
            self._buckets[bucket] = limiter
        return limiter
