"""The exact replies to questions about what is next, one lecture, the lists, the materials and the search."""

from dataclasses import replace

import pytest
from inline_snapshot import snapshot

from bot.cards.lecture import heading
from bot.cards.view import View
from bot.domain.language import Language, Localized
from bot.domain.lecture import Mode, Registration, Status, Venue
from bot.domain.message import Card
from tests.commands.transcripts import reply_to, transcript
from tests.examples import (
    BEFORE_THREE,
    DAY_ONLY,
    EXAMPLE,
    NOT_YET_OPEN,
    OPEN,
    UNDATED,
    at,
    both,
    dated,
    series_of,
    with_form,
    with_lecture,
)

_AFTER_ALL = at("2030-12-01T12:00")


def test_next_in_japanese() -> None:
    assert transcript("/next", EXAMPLE, BEFORE_THREE) == snapshot("""\

次回：4/18(木)、第3回（大空 翼）
CARD open: 第3回\u3000機械学習で見る銀河
  大空 翼（銀河大）
  {4/18(木) 13:00–17:00 JST}（あと10日）
  [銀河大学 西館 201教室](https://maps.example/west)
  対面とオンライン
  双眼鏡をお持ちください。
  > 締切 {4/17(水) 12:00}
  | 銀河の形を分類します。
  [第3回 4/18(木) 大空 翼 参加登録](https://forms.example/3)
(概要の全文) -> lecture 3 part=abstract
(カレンダー) -> calendar 3
(リマインド) -> notify 3 on
DONE, again: next
""")


def test_next_in_english() -> None:
    assert transcript("/next", EXAMPLE, BEFORE_THREE, "en") == snapshot("""\

Thu, 18 Apr: lecture 3 (Tsubasa Ozora)
CARD open: Lecture 3: Galaxies seen by Machine Learning
  Tsubasa Ozora (Galaxy University)
  {Thu, 18 Apr, 13:00–17:00 JST} (in 10 days)
  [Galaxy University, West Hall, Room 201](https://maps.example/west)
  In person and online
  in Japanese
  Please bring binoculars.
  > Register by {Wed, 17 Apr, 12:00}
  | Shapes of galaxies are classified.
  [Register: lecture 3, Thu, 18 Apr, Tsubasa Ozora](https://forms.example/3)
(Whole abstract) -> lecture 3 part=abstract
(Calendar) -> calendar 3
(Remind me) -> notify 3 on
DONE, again: next
""")


@pytest.mark.parametrize(
    ("now", "ja", "en"),
    [
        (
            "2030-04-16T11:59:59",
            snapshot("次回：4/18(木)、第3回（大空 翼）"),
            snapshot("Thu, 18 Apr: lecture 3 (Tsubasa Ozora)"),
        ),
        (
            "2030-04-16T12:00:00",
            snapshot("次回：4/18(木)、第3回（大空 翼）"),
            snapshot("Thu, 18 Apr: lecture 3 (Tsubasa Ozora)"),
        ),
        (
            "2030-04-17T11:59:59",
            snapshot("次回：明日 4/18(木)、第3回（大空 翼）"),
            snapshot("Tomorrow, Thu, 18 Apr: lecture 3 (Tsubasa Ozora)"),
        ),
        (
            "2030-04-17T12:00:00",
            snapshot("次回：明日 4/18(木)、第3回（大空 翼）"),
            snapshot("Tomorrow, Thu, 18 Apr: lecture 3 (Tsubasa Ozora)"),
        ),
        (
            "2030-04-18T00:00:00",
            snapshot("次回：本日、第3回（大空 翼）"),
            snapshot("Today: lecture 3 (Tsubasa Ozora)"),
        ),
        (
            "2030-04-18T13:00:00",
            snapshot("第3回はただいま開催中です。"),
            snapshot("Lecture 3 is under way."),
        ),
        (
            "2030-04-18T17:00:00",
            snapshot("次回：5/20(月)、第4回（月島 光）"),
            snapshot("Mon, 20 May: lecture 4 (Hikaru Tsukishima)"),
        ),
        (
            "2030-05-19T12:00:00",
            snapshot("次回：明日 5/20(月)、第4回（月島 光）"),
            snapshot("Tomorrow, Mon, 20 May: lecture 4 (Hikaru Tsukishima)"),
        ),
        (
            "2030-06-17T12:00:00",
            snapshot("次回：本日、第5回（流 星子）"),
            snapshot("Today: lecture 5 (Seiko Nagare)"),
        ),
        (
            "2030-06-18T00:00:00",
            snapshot("日程の決まった今後の講義は、いまのところありません。"),
            snapshot("No further lecture is scheduled at the moment."),
        ),
    ],
)
def test_the_headline_of_next_tells_the_state_at_every_moment(now: str, ja: str, en: str) -> None:
    assert [reply_to("next", EXAMPLE, at(now), "ja").headline, reply_to("next", EXAMPLE, at(now), "en").headline] == [
        ja,
        en,
    ]


def test_next_under_way() -> None:
    assert transcript("next", EXAMPLE, at("2030-04-18T13:00")) == snapshot("""\

第3回はただいま開催中です。
CARD closed: 第3回\u3000機械学習で見る銀河
  大空 翼（銀河大）
  {4/18(木) 13:00–17:00 JST}（開催中）
  [銀河大学 西館 201教室](https://maps.example/west)
  対面とオンライン
  双眼鏡をお持ちください。
  > 参加登録は締め切りました。
  | 銀河の形を分類します。
(概要の全文) -> lecture 3 part=abstract
(カレンダー) -> calendar 3
DONE, again: next
""")


