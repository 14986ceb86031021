"""What can happen to a post on its way, and what the poster says of it: each request is made exactly once."""

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest
import structlog
from aiohttp import web
from discord.http import Route

from bot.announcements.poster import NotSent, Outcome, Posted, Refusal, Refused, Unknown, Unreadable
from bot.platforms.discord import DiscordPlatform
from bot.platforms.discord import poster as module
from tests.platforms.discord.conftest import until
from tests.platforms.discord.posting import POST, a_minute_ago, channel, here, marker, person
from tests.standins.discord import Delay, DiscordStandIn, Drop, Hold, LoseAnswer, Refuse, Status, TooMany

MESSAGES = r"/channels/\d+/messages$"


@dataclass(frozen=True)
class Garbled:
    """Applied, and answered with something else than a message."""

    body: bytes

    async def around(self, request: web.Request, apply: Any) -> web.StreamResponse:
        """Answers with the body."""
        await apply()
        return web.Response(body=self.body, content_type="application/json")


@pytest.mark.parametrize(
    ("fault", "outcome", "messages"),
    [
        (Drop(), Unknown("ServerDisconnectedError"), 0),
        (Drop(reset=True), Unknown("ClientOSError"), 0),
        (LoseAnswer(), Unknown("ServerDisconnectedError"), 1),
        (LoseAnswer(reset=True), Unknown("ClientOSError"), 1),
        *(
            (Status(status), Unknown(f"{status}"), 0)
            for status in (500, 502, 503, 504, 524, 302, 400, 401, 403, 404, 408)
        ),
        *((Status(status, applied=True), Unknown(f"{status}"), 1) for status in (500, 502, 503, 504)),
        (Garbled(b"{"), Unknown("200 without a message"), 1),
        (Garbled(b"[]"), Unknown("200 without a message"), 1),
        (TooMany(0.3), NotSent("429 rate limited", 0.3), 0),
        (TooMany(0.3, everywhere=True), NotSent("429 rate limited", 0.3), 0),
        (TooMany(via=False), NotSent("429 rate limited", 0.1), 0),
        (Status(429), NotSent("429 rate limited", 5.0), 0),
        (Refuse(404, 10003, "Unknown Channel"), Refused(Refusal.GONE, "404 10003 Unknown Channel"), 0),
        (Refuse(404, 10004, "Unknown Guild"), Refused(Refusal.GONE, "404 10004 Unknown Guild"), 0),
        (Refuse(404, 10013, "Unknown User"), Refused(Refusal.GONE, "404 10013 Unknown User"), 0),
        (Refuse(403, 50001, "Missing Access"), Refused(Refusal.RIGHTS, "403 50001 Missing Access"), 0),
        (Refuse(403, 50013, "Missing Permissions"), Refused(Refusal.RIGHTS, "403 50013 Missing Permissions"), 0),
        (Refuse(400, 50083, "Thread is archived"), Refused(Refusal.RIGHTS, "400 50083 Thread is archived"), 0),
        (Refuse(403, 50007, "Cannot send"), Refused(Refusal.CLOSED, "403 50007 Cannot send"), 0),
        (Refuse(403, 50278, "Cannot send"), Refused(Refusal.CLOSED, "403 50278 Cannot send"), 0),
        (Refuse(400, 50035, "Invalid Form Body"), Refused(Refusal.CONTENT, "400 50035 Invalid Form Body"), 0),
        (Refuse(413, 40005, "Too large"), Refused(Refusal.CONTENT, "413 40005 Too large"), 0),
        (Refuse(401, 0, "401: Unauthorized"), Refused(Refusal.CREDENTIALS, "401 401: Unauthorized"), 0),
    ],
    ids=str,
)
async def test_each_fault_has_its_outcome_and_no_request_is_repeated(
    discord: DiscordStandIn, bot: DiscordPlatform, fault: Any, outcome: Outcome, messages: int
) -> None:
    discord.faults.add("POST", MESSAGES, fault, times=5)
    address = here(discord)
    assert await bot.poster.post(address, POST, "ja", marker(address)) == outcome
    await asyncio.sleep(0.01)
    assert len(discord.messages) == messages
    assert len(discord.calls_of("POST", "/messages")) == 1


@pytest.mark.parametrize("fault", [Status(500), TooMany(0.1)], ids=str)
async def test_no_request_is_repeated_after_the_pause_that_discord_py_makes(
    discord: DiscordStandIn, bot: DiscordPlatform, fault: Any
) -> None:
    discord.faults.add("POST", MESSAGES, fault)
    await bot.poster.post(here(discord), POST, "ja", marker(here(discord)))
    await asyncio.sleep(1.2)
    assert len(discord.calls_of("POST", "/messages")) == 1


