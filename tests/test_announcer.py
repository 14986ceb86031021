"""What keeps the announcer going: woken when something is due, on the event loop that it runs on."""

import asyncio
from contextlib import suppress

from bot.announcer import Announcer
from bot.clock import SimulatedClock
from bot.simulation import simulation
from tests.examples import at, dated, series_of


async def test_a_post_goes_out_at_its_moment_without_waiting_for_a_sweep() -> None:
    series = series_of(dated(1, "2030-04-18T13:00"))
    asyncio.get_running_loop().set_debug(True)  # what touches the loop from another thread raises
    async with simulation(lambda: series, SimulatedClock(at("2030-04-18T12:29:59.700"))) as simulated:
        announcing = asyncio.create_task(Announcer(simulated.dispatcher, simulated.clock).run())
        async with asyncio.timeout(10.0):
            while not any(each.action == "post" for each in simulated.happenings):
                assert not announcing.done()
                await asyncio.sleep(0.01)
        announcing.cancel()
        with suppress(asyncio.CancelledError):
            await announcing
    assert [each.action for each in simulated.happenings] == ["post"]
