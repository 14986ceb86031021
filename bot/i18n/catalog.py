"""Sentences by name, with their placeholders filled in."""

from __future__ import annotations

import string
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.i18n.po import read_po

if TYPE_CHECKING:  # the health check asks for a sentence every half a minute, and needs nothing else
    from bot.domain.language import Language
    from bot.domain.message import Span, Text

_FORMATTER: Final = string.Formatter()
_FILES: Final = Path(__file__).parent


class Phrases:
    """The sentences of one language. A name that the catalogue lacks raises KeyError."""

    def __init__(self, language: Language) -> None:
        self.language: Final = language
        self._sentences: Final[dict[str, tuple[str, ...]]] = {}
        for path in _FILES.glob(f"*.{language}.po"):
            self._sentences.update(read_po(path.read_text(encoding="utf-8")))

    def __call__(self, name: str, /, **values: str | int) -> str:
        """The sentence of that name as plain text."""
        return self._template(name, values).format(**values)

    def text(self, name: str, /, **values: Span | Text | int) -> Text:
        """The sentence of that name, its instants and links kept for the platform to write."""
        spans: list[Span] = []
        for literal, field, _, _ in _FORMATTER.parse(self._template(name, values)):
            if literal:
                spans.append(literal)
            if field is None:
                continue
            value = values[field]
            if isinstance(value, tuple):
                spans.extend(value)
            else:
                spans.append(str(value) if isinstance(value, int) else value)
        return tuple(spans)

    def _template(self, name: str, values: dict[str, str | int] | dict[str, Span | Text | int]) -> str:
        """The wording for the number `count`: English has one for 1 and one for all others, Japanese one for all."""
        forms = self._sentences.get(name)
        if not forms:
            raise KeyError(f"no phrase {name!r} in {self.language}")
        return forms[0] if values.get("count") == 1 else forms[-1]


@cache
def phrases(language: Language) -> Phrases:
    """The sentences of `language`, read once."""
    return Phrases(language)
