"""Socket Mode holds on: refreshes, broken and silent connections, lost acknowledgements, an orderly end."""

import asyncio
from dataclasses import replace

import aiohttp
import pytest

from bot.commands.context import Reply
from bot.domain.message import Section
from bot.platforms import Health
from bot.platforms.slack import SlackPlatform
from tests.platforms.slack.conftest import FAST, Bot, ExampleRouter, Start, said
from tests.standins.slack import Delay, Drop, Error, SlackStandIn, Status
from tests.standins.slack.socket_mode import Connection


@pytest.fixture
async def bot(started: Start) -> Bot:
    """A bot in Socket Mode."""
    return await started("socket")


async def _gone(slack: SlackStandIn, connection: Connection) -> None:
    await slack.until(lambda: connection not in slack.socket.connections)


async def _all_answered(slack: SlackStandIn, commands: int) -> None:
    for _ in range(commands):
        assert (await slack.command("/next")).from_ack
        await asyncio.sleep(0.002)


async def test_nothing_is_missed_while_a_connection_is_renewed(slack: SlackStandIn, started: Start) -> None:
    await started("socket", timings=replace(FAST, farewell=10))
    await (await slack.command("/next")).seen()
    (old,) = slack.socket.connections
    asking = asyncio.create_task(_all_answered(slack, 100))
    await old.disconnect("warning")
    await slack.socket.connected(2)
    await old.disconnect("refresh_requested", grace=0.02)
    await asking
    await _gone(slack, old)
    assert len(slack.socket.connections) == 1


@pytest.mark.parametrize("reason", ["refresh_requested", "link_disabled"])
async def test_a_connection_that_slack_takes_away_is_replaced(known: SlackStandIn, reason: str) -> None:
    (old,) = known.socket.connections
    await old.disconnect(reason, grace=0.01)
    await known.socket.connected(within=2.0)
    assert (await known.command("/next")).from_ack
    await _gone(known, old)


async def test_the_new_connection_stands_before_the_old_one_goes(known: SlackStandIn) -> None:
    (old,) = known.socket.connections
    most = 0

    def two() -> bool:
        nonlocal most
        most = max(most, len(known.socket.connections))
        return old not in known.socket.connections

    await old.disconnect("warning")
    await known.until(two)
    assert most == 2


async def test_a_broken_connection_is_replaced_at_once(known: SlackStandIn, bot: Bot) -> None:
    for _ in range(3):
        (old,) = known.socket.connections
        old.drop()
        await _gone(known, old)
        await known.socket.connected(within=2.0)
        assert (await known.command("/next")).from_ack
    assert bot.platform.health == Health(True)


async def test_a_connection_that_falls_silent_is_replaced(slack: SlackStandIn, started: Start) -> None:
    bot = await started("socket", timings=replace(FAST, ping=0.2))
    (old,) = slack.socket.connections
    old.stalled = old.retiring = True
    await slack.socket.connected()
    await (await slack.command("/next")).seen()
    await _gone(slack, old)
    assert bot.platform.health == Health(True)


async def test_pings_go_both_ways(slack: SlackStandIn, started: Start) -> None:
    await started("socket", timings=replace(FAST, ping=0.2))
    (connection,) = slack.socket.connections
    await slack.until(lambda: connection.pings > 2 and connection.pongs > 0)


async def test_an_address_serves_once(known: SlackStandIn) -> None:
    known.socket.connections[0].drop()
    await known.until(lambda: len(known.calls_of("apps.connections.open")) == 2)


async def test_an_address_that_failed_is_not_tried_again(known: SlackStandIn) -> None:
    known.socket.failing_handshakes = 2
    known.socket.connections[0].drop()
    await known.until(lambda: len(known.calls_of("apps.connections.open")) == 4)
    await known.socket.connected()
    assert (await known.command("/next")).from_ack


@pytest.mark.parametrize(
    "frame", ["[]", "null", "1", '"hello"', "{", "{}", '{"type": "hello", "num_connections": "x"}']
)
async def test_frames_that_make_no_sense_are_ignored(known: SlackStandIn, frame: str) -> None:
    await known.socket.connections[0].ws.send_str(frame)
    assert (await known.command("/next")).from_ack
    assert len(known.calls_of("apps.connections.open")) == 1


async def test_an_answer_whose_connection_is_gone_goes_over_the_next(slack: SlackStandIn, bot: Bot) -> None:
    slack.redelivery.delays = ()
    slack.faults.add("chat.postMessage", Delay(0.3))
    mention = asyncio.create_task(slack.mention("next"))
    await slack.until(lambda: slack.calls_of("chat.postMessage"))
    slack.socket.connections[0].drop()
    await mention
    await slack.until(lambda: slack.socket.stray_acks)
    assert bot.platform.health == Health(True)


