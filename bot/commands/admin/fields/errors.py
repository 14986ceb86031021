"""What is wrong with a text that an organizer typed, and what of the text an answer repeats."""

from typing import Final

from bot.domain.lecture import Field
from bot.domain.secret import secret_in
from bot.domain.text import one_line
from bot.i18n import Phrases
from bot.i18n.excerpts import shortened

_SHOWN: Final = 60
"""Characters of what a person typed that an answer repeats."""


class FieldError(Exception):
    """A text that can't be used for a field. `name` is that of the phrase, `example` a text that could be.

    Nothing of it is a secret: what contains one is refused before anything of it is repeated.
    """

    def __init__(self, name: str, example: str = "", **values: str | int) -> None:
        super().__init__(name)
        self.name: Final = name
        self.values: Final = values
        self.example: Final = example
        self.field: Field | None = None
        """Of several fields, the one for which it can't be used."""

    def problem(self, say: Phrases) -> str:
        """What is wrong."""
        return say(self.name, **self.values)

    def sentence(self, say: Phrases) -> str:
        """What is wrong, and the example."""
        problem = self.problem(say)
        return say("unusable.with_example", problem=problem, example=self.example) if self.example else problem


def refuse_secrets(text: str) -> None:
    """Raises FieldError for what goes by mail to those registered and to nobody else."""
    secret = secret_in(text)
    if secret:
        raise FieldError(f"problem.secret.{secret}")


def shown(text: str) -> str:
    """A typed text as an answer repeats it: short and in one line."""
    return shortened(one_line(text), _SHOWN)
