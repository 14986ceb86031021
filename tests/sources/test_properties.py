"""No text makes any reader fail in another way than its own, and whatever is read can be compared, told and written."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.language import LANGUAGES
from bot.i18n import phrases
from bot.schedule.yaml_reader import scalars
from bot.sources.diff import differences
from bot.sources.entries import Context
from bot.sources.model import SourceReading, SourceRefusedError
from bot.sources.reader import source_reading
from bot.sources.wording import columns_written, difference_written, refusal_written, warning_written
from tests.sources.page.pages import BASE, PAGE, TOKYO
from tests.sources.schedules import NOW, edited, series
from tests.sources.test_other_sources import CALENDAR as EVENTS
from tests.sources.test_other_sources import MEETUPS, REIWA, SESSIONS, WEEKS, WIKI
from tests.sources.test_reader import CALENDAR, CSV, HEADED, HTML, JSON, MARKDOWN, RST, SIBLING, TSV, YAML

PIECES = [
    *("", " ", "\n", "\n\n", "\t", "\r", "\0", "\ud800", "\u2028", "|", "||", ",", ";", '"', "'", "`", "*", "#", "- "),
    *(
        "<",
        ">",
        "<td>",
        "</tr>",
        "<table>",
        "</table>",
        "<td rowspan=3 colspan=2>",
        "<!--",
        "-->",
        "&amp;",
        "&#0;",
        "<br>",
    ),
    *(
        "+--+",
        "====",
        "\n---\n",
        ".. csv-table::\n",
        "`a <b>`_",
        ":ref:`x`",
        "[",
        "](",
        "{",
        "}",
        ": ",
        "&a ",
        "*a",
        "!!x ",
    ),
    *("BEGIN:VEVENT\n", "END:VEVENT\n", "DTSTART:99999999T999999\n", "RRULE:FREQ=DAILY\n", "DURATION:-P1D\n", "\\n"),
    *(
        "8/6",
        "31.02.2026",
        "2026",
        "9999-99-99",
        "Mon",
        "25:00",
        "14 Uhr",
        "第3回",
        "No.",
        "Date",
        "Title",
        "TBA",
        "N.N.",
    ),
    *("「", "」", " – ", "13:00-12:00 ", "Program: <br>\n", "プログラム:", "同上", "R13.6.10", "## 2026-06-08\n", "7,"),
    *("https://us02web.zoom.us/j/1234567890", "https://example.org/a.pdf", "x.pdf", "パスコード: a1b2c3", "FÄLLT AUS!"),
]
PROGRAM = f"{PAGE}\nプログラム: <br>\n13:00-13:45 「渦」山田 花子（架空大学） <br>\n14:00 Waves – Ada <br>\n"
"""A page whose last section has several talks."""

SOURCES = [MARKDOWN, HTML, RST, CSV, TSV, YAML, JSON, CALENDAR, HEADED, SIBLING, PAGE, PROGRAM]
SOURCES += [WIKI, WEEKS, REIWA, EVENTS, MEETUPS, SESSIONS]
CONTEXT = Context(TOKYO, date(2026, 5, 1), BASE)


@st.composite
def sources(draw: st.DrawFn) -> str:
    """A source of some kind after careless edits."""
    text = draw(st.sampled_from(SOURCES))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 40)))
        text = text[:start] + draw(st.sampled_from(PIECES)) + text[end:]
    return text


def read_or_refused(text: str) -> SourceReading | None:
    """The reading; of a source that is refused, the reason has been put into words."""
    try:
        return source_reading(text, CONTEXT)
    except SourceRefusedError as refused:
        reasons = [refusal_written(refused, phrases(language)) for language in LANGUAGES]
    assert [len(reason.splitlines()) for reason in reasons] == [1, 1]
    return None


def check(text: str) -> None:
    """Whatever is read has no nonsense in it, and the schedule that takes it over says the same."""
    found = read_or_refused(text)
    if found is None:
        return
    last = text.count("\n") + text.count("\r") + 1
    lines = [each.line for each in found.warnings] + [each.line for each in found.lectures.values()]
    assert all(1 <= line <= last for line in lines)
    for stated in found.lectures.values():
        assert all(value.strip() for _, value in scalars(dict(stated.fields)))
    beside = differences(found, series([]), now=NOW)
    for language in LANGUAGES:
        said = [difference_written(each, phrases(language)) for each in beside.differences]
        said += [warning_written(each, phrases(language)) for each in (*beside.warnings, *found.warnings)]
        assert all(len(line.splitlines()) == 1 for line in [*said, *columns_written(found.columns, phrases(language))])
    schedule = series(edited([], [each.edit for each in beside.differences]))
    again = source_reading(text, Context(TOKYO, CONTEXT.today, BASE, lectures=schedule.lectures))
    assert differences(again, schedule, now=NOW, before=found).differences == ()


@given(sources())
@settings(max_examples=max(300, settings().max_examples))
def test_no_careless_edit_makes_the_reading_fail(text: str) -> None:
    check(text)


@given(st.sampled_from(SOURCES), st.lists(st.sampled_from(PIECES), max_size=30))
def test_no_mixture_of_what_sources_are_made_of_makes_the_reading_fail(source: str, pieces: list[str]) -> None:
    check("".join(pieces))
    check(source + "".join(pieces))


@given(st.text())
def test_no_text_makes_the_reading_fail(text: str) -> None:
    check(text)
    check(f"Date,Time,Speaker,Title,Place,Slides\n2026-06-08,{text},{text},{text},{text},{text}\n")
    check(f"| Date | Title |\n|---|---|\n| {text} | {text} |\n")


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(
    "piece", ["[", "<a ", "<!--", "|", "`", "\n", '"', "=", " ", "2026-06-08 ", "<table><tr><td>", "- a: "]
)
def test_no_source_takes_long_to_read(source: str, piece: str) -> None:
    began = time.thread_time()
    read_or_refused(source + piece * (20_000 // len(piece)))
    assert time.thread_time() - began < 10
