"""Sentences by name, with their placeholders filled in."""

import io
import string
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.domain.language import Language
from bot.domain.message import Span, Text

_FORMATTER: Final = string.Formatter()


class Phrases:
    """The sentences of one language. A name that the catalogue lacks raises KeyError."""

    def __init__(self, language: Language) -> None:
        self.language: Final = language
        self._translations = _translations(language)

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
        count = values.get("count")
        if isinstance(count, int):
            template = self._translations.ngettext(name, name, count)
        else:
            template = self._translations.gettext(name)
        if template == name:
            raise KeyError(f"no phrase {name!r} in {self.language}")
        return template


@cache
def phrases(language: Language) -> Phrases:
    """The sentences of `language`, read once."""
    return Phrases(language)


def _translations(language: Language) -> GNUTranslations:
    sentences = Catalog(locale=language)
    for area in sorted(each.name for each in files("bot.i18n").iterdir() if each.name.endswith(f".{language}.po")):
        with files("bot.i18n").joinpath(area).open("rb") as source:
            for message in read_po(source, locale=language, abort_invalid=True):
                if message.id:
                    sentences[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, sentences)
    compiled.seek(0)
    return GNUTranslations(compiled)
