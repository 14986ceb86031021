"""Requests of the bot that a stand-in keeps for as long as a test likes, one on each platform."""

import asyncio
from dataclasses import dataclass
from typing import Final

from tests.crashes.platforms import DiscordHold, SlackHold
from tests.crashes.trial import SETTLES_WITHIN, Trial

POST: Final = ("POST", "chat.postMessage")
LOOKUP: Final = ("GET", "conversations.history")


@dataclass(frozen=True, slots=True)
class Held:
    """The first request of one kind on each platform."""

    discord: DiscordHold
    slack: SlackHold

    async def arrive(self) -> None:
        """Waits until both are there."""
        async with asyncio.timeout(SETTLES_WITHIN):
            await self.discord.arrived.wait()
            await self.slack.arrived.wait()

    def release(self) -> None:
        """Both are applied after all, or answered."""
        self.discord.release()
        self.slack.release()

    def lose(self) -> None:
        """Nothing comes of them any more."""
        self.discord.lose()
        self.slack.lose()


def hold(trial: Trial, what: tuple[str, str], *, applied: bool = False) -> Held:
    """Has the next request of that kind kept on each platform, or with `applied` only its answer."""
    held = Held(DiscordHold(applied), SlackHold(applied))
    trial.discord.faults.add(what[0], r"/channels/\d+/messages$", held.discord)
    trial.slack.faults.add(what[1], held.slack)
    return held
