"""The announcer put together: schedule, database, posters, what organizers do, and the page, for as long as it runs."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

import structlog

from bot.announcements.delivery import DeliveryTimeouts
from bot.announcements.dispatcher import Dispatcher
from bot.announcements.events.calendar import EventCalendar
from bot.announcements.events.sync import EventSync
from bot.announcements.impact import ImpactPreview
from bot.announcements.journal import LoggingJournal
from bot.announcements.operations import HealthReport, Operations
from bot.announcements.post import AlertSubject
from bot.announcements.poster import Poster
from bot.announcements.scheduler import SWEEP, Scheduler
from bot.announcements.state import take_in
from bot.clock import Clock
from bot.commands.access import Access
from bot.commands.admin.drafts import Drafts
from bot.commands.channels import Channels
from bot.commands.context import AdminServices, CommandServices
from bot.domain.errors import LedgerUnavailableError
from bot.domain.language import Language
from bot.domain.series import Series
from bot.domain.subscriptions import Address
from bot.schedule.editor import ScheduleEditor
from bot.schedule.reader import written
from bot.schedule.revisions import History
from bot.schedule.service import Schedule
from bot.schedule.versions import ScheduleVersions
from bot.sources.page.sync import PageSync
from bot.storage import CannotOpenError, Store, open_store

_OPENING: Final = 10.0
"""Seconds that the start waits for the database; posts can come later, answers can't."""

_LOOK: Final = 2.0
"""Seconds between two looks at the versions that other machines may have written."""

_log: Final = structlog.get_logger(__name__)


