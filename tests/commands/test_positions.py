"""Numbers of lectures in any writing, and places in their order."""

import pytest

from bot.commands.positions import is_next, number_at, number_meant, position_at, position_meant
from tests.commands.member_lines import SHIPPED
from tests.examples import at

_NOW = at("2024-04-06T12:00")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第十二回", 12),
        ("lec. 9", 9),
        ("vol.8", 8),
        ("講義9", 9),
        ("twelfth", 12),
        ("12th", 12),
        ("one", None),
        ("一二十", None),
    ],
)
def test_a_number_has_many_writings(text: str, number: int | None) -> None:
    assert number_meant(text) == number


@pytest.mark.parametrize(
    ("text", "end"),
    [("第7回のスライド", 3), ("7の資料", 1), ("118教室", 0), ("7月", 0), ("7/22", 0), ("#7", 2), ("三つ", 0)],
)
def test_a_number_is_found_in_a_text(text: str, end: int) -> None:
    assert number_at(text, 0) == end


@pytest.mark.parametrize(
    ("word", "number"),
    [("次回", 9), ("次々回", 10), ("前々回", 7), ("最初", 1), ("final", 12), ("newest", 8)],
)
def test_a_word_names_a_place_in_the_order(word: str, number: int) -> None:
    position = position_meant(word)
    assert position
    lecture = position(SHIPPED, _NOW)
    assert lecture
    assert lecture.number == number


@pytest.mark.parametrize(("text", "end"), [("次回の会場", 2), ("前の回", 2), ("今泉先生", 0), ("前提", 0), ("次", 1)])
def test_such_a_word_is_found_in_a_text(text: str, end: int) -> None:
    assert position_at(text, 0) == end


def test_only_next_is_next() -> None:
    assert [is_next(each) for each in ("next", "次回", "last", "7")] == [True, True, False, False]
