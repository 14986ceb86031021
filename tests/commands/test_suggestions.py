"""What is offered while a person types which lecture is meant."""

import pytest
from inline_snapshot import snapshot

from bot.commands.suggestions import suggestions
from bot.domain.lecture import Lecture
from bot.domain.message import Option
from tests.examples import BEFORE_THREE, EXAMPLE, series_of


def _numbers(typed: str, most: int = 25) -> list[str]:
    return [option.line for option in suggestions(EXAMPLE, BEFORE_THREE, typed, "ja", most)]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("", ["3", "4", "5", "6", "2", "1"]),
        ("　", ["3", "4", "5", "6", "2", "1"]),
        ("3", ["3"]),
        ("第３", ["3"]),
        ("next", ["3"]),
        ("前回", ["2"]),
        ("月", ["1", "4"]),
        ("ＭＯＯＮ", ["1", "4"]),
        ("galaxies see", ["3"]),
        ("99", []),
        ("zzz", []),
    ],
)
def test_lectures_are_completed_by_number_title_and_speaker_with_the_next_first(typed: str, numbers: list[str]) -> None:
    assert _numbers(typed) == numbers


def test_a_digit_may_become_every_number_that_begins_with_it() -> None:
    series = series_of(Lecture(1), Lecture(2), Lecture(10), Lecture(12))
    assert [each.line for each in suggestions(series, BEFORE_THREE, "1", "ja", 25)] == ["1", "10", "12"]


def test_no_more_are_offered_than_the_platform_shows() -> None:
    assert _numbers("", most=2) == ["3", "4"]


def test_a_suggestion_names_the_lecture_its_speaker_and_its_date() -> None:
    offered = [suggestions(EXAMPLE, BEFORE_THREE, each, language, 1) for each in "356" for language in ("ja", "en")]
    assert offered == snapshot(
        [
            (Option(label="第3回\u3000機械学習で見る銀河 · 大空 翼 · 2030/4/18(木)", line="3"),),
            (
                Option(
                    label="Lecture 3: Galaxies seen by Machine Learning · Tsubasa Ozora · Thu, 18 Apr 2030", line="3"
                ),
            ),
            (Option(label="第5回（題目未定） · 流 星子 · 2030/6/17(月)", line="5"),),
            (Option(label="Lecture 5 (title to be announced) · Seiko Nagare · Mon, 17 June 2030", line="5"),),
            (Option(label="第6回（題目未定） · 日程未定", line="6"),),
            (Option(label="Lecture 6 (title to be announced) · date to be announced", line="6"),),
        ]
    )
