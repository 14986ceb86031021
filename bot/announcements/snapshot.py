"""All that posts are planned and worded from, at one moment."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.announcements.ledger import LedgerUnavailable, SentPost
from bot.announcements.post import Matter, NewsMatter, NoticeMatter
from bot.announcements.state import Memory, NewsItem, Remembered, Step
from bot.announcements.texts.render import worded
from bot.cards.lecture import View
from bot.domain.language import Language
from bot.domain.message import Message
from bot.domain.series import Series
from bot.domain.subscriptions import Follower


@dataclass(frozen=True, slots=True)
class Situation:
    """The schedule in service, what is remembered of it, the news by id, and what organizers were told of trouble."""

    series: Series
    remembered: Mapping[int, Remembered]
    items: Mapping[int, NewsItem]
    troubles: tuple[NoticeMatter, ...] = ()

    def message(self, matter: Matter, follower: Follower, now: datetime, sent_at: datetime) -> Message:
        """The post for that follower as it is right at `now`, sent then or at `sent_at`."""
        view = View(self.series, self.series.local(now), self.language(follower))
        return worded(matter, self.items, view, follower, sent_at, self.troubles)

    def language(self, follower: Follower) -> Language:
        """The language in which that follower is told things."""
        return follower.language or self.series.language


LOOKING_BACK: Final = timedelta(days=70)
"""How far back posts can still be of use, or be kept true: a week-before post may be due 60 days before."""

_ATTEMPTS: Final = 5
"""How often a step of the memory is made anew when other processes take steps at the same time."""


class Knowledge:
    """Keeps the `situation` in step with the memory. Its methods raise LedgerUnavailable, and change nothing then."""

    def __init__(self, memory: Memory, series: Series) -> None:
        self._memory: Final = memory
        self.situation: Situation = Situation(series, {}, {})

    async def step(self, make: Callable[[Mapping[int, Remembered] | None], Step | None]) -> None:
        """Takes the step that `make` finds, made anew if another process was faster."""
        for _ in range(_ATTEMPTS):
            remembered = await self._memory.remembered()
            step = make(remembered)
            if step is None or await self._memory.apply(step, remembered):
                return
        raise LedgerUnavailable("the memory keeps changing")

    async def look(self, series: Series, now: datetime, troubles: tuple[NoticeMatter, ...]) -> list[NewsItem]:
        """Takes in what is remembered; returns the news that may still have to be told to somebody."""
        remembered = await self._memory.remembered() or {}
        news = await self._memory.news(now - LOOKING_BACK)
        self.situation = Situation(series, remembered, {item.id: item for item in news}, troubles)
        return news

    async def recall(self, posts: Iterable[SentPost]) -> None:
        """Adds to the situation the older news that these posts tell of."""
        told = {each for post in posts if isinstance(post.matter, NewsMatter) for each in post.matter.news}
        missing = told - self.situation.items.keys()
        if missing:
            older = await self._memory.news_by_id(missing)
            situation = self.situation
            self.situation = replace(situation, items={**situation.items, **older})
