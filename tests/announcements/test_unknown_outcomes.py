"""Posts whose outcome is unknown: they stand within seconds, or wait until their channel's history can be read."""

import asyncio
from datetime import timedelta
from itertools import pairwise

from bot.announcements.poster import Unknown
from bot.domain.subscriptions import Address, AddressKind, Follower
from tests.announcements.organized import organized
from tests.announcements.virtual_time import run_virtually
from tests.examples import BEFORE_THREE, EXAMPLE, at

CHANNELS = [Address(platform, AddressKind.CHANNEL, number) for platform in ("discord", "slack") for number in "1234"]
ORGANIZERS = Address("slack", AddressKind.CHANNEL, "C9")
CLOSING_TODAY = at("2030-04-17T09:00")


async def sent_after(unreadable: int) -> tuple[list[int], int, list[str]]:
    """Seconds after which the history was looked at and after which the post came; what organizers were told so far.

    One answer is lost, and then so many looks find a history that may not be read.
    """
    loop, channel = asyncio.get_running_loop(), CHANNELS[0]
    async with organized(EXAMPLE, BEFORE_THREE, ORGANIZERS, [Unknown("lost")], loop.time) as bot:
        await bot.store.followers.follow(Follower(channel, bot.now, language="en"), "t", bot.now)
        bot.discord.unreadable = unreadable
        looks: list[int] = []
        while loop.time() < 4000:
            bot.now, left = CLOSING_TODAY + timedelta(seconds=loop.time()), bot.discord.unreadable
            await bot.ticks()
            looks += [round(loop.time())] * (bot.discord.unreadable < left)
            if arrived := [each for each in bot.written if each.address == channel]:
                assert len(arrived) == 1
                told = [each.message.headline for each in bot.written if each.address == ORGANIZERS]
                return looks, round(loop.time()), told
            await asyncio.sleep(1)
        raise AssertionError("it never came")


def test_a_lost_answer_is_cleared_up_within_ten_seconds_and_nobody_hears_of_it() -> None:
    assert run_virtually(sent_after(unreadable=0)) == ([10], 10, [])


def test_a_history_that_may_not_be_read_is_tried_less_and_less_often_and_told_of() -> None:
    looks, came, told = run_virtually(sent_after(unreadable=8))
    assert [later - earlier for earlier, later in pairwise(looks)] == [13, 20, 40, 80, 160, 320, 600, 600]
    assert came == looks[-1]
    assert len(told) == 1
    assert "no right" in told[0]


async def _arrivals(outcomes: int) -> list[float]:
    loop = asyncio.get_running_loop()
    async with organized(EXAMPLE, BEFORE_THREE, ORGANIZERS, [Unknown("500")] * outcomes, loop.time) as bot:
        for channel in CHANNELS:
            await bot.store.followers.follow(Follower(channel, bot.now, language="en"), "t", bot.now)
        bot.now = CLOSING_TODAY
        await bot.ticks()
        return [loop.time(), *sorted(int(each.address.id) for each in bot.written if each.address in CHANNELS)]


def test_after_five_errors_each_post_stands_ten_seconds_after_the_last_that_it_met() -> None:
    assert run_virtually(_arrivals(5)) == [20, 1, 1, 2, 2, 3, 3, 4, 4]
