"""What first lines say of a registration that is over."""

from dataclasses import replace

import pytest

from bot.announcements.texts.registration import closed_sentence
from bot.cards.view import View
from bot.domain.language import Language
from bot.domain.lecture import Lecture
from tests.examples import OPEN, at, both, dated, person, series_of, with_form

GALAXIES = replace(OPEN, title=both("銀河", "Galaxies"))
MOON = replace(
    with_form(dated(4, "2030-04-18T10:00")),
    title=both("月", "Moon"),
    speakers=(person("月島 光", "Hikaru Tsukishima"),),
)


@pytest.mark.parametrize(
    ("language", "lectures", "said"),
    [
        ("en", [GALAXIES], "Registration for lecture 3, “Galaxies” (Tsubasa Ozora), is closed."),
        (
            "en",
            [GALAXIES, MOON],
            "Registration is closed: lecture 3, “Galaxies” (Tsubasa Ozora); lecture 4, “Moon” (Hikaru Tsukishima).",
        ),
        ("ja", [GALAXIES], "第3回「銀河」（大空 翼）の参加登録は締め切りました。"),
        ("ja", [GALAXIES, MOON], "第3回「銀河」（大空 翼）、第4回「月」（月島 光）の参加登録は締め切りました。"),
    ],
)
def test_that_it_is_closed_of_one_and_of_several(language: Language, lectures: list[Lecture], said: str) -> None:
    view = View(series_of(GALAXIES, MOON), at("2030-04-17T13:00"), language)
    assert closed_sentence(lectures, view) == said
