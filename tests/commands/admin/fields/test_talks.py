"""One of several talks, as organizers type it."""

from dataclasses import replace
from functools import partial

import pytest

from bot.domain.edits import FieldValue
from bot.domain.lecture import Field, Talk
from tests.commands.admin.fields.typed import edits, refused
from tests.examples import EXAMPLE, OPEN, at, both, person

_FIRST = Talk(both("渦", "Vortices"), (person("大空 翼", "Tsubasa Ozora"),), at("2030-04-18T13:30"), position=1)
_SECOND = Talk(both("波", "Waves"), starts=at("2030-04-18T14:00"), position=0)
_SESSION = replace(EXAMPLE, lectures=(replace(OPEN, talks=(_FIRST, _SECOND)),))
"""A session whose talks stand in the file in another order than that of their times."""

_talk = partial(edits, Field.TALKS, series=_SESSION)
_refused = partial(refused, Field.TALKS, series=_SESSION)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("1 title 風 / Wind", {"talks.1.title": {"ja": "風", "en": "Wind"}}),
        ("2番 題目 「風」", {"talks.0.title": {"ja": "風", "en": "Waves"}}),
        ("2 speaker 大空 翼", {"talks.0.speaker": {"name": {"ja": "大空 翼", "en": "Tsubasa Ozora"}}}),
        ("1 time 13:15-13:45", {"talks.1.starts": "13:15", "talks.1.ends": "13:45"}),
        ("1 時刻 13:30", {}),
        ("2 time 未定", {"talks.0.starts": None}),
        ("1 概要\n渦の話。", {"talks.1.abstract": "渦の話。"}),
        (
            "1 material Exercise https://example.org/x",
            {"talks.1.materials.0": {"label": "Exercise", "url": "https://example.org/x"}},
        ),
        ("3 title 風", {"talks.2.title": "風"}),
        ("#2 none", {"talks.0": None}),
    ],
)
def test_a_talk_is_named_by_its_number_as_it_is_shown(text: str, changes: dict[str, FieldValue]) -> None:
    assert _talk(text) == changes


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("title 風", "1 13:30 Vortices – Tsubasa Ozora, 2 14:00 Waves. Number 3 adds one."),
        ("9 title 風", "Number 3 adds one."),
        ("1 colour red", "title, speaker, time, abstract, material, but not “colour”"),
        ("1 title", "title, speaker, time"),
        ("1 time noon", "noon"),
        ("2 speaker 所属: 月大", "2 speaker"),
    ],
)
def test_what_is_no_field_of_a_talk_is_answered_with_what_is(text: str, part: str) -> None:
    assert part in _refused(text)


def test_a_lecture_without_talks_says_so() -> None:
    assert "has no separate talks" in refused(Field.TALKS, "2 title 風")
