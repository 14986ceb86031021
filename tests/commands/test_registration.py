"""The exact replies to those who want to take part."""

import re
from dataclasses import replace

import pytest
from inline_snapshot import snapshot

from bot.commands.parser import Request
from bot.commands.router import CommandRouter
from bot.domain.language import LANGUAGES, Language
from bot.domain.lecture import Mode, Status
from bot.domain.message import Section
from bot.domain.registration import RegistrationPolicy
from bot.domain.series import Links, NamedLink, Rules
from bot.platforms.terminal.rendering import plain_text
from tests.commands.transcripts import numbered_calendar, reply_to, transcript, written_down
from tests.examples import (
    BEFORE_THREE,
    DAY_ONLY,
    EXAMPLE,
    NOT_YET_OPEN,
    OPEN,
    UNDATED,
    at,
    dated,
    series_of,
    with_form,
    with_lecture,
)

_CLOSED = at("2030-04-17T12:00")


def test_register_in_japanese() -> None:
    assert transcript("/register", EXAMPLE, BEFORE_THREE) == snapshot("""\

参加登録は 4/17(水) 正午まで：第3回（大空 翼）
CARD open: 第3回\u3000機械学習で見る銀河
  {4/18(木) 13:00–17:00 JST}（あと10日）
  [銀河大学 西館 201教室](https://maps.example/west)
  対面とオンライン
  双眼鏡をお持ちください。
  [第3回 4/18(木) 大空 翼 参加登録](https://forms.example/3)
SECTION \n\
  | 前日の正午までにご登録ください。講義ごとにご登録ください。
(参加のご案内) -> howto
DONE, again: register
""")


def test_register_in_english() -> None:
    assert transcript("/register 3", EXAMPLE, BEFORE_THREE, "en") == snapshot("""\

Register by Wed, 17 Apr, noon: lecture 3 (Tsubasa Ozora)
CARD open: Lecture 3: Galaxies seen by Machine Learning
  {Thu, 18 Apr, 13:00–17:00 JST} (in 10 days)
  [Galaxy University, West Hall, Room 201](https://maps.example/west)
  In person and online
  in Japanese
  Please bring binoculars.
  [Register: lecture 3, Thu, 18 Apr, Tsubasa Ozora](https://forms.example/3)
SECTION \n\
  | Please register by noon of the day before. Please register for every lecture.
(How to take part) -> howto
DONE, again: register 3
""")


