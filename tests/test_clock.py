"""The clock: how a moment is written, and how simulated time runs."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import NoMomentError, OutOfRangeError, RealClock, SimulatedClock, moment, moved

TOKYO = ZoneInfo("Asia/Tokyo")
NEW_YORK = ZoneInfo("America/New_York")
NOON = datetime(2024, 4, 6, 12, tzinfo=TOKYO)


class Seconds:
    """A counter of seconds that is set by hand."""

    def __init__(self) -> None:
        self.passed = 0.0

    def __call__(self) -> float:
        return self.passed


def test_the_real_clock_is_aware_and_tells_the_present() -> None:
    assert abs(RealClock().now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_simulated_clock_runs_on_from_its_start() -> None:
    seconds = Seconds()
    clock = SimulatedClock(NOON, elapsed=seconds)
    seconds.passed = 90
    assert clock.now() == NOON + timedelta(seconds=90)


def test_it_runs_as_many_times_as_fast_as_wanted() -> None:
    seconds = Seconds()
    clock = SimulatedClock(NOON, 3600, seconds)
    seconds.passed = 24
    assert clock.now() == NOON + timedelta(days=1)


def test_moving_it_sets_it_and_lets_it_run_on_as_fast_as_before() -> None:
    seconds = Seconds()
    clock = SimulatedClock(NOON, 60, seconds)
    seconds.passed = 100
    clock.move_to(NOON)
    seconds.passed = 101
    assert clock.now() == NOON + timedelta(minutes=1)


def test_it_stops_at_the_end_of_its_years() -> None:
    seconds = Seconds()
    clock = SimulatedClock(NOON, 1e300, seconds)
    seconds.passed = 10
    assert clock.now().year == 2999


@pytest.mark.parametrize("speed", [-1.0, float("nan"), float("inf")])
def test_a_speed_that_no_clock_can_have_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        SimulatedClock(NOON, speed)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024年4月6日(土) 12:00", NOON),
        ("6 April 2024 12:00", NOON),
        ("2024/4/6 午後0時", NOON),
        ("2024-04-06 12:00 JST", NOON),
        ("2024-04-06T12:00+09:00", NOON),
        ("2024-04-06T03:00:00Z", NOON),
        ("2024-04-06T12:00", NOON),
        ("2024-04-06 12:00", NOON),
        (" ２０２４-０４-０６　１２：００ ", NOON),
        ("2024/4/6 12:00", NOON),
        ("2024/4/6(土) 12:00", NOON),
        ("2024-04-06", NOON.replace(hour=0)),
        ("2024/4/6", NOON.replace(hour=0)),
    ],
)
def test_a_moment_is_read_as_people_write_it(text: str, instant: datetime) -> None:
    assert moment(text, TOKYO) == instant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2024-02-30",
        "2024/2/30",
        "12:00",
        "2024-04-06T25:00",
        "+1d",
        "٢٠٢٤",
        "2024-04-06(日)",
        "2024-04-06 12:00 UTC",
        "4/6",
    ],
)
def test_what_names_no_moment_is_refused(text: str) -> None:
    with pytest.raises(NoMomentError):
        moment(text, TOKYO)


@pytest.mark.parametrize(
    "text", ["0001-01-01", "0001-01-01T00:00+14:00", "1969-12-31", "9999-12-31T23:59-12:00", "3000-01-01"]
)
def test_moments_far_away_are_refused(text: str) -> None:
    with pytest.raises(OutOfRangeError):
        moment(text, TOKYO)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("+1d", timedelta(days=1)),
        ("-1d", timedelta(days=-1)),
        ("+2w", timedelta(weeks=2)),
        ("+3h", timedelta(hours=3)),
        ("+30m", timedelta(minutes=30)),
        ("＋１ｄ", timedelta(days=1)),
        ("−３０Ｍ", timedelta(minutes=-30)),
    ],
)
def test_a_shift_moves_from_the_present(text: str, by: timedelta) -> None:
    assert moved(NOON, text, TOKYO) == NOON + by


def test_what_is_no_shift_is_a_moment() -> None:
    assert moved(NOON, "2024-04-25 13:00", TOKYO) == datetime(2024, 4, 25, 13, tzinfo=TOKYO)


def test_a_day_keeps_the_time_of_day_across_a_change_to_summer_time() -> None:
    before = datetime(2024, 3, 9, 12, tzinfo=NEW_YORK)
    assert moved(before, "+1d", NEW_YORK).astimezone(UTC) == datetime(2024, 3, 10, 16, tzinfo=UTC)
    assert moved(before, "+24h", NEW_YORK).astimezone(UTC) == datetime(2024, 3, 10, 17, tzinfo=UTC)


@pytest.mark.parametrize("text", ["+999999w", "-999999d"])
def test_a_shift_out_of_range_is_refused(text: str) -> None:
    with pytest.raises(OutOfRangeError):
        moved(NOON, text, TOKYO)


@given(st.text())
def test_any_text_is_either_read_or_refused(text: str) -> None:
    with suppress(NoMomentError, OutOfRangeError):
        assert moved(NOON, text, TOKYO).tzinfo


@given(st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2998, 1, 1)))  # noqa: DTZ001 - as typed
def test_iso_round_trip(local: datetime) -> None:
    instant = local.replace(tzinfo=TOKYO)
    assert moment(instant.isoformat(), NEW_YORK) == instant
