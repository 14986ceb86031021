"""From where a lecture is looked at: in which series, at which instant, by a reader of which language."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.language import Language
from bot.domain.series import Series
from bot.phrases import Phrases, phrases


@dataclass(frozen=True, slots=True)
class View:
    """What showing anything of the series needs to know; `now` is in the series' zone."""

    series: Series
    now: datetime
    language: Language

    @property
    def say(self) -> Phrases:
        """The sentences of the reader's language."""
        return phrases(self.language)
