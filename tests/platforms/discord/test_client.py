"""Getting connected, staying connected, and ending."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import structlog

from bot.commands.router import CommandRouter
from bot.domain.backoff import Backoff
from bot.domain.called import CALLED
from bot.domain.registration import NOBODY
from bot.platforms import CredentialsRefusedError, Health
from bot.platforms.discord import DiscordPlatform, invite, sync
from tests.examples import BEFORE_THREE, DAY_ONLY, EXAMPLE, both
from tests.platforms.discord.conftest import calendar, router_with, serving, until
from tests.standins.discord import DiscordStandIn, Drop, Refuse, Status

GUILDS = 1


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits between attempts are cut short."""
    monkeypatch.setattr(Backoff, "next", lambda _: 0.05)


async def test_nothing_but_the_guilds_is_asked_for(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    assert discord.gateway.intents == GUILDS
    assert bot.health == Health(True)
    assert discord.unknown_routes == []


async def test_commands_are_registered_once_and_again_when_they_differ(discord: DiscordStandIn) -> None:
    def written() -> int:
        return len(discord.calls_of("PUT", "/commands"))

    async with serving(discord):
        assert written() == 1
    async with serving(discord):
        await until(lambda: len(discord.calls_of("GET", "/commands")) == 2)
    assert written() == 1
    discord.register([{"name": "quiz", "description": "x", "type": 1}])
    async with serving(discord):
        await until(lambda: written() == 2)
    assert [each["name"] for each in discord.commands][:2] == ["next", "lecture"]


async def test_a_refused_registration_keeps_nobody_from_answering(discord: DiscordStandIn) -> None:
    await sync(discord.token, discord.api_url)
    discord.faults.add("GET", "/commands", Refuse(403, 50001, "Missing Access"))
    with structlog.testing.capture_logs() as logged:
        async with serving(discord):
            assert (await discord.interactions.command("next", locale="ja")).components
    assert "discord.commands_not_registered" in [each["event"] for each in logged]


async def test_syncing_by_hand_names_the_commands(discord: DiscordStandIn) -> None:
    names = await sync(discord.token, discord.api_url)
    assert names == [each["name"] for each in discord.commands]
    assert "next" in names
    with pytest.raises(CredentialsRefusedError):
        await sync("wrong", discord.api_url)


async def test_what_was_synced_by_hand_is_not_registered_again(discord: DiscordStandIn) -> None:
    series = replace(EXAMPLE, called=CALLED["seminar"])
    await sync(discord.token, discord.api_url, series=series)
    async with serving(discord, router_with(series)):
        await discord.interactions.command("next", locale="ja")
    assert len(discord.calls_of("PUT", "/commands")) == 1


async def test_commands_that_an_earlier_bot_left_on_a_server_are_removed(discord: DiscordStandIn) -> None:
    discord.register([{"name": "quiz", "description": "x", "type": 1}], discord.guild)
    names = await sync(discord.token, discord.api_url)
    assert {each["name"] for each in discord.commands} == {*names}
    assert discord.commands_of(discord.guild) == []
    assert discord.unknown_routes == []


async def test_the_invitation_names_the_rights_that_are_used(discord: DiscordStandIn) -> None:
    address = urlsplit(await invite(discord.token, discord.api_url))
    query = parse_qs(address.query)
    assert query["client_id"] == [str(discord.application_id)]
    assert query["scope"] == ["bot applications.commands"]
    rights = int(query["permissions"][0])
    assert [bit for bit in range(64) if rights >> bit & 1] == [10, 11, 14, 15, 16, 28, 38, 44, 51]


@pytest.mark.parametrize("token", ["wrong", "", "two words", "全角"])
async def test_a_wrong_token_is_told_and_not_repeated(discord: DiscordStandIn, token: str) -> None:
    platform = DiscordPlatform(token, discord.api_url)
    with pytest.raises(CredentialsRefusedError, match="Discord refuses the bot's token") as refused:
        await asyncio.wait_for(platform.run(router_with()), 10)
    assert not token or token not in str(refused.value)
    assert not platform.health.connected


@pytest.mark.parametrize("path", ["/applications/@me", "/gateway/bot"])
async def test_a_token_refused_after_the_login_is_told(discord: DiscordStandIn, path: str) -> None:
    discord.faults.add("GET", path, Refuse(401, 0, "401: Unauthorized"))
    with pytest.raises(CredentialsRefusedError):
        await asyncio.wait_for(DiscordPlatform(discord.token, discord.api_url).run(router_with()), 10)


async def test_a_revoked_token_ends_the_bot(discord: DiscordStandIn) -> None:
    platform = DiscordPlatform(discord.token, discord.api_url)
    running = asyncio.create_task(platform.run(router_with()))
    await until(lambda: platform.health.connected)
    await discord.revoke_token()
    with pytest.raises(CredentialsRefusedError) as refused:
        await asyncio.wait_for(running, 10)
    assert discord.token not in str(refused.value)


async def test_a_dropped_connection_is_resumed(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    await discord.gateway.drop()
    await until(lambda: discord.gateway.resumes and bot.health.connected)
    assert len(discord.gateway.identifies) == 1
    assert (await discord.interactions.command("next", locale="ja")).components


async def test_a_dispatch_that_cannot_be_parsed_is_skipped(
    discord: DiscordStandIn, bot: DiscordPlatform, capsys: pytest.CaptureFixture[str]
) -> None:
    discord.emit("CHANNEL_CREATE", {"guild_id": str(discord.guild.id), "type": 0, "name": 7}, discord.guild)
    assert (await discord.interactions.command("next", locale="ja")).type == 4
    assert len(discord.gateway.identifies) == 1
    assert capsys.readouterr().out.count("discord.dispatch_skipped") == 1


@pytest.mark.parametrize("frame", ["\0", "[]", "7", "{", '{"op": 0, "t": [], "d": null}', '{"op": 0, "t": "READY"}'])
async def test_a_frame_that_cannot_be_read_is_one_line_in_the_log(
    discord: DiscordStandIn, bot: DiscordPlatform, capsys: pytest.CaptureFixture[str], frame: str
) -> None:
    discord.gateway.say(frame)
    assert (await discord.interactions.command("next", locale="ja")).type == 4
    assert (len(discord.gateway.identifies), discord.gateway.resumes) == (1, [])
    told = capsys.readouterr().out
    assert "Traceback" not in told
    assert [line.count("discord.frame_skipped") for line in told.splitlines() if "[info" not in line] == [1]


@pytest.mark.parametrize("hello", [None, [], {"heartbeat_interval": "soon"}])
async def test_an_odd_hello_is_tried_again(discord: DiscordStandIn, hello: object) -> None:
    discord.gateway.hellos = [hello]
    with structlog.testing.capture_logs() as logged:
        async with serving(discord):
            assert (await discord.interactions.command("next", locale="ja")).type == 4
    assert [each["event"] for each in logged if each["log_level"] != "info"] == ["discord.no_connection"]


@pytest.mark.parametrize("resumable", [True, False])
async def test_an_invalid_session_is_replaced(discord: DiscordStandIn, bot: DiscordPlatform, resumable: bool) -> None:
    discord.gateway.invalidate(resumable=resumable)
    await until(lambda: len(discord.gateway.identifies) + len(discord.gateway.resumes) == 2)
    await until(lambda: bot.health.connected)
    assert len(discord.gateway.identifies) == (1 if resumable else 2)
    assert (await discord.interactions.command("next", locale="ja")).components


async def test_a_connection_that_keeps_dropping_is_given_a_pause(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    left = [*range(6)]
    while left:
        await until(lambda: len(discord.gateway.resumes) == left[0] and bot.health.connected)
        await discord.gateway.drop()
        left.pop(0)
    await until(lambda: len(discord.gateway.identifies) == 2 and bot.health.connected)
    assert (await discord.interactions.command("next", locale="ja")).components


@pytest.mark.parametrize("fault", [Status(500), Status(503), Drop(), Drop(reset=True), Refuse(403, 0, "Forbidden")])
async def test_faults_at_the_login_are_tried_again(
    discord: DiscordStandIn, fault: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleep = asyncio.sleep
    monkeypatch.setattr("discord.http.asyncio.sleep", lambda seconds: sleep(min(seconds, 0.01)))
    discord.faults.add("GET", "/users/@me", fault, times=6)
    discord.faults.add("GET", "/gateway/bot", fault)
    async with serving(discord):
        assert (await discord.interactions.command("next", locale="ja")).components


async def test_a_gateway_that_is_not_there_is_tried_again(
    discord: DiscordStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleep = asyncio.sleep
    monkeypatch.setattr("discord.shard.asyncio.sleep", lambda seconds: sleep(min(seconds, 0.01)))
    address, discord.gateway.url = discord.gateway.url, "ws://127.0.0.1:9/"
    platform = DiscordPlatform(discord.token, discord.api_url)
    running = asyncio.create_task(platform.run(router_with()))
    await until(lambda: len(discord.calls_of("GET", "/gateway/bot")) >= 2)
    discord.gateway.url = address
    await until(lambda: platform.health.connected)
    await platform.close()
    await asyncio.wait_for(running, 5)


async def test_nobody_there_is_tried_again_until_the_end() -> None:
    platform = DiscordPlatform("a.token", "http://127.0.0.1:9/api/v10")
    running = asyncio.create_task(platform.run(router_with()))
    await until(lambda: "trying again" in platform.health.detail)
    assert platform.health == Health(False, "no connection to Discord (ClientConnectorError); trying again")
    await platform.close()
    await asyncio.wait_for(running, 5)


async def test_no_session_is_begun_when_none_is_left(discord: DiscordStandIn) -> None:
    discord.gateway.identify_limit = 0
    platform = DiscordPlatform(discord.token, discord.api_url)
    running = asyncio.create_task(platform.run(router_with()))
    await until(lambda: "SessionsUsedUp" in platform.health.detail)
    assert discord.gateway.identifies == []
    await platform.close()
    await asyncio.wait_for(running, 5)


async def test_ending_takes_leave_of_the_gateway(discord: DiscordStandIn) -> None:
    async with serving(discord) as platform:
        pass
    await discord.gateway.gone()
    assert discord.gateway.sessions == {}
    assert platform.health == Health(False, "closed")


async def test_ending_before_the_beginning(discord: DiscordStandIn) -> None:
    platform = DiscordPlatform(discord.token, discord.api_url)
    await platform.close()
    await asyncio.wait_for(platform.run(router_with()), 5)
    assert discord.calls == []


async def test_a_task_that_is_cancelled_leaves_nothing_behind(discord: DiscordStandIn) -> None:
    platform = DiscordPlatform(discord.token, discord.api_url)
    running = asyncio.create_task(platform.run(router_with()))
    await until(lambda: platform.health.connected)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await discord.gateway.gone()


async def test_two_shards_are_identified_once_each(discord: DiscordStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    sleep = asyncio.sleep
    monkeypatch.setattr("discord.client.asyncio.sleep", lambda seconds: sleep(min(seconds, 0.01)))
    discord.shards = 2
    async with serving(discord):
        assert sorted(each["shard"] for each in discord.gateway.identifies) == [[0, 2], [1, 2]]
        assert (await discord.interactions.command("next", locale="ja")).components


async def test_a_second_bot_at_its_side_leaves_one_answer(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    async with serving(discord):
        answer = await discord.interactions.command("next", locale="ja")
        await until(lambda: answer.refused)
        assert [refusal.code for refusal in answer.refused] == [40060]


async def test_an_edited_schedule_is_answered_from_at_once(discord: DiscordStandIn) -> None:
    series = [EXAMPLE]
    router = router_with()
    router._series = lambda: series[0]  # type: ignore[misc]
    async with serving(discord, router):
        before = await discord.interactions.command("about", locale="ja")
        series[0] = replace(EXAMPLE, name=both("太陽の講義", "Lectures on the Sun"))
        after = await discord.interactions.command("about", locale="ja")
    assert before.texts[1].startswith("### 月と星の講義")
    assert after.texts[1].startswith("### 太陽の講義")


async def test_register_comes_with_the_first_form_and_goes_with_the_last(
    discord: DiscordStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.discord.client._LOOKS", 0.02)
    served = [replace(EXAMPLE, registration=NOBODY, lectures=(DAY_ONLY,))]

    def has_register() -> bool:
        return "register" in {each["name"] for each in discord.commands}

    async with serving(discord, CommandRouter(lambda: served[-1], lambda: BEFORE_THREE, calendar)):
        assert not has_register()
        served.append(EXAMPLE)
        await until(has_register)
        served.append(served[0])
        await until(lambda: not has_register())
    assert len(discord.calls_of("PUT", "/commands")) == 3
