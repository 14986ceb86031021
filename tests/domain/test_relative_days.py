"""Which day 明日, 来週の金曜 and `next Friday` are, and where that has to be asked."""

from datetime import datetime

import pytest

from bot.domain.date_parsing import NotADateError, Unclear
from bot.domain.date_scanning import written_date
from bot.domain.lecture import Lecture
from bot.domain.written_date import Oddity
from tests.examples import BERLIN, at, dated

_WEDNESDAY, _FRIDAY, _SUNDAY = (at(f"2024-04-{day}T15:00") for day in ("03", "05", "07"))
_MOVED = dated(11, "2024-06-20T13:00", "2024-06-20T17:00")
"""On a Thursday."""


def _meant(text: str, now: datetime = _WEDNESDAY, current: Lecture | None = None) -> list[str]:
    """The date, or all that are offered because it can be more than one."""
    meant = written_date(text, now=now, current=current)
    first = meant.queries[0] if meant.queries else None
    if first and first.oddity is Oddity.EITHER_DAY:
        assert not first.acceptable
        return [each.text for each in first.suggestions]
    return [meant.text]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *((text, "2024-04-03(Wed)") for text in ("今日", "today")),
        *((text, "2024-04-04(Thu)") for text in ("明日", "tomorrow", "今週の木曜", "this Thursday")),
        *(
            (text, "2024-04-05(Fri)")
            for text in ("明後日", "あさって", "金曜日", "Friday", "次の金曜", "coming Friday")
        ),
        *((text, "2024-04-12(Fri)") for text in ("来週の金曜", "来週金曜", "next week Friday", "Friday next week")),
        *((text, "2024-04-15(Mon)") for text in ("再来週の月曜", "Monday the week after next")),
        *((text, "2024-04-06(Sat)") for text in ("3日後", "in 3 days", "3 days later", "in three days")),
        *((text, "2024-04-17(Wed)") for text in ("2週間後", "in two weeks", "two weeks from now")),
        *((text, "2024-04-12(Fri) 13:00-17:00") for text in ("来週の金曜の13時〜17時", "Friday next week, 1-5pm")),
        ("明日 13:00-17:00", "2024-04-04(Thu) 13:00-17:00"),
        ("tomorrow at 1pm", "2024-04-04(Thu) 13:00"),
        ("(金) 13:00", "2024-04-05(Fri) 13:00"),
    ],
)
def test_words_name_a_day_as_seen_from_today(text: str, day: str) -> None:
    assert _meant(text) == [day]
    assert written_date(text, now=_WEDNESDAY).queries == ()


def test_today_is_that_of_the_series() -> None:
    late = datetime(2024, 4, 3, 23, tzinfo=BERLIN)
    assert _meant("明日", late) == ["2024-04-04(Thu)"]
    assert _meant("明日", late.astimezone(_WEDNESDAY.tzinfo)) == ["2024-04-05(Fri)"]


def test_next_friday_may_be_this_weeks_or_next_weeks() -> None:
    assert _meant("next Friday") == ["2024-04-05(Fri)", "2024-04-12(Fri)"]
    assert _meant("next Friday", _FRIDAY) == ["2024-04-12(Fri)"]
    assert _meant("next Friday 13:00-17:00") == ["2024-04-05(Fri) 13:00-17:00", "2024-04-12(Fri) 13:00-17:00"]


def test_a_week_may_begin_on_monday_or_sunday() -> None:
    assert _meant("来週の日曜") == ["2024-04-14(Sun)", "2024-04-07(Sun)"]
    assert _meant("今週の日曜") == ["2024-04-07(Sun)"]
    assert _meant("来週の金曜", _SUNDAY) == ["2024-04-12(Fri)", "2024-04-19(Fri)"]
    assert _meant("今週の金曜", _SUNDAY) == ["2024-04-12(Fri)"]


def test_a_weekday_that_is_todays_may_be_a_week_later() -> None:
    assert _meant("金曜", _FRIDAY) == ["2024-04-05(Fri)", "2024-04-12(Fri)"]
    assert _meant("Friday 13:00", _FRIDAY) == ["2024-04-12(Fri) 13:00"]
    assert _meant("Friday 16:00", _FRIDAY) == ["2024-04-05(Fri) 16:00", "2024-04-12(Fri) 16:00"]
    assert _meant("coming Friday", _FRIDAY) == ["2024-04-12(Fri)"]


def test_a_lecture_that_is_moved_may_be_meant_to_stay_in_its_week() -> None:
    assert _meant("金曜", current=_MOVED) == ["2024-04-05(Fri)", "2024-06-21(Fri)"]
    assert _meant("Fri 14:00-18:00", current=_MOVED) == ["2024-04-05(Fri) 14:00-18:00", "2024-06-21(Fri) 14:00-18:00"]
    assert _meant("木曜 14:00-18:00", current=_MOVED) == ["2024-06-20(Thu) 14:00-18:00"]


def test_days_later_may_be_counted_from_the_date_so_far() -> None:
    assert _meant("2週間後", current=_MOVED) == ["2024-04-17(Wed)", "2024-07-04(Thu)"]
    assert _meant("3 days later", current=_MOVED) == ["2024-04-06(Sat)", "2024-06-23(Sun)"]
    assert _meant("in two weeks", current=_MOVED) == ["2024-04-17(Wed)"]


def test_the_times_so_far_are_offered_again() -> None:
    queries = written_date("来週の金曜", now=_WEDNESDAY, current=_MOVED).queries
    assert [(each.oddity, [date.text for date in each.suggestions]) for each in queries] == [
        (Oddity.TIME_LEFT_OUT, ["2024-04-12(Fri) 13:00-17:00"])
    ]


def test_a_day_of_this_week_that_is_past_is_asked_about_with_the_next_such_weekday() -> None:
    for text in ("今週の木曜", "this Thursday"):
        (query,) = written_date(text, now=_FRIDAY).queries
        assert (query.oddity, [each.text for each in query.suggestions]) == (Oddity.PAST, ["2024-04-11(Thu)"])


def test_a_weekday_that_contradicts_the_words_is_asked_about() -> None:
    (query,) = written_date("明日(金)", now=_WEDNESDAY).queries
    assert query.oddity is Oddity.WEEKDAY
    assert [each.text for each in query.suggestions] == ["2024-04-04(Thu)", "2024-04-05(Fri)"]


@pytest.mark.parametrize("text", ["来週", "next week", "this week 13:00", "来週の7/12", "明日 7/12", "来週のどこか"])
def test_words_that_name_no_day_are_refused(text: str) -> None:
    with pytest.raises(NotADateError) as refused:
        written_date(text, now=_WEDNESDAY)
    assert (refused.value.reason, refused.value.part) == (Unclear.UNREADABLE, text)
