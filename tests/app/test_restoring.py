"""What stands in the channels is not said again by a bot whose database was put back, and nothing due is lost."""

import asyncio
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.app.conftest import on_discord, on_slack
from tests.processes import ROOT, Result, lecturebot, running
from tests.standins.slack import SlackStandIn

with warnings.catch_warnings():  # discord.py imports `audioop`, which Python 3.11 and 3.12 call deprecated
    warnings.simplefilter("ignore", DeprecationWarning)
    from tests.standins.discord import DiscordStandIn

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends signals")

EARLY = "2024-04-18T08:00+09:00"
BEFORE = "2024-04-18T08:59:58+09:00"
"""Seconds before the post of a week before lecture 9."""


def database(data: Path, now: str, *arguments: str, settings: Mapping[str, str]) -> Result:
    """A command about the database, at that time."""
    return lecturebot("database", *arguments, "--now", now, "--lang", "en", data=data, settings=settings)


async def test_posts_of_the_gap_are_looked_up_not_repeated_and_those_that_are_missing_sent(tmp_path: Path) -> None:
    file, data, backup = tmp_path / "lectures.yaml", tmp_path / "data", tmp_path / "backup.db"
    planned = (ROOT / "lectures.yaml").read_bytes()
    file.write_bytes(planned)

    def options(now: str) -> tuple[str, ...]:
        return ("--lectures", str(file), "--now", now)

    async with SlackStandIn() as slack, DiscordStandIn() as discord:
        missed = slack.channels.add(bot_is_member=False)
        settings = {
            **on_slack(slack),
            **on_discord(discord),
            "LECTUREBOT_CHANNELS": f"slack:{slack.channel.id}, slack:{missed.id}, discord:{discord.channel.id}",
        }
        async with running(data=data, options=options(EARLY), settings=settings) as bot:
            await bot.says("platform.connected", "slack")
            saved = await asyncio.to_thread(database, data, EARLY, "backup", str(backup), settings=settings)
            assert (saved.code, saved.out) == (0, f"Everything was saved to {backup}.\n")
            assert await bot.told_to_end() == 0
        async with running(data=data, options=options(BEFORE), settings=settings) as bot:
            await bot.says("post.sent", "week_before", "slack")
            await bot.says("post.sent", "week_before", "discord")
            file.with_suffix(".new").write_bytes(
                planned.replace(b"number: 10\n", b"number: 10\n    status: cancelled\n")
            )
            file.with_suffix(".new").replace(file)
            await bot.says("post.sent", "news/1", "slack")
            await bot.says("post.sent", "news/1", "discord")
            assert await bot.told_to_end() == 0
        texts = [each.text for each in slack.channel.messages]
        contents = [each.content for each in discord.channel.messages]
        assert (len(texts), len(contents), missed.messages) == (2, 2, [])
        missed.bot_is_member = True
        after = "2024-04-18T12:00+09:00"
        restored = await asyncio.to_thread(database, data, after, "restore", str(backup), settings=settings)
        assert (restored.code, restored.err) == (0, "")
        assert "What was there until now was saved to" in restored.out
        async with running(data=data, options=options(after), settings=settings) as bot:
            await bot.says("post.sent", "week_before", missed.id)
            await bot.says("post.sent", "news/1", missed.id)
            for channel in (slack.channel.id, str(discord.channel.id)):
                for kind in ("week_before", "news/1"):
                    await bot.says("found sent", kind, channel)
            assert await bot.told_to_end() == 0
        assert [each.text for each in slack.channel.messages] == texts
        assert [each.content for each in discord.channel.messages] == contents
        assert len(missed.messages) == 2
