"""A schedule file that is edited from chat: the real editor, announcer and database, and channels to be looked into."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.announcements.dispatcher import Dispatcher
from bot.announcements.instant_poster import InstantPoster
from bot.announcements.poster import Outcome, Posted, Poster
from bot.app.services import Community, Platforms, Services, build_services
from bot.clock import SimulatedClock
from bot.commands.access import Access
from bot.commands.context import AdminServices
from bot.commands.kept_homes import KeptHomes
from bot.domain.edits import FieldEdit, FieldPath, FieldValue
from bot.domain.language import Language
from bot.domain.message import Message
from bot.domain.subscriptions import Address, Follower, address
from bot.schedule.draft import Author
from bot.schedule.editor import ScheduleEditor
from bot.schedule.service import PollInterval, Schedule
from bot.schedule.versions import ScheduleVersions
from bot.storage import Store, open_store
from tests.announcements.faulty_world import Silent
from tests.examples import at

NOW = at("2030-04-08T12:00")

FILE = """\
# The series of spring
series:
  name: {ja: 月と星の講義, en: Lectures on Moon and Stars}
  timezone: Asia/Tokyo
  registration: {closes: {days_before: 1, at: "12:00"}}
  holidays: JP
lectures:
  - number: 3
    starts: 2030-04-18T13:00
    ends: 2030-04-18T15:00
    speaker: {name: 大空 翼}
    title: 銀河        # agreed by telephone
    mode: hybrid
    venue: {name: 西館, room: 201教室}
    registration: {url: https://forms.example/3}
  # still to be asked
  - number: 4
    starts: 2030-05-20T10:00
    speaker: {name: 月島 光}
    title: 月の裏側
  - number: 5
    starts: 2030-06-17
"""


def somewhere(text: str) -> Address:
    """The address that is written so."""
    found = address(text)
    assert found, text
    return found


HANA = Author(somewhere("discord:user:4"), "hana", somewhere("discord:1"))
RIN = Author(somewhere("slack:U05"), "rin", None)
CHANNEL = Follower(somewhere("discord:1"), NOW - timedelta(days=30))
ENGLISH = Follower(somewhere("slack:C05"), NOW - timedelta(days=30), language="en")


class Collector(InstantPoster):
    """A platform on which everything arrives and is kept in order, with what arrives on others."""

    def __init__(
        self,
        platform: str,
        posts: list[tuple[Address, Message]],
        edits: list[tuple[Address, Message]],
        removed: list[tuple[str, str]],
    ) -> None:
        super().__init__(platform)
        self.posts, self.edits, self.removed = posts, edits, removed

    async def post(
        self, address: Address, message: Message, language: Language, marker: str, ping: str | None = None
    ) -> Outcome:
        """Takes the message."""
        self.posts.append((address, message))
        return Posted(str(len(self.posts)))

    async def edit(
        self, address: Address, message_id: str, message: Message, language: Language, marker: str
    ) -> Outcome:
        """Takes the edit."""
        self.edits.append((address, message))
        return Posted(message_id)

    async def remove(self, address: Address, message_id: str) -> Outcome:
        """Takes note of it."""
        self.removed.append((str(address), message_id))
        return Posted(message_id)


@dataclass
class Room:
    """Everything at hand. `passes` lets time go by, with all that falls due in it."""

    path: Path
    services: Services
    clock: SimulatedClock
    posts: list[tuple[Address, Message]]
    edits: list[tuple[Address, Message]]
    removed: list[tuple[str, str]]

    @property
    def schedule(self) -> Schedule:
        """The schedule in service."""
        return self.services.schedule

    @property
    def store(self) -> Store:
        """What is kept."""
        return self.services.store

    @property
    def dispatcher(self) -> Dispatcher:
        """The announcer."""
        return self.services.dispatcher

    @property
    def versions(self) -> ScheduleVersions:
        """The versions of the schedule."""
        return self.services.versions

    @property
    def editor(self) -> ScheduleEditor:
        """What changes the schedule."""
        return self.services.editor

    @property
    def admin(self) -> AdminServices:
        """What organizers' commands need."""
        assert self.services.commands.admin
        return self.services.commands.admin

    @property
    def text(self) -> str:
        """What the file says."""
        return self.path.read_text(encoding="utf-8")

    def by_hand(self, old: str, new: str) -> None:
        """Somebody edits the file."""
        assert old in self.text
        self.path.write_text(self.text.replace(old, new), encoding="utf-8")

    async def sets(
        self, number: int, path: FieldPath, value: FieldValue, by: Author = HANA, *, quietly: bool = False
    ) -> None:
        """Somebody edits one field from chat."""
        draft = await self.editor.edited([FieldEdit(str(number), path, value)], f"{path[-1]} {number}", "en")
        await self.editor.write(draft, by, "en", quietly=quietly)

    async def undoes(self, lecture: str | None = None) -> bool:
        """Somebody takes the latest change back; whether there was one."""
        draft = await self.editor.undone(lecture, "undo", "en")
        if draft:
            await self.editor.write(draft, HANA, "en", quietly=False)
        return draft is not None

    async def log(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Who changed which lectures and why, oldest first."""
        return [
            (each.author_name or each.author, each.reason, each.lectures)
            for each in (await self.store.revisions.latest(99))[::-1]
        ]

    async def passes(self, time: timedelta = timedelta()) -> None:
        """Lets time go by, stopping wherever there is something to do."""
        until = self.clock.now() + time
        while True:
            await self.dispatcher.tick()
            await self.dispatcher.idle()
            wake = await self.dispatcher.next_wake()
            if wake.at is None or wake.at > until:
                break
            self.clock.move_to(wake.at)
        self.clock.move_to(until)


@asynccontextmanager
async def editing_room(
    path: Path,
    followers: Sequence[Follower] = (CHANNEL, ENGLISH),
    database: str | Path = "sqlite://",
    now: datetime = NOW,
    posters: Mapping[str, Poster] | None = None,
) -> AsyncIterator[Room]:
    """A room for that file, which the announcer has known for some time. With real `posters` nothing is collected."""
    schedule = Schedule(path, PollInterval(interval=0.02, settling=0.02, missing=0.1, confirming=0))
    clock = SimulatedClock(now, speed=0.0)
    posts: list[tuple[Address, Message]] = []
    edits: list[tuple[Address, Message]] = []
    removed: list[tuple[str, str]] = []
    collectors = {platform: Collector(platform, posts, edits, removed) for platform in ("discord", "slack")}
    async with open_store(database, schedule.series.timezone, elapsed=lambda: clock.now().timestamp()) as store:
        for each in followers:
            await store.followers.follow(each, "test", now)
        platforms = Platforms(posters=posters or collectors)
        community = Community(Access(homes=KeptHomes((), store.homes)))
        services = await build_services(schedule, clock, store, platforms, community, Silent())
        await services.versions.resume()
        await services.versions.take_in()
        try:
            yield Room(path, services, clock, posts, edits, removed)
        finally:
            await services.dispatcher.close(0)
