"""A line is taken apart into what names lectures and what is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.lecture_index import lecture_index
from bot.commands.segments import Segments, segments
from tests.commands.member_lines import SHIPPED
from tests.examples import at

_TODAY = at("2024-04-06T12:00").date()


def _taken_apart(text: str) -> Segments:
    return segments(lecture_index(SHIPPED), text, _TODAY)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("瀧先生の回", Segments(names=("瀧",))),
        ("森村さん強化学習", Segments(names=("森村", "強化学習"))),
        ("5月の京都", Segments(names=("京都",), time="5月")),
        ("第1回から第3回", Segments(numbers=("第1回", "2", "第3回"))),
        ("lecture 7", Segments(numbers=("7",))),
        ("the talk by Masato Taki on 25 April", Segments(names=("Masato Taki",), time="4/25")),
        ("過去の筑波", Segments(names=("筑波",), scope="過去")),
        ("前回の今泉先生", Segments(names=("今泉",), numbers=("前回",))),
        ("甘利先生の早稲田大会", Segments(names=("甘利",), unknown=("早稲田大会",))),
        ("神経統計力学", Segments(unknown=("神経統計力学",))),
        ("からきだ先生", Segments(names=("からきだ",))),
        ("とみや", Segments(unknown=("とみや",))),
        ("届きますか", Segments()),
        ("diffusion", Segments(unknown=("diffusion",))),
        ("may I come in May?", Segments(time="May", unknown=("come",))),
        ("🙏！？", Segments()),
        ("", Segments()),
    ],
)
def test_a_line_is_taken_apart(text: str, parts: Segments) -> None:
    assert _taken_apart(text) == parts


@given(st.text(max_size=70))
def test_nothing_is_found_that_was_not_typed(text: str) -> None:
    parts = _taken_apart(text)
    assert sum(map(len, (*parts.names, *parts.unknown))) <= 2 * len(text) + 2
