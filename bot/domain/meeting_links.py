"""Which addresses lead straight into an online meeting or invite to a chat, however they are written.

Pages about a service, registration, recordings and shortened links don't.
"""

from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Final
from urllib.parse import unquote

from bot.domain.meeting_services import (
    ANYWHERE,
    FORMS,
    NO_OWN_ROOMS,
    OWN_ROOM,
    OWN_ROOMS,
    PAGES,
    ROOM,
    ROOMS,
    SCHEMES,
)
from bot.domain.patterns import compiled
from bot.domain.text import legible

_HOST: Final = r"[a-z0-9.-]++"
_REST: Final = r"(?::\d{0,5})?([/?#;][^\s<>\"'`|「」『』【】]{0,400})"
_PARAMETERS: Final = r";[^/?#]*"
_HERE: Final = r"/\.(?=/)"
_UP: Final = r"/[^/?#]*/\.\.(?=/)"
_SLASHES: Final = r"//+"
_DOT: Final = r" ?[\[({<] ?(?:\.|dot|ドット|点) ?[\])}>] ?| (?:dot|ドット) "
_AROUND: Final = r" ?([/.]) ?"
_ENDS: Final = ".,;:!?)]}*_~"


def meeting_link_in(text: str) -> bool:
    """Whether there is such an address in a `legible` text: with its scheme or without, or disguised."""
    written = text.lower().replace("。", ".")
    decoded = _decoded(written)
    dotted = compiled(_DOT).sub(".", " ".join(decoded.split()))
    whole = {written, decoded, dotted}
    torn = {compiled(_AROUND).sub(r"\1", dotted), "".join(decoded.splitlines())} - whole
    return any(_leads_in(each) for each in whole) or any(_leads_in(each, rooms=False) for each in torn)


def _decoded(text: str) -> str:
    """The text as a browser reads an address in it."""
    if "%" in text or "&" in text:
        text = legible(unquote(unquote(unescape(text)))).lower()
    return text.replace("\\", "/")


def _leads_in(text: str, *, rooms: bool = True) -> bool:
    """Without `rooms`, a mere word after the host is not enough: it may belong to the sentence."""
    if compiled(SCHEMES).search(text):
        return True
    return any(_is_form(host, rest) or (rooms and _is_room(host, rest)) for host, rest in _addresses(text))


def _addresses(text: str) -> Iterator[tuple[str, str]]:
    """Whatever may be an address with a path: its host, and what follows it."""
    end = 0
    for found in compiled(_HOST).finditer(text):
        host, start = found[0].strip(".-"), found.start()
        if "." not in host or (start < end and text[start - 1] == "/" and text[start - 2] not in "/:"):
            continue  # no host, or a part of another one's path
        rest = compiled(_REST).match(text, found.end())
        if rest:
            end = rest.end()
            yield host, _resolved(rest[1]).rstrip(_ENDS)


def _resolved(rest: str) -> str:
    """Path, query and fragment as a server understands them."""
    path = compiled(_SLASHES).sub("/", compiled(_PARAMETERS).sub("", rest))
    return compiled(_UP).sub("", compiled(_HERE).sub("", path))


def _is_form(host: str, rest: str) -> bool:
    form = _form(host)
    return any(compiled(each).match(rest) for each in (form, ANYWHERE) if each is not None)


def _is_room(host: str, rest: str) -> bool:
    if _form(host) is not None or compiled(PAGES).match(rest):
        return False
    if not ROOMS.isdisjoint(_with_parents(host)):
        return compiled(ROOM).match(rest) is not None
    is_own = compiled(OWN_ROOMS).match(host) and NO_OWN_ROOMS.isdisjoint(_with_parents(host))
    return bool(is_own) and compiled(OWN_ROOM).match(rest) is not None


def _form(host: str) -> str | None:
    """How links of the service at this host look, if it is known."""
    forms = _forms()
    return next((forms[each] for each in _with_parents(host) if each in forms), None)


def _with_parents(host: str) -> list[str]:
    """A host and those above it, the longest first: five labels at most."""
    labels = host.split(".")[-5:]
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


@cache
def _forms() -> dict[str, str]:
    return {host: form for hosts, form in FORMS.items() for host in hosts.split()}
