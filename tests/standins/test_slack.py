"""The stand-in for Slack, driven by the real slack-bolt and slack_sdk."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.standins.slack import Forgery, SlackStandIn
from tests.standins.slack.example import actions, bolt_app, option


@pytest.fixture
async def connect(slack: SlackStandIn) -> AsyncIterator[Callable[[], Awaitable[AsyncSocketModeHandler]]]:
    """Connects one more bot in Socket Mode."""
    handlers: list[AsyncSocketModeHandler] = []

    async def one_more() -> AsyncSocketModeHandler:
        handler = AsyncSocketModeHandler(bolt_app(slack), slack.app_token, ping_interval=0.1)
        handlers.append(handler)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await slack.socket.connected(len(handlers))
        return handler

    yield one_more
    for each in handlers:
        await each.close_async()  # type: ignore[no-untyped-call]


@pytest.fixture
async def serve(slack: SlackStandIn) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Lets a bot listen in HTTP mode."""
    async with AsyncExitStack() as stack:

        async def listen() -> None:
            runner = web.AppRunner(bolt_app(slack).web_app(path="/slack/events"), access_log=None)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            slack.http.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"

        yield listen


@pytest.fixture(params=["socket", "http"])
async def bot(request: pytest.FixtureRequest, slack: SlackStandIn, connect: Any, serve: Any) -> str:
    """A bot on either transport."""
    await (connect if request.param == "socket" else serve)()
    return str(request.param)