def test_register_for_several_lectures_names_each_form() -> None:
    series = with_lecture(with_lecture(EXAMPLE, with_form(NOT_YET_OPEN)), with_form(UNDATED))
    assert [transcript("/register", series, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

第3回、第4回、第6回の参加登録を受け付けています。講義ごとにご登録ください。
CARD open: 第3回\u3000機械学習で見る銀河
  大空 翼（銀河大）
  {4/18(木) 13:00–17:00 JST}（あと10日）
  [銀河大学 西館 201教室](https://maps.example/west)
  対面とオンライン
  双眼鏡をお持ちください。
  > 締切 {4/17(水) 12:00}
  [第3回 4/18(木) 大空 翼 参加登録](https://forms.example/3)
CARD open: 第4回\u3000月の裏側（仮題）
  月島 光（銀河大）
  {5/20(月) 10:00–12:00 JST}（あと42日）
  [潮の研究所](https://maps.example/tides)（予定、いつもと異なります）
  対面のみ
  > 締切 {5/19(日) 12:00}
  [第4回 5/20(月) 月島 光 参加登録](https://forms.example/4)
CARD open: 第6回（題目未定）
  講師未定
  日程未定
  会場未定
  > 参加登録受付中
  [第6回 日程未定 講師未定 参加登録](https://forms.example/6)
SECTION \n\
  | 前日の正午までにご登録ください。講義ごとにご登録ください。
(参加のご案内) -> howto
DONE, again: register
""",
            """\

Registration is open for lectures 3, 4 and 6. Please register for each one separately.
CARD open: Lecture 3: Galaxies seen by Machine Learning
  Tsubasa Ozora (Galaxy University)
  {Thu, 18 Apr, 13:00–17:00 JST} (in 10 days)
  [Galaxy University, West Hall, Room 201](https://maps.example/west)
  In person and online
  in Japanese
  Please bring binoculars.
  > Register by {Wed, 17 Apr, 12:00}
  [Register: lecture 3, Thu, 18 Apr, Tsubasa Ozora](https://forms.example/3)
CARD open: Lecture 4: The Far Side of the Moon (tentative title)
  Hikaru Tsukishima (Galaxy University)
  {Mon, 20 May, 10:00–12:00 JST} (in 42 days)
  [Institute of Tides](https://maps.example/tides) (tentative; not the usual venue)
  In person only
  > Register by {Sun, 19 May, 12:00}
  [Register: lecture 4, Mon, 20 May, Hikaru Tsukishima](https://forms.example/4)
CARD open: Lecture 6 (title to be announced)
  Speaker to be announced
  Date to be announced
  Venue to be announced
  > Registration is open
  [Register: lecture 6, date to be announced, speaker to be announced](https://forms.example/6)
SECTION \n\
  | Please register by noon of the day before. Please register for every lecture.
(How to take part) -> howto
DONE, again: register
""",
        ]
    )


def test_register_after_the_deadline_shows_no_form_and_whom_to_ask() -> None:
    assert [transcript("/register 3", EXAMPLE, _CLOSED, language) for language in ("ja", "en")] == snapshot(
        [
            """\

第3回（大空 翼）の参加登録は締め切りました。
CARD closed: 第3回\u3000機械学習で見る銀河
  {4/18(木) 13:00–17:00 JST}（明日）
  [銀河大学 西館 201教室](https://maps.example/west)
  対面とオンライン
  双眼鏡をお持ちください。
SECTION \n\
  | ご質問は[お問い合わせフォーム](https://contact.example/)からお送りください。
(参加のご案内) -> howto
DONE, again: register 3
""",
            """\

Registration is closed for lecture 3 (Tsubasa Ozora).
CARD closed: Lecture 3: Galaxies seen by Machine Learning
  {Thu, 18 Apr, 13:00–17:00 JST} (tomorrow)
  [Galaxy University, West Hall, Room 201](https://maps.example/west)
  In person and online
  in Japanese
  Please bring binoculars.
SECTION \n\
  | For questions, please use the [Contact form](https://contact.example/).
(How to take part) -> howto
DONE, again: register 3
""",
        ]
    )


def test_register_before_registration_opens() -> None:
    assert [transcript("/register 4", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

第4回（月島 光）の参加登録フォームは案内されていません。
CARD plain: 第4回\u3000月の裏側（仮題）
  {5/20(月) 10:00–12:00 JST}（あと42日）
  [潮の研究所](https://maps.example/tides)（予定、いつもと異なります）
  対面のみ
SECTION \n\
  | ご質問は[お問い合わせフォーム](https://contact.example/)からお送りください。
(参加のご案内) -> howto
DONE, again: register 4
""",
            """\

No registration form has been announced for lecture 4 (Hikaru Tsukishima).
CARD plain: Lecture 4: The Far Side of the Moon (tentative title)
  {Mon, 20 May, 10:00–12:00 JST} (in 42 days)
  [Institute of Tides](https://maps.example/tides) (tentative; not the usual venue)
  In person only
SECTION \n\
  | For questions, please use the [Contact form](https://contact.example/).
(How to take part) -> howto
DONE, again: register 4
""",
        ]
    )


def test_register_for_a_lecture_without_a_date() -> None:
    assert transcript("/register 6", EXAMPLE, BEFORE_THREE) == snapshot("""\

第6回の参加登録フォームは案内されていません。
CARD plain: 第6回（題目未定）
  日程未定
  会場未定
SECTION \n\
  | ご質問は[お問い合わせフォーム](https://contact.example/)からお送りください。
(参加のご案内) -> howto
DONE, again: register 6
""")


def test_register_on_the_last_day() -> None:
    assert reply_to("register", EXAMPLE, at("2030-04-17T09:00")).headline == snapshot(
        "参加登録は 4/17(水) 正午まで：第3回（大空 翼）"
    )


def test_register_for_a_lecture_that_is_over_or_does_not_take_place() -> None:
    series = with_lecture(
        with_lecture(EXAMPLE, replace(OPEN, status=Status.CANCELLED)), replace(DAY_ONLY, status=Status.POSTPONED)
    )
    asked = [
        reply_to(f"register {number}", series, BEFORE_THREE, language)
        for number in (1, 3, 5)
        for language in ("ja", "en")
    ]
    assert [reply.headline for reply in asked] == snapshot(
        [
            "第1回は終了しました。",
            "Lecture 1 is over.",
            "第3回は中止になりました。",
            "Lecture 3 has been cancelled.",
            "第5回は延期になりました。新しい日程は決まり次第お知らせします。",
            "Lecture 5 has been postponed. The new date will be announced once it is fixed.",
        ]
    )


def test_register_without_contact_form_points_to_none() -> None:
    assert reply_to("register 4", replace(EXAMPLE, links=Links()), BEFORE_THREE).note is None


def test_an_address_to_write_to_takes_the_place_of_a_contact_form() -> None:
    links = Links(named=(NamedLink("contact", "mailto:ask@series.example?subject=Q"),))
    by_mail, form = replace(EXAMPLE, links=links), EXAMPLE.links.contact or ""
    for line in ("register 4", "howto", "about"):
        for language in LANGUAGES:
            said, usual = (
                plain_text(reply_to(line, each, BEFORE_THREE, language), language) for each in (by_mail, EXAMPLE)
            )
            assert ("ask@series.example" in said) is (form in usual)
    assert "ask@series.example" in plain_text(reply_to("about", by_mail, BEFORE_THREE), "ja")


def test_register_with_nothing_ahead_says_so() -> None:
    now = at("2030-12-01T12:00")
    assert reply_to("register", series_of(OPEN), now).headline == reply_to("next", series_of(OPEN), now).headline


def test_no_more_than_two_rules_that_apply_are_told_to_those_who_register() -> None:
    rules = replace(EXAMPLE.rules, registration=EXAMPLE.rules.registration[:1])
    told = {}
    for mode in Mode:
        series = replace(with_lecture(EXAMPLE, replace(OPEN, mode=mode)), rules=rules)
        (section,) = reply_to("register 3", series, BEFORE_THREE).parts[1:]
        assert isinstance(section, Section)
        told[mode] = section.paragraphs
    first = rules.registration[0].into("ja")
    assert told[Mode.ONLINE] == ((f"{first}{rules.online[0].into('ja')}",),)
    assert told[Mode.IN_PERSON] == ((f"{first}{rules.in_person[0].into('ja')}",),)


def test_howto_in_japanese() -> None:
    assert transcript("/howto", EXAMPLE, BEFORE_THREE) == snapshot("""\

参加登録と当日のご案内です。
SECTION 参加登録
  • 前日の正午までにご登録ください。
SECTION 対面で参加される方へ
  • 講義ごとにご登録ください。
SECTION オンラインで参加される方へ
  • マイクはお切りください。
SECTION みなさまへ
  • 録音はご遠慮ください。
SECTION お問い合わせ
  | ご質問やご意見は[お問い合わせフォーム](https://contact.example/)からお送りください。
(参加登録) -> register
DONE, again: howto
""")


def test_howto_in_english() -> None:
    assert transcript("/howto", EXAMPLE, BEFORE_THREE, "en") == snapshot("""\

How to register and take part.
SECTION Registering
  • Please register by noon of the day before.
SECTION In person
  • Please register for every lecture.
SECTION Online
  • Please keep your microphone muted.
SECTION Everyone
  • Please do not record.
SECTION Contact
  | Questions and comments are welcome: [Contact form](https://contact.example/)
(Register) -> register
DONE, again: howto
""")


def test_howto_of_a_series_without_rules() -> None:
    series = replace(EXAMPLE, rules=Rules(), links=Links())
    assert [transcript("/howto", series, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

ご案内はまだありません。
(参加登録) -> register
DONE, again: howto
""",
            """\

No guidance has been written yet.
(Register) -> register
DONE, again: howto
""",
        ]
    )


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("https://forms.example/all", "• [Register once for all](https://forms.example/all)"),
        (
            "mailto:talks@seminar.example",
            "• [Register by mail: talks@seminar.example](mailto:talks@seminar.example)",
        ),
    ],
)
def test_howto_tells_the_form_and_the_address_of_all_lectures(url: str, line: str) -> None:
    lecture = replace(dated(1, "2030-04-18T13:00", "2030-04-18T15:00"), mode=Mode.HYBRID)
    series = replace(series_of(lecture), registration=RegistrationPolicy(True, url), join="https://stream.example/live")
    before = transcript("/howto", series, BEFORE_THREE, "en").splitlines()
    assert before[2:6] == [
        "SECTION Registering",
        f"  {line}",
        "SECTION Online",
        "  • [Join online](https://stream.example/live)",
    ]
    begun = transcript("/howto", series, at("2030-04-18T13:30"), "en")
    assert (url in begun, "https://stream.example/live" in begun) == (False, True)
    assert "SECTION" not in transcript("/howto", series, at("2030-04-19T00:00"), "en")


def without_queries(told: str) -> str:
    """A transcript in which links to other calendars end where their long queries begin."""
    return re.sub(r"(https://(?:calendar\.google|outlook\.office)\.com/[^?\s)]*)\?[^)\s]*", r"\1?…", told)


def test_calendar_of_all_lectures_that_have_a_date() -> None:
    assert [transcript("/calendar", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

日程の決まっている講義5回分のカレンダーファイルです。
FILE lectures.ics (text/calendar): 1 2 3 4 5 ja
NOTE ファイルを開くと、お使いのカレンダーに追加できます。
DONE, again: calendar
""",
            """\

Here is the calendar file of the 5 lectures that have a date.
FILE lectures.ics (text/calendar): 1 2 3 4 5 en
NOTE Open the file to add it to your calendar.
DONE, again: calendar
""",
        ]
    )


def test_calendar_of_one_lecture() -> None:
    told = [transcript("/calendar next", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")]
    assert [without_queries(each) for each in told] == snapshot(
        [
            """\

第3回のカレンダーファイルです。
SECTION ファイルを使わずに追加
  | [Google](https://calendar.google.com/calendar/render?…) · [Outlook](https://outlook.office.com/calendar/0/deeplink/compose?…)
FILE lecture-3.ics (text/calendar): 3 ja
NOTE ファイルを開くと、お使いのカレンダーに追加できます。
DONE, again: calendar 3
""",
            """\

Here is the calendar file of lecture 3.
SECTION Add it without a file
  | [Google](https://calendar.google.com/calendar/render?…) · [Outlook](https://outlook.office.com/calendar/0/deeplink/compose?…)
FILE lecture-3.ics (text/calendar): 3 en
NOTE Open the file to add it to your calendar.
DONE, again: calendar 3
""",
        ]
    )


def test_calendar_of_a_lecture_without_a_date() -> None:
    assert [transcript("/calendar 6", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

日程が未定のため、カレンダーファイルはまだありません。
DONE, again: calendar 6
""",
            """\

There is no calendar file yet, as the date is to be announced.
DONE, again: calendar 6
""",
        ]
    )


def test_where_the_calendar_can_be_followed_is_told_with_every_file_in_the_reader_s_language() -> None:
    router = CommandRouter(
        lambda: EXAMPLE, lambda: BEFORE_THREE, numbered_calendar, feed="https://bot.example/calendar.ics"
    )
    asked: list[tuple[str, Language]] = [("calendar", "ja"), ("calendar 3", "en"), ("calendar 6", "en")]
    told = [written_down(router.answer(Request(line, language)), language) for line, language in asked]
    assert [without_queries(each) for each in told] == snapshot(
        [
            """\

日程の決まっている講義5回分のカレンダーファイルです。
SECTION カレンダーの購読
  | 次の URL をカレンダーアプリに登録すると、日程の追加や変更が自動で反映されます。[https://bot.example/calendar.ics](https://bot.example/calendar.ics)
  | [Google](https://calendar.google.com/calendar/render?…) · [Outlook](https://outlook.office.com/calendar/0/addfromweb?…)
FILE lectures.ics (text/calendar): 1 2 3 4 5 ja
NOTE ファイルを開くと、お使いのカレンダーに追加できます。
DONE, again: calendar
""",
            """\

Here is the calendar file of lecture 3.
SECTION Add it without a file
  | [Google](https://calendar.google.com/calendar/render?…) · [Outlook](https://outlook.office.com/calendar/0/deeplink/compose?…)
SECTION Follow the calendar
  | Subscribe to this address in your calendar, and new and changed dates appear by themselves: [https://bot.example/calendar.ics?lang=en](https://bot.example/calendar.ics?lang=en)
  | [Google](https://calendar.google.com/calendar/render?…) · [Outlook](https://outlook.office.com/calendar/0/addfromweb?…)
FILE lecture-3.ics (text/calendar): 3 en
NOTE Open the file to add it to your calendar.
DONE, again: calendar 3
""",
            """\

There is no calendar file yet, as the date is to be announced.
SECTION Follow the calendar
  | Subscribe to this address in your calendar, and new and changed dates appear by themselves: [https://bot.example/calendar.ics?lang=en](https://bot.example/calendar.ics?lang=en)
  | [Google](https://calendar.google.com/calendar/render?…) · [Outlook](https://outlook.office.com/calendar/0/addfromweb?…)
DONE, again: calendar 6
""",
        ]
    )


def test_calendar_of_a_series_without_dates() -> None:
    assert reply_to("calendar", series_of(UNDATED), BEFORE_THREE).file is None
