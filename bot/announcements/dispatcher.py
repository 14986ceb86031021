"""Tells what is due, once to each follower: a tick plans anew what is to be done by now, and lanes do it.

A tick comes when the schedule, the clock or a follower has changed, when something didn't go as planned, and every
20 seconds; not each time a channel is done.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.announcements.acceptance import accepted, first_states
from bot.announcements.alerts import Alerts, has_nothing_to_tell
from bot.announcements.corrections import Corrections
from bot.announcements.delivery import Delivery, PostingContext
from bot.announcements.lanes import Lanes, Work
from bot.announcements.ledger import OpenPost, PostStatus, SentPost
from bot.announcements.news import next_settling, settled
from bot.announcements.pinned_cards import NOTHING, CardWork, PinnedCards
from bot.announcements.planner import next_due, planned_news, planned_stages
from bot.announcements.post import AlertSubject, DigestSubject, PostSubject, in_time, keys
from bot.announcements.selection import Reason, Selections
from bot.announcements.slices import in_slices
from bot.announcements.snapshot import LOOKING_BACK, PlanningSnapshot, PlanningState
from bot.announcements.state import LectureState, StateUpdate
from bot.announcements.store import AnnouncementStore
from bot.announcements.told import Told
from bot.domain.errors import LedgerUnavailableError
from bot.domain.series import Series
from bot.domain.subscriptions import Address, Follower


@dataclass(frozen=True, slots=True)
class Wake:
    """When there is something to do next: at an instant of the series' clock, or after so many elapsed seconds."""

    at: datetime | None
    within: float | None


_SOON: Final = 1.0
"""Seconds until all is planned anew after something didn't go as planned; other such things may happen meanwhile."""


