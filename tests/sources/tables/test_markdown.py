"""Tables in Markdown, and where they stand."""

from bot.sources.document import Anchor, Line
from bot.sources.tables.markdown import markdown


def test_a_table_stands_under_its_headings() -> None:
    (table,) = markdown("# Seminar\n\n## 2026\n\n| Date | Who |\n|---|---|\n| 6/8 | Ada |\n").tables
    assert (table.line, table.headings, table.under) == (5, ("Date", "Who"), ("Seminar", "2026"))
    assert [(row.line, row.cells[1][0].text) for row in table.rows] == [(7, "Ada")]


def test_a_cell_has_lines_and_links() -> None:
    (table,) = markdown("|A|B|\n|-|-|\n|**x**<br>y|[s](t.pdf)|\n").tables
    assert [line.text for line in table.rows[0].cells[0]] == ["x", "y"]
    assert table.rows[0].cells[1] == (Line(3, (Anchor("s", "t.pdf"),)),)


def test_an_html_table_in_markdown_keeps_its_lines() -> None:
    text = "# 2025\n\n<table>\n<tr><th>Date<th>Who</tr>\n<tr><td>6/8<td>Ada</tr>\n</table>\n\n# 2026\n"
    (table,) = markdown(text).tables
    assert (table.headings, table.under, table.rows[0].line) == (("Date", "Who"), ("2025",), 5)


def test_what_stands_before_the_page_for_its_generator_is_no_text() -> None:
    document = markdown("---\ntitle: x\n---\n# Seminar\n")
    assert [(line.number, line.text) for line in document.lines] == [(4, "Seminar")]
