"""News in words: the first line that a lock screen shows, what was and what is, the lecture as it stands now."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inline_snapshot import snapshot

from bot.announcements.planner import planned_news
from bot.announcements.post import ChangeSubject
from bot.announcements.state import NewsItem
from bot.announcements.texts.changes import still_news, tidings
from bot.cards.lecture import View
from bot.domain.language import LANGUAGES, Language
from bot.domain.lecture import Lecture, Material, MaterialKind, Mode, Registration, Status, Venue
from bot.domain.reminder_times import News
from bot.domain.series import Series
from tests.announcements.news_examples import first_line, lines, news_of, post_about, posts
from tests.domain.generated import instants, thorough
from tests.domain.generated import series as any_series
from tests.examples import (
    BEFORE_THREE,
    EXAMPLE,
    NOT_YET_OPEN,
    OPEN,
    OVER_IN_PREPARATION,
    OVER_WITH_ALL,
    UNDATED,
    at,
    both,
    dated,
    person,
    with_form,
    with_lecture,
)

_NOW = BEFORE_THREE
_KYOTO = Venue(both("京都大学", "Kyoto University"))
_HALL = OPEN.venue or _KYOTO
_VIDEO = replace(OVER_IN_PREPARATION.materials[1], url="https://videos.example/2")
_SLIDES = OVER_IN_PREPARATION.materials[0]
_POSTPONED = replace(OPEN, status=Status.POSTPONED)
_FULL = replace(OPEN, registration=replace(OPEN.registration, in_person_full=True))
_NO_FORM = replace(OPEN, registration=Registration())
_OFF = replace(OPEN, status=Status.CANCELLED)
_SEEN = replace(NOT_YET_OPEN, title_tentative=False)

_Case: TypeAlias = tuple[Lecture | None, Lecture]


def _moved(lecture: Lecture, starts: str, ends: str | None = None) -> Lecture:
    new = dated(lecture.number, starts, ends)
    return replace(lecture, day=new.day, starts=new.starts, ends=new.ends)


_LATER = _moved(OPEN, "2030-05-09T13:00", "2030-05-09T17:00")

_ADDED_LATER = replace(dated(7, "2030-06-27T13:00"), speaker=person("星 光", "Hikaru Hoshi"))
_UNTIL_NOON = with_form(OPEN, None, at("2030-04-18T12:30"))

_DATES: list[_Case] = [
    (OPEN, _LATER),
    (OPEN, replace(_LATER, venue=_KYOTO)),
    (OPEN, replace(_LATER, registration=_FULL.registration)),
    (OPEN, _moved(OPEN, "2030-04-09T13:00")),
    (OPEN, _moved(OPEN, "2031-04-17T13:00")),
    (OPEN, _moved(OPEN, "2030-05-09")),
    (_NO_FORM, _moved(_NO_FORM, "2030-05-09T13:00")),
    (OPEN, replace(OPEN, day=None, starts=None, ends=None)),
    (UNDATED, _moved(UNDATED, "2030-07-04T13:00")),
    (UNDATED, _moved(UNDATED, "2030-07-04")),
    (OPEN, _moved(OPEN, "2030-04-18T14:30", "2030-04-18T17:00")),
    (OPEN, _moved(OPEN, "2030-04-18T13:00", "2030-04-18T16:00")),
    (_moved(OPEN, "2030-04-18T13:00"), OPEN),
    (_moved(OPEN, "2030-04-18"), OPEN),
    (OPEN, _moved(OPEN, "2030-04-18")),
    (_UNTIL_NOON, _moved(_UNTIL_NOON, "2030-04-18T10:00")),
]
_WHETHER: list[_Case] = [
    (OPEN, _POSTPONED),
    (OPEN, replace(_POSTPONED, day=None, starts=None, ends=None, registration=Registration())),
    (UNDATED, replace(UNDATED, status=Status.POSTPONED)),
    (OPEN, replace(OPEN, status=Status.CANCELLED)),
    (_POSTPONED, replace(OPEN, status=Status.CANCELLED)),
    (replace(_POSTPONED, day=None, starts=None, ends=None), _LATER),
    (_POSTPONED, OPEN),
    (_POSTPONED, replace(OPEN, day=None, starts=None, ends=None)),
    (replace(OPEN, status=Status.CANCELLED), OPEN),
    (replace(UNDATED, status=Status.CANCELLED), UNDATED),
]
_WHERE: list[_Case] = [
    (OPEN, replace(OPEN, venue=_KYOTO)),
    (OPEN, replace(OPEN, venue=None)),
    (replace(OPEN, venue=None), OPEN),
    (replace(OPEN, venue=None), replace(OPEN, venue=replace(_KYOTO, tentative=True))),
    (replace(OPEN, venue=replace(_HALL, tentative=True)), OPEN),
    (OPEN, replace(OPEN, venue=replace(_HALL, tentative=True))),
    (OPEN, replace(OPEN, venue=replace(_HALL, room=both("305教室", "Room 305")))),
    (replace(OPEN, venue=replace(_HALL, room=None)), OPEN),
    (OPEN, replace(OPEN, venue=replace(_HALL, room=None))),
    (OPEN, replace(OPEN, mode=Mode.ONLINE, venue=None)),
    (replace(OPEN, mode=None), OPEN),
]
_REGISTERING: list[_Case] = [
    (NOT_YET_OPEN, with_form(NOT_YET_OPEN)),
    (_NO_FORM, replace(OPEN, registration=_FULL.registration)),
    (replace(_NO_FORM, registration=Registration(in_person_full=True)), _FULL),
    (UNDATED, with_form(UNDATED)),
    (OPEN, with_form(OPEN, "https://forms.example/33")),
    (OPEN, _NO_FORM),
    (OPEN, _FULL),
    (with_form(UNDATED), replace(UNDATED, registration=Registration("https://forms.example/6", in_person_full=True))),
    (replace(OPEN, mode=Mode.IN_PERSON), replace(_FULL, mode=Mode.IN_PERSON)),
    (_FULL, OPEN),
    (OPEN, with_form(OPEN, None, at("2030-04-17T18:00"))),
    (OPEN, with_form(OPEN, None, at("2030-04-08T11:00"))),
]
_CONTENTS: list[_Case] = [
    (OPEN, replace(OPEN, speaker=person("星 光", "Hikaru Hoshi"))),
    (UNDATED, replace(UNDATED, speaker=person("星 光", "Hikaru Hoshi"))),
    (OPEN, replace(OPEN, speaker=None)),
    (NOT_YET_OPEN, replace(_SEEN, abstract=both("月の裏の話です。", "On the far side."))),
    (OPEN, replace(OPEN, title=both("星の一生", "The Life of Stars"))),
    (replace(OPEN, abstract=None), OPEN),
    (OPEN, replace(OPEN, abstract=both("全く別の話をします。", "Something else."))),
    (OPEN, replace(OPEN, language="en")),
    (replace(OPEN, language=None), replace(OPEN, language="fr")),
    (OPEN, replace(OPEN, notes=both("ノートPCをお持ちください。", "Please bring a laptop."))),
    (OPEN, replace(OPEN, notes=None)),
    (OVER_IN_PREPARATION, replace(OVER_IN_PREPARATION, materials=(_SLIDES, _VIDEO))),
    (OVER_IN_PREPARATION, replace(OVER_IN_PREPARATION, materials=(replace(_SLIDES, url="https://files.example/2b"),))),
]
_NEW: list[_Case] = [
    (None, _ADDED_LATER),
    (None, with_form(dated(7, "2030-06-27"))),
    (None, Lecture(7)),
    (None, Lecture(7, status=Status.POSTPONED)),
]


def _first_lines(cases: list[_Case], language: Language) -> str:
    return "\n".join(["", *(first_line(before, now, EXAMPLE, _NOW, language) for before, now in cases), ""])


def test_a_moved_lecture_is_told_with_its_old_and_new_date_and_by_when_to_register_in_japanese() -> None:
    assert _first_lines(_DATES, "ja") == snapshot("""\

