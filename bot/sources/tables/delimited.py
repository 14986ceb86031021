"""Comma and tab separated values, as spreadsheets write them."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from bot.domain.text import one_line
from bot.sources.document import Document, Row, Table
from bot.sources.tables.plain import cell

_DELIMITERS: Final = "\t,;|"
_MOST_COLUMNS: Final = 200
_QUOTED: Final = re.compile(r"(?<=[,;|]) *+\t[ \t]*+(?=\")")
"""Blanks before a quoted value that the reader of values doesn't skip by itself."""
_APOSTROPHE: Final = re.compile(r"'(?=[=+\-@])")
"""What stands before a text that spreadsheets would take for a formula."""

_TITLES: Final = 12
"""Lines above the headings in which a spreadsheet may have a title."""


def delimited(text: str, is_heading: Callable[[list[str]], bool]) -> Document | None:
    """The table that the text is; None if in no delimiter it has a line of which `is_heading` says that it has the
    table's headings."""
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines[:_TITLES]):
        for delimiter in _DELIMITERS:
            if delimiter in line and is_heading(_cells(line, delimiter)):
                above = tuple(one_line(each.strip(f"{delimiter} \t\n")) for each in lines[:number])
                return Document((_table("".join(lines[number:]), delimiter, number, above),))
    return None


def rows(text: str, delimiter: str = ",", before: int = 0) -> Iterator[Row]:
    """The rows of the text, which begins after so many lines of the source; without those that are empty."""
    last = before
    for number, values in _records(text, delimiter):
        first, last = last + 1, before + number
        if any(value.strip() for value in values):
            yield Row(first, tuple(cell(_APOSTROPHE.sub("", value.strip()), first) for value in values[:_MOST_COLUMNS]))


def _table(text: str, delimiter: str, before: int, above: Iterable[str]) -> Table:
    heading, *others = rows(text, delimiter, before)
    headings = tuple(one_line(" ".join(line.text for line in each)) for each in heading.cells)
    return Table(heading.line, headings, tuple(others), tuple(filter(None, above)))


def _cells(line: str, delimiter: str) -> list[str]:
    return next((values for _, values in _records(line, delimiter)), [])


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of the line that it ends in; what is no such record any more ends them."""
    reader = csv.reader(_QUOTED.sub("", text).splitlines(keepends=True), delimiter=delimiter, skipinitialspace=True)
    while True:
        try:
            values = next(reader)
        except (StopIteration, csv.Error):
            return
        yield reader.line_num, values
