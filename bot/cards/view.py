"""From where something is shown: series, moment, language."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.language import Language
from bot.domain.series import Series
from bot.i18n import Phrases, phrases


@dataclass(frozen=True, slots=True)
class View:
    """What showing anything of the series needs to know; `now` is in the series' zone."""

    series: Series
    now: datetime
    language: Language

    @property
    def say(self) -> Phrases:
        """The sentences of the reader's language."""
        return phrases(self.language, self.series.called)

    def say_fitting(self, name: str, **values: str) -> str:
        """A sentence or, where nobody registers, the one in its place that doesn't speak of it."""
        return self.say(name if self.series.has_registration else f"open.{name}", **values)

    def say_how_to_name(self, name: str) -> str:
        """A sentence about how one of the series is named or, where they have no numbers, the one without these."""
        return self.say(name if self.series.calls_by_number else f"unnumbered.{name}")
