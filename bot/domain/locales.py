"""The languages that the bot speaks, and which of them serves whom.

Beside `bot.domain.language` for the health check, which has no time to load what dataclasses need.
"""

from collections.abc import Mapping
from typing import Literal

Language = Literal["ja", "en"]

LANGUAGES: tuple[Language, ...] = ("ja", "en")


def language_of(locale: str | None, default: Language = "en") -> Language:
    """The language served to a reader whose platform names this locale (`ja`, `ja-JP`, `en-GB`, `fr`).

    A platform that names none (None or empty) leaves `default`; a locale that is neither Japanese nor English
    is served in English.
    """
    if not locale:
        return default
    return "ja" if locale.replace("_", "-").partition("-")[0].lower() == "ja" else "en"


def locale_in(environment: Mapping[str, str]) -> str | None:
    """The locale of whoever started the process, by the order in which POSIX reads it."""
    return next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), None)
