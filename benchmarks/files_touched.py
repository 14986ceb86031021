"""How many of the bot's own source files a question, a reminder, a change from chat and a change of the page touch.

`python -m benchmarks.files_touched`, with `--names` followed by the names of the files. The bot is a process of its
own in which every call is noted, and it is spoken to over stand-ins only: nothing here depends on how its sources are
arranged. Each flow has a fresh process, so that no other one has put anything by for it.

A flow touches a file when a function in it runs between the flow's beginning and its end. Told are

- `touched`, the figure to go by: without functions that run every few seconds whatever happens, such as the heartbeat,
- `beyond idle`: also without what the announcer's and the page's sweeps run every 20 seconds. They go through the plan
  and the ledger as a reminder does, so that this is too little for one,
- `all`: with everything that happened to run meanwhile.
"""

import asyncio
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from benchmarks.processes import ROOT, discord_settings
from benchmarks.tracing import TOLD
from tests.processes import Running, running
from tests.sources.server import page_server
from tests.standins.discord import Channel, DiscordStandIn, Message

T = TypeVar("T")
Functions = frozenset[str]
"""Each as `file:line`."""

_STARTING: Final = 3.0
"""Seconds after the registration of the commands within which a start comes to its end."""

_SLICE, _SLICES = 6.5, 4
"""Seconds in which what goes on all the time has happened (the heartbeat is every 5 s), and so many of them that the
sweeps have happened, too (every 20 s)."""

_ENDING: Final = 2.5
"""Seconds after the last visible effect of a flow within which it is put down and a written file is looked at."""

_ANSWERED: Final = 0.1
"""The same after an answer, of which nothing is put down."""

_DUE_IN: Final = 50.0
"""Seconds from before a start until a reminder is due: after the idle time, and between two sweeps."""

_LOOK_IN: Final = 60.0
"""Seconds from before a start until the page is looked at once more; there can't be fewer."""

_AHEAD: Final = 1.0
"""Seconds before something is due at which a flow begins."""

_PATIENCE: Final = 120.0
"""Seconds within which anything that is waited for must have happened."""

_SERIES: Final = """\
series:
  name: {ja: 月と星の講義, en: Lectures on the Moon and the Stars}
  timezone: Asia/Tokyo
  registration: {closes: {days_before: 1, at: "12:00"}}
  language: en
  usual_venue: {ja: 西館, en: West Hall}
  holidays: JP
  page: {source: "%s", sync: %s, every: 1m}
lectures:
  - number: 8
    starts: 2030-04-18T13:00
    ends: 2030-04-18T17:00
    speaker: {name: {ja: 大空 翼, en: Tsubasa Ozora}, affiliation: {ja: 銀河大学, en: Galaxy University}}
    title: {ja: 銀河の形, en: Shapes of Galaxies}     # final
    mode: hybrid
    venue: {name: {ja: 西館, en: West Hall}, room: {ja: 201教室, en: Room 201}}
    registration: {url: "https://forms.gle/8"}
    summary: {ja: 渦巻はなぜできるのか。, en: Why galaxies have arms.}
    materials:
      - {label: スライド, kind: slides, url: "https://files.example/8.pdf"}
  # he comes by train
  - number: 9
    starts: 2030-05-23T13:00
    ends: 2030-05-23T17:00
    speaker: {name: {ja: 月島 光, en: Hikari Tsukishima}}
    title: {ja: 月の裏側, en: The Far Side of the Moon}
    mode: hybrid
    registration: {url: "https://forms.gle/9"}
"""

_PAGE: Final = """\
# 第8回
日時: 2030/4/18 (木) 13:00-17:00 JST <br>
講師: 大空 翼 (銀河大学) <br>
講演題目: 銀河の形 <br>
開催方法: 対面とオンラインのハイブリッド <br>
場所: 西館 201教室 <br>

[[第8回参加登録フォーム]](https://forms.gle/8) <br>
[[スライド]](https://files.example/8.pdf) <br>

# 第9回
日時: 2030/5/23 (木) 13:00-17:00 JST <br>
講師: 月島 光 <br>
講演題目: 月の裏側 <br>
開催方法: 対面とオンラインのハイブリッド <br>
場所: TBA <br>

[[第9回参加登録フォーム]](https://forms.gle/9) <br>
"""
"""A page that says what the series does."""


@dataclass(frozen=True)
class Idle:
    """What runs while nobody does anything: `always`, in each slice of that time, or `ever`."""

    always: Functions
    ever: Functions


@dataclass(frozen=True)
class Flow:
    """What ran from the beginning of a flow to its end."""

    name: str
    ran: Functions
    idle: Idle

    @property
    def touched(self) -> list[str]:
        """The files without what runs all the time."""
        return files(self.ran - self.idle.always)

    @property
    def line(self) -> str:
        """One line of the table."""
        beyond = len(files(self.ran - self.idle.ever))
        return f"{self.name:42} touched {len(self.touched):4}   beyond idle {beyond:4}   all {len(files(self.ran)):4}"


