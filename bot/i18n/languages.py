"""The languages of the world by their names in Japanese and English."""

from collections.abc import Mapping
from functools import cache

from bot.domain.language import LANGUAGE_NAMES, LANGUAGES, Language
from bot.domain.text import folded


def language_named(text: str) -> str | None:
    """The code of the language that is given by its name in either language, or by its code."""
    named = folded(text)
    return LANGUAGE_NAMES.get(named) or _codes().get(named)


def language_name(code: str, language: Language) -> str:
    """The name of a language; a code without a name stays as it is."""
    return _names(language).get(code, code)


@cache
def _codes() -> Mapping[str, str]:
    """Codes by folded names and by themselves; only those that have an English name."""
    english = _names("en")
    names = [(folded(name), code) for each in reversed(LANGUAGES) for code, name in _names(each).items()]
    codes = [(code.lower(), code) for code in english]
    return {name: code for name, code in (*reversed(names), *codes) if code in english}


@cache
def _names(language: Language) -> Mapping[str, str]:
    from babel import Locale  # takes longer than most answers, and few of them need it

    return {str(code): str(name) for code, name in Locale(language).languages.items()}
