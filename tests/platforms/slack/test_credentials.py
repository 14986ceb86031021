"""Tokens that Slack refuses end the bot with one clear sentence, at the start or later."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from bot.platforms import CredentialsRefusedError
from bot.platforms.slack import SlackPlatform
from tests.platforms.slack.conftest import FAST, ExampleDesk, Start
from tests.standins.slack import SlackStandIn


async def _refusal(slack: SlackStandIn, bot_token: str, app_token: str | None) -> str:
    secret = slack.signing_secret
    platform = SlackPlatform(bot_token, app_token, secret, slack.api_url, backoff=FAST)
    with pytest.raises(CredentialsRefusedError) as refused:
        async with asyncio.timeout(5):
            await platform.run(ExampleDesk())
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


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_token_revoked_later_is_noticed_without_anybody_asking(
    slack: SlackStandIn, started: Start, mode: str
) -> None:
    bot = await started(mode)
    slack.revoke()
    with pytest.raises(CredentialsRefusedError, match="token_revoked"):
        await asyncio.wait_for(bot.serving, 5)
    assert not bot.platform.health.connected


async def test_a_token_revoked_later_is_noticed_when_a_call_fails(slack: SlackStandIn, started: Start) -> None:
    bot = await started("socket")
    slack.revoke()
    await slack.mention("next")
    with pytest.raises(CredentialsRefusedError, match="token_revoked"):
        await asyncio.wait_for(bot.serving, 5)


async def test_without_either_secret_there_is_nothing_to_serve() -> None:
    with pytest.raises(ValueError, match="app token"):
        SlackPlatform("xoxb-1", None, None)


async def test_a_refused_platform_leaves_nothing_open(slack: SlackStandIn) -> None:
    async with AsyncExitStack():
        await _refusal(slack, "xoxb-wrong", slack.app_token)
    assert slack.socket.connections == []
