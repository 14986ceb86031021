"""Platforms that answer wrongly or not at all for a while, in virtual time: each post stands soon after, and once.

`python -m tests.announcements.recovery --seeds 5000` prints what it found, and ends with 1 if any seed fails.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.announcements.poster import NotSent, Outcome, Posted, Unknown, Unreadable
from bot.domain.language import Language
from bot.domain.message import Message
from bot.domain.series import Series
from bot.domain.subscriptions import Address, AddressKind, Follower
from bot.storage import open_store
from tests.announcements.faulty_world import FaultyPoster, Life, World, process
from tests.announcements.virtual_time import run_virtually
from tests.examples import EXAMPLE, at

STARTS: Final = at("2030-04-17T08:59:30")
DUE: Final = 30.0
"""Seconds from `STARTS` until a post is due in every channel."""
CALM: Final = 90.0
"""Seconds from `STARTS` after which the platforms are well."""
ENDS: Final = 240.0
CHANNELS: Final = [
    Address(platform, AddressKind.CHANNEL, number) for platform in ("discord", "slack") for number in "1234"
]


@dataclass
class Outage(World):
    """A world in which nothing happens to the process; `met` is when each channel met its last fault."""

    met: dict[Address, float] = field(default_factory=dict)

    def is_wrong(self, address: Address) -> bool:
        """Whether the platform fails now."""
        wrong = self.elapsed < self.calm and self.random.random() < self.trouble
        if wrong:
            self.faults += 1
            self.met[address] = self.elapsed
        return wrong


class Untroubled(Life):
    """A process that goes on."""

    async def step(self) -> None: ...


class FailingPoster(FaultyPoster):
    """A platform without delays of its own: 500s before and after a request was applied, lost requests and answers."""

    _world: Outage

    async def turn(self, address: Address, priority: int) -> None: ...

    async def post(
        self, address: Address, message: Message, language: Language, marker: str, ping: str | None = None
    ) -> Outcome:
        world = self._world
        if not world.is_wrong(address):
            return Posted(world.apply(address, marker, message.headline))
        fault = world.random.choice(("refused", "failed", "applied", "lost", "answer lost"))
        if fault in ("applied", "answer lost"):
            world.apply(address, marker, message.headline)
        if "lost" in fault:
            try:
                await asyncio.sleep(60.0)
            finally:
                world.met[address] = world.elapsed
        return NotSent("refused connection") if fault == "refused" else Unknown("500")

    async def find(self, address: Address, marker: str, since: datetime) -> Posted | Unreadable | None:
        if self._world.is_wrong(address):
            return Unreadable("500")
        return Posted(marker) if marker in {each.marker for each in self._world.channels.get(address, ())} else None


@dataclass(frozen=True)
class Recovered:
    """For how many seconds after its last fault the slowest post was missing, and what is wrong with the channels."""

    faults: int
    slowest: float
    wrong: Sequence[str]


async def _lived_through(world: Outage, series: Series) -> None:
    async with open_store("sqlite://", series.timezone, elapsed=lambda: world.elapsed, boot_id="simulated") as store:
        for channel in CHANNELS:
            await store.followers.follow(Follower(channel, STARTS), "test", STARTS)
        running = asyncio.create_task(process(world, Untroubled(world), store, series, FailingPoster))
        await asyncio.wait({running}, timeout=ENDS)
        running.cancel()
        await asyncio.wait({running})


def recovered(seed: int) -> Recovered:
    """What came of one outage."""
    world = Outage(seed, STARTS, trouble=0.7, calm=CALM)
    run_virtually(_lived_through(world, EXAMPLE))
    wrong, slowest = [], 0.0
    for channel in CHANNELS:
        said = world.channels.get(channel, [])
        if len(said) != 1:
            wrong.append(f"{channel}: {len(said)} posts")
        elif said:
            slowest = max(slowest, said[0].at - max(DUE, world.met.get(channel, 0.0)))
    return Recovered(world.faults, slowest, wrong)


def main() -> int:
    """Tries seeds one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    began, faults, slowest, failed = time.perf_counter(), 0, 0.0, 0
    for seed in range(asked.first, asked.first + asked.seeds):
        found = recovered(seed)
        faults, slowest, failed = faults + found.faults, max(slowest, found.slowest), failed + bool(found.wrong)
        if found.wrong:
            print(f"seed {seed}: {', '.join(found.wrong)}", flush=True)
    print(f"{asked.seeds} outages, {faults} faults, {failed} failed ({time.perf_counter() - began:.0f} s)")
    print(f"the slowest post stood {slowest:.1f} s after the last fault that it met")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
