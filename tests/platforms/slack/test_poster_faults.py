"""What can happen to a post on its way, and what the poster says of it: each request is made exactly once."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web

from bot.announcements.poster import NotSent, Outcome, Posted, Refusal, Refused, Unknown, Unreadable
from bot.platforms.slack import SlackPlatform
from bot.platforms.slack import poster as module
from tests.platforms.slack.posting import POST, a_minute_ago, channel, here, marker, person, serving
from tests.standins.slack import Delay, Drop, Error, LoseAnswer, SlackStandIn, Status

POSTING = "chat.postMessage"


@dataclass(frozen=True)
class Garbled:
    """Applied, and answered with something else than a message."""

    body: bytes
    kind: str = "application/json"
    status: int = 200

    async def around(self, request: web.Request, apply: Any) -> web.StreamResponse:
        """Answers with the body."""
        await apply()
        return web.Response(body=self.body, content_type=self.kind, status=self.status)


@pytest.fixture
async def platform(slack: SlackStandIn) -> AsyncIterator[SlackPlatform]:
    """The bot as it posts."""
    async with serving(slack) as bot:
        yield bot


def refused(why: Refusal, *codes: str) -> list[tuple[Error, Outcome, int]]:
    """The faults with these codes."""
    return [(Error(code), Refused(why, code), 0) for code in codes]


@pytest.mark.parametrize(
    ("fault", "outcome", "messages"),
    [
        (Drop(), Unknown("ServerDisconnectedError"), 0),
        (LoseAnswer(), Unknown("ServerDisconnectedError"), 1),
        *((Status(status), Unknown(f"HTTP {status}"), 0) for status in (403, 407, 408, 500, 502, 503, 504)),
        *((Status(status, applied=True), Unknown(f"HTTP {status}"), 1) for status in (500, 503)),
        *(
            (Error(code), Unknown(code), 0)
            for code in ("internal_error", "fatal_error", "request_timeout", "service_unavailable")
        ),
        (Garbled(b"{"), Unknown("HTTP 200"), 1),
        (Garbled(b"[]"), Unknown("HTTP 200"), 1),
        (Garbled(b"null"), Unknown("HTTP 200"), 1),
        (Garbled(b'"\xff"'), Unknown("UnicodeDecodeError"), 1),
        (Garbled(b'{"ok": true}'), Unknown("ok without a message"), 1),
        (Garbled(b'{"ok": false, "error": "not_in_channel"}', status=500), Unknown("not_in_channel"), 1),
        (Garbled(b"<html>sign in</html>", "text/html"), Unknown("HTTP 200"), 1),
        (Garbled(b"bad gateway", "text/plain"), Unknown("AttributeError"), 1),
        (Garbled(b"bad gateway", "text/plain", 502), Unknown("HTTP 502"), 1),
        (Status(429, retry_after=7), NotSent("ratelimited", 7.0), 0),
        (Error("ratelimited"), NotSent("ratelimited", 5.0), 0),
        (Error("message_limit_exceeded"), NotSent("message_limit_exceeded", 5.0), 0),
        *refused(Refusal.GONE, "channel_not_found", "is_archived", "user_not_found"),
        *refused(
            Refusal.RIGHTS,
            "not_in_channel",
            "restricted_action",
            "restricted_action_read_only_channel",
            "missing_scope",
            "ekm_access_denied",
            "something_new",
        ),
        *refused(Refusal.CLOSED, "messages_tab_disabled", "cannot_dm_bot", "user_disabled"),
        *refused(
            Refusal.CONTENT, "invalid_blocks", "msg_too_long", "msg_blocks_too_long", "no_text", "invalid_arguments"
        ),
    ],
    ids=str,
)
async def test_each_fault_has_its_outcome_and_no_request_is_repeated(
    slack: SlackStandIn, platform: SlackPlatform, fault: Any, outcome: Outcome, messages: int
) -> None:
    slack.faults.add(POSTING, fault, times=5)
    address = here(slack)
    assert await platform.poster.post(address, POST, "ja", marker(address)) == outcome
    await asyncio.sleep(0.01)
    assert len(slack.channel.messages) == messages
    assert len(slack.calls_of(POSTING)) == 1


async def test_a_post_whose_answer_was_lost_is_found(slack: SlackStandIn, platform: SlackPlatform) -> None:
    for address in (here(slack), person(slack.user)):
        before = a_minute_ago()
        slack.faults.add(POSTING, LoseAnswer())
        assert isinstance(await platform.poster.post(address, POST, "ja", marker(address)), Unknown)
        assert isinstance(await platform.poster.find(address, marker(address), before), Posted)
    (message,) = slack.channels.direct(slack.user).messages
    found = await platform.poster.find(person(slack.user), marker(person(slack.user)), a_minute_ago())
    assert found == Posted(f"{message.channel}:{message.ts}")


async def test_a_post_that_did_not_arrive_is_certainly_not_there(slack: SlackStandIn, platform: SlackPlatform) -> None:
    address, before = here(slack), a_minute_ago()
    slack.faults.add(POSTING, Drop())
    assert isinstance(await platform.poster.post(address, POST, "ja", marker(address)), Unknown)
    assert await platform.poster.find(address, marker(address), before) is None


async def test_what_takes_too_long_has_an_unknown_outcome(
    slack: SlackStandIn, platform: SlackPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LIMIT", 0.2)
    slack.faults.add(POSTING, Delay(0.4))
    address, before = here(slack), a_minute_ago()
    assert await platform.poster.post(address, POST, "ja", marker(address)) == Unknown("TimeoutError")
    await slack.until(lambda: slack.channel.messages)
    assert isinstance(await platform.poster.find(address, marker(address), before), Posted)


async def test_where_nobody_listens_nothing_was_sent(slack: SlackStandIn, platform: SlackPlatform) -> None:
    address = here(slack)
    assert platform._web._client is not None
    platform._web._client.base_url = "http://127.0.0.1:1/api/"
    unsent = NotSent("ClientConnectorError")
    assert await platform.poster.post(address, POST, "ja", marker(address)) == unsent
    assert await platform.poster.edit(address, "1.0", POST, "ja", marker(address)) == unsent
    found = await platform.poster.find(address, marker(address), a_minute_ago())
    assert found == Unreadable("ClientConnectorError")
    assert await platform.poster.missing_rights(address) == ()


@pytest.mark.parametrize(
    "fault",
    [Drop(), LoseAnswer(), Status(500, applied=True), Garbled(b'{"ok": true, "channel": "D1"}'), Error("fatal_error")],
    ids=str,
)
async def test_a_conversation_that_was_perhaps_opened_has_no_message_yet(
    slack: SlackStandIn, platform: SlackPlatform, fault: Any
) -> None:
    slack.faults.add("conversations.open", fault)
    address = person(slack.user)
    assert isinstance(await platform.poster.post(address, POST, "ja", marker(address)), NotSent)
    assert isinstance(await platform.poster.post(address, POST, "ja", marker(address)), Posted)
    assert len(slack.channels.direct(slack.user).messages) == 1


@pytest.mark.parametrize(
    ("fault", "detail"),
    [
        (Drop(), "ServerDisconnectedError"),
        (Status(500), "HTTP 500"),
        (Status(429, retry_after=3), "ratelimited"),
        (Error("missing_scope"), "missing_scope"),
        (Garbled(b'{"ok": true}'), "history in an unknown form"),
        (Garbled(b'{"ok": true, "messages": [null]}'), "history in an unknown form"),
        (Garbled(b'{"ok": true, "messages": [], "has_more": true}'), "history without its end"),
    ],
    ids=str,
)
async def test_a_history_that_can_not_be_read_proves_nothing(
    slack: SlackStandIn, platform: SlackPlatform, fault: Any, detail: str
) -> None:
    address = here(slack)
    await platform.poster.post(address, POST, "ja", marker(address))
    slack.faults.add("conversations.history", fault, times=2)  # aiohttp repeats a GET on a lost connection
    assert await platform.poster.find(address, marker(address), a_minute_ago()) == Unreadable(
        detail, lasting=isinstance(fault, Error)
    )


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Status(500, applied=True), Unknown("HTTP 500")),
        (LoseAnswer(), Unknown("ServerDisconnectedError")),
        (Status(429, retry_after=3), NotSent("ratelimited", 3.0)),
        (Error("update_failed"), Unknown("update_failed")),
        (Error("edit_window_closed"), Refused(Refusal.RIGHTS, "edit_window_closed")),
        (Error("cant_update_message"), Refused(Refusal.RIGHTS, "cant_update_message")),
        (Error("message_not_found"), Refused(Refusal.MESSAGE, "message_not_found")),
        (Error("is_inactive"), Refused(Refusal.GONE, "is_inactive")),
        (Error("block_mismatch"), Refused(Refusal.CONTENT, "block_mismatch")),
    ],
    ids=str,
)
async def test_an_edit_is_tried_once_too(
    slack: SlackStandIn, platform: SlackPlatform, fault: Any, outcome: Outcome
) -> None:
    address = here(slack)
    sent = await platform.poster.post(address, POST, "ja", marker(address))
    assert isinstance(sent, Posted)
    slack.faults.add("chat.update", fault)
    assert await platform.poster.edit(address, sent.message, POST, "ja", marker(address)) == outcome
    assert len(slack.calls_of("chat.update")) == 1


async def test_a_slow_channel_holds_up_no_other(slack: SlackStandIn, platform: SlackPlatform) -> None:
    slack.faults.add(POSTING, Delay(0.5), only_if=lambda args: args["channel"] == slack.channel.id)
    slow = asyncio.create_task(platform.poster.post(here(slack), POST, "ja", marker(here(slack))))
    await slack.until(lambda: slack.calls_of(POSTING))
    other = channel(slack.channels.add("other"))
    assert isinstance(await platform.poster.post(other, POST, "ja", marker(other)), Posted)
    assert not slow.done()
    assert isinstance(await slow, Posted)


async def test_a_post_under_way_when_the_bot_ends_has_an_unknown_outcome(
    slack: SlackStandIn, platform: SlackPlatform
) -> None:
    slack.faults.add(POSTING, Delay(0.3))
    sending = asyncio.create_task(platform.poster.post(here(slack), POST, "ja", marker(here(slack))))
    await slack.until(lambda: slack.calls_of(POSTING))
    await platform.close()
    assert isinstance(await sending, Unknown)


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "invalid_auth", "token_expired"])
async def test_a_revoked_token_refuses_the_post_and_holds_others_back(
    slack: SlackStandIn, platform: SlackPlatform, code: str
) -> None:
    slack.revoke(code)
    address = here(slack)
    assert await platform.poster.post(address, POST, "ja", marker(address)) == Refused(Refusal.CREDENTIALS, code)
    await slack.until(lambda: not platform.poster.ready)
    assert await platform.poster.post(address, POST, "ja", marker(address)) == NotSent("not connected")
    slack.restore()
    await slack.until(lambda: platform.poster.ready)
    assert isinstance(await platform.poster.post(address, POST, "ja", marker(address)), Posted)


async def test_no_token_is_told_or_logged(
    slack: SlackStandIn, platform: SlackPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    address, told = here(slack), list[Outcome]()
    faults: tuple[Any, ...] = (Drop(), Error("missing_scope"), Status(500), Garbled(b"{"))
    for number, fault in enumerate(faults):
        slack.faults.add(POSTING, fault)
        told.append(await platform.poster.post(address, POST, "ja", marker(address, f"{number}")))
    assert slack.bot_token not in caplog.text + str(told)
