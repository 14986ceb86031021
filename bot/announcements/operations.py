"""Looking after the bot from chat: what the announcer will do, what troubles it, and whether it may speak."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Final

import structlog

from bot.announcements.dispatcher import Dispatcher
from bot.announcements.ledger import OpenPost, SentPost
from bot.announcements.news import steps_to_come
from bot.announcements.planner import planned_news, planned_stages
from bot.announcements.post import FREE, ChangeSubject, FreeTextSubject, PostSubject, PublicMatter, keys
from bot.announcements.selection import selection
from bot.announcements.snapshot import LOOKING_BACK, PlanningSnapshot
from bot.announcements.state import Pause
from bot.announcements.store import AnnouncementStore
from bot.domain.language import Language, Localized
from bot.domain.subscriptions import Address, Follower
from bot.i18n import phrases

_LAST: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """All that is to be told, what is waiting for its moment among it, and the situation in which it can be worded."""

    subjects: tuple[PublicMatter, ...]
    snapshot: PlanningSnapshot


@dataclass(frozen=True, slots=True)
class OutlookPost:
    """A post to come; `text` is its first line as the first of the followers gets it."""

    subject: PublicMatter
    followers: tuple[Follower, ...]
    text: str


def foreseen(
    snapshot: PlanningSnapshot, now: datetime, looking_back: timedelta, collected: datetime | None = None
) -> Foreseen:
    """What is planned from so long ago on, with news as they would settle if nothing more changed."""
    series, lecture_states = snapshot.series, snapshot.lecture_states
    news = [item for _, step in steps_to_come(lecture_states, series, now, collected) for item in step.news]
    coming = [replace(item, id=-position) for position, item in enumerate(news, 1)]
    items = {**snapshot.items, **{item.id: item for item in coming}}
    recent = [item for item in items.values() if item.settled_at >= now - looking_back]
    stages = planned_stages(series, now - looking_back, _LAST, lecture_states)
    return Foreseen((*planned_news(series, recent), *stages), replace(snapshot, items=items))


def outlook(
    known: Foreseen,
    followers: Sequence[Follower],
    taken: Mapping[Address, Collection[str]],
    now: datetime,
    most: int,
) -> list[OutlookPost]:
    """The first of the posts, soonest first: those that should be out by now, and then each at its moment."""
    posts: list[OutlookPost] = []
    told: list[ChangeSubject] = []
    for at, subjects in _by_moment(known.subjects, now):
        wanted: dict[PublicMatter, list[Follower]] = {}
        for follower in followers:
            done = {*taken.get(follower.address, ()), *(key for each in told for key in keys(each))}
            for post in selection(follower, [*told, *subjects], done, at).posts:
                wanted.setdefault(post, []).append(follower)
        told += (each for each in subjects if isinstance(each, ChangeSubject))
        for subject, several in wanted.items():
            text = known.snapshot.message(subject, several[0], at).headline
            posts.append(OutlookPost(subject, tuple(several), text))
        if len(posts) >= most:
            break
    return posts[:most]


def _by_moment(subjects: Sequence[PublicMatter], now: datetime) -> Iterator[tuple[datetime, list[PublicMatter]]]:
    def moment(subject: PublicMatter) -> datetime:
        return max(subject.due.astimezone(UTC), now.astimezone(UTC))

    for at, group in groupby(sorted(subjects, key=moment), moment):
        yield at, list(group)


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A post to come and who gets it; `text` is its first line as it would read."""

    due: datetime
    subject: PostSubject
    followers: tuple[Follower, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """A text of an organizer, and where it stands or is about to be posted."""

    subject: FreeTextSubject
    channels: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class HealthReport:
    """How the bot is doing: each platform's connection with what is the matter if anything, whether the database
    answers, by how many seconds the clock is off where a platform told so, and in words the file's mistakes and the
    rights that are lacking."""

    platforms: tuple[tuple[str, bool, str], ...]
    database: bool
    clock_skew: float | None
    mistakes: tuple[str, ...]
    lacking: tuple[str, ...] = ()


_log: Final = structlog.get_logger(__name__)


class Operations:
    """What the announcer does and suffers from. Methods may raise LedgerUnavailableError.

    `report_health` tells how the platforms, the clock and the file are doing; `wake` has the plan made anew.
    """

    def __init__(
        self,
        dispatcher: Dispatcher,
        store: AnnouncementStore,
        now: Callable[[], datetime],
        wake: Callable[[], None],
        report_health: Callable[[Language], HealthReport],
    ) -> None:
        self._dispatcher: Final = dispatcher
        self._ledger: Final = store.ledger
        self._followers: Final = store.followers
        self._pauses: Final = store.pauses
        self._collections: Final = store.collections
        self._now: Final = now
        self._wake: Final = wake
        self.report_health: Final = report_health

    @property
    def holidays(self) -> frozenset[date]:
        """The days off of the schedule in service."""
        return self._dispatcher.snapshot.series.holidays

    async def upcoming(self, most: int) -> list[Upcoming]:
        """The next posts, soonest first, pending news among them."""
        now = self._now()
        collecting = await self.collecting()
        known = foreseen(self._dispatcher.snapshot, now, LOOKING_BACK, collecting.until if collecting else None)
        everyone = await self._followers.followers()
        taken: dict[Address, set[str]] = {}
        for key, address in await self._ledger.taken({key for subject in known.subjects for key in keys(subject)}):
            taken.setdefault(address, set()).add(key)
        posts = outlook(known, everyone, taken, now, most)
        return [Upcoming(each.subject.due, each.subject, each.followers, each.text) for each in posts]

    async def paused(self) -> Pause | None:
        """Who holds all posts back, since when and until when."""
        return await self._pauses.pause(self._now())

    async def pause(self, by: str, until: datetime | None) -> bool:
        """Holds all posts back until that aware instant, or until `resume`; whether that changed anything."""
        changed = await self._pauses.begin(by, self._now(), until)
        self._wake()
        return changed

    async def resume(self, by: str) -> bool:
        """Lets posts and collected changes go out; whether they were held back."""
        now = self._now()
        paused, collecting = await self._pauses.end(by, now), await self._collections.pause(now)
        if collecting:
            await self._collections.begin(by, now, now)
        self._wake()
        return paused or collecting is not None

    async def collecting(self) -> Pause | None:
        """Who has changes collected, since when and until when."""
        return await self._collections.pause(self._now())

    async def collect(self, by: str, until: datetime) -> None:
        """Has changes that aren't urgent told together at that aware instant, not before."""
        await self._collections.begin(by, self._now(), until)
        self._wake()

    async def announce(
        self, announcement_id: str, text: Localized | None, channels: Sequence[Address], by: str
    ) -> None:
        """Has a text posted to these channels, once to each."""
        now = self._now()
        subject = FreeTextSubject(announcement_id, text, self._dispatcher.snapshot.series.local(now))
        await self._ledger.enqueue(subject, keys(subject), channels, now)
        _log.info("announcement.taken_in", by=by, to=[str(each) for each in channels], what=keys(subject))
        self._wake()

    async def announcements(self) -> list[Announcement]:
        """The texts of organizers that stand or are about to be posted, the latest first."""
        found: dict[FreeTextSubject, list[Address]] = {}
        posts: list[SentPost | OpenPost] = [*await self._ledger.sent_with_keys((), [FREE])]
        for post in [*posts, *await self._ledger.open_posts()]:
            if isinstance(post.subject, FreeTextSubject) and post.subject.text:
                found.setdefault(post.subject, []).append(post.address)
        oldest_first = sorted(found, key=lambda subject: subject.due.astimezone(UTC))
        return [Announcement(each, tuple(sorted(found[each]))) for each in reversed(oldest_first)]

    async def change(self, announcement: Announcement, text: Localized | None, by: str) -> None:
        """Has an announcement say this wherever it stands or is to go, or deleted without a text."""
        had = announcement.subject
        await self._ledger.reword(replace(had, text=text, edition=had.edition + 1))
        step = "corrected" if text else "withdrawn"
        _log.info(f"announcement.{step}", by=by, at=[str(each) for each in announcement.channels], what=keys(had))
        self._dispatcher.look_again()
        self._wake()

    def troubles(self, language: Language) -> tuple[str, ...]:
        """What organizers should know today."""
        say = phrases(language)
        return tuple(say(each.phrase, **each.values) for each in self._dispatcher.troubles)
