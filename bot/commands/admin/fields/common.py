"""Web addresses in what people type: found, taken out, and refused where they can't be used."""

import re
from typing import Final

from bot.domain.links import AddressFault, address_fault, typed_addresses, without_punctuation
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


_EMPTY_BRACKETS: Final = re.compile(r"[(（\[［「]\s*[)）\]］」]")


def taken_out(text: str, example: str) -> tuple[str | None, str]:
    """The one web address in a text, if there is any, and the text without it. Raises FieldError with the example."""
    found = typed_addresses(text)
    if not found:
        return None, text
    if len(found) > 1:
        raise FieldError("unusable.several_links", example)
    link = found[0]
    url = without_punctuation(link[1])
    fault = address_fault(url)
    if fault:
        raise FieldError(
            f"unusable.link_{fault}", f"https://{url}" if fault is AddressFault.NO_SCHEME else example, typed=shown(url)
        )
    rest = f"{text[: link.start()]} {text[link.end() :].lstrip('.,;:、。')}"
    return url, _EMPTY_BRACKETS.sub(" ", rest)
