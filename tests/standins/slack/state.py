"""What the stand-in remembers: a workspace with its people, channels, messages, views and files."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar

from .blocks import interactive
from .mrkdwn import texts_of
from .refusals import Json

ALL_SCOPES = frozenset(
    [
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "mpim:history",
        "mpim:read",
        "pins:write",
        "usergroups:read",
        "users:read",
    ]
)
T = TypeVar("T")


class Clock:
    """The wall clock, which tests can push forward (`response_url`s and triggers expire by it)."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        self._ahead += seconds


class Pulse:
    """Wakes those who wait for something to become true whenever anything changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def beat(self) -> None:
        for each in self._waiting:
            if not each.done():
                each.set_result(None)

    async def until(self, value: Callable[[], T], within: float, what: str = "what was waited for") -> T:
        """The first true value; `TimeoutError` names what didn't happen."""
        loop = asyncio.get_running_loop()
        end = loop.time() + within
        while not (found := value()):
            change: asyncio.Future[None] = loop.create_future()
            self._waiting.add(change)
            try:
                await asyncio.wait_for(change, end - loop.time())
            except TimeoutError:
                raise TimeoutError(f"{what} did not happen within {within} s") from None
            finally:
                self._waiting.discard(change)
        return found


@dataclass(eq=False)
class User:
    id: str
    name: str
    locale: str = "en-US"
    tz: str = "Asia/Tokyo"
    admin: bool = False
    bot: bool = False
    deleted: bool = False
    guest: bool = False
    team: str = ""  # another workspace, from which a shared channel was joined


@dataclass(eq=False)
class UserGroup:
    id: str
    handle: str
    users: list[str]


@dataclass(eq=False)
class File:
    id: str
    name: str
    content: bytes | None = None
    title: str = ""


@dataclass(eq=False)
class Message:
    """A message as stored, with what it would ping and what Slack would show wrongly."""

    channel: str
    ts: str
    user: str
    text: str
    via: str  # the method, "response_url", "ack" or "user"
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    ephemeral_to: str | None = None
    bot_id: str | None = None
    pinged: list[str] = field(default_factory=list)
    flaws: list[str] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    arguments: Json = field(default_factory=dict)
    versions: list[Json] = field(default_factory=list)  # text, blocks, metadata before each edit
    deleted: bool = False

    @property
    def ephemeral(self) -> bool:
        return self.ephemeral_to is not None

    @property
    def shown(self) -> str:
        """What people read: the texts of the blocks, one a line, or without blocks the text."""
        return "\n".join(each.text for each in texts_of(self.blocks)) if self.blocks else self.text

    @property
    def elements(self) -> list[Json]:
        return [element for block in self.blocks for element in interactive(block)]


@dataclass(eq=False)
class View:
    """A published home or an open modal; `body` holds the fields the bot gave."""

    id: str
    user: str
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.body["blocks"]
        return blocks

    @property
    def shown(self) -> str:
        return "\n".join(each.text for each in texts_of([self.body.get("title"), self.blocks]))

    @property
    def elements(self) -> list[Json]:
        return [element for block in self.blocks for element in interactive(block)]


@dataclass(eq=False)
class Channel:
    """`history` holds everything in it, `messages` what the bot said, `ephemeral` what only one user sees."""

    id: str
    name: str
    bot_is_member: bool = True
    private: bool = False
    archived: bool = False
    with_user: str | None = None  # of a direct message
    absent: set[str] = field(default_factory=set)  # users who are not in it
    history: list[Message] = field(default_factory=list)
    ephemeral: list[Message] = field(default_factory=list)
    deleted: list[Message] = field(default_factory=list)
    pinned: list[Message] = field(default_factory=list)

    @property
    def messages(self) -> list[Message]:
        return [each for each in self.history if each.bot_id is not None]

    @property
    def kind(self) -> str:
        """The word that scopes use for this sort of conversation."""
        return "im" if self.with_user else "groups" if self.private else "channels"


class Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=Named)


def id_of(thing: Named | str) -> str:
    return thing if isinstance(thing, str) else thing.id


class Shelf(Generic[N]):
    """Things by id, which may be asked for by the thing itself."""

    def __init__(self) -> None:
        self._things: dict[str, N] = {}

    def __getitem__(self, key: Named | str) -> N:
        return self._things[id_of(key)]

    def __contains__(self, key: object) -> bool:
        return (key if isinstance(key, str) else getattr(key, "id", None)) in self._things

    def __iter__(self) -> Iterator[N]:
        return iter(list(self._things.values()))

    def __len__(self) -> int:
        return len(self._things)

    def get(self, key: Named | str) -> N | None:
        return self._things.get(id_of(key))

    def put(self, thing: N) -> N:
        self._things[thing.id] = thing
        return thing


