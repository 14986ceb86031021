"""A schedule that follows a page: the real file, announcer, database and fetching, and a server with the page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.app.services import Community, Platforms, build_services
from bot.clock import SimulatedClock
from bot.commands.access import Access
from bot.commands.admin.router import manage
from bot.commands.context import ActionContext, QueryContext, Reply
from bot.commands.home import Homes
from bot.commands.parser import User, parse
from bot.domain.language import Language
from bot.domain.message import Message, Section
from bot.domain.subscriptions import Address, Follower
from bot.schedule.service import PollInterval, Schedule
from bot.sources.sync import SourceSync
from bot.storage import open_store
from tests.announcements.faulty_world import Silent
from tests.commands.acting import SERVER
from tests.commands.transcripts import numbered_calendar, written_down
from tests.examples import at
from tests.schedule.editing_room import Collector, Room, somewhere
from tests.sources.server import PageServer

NOW = at("2030-04-08T12:00")
CHANNEL = Follower(somewhere("discord:1"), NOW - timedelta(days=30))
ORGANIZERS = somewhere("discord:9")
HANA = User(somewhere("discord:user:4"), ORGANIZERS, SERVER, manages_community=True, name="hana")

HEAD = """\
series:
  name: {ja: 月と星の講義, en: Lectures on Moon and Stars}
  timezone: Asia/Tokyo
  registration: {closes: {days_before: 1, at: "12:00"}}
  language: en
  page: {url: "%s", sync: %s, every: 1m}
lectures:
"""
LECTURES = """\
  - number: 3
    starts: 2030-04-18T13:00
    ends: 2030-04-18T15:00
    speaker: {name: 大空 翼, affiliation: 架空大学}
    title: 銀河        # agreed by telephone
    mode: hybrid
    venue: {name: 西館, room: 201教室}
  - number: 4
    starts: 2030-05-20T10:00
    ends: 2030-05-20T12:00
    speaker: {name: 月島 光, affiliation: 仮想研}
    title: 月の裏側
"""

PAGE = """\
# 第3回
日時: 2030/4/18 (木) 13:00-15:00 JST <br>
講師: 大空 翼 (架空大学) <br>
講演題目: 銀河 <br>
開催方法: 対面とオンラインのハイブリッド <br>
場所: 西館201教室 <br>

# 第4回
日時: 2030/5/20 (月) 10:00-12:00 JST <br>
講師: 月島 光 (仮想研) <br>
講演題目: 月の裏側 <br>
"""
"""A page that says what the lectures of the file do."""

FIVE = """
# 第5回
日時: 2030/6/17 (月) 13:00-15:00 JST <br>
講師: 星野 渚 (架空大学) <br>
講演題目: 流星 <br>
"""


@dataclass
class Syncing(Room):
    """Everything at hand, and the server that the page comes from."""

    server: PageServer

    @property
    def page(self) -> SourceSync:
        """What follows the page."""
        return self.services.page

    @property
    def text(self) -> str:
        """What the file says of the lectures."""
        return self.path.read_text(encoding="utf-8").partition("lectures:\n")[2]

    def told(self, address: Address = ORGANIZERS) -> list[str]:
        """The first lines of what arrived there."""
        return [message.headline for each, message in self.posts if each == address]

    @property
    def last_told(self) -> str:
        """The last message to the organizers, written down."""
        message = next(message for each, message in reversed(self.posts) if each == ORGANIZERS)
        lines = [message.headline]
        for part in message.parts:
            assert isinstance(part, Section)
            lines += [f"{part.title}:", *(f"  {line[0]}" for line in part.paragraphs)]
        return "\n".join([*lines, *(f"({each.label}) -> {each.line}" for each in message.actions), ""])

    def button(self, label: str) -> str:
        """The command line of a button below the last message to the organizers."""
        message = next(message for each, message in reversed(self.posts) if each == ORGANIZERS)
        return next(each.line for each in message.actions if each.label == label)

    async def shows(self, text: str) -> None:
        """The page says this from now on, and the bot looks."""
        self.server.text = text
        await self.looks()

    async def looks(self) -> None:
        """The bot fetches the page and does what there is to do, and what is due now."""
        await self.page.turn(at_once=True)
        await self.passes()

    async def edits_by_hand(self, old: str, new: str) -> None:
        """Somebody edits the file, and the bot takes that in."""
        text = self.path.read_text(encoding="utf-8")
        assert old in text
        self.path.write_text(text.replace(old, new), encoding="utf-8")
        await self.schedule.look()
        await self.versions.take_in()
        self.page.look()

    async def reply(self, line: str, language: Language = "en") -> Reply:
        """What an organizer is answered."""
        series = self.schedule.series
        query = QueryContext(series, series.local(self.clock.now()), language, parse(line), numbered_calendar)
        return await manage(ActionContext(query, HANA, self.services.commands))

    async def transcript(self, line: str, language: Language = "en") -> str:
        """The same, written down."""
        return written_down(await self.reply(line, language), language)

    async def does(self, line: str) -> None:
        """An organizer changes something from chat and confirms it."""
        shown = await self.reply(line)
        confirmed = await self.reply(shown.actions[0].line)
        assert confirmed.headline == "Changed."
        self.page.look()

    async def log(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Who changed which lectures, and what they were called, oldest first."""
        revisions = await self.store.revisions.latest(99)
        return [(each.author, each.author_name, each.lectures) for each in revisions[::-1]]


@asynccontextmanager
async def syncing(
    folder: Path, server: PageServer, sync: str, database: str | Path = "sqlite://"
) -> AsyncIterator[Syncing]:
    """A bot that has known the schedule for some time and has not looked at the page yet.

    The lectures of a file that is there already are left as they are.
    """
    path = folder / "lectures.yaml"
    known = path.read_text(encoding="utf-8").partition("lectures:\n")[2] if path.exists() else LECTURES
    path.write_text(HEAD % (server.url, sync) + known, encoding="utf-8")
    schedule = Schedule(path, PollInterval(interval=0.02, settling=0.02, missing=0.1, confirming=0))
    clock = SimulatedClock(NOW, speed=0.0)
    posts: list[tuple[Address, Message]] = []
    async with open_store(database, schedule.series.timezone, elapsed=lambda: clock.now().timestamp()) as store:
        await store.followers.follow(CHANNEL, "test", NOW)
        posters = {name: Collector(name, posts, [], []) for name in ("discord", "slack")}
        platforms = Platforms(posters=posters)
        community = Community(Access(homes=Homes([SERVER])), organizers=ORGANIZERS)
        services = await build_services(schedule, clock, store, platforms, community, Silent())
        await services.versions.take_in()
        try:
            yield Syncing(path, services, clock, posts, [], [], server)
        finally:
            await services.dispatcher.close(0)
