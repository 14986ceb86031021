"""Text as Markdown: every character of it for itself, its links as links."""

import re
from typing import Final

from bot.cards.abstract import linked
from bot.domain.links import ADDRESS
from bot.domain.message import Link

_INLINE: Final = re.compile(r"[\\`*_\[\]<>{|~]")
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")
_BLOCK: Final = re.compile(r"(?P<number>\d{1,9}(?=[.)](?:\s|$)))|(?=#|[-+:](?:\s|$)|--|=+\s*$)")
"""What at the beginning of a line makes a heading, a list, a rule or a definition of it."""

_SPACE: Final = re.compile(r"\s+")


def literal(text: str) -> str:
    """The text in one line, every character of it for itself; addresses in it can be followed."""
    plain, written, end = _SPACE.sub(" ", text).strip(" "), "", 0
    for found in ADDRESS.finditer(plain):
        written += f"{_escaped(plain[end : found.start()])}<{found[0]}>"
        end = found.end()
    return written + _escaped(plain[end:])


def running(text: str) -> list[str]:
    """The lines of a running text, nothing at their beginning being markup either; Markdown links stay links."""
    return [_line(each.strip()) for each in text.strip().splitlines()]


def anchor(label: str, url: str) -> str:
    """A link under a label that is Markdown already."""
    address = _ENTITY.sub("&amp;", url.replace("\\", "\\\\"))
    return f"[{label}](<{address}>)" if re.search(r"[()]", address) else f"[{label}]({address})"


def escaped(text: str) -> str:
    """The text in one line, every character of it for itself, as the label of a link."""
    return _escaped(_SPACE.sub(" ", text).strip(" "))


def _line(text: str) -> str:
    spans = linked(text)
    written = "".join(
        anchor(escaped(span.label), span.url) if isinstance(span, Link) else _spaced(str(span)) for span in spans
    )
    return _BLOCK.sub(lambda found: f"{found['number'] or ''}\\", written, count=1) if _BLOCK.match(text) else written


def _spaced(text: str) -> str:
    """As `literal`, but with the space at either end that keeps it apart from a link."""
    before, after = (" " if re.match(r"\s", end) else "" for end in (text[:1], text[-1:]))
    return f"{before}{literal(text)}{after}"


def _escaped(text: str) -> str:
    return _ENTITY.sub("&amp;", _INLINE.sub(r"\\\g<0>", text))
