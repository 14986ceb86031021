"""All recurring work of a serving bot: what runs, and how often. Each is a job of one APScheduler.

Nothing about a lecture is kept in the scheduler; it only calls what looks for itself what is due.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.announcements.news import any_pending
from bot.announcements.post import AlertSubject
from bot.announcements.service import SWEEP
from bot.announcements.state import take_in
from bot.app.services import Services
from bot.domain.errors import LedgerUnavailableError
from bot.exports.calendars import Calendars
from bot.schedule.reader import written

_RETRY: Final = 20.0
"""Seconds after which a job that failed runs again, unless it would sooner anyway."""

_CLOCK_CHECK: Final = 20.0
"""Seconds, whatever the wall clock says, after which the scheduler is woken: it takes its waits from the wall clock."""

_CLOCK_SLACK: Final = 1.0
"""Seconds by which the wall clock may drift from the steady one between two checks before all is planned anew."""

_STARTING: Final = 0.01
"""Seconds for calls of the scheduler that are under way at the end: it would log those that are cut off as errors."""

CLOCK_OFF: Final = 60.0
"""Seconds by which this machine's clock may differ from a platform's until the organizers are told."""

KEPT: Final = timedelta(days=3 * 365)
"""For how long posts, and who has left, are kept."""

_DAY: Final = 86_400.0
_FILE: Final = 1.0
_OTHER_MACHINES: Final = 2.0

_log: Final = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Recurring work. `run` is called every `every` seconds, or after as many as it returned, and at once by a wakeup
    if it is `woken` by those."""

    name: str
    run: Callable[[], Awaitable[float | None]]
    every: float
    woken: bool = False


def recurring(services: Services, following: "ScheduleFollowing") -> list[Job]:
    """The jobs of the services."""
    jobs = [
        Job("announce", services.announcements.run_due, SWEEP, woken=True),
        Job("try the database", services.announcements.try_database, SWEEP),
        Job("know the homes", lambda: services.community.access.homes.settle(services.clock.now()), SWEEP),
        Job("look at the file", following.look, _FILE),
        Job("accept the schedule", following.accept, SWEEP, woken=True),
        Job("follow the source", services.page.run_due, SWEEP, woken=True),
        Job("prune", partial(prune, services), _DAY),
        Job("compare the clocks", partial(compare_clocks, services), SWEEP),
        *(Job(f"events of {each.platform}", each.run_due, SWEEP, woken=True) for each in services.event_syncs),
    ]
    if services.commands.departures:
        jobs.append(Job("settle departures", services.commands.departures.settle, SWEEP))
    if services.versions.shared:
        jobs.append(Job("follow other machines", services.versions.follow, _OTHER_MACHINES))
    return jobs


async def prune(services: Services) -> None:
    """Removes what nobody needs any more. What is older than that can't fall due again."""
    await services.store.prune(services.clock.now() - KEPT)


async def compare_clocks(services: Services) -> None:
    """Has the organizers told, once a day, that this machine's clock is wrong. Nothing that is due waits for it."""
    skew, problems = services.platforms.clock_skew(), []
    if skew is not None and abs(skew) > CLOCK_OFF:
        now = services.schedule.series.local(services.clock.now())
        sign = "behind" if skew > 0 else "ahead"
        values = {"minutes": f"{abs(skew) / 60:.0f}"}
        problems.append(AlertSubject(f"clock/{sign}/{now:%Y-%m-%d}", f"notice.clock_{sign}", values, now))
    services.alerts.report("clock", problems)


class ScheduleFollowing:
    """Has each version of the schedule that comes into service accepted: as a revision, as news, in the calendars."""

    def __init__(self, services: Services, calendars: Calendars, forget_answers: Callable[[], None]) -> None:
        self._services: Final = services
        self._calendars: Final = calendars
        self._forget_answers: Final = forget_answers
        self._accepted: int | None = None
        self._taken_in = False

    async def look(self) -> None:
        """Takes over the file as it is, once it has settled, or reports what is wrong with it."""
        schedule = self._services.schedule
        before = schedule.changes
        await schedule.look()
        self._services.alerts.report("file", self._broken_file())
        if schedule.changes != before:
            self._services.wakeup.wake()

    async def accept(self) -> None:
        """Accepts the version in service, unless it is accepted; opens the database before, if it could not be opened.

        Raises LedgerUnavailableError or CannotOpenError.
        """
        services, schedule = self._services, self._services.schedule
        await services.store.open()
        if not self._taken_in:
            await take_in(services.store.followers, services.community.fixed_channels, services.clock.now())
            await services.versions.resume()
            self._taken_in = True
        if self._accepted != schedule.changes:
            await self._take_in(schedule.changes)
        await self._close_gap()

    async def _take_in(self, present: int) -> None:
        """Accepts the version in service, the `present` one."""
        services, schedule = self._services, self._services.schedule
        revision = await services.versions.take_in()
        if revision and (history := await services.store.revisions.history(revision.id)):
            self._calendars.accept(schedule.series, history)
            self._forget_answers()
        services.page.look()
        if revision or schedule.problems:
            self._accepted = present
        services.wakeup.wake()

    async def _close_gap(self) -> None:
        """Ends the time of which a copied database knows nothing. What had changed in it becomes news as it did before;
        only then further news are new for certain."""
        services, now = self._services, self._services.clock.now()
        await services.store.copies.serve(now)
        snapshot = services.planning.snapshot
        if not any_pending(snapshot.lecture_states, snapshot.series, now):
            await services.store.copies.renumber_news()

    def _broken_file(self) -> list[AlertSubject]:
        """What is wrong with the file, unless it is just being written; told once a day until somebody mends it."""
        schedule, problems = self._services.schedule, self._services.schedule.lasting_problems
        if not problems:
            return []
        series, now = schedule.series, schedule.series.local(self._services.clock.now())
        first = written(problems[0], series.language)
        values = {"count": str(len(problems)), "first": first}
        return [AlertSubject(f"file/{now:%Y-%m-%d}/{first}"[:200], "notice.broken_file", values, now)]


