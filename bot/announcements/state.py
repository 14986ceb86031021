"""What the public knows of each lecture, and since when; kept, so that a restart neither repeats nor forgets news."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from bot.domain.lecture import Lecture
from bot.domain.reminder_times import News
from bot.domain.subscriptions import Address, Follower


@dataclass(frozen=True, slots=True)
class LectureState:
    """One lecture as it was last accepted and as it was last announced; all instants are aware.

    `current` is None once the lecture was removed from the schedule, `announced` until it is announced first.
    `changed_at` is when `current` last changed, `date_changed_at` and `deadline_changed_at` when its present start and
    deadline became known, `form_added_at` when it got a form: a stage that was due before is not sent.
    `announced_links` are all materials that were ever announced.
    """

    lecture: str
    current: Lecture | None
    announced: Lecture | None
    changed_at: datetime
    date_changed_at: datetime
    deadline_changed_at: datetime
    form_added_at: datetime
    announced_links: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One lecture's change that is to be told: from what the public knew to what was accepted.

    `kinds` begin with the weightiest. `settled_at` (aware) is the moment from which it is due.
    """

    id: int
    lecture: str
    kinds: tuple[News, ...]
    before: Lecture | None
    after: Lecture | None
    settled_at: datetime
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class StateUpdate:
    """What changes at once: the states of some lectures, and news (their ids are given when stored)."""

    lecture_states: Sequence[LectureState]
    news: Sequence[NewsItem] = ()


class AnnouncedState(Protocol):
    """What was announced. Every method is one transaction; any may raise LedgerUnavailableError."""

    async def lecture_states(self) -> Mapping[str, LectureState] | None:
        """Every lecture by id; None before the first update: this is the first start."""

    async def apply(self, update: StateUpdate, expected: Mapping[str, LectureState] | None) -> bool:
        """Applies an update made from `expected`; False, and nothing changed, if the state is another by now."""

    async def news(self, since: datetime) -> list[NewsItem]:
        """The news settled since that instant, oldest first."""

    async def news_by_id(self, ids: Collection[int]) -> Mapping[int, NewsItem]:
        """These news, whatever their age."""


class Followers(Protocol):
    """The channels that follow and the people to be reminded. Any method may raise LedgerUnavailableError."""

    async def followers(self) -> Sequence[Follower]:
        """All of them, by address; the same sequence as long as nothing changes."""

    async def follower(self, address: Address) -> Follower | None:
        """The one at that address."""

    async def changed_by(self, by: str) -> list[Address]:
        """Those that follow and were last changed by `by`."""

    async def follow(self, follower: Follower, by: str, now: datetime) -> None:
        """Adds a follower, or changes what it wants; `by` says who asked for it, for the log."""

    async def unfollow(self, address: Address, by: str, now: datetime) -> bool:
        """Ends following; False if nobody followed there. What was sent stays in the ledger."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Posts to channels and people wait since that aware instant, up to `until` (aware) or until somebody ends it.

    `by` is what people call whoever wanted it.
    """

    by: str
    since: datetime
    until: datetime | None = None


class Pauses(Protocol):
    """Whether posts are held back. Any method may raise LedgerUnavailableError."""

    async def pause(self, now: datetime) -> Pause | None:
        """The pause in force at that instant, if there is one."""

    async def begin(self, by: str, now: datetime, until: datetime | None = None) -> bool:
        """Begins a pause, in place of one with another end; False, and who began it stays on record, if there was the
        same already."""

    async def end(self, by: str, now: datetime) -> bool:
        """Ends it; False if there was none."""


SETTINGS: Final = "settings"
"""Who took in a channel that the settings name."""


async def take_in(followers: Followers, channels: Collection[Address], now: datetime) -> None:
    """Has these channels follow from now on unless they do; those that followed by the settings alone and are no longer
    named there follow no more. Raises LedgerUnavailableError."""
    for channel in channels:
        if await followers.follower(channel) is None:
            await followers.follow(Follower(channel, now), SETTINGS, now)
    for channel in await followers.changed_by(SETTINGS):
        if channel not in channels:
            await followers.unfollow(channel, SETTINGS, now)