def test_next_is_not_yet_open_tentative_and_elsewhere() -> None:
    assert transcript("next", EXAMPLE, at("2030-05-01T12:00"), "en") == snapshot("""\

Mon, 20 May: lecture 4 (Hikaru Tsukishima)
CARD plain: Lecture 4: The Far Side of the Moon (tentative title)
  Hikaru Tsukishima (Galaxy University)
  {Mon, 20 May, 10:00–12:00 JST} (in 19 days)
  [Institute of Tides](https://maps.example/tides) (tentative; not the usual venue)
  In person only
(Calendar) -> calendar 4
(Remind me) -> notify 4 on
DONE, again: next
""")


def test_next_of_which_only_the_day_is_known() -> None:
    assert transcript("next", EXAMPLE, at("2030-06-01T12:00")) == snapshot("""\

次回：6/17(月)、第5回（流 星子）
CARD plain: 第5回（題目未定）
  流 星子
  {6/17(月)}・時刻未定
  会場未定
  対面とオンライン
(カレンダー) -> calendar 5
(リマインド) -> notify 5 on
DONE, again: next
""")


def test_next_names_a_cancelled_lecture_that_people_may_expect() -> None:
    series = with_lecture(EXAMPLE, replace(OPEN, status=Status.CANCELLED))
    assert transcript("next", series, BEFORE_THREE) == snapshot("""\

次回：5/20(月)、第4回（月島 光）
CARD plain: 第4回\u3000月の裏側（仮題）
  ! {2030/4/18(木)} に予定していた第3回は中止になりました。
  月島 光（銀河大）
  {5/20(月) 10:00–12:00 JST}（あと42日）
  [潮の研究所](https://maps.example/tides)（予定、いつもと異なります）
  対面のみ
(カレンダー) -> calendar 4
(リマインド) -> notify 4 on
DONE, again: next
""")


def test_next_does_not_name_a_cancelled_lecture_that_comes_later() -> None:
    series = with_lecture(EXAMPLE, replace(NOT_YET_OPEN, status=Status.CANCELLED))
    assert reply_to("next", series, BEFORE_THREE) == reply_to("next", EXAMPLE, BEFORE_THREE)


def test_next_names_a_postponed_lecture_that_people_may_expect() -> None:
    series = with_lecture(EXAMPLE, replace(OPEN, status=Status.POSTPONED))
    assert transcript("next", series, BEFORE_THREE, "en") == snapshot("""\

Mon, 20 May: lecture 4 (Hikaru Tsukishima)
CARD plain: Lecture 4: The Far Side of the Moon (tentative title)
  ! Lecture 3, planned for {Thu, 18 Apr 2030}, has been postponed.
  Hikaru Tsukishima (Galaxy University)
  {Mon, 20 May, 10:00–12:00 JST} (in 42 days)
  [Institute of Tides](https://maps.example/tides) (tentative; not the usual venue)
  In person only
(Calendar) -> calendar 4
(Remind me) -> notify 4 on
DONE, again: next
""")


def test_next_with_nothing_ahead_but_a_lecture_without_date_in_japanese() -> None:
    assert transcript("next", EXAMPLE, _AFTER_ALL) == snapshot("""\

日程の決まった今後の講義は、いまのところありません。
LIST 日程が未定の講義
  第6回（題目未定）
    日程未定
LIST 前回の講義と資料
  第5回
    {2030/6/17(月)} · 流 星子
    資料はまだ公開されていません。
(これまでの資料) -> materials
(これまでの講義) -> lectures past
DONE, again: next
""")


def test_next_with_nothing_ahead_but_a_lecture_without_date_in_english() -> None:
    assert transcript("next", EXAMPLE, _AFTER_ALL, "en") == snapshot("""\

No further lecture is scheduled at the moment.
LIST Lectures without a date yet
  Lecture 6 (title to be announced)
    Date to be announced
LIST The latest lecture and its materials
  Lecture 5
    {Mon, 17 June 2030} · Seiko Nagare
    No materials yet.
(All materials) -> materials
(Past lectures) -> lectures past
DONE, again: next
""")


def test_next_when_the_last_lecture_is_cancelled_does_not_call_it_undated() -> None:
    series = series_of(replace(OPEN, status=Status.CANCELLED), replace(NOT_YET_OPEN, status=Status.POSTPONED), UNDATED)
    assert transcript("next", series, BEFORE_THREE) == snapshot("""\

日程の決まった今後の講義は、いまのところありません。
LIST 今後の講義
  第3回\u3000機械学習で見る銀河
    {4/18(木) 13:00–17:00} · 大空 翼 · 中止
LIST 日程が未定の講義
  第4回\u3000月の裏側（仮題）
    延期（新しい日程は未定） · 月島 光
  第6回（題目未定）
    日程未定
(これまでの資料) -> materials
(これまでの講義) -> lectures past
DONE, again: next
""")


