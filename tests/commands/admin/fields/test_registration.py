"""A lecture's registration, as organizers type it."""

from dataclasses import replace
from functools import partial

import pytest

from bot.domain.edits import FieldValue
from bot.domain.lecture import Field, Registration
from bot.domain.registration import NOBODY
from tests.commands.admin.fields.typed import edits, lecture, refused
from tests.examples import EXAMPLE, OPEN, at, with_form, with_lecture

_registration = partial(edits, Field.REGISTRATION)
_refused = partial(refused, Field.REGISTRATION)

_FORM = "https://docs.google.com/forms/d/e/1FAIpQLS/viewform"


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (_FORM, {"registration.url": _FORM}),
        (f"フォーム：<{_FORM}>。", {"registration.url": _FORM}),
        (f"form {_FORM}", {"registration.url": _FORM}),
        (f"{_FORM} 満席", {"registration.url": _FORM, "registration.in_person": "full"}),
        (f"{_FORM} 第5回と共通", {"registration.url": _FORM, "registration.also_for": ["5"]}),
        (f"{_FORM}, closes 5/18 12:00", {"registration.url": _FORM, "registration.closes": "2030-05-18T12:00"}),
        (
            f"{_FORM} also 5 and 6, closes 5/18 12:00",
            {
                "registration.url": _FORM,
                "registration.also_for": ["5", "6"],
                "registration.closes": "2030-05-18T12:00",
            },
        ),
        ("full", {"registration.in_person": "full"}),
        ("満席", {"registration.in_person": "full"}),
        ("closes 5/18 12:00", {"registration.closes": "2030-05-18T12:00"}),
        ("締切：5/18 正午", {"registration.closes": "2030-05-18T12:00"}),
        ("5/18(土) 12:00 締切", {"registration.closes": "2030-05-18T12:00"}),
        ("5月18日12時まで", {"registration.closes": "2030-05-18T12:00"}),
        ("until 23:59", {"registration.closes": "2030-05-19T23:59"}),
        ("〆切 -2d", {"registration.closes": "2030-05-17T12:00"}),
        ("talks@forms.example", {"registration.url": "mailto:talks@forms.example"}),
        (
            "mailto:talks@forms.example closes 5/18 12:00",
            {"registration.url": "mailto:talks@forms.example", "registration.closes": "2030-05-18T12:00"},
        ),
        ("opens 5/1 9:00", {"registration.opens": "2030-05-01T09:00"}),
        ("受付開始 5/1", {"registration.opens": "2030-05-01"}),
        (
            f"{_FORM} opens 5/1 9:00, closes 5/18 12:00",
            {
                "registration.url": _FORM,
                "registration.opens": "2030-05-01T09:00",
                "registration.closes": "2030-05-18T12:00",
            },
        ),
        ("closes start", {"registration.closes": "start"}),
        ("開始まで", {"registration.closes": "start"}),
        ("締切 開始時刻まで", {"registration.closes": "start"}),
        ("締切 なし", {"registration.closes": "none"}),
        ("closes none", {"registration.closes": "none"}),
        ("none", {"registration": "none"}),
        ("登録不要", {"registration": "none"}),
        ("open", {}),
        ("remove", {}),
        ("締切 通常どおり", {}),
        ("共通解除", {}),
    ],
)
def test_a_form_and_its_deadline_are_read_as_people_write_them(text: str, changes: dict[str, FieldValue]) -> None:
    assert _registration(text, 4) == changes


def test_a_form_can_be_full_and_open_again_closed_and_removed() -> None:
    closed = with_lecture(EXAMPLE, with_form(OPEN, None, at("2030-04-08T11:00"), 4))
    assert _registration("close", 3) == {"registration.closes": "2030-04-08T12:00"}
    assert _registration("締め切る", 3, closed) == {}
    assert _registration("再開", 3, closed) == {"registration.closes": None}
    assert _registration("closes as usual", 3, closed) == {"registration.closes": None}
    assert _registration("削除", 3, closed) == {"registration.url": None, "registration.also_for": None}
    assert _registration("https://forms.example/3", 3) == {}


@pytest.mark.parametrize(
    "text", ["also 4", "also for lecture 4", "第4回と共通", "共通：４", "4回も共通", "shared with #4"]
)
def test_a_form_serves_other_lectures(text: str) -> None:
    assert _registration(text, 3) == {"registration.also_for": ["4"]}


