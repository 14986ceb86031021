"""All that posts are planned and worded from, at one moment."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.announcements.ledger import Ledger, SentPost
from bot.announcements.post import (
    AlertSubject,
    AnswerWriter,
    ChangeSubject,
    PostSubject,
    PublicMatter,
    SharedAnswerSubject,
    key_prefixes,
)
from bot.announcements.state import AnnouncedState, LectureState, NewsItem, Pause, Pauses, StateUpdate
from bot.announcements.texts.render import render
from bot.cards.view import View
from bot.domain.errors import LedgerUnavailableError
from bot.domain.language import Language
from bot.domain.message import Message
from bot.domain.series import Series
from bot.domain.subscriptions import Follower
from bot.i18n import phrases


def no_answers(subject: SharedAnswerSubject, view: View) -> Message:
    """Stands for the answers where none are ever worded: in plans and previews."""
    raise ValueError(f"{subject.line!r} can't be answered here")


@dataclass(frozen=True, slots=True)
class PlanningSnapshot:
    """The schedule in service, what is remembered of it, the news by id, what organizers were told of trouble, and
    what words the answers that were shared."""

    series: Series
    lecture_states: Mapping[str, LectureState]
    items: Mapping[int, NewsItem]
    troubles: tuple[AlertSubject, ...] = ()
    answer: AnswerWriter = no_answers

    def message(self, subject: PostSubject, follower: Follower, now: datetime) -> Message:
        """The post for that follower as it is right at `now`."""
        view = View(self.series, self.series.local(now), self.language(follower))
        if isinstance(subject, SharedAnswerSubject):
            return self.answer(subject, view)
        return render(subject, self.items, view, follower, self.troubles)

    def late(self, message: Message, follower: Follower) -> Message:
        """The message, saying that it comes late."""
        say = phrases(self.language(follower))
        return replace(message, headline=say("post.late", headline=message.headline))

    def language(self, follower: Follower) -> Language:
        """The language in which that follower is told things."""
        return follower.language or self.series.language


LOOKING_BACK: Final = timedelta(days=70)
"""How far back posts can still be of use, or be kept true: a week-before post may be due 60 days before."""

_EVER: Final = datetime.min.replace(tzinfo=UTC)


_ATTEMPTS: Final = 5
"""How often a step of the memory is made anew when other processes take steps at the same time."""


async def standing_posts(ledger: Ledger, announced: AnnouncedState, series: Series, now: datetime) -> list[SentPost]:
    """The messages that may still have to be edited: those of late, and all older ones about lectures to come.

    Raises LedgerUnavailableError.
    """
    since = now - LOOKING_BACK
    recent = await ledger.posts_since(since)
    ahead = {each.id for each in series.upcoming(now)}
    older = [each for each in await announced.news(_EVER) if each.settled_at < since and each.lecture in ahead]
    known = {each.marker for each in recent}
    found = await ledger.sent_with_keys(
        {f"news/{each.id}" for each in older}, [prefix for each in ahead for prefix in key_prefixes(each)]
    )
    return [*(each for each in found if each.marker not in known), *recent]


_LATELY: Final = timedelta(days=1)
"""So long ago a collection may have ended whose changes are still to be told: they are due at its end, not late."""


class PlanningState:
    """Keeps the `snapshot` and the `pause` in step with the database. Its methods raise LedgerUnavailableError, and
    change nothing then. `answer` words the answers that were shared."""

    def __init__(
        self,
        announced: AnnouncedState,
        pauses: Pauses,
        collections: Pauses,
        series: Series,
        answer: AnswerWriter = no_answers,
    ) -> None:
        self._announced: Final = announced
        self._pauses: Final = pauses
        self._collections: Final = collections
        self.snapshot: PlanningSnapshot = PlanningSnapshot(series, {}, {}, answer=answer)
        self.pause: Pause | None = None
        """Who holds the posts back, if anybody does."""
        self.collected: datetime | None = None
        """Until when changes are or lately were collected, to be told together at that instant."""

    async def look_for_pause(self, now: datetime) -> None:
        """Reads whether posts are held back, or changes collected, at that instant."""
        self.pause = await self._pauses.pause(now)
        collecting = await self._collections.pause(now - _LATELY)
        self.collected = collecting.until if collecting else None

    def may_send(self, subject: PostSubject) -> bool:
        """Whether it may go out: in a pause, only what organizers are told or have said themselves."""
        return not (self.pause and isinstance(subject, PublicMatter))

    async def step(self, make: Callable[[Mapping[str, LectureState] | None], StateUpdate | None]) -> None:
        """Takes the step that `make` finds, made anew if another process was faster."""
        for _ in range(_ATTEMPTS):
            lecture_states = await self._announced.lecture_states()
            step = make(lecture_states)
            if step is None or await self._announced.apply(step, lecture_states):
                return
        raise LedgerUnavailableError("the memory keeps changing")

    async def look(self, series: Series, now: datetime, troubles: tuple[AlertSubject, ...]) -> list[NewsItem]:
        """Takes in what is remembered; returns the news that may still have to be told to somebody."""
        lecture_states = await self._announced.lecture_states() or {}
        news = await self._announced.news(now - LOOKING_BACK)
        items = {item.id: item for item in news}
        self.snapshot = PlanningSnapshot(series, lecture_states, items, troubles, self.snapshot.answer)
        return news

    async def standing_posts(self, ledger: Ledger, series: Series, now: datetime) -> list[SentPost]:
        """The messages that may still have to be edited."""
        return await standing_posts(ledger, self._announced, series, now)

    async def recall(self, posts: Iterable[SentPost]) -> None:
        """Adds to the situation the older news that these posts tell of."""
        told = {each for post in posts if isinstance(post.subject, ChangeSubject) for each in post.subject.news}
        missing = told - self.snapshot.items.keys()
        if missing:
            older = await self._announced.news_by_id(missing)
            snapshot = self.snapshot
            self.snapshot = replace(snapshot, items={**snapshot.items, **older})
