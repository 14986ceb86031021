"""Dates of the file: one spelling is taken, others are understood well enough to say how to write them."""

from datetime import date, time, timedelta

import pytest

from bot.schedule.moments import Moment, moment
from bot.schedule.problems import RefusedValueError


@pytest.mark.parametrize(
    ("text", "day", "at", "weekday", "offset"),
    [
        ("2024-04-25", date(2024, 4, 25), None, None, None),
        ("2024-04-25(木)", date(2024, 4, 25), None, 3, None),
        ("2024-04-25 （ 木曜日 ） T 13:00", date(2024, 4, 25), time(13), 3, None),
        ("2024-04-25(Thu.)  13:00:00", date(2024, 4, 25), time(13), 3, None),
        ("2024-04-25T13:00Z", date(2024, 4, 25), time(13), None, timedelta()),
        ("2024-04-25T13:00 +09:00", date(2024, 4, 25), time(13), None, timedelta(hours=9)),
        ("2024-04-25T13:00-05:00", date(2024, 4, 25), time(13), None, timedelta(hours=-5)),
        ("2024-04-25 13:00-0530", date(2024, 4, 25), time(13), None, timedelta(hours=-5, minutes=-30)),
    ],
)
def test_the_spelling_of_the_file_is_taken(
    text: str, day: date, at: time | None, weekday: int | None, offset: timedelta | None
) -> None:
    assert moment(text) == Moment(day, at, weekday, offset, text)


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("2024/4/25", "2024-04-25"),
        ("2024-4-25 9:00", "2024-04-25T09:00"),
        ("２０２４－０４－２５", "2024-04-25"),
        ("2024年4月25日（木）午後1時半", "2024-04-25T13:30"),
        ("令和6年4月25日", "2024-04-25"),
        ("Thu, 25 April 2024, 1pm", "2024-04-25T13:00"),
    ],
)
def test_another_spelling_is_refused_with_that_of_the_file(text: str, example: str) -> None:
    assert _refusal(text) == ("date.notation", example)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *((text, "date.type") for text in ("", "明日", "next Friday", "4/25", "13:00", "未定", "2024-04-25 room 5")),
        *((text, "date.type") for text in ("2024/4/25 13:00-17:00", "2024/4/25 13:00 JST", "2024-04-25 +09:00")),
        *((text, "date.type") for text in ("2024/4/25 2024/4/26", "25/4/24")),
        *((text, "date.no_such_day") for text in ("2024-02-30", "2024/2/30", "0000-01-01")),
        *((text, "date.no_such_time") for text in ("2024-04-25T24:00", "2024-04-25 13:60", "2024/4/25 25:00")),
        *((text, "date.no_such_weekday") for text in ("2024-04-25(Donnerstag)", "2024-04-25(祝)")),
    ],
)
def test_what_is_no_date_of_the_file_is_refused(text: str, name: str) -> None:
    assert _refusal(text)[0] == name


def _refusal(text: str) -> tuple[str, object]:
    with pytest.raises(RefusedValueError) as refused:
        moment(text)
    (finding,) = refused.value.findings
    return finding.name, finding.values.get("example")
