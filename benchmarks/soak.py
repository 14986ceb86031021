"""A year of posts at high speed, in virtual time: neither memory nor CPU time per post may grow.

`python -m benchmarks.soak [--channels 20] [--years 1]`; one lecture a week, the real announcer, a database in
memory.
"""

import argparse
import asyncio
import gc
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from benchmarks.series import write_series
from bot.app.simulation import simulation
from bot.clock import SimulatedClock
from bot.domain.subscriptions import Address, AddressKind, Follower
from bot.logs import no_logs
from bot.schedule.service import Schedule

_WEEK: Final = 7
_QUARTER: Final = timedelta(days=91)
_BEGINS: Final = datetime.fromisoformat("2024-04-06T00:00+09:00")
"""The middle of the series, which is there from the beginning."""


async def soaked(channels: int, years: int) -> None:
    """Prints a line for each quarter of a year."""
    with tempfile.TemporaryDirectory() as folder:
        schedule = Schedule(write_series(Path(folder) / "lectures.yaml", 2 * 52 * years, every=_WEEK))
        clock = SimulatedClock(_BEGINS, 0)
        followers = [Follower(Address("print", AddressKind.CHANNEL, f"c{each}"), _BEGINS) for each in range(channels)]
        async with simulation(schedule, clock, followers) as bot:
            for quarter in range(1, 4 * years + 1):
                began = time.process_time()
                done = len([each for each in await bot.advance(_BEGINS + quarter * _QUARTER) if each.action != "skip"])
                each_ms = (time.process_time() - began) / max(done, 1) * 1e3
                gc.collect()
                objects = len(gc.get_objects()) / 1e3
                print(
                    f"quarter {quarter:2}   {done:6} posts and edits   CPU {each_ms:5.2f} ms each   "
                    f"{objects:6.1f} thousand objects",
                    flush=True,
                )


def main() -> None:
    """Measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--channels", type=int, default=20)
    parser.add_argument("--years", type=int, default=1)
    asked = parser.parse_args()
    with no_logs():
        asyncio.run(soaked(asked.channels, asked.years))


if __name__ == "__main__":
    main()
