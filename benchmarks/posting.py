"""How fast a post reaches many channels and how often Discord refuses: ours against discord.py alone, side by side."""

import asyncio
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import discord_settings, process, resident
from tests.standins.discord import DiscordStandIn

CHANNELS = 200
BEFORE = "2024-04-06T07:59:45+09:00"
"""Some seconds before the morning's post, in which a bot can start and connect."""

SCHEDULE = """\
series: {name: Lectures on Moon and Stars, timezone: Asia/Tokyo, language: en}
lectures:
  - {number: 9, starts: 2024-04-06T13:00, title: Introduction to Machine Learning}
"""


@dataclass(frozen=True)
class Told:
    """Seconds from the first to the last post, refusals for going too fast, and megabytes in RAM afterwards."""

    seconds: float
    refusals: int
    memory: float


async def told(standin: DiscordStandIn, *arguments: str, **settings: str) -> Told:
    """Runs a process until every channel has its post."""
    async with process(*arguments, **discord_settings(standin), **settings) as bot, asyncio.timeout(180):
        await _posts(standin, 1)
        began = time.perf_counter()
        await _posts(standin, CHANNELS)
        return Told(time.perf_counter() - began, standin.limits.hits, await resident(bot))


async def main() -> None:
    """Has both bots post at the same time."""
    async with DiscordStandIn() as here, DiscordStandIn() as there:
        for standin, number in ((standin, number) for standin in (here, there) for number in range(2, CHANNELS + 1)):
            standin.add_channel(f"lectures-{number}")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "lectures.yaml"
            file.write_text(SCHEDULE, encoding="utf-8")
            options = ("--lectures", str(file), "--data", folder, "--now", BEFORE)
            ours, theirs = await asyncio.gather(
                told(here, "-m", "bot", *options, "run", **_followed(here)),
                told(there, "benchmarks/poster_discord.py"),
            )
    print(
        f"{f'Discord, a post to {CHANNELS} channels':42} ours {ours.seconds:6.2f} s, {ours.refusals} refused   "
        f"minimal {theirs.seconds:6.2f} s, {theirs.refusals} refused   ratio {ours.seconds / theirs.seconds:.2f}\n"
        f"{'memory of a bot on Discord':42} ours {ours.memory:6.1f} MB   minimal {theirs.memory:6.1f} MB   "
        f"ratio {ours.memory / theirs.memory:.2f}",
        flush=True,
    )


def _followed(standin: DiscordStandIn) -> Mapping[str, str]:
    return {"LECTUREBOT_CHANNELS": ",".join(f"discord:{channel}" for channel in standin.guild.channels)}


async def _posts(standin: DiscordStandIn, expected: int) -> None:
    while len(standin.messages) < expected:  # noqa: ASYNC110 - the stand-in tells nobody
        await asyncio.sleep(0.01)
