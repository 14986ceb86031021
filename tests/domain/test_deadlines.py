"""Until when people can register, and where registration stands."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.deadlines import RegistrationState, RegistrationStatus, registration_status
from bot.domain.lecture import Lecture, Mode, Phase, Registration, Status
from bot.domain.registration import ClosingRule, Form, RegistrationPolicy
from bot.domain.series import Series
from tests.domain import generated
from tests.examples import BERLIN, TOKYO, at, dated, series_of, with_form

_LECTURE = with_form(dated(9, "2024-04-25T13:00", "2024-04-25T17:00"))
_FORM = Form("https://forms.example/9", "9", ("9",))
_NOON = at("2024-04-24T12:00")


def _status(lecture: Lecture, now: str | datetime, *others: Lecture) -> RegistrationStatus:
    moment = at(now) if isinstance(now, str) else now
    return registration_status(series_of(lecture, *others), lecture, moment)


@pytest.mark.parametrize("starts", ["00:00", "09:00", "12:00", "13:00", "23:30"])
def test_registration_closes_at_noon_of_the_day_before_whatever_the_start_time(starts: str) -> None:
    lecture = dated(9, f"2024-04-25T{starts}")
    assert series_of(lecture).deadline(lecture) == _NOON


def test_a_day_whose_time_is_to_be_announced_has_a_deadline_too() -> None:
    lecture = dated(9, "2024-04-25")
    assert series_of(lecture).deadline(lecture) == _NOON


def test_a_lecture_without_a_date_has_no_deadline() -> None:
    assert series_of(Lecture(9)).deadline(Lecture(9)) is None


def test_a_lecture_may_have_a_deadline_of_its_own() -> None:
    own = datetime(2024, 4, 20, 8, 0, tzinfo=UTC)
    lecture = with_form(dated(9, "2024-04-25T13:00"), closes=own)
    deadline = series_of(lecture).deadline(lecture)
    assert deadline is not None
    assert (deadline, deadline.tzinfo) == (at("2024-04-20T17:00"), TOKYO)


def test_a_lecture_without_a_date_may_have_a_deadline_of_its_own() -> None:
    lecture = with_form(Lecture(9), closes=_NOON)
    assert series_of(lecture).deadline(lecture) == _NOON


@pytest.mark.parametrize("closes", ["2024-04-25T13:00:01", "2024-04-26T12:00"])
def test_no_deadline_is_later_than_the_start(closes: str) -> None:
    lecture = with_form(dated(9, "2024-04-25T13:00"), closes=at(closes))
    assert series_of(lecture).deadline(lecture) == at("2024-04-25T13:00")


def test_the_rule_is_the_series_own() -> None:
    lecture = dated(9, "2024-04-25T13:00")
    series = replace(series_of(lecture), registration=RegistrationPolicy(True, closes=ClosingRule(3, time(17, 30))))
    assert series.deadline(lecture) == at("2024-04-22T17:30")


@pytest.mark.parametrize(
    ("starts", "deadline"),
    [
        ("2024-03-31T13:00", datetime(2024, 3, 30, 11, 0, tzinfo=UTC)),
        ("2024-04-01T13:00", datetime(2024, 3, 31, 10, 0, tzinfo=UTC)),
        ("2024-10-27T13:00", datetime(2024, 10, 26, 10, 0, tzinfo=UTC)),
        ("2024-10-28T13:00", datetime(2024, 10, 27, 11, 0, tzinfo=UTC)),
    ],
)
def test_noon_is_noon_on_both_sides_of_a_change_of_the_clocks(starts: str, deadline: datetime) -> None:
    lecture = dated(9, starts, zone=BERLIN)
    assert series_of(lecture, zone=BERLIN).deadline(lecture) == deadline


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2024-04-06T12:00:00", RegistrationStatus(RegistrationState.OPEN, _NOON, _FORM)),
        ("2024-04-23T11:59:59", RegistrationStatus(RegistrationState.OPEN, _NOON, _FORM)),
        ("2024-04-23T12:00:00", RegistrationStatus(RegistrationState.CLOSING_SOON, _NOON, _FORM)),
        ("2024-04-24T11:59:59", RegistrationStatus(RegistrationState.CLOSING_SOON, _NOON, _FORM)),
        ("2024-04-24T12:00:00", RegistrationStatus(RegistrationState.CLOSED, _NOON)),
        ("2024-04-25T13:00:00", RegistrationStatus(RegistrationState.CLOSED, _NOON)),
        ("2024-04-25T17:00:00", RegistrationStatus(RegistrationState.CLOSED, _NOON)),
        ("2025-04-25T17:00:00", RegistrationStatus(RegistrationState.CLOSED, _NOON)),
    ],
)
def test_a_form_can_be_used_until_the_deadline_and_not_a_moment_longer(now: str, expected: RegistrationStatus) -> None:
    assert _status(_LECTURE, now) == expected


def test_the_instant_counts_not_the_zone_it_is_told_in() -> None:
    last = datetime(2024, 4, 24, 2, 59, 59, tzinfo=UTC)
    states = [_status(_LECTURE, now).state for now in (last, last + timedelta(seconds=1))]
    assert states == [RegistrationState.CLOSING_SOON, RegistrationState.CLOSED]


def test_without_a_form_registration_is_not_yet_open_and_then_closed() -> None:
    lecture = dated(9, "2024-04-25T13:00", "2024-04-25T17:00")
    assert [_status(lecture, now) for now in ("2024-04-24T11:59:59", "2024-04-24T12:00:00")] == [
        RegistrationStatus(RegistrationState.NOT_YET_OPEN, _NOON),
        RegistrationStatus(RegistrationState.CLOSED, _NOON),
    ]


def test_a_lecture_without_a_date_may_be_open_without_a_deadline() -> None:
    assert _status(with_form(Lecture(9)), "2024-04-06T12:00") == RegistrationStatus(RegistrationState.OPEN, None, _FORM)


def test_a_lecture_without_date_and_form_is_not_yet_open() -> None:
    assert _status(Lecture(9), "2024-04-06T12:00") == RegistrationStatus(RegistrationState.NOT_YET_OPEN)


@pytest.mark.parametrize("status", [Status.POSTPONED, Status.CANCELLED])
@pytest.mark.parametrize("now", ["2024-04-06T12:00", "2024-04-24T12:00", "2024-04-26T12:00"])
def test_the_form_of_a_lecture_that_does_not_take_place_is_not_offered(status: Status, now: str) -> None:
    lecture = replace(_LECTURE, status=status)
    assert _status(lecture, now) == RegistrationStatus(RegistrationState.SUSPENDED)


def test_places_in_the_room_may_be_gone_while_registration_stays_open() -> None:
    entry = replace(_LECTURE.registration, in_person_full=True)
    assert _status(replace(_LECTURE, registration=entry), "2024-04-06T12:00") == RegistrationStatus(
        RegistrationState.OPEN, _NOON, _FORM, in_person_full=True
    )


def test_one_form_may_serve_two_lectures_each_with_its_own_deadline() -> None:
    carrier = with_form(dated(12, "2024-07-22T13:00"), None, None, 11)
    served = dated(11, "2024-06-17T13:00")
    series = series_of(served, carrier)
    shared = Form("https://forms.example/12", "12", ("11", "12"))
    now = at("2024-06-16T12:00")
    assert [registration_status(series, lecture, now) for lecture in (served, carrier)] == [
        RegistrationStatus(RegistrationState.CLOSED, at("2024-06-16T12:00")),
        RegistrationStatus(RegistrationState.OPEN, at("2024-07-21T12:00"), shared),
    ]
    assert registration_status(series, served, now - timedelta(seconds=1)).form == shared


def test_a_shared_form_still_serves_when_the_lecture_that_carries_it_is_cancelled() -> None:
    carrier = replace(with_form(dated(12, "2024-07-22T13:00"), None, None, 11), status=Status.CANCELLED)
    assert _status(dated(11, "2024-06-17T13:00"), "2024-06-01T12:00", carrier).form == Form(
        "https://forms.example/12", "12", ("11", "12")
    )


@pytest.mark.parametrize("carrier_first", [True, False])
def test_a_form_of_its_own_comes_before_a_shared_one(carrier_first: bool) -> None:
    own, carried = (11, 12) if carrier_first else (12, 11)
    carrier = with_form(dated(carried, "2024-07-22T13:00"), None, None, own)
    lecture = with_form(dated(own, "2024-06-17T13:00"))
    series = series_of(*sorted([carrier, lecture], key=lambda each: each.number or 0))
    assert series.form(lecture) == Form(f"https://forms.example/{own}", str(own), (str(own),))


def test_where_two_forms_name_a_lecture_the_first_serves_it() -> None:
    carriers = [with_form(dated(number, "2024-07-22T13:00"), None, None, 11) for number in (12, 13)]
    assert series_of(Lecture(11), *carriers).form(Lecture(11)) == Form("https://forms.example/12", "12", ("11", "12"))


def test_the_room_of_each_lecture_that_shares_a_form_fills_up_by_itself() -> None:
    carrier = with_form(dated(12, "2024-07-22T13:00"), None, None, 11)
    full = replace(dated(11, "2024-06-17T13:00"), registration=Registration(in_person_full=True))
    series, now = series_of(full, carrier), at("2024-06-01T12:00")
    assert [registration_status(series, each, now).in_person_full for each in (full, carrier)] == [True, False]


@pytest.mark.parametrize(("clock", "open_there"), [("02:29", True), ("02:30", False)])
def test_a_deadline_in_the_hour_that_comes_twice_is_not_passed_back_over(clock: str, open_there: bool) -> None:
    lecture = with_form(dated(9, "2024-10-28T13:00", zone=BERLIN), closes=at("2024-10-27T02:30", BERLIN))
    series = series_of(lecture, zone=BERLIN)
    first = at(f"2024-10-27T{clock}", BERLIN)
    held = [registration_status(series, lecture, now).form is not None for now in (first, first.replace(fold=1))]
    assert held == [open_there, False]


@generated.thorough
@given(st.data())
def test_a_form_is_offered_exactly_while_registration_is_open(data: st.DataObject) -> None:
    series: Series = data.draw(generated.series())
    now = data.draw(generated.instants(series))
    for lecture in series.lectures:
        status = registration_status(series, lecture, now)
        ahead = lecture.phase(series.local(now)) in (Phase.AHEAD, Phase.UNDATED)
        deadline = series.deadline(lecture)
        in_time = deadline is None or now.astimezone(UTC) < deadline.astimezone(UTC)
        full = lecture.registration.in_person_full and lecture.mode is Mode.IN_PERSON
        expected = series.form(lecture) if ahead and in_time and not full else None
        assert status.form == expected
        usable = status.state in (RegistrationState.OPEN, RegistrationState.CLOSING_SOON)
        assert usable == (expected is not None)


@generated.thorough
@given(st.data())
def test_no_standing_names_a_deadline_that_belies_it(data: st.DataObject) -> None:
    series: Series = data.draw(generated.series())
    now = data.draw(generated.instants(series)).astimezone(UTC)
    for lecture in series.lectures:
        status = registration_status(series, lecture, now)
        if isinstance(status.closes, datetime) and status.state is not RegistrationState.SUSPENDED:
            assert (status.state is RegistrationState.CLOSED) == (now >= status.closes.astimezone(UTC))


def test_a_full_room_closes_registration_where_there_is_no_other_way_to_attend() -> None:
    full = replace(_LECTURE, registration=replace(_LECTURE.registration, in_person_full=True))
    states = {mode: _status(replace(full, mode=mode), "2024-04-06T12:00") for mode in (Mode.IN_PERSON, Mode.HYBRID)}
    assert states == {
        Mode.IN_PERSON: RegistrationStatus(RegistrationState.FULL, _NOON),
        Mode.HYBRID: RegistrationStatus(RegistrationState.OPEN, _NOON, _FORM, in_person_full=True),
    }
