"""What a command's handler is given."""

from dataclasses import dataclass
from datetime import datetime

from bot.commands.calendar import CalendarWriter
from bot.commands.requests import Invocation
from bot.domain.language import Language
from bot.domain.series import Series
from bot.phrases import Phrases, phrases


@dataclass(frozen=True, slots=True)
class Question:
    """An understood request together with all that answering it needs; `now` is in the series' zone."""

    series: Series
    now: datetime
    language: Language
    invocation: Invocation
    calendar: CalendarWriter

    @property
    def say(self) -> Phrases:
        """The sentences of the reader's language."""
        return phrases(self.language)

    @property
    def page(self) -> int:
        """The page asked for, from 1; anything that is no number is the first."""
        page = self.invocation.settings.get("page", "1")
        return max(1, int(page)) if page.isdecimal() else 1