class JobRunner:
    """Runs jobs, each at most once at a time. One that fails is logged, told to the organizers, and runs again."""

    def __init__(self, services: Services) -> None:
        self._services: Final = services
        self._scheduler: Final = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 9}
        )
        self._jobs: Final[dict[str, Job]] = {}
        self._running: Final[dict[str, asyncio.Task[None]]] = {}
        self._again: Final[set[str]] = set()

    @asynccontextmanager
    async def running(self, jobs: Sequence[Job]) -> AsyncIterator[None]:
        """Runs these until the end of the block; what runs then is cancelled."""
        self._jobs.update({job.name: job for job in jobs})
        for job in jobs:
            self._scheduler.add_job(
                self._start, "interval", [job], seconds=job.every, id=job.name, next_run_time=datetime.now(UTC)
            )
        self._scheduler.start()
        helpers = [asyncio.create_task(self._follow_wakeups()), asyncio.create_task(self._follow_clock())]
        try:
            yield
        finally:
            self._jobs.clear()
            self._scheduler.pause()
            await asyncio.sleep(_STARTING)
            self._scheduler.shutdown(wait=False)
            tasks = [*helpers, *self._running.values()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _start(self, job: Job) -> None:
        """What the scheduler calls: a coroutine, since anything else it would call in a thread of its own."""
        if job.name in self._jobs and job.name not in self._running:
            self._running[job.name] = asyncio.create_task(self._run(job), name=job.name)

    async def _run(self, job: Job) -> None:
        """Runs a job, and once more if it was woken meanwhile; then says when it is to be called again."""
        seconds, again = job.every, True
        try:
            while again:
                self._again.discard(job.name)
                seconds = await self._run_once(job)
                again = job.name in self._again
        finally:
            self._running.pop(job.name, None)
        self._call_in(job.name, seconds)

    def _call_in(self, name: str, seconds: float) -> None:
        if name in self._jobs:
            self._scheduler.modify_job(name, next_run_time=datetime.now(UTC) + timedelta(seconds=seconds))

    async def _run_once(self, job: Job) -> float:
        """Runs a job, whatever comes of it; returns the seconds until it should run again."""
        try:
            wanted = await job.run()
        except LedgerUnavailableError as error:
            _log.error("job.database_unavailable", job=job.name, reason=str(error))
            return _RETRY
        except Exception as error:
            self._services.journal.failed(f"job “{job.name}”", error)
            self._tell(job, error)
            return _RETRY
        return job.every if wanted is None else max(0.0, wanted)

    def _tell(self, job: Job, error: Exception) -> None:
        """Has the organizers told, once a day for each job."""
        now = self._services.schedule.series.local(self._services.clock.now())
        values = {"job": job.name, "error": type(error).__name__}
        self._services.alerts.tell(AlertSubject(f"job/{job.name}/{now:%Y-%m-%d}", "notice.job_failed", values, now))

    def _run_at_once(self, name: str) -> None:
        if name in self._running:
            self._again.add(name)
        else:
            self._call_in(name, 0.0)

    async def _follow_wakeups(self) -> None:
        while True:
            await self._services.wakeup.wait()
            for job in self._jobs.values():
                if job.woken:
                    self._run_at_once(job.name)

    async def _follow_clock(self) -> None:
        """Wakes the scheduler whatever the wall clock says, and runs everything when that clock was set."""
        ahead = _wall_clock_ahead()
        while True:
            await asyncio.sleep(_CLOCK_CHECK)
            before, ahead = ahead, _wall_clock_ahead()
            if abs(ahead - before) > _CLOCK_SLACK:
                _log.warning("clock.was_set", seconds=round(ahead - before, 1))
                for name in self._jobs:
                    self._run_at_once(name)
            self._scheduler.wakeup()


def _wall_clock_ahead() -> float:
    """By how many seconds the wall clock is ahead of the one that is never set."""
    steady = time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()
    return time.time() - steady
