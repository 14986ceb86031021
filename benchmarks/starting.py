"""What a start costs in CPU time: a question against importing what it needs, the health check against nothing.

`python -m benchmarks.starting`. What a question needs is what is there, when it has ended, of packages that are neither
the bot's nor Python's own. A process that does nothing else imports those packages by their names, or every single
module of theirs: some packages load most of themselves only when they are used. CPU time is that of the whole process,
its start included, in user and system mode.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import Final

from benchmarks.processes import ROOT, discord_settings
from tests.processes import running
from tests.standins.discord import DiscordStandIn

_ROUNDS: Final = 15

_BARE: Final = ("-c", "pass")
_QUESTION: Final = ("--now", "2024-04-06T12:00+09:00", "--lang", "en", "ask", "/next")

_IMPORT: Final = "import sys; from importlib import import_module; [*map(import_module, sys.argv[1:])]"
_LOADED: Final = """\
import atexit, runpy, sys
def tell():
    for name, module in [*sys.modules.items()]:
        print(name, getattr(module, "__file__", None) or "", sep="\\t", file=sys.stderr)
atexit.register(tell)
runpy.run_module("bot", run_name="__main__", alter_sys=True)
"""


def libraries(*arguments: str) -> list[str]:
    """The modules that `python -m bot` loads with these arguments, without its own and Python's."""
    told = _run("-c", _LOADED, *arguments).stderr
    places = [Path(sysconfig.get_path(each)) for each in ("purelib", "platlib")]
    modules = [line.split("\t") for line in told.splitlines() if "\t" in line]
    return [name for name, file in modules if any(place in Path(file).parents for place in places)]


def cpu(*arguments: str) -> float:
    """The seconds of CPU time of Python with these arguments."""
    before = getrusage(RUSAGE_CHILDREN)
    _run(*arguments)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compared(what: str, ours: tuple[str, ...], beside: str, theirs: tuple[str, ...]) -> None:
    """One line: medians of both, measured in turns after a first time, and their ratio."""
    pairs = [(cpu(*ours), cpu(*theirs)) for _ in range(_ROUNDS + 1)][1:]
    middle, other = (statistics.median(each) for each in zip(*pairs, strict=True))
    print(
        f"{what:42} ours {middle * 1e3:6.1f} ms   {beside:20} {other * 1e3:6.1f} ms   ratio {middle / other:.2f}",
        flush=True,
    )


async def main() -> None:
    """Measures a question, then the health check of a bot that serves."""
    asked = ("-m", "bot", *_QUESTION)
    modules = libraries(*_QUESTION)
    packages = dict.fromkeys(each.partition(".")[0] for each in modules)
    compared("CPU, a question", asked, "its packages by name", ("-c", _IMPORT, *packages))
    compared("CPU, a question", asked, "all their modules", ("-c", _IMPORT, *modules))
    async with DiscordStandIn() as discord:
        with tempfile.TemporaryDirectory() as folder:
            async with running(data=Path(folder), settings=discord_settings(discord)) as bot:
                await bot.says("platform.connected")
                health = ("-m", "bot", "--data", folder, "health")
                await asyncio.to_thread(compared, "CPU, a health check", health, "Python alone", _BARE)


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=True)


if __name__ == "__main__":
    asyncio.run(main())
