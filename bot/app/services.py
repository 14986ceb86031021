"""The composition root: everything that a bot consists of, built once, in the order in which one part needs another.

Serving, chatting, rehearsing and the tests differ in what they pass in: the clock, the database, the platforms.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from bot.announcements.alerts import Alerts
from bot.announcements.delivery import PostingContext
from bot.announcements.departures import Departures
from bot.announcements.dispatcher import Dispatcher
from bot.announcements.events.calendar import EventCalendar
from bot.announcements.events.sync import EventSync
from bot.announcements.impact import ImpactPreview
from bot.announcements.journal import Journal, LoggingJournal
from bot.announcements.operations import HealthReport, Operations
from bot.announcements.poster import Poster
from bot.announcements.service import AnnouncementService
from bot.announcements.snapshot import PlanningState
from bot.announcements.timeouts import USUAL, DeliveryTimeouts
from bot.announcements.wakeup import Wakeup
from bot.app.ask import calendar_file
from bot.clock import Clock
from bot.commands.access import Access
from bot.commands.admin.drafts import Drafts
from bot.commands.channels import Channels
from bot.commands.context import AdminServices, CommandServices
from bot.commands.sharing import SharedAnswers, answered
from bot.domain.language import Language
from bot.domain.subscriptions import Address
from bot.i18n import phrases
from bot.platforms import Health, Platform
from bot.schedule.editor import ScheduleEditor
from bot.schedule.reader import with_holidays, written
from bot.schedule.service import Schedule
from bot.schedule.versions import ScheduleVersions
from bot.schedule.writer import hindrance_of
from bot.sources.sync import SourceSync
from bot.storage import Store


@dataclass(frozen=True, slots=True)
class Platforms:
    """The platforms that a bot speaks on, by name."""

    connections: Mapping[str, Platform] = field(default_factory=dict)
    posters: Mapping[str, Poster] = field(default_factory=dict)
    event_calendars: Sequence[EventCalendar] = ()

    @property
    def health(self) -> dict[str, Health]:
        """Each one's connection as it is now."""
        return {name: each.health for name, each in self.connections.items()}

    def clock_skew(self) -> float | None:
        """By how many seconds the clock of the first platform that knows is ahead of this machine's."""
        skews = (each.clock_skew for each in self.connections.values())
        return next((skew for skew in skews if skew is not None), None)


@dataclass(frozen=True, slots=True)
class Community:
    """Who may change the schedule, which channels follow by the settings, and where organizers are told of trouble."""

    access: Access = field(default_factory=Access)
    fixed_channels: frozenset[Address] = frozenset()
    organizers: Address | None = None


NO_PLATFORMS: Final = Platforms()
ANYBODY: Final = Community()


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that a bot consists of, but for what differs between serving and chatting: who asks, and the jobs."""

    schedule: Schedule
    clock: Clock
    store: Store
    platforms: Platforms
    community: Community
    journal: Journal
    alerts: Alerts
    wakeup: Wakeup
    planning: PlanningState
    dispatcher: Dispatcher
    versions: ScheduleVersions
    announcements: AnnouncementService
    event_syncs: tuple[EventSync, ...]
    editor: ScheduleEditor
    page: SourceSync
    commands: CommandServices


async def build_services(
    schedule: Schedule,
    clock: Clock,
    store: Store,
    platforms: Platforms = NO_PLATFORMS,
    community: Community = ANYBODY,
    journal: Journal | None = None,
    timeouts: DeliveryTimeouts = USUAL,
) -> Services:
    """The services over a store that need not be open yet; what needs it raises LedgerUnavailableError until then."""
    journal, alerts, wakeup = journal or LoggingJournal(), Alerts(community.organizers), Wakeup()
    context = PostingContext(platforms.posters, clock.now, journal, timeouts)
    series = await asyncio.to_thread(with_holidays, schedule.reading)
    planning = PlanningState(
        store.announced, store.pauses, store.collections, series, partial(answered, calendar=calendar_file)
    )
    dispatcher = Dispatcher(store, context, planning, alerts, wakeup.wake)
    versions = ScheduleVersions(schedule, store.revisions, dispatcher.accept, clock.now, store.schedule_lock)
    announcements = AnnouncementService(dispatcher, versions, clock, store.probe)
    event_syncs = tuple(EventSync(each, store, planning, alerts, clock.now) for each in platforms.event_calendars)
    editor = ScheduleEditor(versions, wakeup.wake)
    page = SourceSync(versions, editor, store.source_versions, store.ledger, alerts, clock.now, wakeup.wake)

    admin = AdminServices(
        editor,
        ImpactPreview(store, clock.now),
        store.revisions,
        Operations(dispatcher, store, clock.now, wakeup.wake, partial(_health, schedule, platforms, announcements)),
        Drafts(),
        page,
    )
    channels = Channels(platforms.posters, wakeup.wake)
    shared = SharedAnswers(store.ledger, dispatcher.look_again)
    departures = Departures(
        store.followers,
        store.ledger,
        alerts,
        platforms.posters,
        lambda: schedule.series.local(clock.now()),
        store.elapsed,
        wakeup.wake,
    )
    commands = CommandServices(
        store.followers, channels, community.access, community.fixed_channels, admin, shared, departures
    )
    return Services(
        schedule,
        clock,
        store,
        platforms,
        community,
        journal,
        alerts,
        wakeup,
        planning,
        dispatcher,
        versions,
        announcements,
        event_syncs,
        editor,
        page,
        commands,
    )


def _health(
    schedule: Schedule, platforms: Platforms, announcements: AnnouncementService, language: Language
) -> HealthReport:
    say = phrases(language)
    states = tuple((name, health.connected, health.detail) for name, health in platforms.health.items())
    lacking = tuple(
        say("overview.lacks", platform=name.capitalize(), right=say(right))
        for name, health in platforms.health.items()
        for right in health.lacking
    )
    if hindrance := hindrance_of(schedule.path):
        lacking += (say(hindrance.name, **hindrance.values),)
    mistakes = tuple(written(problem, language) for problem in schedule.problems)
    return HealthReport(states, not announcements.trouble, platforms.clock_skew(), mistakes, lacking)
