"""Text is cut where a reader would stop."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.excerpts import shortened, units


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("短い文です。", 6, "短い文です。"),
        ("はじめの文です。つぎの文はとても長いのです。", 14, "はじめの文です。…"),
        ("「括弧の中の文です。」つぎの文はとても長いのです。", 16, "「括弧の中の文です。」…"),
        ("文。ところがこの文はたいへん長いので途中で切れます。", 14, "文。ところがこの文はたいへ…"),
        ("One sentence here. Another one that is long.", 30, "One sentence here.…"),
        ("Version 3.11 of it goes on and on and on.", 20, "Version 3.11 of it…"),
        ("Is it? Yes it really is so.", 12, "Is it?…"),
        ("first line\nsecond line is longer", 16, "first line…"),
        ("abcdefghijklmnop", 8, "abcdefg…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
    ],
)
def test_ends_with_a_sentence_else_with_a_word_else_anywhere(text: str, limit: int, expected: str) -> None:
    assert shortened(text, limit) == expected


@pytest.mark.parametrize(
    "character",
    [
        "e\u0301",
        "か\u3099",
        "ｶﾞ",
        "👩\u200d👩\u200d👧",
        "👍🏽",
        "🇯🇵",
        "⚠\ufe0f",
        "🏴\U000e0067\U000e0062\U000e007f",
        "\u1100\u1161\u11a8",
    ],
)
def test_never_divides_what_is_seen_as_one_character(character: str) -> None:
    text = character * 8
    for limit in range(1, units(text)):
        excerpt = shortened(text, limit)
        assert excerpt == character * ((limit - 1) // units(character)) + "…"


def test_counts_what_lies_beyond_the_basic_plane_twice() -> None:
    assert units("a𠮷") == 3
    assert shortened("𠮷野家𠮷野家", 8) == "𠮷野家𠮷野家"
    assert shortened("𠮷野家𠮷野家", 7) == "𠮷野家𠮷…"


@given(st.text(max_size=60), st.integers(min_value=0, max_value=40))
def test_is_the_text_or_its_beginning_with_an_ellipsis(text: str, limit: int) -> None:
    excerpt = shortened(text, limit)
    assert units(excerpt) <= limit or excerpt == text == ""
    if units(text) <= limit:
        assert excerpt == text
    elif limit:
        assert excerpt.endswith("…")
        assert text.startswith(excerpt[:-1])


@given(st.text(max_size=60), st.integers(min_value=0, max_value=40))
def test_cutting_again_changes_nothing(text: str, limit: int) -> None:
    assert shortened(shortened(text, limit), limit) == shortened(text, limit)
