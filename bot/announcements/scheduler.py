"""What keeps the dispatcher going: a scheduler that only wakes it, at the next due moment and every so often anyway."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.announcements.dispatcher import Dispatcher
from bot.clock import Clock
from bot.domain.errors import LedgerUnavailableError

SWEEP: Final = 20.0
"""Seconds after which the plan is made anew even if nothing seems to be due: clocks jump, laptops sleep."""

_LAST_SENDS: Final = 5.0
"""Seconds that sends under way get when the bot ends."""

_log: Final = structlog.get_logger(__name__)


class Scheduler:
    """Runs a dispatcher. The scheduler holds no job about any lecture: it only wakes, and all is planned anew.

    What `prepare` does comes before each tick, and without it there is none.
    """

    def __init__(
        self, dispatcher: Dispatcher, clock: Clock, prepare: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        self._dispatcher: Final = dispatcher
        self._clock: Final = clock
        self._prepare: Final = prepare
        self._scheduler: Final = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._due: Final = asyncio.Event()
        self._well = True
        self._ticked_at: float | None = None

    @property
    def well(self) -> bool:
        """Whether the last tick could do what it had to."""
        return self._well

    @property
    def seconds_since_tick(self) -> float | None:
        """How long ago the last tick was that could do what it had to; None before the first."""
        return None if self._ticked_at is None else time.monotonic() - self._ticked_at

    def wake(self) -> None:
        """Has the plan made anew at once: the schedule has changed, somebody follows, a lane is free again."""
        self._due.set()

    async def _ring(self) -> None:
        """What the scheduler calls: a coroutine, since anything else it would call in a thread of its own."""
        self._due.set()

    async def run(self) -> None:
        """Announces until it is cancelled; then what is being sent is finished."""
        self._dispatcher.on_idle = self.wake
        self._scheduler.add_job(self._ring, "interval", seconds=SWEEP, id="sweep")
        self._scheduler.start()
        try:
            self.wake()
            while True:
                await self._due.wait()
                self._due.clear()
                await self._tick()
        finally:
            self._dispatcher.on_idle = lambda: None
            self._scheduler.shutdown(wait=False)
            await self._dispatcher.close(_LAST_SENDS)

    async def _tick(self) -> None:
        """Does what is due; whatever goes wrong, the next tick comes."""
        try:
            if self._prepare:
                await self._prepare()
            await self._dispatcher.tick()
            await self._set_alarm()
            self._well, self._ticked_at = True, time.monotonic()
        except LedgerUnavailableError as error:
            self._well = False
            _log.error("announcer.database_unavailable", reason=str(error))
        except Exception:
            self._well = False
            _log.exception("announcer.tick_failed")

    async def _set_alarm(self) -> None:
        """Wakes at the next moment at which something is due, if that comes before the next sweep."""
        wake = await self._dispatcher.next_wake()
        waits = [self._clock.seconds_until(wake.at)] if wake.at else []
        waits += [wake.within] if wake.within is not None else []
        seconds = max(0.0, min(waits, default=SWEEP))
        if seconds < SWEEP:
            at = datetime.now(UTC) + timedelta(seconds=seconds)
            self._scheduler.add_job(self._ring, "date", run_date=at, id="next", replace_existing=True)
