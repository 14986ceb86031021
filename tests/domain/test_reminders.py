"""When a lecture's posts are due, and until when they are of use."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given

from bot.domain.deadlines import registration_status
from bot.domain.lecture import Lecture, Status
from bot.domain.reminder_times import TIMINGS, Stage, Timing
from bot.domain.reminders import last_weekday_before, stages
from bot.domain.series import Series
from tests.domain import generated
from tests.examples import BERLIN, TOKYO, at, dated, series_of, with_form

_THURSDAY = with_form(dated(9, "2024-04-25T13:00", "2024-04-25T17:00"))
_MONDAY = with_form(dated(10, "2024-05-20T13:00", "2024-05-20T17:00"))


def _dues(lecture: Lecture, series: Series | None = None) -> dict[Stage, str]:
    held = series or series_of(lecture)
    return {each.stage: f"{each.due:%m-%d %H:%M}" for each in stages(held, lecture)}


def test_a_lecture_with_an_open_form_gets_every_stage_that_applies() -> None:
    assert _dues(_THURSDAY) == {
        Stage.WEEK_BEFORE: "04-18 09:00",
        Stage.CLOSING_SOON: "04-23 12:00",
        Stage.CLOSING_TODAY: "04-24 09:00",
        Stage.MORNING: "04-25 08:00",
        Stage.STARTING: "04-25 12:30",
    }


def test_a_monday_lecture_closes_on_a_sunday_and_is_announced_on_the_friday_before() -> None:
    assert _dues(_MONDAY)[Stage.LAST_WEEKDAY] == "05-17 12:00"


def test_a_holiday_is_no_weekday_for_the_alert() -> None:
    tuesday = with_form(dated(11, "2024-05-07T13:00"))
    series = replace(series_of(tuesday), holidays=frozenset({date(2024, 5, 6), date(2024, 5, 3)}))
    assert _dues(tuesday, series)[Stage.LAST_WEEKDAY] == "05-02 12:00"
    assert last_weekday_before(date(2024, 5, 6), series) == date(2024, 5, 2)


def test_without_a_form_nothing_is_said_about_the_deadline() -> None:
    assert set(_dues(dated(9, "2024-04-25T13:00"))) == {Stage.WEEK_BEFORE, Stage.MORNING, Stage.STARTING}


@pytest.mark.parametrize(
    ("ends", "mornings"),
    [
        ("2024-04-25T17:00", ["04-25 08:00"]),
        ("2024-04-26T01:00", ["04-25 08:00"]),
        ("2024-04-27T17:00", ["04-25 08:00", "04-26 08:00", "04-27 08:00"]),
        ("2024-04-27T11:00", ["04-25 08:00", "04-26 08:00", "04-27 08:00"]),
    ],
)
def test_each_day_of_a_lecture_has_its_morning(ends: str, mornings: list[str]) -> None:
    lecture = dated(9, "2024-04-25T13:00", ends)
    found = [each for each in stages(series_of(lecture), lecture) if each.stage is Stage.MORNING]
    assert [f"{each.due:%m-%d %H:%M}" for each in found] == mornings
    assert len({each.anchor for each in found}) == len(found)
    assert all(each.until <= at(ends) for each in found)


def test_a_day_whose_time_is_unknown_has_no_start_to_count_down_to() -> None:
    assert set(_dues(dated(9, "2024-04-25"))) == {Stage.WEEK_BEFORE, Stage.MORNING}


@pytest.mark.parametrize("status", [Status.POSTPONED, Status.CANCELLED])
def test_a_lecture_that_does_not_take_place_gets_no_stage(status: Status) -> None:
    assert _dues(replace(_THURSDAY, status=status)) == {}


def test_a_lecture_without_a_date_gets_no_stage() -> None:
    assert _dues(Lecture(9)) == {}


def test_a_stage_can_be_moved_and_switched_off() -> None:
    timings = {**TIMINGS, Stage.WEEK_BEFORE: Timing(days=3, at=at("2024-01-01T18:00").time())}
    del timings[Stage.STARTING]
    due = _dues(_THURSDAY, replace(series_of(_THURSDAY), timings=timings))
    assert due[Stage.WEEK_BEFORE] == "04-22 18:00"
    assert Stage.STARTING not in due


def test_a_stage_can_be_repeated() -> None:
    eve = Timing(days=1, at=at("2024-01-01T18:00").time())
    timings = {**TIMINGS, Stage.WEEK_BEFORE: replace(TIMINGS[Stage.WEEK_BEFORE], again=(eve,))}
    found = stages(replace(series_of(_THURSDAY), timings=timings), _THURSDAY)
    told = [(f"{each.due:%m-%d %H:%M}", each.repeat) for each in found if each.stage is Stage.WEEK_BEFORE]
    assert told == [("04-18 09:00", ""), ("04-24 18:00", "1d1800")]


def test_a_stage_that_would_come_too_late_to_be_of_use_is_left_out() -> None:
    early = with_form(dated(9, "2024-04-25T13:00"), None, at("2024-04-24T09:10"))
    assert Stage.CLOSING_TODAY not in _dues(early)


def test_each_stage_is_of_use_until_it_would_mislead() -> None:
    assert {each.stage: f"{each.until:%m-%d %H:%M}" for each in stages(series_of(_THURSDAY), _THURSDAY)} == {
        Stage.WEEK_BEFORE: "04-21 13:00",
        Stage.CLOSING_SOON: "04-24 09:00",
        Stage.CLOSING_TODAY: "04-24 11:45",
        Stage.MORNING: "04-25 13:00",
        Stage.STARTING: "04-25 13:00",
    }


def test_hours_before_the_deadline_are_hours_also_when_the_clocks_change() -> None:
    lecture = with_form(dated(1, "2024-04-01T13:00", zone=BERLIN))
    series = replace(series_of(lecture, zone=BERLIN), timings={Stage.CLOSING_SOON: TIMINGS[Stage.CLOSING_SOON]})
    soon = next(each for each in stages(series, lecture) if each.stage is Stage.CLOSING_SOON)
    assert soon.due == at("2024-03-30T11:00", BERLIN)
    assert soon.anchor.astimezone(UTC) - soon.due.astimezone(UTC) == timedelta(hours=24)


@pytest.mark.parametrize(
    ("closes", "alerts"),
    [
        ("2024-04-17T23:59", [(Stage.CLOSING_SOON, "17 08:00"), (Stage.CLOSING_TODAY, "17 09:00")]),
        ("2024-04-17T06:00", [(Stage.CLOSING_SOON, "16 08:00")]),
        ("2024-04-17T12:00", [(Stage.CLOSING_SOON, "16 12:00"), (Stage.CLOSING_TODAY, "17 09:00")]),
        ("2024-04-14T12:00", [(Stage.LAST_WEEKDAY, "12 12:00"), (Stage.CLOSING_TODAY, "14 09:00")]),
    ],
)
def test_alerts_come_by_day_and_before_a_day_off_on_the_last_weekday_alone(
    closes: str, alerts: list[tuple[Stage, str]]
) -> None:
    lecture = with_form(dated(1, "2024-04-18T13:00"), None, at(closes))
    due = [(each.stage, f"{each.due:%d %H:%M}") for each in stages(series_of(lecture), lecture)]
    assert sorted(each for each in due if each[0].concerns_registration) == sorted(alerts)


@pytest.mark.parametrize(
    ("starts", "due"),
    [
        ("2024-04-18T08:00", "17 18:00"),
        ("2024-04-18T22:00", "18 18:00"),
        ("2024-04-18T21:00", "18 20:30"),
    ],
)
def test_what_would_come_in_the_night_comes_the_evening_before(starts: str, due: str) -> None:
    lecture = dated(1, starts)
    starting = next(each for each in stages(series_of(lecture), lecture) if each.stage is Stage.STARTING)
    assert f"{starting.due:%d %H:%M}" == due


@given(generated.series())
def test_no_stage_is_due_after_it_is_of_use_and_no_alert_speaks_of_a_form_that_is_closed(series: Series) -> None:
    for lecture in series.lectures:
        for each in stages(series, lecture):
            assert each.due.astimezone(UTC) < each.until
            if each.stage.concerns_registration:
                assert registration_status(series, lecture, each.due).form


def test_the_zone_of_the_series_counts_and_not_that_of_the_machine() -> None:
    due = next(stages(series_of(_THURSDAY), _THURSDAY)).due
    assert due == datetime(2024, 4, 18, 9, tzinfo=TOKYO)
