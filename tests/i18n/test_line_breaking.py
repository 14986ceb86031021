"""Where lines of plain text begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes, width

from bot.i18n.line_breaking import wrapped

TEXTS = st.lists(
    st.sampled_from(
        ["講義", "か\u3099", "ｶﾞ", "👩\u200d👩\u200d👧", "🇯🇵", "👍🏽", "abc", "e\u0301", "、", "「", " ", "-"]
    )
).map("".join)


@pytest.mark.parametrize(
    ("line", "cells", "expected"),
    [
        ("物理学と機械学習", 8, ["物理学と", "機械学習"]),
        ("「講義」、です", 6, ["「講", "義」、", "です"]),
        ("an old machine", 6, ["an old", "machin", "e"]),
        ("見る https://example.org/a/b よ", 8, ["見る", "https://example.org/a/b", "よ"]),
        ("が" * 4, 4, ["がが", "がが"]),
        ("か\u3099" * 4, 4, ["か\u3099" * 2, "か\u3099" * 2]),
        ("👩\u200d👩\u200d👧" * 3, 4, ["👩\u200d👩\u200d👧" * 2, "👩\u200d👩\u200d👧"]),
        ("👍🏽" * 3, 2, ["👍🏽"] * 3),
        ("🇯🇵" * 3, 5, ["🇯🇵" * 2, "🇯🇵"]),
        ("x🇯🇵" * 2, 2, ["x", "🇯🇵", "x", "🇯🇵"]),
    ],
)
def test_lines_are_broken_where_a_reader_expects_it(line: str, cells: int, expected: list[str]) -> None:
    assert wrapped(line, cells) == expected


@given(TEXTS, st.integers(4, 12))
def test_no_character_is_divided_and_no_line_too_long(line: str, cells: int) -> None:
    lines = wrapped(line, cells)
    graphemes = [each for part in lines for each in iter_graphemes(part) if not each.isspace()]
    assert graphemes == [each for each in iter_graphemes(line) if not each.isspace()]
    assert max(map(width, lines)) <= cells
