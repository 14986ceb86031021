"""What can't become the value of a field, and how that is told: what is wrong, and one example that works."""

from typing import Final

from bot.domain.excerpt import shortened
from bot.domain.secrets import secret_in
from bot.phrases import Phrases

_SHOWN: Final = 60
"""Characters of what a person typed that an answer repeats."""


class Unusable(Exception):
    """A text that can't be used for a field. `name` is that of the phrase, `example` a text that could be.

    Nothing of it is a secret: what contains one is refused before anything of it is repeated.
    """

    def __init__(self, name: str, example: str = "", **values: str | int) -> None:
        super().__init__(name)
        self.name: Final = name
        self.values: Final = values
        self.example: Final = example

    def sentence(self, say: Phrases) -> str:
        """What is wrong, and the example."""
        problem = say(self.name, **self.values)
        return say("unusable.with_example", problem=problem, example=self.example) if self.example else problem


def refuse_secrets(text: str) -> None:
    """Raises Unusable for what goes by mail to those registered and to nobody else."""
    secret = secret_in(text)
    if secret:
        raise Unusable(f"problem.secret.{secret}")


def shown(text: str) -> str:
    """A typed text as an answer repeats it: short and in one line."""
    return shortened(" ".join(text.split()), _SHOWN)