class Ids:
    """Identifiers that look like Slack's and never repeat."""

    def __init__(self) -> None:
        self._count = 0
        self._last_ts = Decimal(0)

    def fresh(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}0{self._count:08d}"

    def ts(self, now: float) -> str:
        self._last_ts = max(Decimal(f"{now:.6f}"), self._last_ts + Decimal("0.000001"))
        return f"{self._last_ts:.6f}"


class Users(Shelf[User]):
    def __init__(self, ids: Ids) -> None:
        super().__init__()
        self._ids = ids

    def add(
        self,
        name: str = "",
        *,
        locale: str = "en-US",
        tz: str = "Asia/Tokyo",
        admin: bool = False,
        bot: bool = False,
    ) -> User:
        new = self._ids.fresh("U")
        return self.put(User(new, name or f"user{new[-2:]}", locale, tz, admin, bot))


class Channels(Shelf[Channel]):
    def __init__(self, ids: Ids) -> None:
        super().__init__()
        self._ids = ids

    def add(
        self, name: str = "", *, bot_is_member: bool = True, private: bool = False, archived: bool = False
    ) -> Channel:
        new = self._ids.fresh("C")
        return self.put(Channel(new, name or f"channel{new[-2:]}", bot_is_member, private, archived))

    def direct(self, user: User | str) -> Channel:
        """The direct messages between this user and the bot."""
        for each in self:
            if each.with_user == id_of(user):
                return each
        return self.put(Channel(self._ids.fresh("D"), "", private=True, with_user=id_of(user)))


class UserGroups(Shelf[UserGroup]):
    def __init__(self, ids: Ids) -> None:
        super().__init__()
        self._ids = ids

    def add(self, handle: str, users: list[User]) -> UserGroup:
        return self.put(UserGroup(self._ids.fresh("S"), handle, [each.id for each in users]))


class Homes(Shelf[View]):
    """The App Home of each user, by user."""

    def put(self, thing: View) -> View:
        self._things[thing.user] = thing
        return thing


@dataclass
class Trigger:
    user: str
    issued: float
    used: bool = False


class Workspace:
    """Everything one Slack workspace knows about one installed app."""

    def __init__(self, scopes: frozenset[str]) -> None:
        self.ids = Ids()
        self.clock = Clock()
        self.pulse = Pulse()
        self.scopes = set(scopes)
        self.team_id = self.ids.fresh("T")
        self.app_id = self.ids.fresh("A")
        self.bot_id = self.ids.fresh("B")
        self.users = Users(self.ids)
        self.channels = Channels(self.ids)
        self.usergroups = UserGroups(self.ids)
        self.homes = Homes()
        self.modals: dict[str, list[View]] = {}  # per user, the top one last
        self.files: dict[str, File] = {}
        self.triggers: dict[str, Trigger] = {}
        self.flaws: list[str] = []
        self.bot_user = self.users.add("lecturebot", bot=True)

    def ts(self) -> str:
        return self.ids.ts(self.clock.now())

    def trigger(self, user: str, again: str | None = None) -> str:
        """A fresh trigger id, or the same one for a twin of an earlier delivery."""
        new = again or f"{self.ids.fresh('')}.{self.team_id[1:]}.{self.ids.fresh('')}"
        self.triggers.setdefault(new, Trigger(user, self.clock.now()))
        return new

    def note(self, flaw: str) -> None:
        self.flaws.append(flaw)

    def view(self, view_id: str) -> View | None:
        stacks: list[View] = [each for stack in self.modals.values() for each in stack]
        return next((each for each in [*self.homes, *stacks] if each.id == view_id), None)

    def as_user(self, user: User, *, locale: bool = False) -> Json:
        """A user as `users.info` and `users.list` show one."""
        offset = {"Asia/Tokyo": 32400, "UTC": 0, "Etc/UTC": 0}.get(user.tz, 0)
        shown: dict[str, Any] = {
            "id": user.id,
            "team_id": user.team or self.team_id,
            "name": user.name,
            "real_name": user.name,
            "deleted": user.deleted,
            "tz": user.tz,
            "tz_label": user.tz,
            "tz_offset": offset,
            "profile": {"real_name": user.name, "display_name": user.name, "team": user.team or self.team_id},
            "is_admin": user.admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": user.guest,
            "is_ultra_restricted": False,
            "is_bot": user.bot,
            "is_app_user": False,
            "updated": 1700000000,
        }
        return {**shown, "locale": user.locale} if locale else shown
