"""Sentences by name, with their placeholders filled in.

The health check says one every half a minute, so what it doesn't need is loaded only when it is used.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from bot.domain.locales import language_of
from bot.i18n.po import read_po

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.domain.called import Called, Noun
    from bot.domain.language import Language
    from bot.domain.message import Span, Text

PACKAGES: Final = (
    "cli",
    "commands",
    "cards",
    "terminal",
    "announcements",
    "admin",
    "discord",
    "slack",
    "exports",
    "schedule",
    "sources",
    "storage",
    "operating",
)
"""The packages that have sentences, each in a pair of files; those that a question needs come first."""


class Phrases:
    """The sentences of these packages for readers of one language, in that one of the bot's two that serves them. A
    name that is none of theirs raises KeyError.

    A file is read when a name is in none of those before it.
    """

    def __init__(self, language: Language, packages: Iterable[str] = PACKAGES, called: Called | None = None) -> None:
        self.language: Final = language
        self._called: Final = called
        self._spoken: Final = language_of(language)
        self._packages: Final = tuple(packages)

    def __call__(self, name: str, /, **values: str | int) -> str:
        """The sentence of that name as plain text."""
        template = self._template(name, values)
        return template.format_map(_Filled(values, self)) if "{" in template else template

    def text(self, name: str, /, **values: Span | Text | int) -> Text:
        """The sentence of that name, its instants and links kept for the platform to write."""
        from string import Formatter

        spans: list[Span] = []
        for literal, field, _, _ in Formatter().parse(self._template(name, values)):
            if literal:
                spans.append(literal)
            if field is None:
                continue
            value = _Filled(values, self)[field]
            if isinstance(value, tuple):
                spans.extend(value)
            else:
                spans.append(str(value) if isinstance(value, int) else value)
        return tuple(spans)

    def numbered(self, number: int) -> str:
        """What is called by that number: `lecture 9`, 第9回."""
        return self.noun.numbered.format(n=number)

    @property
    def noun(self) -> Noun:
        """What one of the series' lectures is called."""
        from bot.domain.called import LECTURE

        return (self._called or LECTURE).into(self._spoken)

    def _template(self, name: str, values: dict[str, str | int] | dict[str, Span | Text | int]) -> str:
        """The wording for the number `count`: English has one for 1 and one for all others, Japanese one for all."""
        forms = next(filter(None, (_sentences(each, self._spoken).get(name) for each in self._packages)), None)
        if not forms:
            raise KeyError(f"no phrase {name!r} in {self.language}")
        return forms[0] if values.get("count") == 1 else forms[-1]


_A_NUMBER: Final = 7
"""That of an example."""


class _Filled(dict[str, Any]):
    """What fills the placeholders of a sentence: the values and, unless they have another, the noun of the series as
    `{item}`, `{items}` and `{an_item}`, and one by its number as
    `{numbered}`. A placeholder with a capital letter is filled with one: `{Lecture}`."""

    def __init__(self, values: Mapping[str, Any], say: Phrases) -> None:
        super().__init__(values)
        self._say: Final = say

    def __missing__(self, name: str) -> Any:
        if name[0].isupper():
            value = self[name[0].lower() + name[1:]]
            return value[:1].upper() + value[1:] if isinstance(value, str) else value
        noun = self._say.noun
        match name:
            case "item":
                return noun.one
            case "items":
                return noun.many
            case "an_item":
                return f"{'an' if noun.one[0] in 'aeiou' else 'a'} {noun.one}"
            case "numbered":
                return self._say.numbered(_A_NUMBER)
        raise KeyError(name)


@cache
def phrases(language: Language, called: Called | None = None) -> Phrases:
    """The sentences for readers of `language`, of a series whose lectures are `called` so; by default lectures."""
    return Phrases(language, called=called)


@cache
def _sentences(package: str, language: Language) -> dict[str, tuple[str, ...]]:
    folder = os.path.dirname(__file__)  # noqa: PTH120 - pathlib takes longer to load than the files
    with open(f"{folder}/{package}.{language}.po", encoding="utf-8") as file:  # noqa: PTH123
        return read_po(file.read())
