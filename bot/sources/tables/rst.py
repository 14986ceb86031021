"""reStructuredText: its lines under their headings, and its tables, whichever of the five kinds they are of."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final
from unicodedata import east_asian_width

from bot.domain.text import one_line
from bot.sources.document import Anchor, Cell, Document, Line, Row, Table, text_of
from bot.sources.tables import delimited, plain

_GRID: Final = re.compile(r"\s*\+(?:[-=]+\+)+\s*")
_SIMPLE: Final = re.compile(r"\s*={2,}(?: +={2,})+\s*")
_SPANNING: Final = re.compile(r"\s*-{2,}(?: +-{2,})*\s*")
_DIRECTIVE: Final = re.compile(r"(?P<indent>\s*)\.\. (?P<name>csv-table|list-table|table)::")
_ANY_DIRECTIVE: Final = re.compile(r"\s*\.\.(?: [\w:-]+::.*| .*)?$")
_OPTION: Final = re.compile(r"\s*:(?P<name>[\w-]+):(?P<value>.*)")
_UNDERLINE: Final = re.compile(r"([=\-`:'\"~^_*+#<>.])\1{2,}\s*")
_TARGET: Final = re.compile(r"^[^\S\n]*+\.\. _`?([^`:\n]{1,120})`?: (\S+)[^\S\n]*+$", re.MULTILINE)
_MARKS: Final = re.compile(
    r"^(?:\.\. [\w-]+::|\s{0,12}\+[-=]{2,}\+(?:[-=]+\+)*\s*$|\s{0,12}={2,}(?: +={2,})+\s*$)|`[^`<>\n]+<[^<>\n]+>`_",
    re.MULTILINE,
)
_LINK: Final = re.compile(
    r":(?P<role>[\w-]{1,30}):`(?P<about>[^`<>]{1,200}?)\s*(?:<(?P<target>[^<>`]{1,500})>)?`|"
    r"`(?P<label>[^`<>]{0,300}?)\s*<(?P<url>[^<>`\s]{1,1000})>`__?|"
    r"`(?P<name>[^`<>]{1,200})`__?(?!\w)"
)
_EMPHASIS: Final = re.compile(r"\*\*([^*]+)\*\*|(?<!\*)\*([^*\s][^*]*)\*(?!\*)|``([^`]+)``")
_FAR: Final = 10_000
"""A column to the right of every line."""

_BULLET: Final = re.compile(r"^\s*[*+-]\s+")
_ITEM: Final = re.compile(r"(\s*)\* - ?(.*)")
_NEXT: Final = re.compile(r"(\s*)- ?(.*)")
_FIELD: Final = re.compile(r"\s*:([^:`\n]{1,60}):\s+(.*)")


def is_rst(text: str) -> bool:
    """Whether the text has marks that only reStructuredText has."""
    return _MARKS.search(text) is not None


def rst(text: str) -> Document:
    """The lines and tables of the text."""
    return Document(tuple(_Reader(text.expandtabs(4).split("\n"), dict(_TARGET.findall(text))).parts()))


@dataclass(slots=True)
class _Reader:
    """Goes through the lines. `targets` are the addresses that links name elsewhere."""

    lines: Sequence[str]
    targets: dict[str, str]

    def parts(self) -> Iterator[Line | Table]:
        position, levels = 0, ""
        while position < len(self.lines):
            line = self.lines[position]
            directive = _DIRECTIVE.match(line)
            if directive and directive["name"] != "table":
                table, position = self._directive(position, directive["name"])
                yield from table
            elif _GRID.fullmatch(line) and position + 2 < len(self.lines):
                table, position = self._grid(position)
                yield from table
            elif _SIMPLE.fullmatch(line):
                table, position = self._simple(position)
                yield from table
            elif _ANY_DIRECTIVE.fullmatch(line):
                position = position + 1 if line.strip().startswith(".. table::") else self._block(position)[1]
            elif mark := self._is_title(position):
                levels += "" if mark in levels else mark
                yield Line(position + 1, tuple(self._spans(line.strip())), levels.index(mark) + 1)
                position += 2
            else:
                yield from self._text(position)
                position += 1

    def _text(self, position: int) -> Iterator[Line]:
        line = self.lines[position]
        if line.strip() and not _UNDERLINE.fullmatch(line):
            named = _FIELD.fullmatch(line)
            text = f"{named[1]}: {named[2]}" if named else _BULLET.sub("", line, count=1).strip()
            yield Line(position + 1, tuple(self._spans(text)), wrapped=False)

    def _is_title(self, position: int) -> str:
        """The character under the line if that makes it a heading, else nothing."""
        line = self.lines[position]
        below = self.lines[position + 1] if position + 1 < len(self.lines) else ""
        if not line.strip() or line[0].isspace() or not _UNDERLINE.fullmatch(below) or _UNDERLINE.fullmatch(line):
            return ""
        return below[0]

    def _block(self, position: int) -> tuple[list[str], int]:
        """The lines indented more than the one at the position, and where they end."""
        indent = _indent(self.lines[position])
        end = position + 1
        while end < len(self.lines) and (not self.lines[end].strip() or _indent(self.lines[end]) > indent):
            end += 1
        return list(self.lines[position + 1 : end]), end

    # ---- directives

    def _directive(self, position: int, name: str) -> tuple[list[Table], int]:
        block, end = self._block(position)
        options: dict[str, str] = {}
        start = 0
        while start < len(block) and (option := _OPTION.fullmatch(block[start])):
            options[option["name"]] = option["value"].strip()
            start += 1
        body = "\n".join(each.strip() for each in block[start:]) if name == "csv-table" else ""
        before = position + 1 + start
        if name == "csv-table":
            rows = [self._row(row) for row in delimited.rows(body, options.get("delim", ",")[:1] or ",", before)]
            if "header" in options:
                rows[:0] = delimited.rows(options["header"], before=position)
        else:
            rows = self._list(block[start:], before)
        return _table(position + 1, rows), end

    def _row(self, row: Row) -> Row:
        """A row of plain text, with the links that are written in this markup."""
        return Row(row.line, tuple(self._cell([line.text for line in each], row.line) for each in row.cells))

    def _list(self, block: Sequence[str], before: int) -> list[Row]:
        """The rows of a list of lists."""
        rows: list[tuple[int, list[list[str]]]] = []
        for number, line in enumerate(block, before + 1):
            first, following = _ITEM.fullmatch(line), _NEXT.fullmatch(line)
            if first:
                rows.append((number, [[first[2]]]))
            elif following and rows:
                rows[-1][1].append([following[2]])
            elif line.strip() and rows:
                rows[-1][1][-1].append(line.strip())
        return [Row(number, tuple(self._cell(each, number) for each in cells)) for number, cells in rows]

    # ---- drawn tables

    def _grid(self, position: int) -> tuple[list[Table], int]:
        end = position
        while end < len(self.lines) and self.lines[end].lstrip()[:1] in ("+", "|"):
            end += 1
        border = self.lines[position]
        columns = [place for place, sign in enumerate(border) if sign == "+"]
        boxes = len(columns) - 1
        rows: list[Row] = []
        cells: list[list[str]] = [[] for _ in columns[1:]]
        first = position + 2
        for number in range(position + 1, end):
            line = self.lines[number]
            if _GRID.fullmatch(line) or "+--" in line or "+==" in line:
                if any(text for each in cells for text in each):
                    rows.append(Row(first, tuple(self._cell(each, first) for each in cells)))
                cells = [[] for _ in columns[1:]]
                first = number + 2
            else:
                texts = line.strip().removeprefix("|").removesuffix("|").split("|")
                for each, text in zip(cells, texts if len(texts) == boxes else _cut(line, columns), strict=True):
                    each.append(text.strip())
        return _table(position + 1, rows), max(end, position + 1)

    def _simple(self, position: int) -> tuple[list[Table], int]:
        border = self.lines[position]
        columns = [found.start() for found in re.finditer("=+", border)]
        rows: list[tuple[int, list[list[str]]]] = []
        number = position + 1
        borders = 0
        while number < len(self.lines):
            line = self.lines[number]
            number += 1
            if _SIMPLE.fullmatch(line) or re.fullmatch(r"\s*=+\s*", line):
                borders += 1
                if borders > 1 or not self.lines[number : number + 1] or not self.lines[number].strip():
                    break
            elif line.strip() and not _SPANNING.fullmatch(line):
                texts = _cut(line, [*columns, _FAR])
                if texts[0] or not rows:
                    rows.append((number, [[each] for each in texts]))
                else:  # the first column is empty: the row above goes on
                    for each, more in zip(rows[-1][1], texts, strict=True):
                        each.append(more)
        made = [Row(line, tuple(self._cell(each, line) for each in cells)) for line, cells in rows]
        return _table(position + 1, made), number

    # ---- text

    def _cell(self, texts: Sequence[str], line: int) -> Cell:
        """A cell whose lines are parts of one text, unless they are items of a list."""
        pieces: list[str] = []
        for text in texts:
            if not text.strip():
                continue
            if pieces and not _BULLET.match(text):
                pieces[-1] += f" {text.strip()}"
            else:
                pieces.append(_BULLET.sub("", text, count=1).strip().strip('"'))
        return tuple(Line(line, tuple(self._spans(each.lstrip("| ")))) for each in pieces if each.strip())

    def _spans(self, text: str) -> Iterator[str | Anchor]:
        end = 0
        for found in _LINK.finditer(text):
            yield from self._plain(text[end : found.start()])
            yield from self._linked(found)
            end = found.end()
        yield from self._plain(text[end:])

    def _linked(self, found: re.Match[str]) -> Iterator[str | Anchor]:
        if found["role"]:
            target = found["target"]
            yield Anchor(found["about"], target) if target and found["role"] == "download" else found["about"]
        elif found["url"]:
            yield Anchor(one_line(found["label"]) or found["url"], found["url"])
        else:
            target = self.targets.get(found["name"])
            yield Anchor(found["name"], target) if target else found["name"]

    @staticmethod
    def _plain(text: str) -> Iterator[str | Anchor]:
        bare = _EMPHASIS.sub(lambda found: found[1] or found[2] or found[3], text).replace("\\ ", "")
        for line in plain.lines_of([bare], 1):
            yield from line.spans


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _cut(line: str, columns: Sequence[int]) -> list[str]:
    """The texts between these columns, in which a wide character takes two places."""
    places = [0, *accumulate(2 if east_asian_width(sign) in "WF" else 1 for sign in line)]
    starts = [bisect_left(places, column) for column in columns]
    return [line[start:end].strip().strip("|").strip() for start, end in pairwise(starts)]


def _table(line: int, rows: Sequence[Row]) -> list[Table]:
    """The table whose first row has the headings."""
    return [Table(line, tuple(map(text_of, rows[0].cells)), tuple(rows[1:]))] if rows else []
