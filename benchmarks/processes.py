"""Bots as processes of their own, and what they are told of the stand-in that they serve."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.standins.discord import DiscordStandIn
from tests.standins.slack import SlackStandIn

ROOT = Path(__file__).parent.parent


@asynccontextmanager
async def process(*arguments: str, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Runs Python with these arguments, until the end of the block."""
    settings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    bot = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=ROOT,
        env=settings,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield bot
    finally:
        bot.terminate()
        await bot.wait()


def discord_settings(standin: DiscordStandIn) -> Mapping[str, str]:
    """The environment of a bot on Discord."""
    return {"DISCORD_TOKEN": standin.token, "DISCORD_API_URL": standin.api_url}


def slack_settings(standin: SlackStandIn) -> Mapping[str, str]:
    """The environment of a bot on Slack in Socket Mode."""
    return {
        "SLACK_BOT_TOKEN": standin.bot_token,
        "SLACK_APP_TOKEN": standin.app_token,
        "SLACK_API_URL": standin.api_url,
    }


async def resident(bot: asyncio.subprocess.Process) -> float:
    """The memory that a process has in RAM, in megabytes."""
    asked = await asyncio.create_subprocess_exec("ps", "-o", "rss=", "-p", str(bot.pid), stdout=asyncio.subprocess.PIPE)
    said, _ = await asked.communicate()
    return int(said) / 1024
