"""Keeps posts and edits within Slack's rates by letting them wait, so that few are refused for coming too often."""

import asyncio
from collections import defaultdict, deque
from typing import Final

from bot.platforms.rate_limit import PriorityLimiter, now
from bot.platforms.slack.tasks import BackgroundTasks

# docs.slack.dev/apis/web-api/rate-limits: one post a second and channel with short bursts, several hundred a minute in
# all; chat.update is of tier 3, 50 a minute.
_BURST = 2
_CHANNEL_RATE = 1.0
_BURST_IN_ALL = 20
_RATE_IN_ALL = 5.0
_BURST_OF_EDITS = 10
_RATE_OF_EDITS = 0.6

_KEPT: Final = 5.0
"""Seconds for which a turn that was waited for is kept."""
_SPARE: Final = 1.0
"""Seconds for which a turn that was not needed serves the next; later its room is free anyway."""
_OUT_OF_TURN: Final = -1
"""The priority of what was sent without waiting: all others wait the longer."""


class RateLimits:
    """Turns for posts, by the place where they appear, and for edits."""

    def __init__(self) -> None:
        self._channels: Final = defaultdict[str, PriorityLimiter](lambda: PriorityLimiter(_BURST, _CHANNEL_RATE))
        self._all: Final = PriorityLimiter(_BURST_IN_ALL, _RATE_IN_ALL)
        self._edits: Final = PriorityLimiter(_BURST_OF_EDITS, _RATE_OF_EDITS)
        self._kept: Final = defaultdict[str, deque[float]](deque)
        self._spare: Final = defaultdict[str, deque[float]](deque)
        self._tasks: Final = BackgroundTasks()

    async def turn(self, where: str, priority: int) -> None:
        """Waits for a turn, which the next post there then has."""
        if not _taken(self._spare[where]):
            await self._channels[where].turn(priority)
            await self._all.turn(priority)
        self._kept[where].append(now() + _KEPT)

    def post(self, where: str) -> float:
        """Takes a turn that was waited for, or one out of turn: 0; while Slack wants no post there, for how long."""
        channel = self._channels[where]
        if channel.paused:
            return channel.paused
        if not _taken(self._kept[where]):
            for limiter in (channel, self._all):
                self._tasks.start(limiter.turn(_OUT_OF_TURN))
        return 0.0

    async def edit(self, where: str, within: float) -> float:
        """Waits for a turn to edit: 0, or after so many seconds without one, the seconds after which to ask again.

        Edits don't count as posts: a turn that was waited for there is spare.
        """
        if _taken(self._kept[where]):
            self._spare[where].append(now() + _SPARE)
        try:
            async with asyncio.timeout(within):
                await self._edits.turn(0)
        except TimeoutError:
            return self._edits.paused or 1 / _RATE_OF_EDITS
        return 0.0

    def pause(self, where: str, seconds: float) -> None:
        """Slack has had too many posts there and wants none for so long."""
        self._channels[where].pause(seconds)

    def pause_edits(self, seconds: float) -> None:
        """Slack has had too many edits and wants none for so long."""
        self._edits.pause(seconds)


def _taken(turns: deque[float]) -> bool:
    """Whether there was a turn that hasn't expired; it is used now."""
    while turns:
        if turns.popleft() > now():
            return True
    return False
