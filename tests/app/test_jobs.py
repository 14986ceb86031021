"""The jobs: each runs again whatever happens to it, once at a time, at once when woken or when the clock was set."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from bot.announcements.journal import LoggingJournal
from bot.app import jobs as module
from bot.app.jobs import Job, JobRunner, ScheduleFollowing, compare_clocks, recurring
from bot.app.services import Community, Platforms, Services, build_services
from bot.clock import RealClock
from bot.domain.errors import LedgerUnavailableError
from bot.exports.calendars import Calendars
from bot.platforms import Platform
from bot.schedule.service import PollInterval, Schedule
from bot.storage import open_store
from tests.schedule.editing_room import FILE, somewhere


async def until(condition: Callable[[], object], seconds: float = 5.0) -> None:
    """Waits until something holds."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0.005)


@asynccontextmanager
async def services_of(folder: Path, journal: LoggingJournal | None = None) -> AsyncIterator[Services]:
    """A bot without any platform."""
    path = folder / "lectures.yaml"
    path.write_text(FILE, encoding="utf-8")
    schedule = Schedule(path, PollInterval(interval=0.02, settling=0.02, missing=0.1, confirming=0))
    async with open_store("sqlite://", schedule.series.timezone) as store:
        community = Community(organizers=somewhere("discord:9"))
        yield await build_services(schedule, RealClock(), store, community=community, journal=journal)


@pytest.fixture
def _soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_RETRY", 0.02)
    monkeypatch.setattr(module, "_CLOCK_CHECK", 0.05)


@pytest.mark.usefixtures("_soon_again")
@pytest.mark.parametrize("error", [LedgerUnavailableError("away"), ZeroDivisionError()])
async def test_a_job_that_fails_runs_again_and_a_defect_is_told(tmp_path: Path, error: Exception) -> None:
    runs: list[float] = []

    async def fail() -> None:
        runs.append(time.monotonic())
        raise error

    journal = LoggingJournal()
    async with services_of(tmp_path, journal) as services, JobRunner(services).running([Job("work", fail, 60.0)]):
        await until(lambda: len(runs) > 3)
        told = [each.phrase for each in services.dispatcher.troubles]
    is_defect = isinstance(error, ZeroDivisionError)
    assert told == (["notice.job_failed"] if is_defect else [])
    assert (journal.defects > 0) == is_defect


async def test_a_job_says_itself_when_it_runs_again(tmp_path: Path) -> None:
    runs: list[float] = []

    async def work() -> float:
        runs.append(time.monotonic())
        return 0.01 if len(runs) < 4 else 60.0

    async with services_of(tmp_path) as services, JobRunner(services).running([Job("work", work, 60.0)]):
        await until(lambda: len(runs) == 4)
        await asyncio.sleep(0.1)
    assert len(runs) == 4


async def test_who_is_woken_while_running_runs_once_more_and_never_twice_at_once(tmp_path: Path) -> None:
    running, most, runs, others = 0, 0, 0, 0

    async def work() -> None:
        nonlocal running, most, runs
        running += 1
        runs += 1
        most = max(most, running)
        await asyncio.sleep(0.03)
        running -= 1

    async def other() -> None:
        nonlocal others
        others += 1

    jobs = [Job("woken", work, 60.0, woken=True), Job("other", other, 60.0)]
    async with services_of(tmp_path) as services, JobRunner(services).running(jobs):
        await until(lambda: runs == 1)
        for _ in range(5):
            services.wakeup.wake()
            await asyncio.sleep(0.001)
        await until(lambda: runs == 2)
        await asyncio.sleep(0.1)
    assert (runs, most, others) == (2, 1, 1)


@pytest.mark.usefixtures("_soon_again")
async def test_a_wall_clock_that_was_set_has_everything_run_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[float] = []
    ahead = [0.0]

    async def work() -> None:
        runs.append(time.monotonic())

    monkeypatch.setattr(module, "_wall_clock_ahead", lambda: ahead[0])
    async with services_of(tmp_path) as services, JobRunner(services).running([Job("work", work, 3600.0)]):
        for count, offset in enumerate((0.0, -3600.0, 0.0, 90_000.0), 1):
            ahead[0] = offset
            await until(lambda: len(runs) == count)  # noqa: B023 - asked at once
        await asyncio.sleep(0.15)
    assert len(runs) == 4


async def test_an_edit_of_the_file_is_accepted_and_a_broken_file_is_reported(tmp_path: Path) -> None:
    forgotten: list[None] = []
    async with services_of(tmp_path) as services:
        calendars = Calendars()
        following = ScheduleFollowing(services, calendars, lambda: forgotten.append(None))
        async with JobRunner(services).running(recurring(services, following)):
            await until(lambda: calendars.accepted and not services.announcements.trouble)
            first = services.schedule.series
            path = services.schedule.path
            path.write_text(FILE.replace("201教室", "118教室"), encoding="utf-8")
            await until(lambda: services.schedule.series is not first)
            await until(lambda: calendars.accepted and calendars.accepted[0] is services.schedule.series)
            path.write_text(FILE.replace("number: 3", "number: x"), encoding="utf-8")
            await until(lambda: services.alerts.current_problems)
            path.write_text(FILE, encoding="utf-8")
            await until(lambda: not services.alerts.current_problems and len(forgotten) == 3)
        assert len(await services.store.revisions.latest(9)) == 3


@pytest.mark.parametrize(
    ("skew", "told"), [(None, []), (40.0, []), (90.0, ["notice.clock_behind"]), (-3600.0, ["notice.clock_ahead"])]
)
async def test_a_clock_that_is_wrong_is_told(tmp_path: Path, skew: float | None, told: list[str]) -> None:
    async with services_of(tmp_path) as services:
        discord = cast(Platform, SimpleNamespace(clock_skew=skew))
        there = replace(services, platforms=Platforms(connections={"discord": discord}))
        await compare_clocks(there)
        assert [each.phrase for each in services.alerts.current_problems] == told


async def test_the_end_is_no_error_whatever_is_just_being_started(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def work() -> None:
        await asyncio.sleep(60)

    async with services_of(tmp_path) as services:
        for steps in range(8):
            async with JobRunner(services).running([Job(f"work {n}", work, 60.0) for n in range(10)]):
                for _ in range(steps):
                    await asyncio.sleep(0)
    assert [each.message for each in caplog.records if each.name.startswith("apscheduler.executors")] == []
