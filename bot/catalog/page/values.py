"""Single values of the page: who speaks, how one can attend, in which language."""

import re
from typing import Final

from bot.catalog.document import Tree
from bot.catalog.page.remarks import is_undecided
from bot.catalog.page.text import plain, tidy
from bot.domain.lecture import Mode

_PERSON: Final = re.compile(r"(?P<name>[^()（）]+?)\s*[(（](?P<affiliation>(?:[^()（）]|[(（][^()（）]*[)）])+)[)）]")
_HONORIFIC: Final = re.compile(r"\s*(?:先生|氏|様|さん)$")
_LANGUAGES: Final = {"日本語": "ja", "japanese": "ja", "英語": "en", "english": "en"}

_THERE: Final = re.compile(r"対面|現地|会場|in.?person|on.?site", re.IGNORECASE)
_ONLINE: Final = re.compile(r"オンライン|zoom|リモート|遠隔|配信|online|remote", re.IGNORECASE)
_BOTH: Final = re.compile(r"ハイブリ|hybrid", re.IGNORECASE)
_DOUBTFUL: Final = re.compile(r"な[しい]|ません|未定|検討|調整|\bno\b|\bnot\b", re.IGNORECASE)
_ONLY: Final = re.compile(r"のみ|だけ|only", re.IGNORECASE)


def speaker(text: str, affiliation: str = "") -> dict[str, Tree] | None:
    """The speaker, 「山田 花子 (架空大学)」, whose affiliation may stand elsewhere; None if the name is undecided.

    Several speakers are taken as they are written, as one name.
    """
    person = _PERSON.fullmatch(text)
    name = tidy(_HONORIFIC.sub("", person["name"] if person else text))
    belongs = tidy(person["affiliation"]) if person else affiliation
    if is_undecided(name):
        return None
    said: dict[str, Tree] = {"name": name}
    if belongs and not is_undecided(belongs):
        said["affiliation"] = belongs
    return said


def mode(text: str) -> Mode | None:
    """How the lecture can be attended; None if that is not certain."""
    said = plain(text)
    there, online = bool(_THERE.search(said)), bool(_ONLINE.search(said))
    if _DOUBTFUL.search(said) or (_ONLY.search(said) and there and online):
        return None
    if _BOTH.search(said) or (there and online):
        return Mode.HYBRID
    if there:
        return Mode.IN_PERSON
    return Mode.ONLINE if online else None


def language(text: str) -> str | None:
    """The code of the language; None if the bot does not know it."""
    return _LANGUAGES.get(plain(text).lower())
