"""All that posts are planned and worded from, at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.announcements.matter import Matter, NoticeMatter
from bot.announcements.memory import NewsItem, Remembered
from bot.announcements.wording import worded
from bot.cards.view import View
from bot.content import Message
from bot.domain.audience import Follower
from bot.domain.language import Language
from bot.domain.series import Series


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
