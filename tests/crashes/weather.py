"""Bad weather between the bot and the platforms: each request may go wrong in every way that requests can."""

import random
from typing import Final

from tests.crashes.platforms import DiscordStandIn, SlackStandIn, discord_faults, slack_faults

_CHANCE: Final = 0.25
"""The probability with which each fault that is left strikes a request that it fits."""

_LATE: Final = 1.5
"""Seconds after which a request is applied although nobody waits any more, but within the guard of a lease."""


def bad_weather(discord: DiscordStandIn, slack: SlackStandIn, chance: random.Random) -> None:
    """Has some of the next requests go wrong; how many of each kind depends on chance."""

    def strikes(_: object) -> bool:
        return chance.random() < _CHANCE

    for method in ("POST", "POST", "GET"):
        for on_discord in (
            discord_faults.Status(500),
            discord_faults.Status(502, applied=True),
            discord_faults.TooMany(0.3),
            discord_faults.TooMany(0.3, everywhere=True),
            discord_faults.Drop(),
            discord_faults.Drop(reset=True),
            discord_faults.LoseAnswer(),
            discord_faults.LoseAnswer(reset=True),
            discord_faults.Delay(_LATE),
            discord_faults.Delay(_LATE, applied_first=True),
        ):
            times = chance.choice((0, 0, 1))
            discord.faults.add(method, r"/channels/\d+/messages$", on_discord, times=times, only_if=strikes)
    for call in ("chat.postMessage", "chat.postMessage", "conversations.history"):
        for on_slack in (
            slack_faults.Status(500),
            slack_faults.Status(503, applied=True),
            slack_faults.Status(429, retry_after=1),
            slack_faults.Error("internal_error"),
            slack_faults.Error("fatal_error"),
            slack_faults.Drop(),
            slack_faults.LoseAnswer(),
            slack_faults.Delay(_LATE),
            slack_faults.Delay(_LATE, applied_first=True),
        ):
            times = chance.choice((0, 0, 1))
            slack.faults.add(call, on_slack, times=times, only_if=strikes)
