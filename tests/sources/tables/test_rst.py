"""reStructuredText: five kinds of tables."""

import pytest

from bot.sources.document import Anchor, Table, text_of
from bot.sources.tables.rst import is_rst, rst

GRID = """\
+------+---------+
| Date | Title   |
+======+=========+
| 6/8  | A long  |
|      | title   |
+------+---------+
| 6/15 | 渦の話  |
+------+---------+
"""
SIMPLE = """\
====  ======
Date  Title
====  ======
6/8   A long
      title
6/15  渦の話
====  ======
"""
LIST = """\
.. list-table::
   :header-rows: 1

   * - Date
     - Title
   * - 6/8
     - A long
       title
   * - 6/15
     - 渦の話
"""
CSV = """\
.. csv-table::
   :header: "Date", "Title"
   :widths: 10, 20

   "6/8", "A long
   title"
   "6/15",\t"渦の話" \t
"""


def rows(table: Table) -> list[list[str]]:
    """The texts of the cells."""
    return [[text_of(each) for each in row.cells] for row in table.rows]


@pytest.mark.parametrize("text", [GRID, SIMPLE, LIST, CSV])
def test_every_kind_of_table(text: str) -> None:
    assert is_rst(text)
    (table,) = rst(f"Seminar\n=======\n\n2026\n----\n\n{text}\nafter\n").tables
    assert (table.headings, table.under) == (("Date", "Title"), ("Seminar", "2026"))
    assert rows(table) == [["6/8", "A long title"], ["6/15", "渦の話"]]


def test_rows_know_their_lines() -> None:
    (table,) = rst(CSV).tables
    assert [row.line for row in table.rows] == [5, 7]


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("`Slides <https://example.org/a.pdf>`_", Anchor("Slides", "https://example.org/a.pdf")),
        (":download:`Minutes <old/1.txt>`", Anchor("Minutes", "old/1.txt")),
        ("`Slides`_", Anchor("Slides", "https://example.org/b.pdf")),
        ("https://example.org/c", Anchor("https://example.org/c", "https://example.org/c")),
    ],
)
def test_links(written: str, link: Anchor) -> None:
    text = f".. csv-table::\n   :header: Date, Links\n\n   6/8, {written}\n\n.. _Slides: https://example.org/b.pdf\n"
    assert rst(text).tables[0].rows[0].cells[1][0].anchors == (link,)


def test_a_link_within_the_documentation_is_only_text() -> None:
    (table,) = rst(".. csv-table::\n   :header: Date, Links\n\n   6/8, :ref:`Details <more>`\n").tables
    assert (table.rows[0].cells[1][0].text, table.rows[0].cells[1][0].anchors) == ("Details", ())


def test_sections_and_fields() -> None:
    document = rst("Waves\n-----\n:Speaker: *Ada*\n\n.. a comment\n   of two lines\n\n- a ``point``\n")
    assert [(line.text, line.level) for line in document.lines] == [("Waves", 1), ("Speaker: Ada", 0), ("a point", 0)]


def test_other_texts_are_not_taken_for_it() -> None:
    assert not is_rst("# Seminar\n\nWaves\n=====\n\n| A | B |\n|---|---|\n")
