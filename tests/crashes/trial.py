"""One trial: five channels on two platforms, a schedule with posts due at nine, and processes that come and go."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.announcements.acceptance import first_states
from bot.announcements.state import take_in
from bot.domain.subscriptions import address
from bot.schedule.reader import read
from bot.storage import open_store
from tests.crashes.book import Book, opened
from tests.crashes.platforms import DiscordStandIn, SlackStandIn, settings_for
from tests.examples import TOKYO, at
from tests.processes import Running, running

BEFORE: Final = at("2030-04-18T08:30")
"""When the channels began to follow, and the schedule was known."""

BEGINS: Final = at("2030-04-18T08:59:57")
"""When the first process starts: all posts fall due at 9:00."""

SETTLES_WITHIN: Final = 120.0
"""Seconds for all to be said; plenty, for machines that have much else to do."""

_SCHEDULE: Final = """\
series:
  name: Lectures on Moon and Stars
  timezone: Asia/Tokyo
  registration: {closes: {days_before: 1, at: "12:00"}}
  language: en
lectures:
  - number: 1
    starts: 2030-04-25T13:00
    title: Phases of the Moon
  - number: 2
    starts: 2030-04-19T13:00
    title: The Companion of Sirius
    registration: {url: "https://forms.example/2"}
  - number: 3
    starts: 2030-04-18T09:30
    title: Galaxies
  - number: 4
    starts: 2030-05-20T13:00
    title: The Far Side of the Moon
"""

DUE: Final = (
    "Register today by noon: lecture 2, “The Companion of Sirius” (Fri, 19 Apr, 13:00)",
    "Starting at 09:30: lecture 3, “Galaxies”",
    "Next Thu, 25 Apr, 13:00: lecture 1, “Phases of the Moon”.",
)
_ZONES: Final = ("America/New_York", "UTC", "Pacific/Kiritimati", "Asia/Tokyo")
"""Where the machine believes to be, from one process to the next: it makes no difference."""

CANCELLED: Final = "Cancelled: lecture 4, “The Far Side of the Moon”, Mon, 20 May, 13:00."


@dataclass
class Trial:
    """What happens in a trial. `bots` are the processes so far, in the order of their starts."""

    folder: Path
    database: str | Path
    discord: DiscordStandIn
    slack: SlackStandIn
    book: Book
    bots: list[Running] = field(default_factory=list)
    _expected: tuple[str, ...] = DUE
    _began: float = field(default_factory=time.monotonic)

    @property
    def now(self) -> datetime:
        """The time of the series, which goes on while no process runs."""
        return BEGINS + timedelta(seconds=time.monotonic() - self._began)

    @asynccontextmanager
    async def bot(self, at: datetime | None = None, speed: float = 1.0) -> AsyncIterator[Running]:
        """A process for the length of the block, at whose end it is killed."""
        options = ("--lectures", str(self._file), "--now", (at or self.now).isoformat(), "--speed", str(speed))
        settings = settings_for(self.discord, self.slack) | {"LECTUREBOT_CHANNELS": ",".join(self.channels)}
        if isinstance(self.database, str):
            settings["DATABASE_URL"] = self.database
        settings["TZ"] = _ZONES[len(self.bots) % len(_ZONES)]
        data, module = self.folder / "data", "tests.crashes.short_leases"
        async with running(data=data, settings=settings, options=options, module=module) as bot:
            self.bots.append(bot)
            yield bot

    @property
    def channels(self) -> dict[str, list[tuple[str, str]]]:
        """What stands in each channel, by its address: the id and the first line of every message of the bot."""
        said = {
            f"discord:{channel.id}": [
                (str(each.id), each.content.splitlines()[0].replace("\\", "")) for each in channel.messages
            ]
            for channel in self.discord.guild.channels.values()
        }
        for channel in self.slack.channels:
            said[f"slack:{channel.id}"] = [(each.ts, each.text.splitlines()[0]) for each in channel.messages]
        return said

    def cancel(self) -> None:
        """An organizer cancels the last lecture."""
        self._expected = (*DUE, CANCELLED)
        self._write(_SCHEDULE + "    status: cancelled\n")

    async def settled(self) -> None:
        """Lets a last process say all that is to be said, and looks at what was said."""
        async with self.bot() as bot:
            await self.all_said_by(bot)
        self.check()

    async def all_said_by(self, bot: Running) -> None:
        """Waits until the ledger has every post as sent, whoever did it, and has this process end."""
        await connected(bot)
        expected = len(self._expected) * len(self.channels)

        def over() -> bool:
            assert bot.process.returncode is None, "it has ended by itself"
            return self.book.count("sent") >= expected

        await until(over, "all is recorded as sent", SETTLES_WITHIN)
        assert await bot.told_to_end() == 0

    def check(self, expected: Collection[str] | None = None) -> None:
        """Every post is in every channel once, nothing else is, and the ledger knows which message it is."""
        lines = self._expected if expected is None else expected
        entries = [entry for entry in self.book.entries() if entry.status != "skipped"]
        for channel, messages in self.channels.items():
            assert Counter(line for _, line in messages) == Counter(lines), channel
            recorded = sorted(str(entry.message) for entry in entries if entry.address == channel)
            assert recorded == sorted(message for message, _ in messages), channel
        assert {entry.status for entry in entries} == {"sent"}
        assert [line for bot in self.bots for line in bot.log if "failed" in line or "Traceback" in line] == []

    async def prepare(self) -> None:
        """Puts everything in place as it was on the eve."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._write(_SCHEDULE)
        series = read(_SCHEDULE.encode(), self._file.name).series
        followers = [found for channel in self.channels if (found := address(channel))]
        async with open_store(self.database, TOKYO) as store:
            await take_in(store.followers, followers, BEFORE)
            assert await store.announced.apply(first_states(series, BEFORE), None)

    @property
    def _file(self) -> Path:
        return self.folder / "lectures.yaml"

    def _write(self, text: str) -> None:
        """As editors do that are careful: whole or not at all."""
        fresh = self.folder / "fresh.yaml"
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self._file)


