"""Keeping within Slack's rates: by waiting, never by being refused."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from bot.announcements.poster import NotSent, Posted
from bot.platforms.slack import SlackPlatform, rate_limits
from bot.platforms.slack.rate_limits import RateLimits
from tests.platforms.slack.posting import POST, channel, here, marker, serving
from tests.standins.slack import SlackStandIn, Status

TURN = 3


@pytest.fixture
async def platform(slack: SlackStandIn) -> AsyncIterator[SlackPlatform]:
    """The bot as it posts."""
    async with serving(slack) as bot:
        yield bot


async def test_many_posts_to_one_channel_wait_for_their_turns(
    slack: SlackStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limits, "_CHANNEL_RATE", 5.0)  # both sides of it five times as fast as in life
    slack.rate_limits.enabled, slack.rate_limits.per_second = True, 5.0
    address = here(slack)
    async with serving(slack) as bot:

        async def post(number: int) -> None:
            await bot.poster.turn(address, TURN)
            assert isinstance(await bot.poster.post(address, POST, "ja", marker(address, f"{number}")), Posted)

        began = time.monotonic()
        await asyncio.gather(*map(post, range(8)))
        assert time.monotonic() - began > 0.9
    assert len(slack.channel.messages) == 8
    assert len(slack.calls_of("chat.postMessage")) == 8


async def test_many_channels_have_their_posts_within_the_bots_own_rate(
    slack: SlackStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limits, "_RATE_IN_ALL", 100.0)
    slack.rate_limits.enabled = True
    addresses = [channel(slack.channels.add(f"c{number}")) for number in range(60)]
    async with serving(slack) as bot:

        async def post(number: int) -> None:
            address = addresses[number]
            await bot.poster.turn(address, TURN)
            assert isinstance(await bot.poster.post(address, POST, "ja", marker(address)), Posted)

        began = time.monotonic()
        await asyncio.gather(*map(post, range(60)))
        assert time.monotonic() - began > 0.4
    said = Counter(call.args["channel"] for call in slack.calls_of("chat.postMessage"))
    assert said == {address.id: 1 for address in addresses}


async def test_after_a_refusal_a_channel_is_left_alone_and_others_are_not(
    slack: SlackStandIn, platform: SlackPlatform
) -> None:
    address, other = here(slack), channel(slack.channels.add("other"))
    slack.faults.add("chat.postMessage", Status(429, retry_after=60))
    assert await platform.poster.post(address, POST, "ja", marker(address)) == NotSent("ratelimited", 60.0)
    again = await platform.poster.post(address, POST, "ja", marker(address))
    assert isinstance(again, NotSent)
    assert again.detail == "waiting for its turn"
    assert again.wait == pytest.approx(60, abs=2)
    assert len(slack.calls_of("chat.postMessage")) == 1
    waiting = asyncio.create_task(platform.poster.turn(address, TURN))
    await platform.poster.turn(other, TURN)
    assert isinstance(await platform.poster.post(other, POST, "ja", marker(other)), Posted)
    assert not waiting.done()
    waiting.cancel()


async def test_too_many_edits_wait_and_then_are_put_off(
    slack: SlackStandIn, platform: SlackPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.slack.poster._EDIT_WAIT", 0.05)
    address = here(slack)
    sent = await platform.poster.post(address, POST, "ja", marker(address))
    assert isinstance(sent, Posted)
    for _ in range(10):
        assert await platform.poster.edit(address, sent.message, POST, "ja", marker(address)) == sent
    put_off = await platform.poster.edit(address, sent.message, POST, "ja", marker(address))
    assert isinstance(put_off, NotSent)
    assert put_off.wait == pytest.approx(1.6, abs=0.3)
    assert len(slack.calls_of("chat.update")) == 10


async def test_turns_taken_for_edits_do_not_hold_up_posts(slack: SlackStandIn, platform: SlackPlatform) -> None:
    address = here(slack)
    sent = await platform.poster.post(address, POST, "ja", marker(address))
    assert isinstance(sent, Posted)
    async with asyncio.timeout(0.9):
        for _ in range(6):
            await platform.poster.turn(address, TURN)
            assert await platform.poster.edit(address, sent.message, POST, "ja", marker(address)) == sent


async def test_of_those_who_wait_for_the_platform_the_most_urgent_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "_RATE_IN_ALL", 20.0)
    rates, order = RateLimits(), list[int]()

    async def ask(priority: int) -> None:
        await rates.turn(f"other {priority}", priority)
        order.append(priority)

    for number in range(20):
        assert rates.post(f"{number}") == 0
    waiting = [asyncio.create_task(ask(priority)) for priority in (5, 2, 9, 0)]
    await asyncio.sleep(0.01)
    assert order == []
    await asyncio.gather(*waiting)
    assert order == [0, 2, 5, 9]


async def test_posts_out_of_turn_make_those_in_turn_wait() -> None:
    rates = RateLimits()
    for _ in range(3):
        assert rates.post("C1") == 0
    late = asyncio.create_task(rates.turn("C1", TURN))
    await asyncio.sleep(0.05)
    assert not late.done()
    late.cancel()
    await asyncio.wait_for(rates.turn("C2", TURN), 0.5)


async def test_a_turn_that_was_waited_for_is_used_by_one_post(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "_CHANNEL_RATE", 10.0)
    rates = RateLimits()
    for _ in range(2):
        await rates.turn("C1", TURN)
    assert [rates.post("C1") for _ in range(2)] == [0, 0]
    began = time.monotonic()
    await rates.turn("C1", TURN)
    assert 0.05 < time.monotonic() - began < 0.5
    assert [rates.post("C1") for _ in range(2)] == [0, 0]  # the second one out of turn
    await rates.turn("C1", TURN)
    assert time.monotonic() - began > 0.25