class TestPlayedUsers:
    async def test_a_command_is_answered_in_its_acknowledgement(self, slack: SlackStandIn, bot: str) -> None:
        answer = await slack.command("/next", "week")
        assert answer.visible is not None
        assert (answer.visible.shown, answer.visible.ephemeral_to) == ("next of week\nPress", slack.user.id)
        assert answer.ack is not None
        assert answer.ack["text"] == "next"
        assert 0 < answer.seconds < 3
        assert answer.status == (200 if bot == "http" else None)
        assert slack.channel.messages == []
        assert slack.channel.ephemeral == [answer.visible]

    async def test_an_empty_acknowledgement_shows_nothing(self, slack: SlackStandIn, bot: str) -> None:
        answer = await slack.command("/quiet")
        assert (answer.acknowledged, answer.ack, answer.visible, answer.error) == (True, None, None, None)

    async def test_a_late_acknowledgement_is_a_timeout(self, slack: SlackStandIn, bot: str) -> None:
        slack.ack_within = 0.1
        answer = await slack.command("/slow")
        assert (answer.acknowledged, answer.error, answer.deliveries) == (False, "operation_timeout", 1)

    async def test_an_acknowledgement_with_bad_blocks_is_an_error_to_the_user(
        self, slack: SlackStandIn, bot: str
    ) -> None:
        answer = await slack.command("/next", "x" * 3000)
        assert (answer.error, answer.visible) == ("invalid_command_response", None)

    async def test_a_response_url_can_be_used_five_times(self, slack: SlackStandIn, bot: str) -> None:
        answer = await slack.command("/later", "6")
        fifth = await answer.response(5)
        await slack.until(lambda: len(slack.channel.messages) == 5)
        assert (fifth.text, fifth.ephemeral, fifth.via) == ("answer 5", False, "response_url")
        async with (
            aiohttp.ClientSession() as session,
            session.post(answer.payload["response_url"], json={"text": "sixth"}) as refused,
        ):
            assert (refused.status, await refused.json()) == (404, {"ok": False, "error": "used_url"})

    async def test_a_response_url_expires(self, slack: SlackStandIn, bot: str) -> None:
        answer = await slack.command("/quiet")
        slack.clock.advance(30 * 60 + 1)
        async with (
            aiohttp.ClientSession() as session,
            session.post(answer.payload["response_url"], json={"text": "late"}) as refused,
        ):
            assert (await refused.json())["error"] == "expired_url"

    async def test_a_click_replaces_an_ephemeral_message(self, slack: SlackStandIn, bot: str) -> None:
        shown = await slack.command("/next")
        clicked = await slack.click(shown, value="7")
        assert (await clicked.seen()) is shown.visible
        assert [each.text for each in slack.channel.ephemeral] == ["more of 7"]
        assert shown.visible.versions[0]["text"] == "next"
        assert "message" not in clicked.payload

    async def test_choices_are_reported(self, slack: SlackStandIn, bot: str, client: AsyncWebClient) -> None:
        options = [option("a"), option("b")]
        menus = [
            {"type": "static_select", "action_id": "menu", "options": options},
            {"type": "overflow", "action_id": "spill", "options": options},
        ]
        await client.chat_postMessage(channel=slack.channel.id, text="choose", blocks=[actions(*menus)])
        (message,) = slack.channel.messages
        assert (await (await slack.select(message, "b", action_id="menu")).response()).text == "chose b"
        assert (await (await slack.select(message, "A", action_id="spill")).response()).text == "chose a"
        with pytest.raises(LookupError, match="not offered"):
            await slack.select(message, "c", action_id="menu")
        with pytest.raises(LookupError, match="no such button"):
            await slack.click(message, value="a")

    async def test_a_mention_is_answered_in_a_thread(self, slack: SlackStandIn, bot: str) -> None:
        answer = await slack.mention("next")
        reply = await answer.seen()
        assert (reply.text, reply.thread_ts) == ("you called", answer.payload["event"]["ts"])
        assert answer.payload["event"]["text"] == f"<@{slack.bot_user_id}> next"
        assert [each.via for each in slack.channel.history] == ["user", "chat.postMessage"]

    async def test_a_direct_message_is_answered(self, slack: SlackStandIn, bot: str) -> None:
        answer = await slack.direct_message("hello")
        assert (await answer.seen()).text == "heard hello"

    async def test_home_and_modal(self, slack: SlackStandIn, bot: str) -> None:
        user = slack.users.add(locale="ja-JP")
        await slack.open_home(user)
        home = await slack.until(lambda: slack.homes.get(user))
        assert home is not None
        assert home.shown == "home\nPress"
        await slack.click(home, action_id="edit")
        modal = await slack.until(lambda: slack.modal(user))
        assert modal is not None
        with pytest.raises(ValueError, match="Title: required"):
            await slack.submit_view(modal)
        with pytest.raises(ValueError, match="Title: 0 to 10 characters"):
            await slack.submit_view(modal, {"title": "far too long"})
        refused = await slack.submit_view(modal, {"title": "bad"})
        assert refused.ack == {"response_action": "errors", "errors": {"title": "not that"}}
        assert slack.modal(user) is modal
        await slack.submit_view(modal, {"title": "good", "mode": "hybrid"})
        saved = await slack.until(lambda: slack.channels.direct(user).messages)
        assert [each.text for each in saved] == ["saved good hybrid"]
        assert slack.modal(user) is None

    async def test_a_menu_with_external_data(self, slack: SlackStandIn, bot: str, client: AsyncWebClient) -> None:
        menu = {"type": "external_select", "action_id": "pick", "min_query_length": 1}
        await client.chat_postMessage(channel=slack.channel.id, text="pick", blocks=[actions(menu)])
        (message,) = slack.channel.messages
        offered = await slack.suggest(message, "a")
        assert offered.ack == {"options": [option("a1"), option("a2")]}
        chosen = await slack.select(message, option("a2"), action_id="pick")
        assert (await chosen.response()).text == "chose a2"

    async def test_modals_can_be_changed_stacked_and_closed(self, slack: SlackStandIn, bot: str) -> None:
        await slack.open_home()
        home = await slack.until(lambda: slack.homes.get(slack.user))
        assert home is not None
        await slack.click(home, action_id="edit")
        first = await slack.until(lambda: slack.modal())
        assert first is not None
        await slack.submit_view(first, {"title": "update"})
        assert first.body["title"]["text"] == "update"
        await slack.submit_view(first, {"title": "push"})
        second = slack.modal()
        assert second is not None
        assert (second.body["title"]["text"], second.previous_id, second.root_id) == ("push", first.id, first.id)
        await slack.close_view(second)
        assert slack.modal() is first
        told = await slack.until(lambda: slack.channels.direct(slack.user).messages)
        assert [each.text for each in told] == ["closed"]
        await slack.submit_view(first, {"title": "clear"})
        assert slack.modal() is None

    async def test_twins_carry_the_same_ids(self, slack: SlackStandIn, bot: str) -> None:
        first = await slack.mention("next")
        twin = await slack.repeat(first)
        assert twin.event_id == first.event_id
        await slack.until(lambda: len(slack.channel.messages) == 2)
        command = await slack.command("/quiet")
        assert (await slack.repeat(command)).trigger_id == command.trigger_id

    async def test_all_calls_are_known(self, slack: SlackStandIn, bot: str) -> None:
        await slack.command("/quiet")
        opened = ["apps.connections.open"] if bot == "socket" else []
        assert [each.method for each in slack.calls] == [*opened, "auth.test"]
        assert (slack.unknown_methods, slack.flaws, slack.pinged) == ([], [], [])


