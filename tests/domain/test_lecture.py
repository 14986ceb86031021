"""Where a lecture stands at some instant."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Phase, Status, Venue
from tests.examples import BERLIN, TOKYO, at, both, dated

_WHOLE = dated(9, "2024-04-25T13:00", "2024-04-25T17:00")
_WITHOUT_END = dated(9, "2024-04-25T13:00")
_DAY_ONLY = dated(9, "2024-04-25")


@pytest.mark.parametrize(
    ("lecture", "now", "phase"),
    [
        (_WHOLE, "2024-04-24T23:59:59", Phase.AHEAD),
        (_WHOLE, "2024-04-25T00:00:00", Phase.AHEAD),
        (_WHOLE, "2024-04-25T12:59:59.999999", Phase.AHEAD),
        (_WHOLE, "2024-04-25T13:00:00", Phase.UNDER_WAY),
        (_WHOLE, "2024-04-25T16:59:59", Phase.UNDER_WAY),
        (_WHOLE, "2024-04-25T17:00:00", Phase.OVER),
        (_WITHOUT_END, "2024-04-25T12:59:59", Phase.AHEAD),
        (_WITHOUT_END, "2024-04-25T13:00:00", Phase.UNDER_WAY),
        (_WITHOUT_END, "2024-04-25T14:59:59", Phase.UNDER_WAY),
        (_WITHOUT_END, "2024-04-25T15:00:00", Phase.OVER),
        (_DAY_ONLY, "2024-04-24T23:59:59", Phase.AHEAD),
        (_DAY_ONLY, "2024-04-25T00:00:00", Phase.AHEAD),
        (_DAY_ONLY, "2024-04-25T23:59:59", Phase.AHEAD),
        (_DAY_ONLY, "2024-04-26T00:00:00", Phase.OVER),
        (Lecture(9), "2024-04-25T12:00:00", Phase.UNDATED),
    ],
)
def test_the_clock_says_where_a_lecture_stands(lecture: Lecture, now: str, phase: Phase) -> None:
    assert lecture.phase(at(now)) == phase


@pytest.mark.parametrize("lecture", [_WHOLE, _DAY_ONLY, Lecture(9)])
@pytest.mark.parametrize("now", ["2024-04-01T00:00", "2024-04-25T14:00", "2025-01-01T00:00"])
@pytest.mark.parametrize(
    ("status", "phase"), [(Status.POSTPONED, Phase.POSTPONED), (Status.CANCELLED, Phase.CANCELLED)]
)
def test_what_the_organizers_said_is_stronger_than_the_clock(
    lecture: Lecture, now: str, status: Status, phase: Phase
) -> None:
    assert replace(lecture, status=status).phase(at(now)) == phase


def test_a_lecture_past_midnight_is_under_way_until_its_end() -> None:
    night = dated(9, "2024-04-25T22:00", "2024-04-26T01:00")
    assert [night.phase(at(f"2024-04-26T{clock}")) for clock in ("00:30", "01:00")] == [Phase.UNDER_WAY, Phase.OVER]


def test_start_and_end_may_be_told_in_other_zones_than_the_clock() -> None:
    starts = datetime(2024, 4, 25, 4, 0, tzinfo=UTC)
    lecture = Lecture(9, day=starts.date(), starts=starts, ends=starts + timedelta(hours=4))
    local = [at("2024-04-25T12:59:59"), at("2024-04-25T13:00"), at("2024-04-25T17:00")]
    assert [lecture.phase(now) for now in local] == [Phase.AHEAD, Phase.UNDER_WAY, Phase.OVER]


def test_the_hour_that_comes_twice_when_summer_time_ends_is_told_apart() -> None:
    lecture = dated(9, "2024-10-27T01:00", "2024-10-27T02:30", BERLIN)
    first, again = at("2024-10-27T02:15", BERLIN), at("2024-10-27T02:15", BERLIN).replace(fold=1)
    assert [lecture.phase(first), lecture.phase(again)] == [Phase.UNDER_WAY, Phase.OVER]


def test_a_day_ends_at_midnight_of_the_series_whatever_its_length() -> None:
    short, long = dated(1, "2024-03-31"), dated(2, "2024-10-27")
    midnight = at("2000-01-01T00:00", BERLIN).timetz()
    ends = [lecture.over_at(midnight) for lecture in (short, long)]
    assert ends == [at("2024-04-01T00:00", BERLIN), at("2024-10-28T00:00", BERLIN)]


def test_a_lecture_without_a_date_is_never_over() -> None:
    assert Lecture(9).over_at(at("2000-01-01T00:00").timetz()) is None


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_day_is_that_of_the_series_not_of_the_machine(zone: str) -> None:
    there = at("2024-04-25T23:59:59").astimezone(ZoneInfo(zone))
    assert _DAY_ONLY.phase(there.astimezone(TOKYO)) == Phase.AHEAD


def test_a_venue_is_named_with_its_room() -> None:
    place = both("架空大学", "Imaginary University")
    assert Venue(place).full_name == place
    room = both("116教室", "Room 116")
    assert Venue(place, room).full_name == Localized.of(
        {"ja": "架空大学 116教室", "en": "Imaginary University Room 116"}
    )