def test_a_lecture_without_a_form_takes_part_in_that_of_another() -> None:
    assert _registration("第3回と共通", 4) == {"3: registration.also_for": ["4"]}
    assert _registration("also 3 and 5", 4) == {"3: registration.also_for": ["4", "5"]}
    assert _registration("4・5・6と共通", 3) == {"registration.also_for": ["4", "5", "6"]}
    shared = with_lecture(EXAMPLE, with_form(OPEN, None, None, 4, 5))
    assert _registration("also 3", 4, shared) == {}
    assert _registration("also 6", 3, shared) == {"registration.also_for": ["4", "5", "6"]}
    assert _registration("remove", 4, shared) == {"3: registration.also_for": ["5"]}
    assert _registration("not shared", 3, shared) == {"registration.also_for": None}


@pytest.mark.parametrize(
    ("link", "readers"),
    [
        ("https://docs.google.com/forms/d/1abc_D/edit", "https://docs.google.com/forms/d/1abc_D/viewform"),
        (
            "https://docs.google.com/forms/u/1/d/1abc_D/edit#responses",
            "https://docs.google.com/forms/d/1abc_D/viewform",
        ),
        (f"{_FORM}?usp=pp_url&entry.1=Hana", _FORM),
        (
            "https://forms.office.com/Pages/DesignPageV2.aspx?id=a-b_c",
            "https://forms.office.com/Pages/ResponsePage.aspx?id=a-b_c",
        ),
    ],
)
def test_a_form_s_link_for_its_editors_is_refused_with_that_for_readers(link: str, readers: str) -> None:
    assert _refused(f"フォーム {link}", language="ja") == (
        f"フォームのこのリンクは回答者用ではありません（編集者用か、記入済みのものです）。例：{readers}"
    )
    assert _refused(link) == (
        f"This link of the form is not the one for readers: it is for its editors, or filled in already. "
        f"Example: {readers}"
    )


def test_an_editor_s_link_that_does_not_tell_that_for_readers_is_refused_with_the_way_to_it() -> None:
    assert _refused("https://docs.google.com/forms/u/0/") == (
        "This is the form's link for its editors, which nobody else can open. Please use the one for readers, found "
        "under “Send”. Example: https://forms.gle/…"
    )


