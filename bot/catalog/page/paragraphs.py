"""Running text of the page, such as an abstract: lines that were wrapped are put together, lists stay lists."""

import re
from collections.abc import Sequence
from typing import Final

from bot.catalog.page.lines import Line
from bot.catalog.page.text import joined, tidy

_ITEM: Final = re.compile(r"(?:・|\d{1,3}[.)]|[-*+])\s*\S")
_PROVISIONAL: Final = re.compile(r"^[(（]仮[)）]\s*")


def paragraphs(lines: Sequence[Line]) -> str:
    """The text, one line for each that the page ends on purpose, with its links as Markdown."""
    text = ""
    for line in lines:
        written = tidy(line.markdown)
        goes_on = line.wrapped and not _ITEM.match(written)
        text = joined(text, written) if goes_on or not text else f"{text}\n{written}"
    return _PROVISIONAL.sub("", text)