第3回 日時変更：4/18(木) 13:00 → 5/9(木) 13:00 JST。参加登録は 5/8(水) 12:00 JST までにお願いします。
第3回 日時変更：4/18(木) 13:00 → 5/9(木) 13:00 JST。参加登録は 5/8(水) 12:00 JST までにお願いします。ほかの更新：会場。いつもと会場が異なります。
第3回 日時変更：4/18(木) 13:00 → 5/9(木) 13:00 JST。オンラインの参加登録は 5/8(水) 12:00 JST までにお願いします（対面は満席です）。ほかの更新：対面参加。
第3回 日時変更：4/18(木) 13:00 → 4/9(火) 13:00 JST。参加登録の受付は終了しました。
第3回 日時変更：2030/4/18(木) 13:00 → 2031/4/17(木) 13:00 JST。参加登録は 4/16(水) 12:00 JST までにお願いします。
第3回 日程変更：4/18(木) 13:00 JST → 5/9(木)。参加登録は 5/8(水) 12:00 JST までにお願いします。
第3回 日時変更：4/18(木) 13:00 → 5/9(木) 13:00 JST。
第3回の日時は再調整中です（変更前：4/18(木) 13:00 JST）。
第6回の日時が決まりました：7/4(木) 13:00 JST。
第6回の日程が決まりました：7/4(木)。
第3回 時刻変更：4/18(木) 13:00 → 14:30 JST。
第3回 終了時刻変更：4/18(木) 17:00 → 16:00 JST。
第3回の終了時刻が決まりました：4/18(木) 17:00 JST。
第3回の時刻が決まりました：4/18(木) 13:00 JST。
第3回の時刻は再調整中です（変更前：4/18(木) 13:00 JST）。
第3回 時刻変更：4/18(木) 13:00 → 10:00 JST。参加登録は 4/18(木) 10:00 JST までにお願いします。
""")  # noqa: E501


def test_a_moved_lecture_is_told_with_its_old_and_new_date_and_by_when_to_register_in_english() -> None:
    assert _first_lines(_DATES, "en") == snapshot("""\

