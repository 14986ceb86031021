"""The announcer along the time of a chat, which somebody moves to and fro."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Final

from bot.announcements.poster import Poster
from bot.catalog.holidays import with_holidays
from bot.catalog.service import Schedule
from bot.catalog.wording import written
from bot.channels import PlatformChannels
from bot.clock import Clock, SimulatedClock
from bot.commands.access import Access
from bot.commands.managing.drafts import Drafts
from bot.commands.managing.foresight import AnnouncerForesight
from bot.commands.managing.operations import Condition
from bot.commands.office import Management, Office
from bot.domain.audience import Follower
from bot.domain.language import Language
from bot.editing import FileEditor
from bot.operations import AnnouncerOperations
from bot.versions import Versions

if TYPE_CHECKING:
    from bot.simulation import Simulation

_AT_ONCE: Final = datetime.min.replace(tzinfo=UTC)


class Timeline:
    """Has posted what falls due as the chat's time goes on; nothing of it is kept beyond the chat.

    `schedule` is the one in service, `clock` is the chat's, `followers` are those at its start. The database
    is made when it is first needed: many a chat asks a few questions and ends.
    """

    def __init__(
        self,
        schedule: Schedule,
        clock: Clock,
        followers: Sequence[Follower],
        posters: Mapping[str, Poster],
        access: Access,
    ) -> None:
        self._schedule: Final = schedule
        self._clock: Final = clock
        self._followers = followers
        self._posters: Final = posters
        self._access: Final = access
        self._accepted = schedule.reading
        self._drafts: Final = Drafts()
        # The announcer has a clock of its own, which stands still while it works: posts are made at the moments at
        # which they are due, however fast the chat's clock runs on meanwhile.
        self._reached: Final = SimulatedClock(clock.now(), speed=0.0)
        self._idle_until = _AT_ONCE
        self._busy: Final = asyncio.Lock()
        self._opened: Final = AsyncExitStack()
        self._simulation: Simulation | None = None
        self._versions: Versions | None = None
        self.office: Office | None = None
        """What commands that act need; there once `catch_up` has had something to do, until the time is moved back."""

    @property
    def present(self) -> datetime:
        """The moment that the announcer has reached."""
        return self._reached.now()

    async def catch_up(self) -> None:
        """Has everything posted that falls due until the chat's present, and what comes of edits of the schedule."""
        async with self._busy:
            now = self._clock.now()
            if now < self._reached.now():
                await self._begin_anew(now)
                return
            if now < self._idle_until and self._schedule.reading is self._accepted:
                self._reached.move_to(now)
                return
            simulation = self._simulation or await self._open()
            await simulation.advance(now)
            if self._versions and self._schedule.reading is not self._accepted:
                self._accepted = self._schedule.reading
                await self._versions.take_in()
                await simulation.advance(now)
            self._idle_until = (await simulation.dispatcher.next_wake()).at or datetime.max.replace(tzinfo=UTC)

    async def close(self) -> None:
        """Forgets everything."""
        self.office = self._simulation = self._versions = None
        await self._opened.aclose()

    async def _open(self) -> "Simulation":
        await asyncio.to_thread(import_module, "bot.simulation")  # with the database's libraries, which take a while
        from bot.simulation import simulation

        series = await asyncio.to_thread(with_holidays, self._accepted)
        entered = simulation(lambda: series, self._reached, self._followers, self._posters)
        self._simulation = opened = await self._opened.enter_async_context(entered)
        store, dispatcher, now = opened.store, opened.dispatcher, self._reached.now
        self._versions = versions = Versions(self._schedule, store.revisions, dispatcher, now)
        await versions.take_in()
        management = Management(
            FileEditor(versions, self._wake),
            AnnouncerForesight(store.memory, store.ledger, store.followers, now),
            store.revisions,
            AnnouncerOperations(
                dispatcher, store.ledger, store.followers, store.pauses, now, self._wake, self._condition
            ),
            self._drafts,
        )
        channels = PlatformChannels(self._posters, self._wake)
        self.office = Office(store.followers, channels, self._access, management=management)
        return opened

    def _condition(self, language: Language) -> Condition:
        mistakes = tuple(written(problem, language) for problem in self._schedule.problems)
        return Condition((), True, None, mistakes)

    async def _begin_anew(self, now: datetime) -> None:
        """Goes back to an earlier moment, from which on everything is told again to those who follow by now.

        The memory can't go along: it has told what is yet to come and would never tell it again, and it would have for
        news the difference to a schedule that it will only see later.
        """
        followers = await self._simulation.store.followers.followers() if self._simulation else self._followers
        self._followers = [replace(each, since=now) for each in followers]
        await self.close()
        self._accepted, self._idle_until = self._schedule.reading, _AT_ONCE
        self._reached.move_to(now)

    def _wake(self) -> None:
        self._idle_until = _AT_ONCE
