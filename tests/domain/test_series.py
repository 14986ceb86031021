"""What can be asked of the whole series."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.deadlines import RegistrationStatus, registration_status
from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Mode, Phase, Registration, Status, Venue
from bot.domain.registration import ClosingRule, RegistrationPolicy
from bot.domain.series import Series
from tests.domain import generated
from tests.examples import BERLIN, TOKYO, at, both, dated, series_of, with_form


def _numbers(lectures: list[Lecture]) -> list[int]:
    return [lecture.number or 0 for lecture in lectures]


_ONE = dated(1, "2024-04-10T13:00", "2024-04-10T17:00")
_TWO = dated(2, "2024-05-20T13:00", "2024-05-20T17:00")
_THREE = dated(3, "2024-05-01")
_FOUR = Lecture(4)
_FIVE = replace(dated(5, "2024-05-10T13:00"), status=Status.POSTPONED)
_SIX = replace(dated(6, "2024-04-20T13:00", "2024-04-20T17:00"), status=Status.CANCELLED)
_SERIES = series_of(_ONE, _TWO, _THREE, _FOUR, _FIVE, _SIX)


@pytest.mark.parametrize(
    ("now", "upcoming", "past"),
    [
        ("2024-04-01T12:00", [1, 6, 3, 2, 5, 4], []),
        ("2024-04-10T16:59:59", [1, 6, 3, 2, 5, 4], []),
        ("2024-04-10T17:00:00", [6, 3, 2, 5, 4], [1]),
        ("2024-04-20T16:59:59", [6, 3, 2, 5, 4], [1]),
        ("2024-04-20T17:00:00", [3, 2, 5, 4], [1]),
        ("2024-05-01T23:59:59", [3, 2, 5, 4], [1]),
        ("2024-05-02T00:00:00", [2, 5, 4], [3, 1]),
        ("2024-05-20T17:00:00", [5, 4], [2, 3, 1]),
    ],
)
def test_lists_go_by_date_and_lectures_without_one_come_last(now: str, upcoming: list[int], past: list[int]) -> None:
    assert (_numbers(_SERIES.upcoming(at(now))), _numbers(_SERIES.past(at(now)))) == (upcoming, past)


@pytest.mark.parametrize(
    ("now", "current_or_next", "latest"),
    [
        ("2024-04-01T12:00", _ONE, None),
        ("2024-04-10T13:00:00", _ONE, None),
        ("2024-04-10T16:59:59", _ONE, None),
        ("2024-04-10T17:00:00", _THREE, _ONE),
        ("2024-05-01T23:59:59", _THREE, _ONE),
        ("2024-05-02T00:00:00", _TWO, _THREE),
        ("2024-05-20T17:00:00", None, _TWO),
    ],
)
def test_next_and_last_pass_over_what_does_not_take_place(
    now: str, current_or_next: Lecture | None, latest: Lecture | None
) -> None:
    assert (_SERIES.current_or_next(at(now)), _SERIES.latest(at(now))) == (current_or_next, latest)


def test_a_cancelled_lecture_without_a_date_is_in_no_list() -> None:
    series, now = series_of(replace(Lecture(4), status=Status.CANCELLED)), at("2024-04-01T12:00")
    assert (series.upcoming(now), series.past(now)) == ([], [])


def test_lectures_that_start_together_go_by_number() -> None:
    series = series_of(dated(1, "2024-05-01T00:00"), dated(2, "2024-05-01"), dated(3, "2024-04-30T13:00"))
    assert _numbers(series.upcoming(at("2024-04-01T12:00"))) == [3, 1, 2]


def test_an_empty_series_has_no_next_no_last_and_empty_lists() -> None:
    series, now = series_of(), at("2024-04-01T12:00")
    asked = (
        series.current_or_next(now),
        series.latest(now),
        series.upcoming(now),
        series.past(now),
        series.lecture("1"),
    )
    assert asked == (None, None, [], [], None)


def test_a_lecture_is_found_by_its_number() -> None:
    assert [_SERIES.lecture(str(number)) for number in (2, 7)] == [_TWO, None]


@pytest.mark.parametrize(
    ("zone", "today"), [("Asia/Tokyo", 6), ("America/New_York", 5), ("Pacific/Kiritimati", 6), ("UTC", 5)]
)
def test_today_is_the_day_where_the_series_takes_place(zone: str, today: int) -> None:
    now = datetime(2024, 4, 5, 15, 0, tzinfo=UTC)
    assert series_of(zone=ZoneInfo(zone)).today(now).day == today


_USUAL = replace(series_of(), usual_venue=both("筑波大学東京キャンパス", "University of Tsukuba Tokyo Campus"))


def _held_at(name: Localized, mode: Mode | None = Mode.HYBRID) -> Lecture:
    return Lecture(9, mode=mode, venue=Venue(name))


@pytest.mark.parametrize(
    ("lecture", "unusual"),
    [
        (_held_at(both("筑波大学東京キャンパス", "University of Tsukuba Tokyo Campus")), False),
        (_held_at(Localized.same("筑波大学 東京キャンパス 文京校舎")), False),
        (_held_at(Localized.same("筑波大学東京ｷｬﾝﾊﾟｽ")), False),
        (_held_at(Localized.same("university of tsukuba, TOKYO campus")), False),
        (_held_at(Localized.same("京都大学")), True),
        (_held_at(Localized.same("京都大学"), None), True),
        (_held_at(Localized.same("筑波大学")), True),
        (_held_at(Localized.same("京都大学"), Mode.ONLINE), False),
        (Lecture(9, mode=Mode.HYBRID), False),
    ],
)
def test_a_venue_is_unusual_if_people_would_go_to_the_wrong_place(lecture: Lecture, unusual: bool) -> None:
    assert _USUAL.is_unusual(lecture) == unusual


def test_where_no_venue_is_usual_none_is_unusual() -> None:
    assert series_of().is_unusual(_held_at(Localized.same("京都大学"))) is False


@generated.thorough
@given(st.data())
def test_every_lecture_is_ahead_or_past_but_for_cancelled_ones(data: st.DataObject) -> None:
    series: Series = data.draw(generated.series())
    now = data.draw(generated.instants(series))
    listed = _numbers(series.upcoming(now)) + _numbers(series.past(now))
    shown = [each for each in series.lectures if each.status is not Status.CANCELLED or each.number in listed]
    assert sorted(listed) == _numbers(shown)


@generated.thorough
@given(st.data())
def test_the_zone_in_which_now_is_told_makes_no_difference(data: st.DataObject) -> None:
    series: Series = data.draw(generated.series())
    now = data.draw(generated.instants(series))
    assert _state(series, now) == _state(series, now.astimezone(data.draw(st.sampled_from(generated.ZONES))))


def _state(
    series: Series, now: datetime
) -> tuple[list[tuple[Phase, RegistrationStatus, int | None]], list[int], list[int], int | None]:
    """All that an answer can say of the series at an instant."""
    local = series.local(now)
    upcoming, past, current = series.upcoming(now), series.past(now), series.current_or_next(now)
    lectures = [
        (
            each.phase(local),
            registration_status(series, each, now),
            (each.day - local.date()).days if each.day else None,
        )
        for each in series.lectures
    ]
    return lectures, _numbers(upcoming), _numbers(past), current.number if current else None


_NIGHT = series_of(
    with_form(dated(1, "2024-10-28T13:00", zone=BERLIN), closes=at("2024-10-27T02:30", BERLIN)),
    zone=BERLIN,
)


@generated.thorough
@given(st.data())
def test_nothing_an_answer_says_changes_before_the_next_change(data: st.DataObject) -> None:
    series: Series = data.draw(generated.series())
    now = data.draw(generated.instants(series))
    start, moment = now.astimezone(UTC), timedelta(microseconds=1)
    unchanged = (series.next_change(now).astimezone(UTC) - start) // moment
    later = start + data.draw(st.integers(0, unchanged - 1)) * moment
    last = start + (unchanged - 1) * moment
    assert [_state(series, each) for each in (later, last)] == [_state(series, now)] * 2


@pytest.mark.parametrize(
    ("now", "change"),
    [
        ("2024-04-05T12:00", "2024-04-06T00:00"),
        ("2024-04-06T00:00", "2024-04-07T00:00"),
        ("2024-04-23T09:00", "2024-04-23T12:00"),
        ("2024-04-23T12:00", "2024-04-24T00:00"),
        ("2024-04-24T11:59:59", "2024-04-24T12:00"),
        ("2024-04-25T09:00", "2024-04-25T12:30"),
        ("2024-04-25T12:30", "2024-04-25T13:00"),
        ("2024-04-25T13:00", "2024-04-25T17:00"),
        ("2024-04-25T17:00", "2024-04-26T00:00"),
    ],
)
def test_answers_may_change_at_midnight_the_deadline_start_and_end(now: str, change: str) -> None:
    series = series_of(with_form(dated(9, "2024-04-25T13:00", "2024-04-25T17:00")))
    assert series.next_change(at(now)) == at(change)


def test_an_empty_series_changes_at_midnight() -> None:
    assert series_of(zone=BERLIN).next_change(at("2024-03-30T12:00", BERLIN)) == at("2024-03-31T00:00", BERLIN)


@example(at("2024-10-27T02:15", BERLIN))
@example(at("2024-10-27T02:15", BERLIN).replace(fold=1))
@example(at("2024-03-31T01:59", BERLIN))
@given(st.datetimes(datetime(2024, 1, 1), datetime(2024, 12, 31), timezones=st.sampled_from(generated.ZONES)))  # noqa: DTZ001
def test_the_next_change_is_always_ahead_and_at_most_a_day_away(now: datetime) -> None:
    for zone in (TOKYO, BERLIN):
        series = replace(_NIGHT, timezone=zone)
        until = series.next_change(now).astimezone(UTC) - now.astimezone(UTC)
        assert timedelta(0) < until <= timedelta(hours=25)


def test_the_series_own_deadline_rule_counts_as_a_change() -> None:
    series = replace(series_of(dated(9, "2024-04-25T13:00")), timezone=TOKYO)
    series = replace(series, registration=RegistrationPolicy(True, closes=ClosingRule(1, time(17, 30))))
    assert series.next_change(at("2024-04-24T09:00")) == at("2024-04-24T17:30")


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        *(("de", "de"), ("de-AT", "de"), ("de_DE.UTF-8", "de"), ("en-US", "en-GB"), ("ja", "ja"), ("fr", "en")),
        *((None, "de"), ("", "de")),
    ],
)
def test_a_reader_gets_a_language_of_the_series_else_that_of_the_sentences(locale: str | None, language: str) -> None:
    name = Localized.of({"de": "Strömungen", "en-GB": "Flows"})
    assert Series(name, ZoneInfo("UTC"), language="de").language_for(locale) == language


def test_the_moment_at_which_a_form_opens_counts_as_a_change() -> None:
    opens = at("2024-04-20T10:00")
    lecture = replace(dated(9, "2024-04-25T13:00"), registration=Registration("https://forms.example/9", opens=opens))
    assert series_of(lecture).next_change(at("2024-04-20T09:00")) == opens
