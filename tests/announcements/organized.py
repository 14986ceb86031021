"""An announcer with somebody who is told of trouble, on a clock that stands still until it is moved."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from bot.announcements.dispatcher import Dispatcher
from bot.announcements.post import AlertSubject
from bot.announcements.poster import Outcome
from bot.domain.series import Series
from bot.domain.subscriptions import Address
from bot.storage import Store, open_store
from tests.announcements.recording import Recording, Strict, Written


@dataclass
class Organized:
    """The bot, what arrived on its platforms, and what is the matter with it."""

    now: datetime
    store: Store
    dispatcher: Dispatcher
    written: list[Written]
    journal: Strict
    discord: Recording
    status: list[AlertSubject] = field(default_factory=list)

    async def ticks(self) -> None:
        """Does what is due."""
        await self.dispatcher.tick()
        await self.dispatcher.idle()


@asynccontextmanager
async def organized(
    series: Series, now: datetime, organizers: Address | None, outcomes: Sequence[Outcome] = ()
) -> AsyncIterator[Organized]:
    """A bot that knows the series from `now` on; nobody follows yet. Discord answers with these outcomes first."""
    written: list[Written] = []
    journal, discord = Strict(), Recording("discord", written, *outcomes)
    async with open_store("sqlite://", series.timezone, elapsed=lambda: bot.now.timestamp()) as store:
        dispatcher = Dispatcher(
            series=series,
            announced=store.announced,
            ledger=store.ledger,
            followers=store.followers,
            posters={"discord": discord, "slack": Recording("slack", written)},
            now=lambda: bot.now,
            elapsed=store.elapsed,
            journal=journal,
            organizers=organizers,
            pauses=store.pauses,
            status=lambda: bot.status,
        )
        bot = Organized(now, store, dispatcher, written, journal, discord)
        await dispatcher.accept(series)
        yield bot
