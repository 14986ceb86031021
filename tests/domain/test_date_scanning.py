"""What a date means that somebody typed, and what about it is asked before it is believed."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.date_parsing import NotADateError, Unclear
from bot.domain.date_scanning import written_date
from bot.domain.lecture import Lecture
from bot.domain.written_date import Oddity, WrittenDate
from tests.domain.generated import ZONES
from tests.examples import BERLIN, at, dated

_NOW = at("2024-04-05T15:00")
"""A Friday."""

_MOVED = dated(11, "2024-06-20T13:00", "2024-06-20T17:00")
_DAY = date(2024, 7, 12)
"""Another one."""


def _written(text: str, current: Lecture | None = None, *others: date) -> WrittenDate:
    return written_date(text, now=_NOW, current=current, others=others)


def _asked(text: str, current: Lecture | None = None, *others: date) -> list[tuple[Oddity, list[str]]]:
    """What is asked about the text, with what is suggested instead."""
    queries = _written(text, current, *others).queries
    return [(query.oddity, [each.text for each in query.suggestions]) for query in queries]


def _refused(text: str, current: Lecture | None = None, now: datetime = _NOW) -> tuple[Unclear, str]:
    """Why the text is refused, and which part of it."""
    with pytest.raises(NotADateError) as refused:
        written_date(text, now=now, current=current)
    return refused.value.reason, refused.value.part


@pytest.mark.parametrize(
    "text",
    [
        *("7/12", "７／１２", "07/12", "7 / 12", "7/12(金)", "7/12（金）", "7/12 (金曜日)", "7/12金", "7/12 金"),
        *("7月12日", "７月１２日（金）", "7月12日 金曜", "7月 12日", "7/12（金・祝）", "7/12 (祝)"),
        *("2024-07-12", "2024/7/12", "2024.7.12", "2024年7月12日", "２０２４年７月１２日（金）", "2024-7-12(Fri)"),
        *("令和6年7月12日", "令和６年７月１２日（金）", "R6.7.12", "R6/7/12", "2024-07-12 (Friday)"),
        *("12 Jul", "12 July 2024", "12th July", "12th of July, 2024", "Fri 12 July 2024", "12-Jul-2024"),
        *("July 12", "Jul. 12, 2024", "July 12th 2024", "Friday, July 12", "on Fri, July 12", "JULY 12"),
        "7/12に",
    ],
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert _written(text) == WrittenDate(_DAY)


@pytest.mark.parametrize(
    "times",
    [
        *(
            "13:00-17:00",
            "13:00 - 17:00",
            "13:00–17:00",
            "13:00～17:00",
            "13:00〜17:00",
            "13：00ー17：00",
            "13:00−17:00",
        ),
        *("13時〜17時", "13時から17時まで", "13-17時", "13時-17時00分", "午後1時〜午後5時", "午後1時から5時"),
        *("1pm-5pm", "1-5pm", "1:00 pm to 5:00 p.m.", "from 13:00 to 17:00", "13:00 until 17:00", "13:00->17:00"),
        *("13:00-17:00 JST", "13:00-17:00 (JST)", "日本時間 13:00-17:00", "13:00:00-17:00:00"),
    ],
)
def test_start_and_end_are_read_as_people_write_them(times: str) -> None:
    assert _written(f"7/12 {times}") == WrittenDate(_DAY, time(13), time(17))
    assert _written(f"７月１２日（金）{times}") == WrittenDate(_DAY, time(13), time(17))
    assert _written(f"{times}, Fri 12 July 2024") == WrittenDate(_DAY, time(13), time(17))


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("7/12 13時半", time(13, 30)),
        ("7/12 13時5分", time(13, 5)),
        ("7/12 午後1時", time(13)),
        ("7/12 午前10時半開始", time(10, 30)),
        ("7/12 正午", time(12)),
        ("July 12, noon", time(12)),
        ("12 July 9am", time(9)),
        ("July 12 at 12 pm", time(12)),
        ("7/12 13:00-", time(13)),
        ("7/12 13:00～", time(13)),
        ("2024-07-12T13:00", time(13)),
        ("2024-07-12T13:00+09:00", time(13)),
        ("2024-07-12(Fri)T13:00", time(13)),
    ],
)
def test_a_start_alone_leaves_the_end_open(text: str, start: time) -> None:
    assert _written(text) == WrittenDate(_DAY, start)


def test_morning_and_afternoon_may_be_said_once() -> None:
    assert _written("7/12 11-1pm") == WrittenDate(_DAY, time(11), time(13))
    assert _written("7/12 10am-1") == WrittenDate(_DAY, time(10), time(1), _written("7/12 10:00-1:00").queries)
    assert _written("2024-07-12T13:00-17:00") == WrittenDate(_DAY, time(13), time(17))


def test_a_day_without_a_year_is_the_next_one() -> None:
    assert _written("4/6").day == date(2024, 4, 6)
    assert _written("4/5").day == date(2024, 4, 5)
    assert _written("4/4").day == date(2025, 4, 4)
    assert _written("1/9").day == date(2025, 1, 9)
    assert _written("4/4(金)") == WrittenDate(date(2025, 4, 4))


def test_today_is_that_of_the_series() -> None:
    late = datetime(2024, 4, 5, 20, tzinfo=BERLIN)
    assert written_date("4/5", now=late).day == date(2024, 4, 5)
    assert written_date("4/5", now=late.astimezone(ZoneInfo("Asia/Tokyo"))).day == date(2025, 4, 5)


def test_a_time_alone_leaves_the_day_as_it_is() -> None:
    assert _written("14:00-18:00", _MOVED) == WrittenDate(date(2024, 6, 20), time(14), time(18))
    assert _written("(木) 14時〜18時", _MOVED) == WrittenDate(date(2024, 6, 20), time(14), time(18))
    assert _refused("14:00-18:00") == (Unclear.NO_DAY, "14:00-18:00")
    assert _refused("14:00-18:00", Lecture(12)) == (Unclear.NO_DAY, "14:00-18:00")


@pytest.mark.parametrize("text", ["+7d", "＋７ｄ", "+1w", "+ 7 days", "+7日", "+1週間後"])
def test_a_shift_moves_the_day_and_keeps_the_times(text: str) -> None:
    assert _written(text, _MOVED) == WrittenDate(date(2024, 6, 27), time(13), time(17))


def test_a_shift_can_go_back_have_other_times_and_start_from_today() -> None:
    assert _written("−3日", _MOVED) == WrittenDate(date(2024, 6, 17), time(13), time(17))
    assert _written("+1d 10:00-12:00", _MOVED) == WrittenDate(date(2024, 6, 21), time(10), time(12))
    assert _written("+1d 時刻未定", _MOVED) == WrittenDate(date(2024, 6, 21))
    assert _written("+7d", dated(5, "2024-06-20")) == WrittenDate(date(2024, 6, 27))
    assert _written("+7d") == WrittenDate(date(2024, 4, 12))


# ---- what is asked


def test_a_weekday_that_contradicts_its_date_offers_the_date_and_the_weekday() -> None:
    queries = _written("7/12(木) 13:00-17:00").queries
    assert [(query.oddity, query.values, query.acceptable) for query in queries] == [
        (Oddity.WEEKDAY, {"day": _DAY, "weekday": 3}, False)
    ]
    assert queries[0].suggestions == (
        WrittenDate(_DAY, time(13), time(17)),
        WrittenDate(date(2024, 7, 11), time(13), time(17)),
    )


def test_where_the_weekday_fits_another_year_that_is_offered_too() -> None:
    days = ["2024-07-11(Thu)", "2024-07-12(Fri)", "2025-07-11(Fri)"]
    assert _asked("7/11(金)") == [(Oddity.WEEKDAY, days)]
    assert _asked("4/1(月)") == [(Oddity.WEEKDAY, ["2025-04-01(Tue)", "2025-03-31(Mon)", "2024-04-01(Mon)"])]


def test_a_mistyped_year_is_given_away_by_its_weekday() -> None:
    assert _asked("2023-07-12(金)") == [
        (Oddity.WEEKDAY, ["2024-07-12(Fri)"]),
        (Oddity.PAST, ["2024-07-12(Fri)"]),
    ]
    assert _asked("2034-07-12(Fri) 13:00") == [(Oddity.WEEKDAY, ["2024-07-12(Fri) 13:00"])]


def test_a_past_day_is_asked_about_and_its_next_year_suggested() -> None:
    assert _asked("2024-01-12 13:00") == [(Oddity.PAST, ["2025-01-12(Sun) 13:00"])]
    assert _asked("2024-04-04") == [(Oddity.PAST, ["2025-04-04(Fri)"])]
    assert _asked("2024-04-05") == []
    assert _asked("-99d", _MOVED) == [(Oddity.PAST, ["2025-03-13(Thu) 13:00-17:00"])]
    assert _asked("令和元年5月1日") == [(Oddity.PAST, ["2024-05-01(Wed)"])]


def test_a_time_that_is_past_today_is_asked_about() -> None:
    assert _asked("4/5 15:00") == [(Oddity.PAST, [])]
    assert _asked("4/5 15:01") == []


def test_a_lecture_that_is_over_keeps_its_day_without_questions() -> None:
    over = dated(8, "2024-01-22T13:00", "2024-01-22T17:00")
    assert _asked("2024-01-22 13:30-17:00", over) == []
    assert _asked("13:30-17:00", over) == []
    assert _asked("2024-01-23 13:30-17:00", over) == [(Oddity.PAST, ["2025-01-23(Thu) 13:30-17:00"])]


def test_a_year_far_away_is_asked_about_unless_its_weekday_stands_beside_it() -> None:
    assert _asked("2025-07-12") == [(Oddity.YEAR, ["2024-07-12(Fri)"])]
    assert _asked("2025-07-12(土)") == []
    assert _asked("2025-04-05") == []
    assert _asked("2025-04-06") == [(Oddity.YEAR, ["2024-04-06(Sat)"])]


def test_a_year_in_which_there_are_other_lectures_is_believed() -> None:
    assert _asked("2025-07-12", None, date(2025, 2, 1)) == []
    assert _asked("2025-07-12", None, date(2025, 1, 1)) == [(Oddity.YEAR, ["2024-07-12(Fri)"])]
    assert _asked("2025-07-12", dated(11, "2025-06-01")) == []


def test_a_year_in_which_nobody_lectures_can_only_be_corrected() -> None:
    for text in ("0024-07-12", "2204-07-12", "1024-07-12(Mon)"):
        query = next(each for each in _written(text).queries if each.oddity is Oddity.YEAR)
        assert (query.suggestions, query.acceptable) == ((WrittenDate(_DAY),), False)


def test_an_end_that_is_not_after_the_start_can_only_be_corrected() -> None:
    assert _asked("7/12 13:00-5:00") == [(Oddity.END, ["2024-07-12(Fri) 13:00-17:00"])]
    assert _asked("7/12 17:00-13:00") == [(Oddity.END, ["2024-07-12(Fri) 13:00-17:00"])]
    assert _asked("7/12 13:00-13:00") == [(Oddity.END, [])]
    assert not any(query.acceptable for query in _written("7/12 13:00-5:00").queries)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        *((f"7/12 22:00{dash}25:00", time(1)) for dash in ("-", " - ", "〜", "～")),
        *(("7/12 22:00-24:00", time(0)), ("7/12 22時〜25時", time(1)), ("7/12(金) 22:00-1:00", time(1))),
        *(("7/12 22:00 - 7/13 1:00", time(1)), ("2024-07-12(Fri) 22:00 - 2024-07-13(Sat) 01:00", time(1))),
        ("7/12(金) 22:00〜7/13(土) 1:00", time(1)),
    ],
)
def test_what_goes_on_after_midnight_ends_on_the_next_day(text: str, end: time) -> None:
    meant = _written(text)
    assert meant == WrittenDate(_DAY, time(22), end, nights=1)
    assert _written(meant.text) == meant


def test_from_one_day_to_a_later_one() -> None:
    meant = WrittenDate(_DAY, time(10), time(17), nights=2)
    assert _written("7/12 10:00 - 7/14 17:00") == meant == _written(meant.text)
    assert _written("12/31 22:00 - 1/1 1:00").last_day.isoformat() == "2025-01-01"
    for wrong in ("7/12 10:00 - 7/12 9:00", "7/12 10:00 - 8/12 17:00", "7/12 10:00 - 7/14(月) 17:00"):
        with pytest.raises(NotADateError):
            _written(wrong)


def test_a_new_start_alone_offers_the_length_that_it_had() -> None:
    over_days = replace(_MOVED, ends=_MOVED.starts and _MOVED.starts + timedelta(days=2, hours=4))
    assert _asked("7/12 14:00", over_days) == [(Oddity.END_LEFT_OUT, ["2024-07-12(Fri) 14:00 - 2024-07-14(Sun) 18:00"])]
    assert _written("+7d", over_days).nights == 2


def test_a_very_long_lecture_and_one_at_night_are_asked_about() -> None:
    assert _asked("7/12 1:00-17:00") == [(Oddity.LONG, ["2024-07-12(Fri) 13:00-17:00"])]
    assert _asked("7/12 9:00-22:00") == [(Oddity.LONG, [])]
    assert _asked("7/12 9:00-21:00") == []
    assert _asked("7/12 1:00-5:00") == [(Oddity.NIGHT, ["2024-07-12(Fri) 13:00-17:00"])]
    assert _asked("7/12 1:30") == [(Oddity.NIGHT, ["2024-07-12(Fri) 13:30"])]
    assert all(query.acceptable for text in ("7/12 1:00-17:00", "7/12 1:30") for query in _written(text).queries)


def test_times_that_would_be_lost_are_offered_again() -> None:
    assert _asked("7/12", _MOVED) == [(Oddity.TIME_LEFT_OUT, ["2024-07-12(Fri) 13:00-17:00"])]
    assert _asked("7/12 14:00", _MOVED) == [(Oddity.END_LEFT_OUT, ["2024-07-12(Fri) 14:00-18:00"])]
    assert _asked("7/12 20:30", _MOVED) == [(Oddity.END_LEFT_OUT, ["2024-07-12(Fri) 20:30 - 2024-07-13(Sat) 00:30"])]
    assert _asked("7/12 時刻未定", _MOVED) == []
    assert _asked("12 July, time TBA", _MOVED) == []
    assert _asked("7/12", dated(11, "2024-06-20")) == []


# ---- what is refused


@pytest.mark.parametrize(
    ("text", "reason", "part"),
    [
        ("", Unclear.UNREADABLE, ""),
        ("7/12 room 5", Unclear.UNREADABLE, "room 5"),
        ("7/12 13:00-17:00 18:00", Unclear.UNREADABLE, "18:00"),
        ("7/12 13:00 未定", Unclear.UNREADABLE, "7/12 13:00 未定"),
        ("7/12 +7d", Unclear.UNREADABLE, "7/12 +7d"),
        ("7/12(元)", Unclear.UNREADABLE, "(元)"),
        ("7/12 7-9", Unclear.UNREADABLE, "7-9"),
        ("2/30", Unclear.NO_SUCH_DAY, "2/30"),
        ("13/7", Unclear.NO_SUCH_DAY, "13/7"),
        ("2/29", Unclear.NO_SUCH_DAY, "2/29"),
        ("2023-02-29", Unclear.NO_SUCH_DAY, "2023-02-29"),
        ("0000-07-12", Unclear.NO_SUCH_DAY, "0000-07-12"),
        ("7/12 25:00", Unclear.NO_SUCH_TIME, "25:00"),
        ("7/12 22:00-37:00", Unclear.NO_SUCH_TIME, "22:00-37:00"),
        ("7/12 13:60", Unclear.NO_SUCH_TIME, "13:60"),
        ("7/12 午後13時", Unclear.NO_SUCH_TIME, "午後13時"),
        ("24/7/12", Unclear.AMBIGUOUS, "24/7/12"),
        ("12/7/2024", Unclear.AMBIGUOUS, "12/7/2024"),
        ("7/12-7/13", Unclear.SEVERAL_DAYS, "7/12-7/13"),
        ("7/12か7/19", Unclear.SEVERAL_DAYS, "7/12か7/19"),
        ("7/12 13:00 CET", Unclear.OTHER_ZONE, "7/12 13:00 CET"),
        ("2024-07-12T04:00Z", Unclear.OTHER_ZONE, "2024-07-12T04:00Z"),
    ],
)
def test_what_is_no_date_is_refused_with_what_is_wrong(text: str, reason: Unclear, part: str) -> None:
    assert _refused(text) == (reason, part)


def test_day_and_month_are_told_apart_where_only_one_order_is_possible() -> None:
    assert _written("13/7/2024").day == _written("7/13/2024").day == date(2024, 7, 13)
    assert _written("7.7.2024").day == date(2024, 7, 7)


def test_a_time_that_the_clock_skips_is_refused() -> None:
    now = at("2024-03-01T12:00", BERLIN)
    assert _refused("2024-03-31 02:30", now=now) == (Unclear.SKIPPED_TIME, "2024-03-31 02:30")
    assert written_date("2024-03-31 13:00 CEST", now=now) == WrittenDate(date(2024, 3, 31), time(13))


# ---- what holds for any text

_FIRST, _LAST = datetime(1995, 1, 1), datetime(2095, 1, 1)  # noqa: DTZ001 - each example has a zone of its own
_INSTANTS = st.datetimes(_FIRST, _LAST)
_PIECES = st.sampled_from(
    [
        *(
            "7/12",
            "2/29",
            "2024-07-12",
            "9999-12-31",
            "0001-01-01",
            "7月12日",
            "12 July",
            "令和99年1月1日",
            "(金)",
            "Thu",
        ),
        *(
            "13:00-17:00",
            "1:00",
            "22:00-2:00",
            "午後1時",
            "-5pm",
            "正午",
            "+7d",
            "-999w",
            "JST",
            "未定",
            "T",
            "から",
            "-",
            " ",
        ),
    ]
)


@given(st.text() | st.lists(_PIECES, max_size=5).map("".join), _INSTANTS, st.sampled_from(ZONES))
@example("9999-12-31 23:00-23:30(月)", _LAST, ZoneInfo("Pacific/Pago_Pago"))
@example("+999w", _LAST, ZoneInfo("Asia/Tokyo"))
def test_no_text_is_understood_in_part_or_makes_the_reading_fail(text: str, local: datetime, zone: ZoneInfo) -> None:
    now = local.replace(tzinfo=zone)
    current = Lecture(3, day=now.date(), starts=now, ends=now + timedelta(hours=3))
    for lecture in (None, current):
        with suppress(NotADateError):
            understood = written_date(text, now=now, current=lecture)
            for query in understood.queries:
                assert query.suggestions or query.oddity is not Oddity.WEEKDAY
                assert all(not each.queries for each in query.suggestions)


@given(
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    st.none() | st.times(),
    st.none() | st.times(),
    _INSTANTS,
    st.sampled_from(ZONES),
)
def test_what_is_understood_can_be_typed_again(
    day: date, start: time | None, end: time | None, local: datetime, zone: ZoneInfo
) -> None:
    now = local.replace(tzinfo=zone)
    first = start.replace(second=0, microsecond=0) if start else None
    last = end.replace(second=0, microsecond=0) if first and end else None
    typed = WrittenDate(day, first, last).text
    with suppress(NotADateError):  # the clock skips such a time
        understood = written_date(typed, now=now)
        assert (understood.day, understood.start, understood.end) == (day, first, last)
        for query in understood.queries:
            for suggested in query.suggestions:
                again = written_date(suggested.text, now=now)
                assert (again.day, again.start, again.end) == (suggested.day, suggested.start, suggested.end)
