"""The tags of languages (BCP 47), and which language serves whom.

Beside `bot.domain.language` for the health check, which has no time to load what dataclasses need.
"""

from collections.abc import Mapping
from functools import lru_cache

Language = str
"""A language tag: `ja`, `en-GB`, `zh-Hant`."""

LANGUAGES: tuple[Language, ...] = ("ja", "en")
"""The languages of the bot's own sentences."""


def language_of(locale: str | None, default: Language = "en") -> Language:
    """The language of the sentences for a reader whose platform names this locale (`ja`, `ja-JP`, `en-GB`, `fr`).

    A platform that names none (None or empty) leaves `default`; a locale that is neither Japanese nor English
    is served in English.
    """
    if not locale:
        return default
    return nearest(locale.partition(".")[0].replace("_", "-"), LANGUAGES) or "en"


@lru_cache(maxsize=1024)
def nearest(language: Language, among: tuple[Language, ...]) -> Language | None:
    """The first of the tags that shares most leading subtags with `language`; None if none shares the first."""
    wanted = language.lower().split("-")
    best, most = None, 0
    for tag in among:
        shared = _shared(wanted, tag.lower().split("-"))
        if shared > most:
            best, most = tag, shared
    return best


def _shared(one: list[str], other: list[str]) -> int:
    """How many subtags both begin with."""
    count = 0
    for subtag, wanted in zip(one, other, strict=False):
        if subtag != wanted:
            break
        count += 1
    return count


def locale_in(environment: Mapping[str, str]) -> str | None:
    """The locale of whoever started the process, by the order in which POSIX reads it."""
    return next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), None)
