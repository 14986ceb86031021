"""The port through which answers get their calendar files."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.language import Language
from bot.domain.lecture import Lecture
from bot.domain.series import Series


class CalendarWriter(Protocol):
    """Writes lectures as an iCalendar file (RFC 5545)."""

    def __call__(self, series: Series, lectures: Sequence[Lecture], language: Language, now: datetime) -> bytes:
        """The file's content at the aware instant `now`, UTF-8; lectures without a date are left out."""
