"""People in a row: all of them where there is room, the first two and how many others else."""

import pytest

from bot.cards.people import everybody, names
from bot.i18n import phrases
from tests.examples import both, person

PEOPLE = (
    person("月島 光", "Hikaru Tsukishima", both("銀河大", "Galaxy University")),
    person("星野 かおる", "Kaoru Hoshino"),
    person("大空 翼", "Tsubasa Ozora", both("天文台", "The Observatory")),
    person("流 星子", "Seiko Nagare"),
)


@pytest.mark.parametrize(
    ("count", "japanese", "english"),
    [
        (1, "月島 光", "Hikaru Tsukishima"),
        (2, "月島 光・星野 かおる", "Hikaru Tsukishima and Kaoru Hoshino"),
        (3, "月島 光・星野 かおる・大空 翼", "Hikaru Tsukishima, Kaoru Hoshino and Tsubasa Ozora"),
        (4, "月島 光・星野 かおる ほか2名", "Hikaru Tsukishima, Kaoru Hoshino and 2 others"),
    ],
)
def test_a_line_names_three_at_most(count: int, japanese: str, english: str) -> None:
    assert (names(PEOPLE[:count], phrases("ja")), names(PEOPLE[:count], phrases("en"))) == (japanese, english)


def test_a_card_names_all_with_their_affiliations() -> None:
    assert everybody(PEOPLE, phrases("ja")) == "月島 光（銀河大）・星野 かおる・大空 翼（天文台）・流 星子"
    assert everybody(PEOPLE[:2], phrases("en")) == "Hikaru Tsukishima (Galaxy University) and Kaoru Hoshino"
