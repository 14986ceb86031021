"""Both platforms for a bot that runs as a process, and the settings by which it serves them."""

import warnings
from collections.abc import AsyncIterator

import pytest

from tests.standins.slack import SlackStandIn

with warnings.catch_warnings():  # discord.py imports `audioop`, which Python 3.11 and 3.12 call deprecated
    warnings.simplefilter("ignore", DeprecationWarning)
    from tests.standins.discord import DiscordStandIn


@pytest.fixture
async def discord() -> AsyncIterator[DiscordStandIn]:
    async with DiscordStandIn() as standin:
        yield standin


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn() as standin:
        yield standin


def on_discord(discord: DiscordStandIn) -> dict[str, str]:
    """The settings that serve the stand-in."""
    return {"DISCORD_TOKEN": discord.token, "DISCORD_API_URL": discord.api_url}


def on_slack(slack: SlackStandIn) -> dict[str, str]:
    """The settings that serve the stand-in in Socket Mode."""
    return {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.api_url}
