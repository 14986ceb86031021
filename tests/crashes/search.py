"""Many trials side by side, as many as the machine can bear; each ends well or with what was wrong."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from tests.crashes import chance, deadline
from tests.crashes.points import POINTS
from tests.crashes.trial import Trial, trial
from tests.storage.cluster import Cluster

_AT_ONCE: Final = 6

Course = Callable[[Trial], Awaitable[None]]

_BY_NAME: Final[Mapping[str, Course]] = {
    **POINTS,
    **{
        each.__name__: each
        for each in (deadline.killed_in_the_morning_and_started_around_the_deadline, deadline.down_until_the_deadline)
    },
}

_BY_CHANCE: Final[Mapping[str, Callable[[Trial, random.Random], Awaitable[None]]]] = {
    "one": chance.one_after_the_other,
    "two": chance.two_at_a_time,
    "two-postgresql": chance.two_at_a_time,
}


NAMES: Final = tuple(_BY_NAME)
"""The trials in which nothing is left to chance."""


def by_chance(seeds: range) -> list[str]:
    """The names of the trials that these seeds stand for."""
    return [f"{kind}-{seed}" for seed in seeds for kind in _BY_CHANCE]


async def outcomes(
    names: list[str], folder: Path, server: Cluster | None, tell: Callable[[str, BaseException | None], None]
) -> None:
    """Runs these trials and tells how each ended. Those that need a `server` are left out without one."""
    room, preparing = asyncio.Semaphore(_AT_ONCE), asyncio.Lock()

    async def one(name: str) -> None:
        async with room:
            url = server.url() if server and "postgresql" in name else None
            error: BaseException | None = None
            try:
                async with trial(folder / name, url, preparing) as begun:
                    await _course(name)(begun)
            except Exception as wrong:
                error = wrong
            tell(name, error)

    await asyncio.gather(*(one(name) for name in names if server or "postgresql" not in name))


def _course(name: str) -> Course:
    if name in _BY_NAME:
        return _BY_NAME[name]
    kind, _, seed = name.rpartition("-")
    return partial(_by_chance, kind, int(seed))


async def _by_chance(kind: str, seed: int, trial: Trial) -> None:
    await _BY_CHANCE[kind](trial, random.Random(seed))
