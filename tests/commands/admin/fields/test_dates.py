"""A lecture's new date, as it is typed, asked about and written into the file."""

import pytest

from bot.cards.view import View
from bot.commands.admin.fields import FieldError, date_edits, date_label, lecture_date, query_text
from bot.domain.edits import FieldValue
from bot.domain.language import Language
from bot.domain.lecture import Lecture
from bot.domain.message import When
from bot.domain.series import Series
from tests.commands.admin.fields.typed import lecture
from tests.examples import BEFORE_THREE, EXAMPLE, OPEN, at, with_form, with_lecture


def _view(language: Language = "en", series: Series = EXAMPLE) -> View:
    return View(series, BEFORE_THREE, language)


def _edits(text: str, moved: Lecture = OPEN) -> dict[str, FieldValue]:
    view = _view(series=with_lecture(EXAMPLE, moved))
    meant = lecture_date(text, moved, view)
    return {".".join(map(str, each.path)): each.value for each in date_edits(meant, moved, view)}


def _asked(text: str, number: int, language: Language) -> list[tuple[str, list[str]]]:
    """What is asked about a date, with what is suggested instead."""
    view = _view(language)
    queries = lecture_date(text, lecture(number), view).queries
    return [
        (
            "".join(each if isinstance(each, str) else f"{each.starts}" for each in _said(query_text(query, view.say))),
            [each.text for each in query.suggestions],
        )
        for query in queries
    ]


def _said(text: object) -> list[str | When]:
    assert isinstance(text, tuple)
    assert all(isinstance(each, str | When) for each in text)
    return list(text)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("5/1 13:00-17:00", {"starts": "2030-05-01T13:00", "ends": "2030-05-01T17:00"}),
        ("+7d", {"starts": "2030-04-25T13:00", "ends": "2030-04-25T17:00"}),
        ("14:00-17:00", {"starts": "2030-04-18T14:00"}),
        ("13:00-16:30", {"ends": "2030-04-18T16:30"}),
        ("5/1", {"starts": "2030-05-01", "ends": None}),
        ("5/1 時刻未定", {"starts": "2030-05-01", "ends": None}),
        ("4/18 13:00-17:00", {}),
        ("2032-05-01(Sat) 13:00-17:00", {"starts": "2032-05-01(土)T13:00", "ends": "2032-05-01T17:00"}),
    ],
)
def test_a_date_is_written_as_the_file_has_it_and_with_its_weekday_far_from_other_lectures(
    text: str, changes: dict[str, FieldValue]
) -> None:
    assert _edits(text) == changes


def test_a_deadline_of_its_own_is_given_up_where_it_no_longer_goes_with_the_date() -> None:
    moved = with_form(OPEN, None, at("2030-04-17T12:00"))
    assert _edits("4/25 13:00-17:00", moved) == {"starts": "2030-04-25T13:00", "ends": "2030-04-25T17:00"}
    assert _edits("4/16 13:00-17:00", moved) == {
        "starts": "2030-04-16T13:00",
        "ends": "2030-04-16T17:00",
        "registration.closes": None,
    }
    assert _edits("11/1(Fri) 13:00-17:00", moved)["registration.closes"] is None