class TestSocketMode:
    async def test_an_event_whose_acknowledgement_is_lost_comes_again(self, slack: SlackStandIn, connect: Any) -> None:
        await connect()
        slack.ack_within, slack.redelivery.delays, slack.socket.lost_acks = 0.1, (0.0, 0.0), 2
        answer = await slack.mention("next")
        assert not answer.acknowledged
        assert (await answer.acked()).deliveries == 3
        await slack.until(lambda: len(slack.channel.messages) == 3)

    async def test_a_command_is_sent_once_only(self, slack: SlackStandIn, connect: Any) -> None:
        await connect()
        slack.ack_within, slack.socket.lost_acks = 0.1, 1
        answer = await slack.command("/quiet")
        assert (answer.deliveries, answer.error) == (1, "operation_timeout")

    async def test_without_a_connection_nothing_is_dispatched(self, slack: SlackStandIn) -> None:
        assert (await slack.command("/next")).error == "dispatch_failed"

    async def test_the_bot_follows_a_refresh(self, slack: SlackStandIn, connect: Any) -> None:
        await connect()
        (old,) = await slack.socket.connected()
        await old.disconnect("refresh_requested")
        (new,) = await slack.socket.connected()
        assert new is not old
        assert (await slack.command("/next")).visible is not None

    async def test_the_bot_comes_back_after_a_broken_connection(self, slack: SlackStandIn, connect: Any) -> None:
        await connect()
        (old,) = await slack.socket.connected()
        old.drop()
        (new,) = await slack.socket.connected()
        assert (await slack.command("/quiet")).acknowledged
        assert (len(old.envelopes), len(new.envelopes)) == (0, 1)

    async def test_an_envelope_on_a_breaking_connection_is_redelivered(self, slack: SlackStandIn, connect: Any) -> None:
        await connect()
        (old,) = await slack.socket.connected()
        slack.redelivery.delays = (0.5,)
        old.stalled = True
        playing = asyncio.create_task(slack.mention("next"))
        await slack.until(lambda: old.envelopes)
        old.drop()
        answer = await playing
        assert (answer.deliveries, answer.error) == (1, "dispatch_failed")
        assert (await answer.acked()).deliveries == 2

    async def test_each_envelope_goes_to_one_of_the_connections(self, slack: SlackStandIn, connect: Any) -> None:
        await connect()
        await connect()
        for _ in range(4):
            await slack.command("/quiet")
        assert [len(each.envelopes) for each in slack.socket.connections] == [2, 2]

    async def test_pings_go_both_ways_and_a_stall_is_silent(self, slack: SlackStandIn, connect: Any) -> None:
        handler = await connect()
        (connection,) = slack.socket.connections
        await slack.until(lambda: connection.pongs and connection.pings)
        assert await handler.client.is_connected()
        connection.stalled = True
        slack.ack_within = 0.05
        assert (await slack.command("/quiet")).error == "operation_timeout"

    async def test_a_socket_address_works_once(self, slack: SlackStandIn) -> None:
        client = AsyncWebClient(base_url=slack.api_url)
        url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
        async with aiohttp.ClientSession() as session:
            async with session.ws_connect(url) as ws:
                hello = await ws.receive_json()
                assert (hello["type"], hello["num_connections"]) == ("hello", 1)
                assert hello["connection_info"] == {"app_id": slack.app_id}
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(url)

    async def test_an_eleventh_connection_is_turned_away(self, slack: SlackStandIn) -> None:
        async with aiohttp.ClientSession() as session, AsyncExitStack() as stack:
            for _ in range(11):
                ws = await stack.enter_async_context(session.ws_connect(slack.socket.open()))
                first = await ws.receive_json()
            assert (first["type"], first["reason"]) == ("disconnect", "too_many_websockets")


class TestHttpMode:
    @pytest.mark.parametrize(
        ("forgery", "status"),
        [
            (Forgery(secret="another"), 401),
            (Forgery(signature=""), 401),
            (Forgery(signature="v0=00"), 401),
            (Forgery(age=301), 401),
            (Forgery(age=-301), 401),
            (Forgery(timestamp="soon"), 500),  # slack_sdk raises ValueError, Bolt makes it a 500
        ],
    )
    async def test_forged_requests_are_refused(
        self, slack: SlackStandIn, serve: Any, forgery: Forgery, status: int
    ) -> None:
        await serve()
        with slack.http.forged(forgery):
            answer = await slack.command("/next")
        assert (answer.status, answer.acknowledged) == (status, False)
        assert (await slack.command("/next")).acknowledged

    async def test_checks_of_the_address(self, slack: SlackStandIn, serve: Any) -> None:
        await serve()
        assert (await slack.http.url_verification("abc")).text == '{"challenge": "abc"}'
        assert (await slack.http.ssl_check()).status == 200

    async def test_a_failing_event_comes_again_with_its_number(self, slack: SlackStandIn) -> None:
        seen: list[tuple[str | None, str | None]] = []

        async def receive(request: web.Request) -> web.Response:
            seen.append((request.headers.get("X-Slack-Retry-Num"), request.headers.get("X-Slack-Retry-Reason")))
            return web.Response(status=500 if len(seen) < 3 else 200)

        app = web.Application()
        app.router.add_post("/", receive)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.http.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        slack.redelivery.delays = (0.0, 0.0, 0.0)
        answer = await (await slack.mention("next")).acked()
        await runner.cleanup()
        assert (answer.deliveries, answer.error) == (3, None)
        assert seen == [(None, None), ("1", "http_error"), ("2", "http_error")]


async def test_it_runs_on_its_own() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.standins.slack", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    told = dict([(await process.stdout.readline()).decode().strip().split("=", 1) for _ in range(4)])
    auth = await AsyncWebClient(told["SLACK_BOT_TOKEN"], base_url=told["SLACK_API_URL"]).auth_test()
    process.kill()
    await process.communicate()
    assert auth["user"] == "lecturebot"
