"""No text makes the reading fail in another way than its own, and whatever is read can be compared, told and put in."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.language import LANGUAGES
from bot.domain.secret import secret_in
from bot.domain.text import squeezed
from bot.i18n import phrases
from bot.schedule.yaml_reader import scalars
from bot.sources.diff import differences
from bot.sources.model import SourceReading, SourceRefusedError
from bot.sources.wording import difference_written, refusal_written, warning_written
from tests.sources.page.pages import FORM, PAGE, reading
from tests.sources.schedules import NOW, edited, series

PIECES = [
    *(
        "",
        " ",
        "　",
        "\n",
        "\n\n",
        "<br>",
        "\r",
        "\t",
        "<!--",
        "-->",
        "**",
        "~~",
        "[",
        "]",
        "(",
        ")",
        "（",
        "）",
        "`",
        "<",
        ">",
        "#",
    ),
    *(
        "# 第13回",
        "第9回",
        "# 第x回",
        "##",
        "日時:",
        "講師：",
        "講演題目",
        "概要: ",
        "場所: ",
        "教室: ",
        "備考:",
        "参加登録: ",
        "TBA",
        "未定",
    ),
    *(
        "（仮）",
        "(予定)",
        "延期",
        "中止",
        "準備中",
        "[[スライド]](a.pdf)",
        "[[動画]]()：準備中",
        f"[[第10回・第12回]]({FORM})",
        "http://[",
        "::",
    ),
    *(
        "2024/7/22",
        "9999/99/99",
        "(火)",
        "13:00-",
        "25:00",
        "午後",
        "0",
        "－",
        "\0",
        "\ud800",
        "\u2028",
        "パスコード: a1b2c3",
        "&#0;",
        "&lt;",
        "\\",
    ),
    *(
        "<a href='x'>",
        "</a>",
        "<del>",
        "> ",
        "- ",
        "1. ",
        "```\n",
        "https://us02web.zoom.us/j/1234567890",
        "[f]: /x",
        "![i](x)",
        "|",
    ),
]


@st.composite
def pages(draw: st.DrawFn) -> str:
    """The invented page after some careless edits."""
    text = PAGE
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 40)))
        text = text[:start] + draw(st.sampled_from(PIECES)) + text[end:]
    return text


def read_or_refused(text: str) -> SourceReading | None:
    """The reading; of a page that is refused, the reason has been put into words."""
    try:
        return reading(text)
    except SourceRefusedError as refused:
        reasons = [refusal_written(refused, phrases(language)) for language in LANGUAGES]
    assert [len(reason.splitlines()) for reason in reasons] == [1, 1]
    return None


def lines_of(page: SourceReading) -> list[int]:
    """All lines that the reading names."""
    return [each.line for each in page.warnings] + [each.line for each in page.lectures.values()]


def check(text: str) -> None:
    """Whatever is read of the text has no nonsense in it, and the schedule that takes it over says the same."""
    page = read_or_refused(text)
    if page is None:
        return
    assert list(page.lectures) == sorted(page.lectures, key=int)
    assert [each.line for each in page.warnings] == sorted(each.line for each in page.warnings)
    last = text.count("\n") + text.count("\r") + 1
    assert all(1 <= line <= last for line in lines_of(page))
    for stated in page.lectures.values():
        assert stated.fields.keys() & stated.unclear == set()
        for place, value in scalars(dict(stated.fields)):
            assert value.strip()
            assert secret_in(value) is None
            assert place[-1] != "url" or value.startswith(("http://", "https://"))
    found = differences(page, series([]), now=NOW)
    for language in LANGUAGES:
        lines = [difference_written(each, phrases(language)) for each in found.differences]
        lines += [warning_written(each, phrases(language)) for each in (*found.warnings, *page.warnings)]
        assert all(len(line.splitlines()) == 1 and secret_in(line) is None for line in lines)
    schedule = series(edited([], [each.edit for each in found.differences]))
    assert differences(page, schedule, now=NOW, before=page).differences == ()


PROSE = [
    "渦です。",
    "Text that goes on",
    "* 項目",
    "- item: what it does",
    "1. 数える",
    "TBAではない行。",
    "何を、なぜ: 例",
]
LINKS = ["[https://example.org/{n}](https://example.org/{n})", "<https://example.org/{n}>", "* https://example.org/{n}"]
GAPS = ["\n", "\n\n", " <br>\n", "\n<br>\n", "\n\n  "]


@given(
    st.lists(st.tuples(st.sampled_from([*PROSE, *LINKS]), st.sampled_from(GAPS)), max_size=12),
    st.sampled_from(GAPS[:4]),
    st.booleans(),
)
def test_all_of_an_abstract_and_its_material_are_read(written: list[tuple[str, str]], gap: str, titled: bool) -> None:
    pieces = [(piece.format(n=n), gap) for n, (piece, gap) in enumerate([("初めの段落。", gap), *written])]
    material = "[[講義資料]](https://example.org/notes)"
    text = "".join(f"{piece}{gap}" for piece, gap in pieces)
    page = reading(f"# 第9回\n{'題目: 渦 <br>' if titled else '講師: 山田'}\n概要: <br>\n{text}\n{material}\n")
    fields = page.lectures["9"].fields
    assert page.warnings == ()
    assert fields["materials"] == [{"label": "講義資料", "kind": "document", "url": "https://example.org/notes"}]
    abstract = squeezed(str(fields["abstract"]))
    for piece, _ in pieces:
        words = squeezed(piece.split("](")[0])
        assert words in abstract
        abstract = abstract.partition(words)[2]


@given(pages())
@settings(max_examples=150)
def test_no_careless_edit_makes_the_reading_fail(text: str) -> None:
    check(text)


@given(st.lists(st.sampled_from([*PIECES, "# 第9回\n", "山田"]), max_size=40))
@settings(max_examples=150)
def test_no_mixture_of_what_pages_are_made_of_makes_the_reading_fail(pieces: list[str]) -> None:
    check("# 第9回\n備考: 電卓\n" + "".join(pieces))


@given(st.text())
def test_no_text_makes_the_reading_fail(text: str) -> None:
    check(text)
    check(f"# 第9回\n備考: 電卓\n講演題目: {text}\n場所: {text}\n日時: {text}\n講師: {text}\n[{text}]({text})")


@pytest.mark.parametrize(
    "piece", ["[", "![", "*a ", "(仮", "<!--", "第", "  ", "!! ", "[a](", "<a ", "、", "x：", "延期します", "2024/1/1 "]
)
def test_no_page_takes_long_to_read(piece: str) -> None:
    text = (
        f"# 第9回\n備考: 電卓\n講演題目: {piece * 3000}\n場所: {piece * 3000}\n日時: {piece * 3000}\n{piece * 3000}\n"
    )
    began = time.thread_time()
    read_or_refused(text)
    assert time.thread_time() - began < 5
