"""Calendar files of one lecture, whoever writes them: each change outranks all that was written before it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.series import Series
from bot.exports.calendars import Calendars, sequence
from bot.schedule.revisions import Changes, History
from tests.examples import BEFORE_THREE, EXAMPLE, OPEN, at, with_lecture
from tests.exports.rfc5545 import read

MADE = at("2030-01-01T00:00").astimezone(UTC)
MADE_AS_NUMBER = 315_586_800
"""Seconds since 2020."""

INSTANTS = st.datetimes(datetime(2015, 1, 1), datetime(2087, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def history(common: int = 1, lectures: Mapping[str, Changes] | None = None) -> History:
    return History(Changes(common, MADE), lectures or {})


def told(
    calendars: Calendars, series: Series = EXAMPLE, now: datetime = BEFORE_THREE
) -> dict[str, tuple[object, object]]:
    """Sequence and time of every lecture's entry."""
    content = calendars(series, series.lectures, "en", now)
    told = {str(each["UID"]).partition("@")[0]: (each["SEQUENCE"], each["DTSTAMP"]) for each in read(content)[1]}
    return {uid.removeprefix("lecture-"): pair for uid, pair in told.items() if uid.startswith("lecture-")}


def test_a_lecture_that_never_changed_is_as_old_as_the_first_version() -> None:
    calendars = Calendars()
    calendars.accept(EXAMPLE, history())
    assert set(told(calendars).values()) == {(MADE_AS_NUMBER + 1, MADE)}


def test_a_lecture_that_changed_is_newer_than_the_others() -> None:
    calendars = Calendars()
    calendars.accept(EXAMPLE, history(2, {"3": Changes(4, MADE + timedelta(minutes=1))}))
    assert told(calendars)["3"] == (MADE_AS_NUMBER + 60 + 6, MADE + timedelta(minutes=1))
    assert told(calendars)["4"] == (MADE_AS_NUMBER + 2, MADE)


def test_a_change_that_could_not_be_recorded_yet_counts_all_the_same() -> None:
    calendars = Calendars()
    calendars.accept(EXAMPLE, history())
    before = told(calendars)
    moved = with_lecture(EXAMPLE, replace(OPEN, starts=at("2030-04-19T13:00"), ends=at("2030-04-19T17:00")))
    meanwhile = told(calendars, moved)
    assert meanwhile == {**before, "3": (MADE_AS_NUMBER + 2, MADE)}
    calendars.accept(moved, history(1, {"3": Changes(1, BEFORE_THREE.astimezone(UTC))}))
    (number, _), (then, _) = meanwhile["3"], told(calendars, moved)["3"]
    assert isinstance(number, int)
    assert isinstance(then, int)
    assert number < then


def test_without_a_database_everything_is_as_new_as_the_question() -> None:
    calendars = Calendars()
    now = BEFORE_THREE.astimezone(UTC)
    assert set(told(calendars).values()) == {(sequence(Changes(0, now)), now)}
    later = now + timedelta(seconds=1)
    assert set(told(calendars, now=later).values()) == {(sequence(Changes(0, now)) + 1, later)}


@given(INSTANTS, st.integers(0, 10_000), INSTANTS)
def test_every_change_outranks_the_one_before_whatever_the_clock_says(last: datetime, count: int, at: datetime) -> None:
    assert sequence(Changes(count, last)) < sequence(Changes(count + 1, max(last, at))) < 2**31


def test_a_database_that_was_lost_starts_above_the_old_one() -> None:
    assert sequence(Changes(500, MADE)) < sequence(Changes(1, MADE + timedelta(hours=1)))


def test_the_number_ends_where_calendars_can_count_no_further() -> None:
    assert sequence(Changes(3, datetime(2999, 1, 1, tzinfo=UTC))) == 2**31 - 1
    assert sequence(Changes(3, datetime(1999, 1, 1, tzinfo=UTC))) == 3
