"""From the start of a process until it is connected: ours against the smallest bot of each platform, and its memory.

`python -m benchmarks.ready`. The database is there, as after any start but the first. Seconds and CPU time are medians
of starts in turns; CPU time is that of the process up to then, in user and system mode.
"""

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.answers import OURS
from benchmarks.processes import ROOT, discord_settings, process, resident, slack_settings
from tests.standins.discord import DiscordStandIn
from tests.standins.slack import SlackStandIn

_ROUNDS: Final = 7
_SETTLED: Final = 10.0
"""Seconds after which everything that is loaded after the start is there."""

_Process = AbstractAsyncContextManager[asyncio.subprocess.Process]


class Start(NamedTuple):
    """What a start took, in seconds."""

    elapsed: float
    cpu: float


async def start(bot: _Process, connected: Callable[[], Awaitable[object]]) -> Start:
    """Starts a bot, waits until it is connected, and ends it."""
    began = time.perf_counter()
    async with bot as running:
        await connected()
        return Start(time.perf_counter() - began, cpu_of(running.pid))


def cpu_of(pid: int) -> float:
    """The seconds of CPU time that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def report(what: str, ours: list[Start], theirs: list[Start]) -> None:
    """Two lines: seconds and CPU time, each with the ratio."""
    for name, field in (("seconds", "elapsed"), ("CPU", "cpu")):
        middle, other = (statistics.median(getattr(each, field) for each in starts) for starts in (ours, theirs))
        print(
            f"{what}, {name:8} ours {middle:5.2f} s   minimal {other:5.2f} s   ratio {middle / other:.2f}", flush=True
        )


async def discord_start(*arguments: str) -> Start:
    """A start until the gateway's session is there."""
    async with DiscordStandIn(strict=False) as standin:
        return await start(process(*arguments, **discord_settings(standin)), lambda: standin.ready(within=60))


async def slack_start(*arguments: str) -> Start:
    """A start until the socket is there."""
    async with SlackStandIn() as standin:
        bot = process(*arguments, **slack_settings(standin))
        return await start(bot, lambda: standin.socket.connected(within=60))


async def in_turns(
    once: Callable[..., Awaitable[Start]], folder: Path, minimal: str
) -> tuple[list[Start], list[Start]]:
    """Starts of ours and of the other bot, after one of each."""
    pairs = [(await once(*ours(folder)), await once(minimal)) for _ in range(_ROUNDS + 1)][1:]
    return [first for first, _ in pairs], [second for _, second in pairs]


def ours(folder: Path) -> tuple[str, ...]:
    """What our bot is started with."""
    return (*OURS, "--lectures", str(ROOT / "lectures.yaml"), "--data", str(folder), "run")


async def memory(folder: Path) -> None:
    """What a bot on both platforms has in RAM."""
    async with DiscordStandIn() as discord, SlackStandIn() as slack:
        settings = {**discord_settings(discord), **slack_settings(slack)}
        async with process(*ours(folder), **settings) as bot:
            await discord.ready(within=60)
            await slack.socket.connected(within=60)
            await asyncio.sleep(_SETTLED)
            print(f"Memory of both platforms  {await resident(bot):.0f} MiB", flush=True)


async def main() -> None:
    """Measures everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report("Discord", *await in_turns(discord_start, folder / "discord", "benchmarks/minimal_discord.py"))
        report("Slack", *await in_turns(slack_start, folder / "slack", "benchmarks/minimal_slack.py"))
        await memory(folder / "discord")


if __name__ == "__main__":
    asyncio.run(main())
