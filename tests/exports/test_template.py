"""Templates: filled in with what there is, without lines of which nothing is known."""

from dataclasses import replace

import pytest

from bot.exports.template import PLACEHOLDERS, NoTemplateError, filled
from tests.examples import BEFORE_THREE, DAY_ONLY, EXAMPLE, OPEN, OVER_IN_PREPARATION, UNDATED

_EVERYTHING = "".join(f"{name}: ${name}\n" for name in PLACEHOLDERS)


def test_everything_that_is_known() -> None:
    assert filled(_EVERYTHING, EXAMPLE, OPEN, BEFORE_THREE, "en") == (
        "number: 3\n"
        "heading: Lecture 3\n"
        "when: Thu, 18 Apr 2030 13:00-17:00 JST\n"
        "speaker: Tsubasa Ozora (Galaxy University)\n"
        "title: Galaxies seen by Machine Learning\n"
        "mode: Hybrid (in person and online)\n"
        "venue: [Galaxy University, West Hall](https://maps.example/west) Room 201\n"
        "language: Japanese\n"
        "form: [Registration form, lecture 3](https://forms.example/3)\n"
        "notes: Please bring binoculars.\n"
        "abstract: Shapes of galaxies are classified.\n"
        "See the [collection](https://files.example/3).\n"
    )


def test_materials_have_a_line_each() -> None:
    told = filled("$materials\n", EXAMPLE, OVER_IN_PREPARATION, BEFORE_THREE, "en")
    assert told == "[Slides](https://files.example/2.pdf)\n[Video](): in preparation\n"


def test_a_line_of_which_nothing_is_known_is_left_out_with_the_gap_after_it() -> None:
    template = "## $heading\n\n- $when: $title\n- $venue\n\n$abstract\n\n\n$$5\n"
    told = [
        filled(template, EXAMPLE, each, BEFORE_THREE, "ja") for each in (UNDATED, replace(DAY_ONLY, title=OPEN.title))
    ]
    assert told == [
        "## 第6回\n\n$5\n",
        "## 第5回\n\n- 2030/6/17 (月) 時間未定: 機械学習で見る銀河\n\n$5\n",
    ]


@pytest.mark.parametrize(("template", "placeholder"), [("a\n$titel", "$titel"), ("a\n5 $ b", "$"), ("a\n${title", "$")])
def test_what_is_no_placeholder_is_refused_with_its_line(template: str, placeholder: str) -> None:
    with pytest.raises(NoTemplateError) as refused:
        filled(template, EXAMPLE, OPEN, BEFORE_THREE, "en")
    assert (refused.value.placeholder, refused.value.line) == (placeholder, 2)
