"""Content as Discord's Markdown: strings shown literally, links masked, countdowns kept current by Discord."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final
from urllib.parse import quote, urlsplit

from bot.domain.language import Language
from bot.domain.message import Countdown, Link, Span, Text, When
from bot.domain.text import visible
from bot.i18n import written
from bot.i18n.excerpts import ELLIPSIS, shortened, units

_BREAK: Final = re.compile(r"(?<! ) *+\n\s*+")
_ADDRESS: Final = re.compile(
    r"https?://(?:[A-Za-z0-9\-._~/?#&=%+:;,!$']|@(?!everyone|here))*[A-Za-z0-9/_=\-#&~]",
    re.IGNORECASE,
)
_SPECIAL: Final = re.compile(
    r"[\\*_~|`<\[\]]"
    r"|(?m:^(?P<indent>[ ]*)(?P<block>[#>-]|\d+(?=[.)])))"
    r"|(?P<mass>@)(?=everyone|here|$)"
    r"|:(?!\d\d:)(?=[A-Za-z0-9_+-]+:|//)"  # a time is no emoji, and its backslash would be seen in notifications
)
_MASS_MENTION: Final = re.compile("@(?=everyone|here)")
_SAFE_IN_ADDRESS: Final = "%/:?#[]@!$&'*+,;=~-._"
_STRAY_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST: Final = re.compile(r"(?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]+(?::\d{1,5})?")


def clean(text: str) -> str:
    """`text` without what steers the display instead of being shown: controls, marks of direction, lone surrogates."""
    return visible(text).replace("\t", " ").strip()


def one_line(text: str) -> str:
    """`text` with a space for each break of a line."""
    return _BREAK.sub(" ", text)


def plain(text: str, limit: int) -> str:
    """One line, at most `limit` long, for places where Discord reads no Markdown; empty if nothing is to be seen."""
    one = one_line(clean(text))
    return shortened(one, limit) if _is_seen(one) else ""


def literal(text: str) -> str:
    """Markdown that is shown as the cleaned `text`: nothing in it is a format, a mention, a link or an emoji's name."""
    return _SPECIAL.sub(_escaped, text)


def literal_with_links(text: str) -> str:
    """As `literal`, but web addresses stay as they are, so that they can be pressed."""
    pieces, end = [], 0
    for found in _ADDRESS.finditer(text):
        pieces += [literal(text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*pieces, literal(text[end:])])


def line(text: str, limit: int) -> str:
    """One line of literal text whose Markdown is at most `limit` long."""
    return _cut(one_line(clean(text)), limit, literal)


def web_address(url: str) -> str | None:
    """`url` if it is a web address, with everything encoded that could end it early; else None."""
    encoded = _STRAY_PERCENT.sub("%25", clean(url))
    try:
        parts = urlsplit(encoded)
        host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not _HOST.fullmatch(host):
        return None
    address = quote(parts._replace(netloc=host).geturl(), safe=_SAFE_IN_ADDRESS)
    return _MASS_MENTION.sub("%40", address)


def link(target: Link) -> str:
    """A masked link; just the address where the label is one too, since Discord masks none with another."""
    label = one_line(clean(target.label)).replace("[", "(").replace("]", ")")
    address = web_address(target.url)
    if address is None:
        return literal(label or clean(target.url))
    if not _is_seen(label) or "://" in label:
        return f"<{address}>"
    return f"[{literal(label)}]({address})"


def paragraph(text: Text, language: Language, limit: int) -> str:
    """A run of text as Markdown of at most `limit`, cut at the end of a sentence if it is longer."""
    spans = _joined(text)
    pieces = [_written(span, language) for span in spans]
    whole = "".join(pieces).strip()
    if units(whole) <= limit:
        return whole
    kept, room = "", limit - units(ELLIPSIS)
    for span, piece in zip(spans, pieces, strict=True):
        if units(piece) <= room:
            kept, room = kept + piece, room - units(piece)
            continue
        if isinstance(span, str) and room > 0:
            return kept + _cut(span, room, literal_with_links)
        break
    return kept.strip() + ELLIPSIS if limit > 0 else ""


def _written(span: Span, language: Language) -> str:
    if isinstance(span, When):
        return literal(written(span, language))
    if isinstance(span, Link):
        return link(span)
    if isinstance(span, Countdown):
        return f" <t:{int(span.to.timestamp())}:R>"
    return literal_with_links(span)


def _joined(text: Text) -> list[Span]:
    """The spans, cleaned, neighbouring strings made one, so that nothing takes shape where two of them meet."""
    spans: list[Span] = []
    for span in text:
        if isinstance(span, str) and spans and isinstance(spans[-1], str):
            spans[-1] += span
        else:
            spans.append(span)
    return [_cleaned_within(span) if isinstance(span, str) else span for span in spans]


def _cleaned_within(text: str) -> str:
    """As `clean`, but keeping the spaces at its ends that separate it from its neighbours."""
    return visible(text).replace("\t", " ")


def _cut(text: str, limit: int, markup: Callable[[str], str]) -> str:
    """The Markdown of as much of `text` as `limit` allows. An escape at most doubles a character, and is never cut."""
    room = limit
    while units(cut := markup(shortened(text, room))) > limit:
        room -= max(1, (units(cut) - limit) // 2)
    return cut


def _is_seen(text: str) -> bool:
    return any(unicodedata.category(character)[0] not in "ZCM" for character in text)


def _escaped(found: re.Match[str]) -> str:
    if found["mass"]:
        return "@\u200b"
    if found["block"]:
        marker = found["block"]
        return f"{found['indent']}{marker}\\" if marker.isdecimal() else f"{found['indent']}\\{marker}"
    return f"\\{found[0]}"
