"""Numbers in kanji."""

import pytest

from bot.domain.numerals import kanji_number


@pytest.mark.parametrize(
    ("written", "number"),
    [("七", 7), ("十", 10), ("十二", 12), ("二十", 20), ("九十九", 99)]
    + [(each, None) for each in ("", "一二", "一二十", "十十", "二〇", "七月", "7")],
)
def test_a_number_below_a_hundred_is_read(written: str, number: int | None) -> None:
    assert kanji_number(written) == number
