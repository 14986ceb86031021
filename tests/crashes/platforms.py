"""Both stand-ins with their faults, and the settings with which the bot serves them."""

import warnings

from tests.standins import slack as slack_faults
from tests.standins.slack import Hold as SlackHold
from tests.standins.slack import SlackStandIn

with warnings.catch_warnings():  # discord.py imports `audioop`, which Python 3.11 and 3.12 call deprecated
    warnings.simplefilter("ignore", DeprecationWarning)
    from tests.standins import discord as discord_faults
    from tests.standins.discord import DiscordStandIn
    from tests.standins.discord import Hold as DiscordHold

__all__ = [
    "DiscordHold",
    "DiscordStandIn",
    "SlackHold",
    "SlackStandIn",
    "discord_faults",
    "settings_for",
    "slack_faults",
]


def settings_for(discord: DiscordStandIn, slack: SlackStandIn) -> dict[str, str]:
    """The environment of a bot on both."""
    return {
        "DISCORD_TOKEN": discord.token,
        "DISCORD_API_URL": discord.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
    }
