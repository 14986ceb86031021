"""How those who change something say that there may be something to announce."""

import asyncio
from typing import Final


class Wakeup:
    """Counts the calls; whoever runs the jobs waits for the next."""

    def __init__(self) -> None:
        self._event: Final = asyncio.Event()
        self._count = 0

    @property
    def count(self) -> int:
        """How often `wake` was called."""
        return self._count

    def wake(self) -> None:
        """Has the plan made anew: the schedule has changed, somebody follows, a channel's work is done."""
        self._count += 1
        self._event.set()

    async def wait(self) -> None:
        """Returns once `wake` was called since the last time."""
        await self._event.wait()
        self._event.clear()
