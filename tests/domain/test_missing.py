"""What is missing: each thing from its day on, and never of a lecture of which nothing can be expected."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.lecture import Field, Lecture, Material, MaterialKind, Mode, Registration, Status, Venue
from bot.domain.missing import Gap, MaterialGap, Missing, missing
from tests.examples import EXAMPLE, at, both, dated, series_of, with_form

BARE = dated(7, "2030-05-31T13:00", "2030-05-31T17:00")
HALL = Venue(both("ホール", "ホール"))
SLIDES = Material(both("スライド", "スライド"), MaterialKind.SLIDES, "https://files.example/7.pdf")
VIDEO = Material(both("動画", "動画"), MaterialKind.VIDEO, "https://videos.example/7")


def gaps(lecture: Lecture, days: int) -> list[Gap]:
    """What is missing of the lecture, seen at noon so many days before it, or after it if negative."""
    return [each.gap for each in missing(series_of(lecture), at("2030-05-31T12:00") - timedelta(days=days))]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (22, []),
        (21, [Field.FORM]),
        (15, [Field.FORM]),
        (14, [Field.FORM, Field.VENUE]),
        (8, [Field.FORM, Field.VENUE]),
        (7, [Field.FORM, Field.VENUE, Field.ABSTRACT]),
        (0, [Field.FORM, Field.VENUE, Field.ABSTRACT]),
        (-6, []),
        (-7, [Field.MATERIALS]),
        (-29, [Field.MATERIALS]),
        (-30, [Field.MATERIALS, MaterialGap.RECORDING]),
        (-900, [Field.MATERIALS, MaterialGap.RECORDING]),
    ],
)
def test_each_thing_is_missing_from_its_day_on(days: int, expected: list[Gap]) -> None:
    assert gaps(BARE, days) == expected


def test_what_is_there_is_not_missing() -> None:
    complete = replace(with_form(BARE), venue=HALL, abstract=both("概要", "概要"), materials=(SLIDES, VIDEO))
    assert [gaps(complete, days) for days in (21, 14, 7, 0, -7, -30, -400)] == [[]] * 7


def test_a_tentative_venue_is_undecided_and_an_online_lecture_needs_none() -> None:
    tentative = replace(with_form(BARE), venue=replace(HALL, tentative=True))
    assert gaps(tentative, 10) == [Field.VENUE]
    assert gaps(replace(with_form(BARE), mode=Mode.ONLINE), 10) == []


def test_the_form_of_another_lecture_that_serves_this_one_is_enough() -> None:
    other = replace(dated(8, "2030-06-30T13:00"), registration=Registration("https://forms.example/8", also_for=(7,)))
    found = missing(series_of(BARE, other), at("2030-05-11T12:00"))
    assert [each.gap for each in found] == []


def test_what_is_in_preparation_is_missing_after_two_months_and_until_then_nothing_else_is() -> None:
    prepared = replace(BARE, materials=(SLIDES, replace(VIDEO, url=None)))
    assert [gaps(prepared, -days) for days in (7, 30, 59, 60, 700)] == [
        [],
        [],
        [],
        [MaterialGap.IN_PREPARATION],
        [MaterialGap.IN_PREPARATION],
    ]


def test_a_lecture_that_lasts_until_now_lacks_nothing_and_is_counted_by_days_of_the_series() -> None:
    assert missing(series_of(BARE), at("2030-05-31T13:00")) == ()
    late = at("2030-05-10T00:30")  # in UTC it is still the ninth
    assert missing(series_of(BARE), late) == (Missing(Field.FORM, 7, 21),)
    assert missing(series_of(BARE), late - timedelta(hours=1)) == ()


@pytest.mark.parametrize("status", [Status.POSTPONED, Status.CANCELLED])
def test_a_lecture_that_is_called_off_lacks_nothing(status: Status) -> None:
    assert [gaps(replace(BARE, status=status), days) for days in (3, -300)] == [[], []]


def test_a_lecture_without_a_date_lacks_nothing_yet() -> None:
    assert missing(series_of(Lecture(9)), at("2030-05-31T12:00")) == ()


def test_lectures_to_come_are_told_first_and_then_those_that_are_over_the_latest_first() -> None:
    assert missing(EXAMPLE, at("2030-05-16T12:00")) == (
        Missing(Field.FORM, 4, 4),
        Missing(Field.VENUE, 4, 4),
        Missing(Field.ABSTRACT, 4, 4),
        Missing(Field.MATERIALS, 3, 28, over=True),
        Missing(MaterialGap.IN_PREPARATION, 2, 63, over=True),
    )
