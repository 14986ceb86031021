"""Language tags (BCP 47) as they are written in files, and the languages of the world by their names."""

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from bot.domain.language import LANGUAGE_NAMES, LANGUAGES, Language
from bot.domain.text import folded
from bot.i18n.catalog import phrases

if TYPE_CHECKING:
    from babel import Locale

# Babel takes longer to be loaded than most answers, and few of them need it.

_TAG: Final = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?((?:-[a-z0-9]{5,8})*)")


def right_tag(tag: str) -> str | None:
    """The tag that is meant by one that is none or is written otherwise, or just another one; None if it is right."""
    plain = tag.strip().replace("_", "-").lower()
    found = _TAG.fullmatch(plain)
    if found and (found[1] in LANGUAGES or found[1] in _names("en")):
        language, script, region, variants = found.groups("")
        subtags = (language, script.capitalize(), region.upper(), variants.removeprefix("-"))
        right = "-".join(filter(None, subtags))
        return None if right == tag else right
    return language_named(tag) or _of_country(plain) or "en"


def _of_country(code: str) -> str | None:
    """The language of a country whose code was taken for that of a language: ja for jp."""
    from babel.core import get_global

    likely = get_global("likely_subtags").get(f"und_{code.upper()}")
    return str(likely).partition("_")[0] if likely else None


def language_named(text: str) -> str | None:
    """The tag of the language that is given by its name in Japanese or English, or by its tag."""
    named = folded(text)
    return LANGUAGE_NAMES.get(named) or _tags().get(named)


def language_name(tag: str, language: Language) -> str:
    """The name of a language for a reader of `language`; a tag without a name stays as it is."""
    if tag in LANGUAGES and language in LANGUAGES:
        return phrases(language)(f"language.{tag}")
    name = _names(language).get(tag)
    if name:
        return name
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-").get_display_name(cldr(language)) or tag
    except (UnknownLocaleError, ValueError):
        return tag


@cache
def cldr(language: Language) -> "Locale":
    """Babel's data for a language, or for the nearest that it knows; English if there is none."""
    from babel import Locale, UnknownLocaleError

    subtags = language.split("-")
    for end in range(len(subtags), 0, -1):
        try:
            return Locale.parse("-".join(subtags[:end]), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


@cache
def _tags() -> Mapping[str, str]:
    """Tags by folded names and by themselves; only those that have an English name."""
    english = _names("en")
    names = [(folded(name), tag) for each in reversed(LANGUAGES) for tag, name in _names(each).items()]
    tags = [(tag.lower(), tag) for tag in english]
    return {name: tag for name, tag in (*reversed(names), *tags) if tag in english}


@cache
def _names(language: Language) -> Mapping[str, str]:
    return {str(code).replace("_", "-"): str(name) for code, name in cldr(language).languages.items()}