@dataclass(frozen=True)
class Seminar:
    """A bot that was idle for a while, on a server with one channel that follows and one for organizers."""

    bot: Running
    discord: DiscordStandIn
    organizers: Channel
    file: Path
    idle: Idle

    async def ended(self, name: str, seconds: float = _ENDING) -> Flow:
        """The flow whose last effect has just been seen; the next one may begin."""
        await asyncio.sleep(seconds)
        return Flow(name, await ran(self.bot), self.idle)

    async def until(self, due: float) -> None:
        """Waits until a flow begins that is due at that moment."""
        await asyncio.sleep(due - _AHEAD - time.monotonic())
        await ran(self.bot)

    async def post(self, words: str, channel: Channel | None = None) -> Message:
        """The message that begins with these words, now or later."""
        there = channel or self.discord.channel

        def found() -> Message | None:
            return next((each for each in there.messages if each.content.startswith(words)), None)

        return await _soon(found, words)


def files(functions: Functions) -> list[str]:
    """The names of their files, below the bot's folder and in order."""
    return sorted({each.partition(":")[0] for each in functions})


async def ran(bot: Running) -> Functions:
    """What ran since this was asked last."""
    told = _told(bot.data)
    bot.process.send_signal(signal.SIGUSR1)
    await _soon(told.exists, "what ran")
    functions = frozenset(told.read_text(encoding="utf-8").splitlines())
    told.unlink()
    return functions


@asynccontextmanager
async def seminar(now: str, page: str = "") -> AsyncIterator[Seminar]:
    """The bot from that moment on; it asks organizers about what is new on the page, if there is one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "lectures.yaml"
        series = _SERIES % (page or "https://example.org/page.md", "propose" if page else "off")
        file.write_text(series, encoding="utf-8")
        async with DiscordStandIn() as discord:
            organizers = discord.add_channel("organizers")
            settings = {
                **discord_settings(discord),
                "LECTUREBOT_CHANNELS": f"discord:{discord.channel.id}",
                TOLD: str(_told(folder)),
            }
            if page:
                settings["LECTUREBOT_ADMIN_CHANNEL"] = f"discord:{organizers.id}"
            options = ("--lectures", str(file), "--now", now, "--lang", "en")
            async with running(data=folder, settings=settings, options=options, module="benchmarks.tracing") as bot:
                await _soon(lambda: discord.commands, "commands")
                if page:
                    await _soon(lambda: organizers.messages, "what organizers are told at the start")
                await asyncio.sleep(_STARTING)
                yield Seminar(bot, discord, organizers, file, await _idle(bot))


async def question() -> list[Flow]:
    """A member asks about a lecture, and asks the same again."""
    async with seminar("2030-04-08T12:00") as here:
        flows = []
        for name in ("/lecture 8, asked first", "/lecture 8, asked again"):
            await here.discord.interactions.command("lecture", {"which": "8"}, locale="en-US")
            flows.append(await here.ended(name, _ANSWERED))
        return flows


async def reminder() -> list[Flow]:
    """The morning of a lecture."""
    due = time.monotonic() + _DUE_IN
    async with seminar("2030-04-18T07:59:10") as here:
        await here.until(due)
        await here.post("Today")
        return [await here.ended("a reminder")]


async def change() -> list[Flow]:
    """An organizer moves a lecture of this week, which is announced at once."""
    async with seminar("2030-05-20T10:00") as here:
        hands, admin = here.discord.interactions, here.discord.admin
        options = {"lecture": "9", "when": "5/30 13:00-17:00"}
        shown = await (await hands.command("admin move", options, user=admin, locale="en-US")).finished()
        await (await hands.click(shown, label="Announce", locale="en-US")).finished()
        await here.post("New")
        assert "2030-05-30T13:00" in here.file.read_text(encoding="utf-8")
        return [await here.ended("/admin move 9, confirmed and announced")]


async def page() -> list[Flow]:
    """The page names another room, which an organizer takes over."""
    async with page_server(_PAGE) as server:
        due = time.monotonic() + _LOOK_IN
        async with seminar("2030-04-08T12:00", server.url) as here:
            server.text = _PAGE.replace("201教室", "118教室")
            await here.until(due)
            asked = await here.post("The page differs", here.organizers)
            hands, admin = here.discord.interactions, here.discord.admin
            await (await hands.click(asked, label="Take over", user=admin, locale="en-US")).finished()
            assert "118教室" in here.file.read_text(encoding="utf-8")
            return [await here.ended("a page's change, proposed and taken over")]


async def _idle(bot: Running) -> Idle:
    await ran(bot)
    slices = []
    for _ in range(_SLICES):
        await asyncio.sleep(_SLICE)
        slices.append(await ran(bot))
    return Idle(frozenset.intersection(*slices), frozenset.union(*slices))


def _told(folder: Path) -> Path:
    return folder / "told.txt"


async def _soon(look: Callable[[], T | None], what: str) -> T:
    """What is found there, now or later, if it is anything."""
    try:
        async with asyncio.timeout(_PATIENCE):
            while not (found := look()):  # noqa: ASYNC110 - another process does it
                await asyncio.sleep(0.005)
            return found
    except TimeoutError:
        raise AssertionError(f"not within {_PATIENCE} s: {what}") from None


async def main() -> None:
    """Has all flows take place side by side, each with a bot of its own."""
    told = await asyncio.gather(question(), reminder(), change(), page())
    flows = [flow for each in told for flow in each]
    print(f"{'source files of the bot':42} in all  {len([*(ROOT / 'bot').rglob('*.py')]):4}")
    for flow in flows:
        print(flow.line, flush=True)
    if "--names" in sys.argv:
        for flow in flows:
            print(f"\n{flow.name}:", *flow.touched, sep="\n  ")


if __name__ == "__main__":
    asyncio.run(main())
