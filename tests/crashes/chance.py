"""Processes that are killed at random in bad weather, one after the other or two at a time."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from tests.crashes.trial import Trial, until
from tests.crashes.weather import bad_weather

_LONGEST_LIFE: Final = 8.0
"""Seconds after which a process is killed at the latest."""

_LOOK: Final = 0.005


async def one_after_the_other(trial: Trial, chance: random.Random) -> None:
    """Up to three processes, all of which are killed; at some time an organizer cancels a lecture."""
    bad_weather(trial.discord, trial.slack, chance)
    lives = chance.randint(1, 3)
    cancelled_in = chance.randrange(lives + 1)
    for life in range(lives):
        if life == cancelled_in:
            trial.cancel()
        async with trial.bot():
            await _moment(trial, chance)
    if cancelled_in == lives:
        trial.cancel()
    await trial.settled()


async def two_at_a_time(trial: Trial, chance: random.Random) -> None:
    """Two processes with one ledger and one token, which are killed up to twice, whenever it happens."""
    bad_weather(trial.discord, trial.slack, chance)
    if chance.random() < 0.5:
        trial.cancel()
    lives = [chance.randint(0, 2), chance.randint(0, 2)]
    chances = [random.Random(chance.random()) for _ in lives]
    async with asyncio.TaskGroup() as both:
        for each in zip(lives, chances, strict=True):
            both.create_task(_served(trial, *each))
    trial.check()


async def _served(trial: Trial, lives: int, chance: random.Random) -> None:
    for _ in range(lives):
        async with trial.bot():
            await _moment(trial, chance)
    async with trial.bot() as bot:
        await trial.all_said_by(bot)


async def _moment(trial: Trial, chance: random.Random) -> None:
    """Waits for the moment at which a process is killed: some time, so many requests, or so many rows."""
    counts: dict[str, Callable[[], int]] = {
        "requests": lambda: len(trial.discord.calls) + len(trial.slack.calls),
        "claims": lambda: len(trial.book.entries()),
        "records": lambda: trial.book.count("sent"),
    }
    what = chance.choice(("time", *counts))
    if what == "time":
        await asyncio.sleep(chance.uniform(0.5, 6.0))
        return
    enough = counts[what]() + chance.randint(1, 12)
    with suppress(AssertionError):
        await until(lambda: counts[what]() >= enough, what, _LONGEST_LIFE, every=_LOOK)
    await asyncio.sleep(chance.choice((0.0, 0.0, chance.uniform(0.0, 0.02))))
