"""Lists in YAML and JSON."""

from bot.sources.document import Anchor, Document, text_of
from bot.sources.tables.lists import lists


def rows(document: Document | None) -> list[tuple[int, list[str]]]:
    """The lines and texts of the rows of the first table."""
    assert document is not None
    return [(row.line, [text_of(each) for each in row.cells]) for row in document.tables[0].rows]


def test_keys_are_headings() -> None:
    document = lists("- date: June 8\n  who: Ada\n\n- date: June 15\n  title: Waves\n")
    assert document is not None
    assert document.tables[0].headings == ("date", "who", "title")
    assert rows(document) == [(1, ["June 8", "Ada", ""]), (4, ["June 15", "", "Waves"])]


def test_a_list_stands_under_the_keys_that_lead_to_it() -> None:
    document = lists("talks:\n  2026:\n    - {date: June 8, who: Ada}\n")
    assert document is not None
    assert document.tables[0].under == ("talks", "2026")


def test_json() -> None:
    assert rows(lists('[{"date": "June 8", "who": "Ada"},\n {"date": "June 15", "who": null}]')) == [
        (1, ["June 8", "Ada"]),
        (2, ["June 15", ""]),
    ]


def test_people_and_links_may_be_mappings() -> None:
    document = lists(
        "- date: June 8\n  speakers: [{name: Ada, affiliation: Analytical}, Bob]\n"
        "  slides: {label: Part 1, url: 'https://example.org/1'}\n  text: <b>x</b><br>y\n"
    )
    assert document is not None
    _, speakers, slides, text = document.tables[0].rows[0].cells
    assert [line.text for line in speakers] == ["Ada (Analytical)", "Bob"]
    assert slides[0].anchors == (Anchor("Part 1", "https://example.org/1"),)
    assert [line.text for line in text] == ["x", "y"]


def test_of_a_text_in_several_languages_the_first_is_read() -> None:
    assert rows(lists("- {date: June 8, title: {de: Wellen, en: Waves}}\n")) == [(1, ["June 8", "Wellen"])]


def test_other_texts_are_no_lists() -> None:
    assert lists("# Seminar\n\n- one\n- two\n") is None
    assert lists("a: b\n") is None
    assert lists("[" * 5000) is None
