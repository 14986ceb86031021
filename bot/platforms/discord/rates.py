"""Keeps requests within Discord's rates by letting them wait, so that none is refused for coming too often."""

import asyncio
from collections import defaultdict, deque
from typing import Final

from bot.platforms.discord.gates import Allowance, BucketGate, CommonGate

_RESERVED = 5.0
"""Seconds after which a reserved place that nobody used is free again."""


class Place:
    """Leave to send one request now. It ends once: with an answer, a refusal, a loss, or unused."""

    def __init__(self, bucket: BucketGate, everybody: CommonGate) -> None:
        self._bucket: Final = bucket
        self._everybody: Final = everybody
        self._window: Final = bucket.window
        self._over = False

    def answered(self, allowance: Allowance | None) -> None:
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


class Rates:
    """Places in the stream of requests, by the bucket whose limit each counts towards."""

    def __init__(self) -> None:
        self._everybody: Final = CommonGate()
        self._buckets: Final[defaultdict[str, BucketGate]] = defaultdict(BucketGate)
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
        gate = self._buckets[bucket]
        await gate.enter(priority)
        try:
            await self._everybody.enter(priority)
        except asyncio.CancelledError:
            gate.leave_unused()
            raise
        return Place(gate, self._everybody)

    def _lapse(self, bucket: str, place: Place) -> None:
        if place in self._reserved[bucket]:
            self._reserved[bucket].remove(place)
            place.unused()