Lecture 3, new date: Thu, 18 Apr, 13:00 → Thu, 9 May, 13:00 JST. Please register by Wed, 8 May, 12:00 JST.
Lecture 3, new date: Thu, 18 Apr, 13:00 → Thu, 9 May, 13:00 JST. Please register by Wed, 8 May, 12:00 JST. Also updated: venue. Please note: not the usual venue.
Lecture 3, new date: Thu, 18 Apr, 13:00 → Thu, 9 May, 13:00 JST. Please register by Wed, 8 May, 12:00 JST for online attendance; in-person places are full. Also updated: in-person places.
Lecture 3, new date: Thu, 18 Apr, 13:00 → Tue, 9 Apr, 13:00 JST. Registration is closed.
Lecture 3, new date: Thu, 18 Apr 2030, 13:00 → Thu, 17 Apr 2031, 13:00 JST. Please register by Wed, 16 Apr, 12:00 JST.
Lecture 3, new date: Thu, 18 Apr, 13:00 JST → Thu, 9 May. Please register by Wed, 8 May, 12:00 JST.
Lecture 3, new date: Thu, 18 Apr, 13:00 → Thu, 9 May, 13:00 JST.
Lecture 3: the date is open again (until now: Thu, 18 Apr, 13:00 JST).
Lecture 6, date: Thu, 4 Jul, 13:00 JST.
Lecture 6, date: Thu, 4 Jul.
Lecture 3, new time: Thu, 18 Apr, 13:00 → 14:30 JST.
Lecture 3, new end time: Thu, 18 Apr, 17:00 → 16:00 JST.
Lecture 3, end time: Thu, 18 Apr, 17:00 JST.
Lecture 3, time: Thu, 18 Apr, 13:00 JST.
Lecture 3: the time is open again (until now: Thu, 18 Apr, 13:00 JST).
Lecture 3, new time: Thu, 18 Apr, 13:00 → 10:00 JST. Please register by Thu, 18 Apr, 10:00 JST.
""")  # noqa: E501


def test_it_is_told_whether_a_lecture_takes_place_in_japanese() -> None:
    assert _first_lines(_WHETHER, "ja") == snapshot("""\

第3回は延期になりました（4/18(木) 13:00 JST の予定でした）。新しい日程は決まり次第お知らせします。
第3回は延期になりました（4/18(木) 13:00 JST の予定でした）。新しい日程は決まり次第お知らせします。
第6回は延期になりました。新しい日程は決まり次第お知らせします。
第3回は中止になりました（4/18(木) 13:00 JST の予定でした）。
第3回は中止になりました。
延期していた第3回は、5/9(木) 13:00 JST に開催します。参加登録は 5/8(水) 12:00 JST までにお願いします。
延期していた第3回は、4/18(木) 13:00 JST に開催します。参加登録は 4/17(水) 12:00 JST までにお願いします。
延期していた第3回を開催します。日程は決まり次第お知らせします。
中止としていた第3回は、4/18(木) 13:00 JST に開催します。参加登録は 4/17(水) 12:00 JST までにお願いします。
中止としていた第6回を開催します。日程は決まり次第お知らせします。
""")


def test_it_is_told_whether_a_lecture_takes_place_in_english() -> None:
    assert _first_lines(_WHETHER, "en") == snapshot("""\

Lecture 3 is postponed; a new date will be announced. It was planned for Thu, 18 Apr, 13:00 JST.
Lecture 3 is postponed; a new date will be announced. It was planned for Thu, 18 Apr, 13:00 JST.
Lecture 6 is postponed. A new date will be announced.
Lecture 3 is cancelled; it was planned for Thu, 18 Apr, 13:00 JST.
Lecture 3 is cancelled.
Lecture 3, which was postponed, takes place on Thu, 9 May, 13:00 JST. Please register by Wed, 8 May, 12:00 JST.
Lecture 3, which was postponed, takes place on Thu, 18 Apr, 13:00 JST. Please register by Wed, 17 Apr, 12:00 JST.
Lecture 3, which was postponed, is planned again. Its date will be announced.
Lecture 3, which was cancelled, takes place after all, on Thu, 18 Apr, 13:00 JST. Please register by Wed, 17 Apr, 12:00 JST.
Lecture 6, which was cancelled, is planned again. Its date will be announced.
""")  # noqa: E501


def test_it_is_told_where_to_go_in_japanese() -> None:
    assert _first_lines(_WHERE, "ja") == snapshot("""\

第3回 4/18(木) 会場変更：銀河大学 西館 201教室 → 京都大学。いつもと会場が異なります。
第3回 4/18(木)の会場は再調整中です（変更前：銀河大学 西館 201教室）。
第3回 4/18(木)の会場が決まりました：銀河大学 西館 201教室。
第3回 4/18(木)の会場は京都大学の予定です。いつもと会場が異なります。
第3回 4/18(木)の会場が決まりました：銀河大学 西館 201教室。
第3回 4/18(木)の会場は銀河大学 西館 201教室の予定です。
第3回 4/18(木) 教室変更：201教室 → 305教室。
第3回 4/18(木)の教室が決まりました：201教室。
第3回 4/18(木)の教室は再調整中です（変更前：201教室）。
第3回 4/18(木) 開催方法変更：対面とオンライン（ハイブリッド） → オンラインのみ。
第3回 4/18(木)の開催方法が決まりました：対面とオンライン（ハイブリッド）。
""")


def test_it_is_told_where_to_go_in_english() -> None:
    assert _first_lines(_WHERE, "en") == snapshot("""\

Lecture 3 (Thu, 18 Apr), new venue: Galaxy University, West Hall Room 201 → Kyoto University. Please note: not the usual venue.
Lecture 3 (Thu, 18 Apr): the venue is open again (until now: Galaxy University, West Hall Room 201).
Lecture 3 (Thu, 18 Apr), venue: Galaxy University, West Hall Room 201.
Lecture 3 (Thu, 18 Apr): the venue is to be Kyoto University (tentative). Please note: not the usual venue.
Lecture 3 (Thu, 18 Apr), venue: Galaxy University, West Hall Room 201.
Lecture 3 (Thu, 18 Apr): the venue is to be Galaxy University, West Hall Room 201 (tentative).
Lecture 3 (Thu, 18 Apr), new room: Room 201 → Room 305.
Lecture 3 (Thu, 18 Apr), room: Room 201.
Lecture 3 (Thu, 18 Apr): the room is open again (until now: Room 201).
Lecture 3 (Thu, 18 Apr), new format: In person and online (hybrid) → Online only.
Lecture 3 (Thu, 18 Apr), format: In person and online (hybrid).
""")  # noqa: E501


def test_it_is_told_how_to_register_and_until_when_in_japanese() -> None:
    assert _first_lines(_REGISTERING, "ja") == snapshot("""\

