"""Language tags, and texts that exist in one or several languages."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self

from bot.domain.locales import LANGUAGES, Language, language_of, nearest

__all__ = ["LANGUAGES", "Language", "Localized", "in_each_language", "language_of", "nearest"]

LANGUAGE_NAMES: Final[Mapping[str, Language]] = {
    **dict.fromkeys(("ja", "日本語", "japanese"), "ja"),
    **dict.fromkeys(("en", "英語", "english"), "en"),
}
"""The languages of the bot's own sentences by their codes and their names in both, in small letters."""


@dataclass(frozen=True, slots=True)
class Localized:
    """A text with its wordings by language tag, in the order in which they were given.

    A text that was given without a language has one wording, whose tag is empty; it serves all readers.
    """

    texts: tuple[tuple[Language, str], ...]

    @classmethod
    def same(cls, text: str) -> Self:
        """A text without a language."""
        return cls((("", text),))

    @classmethod
    def of(cls, texts: Mapping[Language, str]) -> Self:
        """A text by the tags of its wordings, at least one; without a language if there are several, all alike."""
        is_alike = len(texts) > 1 and len(set(texts.values())) == 1
        return cls.same(next(iter(texts.values()))) if is_alike else cls(tuple(texts.items()))

    @classmethod
    def composed(cls, compose: Callable[[Language], str], parts: Iterable["Localized"]) -> Self:
        """A text made of others: what `compose` makes of them in each language that one of them has."""
        languages = dict.fromkeys(each for part in parts for each in part.languages) or ("",)
        return cls.of({each: compose(each) for each in languages})

    def into(self, language: Language) -> str:
        """The wording for a reader of `language`: in that language or the nearest one, else in the language of the
        bot's own sentences that serves this reader, else the first one."""
        for tag, text in self.texts:
            if tag == language:
                return text
        if len(self.texts) == 1:
            return self.texts[0][1]
        tags = self.languages
        near = nearest(language, tags) or nearest(language_of(language), tags)
        return next((text for tag, text in self.texts if tag == near), self.texts[0][1])

    def replaced(self, language: Language, text: str) -> Self:
        """The same with another wording in `language`, which a text without a language did not have."""
        return type(self).of({tag: each for tag, each in self.texts if tag} | {language: text})

    def mapped(self, change: Callable[[str], str]) -> Self:
        """The same with another wording for each."""
        return type(self).of({tag: change(text) for tag, text in self.texts})

    @property
    def languages(self) -> tuple[Language, ...]:
        """The tags of its wordings; none if it was given without a language."""
        return tuple(tag for tag, _ in self.texts if tag)

    @property
    def variants(self) -> tuple[str, ...]:
        """Every distinct wording, for search."""
        return tuple(dict.fromkeys(text for _, text in self.texts))

    @property
    def tree(self) -> str | dict[str, str]:
        """As lectures.yaml has it: a string, or a map from language tags to strings."""
        return dict(self.texts) if self.languages else self.texts[0][1]

    @property
    def is_translated(self) -> bool:
        """Whether its wordings differ between languages."""
        return len(self.variants) > 1


def in_each_language(one: Localized, other: Localized) -> Iterator[tuple[str, str]]:
    """The texts side by side, in each language that one of them has."""
    for language in dict.fromkeys((*one.languages, *other.languages)) or ("",):
        yield one.into(language), other.into(language)
