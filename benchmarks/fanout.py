"""One reminder to very many channels, and its edit: how fast, at what cost, and how long members wait meanwhile.

`python -m benchmarks.fanout [CHANNELS …]`; 200, 2,000 and 10,000 if none are named. The stand-in answers with Discord's
rate-limit headers and counts what it refuses. CPU time and memory are those of the bot's process (Linux only).
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert

from benchmarks.processes import discord_settings, process, resident
from bot.domain.subscriptions import Address, AddressKind
from bot.logs import no_logs
from bot.settings import DATABASE_FILE
from bot.storage import open_store
from bot.storage.tables import followers
from bot.storage.versions import count_up
from tests.standins.discord import DiscordStandIn

_SIZES: Final = (200, 2_000, 10_000)
_BEFORE: Final = "2024-04-06T07:59:40+09:00"
"""Some seconds before the morning's post, in which the bot can start and connect."""

_SCHEDULE: Final = """\
series: {{name: Lectures on Moon and Stars, timezone: Asia/Tokyo, language: en}}
lectures:
  - {{number: 9, starts: 2024-04-06T13:00, title: {title}}}
"""
_TITLES: Final = ("Introduction to Machine Learning", "Introduction to Stars")

_ASKED_EVERY: Final = 0.1
"""Seconds between two questions of members."""
_LOOK: Final = 0.1
_PER_SECOND: Final = 5
"""Channels a second below which a fan-out is given up."""


@dataclass
class Measured:
    """Seconds, CPU seconds and megabytes of one fan-out, and the seconds until each answer meanwhile."""

    seconds: float
    cpu: float
    memory: tuple[float, float]
    answers: list[float] = field(default_factory=list)


async def measured(standin: DiscordStandIn, bot: asyncio.subprocess.Process, done: Callable[[], int]) -> Measured:
    """What it takes from the first channel that is `done` to the last."""
    channels = len(standin.guild.channels)
    async with asyncio.timeout(120 + channels / _PER_SECOND):
        await _reached(done, 1, 0.01)
        first, began, cpu, memory = done(), time.perf_counter(), _cpu(bot), await resident(bot)
        async with _asked(standin) as answers:
            await _reached(done, channels, _LOOK)
        seconds = time.perf_counter() - began
    share = channels / max(channels - first, 1)
    return Measured(seconds * share, (_cpu(bot) - cpu) * share, (memory, await resident(bot)), answers)


@asynccontextmanager
async def _asked(standin: DiscordStandIn) -> AsyncIterator[list[float]]:
    """Has members ask during the block; the seconds until each answer."""
    answers: list[float] = []

    async def ask() -> None:
        while True:
            answers.append((await standin.interactions.command("next")).seconds)
            await asyncio.sleep(_ASKED_EVERY)

    asking = asyncio.create_task(ask())
    try:
        yield answers
    finally:
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking


async def fan_out(channels: int) -> None:
    """Posts to so many channels, edits all posts, and prints a line for each."""
    async with DiscordStandIn() as standin:
        for number in range(2, channels + 1):
            standin.add_channel(f"lectures-{number}")
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            file = folder / "lectures.yaml"
            file.write_text(_SCHEDULE.format(title=_TITLES[0]), encoding="utf-8")
            await _follow(folder, standin)
            options = ("--lectures", str(file), "--data", name, "--now", _BEFORE)
            async with process("-m", "bot", *options, "run", **discord_settings(standin)) as bot:
                await standin.ready(within=120)
                _report(f"a reminder to {channels} channels", standin, await measured(standin, bot, _posts(standin)))
                file.write_text(_SCHEDULE.format(title=_TITLES[1]), encoding="utf-8")
                _report(f"an edit of {channels} posts", standin, await measured(standin, bot, _edits(standin)))


async def _follow(folder: Path, standin: DiscordStandIn) -> None:
    """Has all channels follow, as if they had long done so."""
    now = datetime.fromisoformat("2024-01-01T00:00+09:00")
    rows = [
        {
            "address": Address("discord", AddressKind.CHANNEL, str(channel)),
            "since": now,
            "topics": '["changes", "deadlines", "materials", "reminders"]',
            "pinned": False,
            "following": True,
            "changed_by": "benchmark",
            "changed_at": now,
        }
        for channel in standin.guild.channels
    ]
    async with open_store(folder / DATABASE_FILE, ZoneInfo("Asia/Tokyo")) as store:

        def put(connection: Connection) -> None:
            connection.execute(insert(followers), rows)
            count_up(store.database, connection, followers)

        await store.database.write(put)


async def _reached(done: Callable[[], int], count: int, pause: float) -> None:
    """Waits until so many channels are done: the stand-in tells nobody."""
    while True:
        if done() >= count:
            return
        await asyncio.sleep(pause)


def _posts(standin: DiscordStandIn) -> Callable[[], int]:
    return lambda: sum(bool(each.messages) for each in standin.guild.channels.values())


def _edits(standin: DiscordStandIn) -> Callable[[], int]:
    return lambda: sum(any(post.edited for post in each.messages) for each in standin.guild.channels.values())


def _cpu(bot: asyncio.subprocess.Process) -> float:
    """The seconds of CPU time that a process has used."""
    fields = Path(f"/proc/{bot.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _report(what: str, standin: DiscordStandIn, found: Measured) -> None:
    channels, answers = len(standin.guild.channels), [each * 1e3 for each in found.answers]
    percentiles = statistics.quantiles(answers, n=100, method="inclusive")
    before, after = found.memory
    print(
        f"{what:30} {channels / found.seconds:5.1f}/s, {standin.limits.hits} refused   "
        f"CPU {found.cpu / channels * 1e3:5.2f} ms each   "
        f"answers {percentiles[49]:5.1f} ms (p99 {percentiles[98]:6.1f}, longest {max(answers):6.1f})   "
        f"memory {before:.0f} → {after:.0f} MB",
        flush=True,
    )


async def main(sizes: Iterable[int] = _SIZES) -> None:
    """Measures each size."""
    with no_logs():
        for channels in sizes:
            await fan_out(channels)


if __name__ == "__main__":
    asyncio.run(main([int(each) for each in sys.argv[1:]] or _SIZES))
