"""Keeping within Discord's rates: by waiting, never by being refused."""

import asyncio
from collections import Counter

import pytest

from bot.announcements.poster import NotSent, Posted
from bot.domain.subscriptions import Address
from bot.platforms.discord import DiscordPlatform, http, rate_limits
from bot.platforms.discord.rate_limits import Quota, RateLimits
from tests.platforms.discord.conftest import serving
from tests.platforms.discord.posting import POST, a_minute_ago, channel, here, marker, person
from tests.standins.discord import DiscordStandIn, TooMany

MESSAGES = r"/channels/\d+/messages$"


async def test_many_posts_to_one_channel_wait_for_its_windows(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    discord.limits.per_bucket = (5, 0.4)
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
    discord: DiscordStandIn, bot: DiscordPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limits, "_TOGETHER", 5)
    monkeypatch.setattr(rate_limits, "_SECOND", 0.05)
    monkeypatch.setattr(http, "_PATIENCE", 1.0)
    people = [person(discord.add_user(f"u{number}")) for number in range(12)]

    async def look_up_and_post(address: Address) -> None:
        await bot.poster.turn(address, 3)
        await asyncio.sleep(0.01)
        assert await bot.poster.find(address, marker(address), a_minute_ago()) is None
        assert isinstance(await bot.poster.post(address, POST, "ja", marker(address)), Posted)

    await asyncio.gather(*map(look_up_and_post, people))
    assert len(discord.messages) == 12
    assert discord.limits.hits == 0


async def test_edits_after_turns_keep_the_limits_too(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    discord.limits.per_bucket = (5, 0.4)
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
    monkeypatch.setattr(http, "_PATIENCE", 0.05)
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


async def test_of_those_who_wait_the_most_urgent_goes_first() -> None:
    rates, order = RateLimits(), list[int]()

    async def ask(bucket: str, priority: int) -> None:
        (await rates.place(bucket, priority)).lost()
        order.append(priority)

    held = [await rates.place(f"{number}", 0) for number in range(45)]
    waiting = [asyncio.create_task(ask(f"other {priority}", priority)) for priority in (5, 2, 9, 0)]
    await asyncio.sleep(0.01)
    assert order == []
    for place in held:
        place.unused()
    await asyncio.gather(*waiting)
    assert order == [0, 2, 5, 9]


async def test_one_request_goes_first_to_learn_the_limit_and_then_as_many_as_are_left() -> None:
    rates = RateLimits()
    first = await rates.place("a", 0)
    second = asyncio.create_task(rates.place("a", 0))
    await asyncio.sleep(0)
    assert not second.done()
    first.answered(Quota(3, 2, 0.2))
    await second
    await rates.place("a", 0)
    late = asyncio.create_task(rates.place("a", 0))
    await asyncio.sleep(0.05)
    assert not late.done()
    (await asyncio.wait_for(late, 1)).unused()


async def test_answers_out_of_order_do_not_add_up_to_more_than_was_allowed() -> None:
    rates = RateLimits()
    (await rates.place("a", 0)).answered(Quota(5, 4, 9.0))
    places = [await rates.place("a", 0) for _ in range(4)]
    for place, remaining in zip(reversed(places), range(4), strict=True):
        place.answered(Quota(5, remaining, 9.0))
    assert rates.wait("a") == pytest.approx(9, abs=0.5)


async def test_a_place_is_not_lost_with_whoever_waited_for_it() -> None:
    rates = RateLimits()
    first = await rates.place("a", 0)
    given_up = [asyncio.create_task(rates.place("a", 0)) for _ in range(3)]
    last = asyncio.create_task(rates.place("a", 1))
    await asyncio.sleep(0)
    first.unused()
    for task in given_up:
        task.cancel()
    (await asyncio.wait_for(last, 1)).unused()
    assert rates.wait("a") == 0


async def test_a_reserved_place_that_nobody_uses_is_free_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.platforms.discord.rate_limits._RESERVED", 0.05)
    rates = RateLimits()
    await rates.reserve("a", 0)
    waiting = asyncio.create_task(rates.reserve("a", 0))
    await asyncio.sleep(0.01)
    assert not waiting.done()
    await asyncio.wait_for(waiting, 1)
    (await rates.place("a", 0)).answered(None)


async def test_the_learned_limits_outlive_a_reconnect(discord: DiscordStandIn) -> None:
    async with serving(discord) as bot:
        address = here(discord)
        await asyncio.gather(*(bot.poster.post(address, POST, "ja", marker(address, f"{n}")) for n in range(5)))
        await discord.gateway.drop(4000)
        assert isinstance(bot.poster._exchange.rates.wait(f"writing {address}"), float)
        assert bot.poster._exchange.rates.wait(f"writing {address}") > 1
    assert discord.limits.hits == 0