@asynccontextmanager
async def trial(folder: Path, database: str | None, preparing: asyncio.Lock) -> AsyncIterator[Trial]:
    """A trial with its ledger in a file, or at that address. What the processes said goes with whatever fails.

    Only one at a time of those in one process may be `preparing`: migrations are not made for more.
    """
    where = database or folder / "data" / "lecturebot.db"
    async with DiscordStandIn() as discord, SlackStandIn() as slack:
        for number in (2, 3):
            discord.add_channel(f"lectures-{number}")
        slack.channels.add("lectures-2")
        with opened(where) as book:
            made = Trial(folder, where, discord, slack, book)
            async with preparing:
                await made.prepare()
            try:
                yield made
            except BaseException as error:
                error.add_note(_story(made))
                raise


async def connected(bot: Running) -> None:
    """Waits until it serves both platforms."""
    for platform in ("discord", "slack"):
        await bot.says("platform.connected", platform)


async def until(condition: Callable[[], bool], what: str, within: float, every: float = 0.02) -> None:
    """Waits until it holds; fails if that takes too long."""
    try:
        async with asyncio.timeout(within):
            while True:
                if condition():
                    return
                await asyncio.sleep(every)
    except TimeoutError:
        raise AssertionError(f"not within {within} s: {what}") from None


def _story(trial: Trial) -> str:
    """What can be told of a trial that failed."""
    parts = [f"{entry}" for entry in trial.book.entries()]
    parts += [f"{channel}: {messages}" for channel, messages in trial.channels.items()]
    for number, bot in enumerate(trial.bots, 1):
        parts += [f"process {number}, ended with {bot.process.returncode}:", *(f"  {line}" for line in bot.log)]
    return "\n".join(parts)