class AnnouncementService:
    """The announcer together with its database and the schedule: opened when it can be, and kept going.

    `services` is there while the database is; `wait_open` tells at the start whether the database can be used at all.
    """

    def __init__(
        self,
        schedule: Schedule,
        clock: Clock,
        database: str | Path,
        posters: Mapping[str, Poster],
        access: Access,
        fixed: Collection[Address],
        organizers: Address | None,
        timeouts: DeliveryTimeouts,
        platforms: Callable[[], tuple[tuple[str, bool, str], ...]] = tuple,
        clock_skew: Callable[[], float | None] = lambda: None,
        calendars: Sequence[EventCalendar] = (),
    ) -> None:
        self._schedule: Final = schedule
        self._clock: Final = clock
        self._database: Final = database
        self._posters: Final = posters
        self._access: Final = access
        self._fixed: Final = frozenset(fixed)
        self._organizers: Final = organizers
        self._timeouts: Final = timeouts
        self._platforms: Final = platforms
        self._clock_skew: Final = clock_skew
        self._calendars: Final = calendars
        self._event_syncs: list[EventSync] = []
        self._changed: Final = asyncio.Event()
        self._announcer: Scheduler | None = None
        self._drafts: Final = Drafts()
        self._opened: Final = asyncio.Event()
        self._page: PageSync | None = None
        self.services: CommandServices | None = None
        self.journal: Final = LoggingJournal()
        self.on_accepted: Callable[[Series, History], None] = lambda *_: None
        """Called with each version of the schedule that was accepted, and with what has changed up to it."""

    @property
    def well(self) -> bool:
        """Whether posts go out, as far as the database is concerned."""
        return self._announcer is not None and self._announcer.well

    @property
    def seconds_since_tick(self) -> float | None:
        """How long ago everything that was due was last looked after; None if it never was, or not since an outage."""
        return self._announcer.seconds_since_tick if self._announcer else None

    def wake(self) -> None:
        """Has the plan made anew, if there is an announcer."""
        if self._announcer:
            self._announcer.wake()
        for event_sync in self._event_syncs:
            event_sync.wake()

    async def opened(self, running: asyncio.Task[None]) -> None:
        """Waits until the database is open or, for whatever reason, takes long. Raises what `run` raised."""
        waiting = asyncio.create_task(self._opened.wait())
        await asyncio.wait({running, waiting}, timeout=_OPENING, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if running.done():
            running.result()

    async def run(self) -> None:
        """Announces until it is cancelled. A database that is away is waited for; raises CannotOpenError for one that
        can't be used, if that shows at the start."""
        self._schedule.on_change = self._changed.set
        zone = self._schedule.series.timezone
        while True:
            try:
                async with open_store(self._database, zone, lease=self._timeouts.lease) as store:
                    await self._with(store)
            except LedgerUnavailableError as error:
                _log.error("announcer.database_unavailable", reason=str(error))
            except CannotOpenError:
                if not self._opened.is_set():
                    raise
                _log.exception("announcer.database_lost")
            except Exception:
                _log.exception("announcer.failed")
            self.services = self._announcer = self._page = None
            await asyncio.sleep(SWEEP)

    async def _with(self, store: Store) -> None:
        await take_in(store.followers, self._fixed, self._clock.now())
        dispatcher = Dispatcher(
            series=self._schedule.series,
            announced=store.announced,
            ledger=store.ledger,
            followers=store.followers,
            posters=self._posters,
            now=self._clock.now,
            elapsed=store.elapsed,
            journal=self.journal,
            organizers=self._organizers,
            timeouts=self._timeouts,
            pauses=store.pauses,
            status=self._status,
        )
        versions = ScheduleVersions(self._schedule, store.revisions, dispatcher.accept, self._clock.now, store.turn)
        announcer = self._announcer = Scheduler(dispatcher, self._clock, versions.follow)
        channels = Channels(self._posters, self.wake)
        editor = ScheduleEditor(versions, self.wake)
        page = self._page = PageSync(
            schedule=self._schedule,
            pages=store.pages,
            revisions=store.revisions,
            editor=editor,
            ledger=store.ledger,
            organizers=self._organizers,
            now=self._clock.now,
            wake=self.wake,
        )
        admin = AdminServices(
            editor,
            ImpactPreview(store.announced, store.ledger, store.followers, self._clock.now),
            store.revisions,
            self.operations(dispatcher, store),
            self._drafts,
            page,
        )
        self.services = CommandServices(store.followers, channels, self._access, self._fixed, admin)
        await self._accepted(dispatcher, versions)
        self._opened.set()
        self._event_syncs = [self._event_sync(calendar, store, dispatcher) for calendar in self._calendars]
        beside = [asyncio.create_task(each.run()) for each in self._event_syncs]
        beside.append(asyncio.create_task(self._accepting(dispatcher, versions)))
        beside.append(asyncio.create_task(self._following(versions)))
        beside.append(asyncio.create_task(page.run()))
        try:
            await announcer.run()
        finally:
            for task in beside:
                task.cancel()
            await asyncio.wait(beside)

    def _event_sync(self, calendar: EventCalendar, store: Store, dispatcher: Dispatcher) -> EventSync:
        return EventSync(
            calendar,
            store.events,
            store.followers,
            lambda: dispatcher.snapshot.series,
            self._clock.now,
            store.elapsed,
            dispatcher.tell,
            self.journal.failed,
            store.pauses,
        )

    async def _accepting(self, dispatcher: Dispatcher, versions: ScheduleVersions) -> None:
        """Takes over each version of the schedule as it comes, as a revision and as what is to be told."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            try:
                await self._accepted(dispatcher, versions)
            except LedgerUnavailableError as error:
                _log.error("announcer.database_unavailable", reason=str(error))
                await asyncio.sleep(SWEEP)
                self._changed.set()
            except Exception:
                _log.exception("announcer.not_accepted")
            self.wake()
            if self._page:
                self._page.look()

    async def _following(self, versions: ScheduleVersions) -> None:
        """Looks for what other machines have written, so that it is in force here within seconds, too."""
        while versions.shared:
            await asyncio.sleep(_LOOK)
            try:
                await versions.follow()
            except LedgerUnavailableError as error:
                _log.error("announcer.database_unavailable", reason=str(error))
                await asyncio.sleep(SWEEP)
            except Exception:
                _log.exception("announcer.not_followed")
                await asyncio.sleep(SWEEP)

    async def _accepted(self, dispatcher: Dispatcher, versions: ScheduleVersions) -> None:
        revision, series = await versions.take_in(), self._schedule.series
        history = await versions.revisions.history(revision.id) if revision else None
        if history:
            self.on_accepted(series, history)

    def _status(self) -> list[AlertSubject]:
        """What is the matter with the file and with the organizers' page."""
        return [*self._broken(), *(self._page.status() if self._page else [])]

    def _broken(self) -> list[AlertSubject]:
        """What is wrong with the file as it is now, told once a day until somebody mends it."""
        series, problems = self._schedule.series, self._schedule.problems
        if not problems:
            return []
        language, now = series.language, series.local(self._clock.now())
        first = written(problems[0], language)
        values = {"count": str(len(problems)), "first": first}
        return [AlertSubject(f"file/{now:%Y-%m-%d}/{first}"[:200], "notice.broken_file", values, now)]

    def operations(self, dispatcher: Dispatcher, store: Store) -> Operations:
        """What organizers look after the announcer by."""
        return Operations(
            dispatcher, store.ledger, store.followers, store.pauses, self._clock.now, self.wake, self._condition
        )

    def _condition(self, language: Language) -> HealthReport:
        mistakes = tuple(written(problem, language) for problem in self._schedule.problems)
        return HealthReport(self._platforms(), self.well, self._clock_skew(), mistakes)
