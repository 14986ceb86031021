"""Announcing as a service: what is due goes out each time it is asked to, and it knows when to be asked next."""

import time
from collections.abc import Awaitable, Callable
from typing import Final

from bot.announcements.dispatcher import Dispatcher
from bot.clock import Clock
from bot.domain.errors import LedgerUnavailableError
from bot.schedule.versions import ScheduleVersions

SWEEP: Final = 20.0
"""Seconds after which the plan is made anew even if nothing seems to be due: clocks jump, laptops sleep."""

STUCK: Final = 2 * SWEEP
"""Seconds without a run after which posts count as not going out, whatever the last run said."""

_LAST_SENDS: Final = 5.0
"""Seconds that sends under way get when the bot ends."""

_NOT_ACCEPTED: Final = "no version of the schedule is accepted yet"


class AnnouncementService:
    """Runs a dispatcher on the newest version of the schedule. Nothing about a lecture is kept between two runs.

    `probe` writes something to the database; it raises LedgerUnavailableError if that can't be done.
    """

    def __init__(
        self,
        dispatcher: Dispatcher,
        versions: ScheduleVersions,
        clock: Clock,
        probe: Callable[[], Awaitable[None]],
    ) -> None:
        self._dispatcher: Final = dispatcher
        self._versions: Final = versions
        self._clock: Final = clock
        self._probe: Final = probe
        self._failure = self._unwritable = ""
        self._began_at: Final = time.monotonic()
        self._ran_at: float | None = None

    @property
    def trouble(self) -> str:
        """Why posts can't go out, in a few words; empty while a version of the schedule is accepted, the database can
        be written to, and the last run, which is not long ago, did what it had to."""
        if self._failure or self._unwritable:
            return self._failure or self._unwritable
        if not self._versions.any_accepted:
            return _NOT_ACCEPTED
        idle = time.monotonic() - (self._ran_at or self._began_at)
        return f"nothing was looked after for {idle:.0f} s" if idle > STUCK else ""

    @property
    def seconds_since_run(self) -> float | None:
        """How long ago the last run was that could do what it had to; None before the first."""
        return None if self._ran_at is None else time.monotonic() - self._ran_at

    async def run_due(self) -> float:
        """Does what is due; returns the seconds until something is due next, SWEEP at most.

        Raises LedgerUnavailableError, and does nothing while the version in force is not known.
        """
        if not self._versions.any_accepted:
            raise LedgerUnavailableError(_NOT_ACCEPTED)
        try:
            await self._versions.follow()
            await self._dispatcher.tick()
            wake = await self._dispatcher.next_wake()
        except Exception as error:
            self._failure = str(error) if isinstance(error, LedgerUnavailableError) else type(error).__name__
            raise
        self._failure, self._ran_at = "", time.monotonic()
        waits = [self._clock.seconds_until(wake.at)] if wake.at else []
        waits += [wake.within] if wake.within is not None else []
        return min([SWEEP, *(max(0.0, each) for each in waits)])

    async def try_database(self) -> None:
        """Finds out whether posts could be recorded, which nothing else tells while nothing is due. Raises
        LedgerUnavailableError."""
        try:
            await self._probe()
        except LedgerUnavailableError as error:
            self._unwritable = str(error)
            raise
        self._unwritable = ""

    async def close(self) -> None:
        """Lets what is being sent be finished."""
        await self._dispatcher.close(_LAST_SENDS)
