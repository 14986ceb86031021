"""What is said of lectures, by lecture and label, before anybody has looked at what it means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.domain.lecture import Field
from bot.domain.text import one_line
from bot.sources.document import Line
from bot.sources.fields.labels import RUNNING
from bot.sources.fields.remarks import joined, says_later

_ITEM: Final = re.compile(r"(?:・|\d{1,3}[.)]|[-*+])\s*\S")
_PROVISIONAL: Final = re.compile(r"^[(（]仮[)）]\s*")


@dataclass(slots=True)
class Statement:
    """What follows a label, up to the next one."""

    about: Field
    label: str
    line: int
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class SourceSection:
    """All that is said of one lecture.

    `number` is the one that it is called by, if it is called by one, `label` what it is called instead. `links` are the
    lines that hold nothing but links, `loose` those that belong to no label.
    """

    id: str
    line: int
    level: int = 1
    number: int | None = None
    label: str | None = None
    addition: str = ""
    statements: list[Statement] = field(default_factory=list)
    links: list[Line] = field(default_factory=list)
    loose: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Sections:
    """The lectures of the page in its order, lines with links outside of them, and headings that name no lecture."""

    blocks: list[SourceSection] = field(default_factory=list)
    links: list[Line] = field(default_factory=list)
    unclear: list[Line] = field(default_factory=list)


def is_left_open(statement: Statement) -> bool:
    """Whether a running text says in its first line that it is not there yet: what follows is no part of it."""
    first = statement.lines[0] if statement.lines else None
    return statement.about in RUNNING and first is not None and not first.anchors and says_later(first.text)


def paragraphs(lines: Sequence[Line]) -> str:
    """The text, one line for each that the page ends on purpose, with its links as Markdown."""
    text = ""
    for line in lines:
        written = one_line(line.markdown)
        goes_on = line.wrapped and not _ITEM.match(written)
        text = joined(text, written) if goes_on or not text else f"{text}\n{written}"
    return _PROVISIONAL.sub("", text)
