"""The languages that the bot speaks, and text that exists in one or both of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from bot.domain.locales import LANGUAGES, Language, language_of

__all__ = ["LANGUAGES", "Language", "Localized", "language_of"]

LANGUAGE_NAMES: Final[Mapping[str, Language]] = {
    **dict.fromkeys(("ja", "日本語", "japanese"), "ja"),
    **dict.fromkeys(("en", "英語", "english"), "en"),
}
"""The two by their codes and their names in both, in small letters."""


@dataclass(frozen=True, slots=True)
class Localized:
    """Text in Japanese, English or both; a text without translation serves readers of either language."""

    ja: str
    en: str

    @classmethod
    def same(cls, text: str) -> Self:
        """A text that is written alike for readers of either language."""
        return cls(text, text)

    def into(self, language: Language) -> str:
        """The text for a reader of `language`."""
        return self.ja if language == "ja" else self.en

    @property
    def variants(self) -> tuple[str, ...]:
        """Every distinct wording, for search."""
        return (self.ja,) if self.ja == self.en else (self.ja, self.en)
