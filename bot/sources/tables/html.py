"""HTML: its lines and tables, as somebody sees them who looks at the page."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from bot.domain.text import one_line
from bot.sources.document import Anchor, Cell, Document, Line, Row, Table
from bot.sources.markdown import printable

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_BLOCKS: Final = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "figcaption"}
    | {"figure", "footer", "form", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary"}
    | {"ul"}
)
_CELLS: Final = frozenset({"td", "th", "tr"})
_STRUCK: Final = frozenset({"del", "s", "strike"})
_SILENT: Final = frozenset({"script", "style", "template", "noscript", "title", "svg", "select", *_STRUCK})
_MOST_COLUMNS: Final = 100
_MOST_ROWS: Final = 500
"""Over which a cell may span."""

_STRAY: Final = re.compile(r"<(?!/?[a-zA-Z][^<>]{0,4000}>)")
"""What begins no tag; the parser would look for the end of it again and again."""

_MARKUP: Final = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|&(?:\w{2,20}|#\d{1,6});")


@dataclass(slots=True)
class _Cell:
    lines: Cell
    columns: int
    rows: int
    is_heading: bool


@dataclass(slots=True)
class _Table:
    line: int
    rows: list[tuple[int, list[_Cell]]] = field(default_factory=list)


def html(text: str) -> Document:
    """The page's lines and tables. A table within a table counts as text of the outer one's cell."""
    return Document(tuple(_read(text)))


def cell(text: str, line: int) -> Cell:
    """The lines of a text with some tags in it, all counted as in that line of the source."""
    found = (each for each in _read(text) if isinstance(each, Line))
    return tuple(Line(line, each.spans, wrapped=each.wrapped) for each in found)


def has_markup(text: str) -> bool:
    """Whether there are tags or entities in the text."""
    return _MARKUP.search(text) is not None


def _read(text: str) -> list[Line | Table]:
    reader = _Reader()
    reader.feed(_STRAY.sub("&lt;", _without_comments(text)))
    reader.close()
    return reader.finished()


def _without_comments(text: str) -> str:
    """The text with only the line ends of its comments; one that is never closed goes on to the end."""
    pieces, end = [], 0
    while (start := text.find("<!--", end)) >= 0:
        pieces.append(text[end:start])
        closed = text.find("-->", start + 4)
        end = len(text) if closed < 0 else closed + 3
        pieces.append("\n" * text.count("\n", start, end))
    return "".join([*pieces, text[end:]])


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[Line | Table] = []
        self._lines: list[Line] = self._parts  # type: ignore[assignment]
        self._spans: list[str | Anchor] = []
        self._started = 1
        self._level = 0
        self._silent: list[str] = []
        self._is_term = False
        self._address: str | None = None
        self._label: list[str] = []
        self._table: _Table | None = None
        self._depth = 0
        self._cell: _Cell | None = None

    def finished(self) -> list[Line | Table]:
        """What was read, in its order."""
        self._end_line()
        if self._table:
            self._end_table()
        return self._parts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent and self._silent[-1] in _STRUCK and (tag in _BLOCKS or tag in _CELLS or tag in _HEADINGS):
            self._silent.clear()
        if tag in _SILENT:
            self._silent.append(tag)
        if self._silent:
            return
        if tag == "br":
            self._end_line()
        elif tag == "a":
            self._close_link()
            self._address = dict(attrs).get("href") or None
        elif tag in _HEADINGS:
            self._end_line()
            self._level = _HEADINGS[tag]
        elif tag == "dd" and self._is_term:
            self._close_link()
            self._say(": ")
        elif tag in _BLOCKS:
            self._end_line()
        elif tag == "table":
            self._start_table()
        elif self._table and self._depth == 1:
            self._start_in_table(tag, dict(attrs))
        elif tag in _CELLS:
            self._end_line()
        self._is_term = tag == "dt" or (self._is_term and tag not in _BLOCKS)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            while tag in self._silent and self._silent.pop() != tag:
                pass
            return
        if self._silent:
            return
        if tag == "a":
            self._close_link()
        elif tag in _HEADINGS:
            self._end_line()
            self._level = 0
        elif tag in _BLOCKS and tag != "dt":
            self._end_line()
        elif tag == "table" and self._table:
            self._depth -= 1
            self._end_line()
            if not self._depth:
                self._end_table()
        elif tag in _CELLS and self._depth == 1:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        data = printable(data)  # once more: an entity may stand for any character
        if self._silent or not data:
            return
        if not self._spans and not self._label:
            blank = len(data) - len(data.lstrip())
            self._started = self.getpos()[0] + data.count("\n", 0, blank)
        if self._address is not None:
            self._label.append(data)
        else:
            self._say(re.sub(r"\s+", " ", data))

    # ---- lines and links

    def _say(self, text: str) -> None:
        if self._spans and isinstance(self._spans[-1], str):
            self._spans[-1] += text
        else:
            self._spans.append(text)

    def _close_link(self) -> None:
        if self._address is not None:
            self._spans.append(Anchor(one_line("".join(self._label)), self._address.strip()))
        self._address = None
        self._label.clear()

    def _end_line(self) -> None:
        self._close_link()
        spans = tuple(self._spans)
        self._spans.clear()
        if spans and spans[0] == ": ":
            spans = spans[1:]
        if any(isinstance(span, Anchor) or span.strip() for span in spans):
            self._lines.append(Line(self._started, _trimmed(spans), self._level))

    # ---- tables

    def _start_table(self) -> None:
        self._end_line()
        self._depth += 1
        if self._depth == 1:
            self._table = _Table(self.getpos()[0])
            self._lines = []

    def _start_in_table(self, tag: str, attributes: dict[str, str | None]) -> None:
        assert self._table  # noqa: S101
        if tag == "tr":
            self._end_cell()
            self._table.rows.append((self.getpos()[0], []))
        elif tag in ("td", "th"):
            self._end_cell()
            if not self._table.rows:
                self._table.rows.append((self.getpos()[0], []))
            columns = _span(attributes.get("colspan"), _MOST_COLUMNS)
            rows = _span(attributes.get("rowspan"), _MOST_ROWS)
            self._cell = _Cell((), columns, rows, tag == "th")

    def _end_cell(self) -> None:
        self._end_line()
        if self._cell and self._table and self._table.rows:
            self._cell.lines = tuple(self._lines)
            self._table.rows[-1][1].append(self._cell)
        self._cell = None
        if self._table:
            self._lines = []

    def _end_table(self) -> None:
        self._end_cell()
        table, self._table, self._depth = self._table, None, 0
        self._lines = self._parts  # type: ignore[assignment]
        if table:
            self._parts.extend(_written(table))


def _trimmed(spans: tuple[str | Anchor, ...]) -> tuple[str | Anchor, ...]:
    first, last = spans[0], spans[-1]
    if len(spans) == 1:
        return (first.strip(),) if isinstance(first, str) else spans
    head = (first.lstrip(),) if isinstance(first, str) else (first,)
    tail = (last.rstrip(),) if isinstance(last, str) else (last,)
    return tuple(each for each in (*head, *spans[1:-1], *tail) if each != "")


def _span(written: str | None, most: int) -> int:
    return min(max(int(written), 1), most) if written and written.isascii() and written.isdecimal() else 1


def _written(table: _Table) -> list[Table]:
    """The table with each cell in every row and column over which it spans; the first row has the headings."""
    grid: list[Row] = []
    open_cells: dict[int, tuple[int, Cell]] = {}
    for line, cells in table.rows:
        made: list[Cell] = []
        waiting = iter(cells)
        while len(made) < _MOST_COLUMNS:
            if len(made) in open_cells:
                left, lines = open_cells.pop(len(made))
                if left > 1:
                    open_cells[len(made)] = (left - 1, lines)
                made.append(lines)
                continue
            each = next(waiting, None)
            if each is None:
                if not any(column > len(made) for column in open_cells):
                    break
                made.append(())
                continue
            for _ in range(min(each.columns, _MOST_COLUMNS - len(made))):
                if each.rows > 1:
                    open_cells[len(made)] = (each.rows - 1, each.lines)
                made.append(each.lines)
        grid.append(Row(line, tuple(made)))
    if not grid:
        return []
    headings = tuple(one_line(" ".join(line.text for line in each)) for each in grid[0].cells)
    return [Table(table.line, headings, tuple(grid[1:]))]
