"""What is missing: each thing from its day on, never of a lecture of which nothing can be expected, and of what is over
only for as long as it is asked for."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.expectations import USUALLY, Expected
from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Mode, Registration, Status, Venue
from bot.domain.materials import Material, MaterialKind
from bot.domain.missing import Gap, Missing, missing, to_ask_for, untranslated
from bot.domain.registration import RegistrationPolicy
from bot.domain.series import Series
from tests.domain import generated
from tests.examples import EXAMPLE, at, both, dated, person, series_of, with_form

BARE = dated(7, "2030-05-31T13:00", "2030-05-31T17:00")
HALL = Venue(both("ホール", "Hall"), both("一", "1"))
SLIDES = Material(both("スライド", "スライド"), MaterialKind.SLIDES, "https://files.example/7.pdf")
VIDEO = Material(both("動画", "動画"), MaterialKind.VIDEO, "https://videos.example/7")
COMPLETE = replace(
    with_form(BARE),
    speakers=(person("山田", "Yamada"),),
    title=both("渦", "Vortices"),
    venue=HALL,
    abstract=Localized.same("概要"),
    materials=(SLIDES, VIDEO),
)


def expecting(lecture: Lecture, *expected: Expected) -> Series:
    """A series of that lecture, of which these things are expected, by default all."""
    return replace(series_of(lecture), expects=frozenset(expected or Expected))


def gaps(series: Series, days: int) -> list[Gap]:
    """What is missing, seen at noon so many days before the lecture, or after it if negative."""
    return [each.gap for each in missing(series, at("2030-05-31T12:00") - timedelta(days=days))]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (36, []),
        (35, [Gap.SPEAKER]),
        (22, [Gap.SPEAKER]),
        (21, [Gap.SPEAKER, Gap.FORM, Gap.VENUE]),
        (15, [Gap.SPEAKER, Gap.FORM, Gap.VENUE]),
        (14, [Gap.SPEAKER, Gap.FORM, Gap.VENUE, Gap.TITLE, Gap.ABSTRACT]),
        (0, [Gap.SPEAKER, Gap.FORM, Gap.VENUE, Gap.TITLE, Gap.ABSTRACT]),
        (-6, []),
        (-7, [Gap.SLIDES]),
        (-29, [Gap.SLIDES]),
        (-34, [Gap.SLIDES, Gap.VIDEO]),
        (-35, [Gap.VIDEO]),
        (-96, [Gap.VIDEO]),
        (-97, []),
        (-450, []),
    ],
)
def test_each_thing_is_missing_from_its_day_on(days: int, expected: list[Gap]) -> None:
    assert gaps(expecting(BARE), days) == expected


def test_a_day_without_a_time_and_a_venue_without_a_room_are_asked_for() -> None:
    day_only = replace(COMPLETE, starts=None, ends=None, venue=replace(HALL, room=None))
    assert [gaps(expecting(day_only), days) for days in (29, 28, 11, 10)] == [
        [],
        [Gap.TIME],
        [Gap.TIME],
        [Gap.TIME, Gap.ROOM],
    ]


def test_only_what_is_expected_is_missing() -> None:
    assert gaps(series_of(BARE), 0) == [Gap.SPEAKER, Gap.FORM, Gap.VENUE, Gap.TITLE]
    assert [gaps(series_of(BARE), -days) for days in (7, 30, 90)] == [[], [], []]
    assert gaps(expecting(BARE, Expected.TITLE), 0) == [Gap.FORM, Gap.TITLE]
    assert gaps(replace(expecting(BARE, Expected.VIDEO), registration=RegistrationPolicy()), 0) == []
    without_video = replace(BARE, expects=frozenset(Expected) - {Expected.VIDEO})
    assert gaps(expecting(without_video), -30) == [Gap.SLIDES]
    assert gaps(expecting(replace(BARE, expects=USUALLY | {Expected.VIDEO}), Expected.SLIDES), -30) == [Gap.VIDEO]


def test_what_is_there_is_not_missing() -> None:
    assert [gaps(expecting(COMPLETE), days) for days in (35, 21, 14, 7, 0, -7, -30, -90)] == [[]] * 8
    summary = replace(COMPLETE, abstract=None, summary=Localized.same("概要"))
    assert gaps(expecting(summary), 7) == []


def test_a_tentative_venue_or_title_is_undecided_and_an_online_lecture_needs_no_venue() -> None:
    assert gaps(expecting(replace(COMPLETE, venue=replace(HALL, tentative=True))), 10) == [Gap.VENUE]
    assert gaps(expecting(replace(COMPLETE, title_tentative=True)), 10) == [Gap.TITLE]
    assert gaps(expecting(replace(COMPLETE, venue=None, mode=Mode.ONLINE)), 10) == []


def test_english_is_missing_of_what_is_only_in_japanese_if_the_series_is_in_both() -> None:
    same = Localized.same
    japanese = replace(
        COMPLETE,
        title=same("渦"),
        speakers=(replace(person("山田", "Yamada"), affiliation=same("架空大")),),
        venue=replace(HALL, room=same("118教室")),
    )
    assert gaps(expecting(japanese), 14) == [Gap.TRANSLATED_TITLE, Gap.TRANSLATED_SPEAKER, Gap.TRANSLATED_VENUE]
    assert gaps(expecting(japanese), 15) == []
    assert gaps(replace(expecting(japanese), name=same("渦の会")), 0) == []
    assert gaps(expecting(replace(COMPLETE, title=same("Vortices"))), 0) == []


@pytest.mark.parametrize(
    ("title", "lacking"),
    [
        ({"de": "Wirbel", "en": "Vortices"}, ()),
        ({"de": "Wirbel"}, ("en",)),
        ({"en-GB": "Vortices"}, ("de",)),
        ("Vortices", ()),
        ("渦", ("de", "en")),
    ],
)
def test_of_a_series_in_several_languages_each_of_them_is_expected(
    title: str | dict[str, str], lacking: tuple[str, ...]
) -> None:
    text = Localized.of(title) if isinstance(title, dict) else Localized.same(title)
    name = Localized.of({"de": "Strömungen", "en": "Flows"})
    assert untranslated(replace(series_of(), name=name, language="de"), text) == lacking
    assert untranslated(replace(series_of(), name=Localized.of({"de": "Strömungen"}), language="de"), text) == ()


def test_the_form_of_another_lecture_that_serves_this_one_is_enough() -> None:
    other = replace(dated(8, "2030-06-30T13:00"), registration=Registration("https://forms.example/8", also_for=("7",)))
    series = replace(series_of(BARE, other), expects=frozenset())
    assert missing(series, at("2030-05-11T12:00")) == ()


def test_what_is_in_preparation_is_missing_after_two_months_and_until_then_nothing_else_is() -> None:
    prepared = expecting(replace(COMPLETE, materials=(SLIDES, replace(VIDEO, url=None))))
    asked = {days for days in range(200) if gaps(prepared, -days)}
    assert asked == {*range(60, 127)}
    assert gaps(prepared, -60) == [Gap.IN_PREPARATION]


def test_a_lecture_that_lasts_until_now_lacks_nothing_and_is_counted_by_days_of_the_series() -> None:
    series = expecting(BARE, Expected.SPEAKER)
    assert missing(series, at("2030-05-31T13:00")) == ()
    late = at("2030-04-26T00:30")  # in UTC it is still the day before
    assert missing(series, late) == (Missing(Gap.SPEAKER, "7", 35),)
    assert missing(series, late - timedelta(hours=1)) == ()


@pytest.mark.parametrize("status", [Status.POSTPONED, Status.CANCELLED])
def test_a_lecture_that_is_called_off_lacks_nothing(status: Status) -> None:
    assert [gaps(expecting(replace(BARE, status=status)), days) for days in (3, -30)] == [[], []]


def test_a_lecture_without_a_date_lacks_nothing_yet() -> None:
    assert missing(expecting(Lecture(9)), at("2030-05-31T12:00")) == ()


def test_lectures_to_come_are_told_first_and_then_those_that_are_over_the_latest_first() -> None:
    assert missing(EXAMPLE, at("2030-05-16T12:00")) == (
        Missing(Gap.FORM, "4", 4),
        Missing(Gap.VENUE, "4", 4),
        Missing(Gap.TITLE, "4", 4),
        Missing(Gap.ABSTRACT, "4", 4),
        Missing(Gap.SLIDES, "3", 28, over=True),
        Missing(Gap.IN_PREPARATION, "2", 63, over=True),
    )


@generated.thorough
@given(generated.series(), st.sampled_from([frozenset(Expected), USUALLY]))
def test_over_two_years_of_weeks_nothing_of_what_is_over_is_asked_for_more_than_twice(
    series: Series, expects: frozenset[Expected]
) -> None:
    days = [each.day for each in series.lectures if each.day]
    monday = at(f"{min(days, default=at('2030-05-13T09:00').date())}T09:00")
    asked: dict[tuple[str, Gap], int] = {}
    for week in range(104):
        for each in to_ask_for(replace(series, expects=expects), monday + timedelta(weeks=week)):
            if each.over:
                asked[each.lecture, each.gap] = asked.get((each.lecture, each.gap), 0) + 1
    assert max(asked.values(), default=0) <= 2
