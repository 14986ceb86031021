"""Announcing as a service: what is due goes out each time it is asked to, and it knows when to be asked next."""

import time
from typing import Final

from bot.announcements.dispatcher import Dispatcher
from bot.clock import Clock
from bot.domain.errors import LedgerUnavailableError
from bot.schedule.versions import ScheduleVersions

SWEEP: Final = 20.0
"""Seconds after which the plan is made anew even if nothing seems to be due: clocks jump, laptops sleep."""

_LAST_SENDS: Final = 5.0
"""Seconds that sends under way get when the bot ends."""


class AnnouncementService:
    """Runs a dispatcher on the newest version of the schedule. Nothing about a lecture is kept between two runs."""

    def __init__(self, dispatcher: Dispatcher, versions: ScheduleVersions, clock: Clock) -> None:
        self._dispatcher: Final = dispatcher
        self._versions: Final = versions
        self._clock: Final = clock
        self._well = True
        self._ran_at: float | None = None

    @property
    def well(self) -> bool:
        """Whether posts can go out: a version of the schedule is accepted, and the last run did what it had to."""
        return self._well and self._versions.any_accepted

    @property
    def seconds_since_run(self) -> float | None:
        """How long ago the last run was that could do what it had to; None before the first."""
        return None if self._ran_at is None else time.monotonic() - self._ran_at

    async def run_due(self) -> float:
        """Does what is due; returns the seconds until something is due next, SWEEP at most.

        Raises LedgerUnavailableError, and does nothing while the version in force is not known.
        """
        if not self._versions.any_accepted:
            raise LedgerUnavailableError("no version of the schedule is accepted yet")
        try:
            await self._versions.follow()
            await self._dispatcher.tick()
            wake = await self._dispatcher.next_wake()
        except Exception:
            self._well = False
            raise
        self._well, self._ran_at = True, time.monotonic()
        waits = [self._clock.seconds_until(wake.at)] if wake.at else []
        waits += [wake.within] if wake.within is not None else []
        return min([SWEEP, *(max(0.0, each) for each in waits)])

    async def close(self) -> None:
        """Lets what is being sent be finished."""
        await self._dispatcher.close(_LAST_SENDS)
