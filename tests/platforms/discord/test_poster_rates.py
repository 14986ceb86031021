"""Keeping within Discord's rates: by waiting, never by being refused."""

import asyncio
import time
from collections import Counter

import pytest

from bot.announcements.poster import NotSent, Posted
from bot.domain.subscriptions import Address
from bot.platforms.discord import DiscordPlatform, http, rate_limits
from bot.platforms.discord.rate_limits import RateLimits
from tests.platforms.discord.conftest import serving, until
from tests.platforms.discord.posting import POST, a_minute_ago, channel, here, marker, person
from tests.standins.discord import DiscordStandIn, TooMany

MESSAGES = r"/channels/\d+/messages$"


async def test_many_posts_to_one_channel_wait_for_its_windows(
    discord: DiscordStandIn, bot: DiscordPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limits, "_MESSAGES_PER_SECOND", 6.0)
    discord.limits.per_bucket = (5, 0.5)
    address = here(discord)

    async def post(number: int) -> None:
        await bot.poster.turn(address, number)
        assert isinstance(await bot.poster.post(address, POST, "ja", marker(address, f"{number}")), Posted)

    await asyncio.gather(*map(post, range(12)))
    assert len(discord.messages) == 12
    assert discord.limits.hits == 0


async def test_many_channels_keep_the_bots_own_limit(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    addresses = [channel(discord.add_channel(f"c{number}")) for number in range(100)]

    async def post(number: int) -> None:
        address = addresses[number]
        await bot.poster.turn(address, number)
        assert isinstance(await bot.poster.post(address, POST, "ja", marker(address)), Posted)

    await asyncio.gather(*map(post, range(100)))
    assert Counter(message.channel.id for message in discord.messages) == dict.fromkeys(
        (int(address.id) for address in addresses), 1
    )
    assert discord.limits.hits == 0


async def test_those_who_have_had_their_turn_do_not_wait_for_each_other(
    discord: DiscordStandIn, bot: DiscordPlatform
) -> None:
    people = [person(discord.add_user(f"u{number}")) for number in range(12)]

    async def look_up_and_post(address: Address) -> None:
        await bot.poster.turn(address, 3)
        await asyncio.sleep(0.01)
        assert await bot.poster.find(address, marker(address), a_minute_ago()) is None
        assert isinstance(await bot.poster.post(address, POST, "ja", marker(address)), Posted)

    await asyncio.gather(*map(look_up_and_post, people))
    assert len(discord.messages) == 12
    assert discord.limits.hits == 0


async def test_edits_after_turns_keep_the_limits_too(
    discord: DiscordStandIn, bot: DiscordPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limits, "_MESSAGES_PER_SECOND", 6.0)
    discord.limits.per_bucket = (5, 0.5)
    address = here(discord)
    sent = await bot.poster.post(address, POST, "ja", marker(address))
    assert isinstance(sent, Posted)

    async def edit() -> None:
        await bot.poster.turn(address, 9)
        assert await bot.poster.edit(address, sent.message, POST, "ja", marker(address)) == sent

    await asyncio.gather(*(edit() for _ in range(9)))
    assert discord.limits.hits == 0


async def test_after_a_refusal_nothing_is_asked_until_it_is_over(
    discord: DiscordStandIn, bot: DiscordPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "_TURN_TIMEOUT", 0.05)
    address, other = here(discord), channel(discord.add_channel("other"))
    discord.faults.add("POST", MESSAGES, TooMany(60.0))
    assert await bot.poster.post(address, POST, "ja", marker(address)) == NotSent("429 rate limited", 60.0)
    again = await bot.poster.post(address, POST, "ja", marker(address))
    assert isinstance(again, NotSent)
    assert again.detail == "waiting for its turn"
    assert again.wait == pytest.approx(60, abs=2)
    assert len(discord.calls_of("POST", "/messages")) == 1
    assert isinstance(await bot.poster.post(other, POST, "ja", marker(other)), Posted)
    discord.faults.add("POST", MESSAGES, TooMany(60.0, everywhere=True))
    await bot.poster.post(other, POST, "ja", marker(other))
    third = channel(discord.add_channel("third"))
    refused = await bot.poster.post(third, POST, "ja", marker(third))
    assert isinstance(refused, NotSent)
    assert refused.wait == pytest.approx(60, abs=2)
    assert len(discord.calls_of("POST", "/messages")) == 3


async def test_of_those_who_wait_the_most_urgent_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "_BURST", 1)
    rates, order = RateLimits(), list[int]()
    await rates.turn("first", 0)

    async def ask(priority: int) -> None:
        await rates.turn(f"other {priority}", priority)
        order.append(priority)

    await asyncio.gather(*map(ask, (5, 2, 9, 0)))
    assert order == [0, 2, 5, 9]


async def test_no_second_sees_more_requests_than_are_meant_for_posts() -> None:
    rates, went = RateLimits(), list[float]()

    async def ask(number: int) -> None:
        await rates.turn(f"{number}", 0)
        went.append(time.monotonic())

    await asyncio.gather(*map(ask, range(75)))
    assert max(sum(first <= each < first + 1 for each in went) for first in went) <= 46
    assert went[-1] - went[0] < 2.5


async def test_a_turn_that_was_reserved_needs_no_further_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "_MESSAGES_BURST", 1)
    rates, bucket = RateLimits(), f"{rate_limits.MESSAGES}a"
    await rates.reserve(bucket, 9)
    others = [asyncio.create_task(rates.reserve(bucket, 0)) for _ in range(2)]
    await asyncio.sleep(0)
    await asyncio.wait_for(rates.turn(bucket, 9), 0.1)
    assert not any(other.done() for other in others)
    for other in others:
        other.cancel()


async def test_a_reserved_turn_waits_for_the_end_of_a_pause_too() -> None:
    rates = RateLimits()
    await rates.reserve("a", 0)
    rates.pause("b", 0.2, everywhere=True)
    began = time.monotonic()
    await rates.turn("a", 0)
    assert time.monotonic() - began >= 0.18


async def test_a_reserved_turn_that_nobody_uses_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "_RESERVED", 0.05)
    monkeypatch.setattr(rate_limits, "_MESSAGES_BURST", 1)
    rates, bucket = RateLimits(), f"{rate_limits.MESSAGES}a"
    await rates.reserve(bucket, 0)
    await asyncio.sleep(0.1)
    began = time.monotonic()
    await rates.turn(bucket, 0)
    assert time.monotonic() - began > 0.5


async def test_the_limits_outlive_a_drop_of_the_connection(discord: DiscordStandIn) -> None:
    discord.limits.per_bucket = (5, 2.0)
    async with serving(discord) as bot:
        address = here(discord)
        await asyncio.gather(*(bot.poster.post(address, POST, "ja", marker(address, f"{n}")) for n in range(5)))
        await discord.gateway.drop(4000)
        await until(lambda: discord.gateway.resumes and bot.health.connected)
        assert isinstance(await bot.poster.post(address, POST, "ja", marker(address, "5")), Posted)
    assert discord.limits.hits == 0


async def test_a_post_that_uses_up_its_rate_does_not_wait_for_the_next_window(
    discord: DiscordStandIn, bot: DiscordPlatform
) -> None:
    discord.limits.per_bucket = (1, 3.0)
    address = here(discord)
    async with asyncio.timeout(1):
        assert isinstance(await bot.poster.post(address, POST, "ja", marker(address)), Posted)
