"""Comma and tab separated values."""

import pytest

from bot.sources.document import Table, text_of
from bot.sources.tables.delimited import delimited


def table(text: str) -> Table:
    """The table whose headings begin with a date."""
    document = delimited(text, lambda cells: cells[0].strip() == "Date" and len(cells) > 1)
    assert document is not None
    return document.tables[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(delimiter: str) -> None:
    found = table(f"Date{delimiter}Who\n6/8{delimiter}Ada\n")
    assert found.headings == ("Date", "Who")
    assert [[text_of(each) for each in row.cells] for row in found.rows] == [["6/8", "Ada"]]


def test_quoted_cells_go_over_lines_and_rows_know_where_they_begin() -> None:
    found = table('Date,Title\n6/8,"A long\ntitle, with a comma"\n,\n6/15,Next\n')
    assert [(row.line, text_of(row.cells[1])) for row in found.rows] == [(2, "A long title, with a comma"), (5, "Next")]


def test_quotes_within_a_value_stay_as_they_are() -> None:
    (row,) = table('Date,Title\n6/8,"Waves, ""shallow"" ones"\n').rows
    assert text_of(row.cells[1]) == 'Waves, "shallow" ones'


def test_titles_above_the_headings() -> None:
    found = table("Seminar 2026,,\n,,\nDate,Who,\n6/8,Ada,\n")
    assert (found.line, found.under, found.rows[0].line) == (3, ("Seminar 2026",), 4)


def test_other_texts_are_no_table() -> None:
    assert delimited("Hello, world\n", lambda cells: cells[0] == "Date") is None


def test_addresses_and_files_are_links() -> None:
    found = table("Date,Paper\n6/8,pdfs/a b.pdf\n6/9,see https://example.org/x\n")
    assert [row.cells[1][0].anchors[0].url for row in found.rows] == ["pdfs/a b.pdf", "https://example.org/x"]
