"""Markdown: its lines under their headings, and its tables, drawn with `|` or written as HTML."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from markdown_it.token import Token

from bot.sources.document import Cell, Document, Line, Row, Table, text_of
from bot.sources.markdown import Writer, parser, visible_text
from bot.sources.tables.html import html

_FENCE: Final = "---"


def markdown(text: str) -> Document:
    """The lines and tables of the text, without what stands before it for the site's generator."""
    visible, _ = visible_text(text)
    visible, tables = _without_tables(_without_front_matter(visible))
    reader = _Reader()
    for token in parser(tables=True).parse(visible):
        reader.take(token)
    parts = sorted([*reader.parts(), *tables], key=_line)
    return Document(tuple(parts))


def _line(part: Line | Table) -> int:
    return part.number if isinstance(part, Line) else part.line


def _without_front_matter(text: str) -> str:
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE or _FENCE not in (each.rstrip() for each in lines[1:]):
        return text
    end = [each.rstrip() for each in lines].index(_FENCE, 1)
    return "\n".join([*[""] * (end + 1), *lines[end + 1 :]])


def _without_tables(text: str) -> tuple[str, list[Table]]:
    """The text with its HTML tables left blank, and these."""
    lowered, pieces, tables = text.lower(), [], []
    end = 0
    while (start := lowered.find("<table", end)) >= 0 and (closed := lowered.find("</table", start)) >= 0:
        pieces.append(text[end:start])
        end = closed + len("</table>")
        before = text.count("\n", 0, start)
        written = text[start:end]
        pieces.append("\n" * written.count("\n"))
        found = html("\n" * before + written).parts
        tables += [each for each in found if isinstance(each, Table)]
    return "".join([*pieces, text[end:]]), tables


@dataclass(slots=True)
class _Reader:
    """Follows the parser's tokens: those of tables by itself, all others with the writer of lines."""

    _writer: Writer = field(default_factory=Writer)
    _parts: list[Line | Table] = field(default_factory=list)
    _rows: list[Row] = field(default_factory=list)
    _cells: list[Cell] = field(default_factory=list)
    _line: int = 1
    _is_table: bool = False

    def parts(self) -> Iterator[Line | Table]:
        """What was read."""
        yield from self._parts
        yield from self._writer.lines

    def take(self, token: Token) -> None:
        """The next token."""
        if token.type == "table_open":
            self._is_table, self._rows = True, []
        elif token.type == "table_close":
            self._is_table = False
            self._end_table()
        elif not self._is_table:
            self._writer.block(token)
        elif token.type == "tr_open":
            self._line, self._cells = (token.map[0] + 1 if token.map else self._line), []
        elif token.type == "tr_close":
            self._rows.append(Row(self._line, tuple(self._cells)))
        elif token.type == "inline":
            writer = Writer()
            writer.block(token)
            self._cells.append(tuple(Line(self._line, each.spans, wrapped=each.wrapped) for each in writer.lines))

    def _end_table(self) -> None:
        if self._rows:
            heading, *rows = self._rows
            self._parts.append(Table(heading.line, tuple(map(text_of, heading.cells)), tuple(rows)))
