"""The real announcer on a clock that is moved by hand, with a ledger of its own that lives in memory only.

Rehearsals run on it, and the terminal chat, where posts appear as its time is moved.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.announcements.dispatcher import Dispatcher
from bot.announcements.instant_poster import InstantPoster
from bot.announcements.post import PostSubject
from bot.announcements.poster import Poster
from bot.announcements.selection import Reason
from bot.app.services import Community, Platforms, Services, build_services
from bot.clock import SimulatedClock
from bot.commands.access import Access
from bot.domain.message import Message
from bot.domain.series import Series
from bot.domain.subscriptions import IMAGINARY, Address, Follower
from bot.schedule.reader import Reading, with_holidays
from bot.schedule.service import Schedule
from bot.storage import open_store


@dataclass(frozen=True, slots=True)
class AnnouncerAction:
    """Something that the announcer did at an instant: `post`, `edit` or `skip`; skipped things have no message."""

    at: datetime
    action: str
    address: Address
    subject: PostSubject
    message: Message | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Simulation:
    """An announcer on a clock that is moved by hand, and what it has done since it was last asked."""

    dispatcher: Dispatcher
    clock: SimulatedClock
    actions: list[AnnouncerAction]

    async def advance(self, until: datetime) -> list[AnnouncerAction]:
        """Moves the clock to that instant, stopping wherever there is something to do; returns what was done."""
        while True:
            await self.dispatcher.tick()
            await self.dispatcher.idle()
            wake = await self.dispatcher.next_wake()
            if wake.at is None or wake.at > until:
                break
            self.clock.move_to(wake.at)
        self.clock.move_to(until)
        done, self.actions[:] = [*self.actions], []
        return done


@dataclass(frozen=True, slots=True)
class SimulatedBot(Simulation):
    """The same with all that commands need."""

    services: Services

    @property
    def series(self) -> Series:
        """What it plans from, with its holidays."""
        return self.services.planning.snapshot.series


@asynccontextmanager
async def simulation(
    schedule: Schedule,
    clock: SimulatedClock,
    followers: Sequence[Follower] | None = None,
    posters: Mapping[str, Poster] | None = None,
    access: Access | None = None,
    known: Reading | None = None,
) -> AsyncIterator[SimulatedBot]:
    """A bot for these followers, or one imaginary channel, which takes the schedule as known from now on: the version
    in service, or another that is `known`.

    What it posts on platforms that have none of the `posters` is in the actions only.
    """
    actions: list[AnnouncerAction] = []
    zone = schedule.series.timezone
    async with open_store("sqlite://", zone, elapsed=lambda: clock.now().timestamp()) as store:
        everybody = [Follower(IMAGINARY, clock.now())] if followers is None else followers
        for each in everybody:
            await store.followers.follow(each, "simulation", clock.now())
        collectors = {name: InstantPoster(name) for name in {each.address.platform for each in everybody}}
        platforms = Platforms(posters={**collectors, **(posters or {})})
        journal = Recorder(actions, lambda: schedule.series.local(clock.now()))
        services = await build_services(schedule, clock, store, platforms, Community(access or Access()), journal)
        await services.dispatcher.accept(with_holidays(known or schedule.reading))
        yield SimulatedBot(services.dispatcher, clock, actions, services)


class Recorder:
    """A journal that keeps everything."""

    def __init__(self, actions: list[AnnouncerAction], now: Callable[[], datetime]) -> None:
        self._actions: Final = actions
        self._now: Final = now

    def posted(self, address: Address, subject: PostSubject, message: Message) -> None:
        self._actions.append(AnnouncerAction(self._now(), "post", address, subject, message))

    def edited(self, address: Address, subject: PostSubject, message: Message) -> None:
        self._actions.append(AnnouncerAction(self._now(), "edit", address, subject, message))

    def skipped(self, address: Address, subject: PostSubject, reason: Reason) -> None:
        self._actions.append(AnnouncerAction(self._now(), "skip", address, subject, reason=reason))

    def troubled(self, address: Address, subject: PostSubject | None, what: str, detail: str) -> None:
        raise RuntimeError(f"{what} at {address}: {detail}")

    def failed(self, what: str, error: Exception) -> None:
        raise error
