"""When two texts or links mean the same although they are written differently: such changes are no changes."""

import re
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from bot.domain.language import Localized
from bot.domain.translations import essence

_MARKED: Final = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_TRACKING: Final = re.compile(r"utm_\w+|usp|si|feature|fbclid|gclid|pli|authuser", re.IGNORECASE)
_INDEX: Final = re.compile(r"/(?:index\.html?)?$")


def is_same(text: str, ours: Localized | None) -> bool:
    """Whether the page's text says what one side of ours does."""
    return ours is not None and essence(text) in {essence(each) for each in ours.variants}


def is_same_text(text: str, ours: Localized | None) -> bool:
    """The same for a running text, in which a link may have moved its address."""
    if is_same(text, ours):
        return True
    return (
        ours is not None
        and is_same(_unlinked(text), Localized(_unlinked(ours.ja), _unlinked(ours.en)))
        and (_links(text) in (_links(ours.ja), _links(ours.en)))
    )


def _unlinked(text: str) -> str:
    return _MARKED.sub(r"\1", text)


def _links(text: str) -> list[object]:
    return [destination(each) for each in re.findall(r"https?://[^\s()]+", text)]


def destination(url: str) -> object:
    """Where a link leads, without what only says by which way one came."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    query = sorted(each for each in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(each[0]))
    scheme = parts.scheme.lower().replace("http", "https").replace("httpss", "https")
    host = (parts.hostname or "").removeprefix("www.")
    return scheme, host, port, _INDEX.sub("", unquote(parts.path)), tuple(query), parts.fragment


def leads_alike(one: str | None, other: str | None) -> bool:
    """Whether two links lead to the same place."""
    return one is not None and other is not None and destination(one) == destination(other)


def is_related(one: str, other: str) -> bool:
    """Whether two names are of one person, place or institution, written more or less fully."""
    one, other = essence(one), essence(other)
    return one in other or other in one
