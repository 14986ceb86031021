"""HTML as somebody sees it who looks at the page."""

from bot.sources.document import Anchor, Line
from bot.sources.tables.html import cell, has_markup, html


def texts(page: str) -> list[list[list[str]]]:
    """The texts of the cells of each row of each table."""
    return [
        [[" / ".join(line.text for line in each) for each in row.cells] for row in table.rows]
        for table in html(page).tables
    ]


def test_end_tags_may_be_left_out() -> None:
    assert texts("<table><tr><th>Date<th>Who<tr><td>6/8<td>Ada</table>") == [[["6/8", "Ada"]]]


def test_a_cell_over_several_rows_is_in_each_of_them() -> None:
    page = "<table><tr><th>Date<th>Who</tr><tr><td rowspan=2>6/8<td>Ada</tr><tr><td>Bob</tr></table>"
    assert texts(page) == [[["6/8", "Ada"], ["6/8", "Bob"]]]


def test_a_cell_over_several_columns_is_in_each_of_them() -> None:
    page = "<table><tr><th>Date<th>Who</tr><tr><td colspan=2>Holidays</tr></table>"
    assert texts(page) == [[["Holidays", "Holidays"]]]


def test_a_table_in_a_cell_is_text_of_the_cell() -> None:
    page = "<table><tr><th>A<th>B</tr><tr><td>x<td>y<table><tr><td>z</table></table>"
    assert texts(page) == [[["x", "y / z"]]]


def test_scripts_and_what_is_struck_out_are_not_seen() -> None:
    document = html("<title>t</title><script>var a = '<p>b</p>'</script><p>c <del>d</del>e<p><s>f<p>g")
    assert [line.text for line in document.lines] == ["c e", "g"]


def test_headings_and_links() -> None:
    document = html('<h2>2026</h2>\n<p>see <a href="x.pdf">the paper</a>, twice</p>')
    assert document.lines == (
        Line(1, ("2026",), 2),
        Line(2, ("see ", Anchor("the paper", "x.pdf"), ", twice")),
    )


def test_a_list_of_definitions_has_labels() -> None:
    document = html("<dl><dt>Speaker<dd>Ada<dt>Title</dt><dd>Waves</dd></dl>")
    assert [line.text for line in document.lines] == ["Speaker: Ada", "Title: Waves"]


def test_a_cell_with_markup() -> None:
    assert has_markup("<b>x</b>")
    assert has_markup("x &amp; y")
    assert not has_markup("a < b, c > d & e")
    assert [(line.number, line.text) for line in cell("<b>x</b><br>y", 7)] == [(7, "x"), (7, "y")]
