"""Organizers at a table: they type commands, press buttons, and see what the channels then show."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.commands.access import Access
from bot.commands.admin.drafts import Drafts
from bot.commands.channels import Channels
from bot.commands.context import CommandServices, Reply
from bot.commands.kept_homes import KeptHomes
from bot.commands.parser import Request, User
from bot.commands.router import CommandRouter
from bot.domain.language import Language
from bot.domain.subscriptions import Address
from tests.commands.acting import HERE, SERVER, TEAM, SeenChannels, somewhere
from tests.commands.transcripts import numbered_calendar, written_down
from tests.schedule.editing_room import Room, editing_room

SUMIRE = User(somewhere("discord:user:7"), HERE, SERVER, manages_community=True, name="sumire")
KEN = User(somewhere("slack:U08"), somewhere("slack:C05"), TEAM, manages_community=True, name="ken")
MEMBER = User(somewhere("discord:user:4"), HERE, SERVER, name="hana")


@dataclass
class Table:
    """The desk in the editing room; `room.posts` is what the channels show."""

    router: CommandRouter
    room: Room
    language: Language
    access: Access

    async def reply(self, line: str, user: User = SUMIRE) -> Reply:
        """What is answered to this line."""
        return await self.router.execute(Request(line, self.language, user=user))

    async def transcript(self, line: str, user: User = SUMIRE) -> str:
        """The same, written down."""
        return written_down(await self.reply(line, user), self.language)

    async def fill(self, line: str, **values: str) -> Reply:
        """What is answered to the form that a line opens, with these values in place of what it says."""
        form = (await self.reply(line)).form
        assert form
        said = {each.name: each.value for each in form.fields}
        assert values.keys() <= said.keys()
        return await self.router.execute(Request(form.line, self.language, user=SUMIRE, values=said | values))

    async def press(self, reply: Reply, label: str, user: User = SUMIRE) -> Reply:
        """What is answered to a button below a reply."""
        line = next(action.line for action in reply.actions if action.label == label)
        return await self.reply(line, user)

    async def does(self, line: str, label: str = "Announce", user: User = SUMIRE) -> Reply:
        """Types a command and presses a button below what it answers."""
        return await self.press(await self.reply(line, user), label, user)

    def headlines(self, channel: str = "discord:1") -> list[str]:
        """The first lines of what was posted in a channel."""
        return [message.headline for address, message in self.room.posts if str(address) == channel]


@asynccontextmanager
async def table(
    path: Path,
    text: str,
    language: Language = "en",
    admins: frozenset[Address] = frozenset(),
    homes: Sequence[Address] = (SERVER, TEAM),
    channels: Channels | None = None,
) -> AsyncIterator[Table]:
    """A table at which the file with that text lies; organizers are the `admins`, or who manages one of the `homes`."""
    await asyncio.to_thread(path.write_text, text, encoding="utf-8")
    async with editing_room(path) as room:
        count = iter(range(1, 1000))
        admin = replace(room.admin, drafts=Drafts(lambda: f"t{next(count)}"))
        access = Access(admins, KeptHomes(homes, room.store.homes))
        services = CommandServices(room.store.followers, channels or SeenChannels(), access, frozenset(), admin)
        router = CommandRouter(lambda: room.schedule.series, room.clock.now, numbered_calendar, lambda: services)
        yield Table(router, room, language, access)
