"""Commands that act, tried out at a desk with a real database in memory and channels that are only looked at."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.announcements.poster import Outcome, Posted
from bot.commands.access import Access
from bot.commands.channels import Channels
from bot.commands.context import CommandServices, Reply
from bot.commands.parser import Request, User
from bot.commands.router import CommandRouter
from bot.domain.language import Language
from bot.domain.message import Message
from bot.domain.series import Series
from bot.domain.subscriptions import Address, AddressKind, address
from bot.storage import Store, open_store
from tests.announcements.recording import Recording, Written
from tests.commands.transcripts import numbered_calendar, written_down


def somewhere(text: str) -> Address:
    """The address that is written so."""
    found = address(text)
    assert found, text
    return found


HERE = somewhere("discord:1")
SERVER = Address("discord", AddressKind.COMMUNITY, "1")
TEAM = Address("slack", AddressKind.COMMUNITY, "T05")
MEMBER = User(somewhere("discord:user:4"), HERE, name="hana")
MODERATOR = User(somewhere("discord:user:5"), HERE, manages_channel=True, name="rin")
ALONE = User(somewhere("discord:user:4"), None, name="hana")
"""The member in a direct message."""


class SeenPoster(Recording):
    """A platform that answers as it is told to, and shows what reached it."""

    def __init__(self, platform: str, seen: "SeenChannels") -> None:
        super().__init__(platform, [])
        self._seen = seen

    async def post(
        self, address: Address, message: Message, language: Language, marker: str, ping: str | None = None
    ) -> Outcome:
        self._seen.tried.append((address, message))
        return self._seen.outcome

    async def edit(
        self, address: Address, message_id: str, message: Message, language: Language, marker: str
    ) -> Outcome:
        self._seen.edited.append(Written(address, message, edited=True))
        return self._seen.editing or Posted(message_id)

    def name_of(self, address: Address) -> str:
        return self._seen.names.get(address, str(address))

    def ping_trouble(self, channel: Address, group: str) -> str | None:
        return self._seen.troubles.get(group)

    async def missing_rights(self, address: Address) -> tuple[str, ...]:
        return self._seen.missing

    async def set_group(self, person: Address, channel: Address, group: str, *, member: bool) -> Outcome | None:
        if person.platform == "slack":
            return None
        self._seen.groups.append((person, group, member))
        return self._seen.outcome


class SeenChannels(Channels):
    """Channels in which everything arrives unless `outcome` says otherwise; what arrived can be looked at."""

    def __init__(self, outcome: Outcome = Posted("1"), missing: tuple[str, ...] = ()) -> None:  # noqa: B008 - frozen
        super().__init__({name: SeenPoster(name, self) for name in ("discord", "slack")}, self._count)
        self.outcome = outcome
        self.missing = missing
        self.names: dict[Address, str] = {}
        self.troubles: dict[str, str] = {}
        self.editing: Outcome | None = None
        self.edited: list[Written] = []
        self.tried: list[tuple[Address, Message]] = []
        self.groups: list[tuple[Address, str, bool]] = []
        self.woken = 0

    def _count(self) -> None:
        self.woken += 1


@dataclass
class Counter:
    """A desk that acts, and all that it acts on."""

    router: CommandRouter
    store: Store
    channels: SeenChannels
    language: Language = "en"

    async def reply(self, line: str, user: User = MEMBER) -> Reply:
        """What is answered to this person."""
        return await self.router.execute(Request(line, self.language, user=user))

    async def transcript(self, line: str, user: User = MEMBER) -> str:
        """The same, written down."""
        return written_down(await self.reply(line, user), self.language)


@asynccontextmanager
async def counter(
    series: Series,
    now: datetime,
    language: Language = "en",
    channels: SeenChannels | None = None,
    admins: frozenset[Address] = frozenset(),
    fixed: frozenset[Address] = frozenset(),
) -> AsyncIterator[Counter]:
    """A desk at which it is always `now` and nobody follows yet."""
    seen = channels or SeenChannels()
    async with open_store("sqlite://", series.timezone) as store:
        services = CommandServices(store.followers, seen, Access(admins), fixed)
        router = CommandRouter(lambda: series, lambda: now, numbered_calendar, lambda: services)
        yield Counter(router, store, seen, language)
