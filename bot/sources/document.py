"""A source as its readers see it, whatever it is written in: lines of text and links, and tables of them."""

from dataclasses import dataclass
from typing import Final

from bot.domain.text import one_line

LONGEST: Final = 400_000
"""Characters of a source; a page of 60 lectures has 17,000, a table of 800 about 200,000."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link as it is written; the address may be empty, relative or none at all."""

    label: str
    url: str


Span = str | Anchor


@dataclass(frozen=True, slots=True)
class Line:
    """A line that readers see, and the number of the page's line, from 1, in which it begins.

    `level` is that of a heading, 0 for other text. A `wrapped` line goes on with the sentence of the one before.
    """

    number: int
    spans: tuple[Span, ...]
    level: int = 0
    wrapped: bool = False

    @property
    def text(self) -> str:
        """What is read; of links, their labels."""
        return "".join(span if isinstance(span, str) else span.label for span in self.spans)

    @property
    def source(self) -> str:
        """Text and addresses, for finding what must not be passed on."""
        return "".join(span if isinstance(span, str) else f"{span.label} {span.url} " for span in self.spans)

    @property
    def markdown(self) -> str:
        """The text with its links to web addresses written out, as texts of the schedule may have them."""
        return "".join(map(_markdown, self.spans))

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """The links in the line."""
        return tuple(span for span in self.spans if isinstance(span, Anchor))

    @property
    def beside(self) -> str:
        """The text outside of links."""
        return " ".join(span for span in self.spans if isinstance(span, str))


def _markdown(span: Span) -> str:
    if isinstance(span, str):
        return span
    if span.url.lower().startswith(("http://", "https://")) and span.label != span.url:
        return f"[{span.label.strip('[]')}]({span.url})"
    return span.label


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
