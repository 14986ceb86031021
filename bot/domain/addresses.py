"""Web addresses that people copy from wherever they are: what is wrong with one, and the readers' link of a form."""

import re
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, parse_qs, urlsplit

HOSTED: Final = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2}|com|org|net|edu|gov|info|gle)(?:[/:?#]|$)")
"""How an address begins whose scheme was left out."""

_UNLINKABLE: Final = re.compile(r"[\s\x00-\x20\x7f<>\"]")
_GOOGLE: Final = "docs.google.com"
_GOOGLE_FORM: Final = re.compile(r"(/(?:a/[^/]+/)?forms/)(?:u/\d+/)?(d/(?:e/)?[\w-]+)(?:/.*)?")
_MICROSOFT: Final = frozenset({"forms.office.com", "forms.cloud.microsoft"})
_MICROSOFT_EDITORS: Final = ("designpage", "previewpage")


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
            found = _GOOGLE_FORM.fullmatch(parts.path)
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
