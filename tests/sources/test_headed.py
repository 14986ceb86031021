"""Pages whose headings are dates or titles."""

import pytest

from bot.sources.columns import Column
from bot.sources.document import Anchor
from bot.sources.headed import divided, headed_entries
from bot.sources.rows import Entry
from bot.sources.tables.markdown import markdown

C = Column


def entries(text: str) -> list[Entry]:
    """The entries of a page in Markdown."""
    return headed_entries(markdown(text).lines, {}).entries


def test_a_heading_with_a_date_and_a_title() -> None:
    page = (
        "# Seminar\n\n## June 8, 2026: Waves in water\n\nSpeaker: Ada (Analytical)\n\n"
        "Abstract: On shallow\nwater.\n\nAnd deep.\n"
    )
    (entry,) = entries(page)
    assert (entry.line, entry.under) == (3, ("Seminar",))
    assert [entry.text(each) for each in (C.STARTS, C.TITLE, C.SPEAKER, C.ABSTRACT)] == [
        "June 8, 2026",
        "Waves in water",
        "Ada (Analytical)",
        "On shallow water. And deep.",
    ]


def test_a_title_with_its_date_below() -> None:
    page = (
        "## Waves\n- **Wann:** 8. Juni 2026, 14 Uhr\n- **Wer:** Ada\n- **Folien:** [pdf](a.pdf)\n\n"
        "### Zusammenfassung\nWasser.\n"
    )
    (entry,) = entries(page)
    assert [entry.text(each) for each in (C.TITLE, C.STARTS, C.SPEAKER, C.ABSTRACT)] == [
        "Waves",
        "8. Juni 2026, 14 Uhr",
        "Ada",
        "Wasser.",
    ]
    assert [(name, line.anchors) for name, line in entry.links] == [("Folien", (Anchor("pdf", "a.pdf"),))]


def test_sections_without_a_date_are_no_entries() -> None:
    assert entries("# Seminar\n\nWe meet.\n\n## How to join\nBy bus: line 5\n") == []


def test_a_number_in_the_heading() -> None:
    (entry,) = entries("## 第3回 波の話\n日付: 6月8日\n話者: 山田\n")
    assert [entry.text(each) for each in (C.NUMBER, C.TITLE, C.STARTS, C.SPEAKER)] == ["3", "波の話", "6月8日", "山田"]


def test_a_speaker_in_the_heading_has_the_title_below() -> None:
    (entry,) = entries("### 8 June 2026 – Ada Example (Analytical)\n**Waves in water**\n\nBring a ruler.\n")
    assert [entry.text(each) for each in (C.STARTS, C.SPEAKER, C.TITLE)] == [
        "8 June 2026",
        "Ada Example (Analytical)",
        "Waves in water",
    ]
    assert [line.text for line in entry.rest] == ["Bring a ruler."]


def test_lines_without_a_label_are_kept_apart() -> None:
    (entry,) = entries("## June 8\nSpeaker: Ada\n\nBring a ruler.\n")
    assert [line.text for line in entry.rest] == ["Bring a ruler."]


@pytest.mark.parametrize(
    ("heading", "date", "title"),
    [
        ("2031-05-07, 18:30-20:00", "2031-05-07, 18:30-20:00", ""),
        ("2031-05-07 18:30-20:00 Sand", "2031-05-07 18:30-20:00", "Sand"),
        ("2031年5月7日（水）18:30〜 春の会", "2031年5月7日（水）18:30〜", "春の会"),
        ("7 May, 6 pm – Sandcastles", "7 May, 6 pm", "Sandcastles"),
        ("Spring, 2031-05-07, Town Hall", "2031-05-07", "Spring, Town Hall"),
    ],
)
def test_a_heading_is_a_date_with_its_times_and_a_title(heading: str, date: str, title: str) -> None:
    assert divided(heading) == (date, title)
