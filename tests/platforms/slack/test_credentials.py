"""Tokens that Slack refuses: at the start they end the bot with one clear sentence, later the bot tells and goes on."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
import structlog

from bot.platforms import CredentialsRefusedError, Health
from bot.platforms.slack import SlackPlatform
from tests.platforms.slack.conftest import FAST, Bot, ExampleRouter, Start
from tests.standins.slack import Error, SlackStandIn


async def _refusal(slack: SlackStandIn, bot_token: str, app_token: str | None) -> str:
    secret = slack.signing_secret
    platform = SlackPlatform(bot_token, app_token, secret, slack.api_url, timings=FAST)
    with pytest.raises(CredentialsRefusedError) as refused:
        async with asyncio.timeout(5):
            await platform.run(ExampleRouter())
    await platform.close()
    assert bot_token not in str(refused.value)
    assert (app_token or "none") not in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_wrong_bot_token(slack: SlackStandIn, mode: str) -> None:
    told = await _refusal(slack, "xoxb-wrong", slack.app_token if mode == "socket" else None)
    assert told == "Slack refuses the bot token (invalid_auth); check SLACK_BOT_TOKEN."


async def test_an_app_token_that_is_wrong_or_of_the_wrong_kind(slack: SlackStandIn) -> None:
    told = [await _refusal(slack, slack.bot_token, token) for token in ("xapp-wrong", slack.bot_token)]
    assert told == [
        "Slack refuses the app token (invalid_auth); check SLACK_APP_TOKEN.",
        "Slack refuses the app token (not_allowed_token_type); check SLACK_APP_TOKEN.",
    ]


@pytest.mark.parametrize("reason", ["token_revoked", "account_inactive"])
async def test_a_token_revoked_before_the_start(slack: SlackStandIn, reason: str) -> None:
    slack.revoke(reason)
    told = await _refusal(slack, slack.bot_token, slack.app_token)
    assert told == f"Slack refuses the bot token ({reason}); check SLACK_BOT_TOKEN."


def _asked(slack: SlackStandIn, method: str = "auth.test") -> int:
    return len(slack.calls_of(method))


async def _told(bot: Bot, problem: str) -> None:
    async with asyncio.timeout(5):
        while not bot.platform.health.detail.startswith(problem):  # noqa: ASYNC110 - the bot tells nobody of it
            await asyncio.sleep(0.002)


async def test_a_token_that_may_write_no_longer_is_told_until_it_may_again(slack: SlackStandIn, started: Start) -> None:
    bot = await started("socket")
    slack.scopes.discard("chat:write")
    await _told(bot, "Slack's token lacks the scope chat:write")
    assert not bot.platform.health.connected
    slack.scopes.add("chat:write")
    await slack.until(lambda: bot.platform.health.connected)


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_token_revoked_later_is_asked_about_three_times_then_told_and_tried_on(
    slack: SlackStandIn, started: Start, mode: str
) -> None:
    bot = await started(mode, timings=replace(FAST, refused_token=0.3))
    before = _asked(slack)
    slack.revoke()
    with structlog.testing.capture_logs() as logged:
        await _told(bot, "Slack refuses the bot token (token_revoked)")
        assert _asked(slack) - before == 3
        held = not bot.platform.poster.ready
        await slack.until(lambda: _asked(slack) - before > 4)
        slack.restore()
        await slack.until(lambda: bot.platform.health == Health(True))
    assert held
    assert [each["event"] for each in logged] == ["slack.token_refused", "slack.token_accepted"]
    assert bot.platform.poster.ready
    assert not bot.serving.done()


async def test_a_token_that_is_refused_for_a_moment_is_not_told(slack: SlackStandIn, started: Start) -> None:
    bot = await started("socket")
    before = _asked(slack)
    slack.faults.add("auth.test", Error("invalid_auth"), times=2)
    with structlog.testing.capture_logs() as logged:
        await slack.until(lambda: _asked(slack) - before > 3)
    assert logged == []
    assert bot.platform.health == Health(True)


async def test_a_token_revoked_later_is_noticed_when_a_call_fails(slack: SlackStandIn, started: Start) -> None:
    bot = await started("socket", timings=replace(FAST, token_check=600))
    slack.revoke()
    await slack.mention("next")
    await _told(bot, "Slack refuses the bot token (token_revoked)")


async def test_an_app_token_refused_later_is_told_and_tried_on(slack: SlackStandIn, started: Start) -> None:
    bot = await started("socket")
    slack.faults.add("apps.connections.open", Error("invalid_auth"), times=5)
    slack.socket.connections[0].drop()
    await _told(bot, "Slack refuses the app token (invalid_auth)")
    await slack.socket.connected()
    assert _asked(slack, "apps.connections.open") == 7
    await slack.until(lambda: bot.platform.health == Health(True))


async def test_without_either_secret_there_is_nothing_to_serve() -> None:
    with pytest.raises(ValueError, match="app token"):
        SlackPlatform("xoxb-1", None, None)


async def test_a_refused_platform_leaves_nothing_open(slack: SlackStandIn) -> None:
    async with AsyncExitStack():
        await _refusal(slack, "xoxb-wrong", slack.app_token)
    assert slack.socket.connections == []
