"""Keeps a platform's events in step with the schedule, one process at a time: looks, compares, and does what is due."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.announcements.alerts import Alerts
from bot.announcements.events.calendar import EVENTS_LEASE, EventCalendar, EventRecord, Lease, Listed, Place
from bot.announcements.events.desired import desired_events
from bot.announcements.events.diff import CancelEvent, Change, Create, Edit, Remove, Step, adopted, steps, withdrawal
from bot.announcements.ledger import GUARD
from bot.announcements.post import AlertSubject
from bot.announcements.poster import NotSent, Outcome, Posted, Refusal, Refused, Unknown
from bot.announcements.snapshot import PlanningState
from bot.announcements.store import AnnouncementStore
from bot.domain.language import Language
from bot.domain.series import Series
from bot.domain.subscriptions import Follower

_HOUR: Final = 3600.0
"""Seconds after which the events are looked at even if nothing has changed."""

_AGAIN: Final = 30.0
"""Seconds until what could not be done is tried again."""

_A_BIT: Final = 1.0
"""So much later than necessary it is looked, since timers may ring early."""


class _StoppedError(Exception):
    """Not all could be done now."""


class _LostError(_StoppedError):
    """Whether the last step was done is not known: the lease is not released, so that nobody looks too early."""


class EventSync:
    """Keeps the events of one platform. In a pause nothing new is made, but what is there is kept true.

    The list of the platform is the truth; our records add who is at it, and which events people removed.
    """

    def __init__(
        self,
        calendar: EventCalendar,
        store: AnnouncementStore,
        planning: PlanningState,
        alerts: Alerts,
        now: Callable[[], datetime],
    ) -> None:
        self._calendar: Final = calendar
        self._records: Final = store.events
        self._followers: Final = store.followers
        self._pauses: Final = store.pauses
        self._elapsed: Final = store.elapsed
        self._planning: Final = planning
        self._alerts: Final = alerts
        self._now: Final = now
        self._kept_for: object = None
        self._until = datetime.min.replace(tzinfo=UTC)

    @property
    def platform(self) -> str:
        """The platform whose events it keeps."""
        return self._calendar.platform

    async def run_due(self) -> float:
        """Does what is to be done; returns the seconds until it should be looked again. Raises
        LedgerUnavailableError. Nothing is asked of the platform before something changed that events depend on, or may
        read otherwise."""
        now, situation = self._now().astimezone(UTC), await self._situation()
        if situation is not None and situation == self._kept_for and now < self._until:
            return (self._until - now).total_seconds()
        self._kept_for = None
        if not await self.keep():
            return _AGAIN
        pause = self._pause()
        self._kept_for, self._until = situation, now + timedelta(seconds=pause)
        return pause

    async def _situation(self) -> object:
        """What the events depend on, to be compared; None while the platform can't be asked."""
        if not self._calendar.ready:
            return None
        here = {each.address: each.language for each in await self._followers.followers() if self._is_here(each)}
        paused = await self._pauses.pause(self._now()) is not None
        return self._planning.snapshot.series, paused, here, self._calendar.places([*here])

    def _is_here(self, follower: Follower) -> bool:
        return follower.address.platform == self._calendar.platform and not follower.address.is_person

    async def keep(self) -> bool:
        """Does what is to be done; False if not all of it could be done now. Raises LedgerUnavailableError."""
        if not self._calendar.ready:
            return True
        lease = await self._records.acquire_lease(self._calendar.platform, EVENTS_LEASE)
        if lease is None:
            return False
        try:
            await self._kept(lease)
        except _LostError:
            return False
        except _StoppedError:
            await self._records.release_lease(self._calendar.platform, lease)
            return False
        await self._records.release_lease(self._calendar.platform, lease)
        return True

    def _pause(self) -> float:
        """Seconds until something may read otherwise, such as that registration is closed, or a pause ends."""
        now, pause = self._now(), self._planning.pause
        change = self._planning.snapshot.series.next_change(now)
        moments = (change, pause.until) if pause and pause.until else (change,)
        return min(_HOUR, *((each - now.astimezone(UTC)).total_seconds() + _A_BIT for each in moments))

    async def _kept(self, lease: Lease) -> None:
        """Keeps each place's events; what stops one place doesn't stop the others."""
        platform = self._calendar.platform
        everyone = {each.address: each for each in await self._followers.followers() if self._is_here(each)}
        places = {each.id: each for each in self._calendar.places([*everyone])}
        stopped: _StoppedError | None = None
        for left in sorted(await self._records.places(platform) - places.keys()):
            places[left] = Place(left, "", (), allowed=True)
        for place in places.values():
            try:
                await self._kept_at(place, [everyone[each] for each in place.channels], lease)
            except _StoppedError as stop:
                stopped = stop if stopped is None or isinstance(stop, _LostError) else stopped
        if stopped:
            raise stopped

    async def _kept_at(self, place: Place, followers: Sequence[Follower], lease: Lease) -> None:
        series = self._planning.snapshot.series
        if not place.allowed:
            self._hint(place, series)
            return
        found = await self._calendar.listed(place.id)
        if isinstance(found, Refused):
            return  # the bot is no longer there
        if not isinstance(found, Listed):
            raise _StoppedError
        noted = {**await self._records.records(self._calendar.platform, place.id)}
        for number, unnoted in adopted(found, noted).items():
            noted[number] = unnoted
            await self._note(place.id, number, unnoted)
        if not followers:
            todo = withdrawal(found, noted)
        else:
            language, now = _language(followers, series), self._now()
            paused = await self._pauses.pause(now) is not None
            should = desired_events(series, now, language)
            changes = [
                Change(each.lecture, self._calendar.shown(each, language), each.new and not paused)
                for each in should.events
            ]
            todo = steps(changes, should.cancelled, found, noted, now.astimezone(UTC))
        for step in todo:
            if lease.ends - self._elapsed() < GUARD:
                raise _StoppedError
            outcome = await self._done(place.id, step)
            if isinstance(outcome, Refused) and outcome.why is Refusal.RIGHTS:
                self._hint(place, series)
                return
            if isinstance(outcome, NotSent):
                raise _StoppedError
            if isinstance(outcome, Unknown):
                raise _LostError

    async def _done(self, place: str, step: Step) -> Outcome:
        """Takes one step and notes it. One that is refused, as where somebody was faster, is left to the next look."""
        calendar = self._calendar
        match step:
            case Create(lecture, shown):
                outcome = await calendar.create(place, shown)
                if isinstance(outcome, Posted):
                    await self._note(place, lecture, EventRecord(outcome.message, shown.starts))
            case Edit(lecture, event, shown, start):
                outcome = await calendar.edit(place, event, shown, start=start)
                if isinstance(outcome, Posted):
                    await self._note(place, lecture, EventRecord(event, shown.starts))
            # Forgotten before: an event that is still there is known again by its marker, but one that is gone, and
            # was not forgotten, would pass for one that somebody took away.
            case CancelEvent(lecture, event, begun):
                await self._note(place, lecture, None)
                outcome = await calendar.call_off(place, event, begun=begun)
            case Remove(number, event):
                if number is not None:
                    await self._note(place, number, None)
                outcome = await calendar.remove(place, event)
        return outcome

    async def _note(self, place: str, lecture: str, noted: EventRecord | None) -> None:
        await self._records.record(self._calendar.platform, place, lecture, noted)

    def _hint(self, place: Place, series: Series) -> None:
        """Tells organizers, once and for all, that there could be events."""
        key = f"events/{self._calendar.platform}/{place.id}"
        self._alerts.tell(
            AlertSubject(key, "notice.no_events", {"where": place.name or place.id}, series.local(self._now()))
        )


def _language(followers: Sequence[Follower], series: Series) -> Language:
    """What most of the channels there read; the series' language where it is a draw."""
    counted = Counter(each.language or series.language for each in followers)
    return max(counted, key=lambda each: (counted[each], each == series.language))
