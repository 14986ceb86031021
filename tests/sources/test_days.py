"""Days of lists: orders of numbers, years that are left out, clocks elsewhere."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from bot.sources.days import Told, Written, canonical, told
from bot.sources.fields.values import span

BERLIN, BOSTON, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo")
TODAY = date(2026, 11, 30)


def days(*texts: str, zone: ZoneInfo = BERLIN, under: tuple[str, ...] = (), text: str = "") -> list[str]:
    """The days that the texts mean."""
    found = told([Written(each, under=under) for each in texts], zone=zone, today=TODAY, text=text)
    return [str(each.day) for each in found]


def one(day: str, at: str = "", until: str = "", zone: ZoneInfo = BERLIN) -> Told:
    """What one date means."""
    return told([Written(day, at, until)], zone=zone, today=TODAY)[0]


def test_the_order_of_numbers_is_told_by_all_of_them() -> None:
    assert days("8/6/2026", "15/6/2026") == ["2026-06-08", "2026-06-15"]
    assert days("6/8/2026", "6/15/2026") == ["2026-06-08", "2026-06-15"]
    assert days("1/5/2026", "2/2/2026", "3/2/2026", "3/9/2026") == [
        "2026-01-05",
        "2026-02-02",
        "2026-03-02",
        "2026-03-09",
    ]


def test_or_else_by_where_the_series_is() -> None:
    assert days("8/6/2026") == ["2026-06-08"]
    assert days("8/6/2026", zone=BOSTON) == ["2026-08-06"]


def test_years_stand_in_headings() -> None:
    assert days("12.10.", "11.1.", under=("Termine", "WS 2025/26")) == ["2025-10-12", "2026-01-11"]
    assert days("12.10.", "11.1.", under=("Wintersemester 2025",)) == ["2025-10-12", "2026-01-11"]
    assert days("April 3", under=("Spring 2024",)) == ["2024-04-03"]
    assert days("January 9", under=("Winter 2024",)) == ["2024-01-09"]
    assert days("6月8日", "1月18日", under=("2025年度",), zone=TOKYO) == ["2025-06-08", "2026-01-18"]


def test_years_go_on_from_dates_that_have_one() -> None:
    assert days("Nov 2, 2023", "Dec 7", "Jan 11", "Feb 8") == ["2023-11-02", "2023-12-07", "2024-01-11", "2024-02-08"]
    assert days("Jan 11", "Feb 8, 2024", "Nov 2") == ["2024-01-11", "2024-02-08", "2023-11-02"]


def test_weekdays_tell_the_year() -> None:
    assert days("Mon, Jan 28", "Wed, Jan 30") == ["2019-01-28", "2019-01-30"]
    assert days("1/28", "1/30", zone=BOSTON, text="Homework is due (Mon, 1/28).") == ["2019-01-28", "2019-01-30"]


def test_days_of_the_schedule_tell_the_year() -> None:
    found = told([Written("1/28"), Written("2/4")], zone=BOSTON, today=TODAY, known=[date(2022, 2, 4)])
    assert [each.day for each in found] == [date(2022, 1, 28), date(2022, 2, 4)]
    assert not any(each.is_guessed for each in found)


def test_else_the_nearest_year_is_a_guess() -> None:
    found = told([Written("October 7"), Written("January 12"), Written("May 11")], zone=BERLIN, today=TODAY)
    assert [str(each.day) for each in found] == ["2026-10-07", "2027-01-12", "2027-05-11"]
    assert all(each.is_guessed for each in found)


def test_a_list_that_begins_with_the_latest_is_of_the_past() -> None:
    assert days("May 12", "January 12", "October 7") == ["2026-05-12", "2026-01-12", "2025-10-07"]


def test_of_several_days_the_first_counts() -> None:
    assert (one("2014-09-06 und 2014-09-07").day, one("2014-09-06 und 2014-09-07").is_several) == (
        date(2014, 9, 6),
        True,
    )
    assert one("2011-08-20/21") == Told(date(2011, 8, 20), beside=("/21",))


@pytest.mark.parametrize(
    ("at", "until", "starts", "ends"),
    [
        ("2pm", "", time(14), None),
        ("14:00-15:30", "", time(14), time(15, 30)),
        ("14:00", "15:30", time(14), time(15, 30)),
        ("14 Uhr c.t.", "", time(14, 15), None),
    ],
)
def test_times_have_columns_of_their_own(at: str, until: str, starts: time, ends: time | None) -> None:
    found = one("8.6.2026", at, until)
    assert (found.starts, found.ends) == (starts, ends)


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        (Written("2026-06-08 22:00-25:00"), "2026-06-09T01:00"),
        (Written("2026-06-08 22:00-24:00"), "2026-06-09T00:00"),
        (Written("2026-06-08", "22:00-1:00"), "2026-06-09T01:00"),
        (Written("2026-06-08", "22:00", "1:00"), "2026-06-09T01:00"),
        (Written("2026年6月8日(月) 22:00〜6月10日(水) 12:00"), "2026-06-10T12:00"),
        (Written("2026-06-08 22:00-1:00 JST"), "2026-06-08T18:00"),
    ],
)
def test_an_end_on_another_day_is_passed_on(written: Written, ends: str) -> None:
    found = told([written], zone=BERLIN, today=TODAY)[0]
    said = span(canonical(found), BERLIN)
    assert said
    assert said.ends
    assert (found.nights, f"{said.last_day}T{said.ends:%H:%M}") == (said.nights, ends)


def test_clocks_elsewhere() -> None:
    assert one("12/2/2026", "2:30 PM EDT", zone=BOSTON).starts == time(14, 30)
    assert one("June 8, 2026", "16:00 CEST", zone=BOSTON).starts == time(10)
    assert one("June 8, 2026", "21:00 EDT", zone=TOKYO) == Told(date(2026, 6, 9), starts=time(10))
    assert one("June 8, 2026", "21:00 XYZT") == Told(date(2026, 6, 8), beside=("XYZT",))


@pytest.mark.parametrize("text", ["", "TBA", "2014-01", "31.02.2026", "?", "Sommerpause"])
def test_what_is_no_day(text: str) -> None:
    assert one(text).day is None