async def test_too_many_connections_are_waited_out(slack: SlackStandIn, started: Start) -> None:
    async with aiohttp.ClientSession() as session:
        others = [await session.ws_connect(slack.socket.open()) for _ in range(10)]
        starting = asyncio.ensure_future(started("socket"))
        await slack.until(lambda: len(slack.calls_of("apps.connections.open")) > 3)
        for other in others:
            await other.close()
        await starting
        await slack.until(lambda: len(slack.socket.connections) == 1)
    await (await slack.command("/next")).seen()


@pytest.mark.parametrize(
    "fault", [Status(500), Status(429, retry_after=1), Error("internal_error"), Drop()], ids=lambda fault: str(fault)
)
async def test_slack_being_down_is_waited_out(
    slack: SlackStandIn, started: Start, fault: Status | Error | Drop
) -> None:
    slack.faults.add("auth.test", fault)
    slack.faults.add("apps.connections.open", fault)
    await started("socket")
    await (await slack.command("/next")).seen()


async def test_a_command_whose_acknowledgement_got_lost_is_answered_when_it_comes_again(known: SlackStandIn) -> None:
    known.socket.lost_acks, known.ack_within = 1, 0.3
    lost = await known.command("/next")
    known.ack_within = 3.0
    assert (lost.error, lost.visible) == ("operation_timeout", None)
    assert (await known.repeat(lost)).from_ack


async def test_an_answer_longer_than_a_frame_comes_over_the_response_url(known: SlackStandIn, bot: Bot) -> None:
    bot.router.replies |= {
        "howto": Reply("H", (Section("", (("長い文です。" * 1000,),)),)),
        "about": Reply("H", (Section("", (("長い文です。" * 1500,),)),)),
    }
    assert (await known.command("/howto")).from_ack
    longer = await known.command("/about")
    assert longer.ack is None
    assert (await longer.seen()).via == "response_url"
    assert len(known.socket.connections) == 1


async def test_closing_finishes_what_is_under_way(slack: SlackStandIn, bot: Bot) -> None:
    slack.faults.add("users.info", Delay(0.2))
    asked = await slack.command("/next")
    await bot.platform.close()
    assert asked.visible
    assert bot.serving.done()
    assert slack.socket.connections == []
    assert bot.platform.health == Health(False, "closed")
    await bot.platform.close()


@pytest.mark.parametrize("reason", ["warning", "reset"])
async def test_closing_ends_a_bot_that_tries_to_connect_again(slack: SlackStandIn, bot: Bot, reason: str) -> None:
    slack.faults.add("apps.connections.open", Status(503), times=1000)
    (old,) = slack.socket.connections
    if reason == "reset":
        old.drop()
    else:
        await old.disconnect("warning")
    await slack.until(lambda: len(slack.calls_of("apps.connections.open")) > 2)
    await bot.platform.close()
    await asyncio.sleep(2 * FAST.longest_reconnect)
    assert [task for task in asyncio.all_tasks() if "Socket" in str(task.get_coro())] == []


async def test_closing_ends_a_bot_that_never_got_through(slack: SlackStandIn) -> None:
    slack.faults.add("auth.test", Status(500), times=1000)
    platform = SlackPlatform(slack.bot_token, slack.app_token, None, slack.api_url, timings=FAST)
    await platform.close()
    serving = asyncio.create_task(platform.run(ExampleRouter()))
    await serving
    assert platform.health == Health(False, "closed")


async def test_the_health_tells_what_is_the_matter(slack: SlackStandIn) -> None:
    slack.faults.add("apps.connections.open", Status(503), times=1000)
    platform = SlackPlatform(slack.bot_token, slack.app_token, None, slack.api_url, timings=FAST)
    assert platform.health == Health(False, "not started")
    serving = asyncio.create_task(platform.run(ExampleRouter()))
    await slack.until(lambda: len(slack.calls_of("apps.connections.open")) > 1)
    assert platform.health == Health(False, "not connected: apps.connections.open: HTTP 503")
    await platform.close()
    await serving


async def test_a_cancelled_bot_can_be_run_again(slack: SlackStandIn) -> None:
    platform = SlackPlatform(slack.bot_token, slack.app_token, None, slack.api_url, timings=FAST)
    for _ in range(2):
        serving = asyncio.create_task(platform.run(ExampleRouter()))
        await slack.socket.connected()
        assert (await (await slack.command("/next")).seen()).text == said("next", "en")
        serving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await serving
        await slack.until(lambda: not slack.socket.connections)