def test_next_of_an_empty_series() -> None:
    assert [transcript("next", series_of(), BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

日程の決まった今後の講義は、いまのところありません。
(これまでの資料) -> materials
(これまでの講義) -> lectures past
DONE, again: next
""",
            """\

No further lecture is scheduled at the moment.
(All materials) -> materials
(Past lectures) -> lectures past
DONE, again: next
""",
        ]
    )


def test_lecture_in_japanese() -> None:
    assert transcript("/lecture 第３回", EXAMPLE, BEFORE_THREE) == snapshot("""\

第3回（大空 翼）、4/18(木)開催
CARD open: 第3回\u3000機械学習で見る銀河
  大空 翼（銀河大）
  {4/18(木) 13:00–17:00 JST}（あと10日）
  [銀河大学 西館 201教室](https://maps.example/west)
  対面とオンライン
  双眼鏡をお持ちください。
  > 締切 {4/17(水) 12:00}
  | 銀河の形を分類します。
  [第3回 4/18(木) 大空 翼 参加登録](https://forms.example/3)
(概要の全文) -> lecture 3 part=abstract
(カレンダー) -> calendar 3
(リマインド) -> notify 3 on
DONE, again: lecture 3
""")


def test_lecture_in_english() -> None:
    assert transcript("/lecture 3", EXAMPLE, BEFORE_THREE, "en") == snapshot("""\

Thu, 18 Apr: lecture 3 (Tsubasa Ozora)
CARD open: Lecture 3: Galaxies seen by Machine Learning
  Tsubasa Ozora (Galaxy University)
  {Thu, 18 Apr, 13:00–17:00 JST} (in 10 days)
  [Galaxy University, West Hall, Room 201](https://maps.example/west)
  In person and online
  in Japanese
  Please bring binoculars.
  > Register by {Wed, 17 Apr, 12:00}
  | Shapes of galaxies are classified.
  [Register: lecture 3, Thu, 18 Apr, Tsubasa Ozora](https://forms.example/3)
(Whole abstract) -> lecture 3 part=abstract
(Calendar) -> calendar 3
(Remind me) -> notify 3 on
DONE, again: lecture 3
""")


def test_a_lecture_that_is_over_offers_its_materials_and_no_form() -> None:
    assert transcript("lecture 1", EXAMPLE, BEFORE_THREE) == snapshot("""\

第1回は終了しました。
CARD off: 第1回\u3000月の満ち欠け
  月島 光（銀河大）
  {2030/2/14(木)}
  [銀河大学 西館 201教室](https://maps.example/west)
  対面とオンライン
  [スライド](https://files.example/1.pdf) · [動画](https://videos.example/1)
  | 月の形が変わるわけを学びます。
(資料) -> materials 1
DONE, again: lecture 1
""")


def test_a_lecture_without_a_date() -> None:
    assert [transcript("lecture 6", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

第6回の日程は未定です。
CARD plain: 第6回（題目未定）
  講師未定
  日程未定
  会場未定
(リマインド) -> notify 6 on
DONE, again: lecture 6
""",
            """\

The date of lecture 6 has not been announced yet.
CARD plain: Lecture 6 (title to be announced)
  Speaker to be announced
  Date to be announced
  Venue to be announced
(Remind me) -> notify 6 on
DONE, again: lecture 6
""",
        ]
    )


@pytest.mark.parametrize(
    ("status", "ja", "en"),
    [
        (
            Status.POSTPONED,
            snapshot("""\

第3回は延期になりました。新しい日程は決まり次第お知らせします。
CARD postponed: 第3回\u3000機械学習で見る銀河
  ! 延期になりました。
  大空 翼（銀河大）
  新しい日程は未定
  [銀河大学 西館 201教室](https://maps.example/west)
  対面とオンライン
  | 銀河の形を分類します。
(概要の全文) -> lecture 3 part=abstract
(リマインド) -> notify 3 on
DONE, again: lecture 3
"""),
            snapshot("""\

Lecture 3 has been postponed. The new date will be announced once it is fixed.
CARD postponed: Lecture 3: Galaxies seen by Machine Learning
  ! Postponed.
  Tsubasa Ozora (Galaxy University)
  New date to be announced
  [Galaxy University, West Hall, Room 201](https://maps.example/west)
  In person and online
  in Japanese
  | Shapes of galaxies are classified.
(Whole abstract) -> lecture 3 part=abstract
(Remind me) -> notify 3 on
DONE, again: lecture 3
"""),
        ),
        (
            Status.CANCELLED,
            snapshot("""\

第3回は中止になりました。
CARD cancelled: 第3回\u3000機械学習で見る銀河
  ! 中止になりました。
  大空 翼（銀河大）
  {4/18(木) 13:00–17:00 JST}
  [銀河大学 西館 201教室](https://maps.example/west)
  対面とオンライン
  | 銀河の形を分類します。
(概要の全文) -> lecture 3 part=abstract
DONE, again: lecture 3
"""),
            snapshot("""\

Lecture 3 has been cancelled.
CARD cancelled: Lecture 3: Galaxies seen by Machine Learning
  ! Cancelled.
  Tsubasa Ozora (Galaxy University)
  {Thu, 18 Apr, 13:00–17:00 JST}
  [Galaxy University, West Hall, Room 201](https://maps.example/west)
  In person and online
  in Japanese
  | Shapes of galaxies are classified.
(Whole abstract) -> lecture 3 part=abstract
DONE, again: lecture 3
"""),
        ),
    ],
)
def test_a_lecture_that_does_not_take_place_shows_no_form(status: Status, ja: str, en: str) -> None:
    series = with_lecture(EXAMPLE, replace(OPEN, status=status))
    told = [transcript("lecture 3", series, BEFORE_THREE, language) for language in ("ja", "en")]
    assert told == [ja, en]


def test_lecture_without_an_argument_is_the_next_or_else_the_last() -> None:
    asked = [reply_to("lecture", EXAMPLE, now).line for now in (BEFORE_THREE, _AFTER_ALL)]
    assert asked == ["lecture 3", "lecture 5"]


def test_a_full_room_is_told_apart_from_open_registration_online() -> None:
    full = replace(OPEN, registration=Registration("https://forms.example/3", in_person_full=True))
    told = [transcript("lecture 3", with_lecture(EXAMPLE, full), BEFORE_THREE, language) for language in ("ja", "en")]
    assert told == snapshot(
        [
            """\

第3回（大空 翼）、4/18(木)開催
CARD open: 第3回\u3000機械学習で見る銀河
  大空 翼（銀河大）
  {4/18(木) 13:00–17:00 JST}（あと10日）
  [銀河大学 西館 201教室](https://maps.example/west)
  対面とオンライン
  双眼鏡をお持ちください。
  > 対面は満席、オンラインの締切 {4/17(水) 12:00}
  | 銀河の形を分類します。
  [第3回 4/18(木) 大空 翼 参加登録](https://forms.example/3)
(概要の全文) -> lecture 3 part=abstract
(カレンダー) -> calendar 3
(リマインド) -> notify 3 on
DONE, again: lecture 3
""",
            """\

Thu, 18 Apr: lecture 3 (Tsubasa Ozora)
CARD open: Lecture 3: Galaxies seen by Machine Learning
  Tsubasa Ozora (Galaxy University)
  {Thu, 18 Apr, 13:00–17:00 JST} (in 10 days)
  [Galaxy University, West Hall, Room 201](https://maps.example/west)
  In person and online
  in Japanese
  Please bring binoculars.
  > In-person places are full. Register for online by {Wed, 17 Apr, 12:00}
  | Shapes of galaxies are classified.
  [Register: lecture 3, Thu, 18 Apr, Tsubasa Ozora](https://forms.example/3)
(Whole abstract) -> lecture 3 part=abstract
(Calendar) -> calendar 3
(Remind me) -> notify 3 on
DONE, again: lecture 3
""",
        ]
    )


def test_a_form_that_serves_two_lectures_says_so_on_both() -> None:
    series = with_lecture(EXAMPLE, with_form(DAY_ONLY, None, None, 4))
    told = [
        transcript(f"lecture {number}", series, BEFORE_THREE, language)
        for number in (4, 5)
        for language in ("ja", "en")
    ]
    assert told == snapshot(
        [
            """\

第4回（月島 光）、5/20(月)開催
CARD open: 第4回\u3000月の裏側（仮題）
  月島 光（銀河大）
  {5/20(月) 10:00–12:00 JST}（あと42日）
  [潮の研究所](https://maps.example/tides)（予定、いつもと異なります）
  対面のみ
  > 締切 {5/19(日) 12:00}（第5回と共通のフォームです）
  [第4回 5/20(月) 月島 光 参加登録](https://forms.example/5)
(カレンダー) -> calendar 4
(リマインド) -> notify 4 on
DONE, again: lecture 4
""",
            """\

Mon, 20 May: lecture 4 (Hikaru Tsukishima)
CARD open: Lecture 4: The Far Side of the Moon (tentative title)
  Hikaru Tsukishima (Galaxy University)
  {Mon, 20 May, 10:00–12:00 JST} (in 42 days)
  [Institute of Tides](https://maps.example/tides) (tentative; not the usual venue)
  In person only
  > Register by {Sun, 19 May, 12:00} (same form for lecture 5)
  [Register: lecture 4, Mon, 20 May, Hikaru Tsukishima](https://forms.example/5)
(Calendar) -> calendar 4
(Remind me) -> notify 4 on
DONE, again: lecture 4
""",
            """\

第5回（流 星子）、6/17(月)開催
CARD open: 第5回（題目未定）
  流 星子
  {6/17(月)}・時刻未定
  会場未定
  対面とオンライン
  > 締切 {6/16(日) 12:00}（第4回と共通のフォームです）
  [第5回 6/17(月) 流 星子 参加登録](https://forms.example/5)
(カレンダー) -> calendar 5
(リマインド) -> notify 5 on
DONE, again: lecture 5
""",
            """\

Mon, 17 June: lecture 5 (Seiko Nagare)
CARD open: Lecture 5 (title to be announced)
  Seiko Nagare
  {Mon, 17 June}, time to be announced
  Venue to be announced
  In person and online
  > Register by {Sun, 16 June, 12:00} (same form for lecture 4)
  [Register: lecture 5, Mon, 17 June, Seiko Nagare](https://forms.example/5)
(Calendar) -> calendar 5
(Remind me) -> notify 5 on
DONE, again: lecture 5
""",
        ]
    )


def test_an_online_lecture_shows_a_place_if_one_is_given() -> None:
    online = replace(OPEN, mode=Mode.ONLINE, venue=Venue(both("京都大学", "Kyoto University")))
    assert transcript("lecture 3", with_lecture(EXAMPLE, online), BEFORE_THREE) == snapshot("""\

第3回（大空 翼）、4/18(木)開催
CARD open: 第3回\u3000機械学習で見る銀河
  大空 翼（銀河大）
  {4/18(木) 13:00–17:00 JST}（あと10日）
  京都大学
  オンラインのみ
  双眼鏡をお持ちください。
  > 締切 {4/17(水) 12:00}
  | 銀河の形を分類します。
  [第3回 4/18(木) 大空 翼 参加登録](https://forms.example/3)
(概要の全文) -> lecture 3 part=abstract
(カレンダー) -> calendar 3
(リマインド) -> notify 3 on
DONE, again: lecture 3
""")


def test_a_whole_abstract_is_turned_page_by_page() -> None:
    long = replace(OPEN, abstract=Localized.same("長い話です。" * 500))
    series = with_lecture(EXAMPLE, long)
    replies = [reply_to(f"lecture 大空 part=abstract page={page}", series, BEFORE_THREE) for page in (1, 2, 3, 4)]
    assert [(each.note, each.line, [action.line for action in each.actions]) for each in replies] == snapshot(
        [
            ("1 / 3 ページ", "lecture 3 part=abstract page=1", ["lecture 3 part=abstract page=2"]),
            (
                "2 / 3 ページ",
                "lecture 3 part=abstract page=2",
                ["lecture 3 part=abstract page=1", "lecture 3 part=abstract page=3"],
            ),
            ("3 / 3 ページ", "lecture 3 part=abstract page=3", ["lecture 3 part=abstract page=2"]),
            ("3 / 3 ページ", "lecture 3 part=abstract page=4", ["lecture 3 part=abstract page=2"]),
        ]
    )


def test_a_lecture_without_abstract_says_so() -> None:
    assert [
        transcript("lecture 6 part=abstract", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")
    ] == snapshot(
        [
            """\

第6回の概要は、まだ公開されていません。
DONE, again: lecture 6 part=abstract
""",
            """\

There is no abstract of lecture 6 yet.
DONE, again: lecture 6 part=abstract
""",
        ]
    )


def test_several_lectures_give_a_choice() -> None:
    assert [transcript("lecture 月", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

「月」に当てはまる講義が2件あります。
? 講義を選ぶ
  第1回\u3000月の満ち欠け / 2030/2/14(木) · 月島 光
    -> lecture 1
  第4回\u3000月の裏側（仮題） / 2030/5/20(月) · 月島 光
    -> lecture 4
DONE, again: None
""",
            """\

2 lectures match “月”.
? Choose a lecture
  Lecture 1: Phases of the Moon / Thu, 14 Feb 2030 · Hikaru Tsukishima
    -> lecture 1
  Lecture 4: The Far Side of the Moon (tentative title) / Mon, 20 May 2030 · Hikaru Tsukishima
    -> lecture 4
DONE, again: None
""",
        ]
    )


def test_no_lecture_offers_the_nearest() -> None:
    assert [transcript("lecture 99", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

第99回はありません（第1回〜第6回）。
NOTE 番号（7、第7回）、講師（かな・ローマ字可）、題目、会場、日付（7/22、7月、来週）、next、last で指定できます。
例：/lecture 3
NOT_FOUND, again: None
""",
            """\

There is no lecture 99 (there are 1 to 6).
NOTE Give a number, a speaker, words of a title, a place, a date (7/22, July, next week), next or last.
For example: /lecture 3
NOT_FOUND, again: None
""",
        ]
    )


def test_no_lecture_and_none_near_says_what_can_be_typed() -> None:
    assert [transcript("lecture zzz", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

「zzz」に当てはまる講義は見つかりませんでした。
NOTE 番号（7、第7回）、講師（かな・ローマ字可）、題目、会場、日付（7/22、7月、来週）、next、last で指定できます。
例：/lecture 3
NOT_FOUND, again: None
""",
            """\

No lecture matches “zzz”.
NOTE Give a number, a speaker, words of a title, a place, a date (7/22, July, next week), next or last.
For example: /lecture 3
NOT_FOUND, again: None
""",
        ]
    )


def test_next_without_one_and_last_without_one_are_not_found() -> None:
    told = [
        transcript("lecture last", series_of(), BEFORE_THREE),
        transcript("lecture next", series_of(), BEFORE_THREE, "en"),
    ]
    assert told == snapshot(
        [
            """\

「last」に当てはまる講義は見つかりませんでした。
NOTE 番号（7、第7回）、講師（かな・ローマ字可）、題目、会場、日付（7/22、7月、来週）、next、last で指定できます。
例：/lecture
NOT_FOUND, again: None
""",
            """\

No further lecture is scheduled at the moment.
(All materials) -> materials
(Past lectures) -> lectures past
DONE, again: next
""",
        ]
    )


def test_materials_of_one_lecture() -> None:
    assert [transcript("/materials 1", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

第1回の資料です。
CARD plain: 第1回\u3000月の満ち欠け
  月島 光（銀河大）
  {2030/2/14(木)}
  [スライド](https://files.example/1.pdf)
  [動画](https://videos.example/1)
(これまでの資料) -> materials
DONE, again: materials 1
""",
            """\

Here are the materials of lecture 1.
CARD plain: Lecture 1: Phases of the Moon
  Hikaru Tsukishima (Galaxy University)
  {Thu, 14 Feb 2030}
  [Slides](https://files.example/1.pdf)
  [Video](https://videos.example/1)
(All materials) -> materials
DONE, again: materials 1
""",
        ]
    )


def test_materials_that_are_partly_in_preparation() -> None:
    assert [transcript("/materials 2", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

第2回の資料です。
CARD plain: 第2回\u3000シリウスの伴星
  星野 かおる（天文台）
  {2030/3/14(木)}
  準備中 = 動画
  [スライド](https://files.example/2.pdf)
(これまでの資料) -> materials
DONE, again: materials 2
""",
            """\

Here are the materials of lecture 2.
CARD plain: Lecture 2: The Companion of Sirius
  Kaoru Hoshino (The Observatory)
  {Thu, 14 Mar 2030}
  In preparation = Video
  [Slides](https://files.example/2.pdf)
(All materials) -> materials
DONE, again: materials 2
""",
        ]
    )


def test_materials_that_are_all_in_preparation() -> None:
    waiting = [replace(each, url=None) for each in EXAMPLE.lectures[0].materials]
    series = with_lecture(EXAMPLE, replace(EXAMPLE.lectures[0], materials=tuple(waiting)))
    assert transcript("/materials 1", series, BEFORE_THREE) == snapshot("""\

第1回の資料は準備中です。
CARD plain: 第1回\u3000月の満ち欠け
  月島 光（銀河大）
  {2030/2/14(木)}
  準備中 = スライド、動画
(これまでの資料) -> materials
DONE, again: materials 1
""")


def test_materials_that_do_not_exist_yet() -> None:
    assert [transcript("/materials 3", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

第3回の資料は、まだ公開されていません。
(これまでの資料) -> materials
DONE, again: materials 3
""",
            """\

Lecture 3 has no materials yet.
(All materials) -> materials
DONE, again: materials 3
""",
        ]
    )


@pytest.mark.parametrize("scope", ["all", "一覧", "全体", "past", "過去", "今まで", "これまでのもの"])
def test_all_materials_are_those_of_lectures_past(scope: str) -> None:
    alone = reply_to("/materials", EXAMPLE, BEFORE_THREE)
    assert reply_to(f"/materials {scope}", EXAMPLE, BEFORE_THREE).parts == alone.parts


def test_the_archive_of_all_materials_is_newest_first() -> None:
    assert [transcript("/materials", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

2回分の資料があります。
LIST これまでの資料
  第2回\u3000シリウスの伴星
    {2030/3/14(木)} · 星野 かおる
    [スライド](https://files.example/2.pdf) · 動画（準備中）
  第1回\u3000月の満ち欠け
    {2030/2/14(木)} · 月島 光
    [スライド](https://files.example/1.pdf) · [動画](https://videos.example/1)
? 講義を選ぶ
  第2回\u3000シリウスの伴星 / 2030/3/14(木) · 星野 かおる
    -> materials 2
  第1回\u3000月の満ち欠け / 2030/2/14(木) · 月島 光
    -> materials 1
DONE, again: materials
""",
            """\

2 lectures have materials.
LIST Materials so far
  Lecture 2: The Companion of Sirius
    {Thu, 14 Mar 2030} · Kaoru Hoshino
    [Slides](https://files.example/2.pdf) · Video (in preparation)
  Lecture 1: Phases of the Moon
    {Thu, 14 Feb 2030} · Hikaru Tsukishima
    [Slides](https://files.example/1.pdf) · [Video](https://videos.example/1)
? Choose a lecture
  Lecture 2: The Companion of Sirius / Thu, 14 Mar 2030 · Kaoru Hoshino
    -> materials 2
  Lecture 1: Phases of the Moon / Thu, 14 Feb 2030 · Hikaru Tsukishima
    -> materials 1
DONE, again: materials
""",
        ]
    )


def test_the_archive_of_a_series_without_materials() -> None:
    assert [transcript("/materials", series_of(), BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

資料はまだ公開されていません。
DONE, again: materials
""",
            """\

No materials have been published yet.
DONE, again: materials
""",
        ]
    )


def test_the_list_of_lectures_ahead_in_japanese() -> None:
    assert transcript("/lectures", EXAMPLE, BEFORE_THREE) == snapshot("""\

今後の予定は4回です。
LIST 今後の講義
  第3回\u3000機械学習で見る銀河
    {4/18(木) 13:00–17:00} · 大空 翼 · 受付中
  第4回\u3000月の裏側（仮題）
    {5/20(月) 10:00–12:00} · 月島 光
    潮の研究所（予定、いつもと異なります）
  第5回（題目未定）
    {6/17(月)}・時刻未定 · 流 星子
  第6回（題目未定）
    日程未定
? 講義を選ぶ
  第3回\u3000機械学習で見る銀河 / 2030/4/18(木) · 大空 翼
    -> lecture 3
  第4回\u3000月の裏側（仮題） / 2030/5/20(月) · 月島 光
    -> lecture 4
  第5回（題目未定） / 2030/6/17(月) · 流 星子
    -> lecture 5
  第6回（題目未定）
    -> lecture 6
DONE, again: lectures
""")


def test_the_list_of_lectures_ahead_in_english() -> None:
    assert transcript("/lectures upcoming", EXAMPLE, BEFORE_THREE, "en") == snapshot("""\

There are 4 lectures ahead.
LIST Lectures ahead
  Lecture 3: Galaxies seen by Machine Learning
    {Thu, 18 Apr, 13:00–17:00} · Tsubasa Ozora · registration open
  Lecture 4: The Far Side of the Moon (tentative title)
    {Mon, 20 May, 10:00–12:00} · Hikaru Tsukishima
    Institute of Tides (tentative; not the usual venue)
  Lecture 5 (title to be announced)
    {Mon, 17 June}, time to be announced · Seiko Nagare
  Lecture 6 (title to be announced)
    Date to be announced
? Choose a lecture
  Lecture 3: Galaxies seen by Machine Learning / Thu, 18 Apr 2030 · Tsubasa Ozora
    -> lecture 3
  Lecture 4: The Far Side of the Moon (tentative title) / Mon, 20 May 2030 · Hikaru Tsukishima
    -> lecture 4
  Lecture 5 (title to be announced) / Mon, 17 June 2030 · Seiko Nagare
    -> lecture 5
  Lecture 6 (title to be announced)
    -> lecture 6
DONE, again: lectures upcoming
""")


def test_the_list_of_past_lectures() -> None:
    assert [transcript("/lectures past", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

これまでに2回の講義がありました。
LIST これまでの講義
  第2回\u3000シリウスの伴星
    {2030/3/14(木)} · 星野 かおる · スライド
  第1回\u3000月の満ち欠け
    {2030/2/14(木)} · 月島 光 · スライド、動画
? 講義を選ぶ
  第2回\u3000シリウスの伴星 / 2030/3/14(木) · 星野 かおる
    -> lecture 2
  第1回\u3000月の満ち欠け / 2030/2/14(木) · 月島 光
    -> lecture 1
DONE, again: lectures past
""",
            """\

2 lectures have taken place so far.
LIST Past lectures
  Lecture 2: The Companion of Sirius
    {Thu, 14 Mar 2030} · Kaoru Hoshino · Slides
  Lecture 1: Phases of the Moon
    {Thu, 14 Feb 2030} · Hikaru Tsukishima · Slides, Video
? Choose a lecture
  Lecture 2: The Companion of Sirius / Thu, 14 Mar 2030 · Kaoru Hoshino
    -> lecture 2
  Lecture 1: Phases of the Moon / Thu, 14 Feb 2030 · Hikaru Tsukishima
    -> lecture 1
DONE, again: lectures past
""",
        ]
    )


@pytest.mark.parametrize("scope", ["past", "過去", "ＰＡＳＴ"])
def test_a_list_can_be_asked_for_in_either_language(scope: str) -> None:
    typed, plain = (reply_to(f"lectures {each}", EXAMPLE, BEFORE_THREE) for each in (scope, "past"))
    assert replace(typed, line=None) == replace(plain, line=None)


def test_a_long_list_is_turned_page_by_page() -> None:
    series = series_of(*(dated(number, f"2030-05-{number:02}") for number in range(1, 15)))
    assert transcript("lectures all page=2", series, BEFORE_THREE) == snapshot("""\

講義は全14回です。
LIST 講義一覧
  第7回（題目未定）
    {5/7(火)}・時刻未定
  第8回（題目未定）
    {5/8(水)}・時刻未定
  第9回（題目未定）
    {5/9(木)}・時刻未定
  第10回（題目未定）
    {5/10(金)}・時刻未定
  第11回（題目未定）
    {5/11(土)}・時刻未定
  第12回（題目未定）
    {5/12(日)}・時刻未定
? 講義を選ぶ
  第7回（題目未定） / 2030/5/7(火)
    -> lecture 7
  第8回（題目未定） / 2030/5/8(水)
    -> lecture 8
  第9回（題目未定） / 2030/5/9(木)
    -> lecture 9
  第10回（題目未定） / 2030/5/10(金)
    -> lecture 10
  第11回（題目未定） / 2030/5/11(土)
    -> lecture 11
  第12回（題目未定） / 2030/5/12(日)
    -> lecture 12
NOTE 2 / 3 ページ
(前のページ) -> lectures all page=1
(次のページ) -> lectures all page=3
DONE, again: lectures all page=2
""")


@pytest.mark.parametrize(("page", "shown"), [("0", "1 / 3"), ("x", "1 / 3"), ("3", "3 / 3"), ("4", "3 / 3")])
def test_a_page_that_does_not_exist_is_the_nearest_that_does(page: str, shown: str) -> None:
    series = series_of(*(dated(number, f"2030-05-{number:02}") for number in range(1, 15)))
    assert reply_to(f"lectures all page={page}", series, BEFORE_THREE).note == f"{shown} ページ"


def test_lists_with_nothing_in_them() -> None:
    asked = [f"lectures {scope}" for scope in ("upcoming", "past", "all")]
    told = [transcript(line, series_of(), BEFORE_THREE, language) for line in asked for language in ("ja", "en")]
    assert told == snapshot(
        [
            """\

今後の講義は、まだ発表されていません。
(これまでの講義) -> lectures past
DONE, again: lectures upcoming
""",
            """\

No further lecture has been announced yet.
(Past lectures) -> lectures past
DONE, again: lectures upcoming
""",
            """\

終了した講義はまだありません。
DONE, again: lectures past
""",
            """\

No lecture has taken place yet.
DONE, again: lectures past
""",
            """\

講義はまだありません。
DONE, again: lectures all
""",
            """\

There are no lectures yet.
DONE, again: lectures all
""",
        ]
    )


def test_a_list_that_does_not_exist() -> None:
    assert [transcript("lectures soon", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

「soon」に当てはまる講義は見つかりませんでした。
NOTE upcoming、past、all、年（2023）、月（7月）、講師、会場で指定できます。
例：/lectures all
(今後) -> lectures upcoming
(過去) -> lectures past
(すべて) -> lectures all
NOT_FOUND, again: None
""",
            """\

No lecture matches “soon”.
NOTE Give upcoming, past, all, a year (2023), a month (July), a speaker or a place.
For example: /lectures all
(upcoming) -> lectures upcoming
(past) -> lectures past
(all) -> lectures all
NOT_FOUND, again: None
""",
        ]
    )


def test_a_search_lists_what_it_found() -> None:
    assert [transcript("/find moon", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

「moon」を含む講義が2件見つかりました。
LIST 「moon」の検索結果
  第4回\u3000月の裏側（仮題）
    {5/20(月) 10:00–12:00} · 月島 光
    潮の研究所（予定、いつもと異なります）
  第1回\u3000月の満ち欠け
    {2030/2/14(木)} · 月島 光 · スライド、動画
? 講義を選ぶ
  第4回\u3000月の裏側（仮題） / 2030/5/20(月) · 月島 光
    -> lecture 4
  第1回\u3000月の満ち欠け / 2030/2/14(木) · 月島 光
    -> lecture 1
DONE, again: find moon
""",
            """\

2 lectures mention “moon”.
LIST Results for “moon”
  Lecture 4: The Far Side of the Moon (tentative title)
    {Mon, 20 May, 10:00–12:00} · Hikaru Tsukishima
    Institute of Tides (tentative; not the usual venue)
  Lecture 1: Phases of the Moon
    {Thu, 14 Feb 2030} · Hikaru Tsukishima · Slides, Video
? Choose a lecture
  Lecture 4: The Far Side of the Moon (tentative title) / Mon, 20 May 2030 · Hikaru Tsukishima
    -> lecture 4
  Lecture 1: Phases of the Moon / Thu, 14 Feb 2030 · Hikaru Tsukishima
    -> lecture 1
DONE, again: find moon
""",
        ]
    )


def test_a_search_looks_into_abstracts() -> None:
    assert transcript("/find 分類", EXAMPLE, BEFORE_THREE) == snapshot("""\

「分類」を含む講義が1件見つかりました。
LIST 「分類」の検索結果
  第3回\u3000機械学習で見る銀河
    {4/18(木) 13:00–17:00} · 大空 翼 · 受付中
? 講義を選ぶ
  第3回\u3000機械学習で見る銀河 / 2030/4/18(木) · 大空 翼
    -> lecture 3
DONE, again: find 分類
""")


def test_a_search_that_finds_nothing() -> None:
    assert [transcript("/find 太陽", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

「太陽」を含む講義は見つかりませんでした。
NOTE 題目、講師、所属、会場、日付、概要、資料を探します。短い言葉や、少ない語数でお試しください。
例：/find 大空
(講義一覧) -> lectures all
NOT_FOUND, again: None
""",
            """\

No lecture mentions “太陽”.
NOTE Titles, speakers, institutes, places, dates, abstracts and materials are searched. Try fewer or shorter words.
For example: /find Ozora
(All lectures) -> lectures all
NOT_FOUND, again: None
""",
        ]
    )


def test_a_search_for_nothing() -> None:
    assert [transcript("/find", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

探す言葉を続けて入力してください。
NOTE 例：/find 大空
MISUNDERSTOOD, again: None
""",
            """\

Please add the words to look for.
NOTE For example: /find Ozora
MISUNDERSTOOD, again: None
""",
        ]
    )


@pytest.mark.parametrize(
    ("language", "ahead", "under_way"),
    [
        (
            "en",
            "Thu, 16 May: lecture 3 and lecture 4",
            "Lecture 3 is under way. Lecture 4 is under way.",
        ),
        ("ja", "次回：5/16(木)、第3回、第4回", "第3回はただいま開催中です。第4回はただいま開催中です。"),
    ],
)
def test_next_names_all_that_begin_at_one_moment(language: Language, ahead: str, under_way: str) -> None:
    several = [dated(number, f"2030-05-{day}T13:00") for number, day in ((3, 16), (4, 16), (5, 17))]
    series = series_of(*several)
    reply = reply_to("/next", series, at("2030-05-10T12:00"), language)
    assert reply.headline == ahead
    assert [card.title for card in reply.parts if isinstance(card, Card)] == [
        heading(each, View(series, at("2030-05-10T12:00"), language)) for each in several[:2]
    ]
    assert reply.choice
    assert [each.line for each in reply.choice.options] == ["lecture 3", "lecture 4"]
    assert reply_to("/next", series, at("2030-05-16T13:30"), language).headline == under_way