参加登録受付中、5/19(日) 12:00 JST まで：第4回（月島 光）。
オンラインの参加登録受付中、4/17(水) 12:00 JST まで（対面は満席です）：第3回「機械学習で見る銀河」（大空 翼）。
オンラインの参加登録受付中、4/17(水) 12:00 JST まで（対面は満席です）：第3回「機械学習で見る銀河」（大空 翼）。
参加登録を受け付けています。第6回。
第3回 4/18(木)の参加登録フォームが新しくなりました。参加登録は 4/17(水) 12:00 JST までにお願いします。
第3回 4/18(木)の参加登録フォームは取り下げられました。現在は登録できません。
第3回 4/18(木)の対面参加は満席になりました。オンラインの参加登録は 4/17(水) 12:00 JST まで受け付けています。
第6回の対面参加は満席になりました。オンラインの参加登録は引き続き受け付けています。
第3回 4/18(木)は満席になりました。参加登録の受付は終了しました。
第3回 4/18(木)の対面参加に空きが出ました。参加登録は 4/17(水) 12:00 JST までにお願いします。
第3回 4/18(木) 参加登録の締切変更：4/17(水) 12:00 → 18:00 JST。
第3回 4/18(木) 参加登録の締切変更：4/17(水) 12:00 → 4/8(月) 11:00 JST。参加登録の受付は終了しました。
""")


def test_it_is_told_how_to_register_and_until_when_in_english() -> None:
    assert _first_lines(_REGISTERING, "en") == snapshot("""\

Registration is open until Sun, 19 May, 12:00 JST: Lecture 4 (Hikaru Tsukishima).
Registration for online attendance is open until Wed, 17 Apr, 12:00 JST (in-person places are full): Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora).
Registration for online attendance is open until Wed, 17 Apr, 12:00 JST (in-person places are full): Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora).
Registration is open. Lecture 6.
Lecture 3 (Thu, 18 Apr) has a new registration form. Please register by Wed, 17 Apr, 12:00 JST.
Lecture 3 (Thu, 18 Apr): the registration form has been withdrawn. Registering is not possible at present.
Lecture 3 (Thu, 18 Apr): in-person places are full. You can still register for online attendance until Wed, 17 Apr, 12:00 JST.
Lecture 6: in-person places are full. You can still register for online attendance.
Lecture 3 (Thu, 18 Apr) is full. Registration is closed.
Lecture 3 (Thu, 18 Apr): there are in-person places again. Please register by Wed, 17 Apr, 12:00 JST.
Lecture 3 (Thu, 18 Apr), new registration deadline: Wed, 17 Apr, 12:00 → 18:00 JST.
Lecture 3 (Thu, 18 Apr), new registration deadline: Wed, 17 Apr, 12:00 → Mon, 8 Apr, 11:00 JST. Registration is closed.
""")  # noqa: E501


def test_it_is_told_what_was_decided_in_japanese() -> None:
    assert _first_lines(_CONTENTS, "ja") == snapshot("""\

第3回 4/18(木) 講師変更：大空 翼（銀河大） → 星 光。
第6回の講師が決まりました：星 光。
第3回 4/18(木)の講師は再調整中です（変更前：大空 翼（銀河大））。
第4回 5/20(月)の題目が決まりました：「月の裏側」。ほかの更新：概要。
第3回 4/18(木) 題目変更：「機械学習で見る銀河」 → 「星の一生」。
第3回 4/18(木)の概要が公開されました。
第3回 4/18(木)の概要が改訂されました。
第3回 4/18(木) 使用言語変更：日本語 → 英語。
第3回 4/18(木)の使用言語が決まりました：fr。
第3回 4/18(木)の備考：ノートPCをお持ちください。
第3回 4/18(木)の備考「双眼鏡をお持ちください」は取り消されました。
資料が公開されました（動画）：第2回「シリウスの伴星」（星野 かおる）。
資料が差し替えられました（スライド）：第2回「シリウスの伴星」（星野 かおる）。
""")


def test_it_is_told_what_was_decided_in_english() -> None:
    assert _first_lines(_CONTENTS, "en") == snapshot("""\

Lecture 3 (Thu, 18 Apr), new speaker: Tsubasa Ozora (Galaxy University) → Hikaru Hoshi.
Lecture 6, speaker: Hikaru Hoshi.
Lecture 3 (Thu, 18 Apr): the speaker is open again (until now: Tsubasa Ozora (Galaxy University)).
Lecture 4 (Mon, 20 May), title: “The Far Side of the Moon”. Also updated: abstract.
Lecture 3 (Thu, 18 Apr), new title: “Galaxies seen by Machine Learning” → “The Life of Stars”.
Lecture 3 (Thu, 18 Apr): there is an abstract now.
Lecture 3 (Thu, 18 Apr): the abstract has been revised.
Lecture 3 (Thu, 18 Apr), new language: Japanese → English.
Lecture 3 (Thu, 18 Apr), language: fr.
Lecture 3 (Thu, 18 Apr), please note: Please bring a laptop.
Lecture 3 (Thu, 18 Apr): the note “Please bring binoculars” no longer applies.
New materials (Video): Lecture 2, “The Companion of Sirius” (Kaoru Hoshino).
Materials replaced (Slides): Lecture 2, “The Companion of Sirius” (Kaoru Hoshino).
""")


def test_a_new_lecture_is_told_with_its_date_and_its_registration_in_japanese() -> None:
    assert _first_lines(_NEW, "ja") == snapshot("""\

