"""Lanes: one step after the other at an address, the most urgent first everywhere, so many at once."""

import asyncio
from dataclasses import replace

from bot.announcements.lanes import Lanes, Work
from bot.announcements.ledger import SentPost
from bot.announcements.post import ChangeSubject, FreeTextSubject
from bot.domain.reminder_times import News
from bot.domain.subscriptions import Address, AddressKind
from tests.examples import at, both

NOW = at("2030-04-16T12:00")
CHANNELS = [Address("discord", AddressKind.CHANNEL, str(number)) for number in range(200)]
CALM = FreeTextSubject("1", both("開場は 12:30", "The doors open at 12:30."), NOW)
URGENT = ChangeSubject((1,), (News.CANCELLED,), ("3",), NOW)
AT_ONCE = 64


class Doing:
    """What was begun, in order; each thing ends when it is `let` go, or with `all` at once."""

    def __init__(self) -> None:
        self.begun: list[tuple[Address, Work]] = []
        self.ended = asyncio.Semaphore(0)
        self.idle = 0
        self.lanes = Lanes(self._do, self._when_idle)

    async def _do(self, address: Address, work: Work) -> None:
        self.begun.append((address, work))
        await self.ended.acquire()

    def _when_idle(self) -> None:
        self.idle += 1

    async def let(self, count: int) -> None:
        for _ in range(count):
            self.ended.release()
        await asyncio.sleep(0.01)


async def fan_out() -> Doing:
    """A calm post to all channels."""
    doing = Doing()
    for channel in CHANNELS:
        doing.lanes.plan(channel, [CALM])
    doing.lanes.start()
    await asyncio.sleep(0)
    return doing


async def test_an_urgent_post_goes_next_whatever_waits() -> None:
    doing = await fan_out()
    assert [channel for channel, _ in doing.begun] == CHANNELS[:AT_ONCE]
    doing.lanes.plan(CHANNELS[-1], [CALM, URGENT])
    doing.lanes.start()
    await doing.let(1)
    assert doing.begun[AT_ONCE:] == [(CHANNELS[-1], URGENT)]
    await doing.let(len(CHANNELS))
    await doing.lanes.idle()
    assert len(doing.begun) == len(CHANNELS) + 1
    assert doing.idle == 1


async def test_what_is_under_way_is_not_begun_again_and_what_is_not_can_be_taken_back() -> None:
    doing = await fan_out()
    for channel in CHANNELS[:100]:
        doing.lanes.plan(channel, [CALM])
    for channel in CHANNELS[100:]:
        doing.lanes.plan(channel, [])
    await doing.let(len(CHANNELS))
    assert [channel for channel, _ in doing.begun] == CHANNELS[:100]


async def test_at_one_address_one_thing_is_done_at_a_time() -> None:
    doing = Doing()
    second = replace(CALM, id="2")
    doing.lanes.plan(CHANNELS[0], [CALM, second])
    doing.lanes.start()
    await asyncio.sleep(0)
    assert [work for _, work in doing.begun] == [CALM]
    await doing.let(1)
    assert [work for _, work in doing.begun] == [CALM, second]
    await doing.lanes.close(0.01)


async def test_edits_that_wait_hold_no_post_up() -> None:
    doing = Doing()
    for channel in CHANNELS[:-1]:
        doing.lanes.plan(channel, [SentPost(channel.id, channel, CALM, "m", "", NOW)])
    doing.lanes.plan(CHANNELS[-1], [CALM])
    doing.lanes.start()
    await asyncio.sleep(0)
    assert len(doing.begun) == AT_ONCE + 1
    assert (CHANNELS[-1], CALM) in doing.begun
    await doing.lanes.close(0.01)


async def test_at_the_end_nothing_more_is_begun() -> None:
    doing = await fan_out()
    await doing.lanes.close(0.01)
    assert (len(doing.begun), doing.lanes.busy) == (AT_ONCE, False)
