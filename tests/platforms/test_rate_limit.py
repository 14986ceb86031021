"""Requests that wait for a platform's rates: how many go, and who goes first."""

import asyncio
import time

import pytest

from bot.platforms.rate_limit import PriorityLimiter


async def test_a_burst_goes_at_once_and_the_others_at_the_rate() -> None:
    limiter, began = PriorityLimiter(3, 2.0), time.monotonic()
    for _ in range(3):
        await limiter.turn(0)
    assert time.monotonic() - began < 0.4
    await limiter.turn(0)
    assert time.monotonic() - began >= 0.49


async def test_of_those_who_wait_the_most_urgent_goes_first() -> None:
    limiter, order = PriorityLimiter(1, 50.0), list[int]()
    await limiter.turn(0)

    async def ask(priority: int) -> None:
        await limiter.turn(priority)
        order.append(priority)

    waiting = [asyncio.create_task(ask(priority)) for priority in (5, 2, 9, 2)]
    await asyncio.sleep(0)
    urgent = asyncio.create_task(ask(0))
    await asyncio.gather(urgent, *waiting)
    assert order == [0, 2, 2, 5, 9]


async def test_whoever_gives_up_keeps_nobody_waiting() -> None:
    limiter = PriorityLimiter(1, 10.0)
    await limiter.turn(0)
    given_up = [asyncio.create_task(limiter.turn(0)) for _ in range(20)]
    last = asyncio.create_task(limiter.turn(1))
    await asyncio.sleep(0)
    for task in given_up:
        task.cancel()
    await asyncio.wait_for(last, 0.5)


async def test_during_a_pause_nobody_goes_and_after_it_the_rate_still_holds() -> None:
    limiter, went, began = PriorityLimiter(2, 5.0), list[float](), time.monotonic()

    async def ask() -> None:
        await limiter.turn(0)
        went.append(time.monotonic() - began)

    limiter.pause(0.2)
    assert limiter.paused == pytest.approx(0.2, abs=0.05)
    await asyncio.gather(*(ask() for _ in range(5)))
    assert went[0] >= 0.19
    assert went[-1] - went[0] > 0.2
    assert limiter.paused == 0
