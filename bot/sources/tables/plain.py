"""Text of a cell that has no markup of its own but links: addresses, links as in Markdown, and paths of files."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.domain.links import ADDRESS, MARKDOWN_LINK
from bot.sources.document import Anchor, Cell, Line

_LINKS: Final = re.compile(f"{MARKDOWN_LINK.pattern}|({ADDRESS.pattern})", re.IGNORECASE)
_PATH: Final = re.compile(
    r"(?:\.{0,2}/)?[^\s:|<>\"'][^:|<>\"']{0,200}\.(?:pdf|pptx?|odp|key|html?|ipynb|txt|md|zip|mp4|webm|docx?)",
    re.IGNORECASE,
)


def cell(text: str, line: int) -> Cell:
    """The cell with this text, which begins in that line of the source."""
    return tuple(
        Line(line + number, tuple(_spans(each)), wrapped=number > 0)
        for number, each in enumerate(text.split("\n"))
        if each.strip()
    )


def lines_of(texts: Iterable[str], line: int) -> Cell:
    """The cell whose texts are lines of their own."""
    return tuple(Line(line, tuple(_spans(each))) for each in texts if each.strip())


def _spans(text: str) -> Iterator[str | Anchor]:
    if _PATH.fullmatch(text.strip()):
        yield Anchor(text.strip(), text.strip())
        return
    end = 0
    for found in _LINKS.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        yield Anchor(found[1] or found[3], found[2] or found[3])
        end = found.end()
    if end < len(text):
        yield text[end:]
