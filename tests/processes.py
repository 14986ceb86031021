"""The bot as a process of its own, started as people start it."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTHON_PATH = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
AS_ANYBODY = (
    ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if sys.platform != "win32" and os.geteuid() == 0 else ()
)
"""What starts a process that may write only where it owns something, be it started by root."""

STARTS_WITHIN = 60.0
"""Seconds in which a process must do what is expected of it; plenty, for machines that have much else to do."""


def environment(variables: Mapping[str, str] | None = None) -> dict[str, str]:
    """An environment with no settings of the bot but these, and no language."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return {**kept, "PYTHONPATH": PYTHON_PATH, **(variables or {})}


@dataclass(frozen=True)
class Result:
    """How a process ended, and what it said."""

    code: int
    out: str
    err: str


def lecturebot(
    *arguments: str | bytes,
    cwd: Path = ROOT,
    typed: str | bytes = "",
    data: Path | None = None,
    settings: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
) -> Result:
    """Runs `python -m bot` with these arguments and waits for its end; no traceback is ever an answer. `before` is the
    command that starts it, if any."""
    if data:
        arguments = ("--data", str(data), *arguments)
    done = subprocess.run(
        [*before, sys.executable, "-m", "bot", *arguments],
        cwd=cwd,
        env=environment(settings),
        input=typed.encode() if isinstance(typed, str) else typed,
        capture_output=True,
        timeout=STARTS_WITHIN,
        check=False,
    )
    result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in result.out + result.err, result.err
    return result


@dataclass
class Running:
    """A bot that serves. `log` has its lines so far, stdout and stderr together."""

    process: asyncio.subprocess.Process
    data: Path
    log: list[str] = field(default_factory=list)

    async def says(self, *texts: str) -> str:
        """The first line of the log, now or later, that contains all of the texts."""
        async with asyncio.timeout(STARTS_WITHIN):
            while True:
                for line in self.log:
                    if all(text in line for text in texts):
                        return line
                assert self.process.returncode is None or not self._reading(), self.log
                await asyncio.sleep(0.02)

    def _reading(self) -> bool:
        return self.process.stdout is not None and self.process.stdout.at_eof()

    async def ends(self) -> int:
        """Its exit code, once it has ended."""
        return await asyncio.wait_for(self.process.wait(), STARTS_WITHIN)

    async def told_to_end(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Its exit code after a signal."""
        self.process.send_signal(by)
        return await self.ends()


@asynccontextmanager
async def running(
    *arguments: str, data: Path, settings: Mapping[str, str], options: Sequence[str] = (), module: str = "bot"
) -> AsyncIterator[Running]:
    """Starts `python -m bot … run` for the length of the block, at whose end it is killed if it still runs.

    It serves the shipped series unless the options name another.
    """
    options = ("--data", str(data), "--lectures", str(ROOT / "lectures.yaml"), *options)
    command = (sys.executable, "-m", module, *options, "run", *arguments)
    async with started(command, cwd=ROOT, data=data, settings=settings) as bot:
        yield bot


@asynccontextmanager
async def started(
    command: Sequence[str], *, cwd: Path, data: Path, settings: Mapping[str, str]
) -> AsyncIterator[Running]:
    """The same for any command that starts a bot."""
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=cwd,
        env=environment(settings),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    bot = Running(process, data)
    assert process.stdout
    reading = asyncio.create_task(_read(process.stdout, bot.log))
    try:
        yield bot
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await reading


async def _read(source: asyncio.StreamReader, log: list[str]) -> None:
    while line := await source.readline():
        log.append(line.decode().rstrip("\n"))