@pytest.mark.parametrize(
    ("text", "number", "japanese", "english", "suggested"),
    [
        (
            "5/1(月) 13:00-17:00",
            3,
            "2030-05-01は月曜日ではありません。どちらの日でしょうか。",
            "2030-05-01 is not a Monday. Which day is meant?",
            ["2030-05-01(Wed) 13:00-17:00", "2030-04-29(Mon) 13:00-17:00"],
        ),
        (
            "next Friday 13:00-17:00",
            3,
            "これは二通り以上の日に受け取れます。どの日でしょうか。",
            "This can mean more than one day. Which one is meant?",
            ["2030-04-12(Fri) 13:00-17:00", "2030-04-19(Fri) 13:00-17:00"],
        ),
        (
            "2030-04-01",
            6,
            "2030-04-01はすでに過ぎています。この日でよろしいですか。",
            "2030-04-01 has passed already. Is that the day?",
            ["2031-04-01(Tue)"],
        ),
        (
            "2035-5-1",
            6,
            "2035-05-01はほかの回から離れています。年は正しいでしょうか。",
            "2035-05-01 is far from all other lectures. Is the year right?",
            ["2030-05-01(Wed)"],
        ),
        (
            "5/1 5:00-3:00",
            6,
            "終了（03:00）が開始（05:00）より後になっていません。どの時刻でしょうか。",
            "It would end at 03:00, which is not after its start at 05:00. Which times are meant?",
            ["2030-05-01(Wed) 05:00-15:00"],
        ),
        (
            "5/1 1:00-23:00",
            6,
            "01:00から23:00まででは12時間を超えます。この時刻でよろしいですか。",
            "From 01:00 to 23:00 is more than twelve hours. Are these the times?",
            ["2030-05-01(Wed) 13:00-23:00"],
        ),
        (
            "5/1 1:00-5:00",
            6,
            "01:00は夜中です。この時刻でよろしいですか。",
            "01:00 is in the night. Is that the time?",
            ["2030-05-01(Wed) 13:00-17:00"],
        ),
        (
            "5/1",
            3,
            "時刻がありません。これまでの開始時刻（13:00）のままでよろしいですか。",
            "There is no time. Does it still start at 13:00?",
            ["2030-05-01(Wed) 13:00-17:00"],
        ),
        (
            "5/1 14:00",
            3,
            "終了時刻がありません（これまでは 17:00）。開始が14:00の場合、終了はいつでしょうか。",
            "There is no end (until now: 17:00). If it starts at 14:00, when does it end?",
            ["2030-05-01(Wed) 14:00-18:00"],
        ),
    ],
)
def test_what_is_odd_about_a_date_is_asked_in_words(
    text: str, number: int, japanese: str, english: str, suggested: list[str]
) -> None:
    assert _asked(text, number, "ja") == [(japanese, suggested)]
    assert _asked(text, number, "en") == [(english, suggested)]


@pytest.mark.parametrize(
    ("text", "number", "japanese", "english"),
    [
        (
            "来週のどこか",
            3,
            "「来週のどこか」を日時として読み取れませんでした。例：5/6 13:00-17:00",
            "“来週のどこか” can't be read as a date. Example: 5/6 13:00-17:00",
        ),
        (
            "1/2/30",
            3,
            "「1/2/30」は、年・月・日のどれがどれか区別できません。例：5/6 13:00-17:00",
            "In “1/2/30” it is not clear which is the day, the month and the year. Example: 5/6 13:00-17:00",
        ),
        (
            "5/1 5/2",
            3,
            "「5/1 5/2」に日付が二つ以上あります。一つだけ指定してください。例：5/6 13:00-17:00",
            "“5/1 5/2” names more than one day. Please give one. Example: 5/6 13:00-17:00",
        ),
        (
            "2/30",
            3,
            "「2/30」という日はありません。例：5/6 13:00-17:00",
            "There is no such day as “2/30”. Example: 5/6 13:00-17:00",
        ),
        (
            "5/1 25:00",
            3,
            "「25:00」という時刻はありません。例：5/6 13:00-17:00",
            "There is no such time as “25:00”. Example: 5/6 13:00-17:00",
        ),
        (
            "5/1 13:00 EST",
            3,
            "「5/1 13:00 EST」の時刻はほかのタイムゾーンのものです。Asia/Tokyo の時刻で入力してください。"
            "例：5/6 13:00-17:00",
            "“5/1 13:00 EST” is in another time zone. Please give the time in Asia/Tokyo. Example: 5/6 13:00-17:00",
        ),
        (
            "13:00-17:00",
            6,
            "「13:00-17:00」には日付がありません。例：5/6 13:00-17:00",
            "“13:00-17:00” does not say on which day. Example: 5/6 13:00-17:00",
        ),
        (
            "　",
            3,
            "内容が入力されていません。",
            "No value is given.",
        ),
    ],
)
def test_what_is_no_date_is_refused_with_one(text: str, number: int, japanese: str, english: str) -> None:
    for language, sentence in (("ja", japanese), ("en", english)):
        view = _view("ja" if language == "ja" else "en")
        with pytest.raises(FieldError) as raised:
            lecture_date(text, lecture(number), view)
        assert raised.value.sentence(view.say) == sentence
        if raised.value.example:
            assert lecture_date(raised.value.example, lecture(number), view).queries == ()


def test_a_button_shows_a_date_as_the_reader_writes_it() -> None:
    for text, japanese, english in (
        ("5/1 13:00-17:00", "2030/5/1(水) 13:00–17:00 JST", "Wed, 1 May 2030, 13:00–17:00 JST"),
        ("5/1 13:00", "2030/5/1(水) 13:00 JST", "Wed, 1 May 2030, 13:00 JST"),
        ("5/1", "2030/5/1(水)", "Wed, 1 May 2030"),
    ):
        meant = lecture_date(text, OPEN, _view())
        assert (date_label(meant, _view("ja")), date_label(meant, _view("en"))) == (japanese, english)
