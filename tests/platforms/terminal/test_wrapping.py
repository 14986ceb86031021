"""Wrapping: widths in cells, Japanese between any two characters but by its rules, addresses in one piece."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from bot.platforms.terminal.wrapping import wrapped

WORDS = st.text(st.sampled_from("ab漢字かなカナー、。（）「」・ 12.,)(\n　"), max_size=80)


def lines(text: str, width: int, hanging: int = 0) -> list[str]:
    """The wrapped lines as plain text."""
    return [line.plain for line in wrapped(Text(text), width, hanging)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", [""]),
        ("one two three", ["one two", "three"]),
        ("機械学習の考え方を", ["機械学習の", "考え方を"]),
        ("機械学習は、楽しい。", ["機械学習", "は、楽し", "い。"]),
        ("学ぶ（英語で）人々", ["学ぶ（英語", "で）人々"]),
        ("2024/4/25(木) 13:00", ["2024/4/25(", "木) 13:00"]),
        ("abcdefghijklmno", ["abcdefghij", "klmno"]),
        ("a\n\nb", ["a", "", "b"]),
        ("見る https://example.org/a/long/one を", ["見る", "https://example.org/a/long/one", "を"]),
    ],
)
def test_lines_end_where_each_language_ends_them(text: str, wanted: list[str]) -> None:
    assert lines(text, 10) == wanted


def test_lines_after_the_first_hang() -> None:
    assert lines("- one two three", 7, hanging=2) == ["- one", "  two", "  three"]


@given(WORDS, st.integers(4, 40), st.integers(0, 2))
def test_no_line_is_too_wide_and_no_character_is_lost(text: str, width: int, hanging: int) -> None:
    found = wrapped(Text(text), width, hanging)
    assert all(line.cell_len <= width for line in found)
    assert "".join("".join(line.plain for line in found).split()) == "".join(text.split())


@given(
    st.lists(st.sampled_from(["漢", "字か", "な。", "よ、", "カー", "」と", "「引用"])).map("".join), st.integers(6, 30)
)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str, width: int) -> None:
    found = lines(f"序{text}", width)
    assert all(line[0] not in "、。」ー" for line in found[1:])
    assert all(line[-1] != "「" for line in found)


@given(st.integers(2, 30))
def test_an_address_stays_in_one_piece(width: int) -> None:
    address = "https://example.org/lectures/9/registration?form=viewform"
    assert address in lines(f"フォームは {address} です。", width)


def test_styles_survive() -> None:
    found = wrapped(Text.assemble(("太字", "bold"), "普通の文字"), 6)
    assert [(line.plain, [str(span.style) for span in line.spans]) for line in found] == [
        ("太字普", ["bold"]),
        ("通の文", []),
        ("字", []),
    ]
