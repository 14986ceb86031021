"""How fast a command is answered: ours against the smallest bot of each platform, in turns, over loopback sockets."""

import asyncio
import statistics
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks.processes import ROOT, discord_settings, process, slack_settings
from benchmarks.series import write_series
from tests.standins.discord import DiscordStandIn
from tests.standins.slack import SlackStandIn

WARM_UP, ROUNDS = 50, 500
OURS = ("-m", "bot", "--now", "2024-04-06T12:00+09:00", "--lang", "en", "--lectures", str(ROOT / "lectures.yaml"))

Ask = Callable[[], Awaitable[float]]


async def in_turns(ours: Ask, theirs: Ask, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds to each answer, the two asked alternately."""
    pairs = [(await ours(), await theirs()) for _ in range(WARM_UP + rounds)][WARM_UP:]
    return [first for first, _ in pairs], [second for _, second in pairs]


def report(what: str, ours: list[float], theirs: list[float]) -> None:
    """One line: medians, 99th percentiles and the ratio of the medians."""
    middle, other = statistics.median(ours), statistics.median(theirs)
    print(
        f"{what:42} ours {middle * 1e3:6.2f} ms (p99 {_p99(ours) * 1e3:6.2f})   "
        f"minimal {other * 1e3:6.2f} ms (p99 {_p99(theirs) * 1e3:6.2f})   ratio {middle / other:.2f}",
        flush=True,
    )


async def discord_answers(folder: Path, lectures: Path | None, what: str, *, reloading: bool) -> None:
    """`/next` on Discord; while `reloading`, the schedule's file is written anew all the time."""
    async with DiscordStandIn() as here, DiscordStandIn() as there:
        options = ("--lectures", str(lectures)) if lectures else ()
        ours = process(*OURS, *options, "--data", str(folder), "run", **discord_settings(here))
        theirs = process("benchmarks/minimal_discord.py", **discord_settings(there))
        async with ours, theirs:
            for standin in (here, there):
                await standin.ready(within=60)
                await _registered(standin)

            async def ask(standin: DiscordStandIn) -> float:
                return (await standin.interactions.command("next")).seconds

            writing = asyncio.create_task(_rewritten(lectures)) if reloading and lectures else None
            report(what, *await in_turns(lambda: ask(here), lambda: ask(there), ROUNDS * (4 if reloading else 1)))
            if writing:
                writing.cancel()


async def slack_answers(folder: Path) -> None:
    """`/next` on Slack in Socket Mode, until the acknowledgement that holds the answer."""
    async with SlackStandIn() as here, SlackStandIn() as there:
        ours = process(*OURS, "--data", str(folder), "run", **slack_settings(here))
        theirs = process("benchmarks/minimal_slack.py", **slack_settings(there))
        async with ours, theirs:
            for standin in (here, there):
                await standin.socket.connected(within=60)

            async def ask(standin: SlackStandIn) -> float:
                return (await standin.command("/next")).seconds

            report("Slack, /next", *await in_turns(lambda: ask(here), lambda: ask(there), ROUNDS))


async def _registered(standin: DiscordStandIn) -> None:
    for _ in range(600):
        if standin.commands:
            return
        await asyncio.sleep(0.1)
    raise TimeoutError("the bot registered no commands")


def _p99(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100)[98]


async def _rewritten(lectures: Path) -> None:
    """Gives the bot a new version of the file to read as soon as it may have read the one before."""
    version = 0
    while True:
        version += 1
        with lectures.open("a", encoding="utf-8") as file:
            file.write(f"# version {version}\n")
        await asyncio.sleep(4)


async def main() -> None:
    """Measures everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        big = write_series(folder / "lectures.yaml", 10_000)
        await discord_answers(folder / "a", None, "Discord, /next", reloading=False)
        await discord_answers(folder / "b", big, "Discord, /next of 10,000 lectures", reloading=False)
        await discord_answers(folder / "c", big, "Discord, /next while 10,000 are reloaded", reloading=True)
        await slack_answers(folder / "d")
