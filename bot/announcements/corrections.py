"""Messages that say what is no longer true: found when an answer may turn out differently, kept until edited."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from bot.announcements.delivery import Delivery
from bot.announcements.ledger import Ledger, SentPost
from bot.announcements.post import FreeTextSubject, SharedAnswerSubject
from bot.announcements.slices import in_slices
from bot.announcements.snapshot import PlanningState
from bot.announcements.texts.render import is_settled
from bot.domain.series import Series
from bot.domain.subscriptions import Address, Follower


class Corrections:
    """What is to be edited where."""

    def __init__(self, ledger: Ledger, planning: PlanningState, delivery: Delivery) -> None:
        self._ledger: Final = ledger
        self._planning: Final = planning
        self._delivery: Final = delivery
        self._truth: tuple[Series, frozenset[int], datetime, datetime] | None = None
        self._wrong: dict[Address, dict[str, SentPost]] = {}
        self.looks = 0
        """How often all messages were compared: one that was on its way meanwhile may have been missed."""
        self.may_be_needed = True
        """Whether any message of ours could need an edit when an answer turns out differently."""

    @property
    def addresses(self) -> Sequence[Address]:
        """Where something is wrong."""
        return [*self._wrong]

    def at(self, address: Address) -> Sequence[SentPost]:
        """What is wrong at an address."""
        return [*self._wrong.get(address, {}).values()]

    def look_again(self) -> None:
        """Has all messages compared again at the next look."""
        self._truth = None
        self.may_be_needed = True

    async def look(self, series: Series, now: datetime, followers: Mapping[Address, Follower]) -> None:
        """Compares all messages, if something has changed since they were compared last. Raises
        LedgerUnavailableError."""
        truth, known = self._truth, frozenset(self._planning.snapshot.items)
        if truth and truth[0] is series and truth[1] == known and truth[2] <= now.astimezone(UTC) < truth[3]:
            return
        self.looks += 1
        self._truth = None
        posts = await self._standing(series, now)
        await self._planning.recall(posts)
        wrong: dict[Address, dict[str, SentPost]] = {}
        self.may_be_needed = False
        async for post in in_slices(posts):
            reader = reader_of(post, followers.get(post.address))
            if reader and not is_settled(post.subject, series, now):
                self.may_be_needed = True
                if self._delivery.is_wrong(reader, post):
                    wrong.setdefault(post.address, {})[post.marker] = post
        self._wrong = wrong
        self._truth = series, known, now.astimezone(UTC), series.next_change(now)

    async def correct(self, follower: Follower | None, post: SentPost) -> bool:
        """Edits a message; whether that is done with. Raises LedgerUnavailableError."""
        reader = reader_of(post, follower)
        done = reader is None or await self._delivery.correct(reader, post)
        here = self._wrong.get(post.address, {})
        if done and here.get(post.marker) is post:
            del here[post.marker]
            if not here:
                del self._wrong[post.address]
        return done

    async def _standing(self, series: Series, now: datetime) -> Sequence[SentPost]:
        """All messages that may have to be edited: posts, and answers that were shared at any time."""
        posts = await self._planning.standing_posts(self._ledger, series, now)
        found = [*posts, *await self._ledger.shared_answers()]
        return [*{post.marker: post for post in found}.values()]


def reader_of(post: SentPost, follower: Follower | None) -> Follower | None:
    """For whom a message is worded: an answer that was shared is for all in the channel, whether it follows or not; and
    what an organizer wrote and changed is put right there, too."""
    if isinstance(post.subject, SharedAnswerSubject):
        return Follower(post.address, post.sent_at, language=post.subject.language)
    if follower is None and isinstance(post.subject, FreeTextSubject):
        return Follower(post.address, post.sent_at)
    return follower
