"""Text as Slack takes it: literal, free of what could deceive or ping, within the room that a message has."""

import re
from typing import Any, Final
from urllib.parse import quote, urlsplit

from bot.domain.language import Language
from bot.domain.links import ADDRESS
from bot.domain.message import Countdown, Link, Span, Text, When
from bot.domain.text import visible
from bot.i18n import written
from bot.i18n.excerpts import shortened, units
from bot.platforms.slack import limits

Element = dict[str, Any]

_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?")
_IN_URLS = "%/:=&?~#+!$,;'@()*[]"
_AFTER_ADDRESS: Final = ".,;:!?'\""
"""What ends the sentence, not the address."""

_FORMATS = frozenset("*_~`")


def cleaned(text: str) -> str:
    """`text` without control, direction and invisible characters; its line breaks are plain ones, at most two."""
    return re.sub(r"\n{3,}", "\n\n", visible(text.replace("\t", " ")))


def one_line(text: str) -> str:
    """`text` cleaned and on one line."""
    return " ".join(cleaned(text).split())


def escaped(text: str) -> str:
    """`text` as it must be written where Slack reads control sequences such as `<!here>`."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def summary(headline: str) -> str:
    """A message's top-level text. What must be escaped takes up to five times its room."""
    text = one_line(headline) or "…"
    whole = escaped(shortened(text, limits.SUMMARY))
    return whole if units(whole) <= limits.SUMMARY else escaped(shortened(text, limits.SUMMARY // 5))


def unescaped(text: str) -> str:
    """What a person typed, of a text in which Slack escaped it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def safe_url(url: str) -> str | None:
    """A web or mail address that Slack takes as a link; None for anything else."""
    try:
        parts = urlsplit(visible(url).strip())
        if parts.scheme == "mailto" and parts.path:
            return _within(f"mailto:{quote(parts.path, safe='@+,')}")
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    except ValueError:  # UnicodeError is one
        return None
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return None
    rest = parts._replace(scheme="", netloc="").geturl()
    return _within(f"{parts.scheme}://{host}{quote(rest, safe=_IN_URLS)}")


def _within(url: str) -> str | None:
    return url if len(url) <= limits.URL else None


class Room:
    """How many characters a message still has room for."""

    def __init__(self, characters: int) -> None:
        self.left = characters

    def take(self, text: str, most: int) -> str:
        """As much of `text` as fits into `most` characters and into the room, cut at a sentence."""
        taken = shortened(text, min(most, self.left))
        self.left -= units(taken)
        return taken


def plain(text: str, most: int, room: Room) -> Element:
    """A plain text object of one line; what is blank becomes `…`, which Slack demands to be some text."""
    return {"type": "plain_text", "text": room.take(one_line(text), most) or "…", "emoji": False}


def field(text: Text, language: Language) -> Element | None:
    """A text as a field of a section; None if that would lose a link, a break of a line or what marks a format."""
    words = [span if isinstance(span, str) else in_words(span, language) for span in text if not isinstance(span, Link)]
    links = [span for span in text if isinstance(span, Link)]
    whole = "".join([*words, *(link.label for link in links)])
    if "\n" in cleaned(whole).strip() or not one_line(whole) or any(map(ADDRESS.search, words)):
        return None
    if not links:
        return {"type": "plain_text", "text": one_line(whole), "emoji": False} if _fits(one_line(whole)) else None
    if _FORMATS & set(whole) or not all(safe_url(link.url) for link in links):
        return None
    marked = "".join(_marked(span, language) for span in text).strip()
    return {"type": "mrkdwn", "text": marked, "verbatim": True} if _fits(marked) else None


def _fits(text: str) -> bool:
    return units(text) <= limits.FIELD


def _marked(span: Span, language: Language) -> str:
    if isinstance(span, Link):
        return f"<{escaped(safe_url(span.url) or '')}|{escaped(one_line(span.label) or span.url)}>"
    return escaped(cleaned(span if isinstance(span, str) else in_words(span, language)))


class Run:
    """Elements of rich text in a row. Rich text is taken literally: no mark-up, no mention, no emoji name in it."""

    def __init__(self, language: Language, room: Room, most: int = limits.MESSAGE) -> None:
        self.elements: list[Element] = []
        self._language: Final = language
        self._room = room
        self._left = most

    @property
    def full(self) -> bool:
        """Whether nothing more fits."""
        return min(self._left, self._room.left) < 1

    def say(self, text: str, *, bold: bool = False) -> None:
        """Adds literal text."""
        taken = self._taken(text)
        if not taken:
            return
        last = self.elements[-1] if self.elements else None
        if last and last["type"] == "text" and ("style" in last) == bold:
            last["text"] += taken
            return
        self.elements.append({"type": "text", "text": taken, **({"style": {"bold": True}} if bold else {})})

    def add(self, text: Text) -> None:
        """Adds a text with its links."""
        for span in text:
            if self.full:
                return
            if isinstance(span, str):
                self._literal(cleaned(span))
            elif isinstance(span, Link):
                self._link(span)
            else:
                self.say(in_words(span, self._language))

    def _literal(self, text: str) -> None:
        """Adds literal text; rich text makes no links of the web addresses in it, so they are links of their own."""
        end = 0
        for found in ADDRESS.finditer(text):
            address = found[0].rstrip(_AFTER_ADDRESS)
            self.say(text[end : found.start()])
            self._link(Link(address, address))
            end = found.start() + len(address)
        self.say(text[end:])

    def warn(self) -> None:
        """Adds the sign that something must not be overlooked."""
        self.elements.append({"type": "emoji", "name": "warning"})
        self.say(" ")

    def _taken(self, text: str) -> str:
        taken = self._room.take(text, self._left)
        self._left -= units(taken)
        return taken

    def _link(self, link: Link) -> None:
        url = safe_url(link.url)
        if not url or len(url) > min(self._left, self._room.left):
            self.say(one_line(link.label))
            return
        self._taken(url)
        label = self._taken(one_line(link.label))
        self.elements.append({"type": "link", "url": url, **({"text": label} if label else {})})


def in_words(span: When | Countdown, language: Language) -> str:
    """A time, or how far away one is, as text."""
    return span.words if isinstance(span, Countdown) else written(span, language)