新しい講義、6/27(木) 13:00 JST：第7回（星 光）。参加登録はまだ始まっていません。
新しい講義、6/27(木)：第7回。参加登録は 6/26(水) 12:00 JST までにお願いします。
新しい講義（日程未定）：第7回。
延期になりました（新しい日程は未定）：第7回
""")


def test_a_new_lecture_is_told_with_its_date_and_its_registration_in_english() -> None:
    assert _first_lines(_NEW, "en") == snapshot("""\

New lecture on Thu, 27 Jun, 13:00 JST: Lecture 7 (Hikaru Hoshi). Registration is not open yet.
New lecture on Thu, 27 Jun: Lecture 7. Please register by Wed, 26 Jun, 12:00 JST.
New lecture, date to be announced: Lecture 7.
Postponed, new date to be announced: Lecture 7
""")


def test_a_change_is_told_with_what_was_what_is_and_the_lecture_as_it_stands() -> None:
    moved = replace(_LATER, venue=_KYOTO)
    assert post_about(OPEN, moved, EXAMPLE, _NOW, "ja") == snapshot("""\

第3回 日時変更：4/18(木) 13:00 → 5/9(木) 13:00 JST。参加登録は 5/8(水) 12:00 JST までにお願いします。ほかの更新：会場。いつもと会場が異なります。
SECTION 変更点
  • 日時：{2030/4/18(木) 13:00–17:00 JST} → {2030/5/9(木) 13:00–17:00 JST}
  • 場所：銀河大学 西館 201教室 → 京都大学
  • 参加登録の締切：{2030/4/17(水) 12:00 JST} → {2030/5/8(水) 12:00 JST}
