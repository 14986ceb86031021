"""Platforms with faults, and processes that are killed, paused and started again, for simulations in virtual time."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.announcements.delivery import PostingContext
from bot.announcements.post import PostSubject
from bot.announcements.poster import NotSent, Outcome, Posted, Refusal, Refused, Unknown, Unreadable
from bot.domain.language import Language
from bot.domain.message import Message
from bot.domain.series import Series
from bot.domain.subscriptions import Address
from bot.storage import Store
from tests.announcements.dispatching import dispatcher_of

LATEST = 14.0
"""Seconds after which a request that was written may still be applied, whether or not anybody waits for its answer."""

NONCE = 180.0
"""Seconds for which Discord knows an equal nonce again."""


@dataclass
class Said:
    """One message in a channel."""

    at: float
    marker: str
    text: str


@dataclass
class World:
    """The channels of both platforms, and how often anything goes wrong: `trouble` is a probability, until `calm`."""

    seed: int
    starts: datetime
    trouble: float
    calm: float
    channels: dict[Address, list[Said]] = field(default_factory=dict)
    faults: int = 0
    kills: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    @property
    def elapsed(self) -> float:
        return asyncio.get_running_loop().time()

    def now(self) -> datetime:
        return self.starts + timedelta(seconds=self.elapsed)

    def goes_wrong(self, share: float = 1.0) -> bool:
        """Whether something goes wrong now."""
        wrong = self.elapsed < self.calm and self.random.random() < self.trouble * share
        self.faults += wrong
        return wrong

    def apply(self, address: Address, marker: str, text: str) -> str:
        """The platform takes a message in; Discord gives an equal one back that came shortly before."""
        said = self.channels.setdefault(address, [])
        same = [each for each in said if each.marker == marker and self.elapsed - each.at < NONCE]
        if not (address.platform == "discord" and same):
            said.append(Said(self.elapsed, marker, text))
        return marker


class Life:
    """One life of a process, which may end at any step that it takes, or stand still for a while."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.killed = asyncio.Event()

    async def step(self) -> None:
        """A moment between two steps of the process: a machine swaps, a laptop sleeps, the process is killed."""
        if self._world.goes_wrong(0.3):
            await asyncio.sleep(self._world.random.choice((1.0, 30.0, 100.0, 119.0, 130.0, 400.0)))
        if self._world.goes_wrong(0.15):
            self.killed.set()
            await asyncio.Event().wait()


class FaultyPoster:
    """A platform as a process sees it."""

    ready = True

    def __init__(self, world: World, life: Life, platform: str) -> None:
        self._world = world
        self._life = life
        self.platform = platform
        self.idempotent = platform == "discord"

    async def turn(self, address: Address, priority: int) -> None:
        await asyncio.sleep(self._world.random.uniform(0.0, 1.0))
        await self._life.step()

    async def post(
        self, address: Address, message: Message, language: Language, marker: str, ping: str | None = None
    ) -> Outcome:
        world, loop = self._world, asyncio.get_running_loop()
        if not world.goes_wrong():
            await asyncio.sleep(world.random.uniform(0.05, 0.5))
            sent = Posted(world.apply(address, marker, message.headline))
            await self._life.step()
            return sent
        match world.random.randrange(8):
            case 0:
                return NotSent("refused connection")
            case 1:
                return NotSent("too many", world.random.uniform(1.0, 30.0))
            case 2:  # the request is lost
                await asyncio.sleep(60.0)
            case 3:  # the answer is lost
                world.apply(address, marker, message.headline)
                await asyncio.sleep(60.0)
            case 4:  # applied when nobody waits for it any more
                loop.call_later(world.random.uniform(0, LATEST), world.apply, address, marker, message.headline)
                await asyncio.sleep(60.0)
            case 5:
                world.apply(address, marker, message.headline)
                return Unknown("500")
            case 6:
                return Refused(Refusal.RIGHTS, "not in channel")
        return Unknown("500")

    async def edit(
        self, address: Address, message_id: str, message: Message, language: Language, marker: str
    ) -> Outcome:
        if self._world.goes_wrong():
            return Unknown("500")
        return Posted(message_id)

    async def pin(self, address: Address, message_id: str) -> Outcome:
        return Posted(message_id)

    async def remove(self, address: Address, message_id: str) -> Outcome:
        return Posted(message_id)

    async def find(self, address: Address, marker: str, since: datetime) -> Posted | Unreadable | None:
        await asyncio.sleep(self._world.random.uniform(0.05, 2.0))
        if self._world.goes_wrong():
            return Unreadable("500")
        found = any(each.marker == marker for each in self._world.channels.get(address, ()))
        return Posted(marker) if found else None

    async def set_group(self, person: Address, channel: Address, group: str, *, member: bool) -> None:
        return None

    def name_of(self, address: Address) -> str:
        return str(address)

    def ping_trouble(self, channel: Address, group: str) -> str | None:
        return None

    async def missing_rights(self, address: Address) -> tuple[str, ...]:
        return ()


class Interrupted:
    """The ledger, asked by a process that may stand still or end after each answer."""

    def __init__(self, ledger: Any, life: Life) -> None:
        self._ledger = ledger
        self._life = life

    def __getattr__(self, name: str) -> Callable[..., Any]:
        async def asked(*values: Any) -> Any:
            if self._life.killed.is_set():  # who is dead writes nothing any more
                raise asyncio.CancelledError
            answer = await getattr(self._ledger, name)(*values)
            if name not in ("taken", "next_open", "open_posts"):
                await self._life.step()
            return answer

        return asked


class Silent:
    """A journal that nobody reads, but for defects."""

    def posted(self, address: Address, subject: PostSubject, message: Message) -> None: ...

    def edited(self, address: Address, subject: PostSubject, message: Message) -> None: ...

    def skipped(self, address: Address, subject: PostSubject, reason: object) -> None: ...

    def troubled(self, address: Address, subject: PostSubject | None, what: str, detail: str) -> None: ...

    def failed(self, what: str, error: Exception) -> None:
        raise error


async def process(
    world: World, life: Life, store: Store, series: Series, poster: type[FaultyPoster] = FaultyPoster
) -> None:
    """One process of the bot, until it is killed."""
    interrupted = replace(store, ledger=Interrupted(store.ledger, life), elapsed=lambda: world.elapsed)
    posters = {name: poster(world, life, name) for name in ("discord", "slack")}
    dispatcher = dispatcher_of(series, interrupted, PostingContext(posters, world.now, Silent()))
    try:
        await dispatcher.accept(series)
        while True:
            await dispatcher.tick()
            await dispatcher.idle()
            wake = await dispatcher.next_wake()
            waits = [(wake.at - world.now()).total_seconds()] if wake.at else []
            waits += [wake.within] if wake.within is not None else []
            await asyncio.sleep(max(0.1, min([*waits, 6 * 3600.0])))
    finally:
        await dispatcher.close(0)


async def supervised(world: World, store: Store, series: Series, until: float) -> None:
    """A process that comes back a while after each of its ends."""
    while world.elapsed < until:
        life = Life(world)
        running = asyncio.create_task(process(world, life, store, series))
        killed = asyncio.create_task(life.killed.wait())
        await asyncio.wait({running, killed}, timeout=until - world.elapsed, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
        world.kills += life.killed.is_set()
        for task in (running, killed):
            task.cancel()
        await asyncio.wait({running, killed})
        await asyncio.sleep(world.random.uniform(0.1, 200.0))
