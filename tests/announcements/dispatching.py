"""A dispatcher over a real store, for tests that need nothing around it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.announcements.alerts import Alerts
from bot.announcements.delivery import PostingContext
from bot.announcements.dispatcher import Dispatcher
from bot.announcements.instant_poster import InstantPoster
from bot.announcements.snapshot import PlanningState
from bot.announcements.store import AnnouncementStore
from bot.app.simulation import AnnouncerAction, Recorder, Simulation
from bot.clock import SimulatedClock
from bot.domain.series import Series
from bot.domain.subscriptions import IMAGINARY, Follower
from bot.storage import open_store


def dispatcher_of(
    series: Series, store: AnnouncementStore, context: PostingContext, alerts: Alerts | None = None
) -> Dispatcher:
    """What announces that series; nobody is told of trouble unless there are `alerts` for somebody."""
    planning = PlanningState(store.announced, store.pauses, store.collections, series)
    return Dispatcher(store, context, planning, alerts or Alerts())


@asynccontextmanager
async def simulated_announcer(series: Series, clock: SimulatedClock) -> AsyncIterator[Simulation]:
    """An announcer for one imaginary channel, which takes the series as known from now on."""
    actions: list[AnnouncerAction] = []
    async with open_store("sqlite://", series.timezone, elapsed=lambda: clock.now().timestamp()) as store:
        await store.followers.follow(Follower(IMAGINARY, clock.now()), "test", clock.now())
        journal = Recorder(actions, lambda: series.local(clock.now()))
        platform = InstantPoster(IMAGINARY.platform)
        dispatcher = dispatcher_of(series, store, PostingContext({platform.platform: platform}, clock.now, journal))
        await dispatcher.accept(series)
        yield Simulation(dispatcher, clock, actions)
