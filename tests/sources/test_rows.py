"""Rows of tables as entries, and rows that are none."""

from collections.abc import Mapping

from bot.sources.columns import Column, is_heading
from bot.sources.document import Anchor
from bot.sources.rows import Entry, Found, entries, restarting_numbers
from bot.sources.tables.delimited import delimited
from bot.sources.tables.html import html
from bot.sources.tables.markdown import markdown

C = Column


def found(text: str, mapping: Mapping[str, Column] | None = None) -> Found:
    """The entries of a text in Markdown."""
    return entries(markdown(text), mapping or {})


def csv(text: str) -> Found:
    """The entries of comma separated values."""
    document = delimited(text, lambda cells: is_heading(cells, {}))
    assert document is not None
    return entries(document, {})


def said(entry: Entry) -> list[str]:
    """Date, speaker and title."""
    return [entry.text(each) for each in (C.STARTS, C.SPEAKER, C.TITLE)]


HEAD = "| Date | Speaker | Title | Slides |\n|---|---|---|---|\n"


def test_a_row_is_an_entry() -> None:
    (entry,) = found(f"# 2026\n\n{HEAD}| 6/8 | Ada | Waves | [pdf](a.pdf) |\n").entries
    assert (entry.line, entry.under, said(entry)) == (5, ("2026",), ["6/8", "Ada", "Waves"])
    assert [(name, line.anchors) for name, line in entry.links] == [("Slides", (Anchor("pdf", "a.pdf"),))]


def test_tables_of_other_things_are_passed_over() -> None:
    assert found("| Name | Price |\n|---|---|\n| Ada | 5 |\n") == Found()


def test_what_a_column_is_taken_for_is_told() -> None:
    text = HEAD.replace("Slides", "Weather") + "| 6/8 | Ada | Waves | fine |\n"
    assert found(text).columns == {"Date": C.STARTS, "Speaker": C.SPEAKER, "Title": C.TITLE, "Weather": None}
    assert found(text, {"Weather": C.NOTES}).entries[0].text(C.NOTES) == "fine"


def test_empty_rows_and_repeated_headings_are_no_entries() -> None:
    rows = "| | | | |\n| Date | Speaker | Title | Slides |\n| 6/8 | Ada | Waves | |\n"
    assert [said(each) for each in found(HEAD + rows).entries] == [["6/8", "Ada", "Waves"]]


def test_other_headings_within_the_table_count_from_there_on() -> None:
    page = (
        "<table><tr><th>Date<th>Speaker</tr><tr><td>6/8<td>Ada</tr><tr><th>Speaker<th>Date</tr><tr><td>Bob<td>6/15</tr>"
    )
    assert [said(each)[:2] for each in entries(html(page), {}).entries] == [["6/8", "Ada"], ["6/15", "Bob"]]


def test_a_row_with_one_text_stands_above_the_rows_that_follow() -> None:
    page = "<table><tr><th>Date<th>Speaker</tr><tr><td colspan=2>Spring 2026</tr><tr><td>6/8<td>Ada</tr></table>"
    assert [each.under for each in entries(html(page), {}).entries] == [("Spring 2026",)]
    assert [each.under for each in csv("Date,Speaker\n2025,\n6/8,Ada\n").entries] == [("2025",)]
    assert [each.under for each in csv("Date,Speaker,Title\n,Spring 2026,\n6/8,Ada,Waves\n").entries] == [
        ("Spring 2026",)
    ]


def test_days_without_a_meeting_are_named_and_left_out() -> None:
    texts = ("No class (a holiday)", "Spring break", "kein Seminar", "休講", "Pas de séminaire", "放假", "Thanksgiving")
    made = found(HEAD + "".join(f"| 6/{day} | | {text} | |\n" for day, text in enumerate(texts, 1)))
    assert made.entries == []
    assert [each.values["understood"] for each in made.notices] == [*texts]
    assert {each.name for each in made.notices} == {"no_meeting"}


def test_a_talk_about_holidays_is_none_of_these() -> None:
    assert len(found(f"{HEAD}| 6/8 | Ada | No class of curves is better | |\n").entries) == 1


def test_links_are_materials_with_the_words_beside_them() -> None:
    (entry,) = found(f"{HEAD}| 6/8 | Ada | Waves | Part 1 [pdf](a.pdf)<br>[one](b.pdf), [two](c.pdf) |\n").entries
    assert [line.anchors[0] for _, line in entry.links] == [
        Anchor("Part 1 pdf", "a.pdf"),
        Anchor("one", "b.pdf"),
        Anchor("two", "c.pdf"),
    ]


def test_what_is_not_there_is_no_material() -> None:
    for text in ("-", "n/a", "No slides available", "keine Folien"):
        assert found(f"{HEAD}| 6/8 | Ada | Waves | {text} |\n").entries[0].links == ()


def test_lines_below_a_title_are_the_abstract() -> None:
    (entry,) = found(f"{HEAD}| 6/8 | Ada | Waves<br>about shallow water | |\n").entries
    assert (entry.text(C.TITLE), entry.text(C.ABSTRACT)) == ("Waves", "about shallow water")


def test_rooms_are_places_and_times_are_days_where_nothing_else_is() -> None:
    (entry,) = found("| Time | Speaker | Room |\n|---|---|---|\n| 6/8 14:00 | Ada | 201 |\n").entries
    assert (entry.text(C.STARTS), entry.text(C.VENUE)) == ("6/8 14:00", "201")


DISPLACED = """\
Date,Speaker,Title,Paper,Video,
6/1/26,Ada Example,Cy Chair,A long and telling title about waves,pdfs/a.pdf,
6/8/26,Bob Example,Cy Chair,Another title that tells of water,,https://example.org/v
6/15/26,Di Example,A title where it belongs in the table,pdfs/b.pdf,https://example.org/w,
6/22/26,Ed Example,Cy Chair,pdfs/c.pdf,,https://example.org/x
"""


def test_rows_with_a_cell_too_many_are_put_right() -> None:
    made = csv(DISPLACED)
    assert [each.text(C.TITLE) for each in made.entries] == [
        "A long and telling title about waves",
        "Another title that tells of water",
        "A title where it belongs in the table",
        "",
    ]
    assert [[line.anchors[0].url for _, line in each.links] for each in made.entries[:3]] == [
        ["pdfs/a.pdf"],
        ["https://example.org/v"],
        ["pdfs/b.pdf", "https://example.org/w"],
    ]
    assert [(each.line, each.name, each.values) for each in made.notices] == [(2, "row.displaced", {"count": 3})]


def test_numbers_that_start_again_under_each_heading_name_nothing() -> None:
    table = "| No. | Date | Title |\n|---|---|---|\n| 1 | 6/8 | Waves |\n| 2 | 6/15 | Water |\n"
    assert restarting_numbers(found(f"# 2025\n\n{table}\n# 2026\n\n{table}").entries)
    assert not restarting_numbers(found(table).entries)
    assert not restarting_numbers(found(table + "| 2 | 6/22 | Again |\n").entries)
