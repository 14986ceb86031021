"""A post whose outcome is unknown, in a channel whose history can't be read for a while."""

from datetime import timedelta
from itertools import pairwise

from bot.announcements.poster import Unknown
from bot.domain.subscriptions import Address, AddressKind, Follower
from tests.announcements.organized import organized
from tests.examples import BEFORE_THREE, EXAMPLE, at

CHANNEL = Address("discord", AddressKind.CHANNEL, "1")
ORGANIZERS = Address("slack", AddressKind.CHANNEL, "C9")
CLOSING_TODAY = at("2030-04-17T09:00")


async def sent_after(unreadable: int) -> tuple[list[int], int, list[str]]:
    """Seconds after which the history was looked at and after which the post came; what organizers were told so far."""
    async with organized(EXAMPLE, BEFORE_THREE, ORGANIZERS, [Unknown("the answer was lost")]) as bot:
        await bot.store.followers.follow(Follower(CHANNEL, bot.now, language="en"), "t", bot.now)
        bot.now, bot.discord.unreadable = CLOSING_TODAY, unreadable
        looks: list[int] = []
        for seconds in range(0, 3000, 5):
            bot.now, left = CLOSING_TODAY + timedelta(seconds=seconds), bot.discord.unreadable
            await bot.ticks()
            if bot.discord.unreadable < left:
                looks.append(seconds)
            if arrived := [each for each in bot.written if each.address == CHANNEL]:
                assert len(arrived) == 1
                return looks, seconds, [each.message.headline for each in bot.written if each.address == ORGANIZERS]
        raise AssertionError("it never came")


async def test_one_failure_is_a_hiccup_of_which_nobody_hears() -> None:
    assert await sent_after(unreadable=1) == ([120, 140], 140, [])


async def test_a_history_that_stays_unreadable_is_tried_less_and_less_often_and_told_of() -> None:
    looks, came, told = await sent_after(unreadable=7)
    assert [later - earlier for earlier, later in pairwise(looks)] == [20, 40, 80, 160, 320, 600, 600]
    assert came == looks[-1]
    assert len(told) == 1
    assert "503" in told[0]