CARD open: 第3回\u3000機械学習で見る銀河
  ! いつもと会場が異なります。
  日時 = {2030/5/9(木) 13:00–17:00 JST}
  講師 = 大空 翼（銀河大）
  開催方法 = 対面とオンライン（ハイブリッド）
  場所 = 京都大学
  使用言語 = 日本語
  参加登録 = 受付中（{2030/5/8(水) 12:00 JST} まで）
  備考 = 双眼鏡をお持ちください。
  未定 = 教室
  | 銀河の形を分類します。
  [第3回 5/9(木) 大空 翼 参加登録](https://forms.example/3)
""")  # noqa: E501
    assert post_about(OPEN, moved, EXAMPLE, _NOW, "en") == snapshot("""\

Lecture 3, new date: Thu, 18 Apr, 13:00 → Thu, 9 May, 13:00 JST. Please register by Wed, 8 May, 12:00 JST. Also updated: venue. Please note: not the usual venue.
SECTION What has changed
  • Date: {Thu, 18 Apr 2030, 13:00–17:00 JST} → {Thu, 9 May 2030, 13:00–17:00 JST}
  • Venue: Galaxy University, West Hall Room 201 → Kyoto University
  • Registration deadline: {Wed, 17 Apr 2030, 12:00 JST} → {Wed, 8 May 2030, 12:00 JST}
CARD open: Lecture 3: Galaxies seen by Machine Learning
  ! Please note: not the usual venue.
  Date = {Thu, 9 May 2030, 13:00–17:00 JST}
  Speaker = Tsubasa Ozora (Galaxy University)
  Format = In person and online (hybrid)
  Venue = Kyoto University
  Language = Japanese
  Registration = Open until {Wed, 8 May 2030, 12:00 JST}
  Please note = Please bring binoculars.
  To be announced = room
  | Shapes of galaxies are classified.
  [Register: lecture 3, Thu, 9 May, Tsubasa Ozora](https://forms.example/3)
""")  # noqa: E501


def test_of_a_postponed_lecture_nothing_is_said_that_nobody_knows() -> None:
    assert post_about(OPEN, _POSTPONED, EXAMPLE, _NOW, "ja") == snapshot("""\

第3回は延期になりました（4/18(木) 13:00 JST の予定でした）。新しい日程は決まり次第お知らせします。
SECTION 変更点
  • 日時：{2030/4/18(木) 13:00–17:00 JST} → 延期（新しい日程は未定）
CARD off: 第3回\u3000機械学習で見る銀河
  ! 延期になりました。
  日時 = 延期（新しい日程は未定）
  講師 = 大空 翼（銀河大）
  開催方法 = 対面とオンライン（ハイブリッド）
  場所 = [銀河大学 西館](https://maps.example/west) 201教室
  使用言語 = 日本語
  | 銀河の形を分類します。
""")


def test_a_full_room_leaves_the_form_to_those_online() -> None:
    assert post_about(OPEN, _FULL, EXAMPLE, _NOW, "en") == snapshot("""\

Lecture 3 (Thu, 18 Apr): in-person places are full. You can still register for online attendance until Wed, 17 Apr, 12:00 JST.
SECTION What has changed
  • Registration (in person): places available → full
CARD open: Lecture 3: Galaxies seen by Machine Learning
  Date = {Thu, 18 Apr 2030, 13:00–17:00 JST}
  Speaker = Tsubasa Ozora (Galaxy University)
  Format = In person and online (hybrid)
  Venue = [Galaxy University, West Hall](https://maps.example/west) Room 201
  Language = Japanese
  Registration (in person) = Full, no more places
  Registration (online) = Open until {Wed, 17 Apr 2030, 12:00 JST}
  Please note = Please bring binoculars.
  | Shapes of galaxies are classified.
  [Register: lecture 3, Thu, 18 Apr, Tsubasa Ozora](https://forms.example/3)
""")  # noqa: E501


def test_a_form_that_opens_needs_no_list_of_changes() -> None:
    assert post_about(NOT_YET_OPEN, with_form(NOT_YET_OPEN), EXAMPLE, _NOW, "ja") == snapshot("""\

参加登録受付中、5/19(日) 12:00 JST まで：第4回（月島 光）。
CARD open: 第4回\u3000月の裏側（仮題）
  ! いつもと会場が異なります。
  日時 = {2030/5/20(月) 10:00–12:00 JST}
  講師 = 月島 光（銀河大）
  開催方法 = 対面のみ
  場所 = [潮の研究所](https://maps.example/tides)（予定）
  参加登録 = 受付中（{2030/5/19(日) 12:00 JST} まで）
  未定 = 概要
  [第4回 5/20(月) 月島 光 参加登録](https://forms.example/4)
""")


def test_materials_are_shown_as_links_under_the_name_of_their_lecture_and_no_more() -> None:
    published = replace(OVER_IN_PREPARATION, materials=(_SLIDES, _VIDEO))
    assert post_about(OVER_IN_PREPARATION, published, EXAMPLE, _NOW, "ja") == snapshot("""\

資料が公開されました（動画）：第2回「シリウスの伴星」（星野 かおる）。
CARD plain: 第2回\u3000シリウスの伴星
  日時 = {2030/3/14(木)}
  講師 = 星野 かおる（天文台）
  [動画](https://videos.example/2)
""")


def test_details_and_materials_that_come_together_are_one_post() -> None:
    both_new = replace(_SEEN, materials=OVER_WITH_ALL.materials)
    assert post_about(NOT_YET_OPEN, both_new, EXAMPLE, _NOW, "en") == snapshot("""\

Lecture 4 (Mon, 20 May), title: “The Far Side of the Moon”. Also updated: materials.
SECTION What has changed
  • Title: “The Far Side of the Moon” (tentative) → “The Far Side of the Moon”
  • New materials: [Slides](https://files.example/1.pdf) · [Video](https://videos.example/1)
CARD plain: Lecture 4: The Far Side of the Moon
  ! Please note: not the usual venue.
  Date = {Mon, 20 May 2030, 10:00–12:00 JST}
  Speaker = Hikaru Tsukishima (Galaxy University)
  Format = In person only
  Venue = [Institute of Tides](https://maps.example/tides) (tentative)
  Registration = Not open yet (closes {Sun, 19 May 2030, 12:00 JST})
  Materials = [Slides](https://files.example/1.pdf) · [Video](https://videos.example/1)
  To be announced = abstract
""")


def test_several_new_lectures_are_one_post() -> None:
    new = [dated(number, f"2030-0{number}-19T13:00") for number in (7, 8, 9)] + [Lecture(10), Lecture(11)]
    series = replace(EXAMPLE, lectures=(*EXAMPLE.lectures, *new))
    (message,) = posts(EXAMPLE, series, _NOW, "ja")
    assert list(lines(message, "ja")) == snapshot(
        [
            "新しい講義が5回加わりました：第7回 7/19(金)、第8回 8/19(月)、第9回 9/19(木)、第10回 日程未定 ほか。",
            "LIST 新しい講義",
            "  第7回（題目未定）",
            "    {2030/7/19(金) 13:00 JST}",
            "  第8回（題目未定）",
            "    {2030/8/19(月) 13:00 JST}",
            "  第9回（題目未定）",
            "    {2030/9/19(木) 13:00 JST}",
            "  第10回（題目未定）",
            "    日程未定",
            "  第11回（題目未定）",
            "    日程未定",
        ]
    )
    (message,) = posts(EXAMPLE, series, _NOW, "en")
    assert message.headline == snapshot(
        "5 new lectures: lecture 7 (Fri, 19 Jul), lecture 8 (Mon, 19 Aug), lecture 9 (Thu, 19 Sep), lecture 10 (date to be announced) and more."  # noqa: E501
    )
    for left, first_line_left in (
        (8, snapshot("2 new lectures: lecture 7 (Fri, 19 Jul), lecture 8 (Mon, 19 Aug).")),
        (7, snapshot("New lecture on Fri, 19 Jul, 13:00 JST: Lecture 7. Registration is not open yet.")),
        (6, snapshot("No longer in the schedule: Lecture 7 and Lecture 8 and Lecture 9 and Lecture 10 and Lecture 11")),
    ):
        fewer = replace(series, lectures=series.lectures[:left])
        (message,) = posts(EXAMPLE, series, _NOW, "en", current=fewer)
        assert message.headline == first_line_left


def _told_again(old: Lecture, new: Lecture, current: Series, seen_at: datetime = _NOW) -> str:
    """The first lines, in both languages, of the post about a change, after the schedule was changed again."""
    before, changed = with_lecture(EXAMPLE, old), with_lecture(EXAMPLE, new)
    told = [
        message.headline
        for language in LANGUAGES
        for message in posts(before, changed, _NOW, language, current=current, seen_at=seen_at)
    ]
    return "\n".join(["", *told, ""])


@pytest.mark.parametrize(
    ("told", "current", "first_lines"),
    [
        (
            _LATER,
            _moved(OPEN, "2030-06-13T13:00"),
            snapshot("""\

第3回 日時変更：4/18(木) 13:00 → 6/13(木) 13:00 JST。参加登録は 6/12(水) 12:00 JST までにお願いします。
Lecture 3, new date: Thu, 18 Apr, 13:00 → Thu, 13 Jun, 13:00 JST. Please register by Wed, 12 Jun, 12:00 JST.
"""),
        ),
        (
            _LATER,
            OPEN,
            snapshot("""\

第3回：このお知らせの内容は取り消されました。現在の予定をご覧ください。
Lecture 3: what was announced here has been taken back. Please see how it stands now.
"""),
        ),
        (
            _LATER,
            _POSTPONED,
            snapshot("""\

第3回は延期になりました（4/18(木) 13:00 JST の予定でした）。新しい日程は決まり次第お知らせします。
Lecture 3 is postponed; a new date will be announced. It was planned for Thu, 18 Apr, 13:00 JST.
"""),
        ),
        (
            _POSTPONED,
            _LATER,
            snapshot("""\

第3回 日時変更：4/18(木) 13:00 → 5/9(木) 13:00 JST。参加登録は 5/8(水) 12:00 JST までにお願いします。
Lecture 3, new date: Thu, 18 Apr, 13:00 → Thu, 9 May, 13:00 JST. Please register by Wed, 8 May, 12:00 JST.
"""),
        ),
        (
            _POSTPONED,
            OPEN,
            snapshot("""\

第3回の延期は取り消されました。予定どおり 4/18(木) 13:00 JST に開催します。参加登録は 4/17(水) 12:00 JST までにお願いします。
Lecture 3 is not postponed after all: it takes place on Thu, 18 Apr, 13:00 JST, as planned. Please register by Wed, 17 Apr, 12:00 JST.
"""),  # noqa: E501
        ),
        (
            _OFF,
            OPEN,
            snapshot("""\

第3回の中止は取り消されました。予定どおり 4/18(木) 13:00 JST に開催します。参加登録は 4/17(水) 12:00 JST までにお願いします。
Lecture 3 is not cancelled after all: it takes place on Thu, 18 Apr, 13:00 JST, as planned. Please register by Wed, 17 Apr, 12:00 JST.
"""),  # noqa: E501
        ),
        (
            _OFF,
            _POSTPONED,
            snapshot("""\

第3回は延期になりました（4/18(木) 13:00 JST の予定でした）。新しい日程は決まり次第お知らせします。
Lecture 3 is postponed; a new date will be announced. It was planned for Thu, 18 Apr, 13:00 JST.
"""),
        ),
        (
            replace(OPEN, language="fr"),
            replace(OPEN, title=both("星の一生", "The Life of Stars")),
            snapshot("""\

第3回：このお知らせの内容は取り消されました。現在の予定をご覧ください。
Lecture 3: what was announced here has been taken back. Please see how it stands now.
"""),
        ),
        (
            replace(OPEN, language="fr"),
            replace(OPEN, language="en", mode=Mode.ONLINE),
            snapshot("""\

第3回 4/18(木) 使用言語変更：日本語 → 英語。
Lecture 3 (Thu, 18 Apr), new language: Japanese → English.
"""),
        ),
        (
            with_form(OPEN, "https://forms.example/33"),
            OPEN,
            snapshot("""\

第3回：このお知らせの内容は取り消されました。現在の予定をご覧ください。
Lecture 3: what was announced here has been taken back. Please see how it stands now.
"""),
        ),
        (
            replace(OPEN, materials=(_VIDEO,)),
            OPEN,
            snapshot("""\

第3回：公開された資料は取り下げられました。
Lecture 3: the materials have been withdrawn.
"""),
        ),
        (
            replace(OPEN, materials=(_VIDEO,)),
            replace(_LATER, materials=(_VIDEO,)),
            snapshot("""\

資料が公開されました（動画）：第3回「機械学習で見る銀河」（大空 翼）。
New materials (Video): Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora).
"""),
        ),
    ],
)
def test_a_post_says_what_holds_now_of_what_it_told_and_nothing_else(
    told: Lecture, current: Lecture, first_lines: str
) -> None:
    assert _told_again(OPEN, told, with_lecture(EXAMPLE, current)) == first_lines


def test_a_post_about_a_lecture_that_vanished_says_so() -> None:
    gone = replace(EXAMPLE, lectures=tuple(each for each in EXAMPLE.lectures if each.number != 3))
    assert _told_again(OPEN, _LATER, gone) == snapshot("""\

現在の予定にありません：第3回
No longer in the schedule: Lecture 3
""")


def test_the_lines_of_a_change_that_was_undone_are_gone() -> None:
    (message,) = posts(EXAMPLE, with_lecture(EXAMPLE, _LATER), _NOW, "ja", current=EXAMPLE)
    assert list(lines(message, "ja"))[:2] == snapshot(
        [
            "第3回：このお知らせの内容は取り消されました。現在の予定をご覧ください。",
            "CARD open: 第3回\u3000機械学習で見る銀河",
        ]
    )


def test_a_withdrawn_link_is_no_longer_shown() -> None:
    note = Material(both("ノート", "Notebook"), MaterialKind.NOTEBOOK, "https://files.example/n")
    published = with_lecture(EXAMPLE, replace(OVER_IN_PREPARATION, materials=(_SLIDES, _VIDEO, note)))
    fewer = with_lecture(EXAMPLE, replace(OVER_IN_PREPARATION, materials=(_SLIDES, note)))
    (message,) = posts(EXAMPLE, published, _NOW, "en", current=fewer)
    assert list(lines(message, "en")) == snapshot(
        [
            "New materials (Notebook): Lecture 2, “The Companion of Sirius” (Kaoru Hoshino).",
            "CARD plain: Lecture 2: The Companion of Sirius",
            "  Date = {Thu, 14 Mar 2030}",
            "  Speaker = Kaoru Hoshino (The Observatory)",
            "  [Notebook](https://files.example/n)",
        ]
    )


def test_after_the_deadline_nobody_is_asked_to_register() -> None:
    closed = at("2030-05-08T12:00")
    assert _told_again(OPEN, _LATER, with_lecture(EXAMPLE, _LATER), closed) == snapshot("""\

第3回 日時変更：4/18(木) 13:00 → 5/9(木) 13:00 JST。参加登録の受付は終了しました。
Lecture 3, new date: Thu, 18 Apr, 13:00 → Thu, 9 May, 13:00 JST. Registration is closed.
""")
    opened = with_form(NOT_YET_OPEN)
    assert _told_again(NOT_YET_OPEN, opened, with_lecture(EXAMPLE, opened), at("2030-05-19T12:00")) == snapshot("""\

参加登録の受付は終了しました。第4回（月島 光）。
Registration is closed. Lecture 4 (Hikaru Tsukishima).
""")


def _item(old: Lecture | None, new: Lecture) -> NewsItem:
    (item,) = news_of(with_lecture(EXAMPLE, old) if old else EXAMPLE, with_lecture(EXAMPLE, new), _NOW)
    return item


@pytest.mark.parametrize(
    ("old", "told", "current", "still"),
    [
        (OPEN, _LATER, _LATER, True),
        (OPEN, _LATER, OPEN, False),
        (OPEN, _LATER, _POSTPONED, True),
        (OPEN, _POSTPONED, _LATER, True),
        (OPEN, _POSTPONED, OPEN, False),
        (NOT_YET_OPEN, _SEEN, replace(NOT_YET_OPEN, language="ja"), False),
        (NOT_YET_OPEN, _SEEN, replace(NOT_YET_OPEN, venue=_KYOTO), False),
        (NOT_YET_OPEN, with_form(NOT_YET_OPEN), NOT_YET_OPEN, False),
        (OPEN, replace(OPEN, materials=(_VIDEO,)), OPEN, False),
        (None, dated(7, "2030-06-27T13:00"), dated(7, "2030-06-28T13:00"), True),
    ],
)
def test_news_are_news_as_long_as_something_of_their_kind_differs(
    old: Lecture | None, told: Lecture, current: Lecture, still: bool
) -> None:
    assert still_news(_item(old, told), with_lecture(EXAMPLE, current)) is still


def test_news_of_a_vanished_lecture_are_none() -> None:
    assert not still_news(_item(None, dated(7, "2030-06-27T13:00")), EXAMPLE)


def test_time_alone_takes_nothing_back() -> None:
    series = with_lecture(EXAMPLE, with_form(NOT_YET_OPEN))
    assert still_news(_item(NOT_YET_OPEN, with_form(NOT_YET_OPEN)), series)
    (late,) = posts(EXAMPLE, series, _NOW, "en", seen_at=at("2031-01-01T12:00"))
    assert late.headline == snapshot("Registration is closed. Lecture 4 (Hikaru Tsukishima).")


def test_news_that_nobody_remembers_show_the_lectures_as_gone() -> None:
    subject = ChangeSubject((99,), (News.CHANGED,), (3,), _NOW)
    assert tidings(subject, {}, View(EXAMPLE, _NOW, "en")).headline == snapshot("No longer in the schedule: Lecture 3")


def test_news_of_several_lectures_in_one_post_are_told_one_after_the_other() -> None:
    series = with_lecture(with_lecture(EXAMPLE, _LATER), replace(_SEEN))
    items = news_of(EXAMPLE, series, _NOW)
    subject = ChangeSubject((1, 2), (News.CHANGED, News.DETAILS), (3, 4), _NOW)
    message = tidings(subject, {each.id: each for each in items}, View(series, _NOW, "en"))
    assert message.headline == snapshot(
        "Lecture 3, new date: Thu, 18 Apr, 13:00 → Thu, 9 May, 13:00 JST. Please register by Wed, 8 May, 12:00 JST. Lecture 4 (Mon, 20 May), title: “The Far Side of the Moon”."  # noqa: E501
    )
    assert [part.title for part in message.parts] == snapshot(
        [
            "What has changed",
            "Lecture 3: Galaxies seen by Machine Learning",
            "What has changed",
            "Lecture 4: The Far Side of the Moon",
        ]
    )


@settings(thorough, max_examples=40)
@given(st.data())
def test_whatever_changes_can_be_said_in_both_languages(data: st.DataObject) -> None:
    old = data.draw(any_series())
    new = replace(data.draw(any_series()), timezone=old.timezone)
    current = replace(data.draw(st.sampled_from([old, new])), timezone=old.timezone)
    now = data.draw(instants(old))
    items = news_of(old, new, now, at=now + timedelta(minutes=15))
    for language in LANGUAGES:
        for subject in planned_news(new, items):
            message = tidings(subject, {each.id: each for each in items}, View(current, current.local(now), language))
            assert message.headline.strip() == message.headline
            assert not any(mark in message.headline for mark in ("None", "  ", "。。", "..", "：。"))
