"""Verbs that look after the bot, tried out on a real announcer and database, on a clock that stands still."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from bot.announcements.alerts import Alerts
from bot.announcements.delivery import PostingContext
from bot.announcements.dispatcher import Dispatcher
from bot.announcements.impact import ImpactPreview
from bot.announcements.operations import HealthReport, Operations
from bot.commands.access import Access
from bot.commands.admin.drafts import Drafts
from bot.commands.admin.router import manage
from bot.commands.context import ActionContext, AdminServices, CommandServices, QueryContext, Reply
from bot.commands.kept_homes import KeptHomes
from bot.commands.parser import User, parse
from bot.domain.language import Language
from bot.domain.series import Series
from bot.domain.subscriptions import Address
from bot.schedule.editor import ScheduleEditor
from bot.storage import Store, open_store
from tests.announcements.dispatching import dispatcher_of
from tests.announcements.recording import Recording, Strict, Written
from tests.commands.acting import HERE, SERVER, SeenChannels, somewhere
from tests.commands.transcripts import numbered_calendar, written_down

ORGANIZER = User(somewhere("discord:user:7"), HERE, SERVER, manages_community=True, name="sumire")
ELSEWHERE = somewhere("slack:C05")
WELL = HealthReport((("discord", True, ""), ("slack", True, "")), database=True, clock_skew=0.4, mistakes=())


@dataclass
class LookedAfter:
    """A bot at whose clock it is `now` until that is changed; `posted` is what arrived on its platforms."""

    series: Series
    now: datetime
    store: Store
    dispatcher: Dispatcher
    alerts: Alerts
    posted: list[Written]
    services: CommandServices
    language: Language = "en"
    condition: HealthReport = WELL

    async def reply(self, line: str, user: User = ORGANIZER) -> Reply:
        """What is answered to this line of an organizer."""
        query = QueryContext(self.series, self.series.local(self.now), self.language, parse(line), numbered_calendar)
        return await manage(ActionContext(query, user, self.services))

    async def transcript(self, line: str, user: User = ORGANIZER) -> str:
        """The same, written down."""
        return written_down(await self.reply(line, user), self.language)

    async def ticks(self) -> None:
        """Has the announcer do what is due."""
        await self.dispatcher.tick()
        await self.dispatcher.idle()


@asynccontextmanager
async def looked_after(
    series: Series,
    now: datetime,
    language: Language = "en",
    channels: SeenChannels | None = None,
    fixed: frozenset[Address] = frozenset(),
    organizers: Address | None = None,
) -> AsyncIterator[LookedAfter]:
    """A bot that knows the series from `now` on; nobody follows yet."""
    posted: list[Written] = []
    async with open_store("sqlite://", series.timezone, elapsed=lambda: bot.now.timestamp()) as store:
        posters = {name: Recording(name, posted) for name in ("discord", "slack")}
        alerts = Alerts(organizers)
        dispatcher = dispatcher_of(series, store, PostingContext(posters, lambda: bot.now, Strict()), alerts)
        operations = Operations(dispatcher, store, lambda: bot.now, lambda: None, lambda _: bot.condition)
        tokens = (f"t{count}" for count in range(1, 100))
        admin = AdminServices(
            cast(ScheduleEditor, None),
            cast(ImpactPreview, None),
            store.revisions,
            operations,
            Drafts(lambda: next(tokens)),
        )
        access = Access(homes=KeptHomes([SERVER], store.homes))
        services = CommandServices(store.followers, channels or SeenChannels(), access, fixed, admin)
        bot = LookedAfter(series, now, store, dispatcher, alerts, posted, services, language)
        await dispatcher.accept(series)
        yield bot
