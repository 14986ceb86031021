"""What one of a series' lectures is called, in the languages of the bot's own sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bot.domain.locales import Language


@dataclass(frozen=True, slots=True)
class Noun:
    """The word for one and for several in one language; `numbered` names one by its number, which stands for `{n}`."""

    one: str
    many: str
    numbered: str

    @property
    def is_counted_alike(self) -> bool:
        """Whether several can be named by one word and all their numbers: lectures 9 and 11."""
        return self.numbered == f"{self.one} {{n}}"


@dataclass(frozen=True, slots=True)
class Called:
    """The nouns of a series."""

    ja: Noun
    en: Noun

    def into(self, language: Language) -> Noun:
        """The noun in one of the languages of the bot's own sentences."""
        return self.ja if language == "ja" else self.en


def english(one: str, many: str, numbered: str | None = None) -> Noun:
    """An English noun, by default with the number behind it."""
    return Noun(one, many, numbered or f"{one} {{n}}")


def japanese(one: str, numbered: str | None = None) -> Noun:
    """A Japanese noun, by default named 第9回 by its number."""
    return Noun(one, one, numbered or "第{n}回")


CALLED: Final[Mapping[str, Called]] = MappingProxyType(
    {
        "lecture": Called(japanese("講義"), english("lecture", "lectures")),
        "seminar": Called(japanese("セミナー"), english("seminar", "seminars")),
        "talk": Called(japanese("講演"), english("talk", "talks")),
        "meeting": Called(japanese("会合"), english("meeting", "meetings")),
        "meetup": Called(japanese("ミートアップ"), english("meetup", "meetups")),
        "session": Called(japanese("セッション"), english("session", "sessions")),
        "class": Called(japanese("授業"), english("class", "classes")),
        "colloquium": Called(japanese("コロキウム"), english("colloquium", "colloquia")),
        "reading_group": Called(japanese("輪講"), english("reading session", "reading sessions")),
    }
)
"""What `called` can be in lectures.yaml by one word."""

LECTURE: Final = CALLED["lecture"]
