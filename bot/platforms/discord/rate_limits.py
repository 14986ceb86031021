"""Keeps requests within Discord's rates by letting them wait, so that none is refused for coming too often."""

import asyncio
import math
import random
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Final

from bot.platforms.rate_limit import RateLimiter, now

_STEADY = 600.0
"""Seconds after which a connection counts as having worked: what ends it is no repetition of what ended others."""
_LONGEST = 60.0
_LONGEST_IDENTIFIED = 120.0
"""The longest waits in seconds. An identified session that keeps breaking must stay below 1000 of them a day, beyond
which Discord resets the token: with at least three quarters of this wait, it is 960."""


class Backoff:
    """Waits that double with each failure in a row."""

    def __init__(self) -> None:
        self._failures = 0
        self._random: Final = random.Random()  # noqa: S311 - spreads the load, guards nothing

    def wait(self, lasted: float, *, identified: bool) -> float:
        """Seconds to wait after a connection that lasted so long, and was or wasn't `identified`, has failed."""
        self._failures = 1 if lasted > _STEADY else self._failures + 1
        longest = _LONGEST_IDENTIFIED if identified else _LONGEST
        return float(min(longest, 2.0 ** min(self._failures - 1, 10))) * self._random.uniform(0.75, 1.0)


_TOGETHER = 45
"""Requests in a second, of the 50 that Discord allows a bot: the others are left for what discord.py asks by itself."""
_SECOND = 1.0
_USUAL_WINDOW = 5.0
"""Seconds for which a bucket counts as used up when no answer told how long it really is."""


@dataclass(frozen=True, slots=True)
class Quota:
    """What the headers of an answer say of its bucket: `reset_after` is in seconds."""

    limit: int
    remaining: int
    reset_after: float


class GlobalRateLimiter(RateLimiter):
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


class BucketRateLimiter(RateLimiter):
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

    def leave(self, window: int, allowance: Quota | None) -> None:
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


_RESERVED = 5.0
"""Seconds after which a reserved place that nobody used is free again."""


class Place:
    """Leave to send one request now. It ends once: with an answer, a refusal, a loss, or unused."""

    def __init__(self, bucket: BucketRateLimiter, everybody: GlobalRateLimiter) -> None:
        self._bucket: Final = bucket
        self._everybody: Final = everybody
        self._window: Final = bucket.window
        self._over = False

    def answered(self, allowance: Quota | None) -> None:
        """The request was answered; `allowance` is what the answer says of its bucket."""
        if self._end():
            self._bucket.leave(self._window, allowance)
            self._everybody.leave()

    def refused(self, seconds: float, *, everywhere: bool) -> None:
        """Discord has had too many requests, of this bucket or `everywhere`, and takes none for so long."""
        if self._end():
            (self._everybody if everywhere else self._bucket).close(seconds)
            self._bucket.leave(self._window, None)
            self._everybody.leave()

    def lost(self) -> None:
        """Whether the request was counted is not known."""
        self.answered(None)

    def unused(self) -> None:
        """Nothing was sent."""
        if self._end():
            self._bucket.leave_unused()
            self._everybody.leave_unused()

    def _end(self) -> bool:
        over, self._over = self._over, True
        return not over


class RateLimits:
    """Places in the stream of requests, by the bucket whose limit each counts towards."""

    def __init__(self) -> None:
        self._everybody: Final = GlobalRateLimiter()
        self._buckets: Final[defaultdict[str, BucketRateLimiter]] = defaultdict(BucketRateLimiter)
        self._reserved: Final[defaultdict[str, deque[Place]]] = defaultdict(deque)

    async def place(self, bucket: str, priority: int) -> Place:
        """A place that was reserved for this bucket, or one as soon as the rates allow it."""
        reserved = self._reserved[bucket]
        return reserved.popleft() if reserved else await self._entered(bucket, priority)

    async def reserve(self, bucket: str, priority: int) -> None:
        """Waits for a place and keeps it for the next request of this bucket, for a few seconds."""
        place = await self._entered(bucket, priority)
        self._reserved[bucket].append(place)
        asyncio.get_running_loop().call_later(_RESERVED, self._lapse, bucket, place)

    def give_up(self, bucket: str) -> None:
        """Frees a reserved place, since another request has to be made before the one that it was meant for."""
        if reserved := self._reserved[bucket]:
            reserved.popleft().unused()

    def wait(self, bucket: str) -> float:
        """Seconds until there may be a place."""
        return max(self._buckets[bucket].wait(), self._everybody.wait())

    async def _entered(self, bucket: str, priority: int) -> Place:
        limiter = self._buckets[bucket]
        await limiter.enter(priority)
        try:
            await self._everybody.enter(priority)
        except asyncio.CancelledError:
            limiter.leave_unused()
            raise
        return Place(limiter, self._everybody)

    def _lapse(self, bucket: str, place: Place) -> None:
        if place in self._reserved[bucket]:
            self._reserved[bucket].remove(place)
            place.unused()
