"""What keeps the announcer going: woken when something is due, on the event loop that it runs on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot.announcements.scheduler import Scheduler
from bot.app.simulation import simulation
from bot.clock import SimulatedClock
from bot.domain.errors import LedgerUnavailableError
from tests.examples import at, dated, series_of


@asynccontextmanager
async def running(announcer: Scheduler) -> AsyncIterator[asyncio.Task[None]]:
    """Runs it for the length of the block."""
    announcing = asyncio.create_task(announcer.run())
    try:
        yield announcing
    finally:
        announcing.cancel()
        with suppress(asyncio.CancelledError):
            await announcing


async def test_a_post_goes_out_at_its_moment_without_waiting_for_a_sweep() -> None:
    series = series_of(dated(1, "2030-04-18T13:00"))
    asyncio.get_running_loop().set_debug(True)  # what touches the loop from another thread raises
    async with (
        simulation(lambda: series, SimulatedClock(at("2030-04-18T12:29:59.700"))) as simulated,
        asyncio.timeout(10.0),
        running(Scheduler(simulated.dispatcher, simulated.clock)) as announcing,
    ):
        while not any(each.action == "post" for each in simulated.actions):
            assert not announcing.done()
            await asyncio.sleep(0.01)
    assert [each.action for each in simulated.actions] == ["post"]


async def test_nothing_is_said_before_what_comes_first_has_been_done() -> None:
    series = series_of(dated(1, "2030-04-18T13:00"))
    attempts: list[str] = []
    away = [True]

    async def prepare() -> None:
        attempts.append("")
        if away[0]:
            raise LedgerUnavailableError("away")

    async with simulation(lambda: series, SimulatedClock(at("2030-04-18T12:20"), 0)) as simulated:
        announcer = Scheduler(simulated.dispatcher, simulated.clock, prepare)
        async with asyncio.timeout(10.0), running(announcer):
            simulated.clock.move_to(at("2030-04-18T12:31"))
            while len(attempts) < 2:
                announcer.wake()
                await asyncio.sleep(0.01)
            assert announcer.well is False
            assert simulated.actions == []
            away[0] = False
            while not simulated.actions:
                announcer.wake()
                await asyncio.sleep(0.01)
            assert announcer.seconds_since_tick is not None
    assert [each.action for each in simulated.actions] == ["post"]