async def test_a_post_whose_answer_was_lost_is_found(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    address, before = here(discord), a_minute_ago()
    discord.faults.add("POST", MESSAGES, LoseAnswer())
    assert isinstance(await bot.poster.post(address, POST, "ja", marker(address)), Unknown)
    found = await bot.poster.find(address, marker(address), before)
    assert found == Posted(str(discord.messages[0].id))
    assert await bot.poster.post(address, POST, "ja", marker(address)) == found
    assert len(discord.messages) == 1


async def test_a_post_that_did_not_arrive_is_certainly_not_there(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    address, before = here(discord), a_minute_ago()
    discord.faults.add("POST", MESSAGES, Drop(reset=True))
    assert isinstance(await bot.poster.post(address, POST, "ja", marker(address)), Unknown)
    assert await bot.poster.find(address, marker(address), before) is None


async def test_what_takes_too_long_has_an_unknown_outcome(
    discord: DiscordStandIn, bot: DiscordPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LIMIT", 0.2)
    discord.faults.add("POST", MESSAGES, Delay(0.4))
    address, before = here(discord), a_minute_ago()
    assert await bot.poster.post(address, POST, "ja", marker(address)) == Unknown("TimeoutError")
    await until(lambda: discord.messages)
    assert isinstance(await bot.poster.find(address, marker(address), before), Posted)


async def test_where_nobody_listens_nothing_was_sent(
    discord: DiscordStandIn, bot: DiscordPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Route, "BASE", "http://127.0.0.1:1/api/v10")
    address = here(discord)
    assert await bot.poster.post(address, POST, "ja", marker(address)) == NotSent("ClientConnectorError")
    assert await bot.poster.edit(address, "1", POST, "ja", marker(address)) == NotSent("ClientConnectorError")
    found = await bot.poster.find(address, marker(address), a_minute_ago())
    assert found == Unreadable("ClientConnectorError")


@pytest.mark.parametrize("fault", [Drop(), LoseAnswer(reset=True), Status(500, applied=True), Garbled(b"{}")], ids=str)
async def test_a_conversation_that_was_perhaps_opened_has_no_message_yet(
    discord: DiscordStandIn, bot: DiscordPlatform, fault: Any
) -> None:
    discord.faults.add("POST", "/users/@me/channels", fault)
    address = person(discord.user)
    assert isinstance(await bot.poster.post(address, POST, "ja", marker(address)), NotSent)
    assert isinstance(await bot.poster.post(address, POST, "ja", marker(address)), Posted)
    assert len(discord.messages) == 1


@pytest.mark.parametrize(
    ("fault", "detail"),
    [
        (Drop(reset=True), None),
        (Status(500), "500"),
        (TooMany(0.3), "429 rate limited"),
        (Refuse(403, 50001, "Missing Access"), "403 50001 Missing Access"),
        (Garbled(b"{}"), "history in an unknown form"),
        (Garbled(b"no"), "history in an unknown form"),
        (Garbled(b'[{"id": "1"}]'), "history in an unknown form"),
    ],
    ids=str,
)
async def test_a_history_that_can_not_be_read_proves_nothing(
    discord: DiscordStandIn, bot: DiscordPlatform, fault: Any, detail: str | None
) -> None:
    address = here(discord)
    await bot.poster.post(address, POST, "ja", marker(address))
    discord.faults.add("GET", MESSAGES, fault, times=2)
    found = await bot.poster.find(address, marker(address), a_minute_ago())
    assert isinstance(found, Unreadable)
    assert detail in (None, found.detail)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Status(500, applied=True), Unknown("500")),
        (LoseAnswer(), Unknown("ServerDisconnectedError")),
        (TooMany(0.3), NotSent("429 rate limited", 0.3)),
        (Refuse(401, 0, "401: Unauthorized"), Refused(Refusal.CREDENTIALS, "401 401: Unauthorized")),
    ],
    ids=str,
)
async def test_an_edit_is_tried_once_too(
    discord: DiscordStandIn, bot: DiscordPlatform, fault: Any, outcome: Outcome
) -> None:
    address = here(discord)
    sent = await bot.poster.post(address, POST, "ja", marker(address))
    assert isinstance(sent, Posted)
    discord.faults.add("PATCH", "/messages/", fault)
    assert await bot.poster.edit(address, sent.message, POST, "ja", marker(address)) == outcome
    assert len(discord.calls_of("PATCH")) == 1


async def test_a_refused_message_is_told_by_the_places_of_its_errors(
    discord: DiscordStandIn, bot: DiscordPlatform
) -> None:
    address = here(discord)
    outcome = await bot.poster.post(address, POST, "ja", "m" * 26)
    assert outcome == Refused(Refusal.CONTENT, "400 50035 Invalid Form Body (nonce NONCE_TYPE_TOO_LONG)")


async def test_a_slow_channel_holds_up_no_other(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    hold = Hold()
    discord.faults.add("POST", f"/channels/{discord.channel.id}/messages", hold)
    slow = asyncio.create_task(bot.poster.post(here(discord), POST, "ja", marker(here(discord))))
    await hold.arrived.wait()
    other = channel(discord.add_channel("other"))
    async with asyncio.timeout(1):
        assert isinstance(await bot.poster.post(other, POST, "ja", marker(other)), Posted)
    hold.release()
    assert isinstance(await slow, Posted)


async def test_a_post_under_way_when_the_bot_ends_has_an_unknown_outcome(
    discord: DiscordStandIn, bot: DiscordPlatform
) -> None:
    hold = Hold()
    discord.faults.add("POST", MESSAGES, hold)
    sending = asyncio.create_task(bot.poster.post(here(discord), POST, "ja", marker(here(discord))))
    await hold.arrived.wait()
    await bot.close()
    assert isinstance(await sending, Unknown)
    hold.release()


async def test_no_token_is_told_or_logged(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    address, told = here(discord), list[Outcome]()
    faults: tuple[Any, ...] = (Drop(), Status(401), TooMany(0.01), Garbled(b"{"))
    with structlog.testing.capture_logs() as records:
        for number, fault in enumerate(faults):
            discord.faults.add("POST", MESSAGES, fault)
            told.append(await bot.poster.post(address, POST, "ja", marker(address, f"{number}")))
    assert discord.token not in str(records) + str(told)
    assert [record["event"] for record in records] == ["discord.rate_limited"]
