"""Tells what is due, once to each follower: everything is planned anew at each tick, nothing waits in memory.

A tick asks what should have been told by now and hands it to one lane for each address. Lanes work side by side, so
that a slow channel holds nobody up; within one, the most urgent goes first and one thing happens after the other.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.announcements.acceptance import accepted, first_states
from bot.announcements.alerts import Alerts, has_nothing_to_tell
from bot.announcements.delivery import Delivery, PostingContext
from bot.announcements.ledger import OpenPost, SentPost
from bot.announcements.news import next_settling, settled
from bot.announcements.pinned_cards import NOTHING, CardWork, PinnedCards
from bot.announcements.planner import next_due, planned_news, planned_stages
from bot.announcements.post import AlertSubject, DigestSubject, PostSubject, SharedAnswerSubject, in_time, keys
from bot.announcements.selection import Reason, Selection, selection
from bot.announcements.snapshot import LOOKING_BACK, PlanningSnapshot, PlanningState
from bot.announcements.state import LectureState, StateUpdate
from bot.announcements.store import AnnouncementStore
from bot.announcements.texts.render import is_settled
from bot.domain.errors import LedgerUnavailableError
from bot.domain.series import Series
from bot.domain.subscriptions import Address, Follower


@dataclass(frozen=True, slots=True)
class Wake:
    """When there is something to do next: at an instant of the series' clock, or after so many elapsed seconds."""

    at: datetime | None
    within: float | None


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be done for one address, in this order."""

    follower: Follower | None
    posts: tuple[PostSubject, ...] = ()
    open_posts: tuple[OpenPost, ...] = ()
    corrections: tuple[SentPost, ...] = ()
    card: CardWork = NOTHING


class Dispatcher:
    """The announcer of one process; any number of them may share a ledger.

    It plans from the schedule that was accepted last. `wake` is called when a channel's work is done: there may be more
    by then. In a pause nothing of the schedule is told.
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
        self._lanes: Final[dict[Address, asyncio.Task[None]]] = {}
        self._truth: tuple[Series, frozenset[int], datetime, datetime] | None = None
        self._may_become_wrong = True
        """Whether any post of ours could need an edit when an answer turns out differently."""
        self._delivery: Final = Delivery(store, context, planning, alerts)
        self._pinned_cards: Final = PinnedCards(store.ledger, self._delivery, context, alerts)

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
            lambda lecture_states: settled(lecture_states, series, now) if lecture_states is not None else None
        )
        troubles = self._alerts.troubles(series, now, self._planning.pause)
        news = await self._planning.look(series, now, troubles)
        followers = await self._audience(now)
        subjects: list[PostSubject] = [*planned_news(series, news)]
        subjects += planned_stages(series, now - LOOKING_BACK, _just_after(now), self.snapshot.lecture_states)
        notices = self._alerts.due(series, self.snapshot.lecture_states, now)
        taken = await self._ledger.taken({key for subject in [*subjects, *notices] for key in keys(subject)})
        taken -= await self._ledger.stale(
            {key for subject in subjects if in_time(subject, now) for key in keys(subject)}
        )
        open_posts = [post for post in await self._ledger.open_posts() if self._reaches(post.address)]
        wrong = await self._possibly_wrong(series, now, followers)
        cards = await self._pinned_cards.plan(series, followers)
        at_work = {*(post.address for post in open_posts), *(post.address for post in wrong)}
        for address in {*followers, *cards, *at_work}:
            if address in self._lanes or not self._reaches(address):
                continue
            follower = followers.get(address)
            paused = self._planning.pause is not None
            todo = selection(follower, subjects, taken, now) if follower and not paused else Selection((), ())
            for subject, reason in todo.skipped:
                await self._skip(address, subject, reason, now)
            posts: tuple[PostSubject, ...] = todo.posts
            if address == self._alerts.organizers:
                untold = [each for each in notices if (keys(each)[0], address) not in taken]
                posts = (*await self._worth_telling(untold, address, now), *posts)
            open_here = tuple(
                post for post in open_posts if post.address == address and self._planning.may_send(post.subject)
            )
            wrong_here = tuple(post for post in wrong if post.address == address)
            card = cards.get(address, NOTHING)
            posts = (*posts, *([card.post] if card.post else ()))
            self._start(address, _Work(follower, posts, open_here, wrong_here, card))

    def look_again(self) -> None:
        """Has all messages compared with what is true at the next tick: there is one more."""
        self._truth = None
        self._may_become_wrong = True
        self._wake()

    async def next_wake(self) -> Wake:
        """When there is something to do next. Raises LedgerUnavailableError."""
        snapshot, now = self.snapshot, self._now()
        moments: Iterable[datetime | None] = (
            next_due(snapshot.series, snapshot.lecture_states, now),
            next_settling(snapshot.lecture_states, snapshot.series, now),
            self._alerts.next_due(snapshot.series, now),
            self._planning.pause.until if self._planning.pause else None,
            snapshot.series.next_change(now) if self._may_become_wrong or self._pinned_cards.in_use else None,
        )
        return Wake(min((each for each in moments if each), default=None), await self._ledger.next_open())

    async def idle(self) -> None:
        """Waits until all lanes have done their work."""
        while self._lanes:
            await asyncio.wait(self._lanes.values())

    async def close(self, within: float) -> None:
        """Lets what is being sent be finished; what takes longer is cut off, and looked up after the next start."""
        lanes = [*self._lanes.values()]
        if not lanes:
            return
        _, late = await asyncio.wait(lanes, timeout=within)
        for lane in late:
            lane.cancel()
        if late:
            await asyncio.wait(late)

    async def _possibly_wrong(
        self, series: Series, now: datetime, followers: Mapping[Address, Follower]
    ) -> list[SentPost]:
        """Posts that may say what is no longer true, since something has changed after they were last looked at."""
        truth = self._truth
        known = frozenset(self.snapshot.items)
        if truth and truth[0] is series and truth[1] == known and truth[2] <= now.astimezone(UTC) < truth[3]:
            return []
        posts = [
            post
            for post in await self._standing(series, now)
            if _reader(post, followers.get(post.address)) and not is_settled(post.subject, series, now)
        ]
        in_reach = [post for post in posts if self._reaches(post.address)]
        self._may_become_wrong = bool(posts or self._lanes)
        await self._planning.recall(in_reach)
        readers = ((post, _reader(post, followers.get(post.address))) for post in in_reach)
        wrong = [post for post, reader in readers if reader and self._delivery.is_wrong(reader, post)]
        if len(in_reach) == len(posts) and not any(post.address in self._lanes for post in wrong):
            self._truth = (series, known, now.astimezone(UTC), series.next_change(now))
        return wrong

    async def _standing(self, series: Series, now: datetime) -> list[SentPost]:
        """All messages that may have to be edited: posts, and answers that were shared at any time."""
        posts = await self._planning.standing_posts(self._ledger, series, now)
        found = [*posts, *await self._ledger.shared_answers()]
        return [*{post.marker: post for post in found}.values()]

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
            self._journal.skipped(address, subject, reason)

    async def _audience(self, now: datetime) -> dict[Address, Follower]:
        """All followers by address; where organizers are told of trouble is one, that wants nothing else."""
        everyone = {follower.address: follower for follower in await self._followers.followers()}
        if self._alerts.organizers:
            everyone.setdefault(self._alerts.organizers, Follower(self._alerts.organizers, now, lectures=frozenset()))
        return everyone

    def _start(self, address: Address, work: _Work) -> None:
        if not (work.posts or work.open_posts or work.corrections or work.card != NOTHING):
            return
        self._may_become_wrong = True
        lane = asyncio.create_task(self._lane(address, work), name=f"lane {address}")
        self._lanes[address] = lane
        lane.add_done_callback(lambda _: self._done(address))

    def _done(self, address: Address) -> None:
        self._lanes.pop(address, None)
        self._wake()

    async def _lane(self, address: Address, work: _Work) -> None:
        """Does the work of one address; whatever goes wrong with it, the next tick plans it anew."""
        try:
            for post in work.open_posts:
                await self._delivery.resume(work.follower, post)
            for subject in work.posts:
                if work.follower:
                    await self._delivery.send(work.follower, subject)
            for sent in work.corrections:
                reader = _reader(sent, work.follower)
                if reader and not await self._delivery.correct(reader, sent):
                    self._truth = None
            await self._pinned_cards.do(self._series, work.follower, work.card)
        except LedgerUnavailableError as error:
            self._truth = None
            self._journal.troubled(address, None, "ledger", str(error))
        except Exception as error:
            self._truth = None
            self._journal.failed(f"lane {address}", error)


def _reader(post: SentPost, follower: Follower | None) -> Follower | None:
    """For whom a message is worded: an answer that was shared is for all in the channel, whether it follows or not."""
    if isinstance(post.subject, SharedAnswerSubject):
        return Follower(post.address, post.sent_at, language=post.subject.language)
    return follower


def _just_after(now: datetime) -> datetime:
    return now + timedelta(microseconds=1)