class Dispatcher:
    """The announcer of one process; any number of them may share a ledger.

    It plans from the schedule that was accepted last, and calls `wake` when there is to be a tick. In a pause nothing
    of the schedule is told.
    """

    def __init__(
        self,
        store: AnnouncementStore,
        context: PostingContext,
        planning: PlanningState,
        alerts: Alerts,
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self._series: Series = planning.snapshot.series
        self._planning: Final = planning
        self._ledger: Final = store.ledger
        self._followers: Final = store.followers
        self._now: Final = context.now
        self._reaches: Final = context.reaches
        self._journal: Final = context.journal
        self._alerts: Final = alerts
        self._wake: Final = wake
        self._told: Final = Told(store.ledger)
        self._delivery: Final = Delivery(store, context, planning, self._told, alerts)
        self._corrections: Final = Corrections(store.ledger, planning, self._delivery)
        self._pinned_cards: Final = PinnedCards(store.ledger, self._delivery, context, alerts)
        self._lanes: Final = Lanes(self._do, wake)
        self._known: Sequence[Follower] = ()
        self._audience: dict[Address, Follower] = {}
        self._soon: asyncio.TimerHandle | None = None

    @property
    def snapshot(self) -> PlanningSnapshot:
        """What posts are planned and worded from at the moment."""
        return self._planning.snapshot

    @property
    def troubles(self) -> tuple[AlertSubject, ...]:
        """What is the matter, and what organizers were told today, but for a pause."""
        return self._alerts.troubles(self._series, self._now(), None)

    async def accept(self, series: Series, quietly: bool = False) -> None:
        """Takes a schedule, with its holidays, as accepted now: at the start, and whenever it has changed.

        The very first one counts as known; later ones make news, unless they are taken in `quietly`. Raises
        LedgerUnavailableError, and goes on with the schedule accepted before.
        """
        now = self._now()

        def step(lecture_states: Mapping[str, LectureState] | None) -> StateUpdate | None:
            if lecture_states is None:
                return first_states(series, now)
            return accepted(lecture_states, series, now, quietly=quietly)

        await self._planning.step(step)
        self._series = series
        await self._planning.look(series, now, self._alerts.troubles(series, now, self._planning.pause))

    async def tick(self) -> None:
        """Starts everything that is due and that no lane works on yet. Raises LedgerUnavailableError."""
        series, now = self._series, self._now()
        await self._planning.look_for_pause(now)
        await self._planning.step(
            lambda states: settled(states, series, now, self._planning.collected) if states is not None else None
        )
        troubles = self._alerts.troubles(series, now, self._planning.pause)
        news = await self._planning.look(series, now, troubles)
        await self._look_at_followers(now)
        subjects: list[PostSubject] = [*planned_news(series, news)]
        subjects += planned_stages(series, now - LOOKING_BACK, _just_after(now), self.snapshot.lecture_states)
        notices = self._alerts.due(series, self.snapshot.lecture_states, now)
        await self._told.look(key for subject in [*subjects, *notices] for key in keys(subject))
        await self._corrections.look(series, now, self._audience)
        todo = _Due(
            Selections(() if self._planning.pause else subjects, now),
            frozenset(key for subject in subjects if in_time(subject, now) for key in keys(subject)),
            notices,
            await self._open_posts(),
            await self._pinned_cards.plan(series, self._audience),
        )
        at_work = {*todo.open_posts, *self._corrections.addresses, *self._lanes.addresses}
        async for address in in_slices({*self._audience, *todo.cards, *at_work}):
            work = await self._work(address, todo, now) if self._reaches(address) else ()
            self._lanes.plan(address, work)
        self._corrections.may_be_needed |= self._lanes.busy
        self._lanes.start()

    def look_again(self) -> None:
        """Has all messages compared with what is true at the next tick: there is one more."""
        self._corrections.look_again()
        self._wake()

    async def next_wake(self) -> Wake:
        """When there is something to do next. Raises LedgerUnavailableError."""
        snapshot, now = self.snapshot, self._now()
        moments: Iterable[datetime | None] = (
            next_due(snapshot.series, snapshot.lecture_states, now),
            next_settling(snapshot.lecture_states, snapshot.series, now, self._planning.collected),
            self._alerts.next_due(snapshot.series, now),
            self._planning.pause.until if self._planning.pause else None,
            snapshot.series.next_change(now) if self._corrections.may_be_needed or self._pinned_cards.in_use else None,
        )
        return Wake(min((each for each in moments if each), default=None), await self._ledger.next_open())

    async def idle(self) -> None:
        """Waits until all lanes have done their work."""
        await self._lanes.idle()

    async def close(self, within: float) -> None:
        """Lets what is being sent be finished; what takes longer is cut off, and looked up after the next start."""
        if self._soon:
            self._soon.cancel()
        await self._lanes.close(within)

    async def _work(self, address: Address, due: "_Due", now: datetime) -> list[Work]:
        """What is to be done at an address; what is to be skipped there is recorded."""
        told = self._told.at(address, due.in_time)
        follower = self._audience.get(address)
        work: list[Work] = [*due.open_posts.get(address, ())]
        if follower:
            todo = due.selections.of(follower, told)
            for subject, reason in todo.skipped:
                await self._skip(address, subject, reason, now)
            work += todo.posts
        if address == self._alerts.organizers:
            untold = [each for each in due.notices if keys(each)[0] not in told]
            work += await self._worth_telling(untold, address, now)
        work += self._corrections.at(address)
        if card := due.cards.get(address):
            work += [card.post] if card.post else []
            work += [replace(card, post=None)] if replace(card, post=None) != NOTHING else []
        return work

    async def _open_posts(self) -> Mapping[Address, Sequence[OpenPost]]:
        """What nobody works on and may be sent, by address."""
        found: dict[Address, list[OpenPost]] = {}
        for post in await self._ledger.open_posts():
            if self._planning.may_send(post.subject):
                found.setdefault(post.address, []).append(post)
        return found

    async def _worth_telling(
        self, notices: Iterable[AlertSubject | DigestSubject], organizers: Address, now: datetime
    ) -> list[AlertSubject | DigestSubject]:
        """What organizers are to be told now; a digest of a week in which all is well is done with."""
        empty = has_nothing_to_tell(self.snapshot.troubles, self._series, now)
        for each in notices:
            if empty and isinstance(each, DigestSubject):
                await self._skip(organizers, each, Reason.NOTHING_MISSING, now)
        return [each for each in notices if not (empty and isinstance(each, DigestSubject))]

    async def _skip(self, address: Address, subject: PostSubject, reason: Reason, now: datetime) -> None:
        if await self._ledger.skip(subject, keys(subject), address, now, reason):
            self._told.note(address, keys(subject), stale=reason is Reason.STALE)
            self._journal.skipped(address, subject, reason)
        else:
            self._told.forget(keys(subject))

    async def _look_at_followers(self, now: datetime) -> None:
        """All followers by address; where organizers are told of trouble is one, that wants nothing else."""
        known = await self._followers.followers()
        if known is self._known and self._audience:
            return
        self._known, self._audience = known, {follower.address: follower for follower in known}
        if self._alerts.organizers:
            organizers = Follower(self._alerts.organizers, now, lectures=frozenset())
            self._audience.setdefault(self._alerts.organizers, organizers)

    async def _do(self, address: Address, work: Work) -> None:
        """Does one thing at an address; whatever goes wrong with it, a tick soon plans it anew."""
        looks, done = self._corrections.looks, False
        try:
            done = await self._done(address, work)
        except LedgerUnavailableError as error:
            self._journal.troubled(address, None, "ledger", str(error))
        except Exception as error:
            self._journal.failed(f"lane {address}", error)
        if looks != self._corrections.looks and not isinstance(work, SentPost):
            self._corrections.look_again()
            done = False
        if not done:
            self._wake_soon()

    async def _done(self, address: Address, work: Work) -> bool:
        """Does it; whether nothing is left to be seen to."""
        if not self._reaches(address):
            return False
        follower = self._audience.get(address)
        match work:
            case OpenPost():
                if work.status is not PostStatus.WAITING:  # what is found to stand there may say something else
                    self._corrections.look_again()
                return await self._delivery.resume(follower, work)
            case SentPost():
                return await self._corrections.correct(follower, work)
            case CardWork():
                await self._pinned_cards.do(self._series, follower, work)
                return True
            case subject:
                return follower is None or await self._delivery.send(follower, subject)

    def _wake_soon(self) -> None:
        if self._soon is None or self._soon.when() <= asyncio.get_running_loop().time():
            self._soon = asyncio.get_running_loop().call_later(_SOON, self._wake)


@dataclass(frozen=True, slots=True)
class _Due:
    """What one tick plans from. `in_time` are the keys of stages that are still of use."""

    selections: Selections
    in_time: frozenset[str]
    notices: Sequence[AlertSubject | DigestSubject]
    open_posts: Mapping[Address, Sequence[OpenPost]]
    cards: Mapping[Address, CardWork]


def _just_after(now: datetime) -> datetime:
    return now + timedelta(microseconds=1)
