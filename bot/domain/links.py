"""Web addresses in what people write: where they are, and what is wrong with one."""

import re
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

_INSIDE: Final = r"[^\s<>()（）「」『』【】、。，\[\]]"
_END: Final = rf"(?:{_INSIDE}|\({_INSIDE}*+\)|\[{_INSIDE}*+\])++"
"""An address from its host on: up to a space or Japanese punctuation; brackets are part of it in pairs."""

ADDRESS: Final = re.compile(rf"https?://{_END}", re.IGNORECASE)
"""A web address in a text."""

MARKDOWN_LINK: Final = re.compile(rf"\[([^\[\]\n]+)\]\((https?://{_END})\)", re.IGNORECASE)
"""A web address under a label, `[label](address)`."""

# These are kept as texts: `re` compiles each when it is first needed, which an answer to most questions never does.
_TYPED: Final = rf"(?i)<?((?:https?\s*+:\s*+/{{0,2}}|(?:ftp|file)://|(?:mailto|javascript|data):){_END})>?"
_WITHOUT_SCHEME: Final = (
    rf"(?i)(?<![\w@./-])((?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|edu|gov|io|gle|jp|be)/(?:{_END})?)"
)
_TRACKER: Final = re.compile(
    r"utm_\w*|usp|fbclid|gclid|dclid|msclkid|twclid|yclid|igshid|mc_cid|mc_eid|si|feature|pli|authuser", re.IGNORECASE
)
"""Parameters that say where a link was copied from or who copied it, not where it leads."""

HOSTED: Final = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2}|com|org|net|edu|gov|info|gle)(?:[/:?#]|$)")
"""How an address begins whose scheme was left out."""

_UNLINKABLE: Final = re.compile(r"[\s\x00-\x20\x7f<>\"]")
_GOOGLE: Final = "docs.google.com"
_GOOGLE_FORM: Final = r"(/(?:a/[^/]+/)?forms/)(?:u/\d+/)?(d/(?:e/)?[\w-]+)(?:/.*)?"
_MICROSOFT: Final = frozenset({"forms.office.com", "forms.cloud.microsoft"})
_MICROSOFT_EDITORS: Final = ("designpage", "previewpage")


def typed_addresses(text: str) -> list[re.Match[str]]:
    """What looks like addresses (group 1), with a slip in the scheme or, if there is none of these, without one."""
    return list(re.finditer(_TYPED, text)) or list(re.finditer(_WITHOUT_SCHEME, text))


def without_punctuation(url: str) -> str:
    """The address without what belongs to the sentence around it."""
    return url.rstrip(".,;:!?'\"*")


def is_tracker(parameter: str) -> bool:
    """Whether a parameter of an address doesn't change where it leads."""
    return _TRACKER.fullmatch(parameter) is not None


def plain_link(url: str) -> str:
    """The address without what doesn't change where it leads: trackers, the case of its host."""
    try:
        parts = urlsplit(url.strip())
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return url.strip()
    kept = [(name, value) for name, value in query if not is_tracker(name)]
    again = parts.query if len(kept) == len(query) else urlencode(kept)
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, again, parts.fragment))


class AddressFault(StrEnum):
    """What is wrong with an address; the values are parts of phrases' names."""

    TYPE = "type"
    NO_SCHEME = "no_scheme"
    SPACES = "spaces"
    CREDENTIALS = "credentials"
    FORM_EDITOR = "form_editor"
    """The link of a form that only its editors can use."""


def address_fault(written: str) -> AddressFault | None:
    """What is wrong with an absolute web address, if anything."""
    try:
        parts = urlsplit(written)
        port_is_sound = parts.port is None or parts.port >= 0
    except ValueError:
        return AddressFault.TYPE
    if parts.username or parts.password:
        return AddressFault.CREDENTIALS
    if _UNLINKABLE.search(written) or not port_is_sound:
        return AddressFault.SPACES
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return AddressFault.NO_SCHEME if not parts.scheme and HOSTED.match(written) else AddressFault.TYPE
    return AddressFault.FORM_EDITOR if _is_form_editor(parts) else None


def readers_form(written: str) -> str | None:
    """The link under which readers find a form whose link is for its editors only or holds somebody's answers.

    None if the address is that of readers already, or if theirs can't be told from it.
    """
    try:
        parts = urlsplit(written)
        if parts.hostname == _GOOGLE:
            found = re.fullmatch(_GOOGLE_FORM, parts.path)
            if found and (_is_form_editor(parts) or re.search(r"(?:^|&)(?:entry\.\d+|edit2)=", parts.query)):
                return f"https://{_GOOGLE}{found[1]}{found[2]}/viewform"
        if _is_form_editor(parts):
            given = parse_qs(parts.query) | parse_qs(parts.fragment)
            number = next((given[name][0] for name in ("id", "FormId") if name in given), "")
            if re.fullmatch(r"[\w-]+", number):
                return f"https://{parts.hostname}/Pages/ResponsePage.aspx?id={number}"
    except ValueError:
        pass
    return None


def _is_form_editor(parts: SplitResult) -> bool:
    """Whether a form's link is one that only its editors can use; readers get `…/viewform` or a short link."""
    if parts.hostname == _GOOGLE and re.match(r"/(?:a/[^/]+/)?forms/", parts.path):
        return re.search(r"/viewform/?$", parts.path) is None
    return parts.hostname in _MICROSOFT and any(each in parts.path.lower() for each in _MICROSOFT_EDITORS)
