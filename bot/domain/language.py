"""The languages the series is told in, and text that exists in one or both of them."""

from dataclasses import dataclass
from typing import Literal, Self

Language = Literal["ja", "en"]

LANGUAGES: tuple[Language, ...] = ("ja", "en")


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


def language_of(locale: str | None, default: Language = "en") -> Language:
    """The language served to a reader whose platform names this locale (`ja`, `ja-JP`, `en-GB`, `fr`).

    A platform that names none (None or empty) leaves `default`; a locale that is neither Japanese nor English
    is served in English.
    """
    if not locale:
        return default
    return "ja" if locale.replace("_", "-").partition("-")[0].lower() == "ja" else "en"
