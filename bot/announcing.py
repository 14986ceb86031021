"""What keeps the announcer going: a scheduler that only wakes it, at the next due moment and every so often anyway."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.announcements.agenda import Reason
from bot.announcements.dispatcher import Dispatcher
from bot.announcements.ledger import LedgerUnavailable
from bot.announcements.matter import Matter, keys
from bot.clock import Clock
from bot.content import Message
from bot.domain.audience import Address

_SWEEP: Final = 20.0
"""Seconds after which the plan is made anew even if nothing seems to be due: clocks jump, laptops sleep."""

_LAST_SENDS: Final = 5.0
"""Seconds that sends under way get when the bot ends."""

_log: Final = structlog.get_logger(__name__)


def elapsed() -> float:
    """Seconds on a clock that nobody sets and that, where the system has one, goes on while the machine sleeps."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class Announcer:
    """Runs a dispatcher. The scheduler holds no job about any lecture: what is due is planned anew at each tick."""

    def __init__(self, dispatcher: Dispatcher, clock: Clock) -> None:
        self._dispatcher: Final = dispatcher
        self._clock: Final = clock
        self._scheduler: Final = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._ticking: Final = asyncio.Lock()
        self._again = False
        self._well = True

    @property
    def well(self) -> bool:
        """Whether the last tick could ask the ledger."""
        return self._well

    async def run(self) -> None:
        """Announces until it is cancelled; then what is being sent is finished."""
        self._dispatcher.on_idle = self.wake
        self._scheduler.add_job(self._tick, "interval", seconds=_SWEEP, id="sweep")
        self._scheduler.start()
        try:
            self.wake()
            await asyncio.Event().wait()
        finally:
            self._dispatcher.on_idle = lambda: None
            self._scheduler.shutdown(wait=False)
            await self._dispatcher.close(_LAST_SENDS)

    def wake(self) -> None:
        """Has the plan made anew at once: the schedule has changed, somebody follows, a lane is free again."""
        if self._scheduler.running:
            self._scheduler.add_job(self._tick, id="wake", replace_existing=True)

    async def accept(self, *, quietly: bool = False) -> None:
        """Takes the schedule in service as accepted now, and sees what follows from it. A database that is away is
        waited for: what was accepted meanwhile is news all the same."""
        while True:
            try:
                await self._dispatcher.accept(quietly=quietly)
                break
            except LedgerUnavailable as error:
                self._unwell(error)
                await asyncio.sleep(_SWEEP)
        self.wake()

    async def _tick(self) -> None:
        """Does what is due; whatever goes wrong, the next tick comes."""
        if self._ticking.locked():
            self._again = True
            return
        async with self._ticking:
            self._again = True
            while self._again:
                self._again = False
                try:
                    await self._dispatcher.tick()
                    await self._set_alarm()
                    self._well = True
                except LedgerUnavailable as error:
                    self._unwell(error)
                except Exception:
                    self._well = False
                    _log.exception("announcer.tick_failed")

    async def _set_alarm(self) -> None:
        wake = await self._dispatcher.next_wake()
        waits = [self._clock.seconds_until(wake.at)] if wake.at else []
        waits += [wake.within] if wake.within is not None else []
        seconds = max(0.0, min(waits, default=_SWEEP))
        if seconds < _SWEEP:
            self._scheduler.add_job(
                self._tick,
                "date",
                run_date=datetime.now(UTC) + timedelta(seconds=seconds),
                id="next",
                replace_existing=True,
            )

    def _unwell(self, error: LedgerUnavailable) -> None:
        self._well = False
        _log.error("announcer.ledger_unavailable", reason=str(error))


class LoggingJournal:
    """Writes what the dispatcher does into the log."""

    def posted(self, address: Address, matter: Matter, message: Message) -> None:
        """One line; the first line of the post is in it, so that the log tells what was said."""
        _log.info("post.sent", to=str(address), what=keys(matter), text=message.headline)

    def edited(self, address: Address, matter: Matter, message: Message) -> None:
        """One line."""
        _log.info("post.edited", to=str(address), what=keys(matter), text=message.headline)

    def skipped(self, address: Address, matter: Matter, reason: Reason) -> None:
        """One line, with the reason."""
        _log.info("post.skipped", to=str(address), what=keys(matter), reason=str(reason))

    def troubled(self, address: Address, matter: Matter | None, what: str, detail: str) -> None:
        """A warning."""
        _log.warning("post.troubled", to=str(address), what=keys(matter) if matter else (), step=what, detail=detail)

    def failed(self, what: str, error: Exception) -> None:
        """The traceback of a defect."""
        _log.error("announcer.failed", what=what, exc_info=error)
