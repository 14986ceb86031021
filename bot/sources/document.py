"""A source as its readers see it, whatever it is written in: lines of text and links, and tables of them."""

from dataclasses import dataclass
from typing import Final

from bot.domain.text import one_line
from bot.sources.page.markdown import Anchor, Line

__all__ = ["LONGEST", "Anchor", "Cell", "Document", "Line", "Row", "Table"]

LONGEST: Final = 400_000
"""Characters of a source; a page of 60 lectures has 17,000, a table of 800 about 200,000."""

Cell = tuple[Line, ...]
"""What is in one field of a row, line by line."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row, whose cells stand in the order of the table's headings, and the line of the source where it begins."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. `under` are the headings of the page that stand above, the outermost first."""

    line: int
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Lines and tables in the order of the source."""

    parts: tuple[Line | Table, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines outside of tables."""
        return tuple(each for each in self.parts if isinstance(each, Line))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, each under the headings that stand above it."""
        above: list[Line] = []
        found: list[Table] = []
        for part in self.parts:
            if isinstance(part, Table):
                found.append(Table(part.line, part.headings, part.rows, (*_texts(above), *part.under)))
            elif part.level:
                above = [*(each for each in above if each.level < part.level), part]
        return tuple(found)


def text_of(cell: Cell) -> str:
    """The cell in one line."""
    return one_line(" ".join(line.text for line in cell))


def _texts(lines: list[Line]) -> tuple[str, ...]:
    return tuple(one_line(each.text) for each in lines)
