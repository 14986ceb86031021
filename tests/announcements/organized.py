"""An announcer with somebody who is told of trouble, on a clock that stands still until it is moved."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.announcements.alerts import Alerts
from bot.announcements.delivery import PostingContext
from bot.announcements.dispatcher import Dispatcher
from bot.announcements.poster import Outcome, Poster
from bot.domain.series import Series
from bot.domain.subscriptions import Address
from bot.storage import Store, open_store
from tests.announcements.dispatching import dispatcher_of
from tests.announcements.recording import Recording, Strict, Written


@dataclass
class Organized:
    """The bot, what arrived on its platforms, and what is the matter with it."""

    now: datetime
    store: Store
    dispatcher: Dispatcher
    alerts: Alerts
    posters: dict[str, Poster]
    written: list[Written]
    journal: Strict
    discord: Recording

    async def ticks(self) -> None:
        """Does what is due."""
        await self.dispatcher.tick()
        await self.dispatcher.idle()


@asynccontextmanager
async def organized(
    series: Series,
    now: datetime,
    organizers: Address | None,
    outcomes: Sequence[Outcome] = (),
    elapsed: Callable[[], float] | None = None,
) -> AsyncIterator[Organized]:
    """A bot that knows the series from `now` on; nobody follows yet. Discord answers with these outcomes first.

    Leases run on the bot's own clock, unless another `elapsed` is given.
    """
    written: list[Written] = []
    journal, discord = Strict(), Recording("discord", written, *outcomes)
    async with open_store("sqlite://", series.timezone, elapsed=elapsed or (lambda: bot.now.timestamp())) as store:
        posters: dict[str, Poster] = {"discord": discord, "slack": Recording("slack", written)}
        alerts = Alerts(organizers)
        dispatcher = dispatcher_of(series, store, PostingContext(posters, lambda: bot.now, journal), alerts)
        bot = Organized(now, store, dispatcher, alerts, posters, written, journal, discord)
        await dispatcher.accept(series)
        yield bot
