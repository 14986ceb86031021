"""Rows of a table kept by hand whose cells are one place further to the right than the headings."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.sources.columns import Column
from bot.sources.document import Cell, Row, text_of
from bot.sources.fields.links import announced

_PROSE: Final = re.compile(r"[^\W\d_]{2} ++[^\W\d_]", re.UNICODE)
_NOTHING: Final = re.compile(r"(?:no|not|kein|keine|pas|sin|non|sem|geen)\b.{0,40}", re.IGNORECASE)
_SHORT: Final = 24
"""Characters up to which words in a column of links may only say something of the link."""


def aligned(rows: Sequence[Row], about: Sequence[Column | None]) -> list[Row]:
    """The rows, and those that have a cell too many before their title without that cell.

    Such a row has prose where the links are, or something beyond the last heading. Where the cell too many is, is told
    by all of these rows together.
    """
    if Column.TITLE not in about or Column.MATERIALS not in about:
        return list(rows)
    displaced = [row for row in rows if _is_displaced(row, about)]
    places = Counter(place for row in displaced for place in range(1, len(about)) if _fits(row, place, about))
    if not places:
        return list(rows)
    place = max(places, key=lambda each: (places[each], each))
    return [_without(row, place) if row in displaced else row for row in rows]


def _without(row: Row, place: int) -> Row:
    return replace(row, cells=(*row.cells[:place], *row.cells[place + 1 :]))


def _is_displaced(row: Row, about: Sequence[Column | None]) -> bool:
    return any(
        bool(cell) if position >= len(about) else column is Column.MATERIALS and _is_prose(cell)
        for position, (cell, column) in enumerate(zip(row.cells, [*about, *[None] * len(row.cells)], strict=False))
    )


def _fits(row: Row, place: int, about: Sequence[Column | None]) -> bool:
    """Whether without that cell links stand where links belong, and the longest of the texts is the title."""
    rest = _without(row, place)
    pairs = list(zip(rest.cells, about, strict=False))
    if any(column is Column.MATERIALS and _is_prose(cell) for cell, column in pairs):
        return False
    title = next((text_of(cell) for cell, column in pairs if column is Column.TITLE), "")
    texts = [text_of(cell) for cell in row.cells if not any(line.anchors for line in cell)]
    return bool(title) and title == max(texts, key=len, default="")


def _is_prose(cell: Cell) -> bool:
    """Whether there are words, and no link."""
    text = text_of(cell)
    if any(line.anchors or announced(line.text) for line in cell) or len(text) <= _SHORT or _NOTHING.fullmatch(text):
        return False
    return _PROSE.search(text) is not None
