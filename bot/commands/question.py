"""What a command's handler is given."""

from dataclasses import dataclass

from bot.cards.view import View
from bot.commands.calendar import CalendarWriter
from bot.commands.requests import Invocation


@dataclass(frozen=True, slots=True)
class Question(View):
    """An understood request together with all that answering it needs; `feed` is the calendar's address, if any."""

    invocation: Invocation
    calendar: CalendarWriter
    feed: str | None = None

    @property
    def page(self) -> int:
        """The page asked for, from 1; anything that is no number is the first."""
        page = self.invocation.settings.get("page", "1")
        return max(1, int(page)) if page.isdecimal() else 1
