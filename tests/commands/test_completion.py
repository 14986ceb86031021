"""What is offered while a person fills in the parameters of a command."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.cards.view import View
from bot.commands.completion import completes, completions
from bot.commands.registry import BY_NAME, Parameter
from tests.examples import BEFORE_THREE, EXAMPLE

_VIEW = View(EXAMPLE, EXAMPLE.local(BEFORE_THREE), "ja")


def parameter(command: str, name: str) -> Parameter:
    """The parameter of that command."""
    return next(each for each in BY_NAME[command].parameters if each.name == name)


def offered(
    command: str, name: str, typed: str, filled: Mapping[str, str] | None = None, view: View = _VIEW
) -> list[tuple[str, str]]:
    """What is shown, and what is filled in."""
    found = completions(parameter(command, name), typed, filled or {}, view, 25)
    return [(each.label, each.line) for each in found]


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("", ["all", "deadlines", "reminders", "changes", "materials"]),
        ("しめ", []),
        ("締", ["deadlines"]),
        ("dead", ["deadlines"]),
        ("changes,", ["changes,all", "changes,deadlines", "changes,reminders", "changes,materials"]),
        ("changes、締", ["changes,deadlines"]),
    ],
)
def test_topics_are_offered_by_either_name_one_after_the_other(typed: str, values: list[str]) -> None:
    assert [value for _, value in offered("follow", "topics", typed)] == values


def test_fields_are_offered_by_name() -> None:
    assert ("会場", "venue") in offered("admin edit", "field", "")
    assert offered("admin edit", "field", "題") == [("題目", "title")]
    assert offered("admin edit", "field", "titl", view=replace(_VIEW, language="en")) == [("title", "title")]


def test_dates_are_the_same_weekday_and_hours_in_the_weeks_to_come() -> None:
    assert offered("admin move", "when", "", {"lecture": "3"})[:2] == [
        ("2030/4/25(木) 13:00–17:00 JST", "2030-04-25(Thu) 13:00-17:00"),
        ("2030/5/2(木) 13:00–17:00 JST", "2030-05-02(Thu) 13:00-17:00"),
    ]
    assert len(offered("admin add", "when", "")) == 4


def test_a_date_that_is_typed_is_offered_as_it_is_understood() -> None:
    assert [value for _, value in offered("admin move", "when", "5/2 14:00-16:00", {"lecture": "3"})] == [
        "2030-05-02(Thu) 14:00-16:00"
    ]
    assert offered("admin move", "when", "nonsense", {"lecture": "3"}) == []


def test_places_are_those_of_other_lectures() -> None:
    venues = [value for _, value in offered("admin venue", "venue", "")]
    assert len(venues) == len({*venues}) > 0
    name = venues[0]
    assert name in [value for _, value in offered("admin venue", "venue", name[:2])]
    rooms = [value for _, value in offered("admin venue", "room", "", {"venue": name})]
    assert rooms


def test_kinds_of_material_are_offered_as_labels() -> None:
    assert ("スライド", "スライド") in offered("admin material", "label", "")
    assert [value for _, value in offered("admin material", "label", "vid")] == ["動画"]


def test_topics_and_kinds_come_before_lectures() -> None:
    assert [value for _, value in offered("notify", "what", "")][:2] == ["deadlines", "reminders"]
    assert offered("materials", "which", "動画")[0] == ("動画", "video")
    assert [value for _, value in offered("lecture", "which", "おおぞら")] == ["3"]


def test_commands_are_offered_with_what_they_do() -> None:
    assert [value for _, value in offered("help", "command", "remi")] == []
    assert [value for _, value in offered("help", "command", "資料")] == ["materials"]


@pytest.mark.parametrize(("command", "name", "wanted"), [("find", "words", False), ("admin edit", "field", True)])
def test_free_text_is_not_completed(command: str, name: str, wanted: bool) -> None:
    assert completes(parameter(command, name)) is wanted
