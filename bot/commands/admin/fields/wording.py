"""A text in one or several languages, from what an organizer typed: `ja: 入門 en: Basics`, `入門 / Basics`."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from bot.commands.admin.fields.errors import FieldError
from bot.domain.language import LANGUAGE_NAMES, LANGUAGES, Language, Localized
from bot.domain.text import is_japanese, is_related, language_written
from bot.domain.translations import translated

Wording = str | Mapping[Language, str]
"""A text without a language, or what was said for one or several of them."""

_SLASH: Final = re.compile(r"(?<!\s)(?:\s++/\s++|\s*+／\s*+)")
_RULE: Final = re.compile(r"^[^\S\n]*+(?:-{3,}|—+|/|／)[^\S\n]*+$", re.MULTILINE)


def wording(text: str, languages: Iterable[Language], *, running: bool = False) -> Wording:
    """What was said for each language. In a `running` text each stands in lines of its own. Raises FieldError.

    `languages` are those of the series, whose tags are understood beside the names of the bot's own two.
    """
    tags = tuple(dict.fromkeys((*languages, *LANGUAGES)))
    labelled = _labelled(text, tags, in_lines=running and "\n" in text)
    if labelled is not None:
        return labelled
    for found in (_RULE if running else _SLASH).finditer(text):
        sides = text[: found.start()].strip(), text[found.end() :].strip()
        if all(sides) and is_japanese(sides[0]) is not is_japanese(sides[1]):
            said = {language_written(each, tags): each for each in sides}
            return {tag: said[tag] for tag in tags if tag in said}
    return text


def _labelled(text: str, tags: tuple[Language, ...], *, in_lines: bool) -> dict[Language, str] | None:
    names = {**LANGUAGE_NAMES, **{each.lower(): each for each in tags}}
    pattern = _label(tuple(names), in_lines)
    if not pattern.match(text):
        return None
    labels = list(pattern.finditer(text))
    ends = [*(each.start() for each in labels[1:]), len(text)]
    said: dict[Language, str] = {}
    for label, end in zip(labels, ends, strict=True):
        language = names[label[1].lower()]
        words = text[label.end() : end].strip().removesuffix("/").removesuffix("／").strip()
        if language in said or not words:
            raise FieldError("unusable.labels", "ja: 機械学習入門 en: Introduction to Machine Learning")
        said[language] = words
    return {tag: said[tag] for tag in tags if tag in said}


@lru_cache(maxsize=16)
def _label(names: tuple[str, ...], in_lines: bool) -> re.Pattern[str]:
    """The name of a language before what is said in it, anywhere or only at the beginning of lines."""
    begin = r"^[^\S\n]*+" if in_lines else r"(?:^|(?<=\s)|(?<=/))"
    flags = re.IGNORECASE | (re.MULTILINE if in_lines else 0)
    return re.compile(rf"{begin}({'|'.join(names)})\s*+[:：]\s*+", flags)


def parts(said: Wording) -> Iterator[tuple[Language | None, str]]:
    """Each language with what was said for it; None for a text without a language."""
    if isinstance(said, str):
        yield None, said
    else:
        yield from said.items()


def joined(said: Mapping[Language | None, str]) -> Wording:
    """What `parts` has taken apart."""
    return said[None] if None in said else {language: each for language, each in said.items() if language}


def localized(
    said: Wording,
    had: Localized | None,
    languages: Sequence[Language],
    known: Mapping[str, Localized] | None = None,
    *,
    related: bool = False,
) -> Localized:
    """What a field says after that, in a series in these languages. What is said for one language leaves others as
    they were.

    A text that is said once is of the language in which it is written, if there were several wordings. A name, for
    which there are some that are `known`, is taken in all languages if it is one of them, be it under another number;
    else it is another one, or with `related` the same if one contains the other.
    """
    if isinstance(said, str):
        if had and said in had.variants:
            return had
        both = translated(said, known or {})
        if both:
            return both
        if had is None or not had.is_translated:
            return Localized.same(said)
        if known is not None and not (related and any(is_related(said, each) for each in had.variants)):
            return Localized.same(said)
        said = {language_written(said, had.languages) or had.languages[0]: said}
    return Localized.of({**_others(said, had, languages), **said})


def _others(said: Mapping[Language, str], had: Localized | None, languages: Sequence[Language]) -> dict[Language, str]:
    """What there was in each language; a text without one is in the first of the series' other languages that it
    may be in, and gone if there is none."""
    if had is None or had.languages:
        return dict(had.texts) if had else {}
    text = had.variants[0]
    other = language_written(text, [each for each in languages if each not in said])
    return {other: text} if other else {}