@pytest.mark.parametrize(
    ("text", "number", "japanese", "english"),
    [
        (
            "こんにちは",
            3,
            "「こんにちは」から参加登録の変更を読み取れませんでした。フォームのリンクかメールアドレス、受付開始、締切、満席、受付中、共通の回、締め切る、削除、登録不要を"
            "指定できます。例：締切 4/17 12:00",
            "“こんにちは” says nothing of registration. It takes the form's link or a mail address, “opens” with a "
            "date, a deadline, “full”, “open”, “also” with a lecture's number, “close”, “remove”, or “none” where "
            "nobody registers. Example: closes 4/17 12:00",
        ),
        (
            "https://forms.example/3",
            4,
            "このフォームは第3回のものです。共用する場合は、リンクではなく回を指定してください。例：第3回と共通",
            "This is the form of lecture 3. If both share it, name that lecture instead of the link. Example: also 3",
        ),
        (
            "also 3",
            3,
            "第3回はこの講義自身です。フォームを共用するほかの回を指定してください。例：第4回と共通",
            "Lecture 3 is this lecture itself. Please name another one that shares the form. Example: also 4",
        ),
        (
            "also 99",
            3,
            "第99回という講義はありません。例：第4回と共通",
            "There is no lecture 99. Example: also 4",
        ),
        (
            "also 1",
            3,
            "第1回には別のフォームがあります。共用するには、先に第1回のフォームを削除してください。",
            "Lecture 1 has a form of its own. To share one, remove that form first.",
        ),
        (
            "close",
            4,
            "第4回にはまだ参加登録フォームがありません。先にフォームのリンクを指定してください。例：https://forms.gle/…",
            "Lecture 4 has no registration form yet. Please give the form's link first. Example: https://forms.gle/…",
        ),
        (
            "close",
            1,
            "第1回はすでに終了しており、参加登録も終わっています。",
            "Lecture 1 is over, and so is its registration.",
        ),
        (
            "closes 4/20 12:00",
            1,
            "第1回はすでに終了しており、参加登録も終わっています。",
            "Lecture 1 is over, and so is its registration.",
        ),
        (
            "closes soon",
            3,
            "「soon」を日時として読み取れませんでした。例：締切 4/17 12:00",
            "“soon” can't be read as a date. Example: closes 4/17 12:00",
        ),
        (
            "closes 4/16",
            3,
            "締切の時刻がありません。例：締切 2030-04-16(Tue) 12:00",
            "The deadline lacks its time. Example: closes 2030-04-16(Tue) 12:00",
        ),
        (
            "closes 4/16 10:00-12:00",
            3,
            "締切は時刻を一つだけ指定してください。例：締切 2030-04-16(Tue) 10:00",
            "A deadline is one time, not a span. Example: closes 2030-04-16(Tue) 10:00",
        ),
        (
            "closes next Thursday 12:00",
            3,
            "締切「next Thursday 12:00」は二通り以上の日に受け取れます。例：締切 2030-04-11(Thu) 12:00",
            "The deadline “next Thursday 12:00” can mean more than one day. Example: closes 2030-04-11(Thu) 12:00",
        ),
        (
            "closes 4/16(Mon) 12:00",
            3,
            "締切「4/16(Mon) 12:00」は日付と曜日が合いません。例：締切 2030-04-16(Tue) 12:00",
            "The deadline “4/16(Mon) 12:00” has a weekday that is not that of the day. "
            "Example: closes 2030-04-16(Tue) 12:00",
        ),
        (
            "closes 4/8 11:00",
            3,
            "締切「2030-04-08(Mon) 11:00」はすでに過ぎています。いま締め切る場合は、そのように指定できます。"
            "例：締め切る",
            "The deadline 2030-04-08(Mon) 11:00 has passed already. To close registration now, say so. Example: close",
        ),
        (
            "closes 2031-04-16 12:00",
            3,
            "締切「2031-04-16(Wed) 12:00」は離れすぎています。年をお確かめください。正しければ曜日を添えてください。"
            "例：締切 2030-04-16(Tue) 12:00",
            "The deadline 2031-04-16(Wed) 12:00 is very far away. Please check the year; if it is right, add the "
            "weekday. Example: closes 2030-04-16(Tue) 12:00",
        ),
        (
            "closes 4/19 12:00",
            3,
            "締切「2030-04-19(Fri) 12:00」は第3回の終わりより後です。例：締切 2030-04-18(Thu) 13:00",
            "The deadline 2030-04-19(Fri) 12:00 is after the end of lecture 3. Example: closes 2030-04-18(Thu) 13:00",
        ),
    ],
)
def test_what_can_not_be_done_is_refused(text: str, number: int, japanese: str, english: str) -> None:
    assert (_refused(text, number, "ja"), _refused(text, number)) == (japanese, english)


def test_a_deadline_half_a_year_before_the_lecture_is_confirmed_by_its_weekday() -> None:
    assert _registration("closes 2030-04-10(Wed) 12:00", 5, now=at("2029-10-01T12:00")) == {
        "registration.closes": "2030-04-10T12:00"
    }
    assert _registration("closes 2029-10-10(Wed) 12:00", 5, now=at("2029-10-01T12:00")) == {
        "registration.closes": "2029-10-10(水)T12:00"
    }


def test_a_lecture_without_registration_gets_one_again() -> None:
    waived = with_lecture(EXAMPLE, replace(lecture(4), registration=Registration(waived=True)))
    assert _registration("none", 4, waived) == {}
    assert _registration("remove", 4, waived) == {"registration": None}
    assert _registration(_FORM, 4, waived) == {"registration.url": _FORM}


def test_where_nobody_registers_none_takes_the_form_away() -> None:
    unasked = replace(EXAMPLE, registration=NOBODY)
    assert _registration("none", 3, unasked) == {"registration.url": None}
    assert _registration("none", 4, unasked) == {}


def test_an_opening_after_the_deadline_is_refused() -> None:
    assert _refused("opens 5/20", 4) == (
        "Registration can't open on 2030-05-20(Mon): it is closed by then. Example: opens 04/09 09:00"
    )
