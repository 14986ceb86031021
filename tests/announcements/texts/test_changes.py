"""News in words: the first line that a lock screen shows, what was and what is, the lecture as it stands now."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inline_snapshot import snapshot

from bot.announcements.planner import planned_news
from bot.announcements.post import ChangeSubject
from bot.announcements.state import NewsItem
from bot.announcements.texts.changes import change_post
from bot.cards.view import View
from bot.domain.language import LANGUAGES, Language
from bot.domain.lecture import Lecture, Mode, Registration, Status, Venue
from bot.domain.materials import Material, MaterialKind
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
_NOTEBOOK = Material(both("ノート", "Notebook"), MaterialKind.NOTEBOOK, "https://files.example/1.ipynb")
_SLIDES = OVER_IN_PREPARATION.materials[0]
_POSTPONED = replace(OPEN, status=Status.POSTPONED)
_FULL = replace(OPEN, registration=replace(OPEN.registration, in_person_full=True))
_NO_FORM = replace(OPEN, registration=Registration())
_OFF = replace(OPEN, status=Status.CANCELLED)
_SEEN = replace(NOT_YET_OPEN, title_tentative=False)

_Case: TypeAlias = tuple[Lecture | None, Lecture]


def _moved(lecture: Lecture, starts: str, ends: str | None = None) -> Lecture:
    new = dated(int(lecture.id), starts, ends)
    return replace(lecture, day=new.day, starts=new.starts, ends=new.ends)


_LATER = _moved(OPEN, "2030-05-09T13:00", "2030-05-09T17:00")

_ADDED_LATER = replace(dated(7, "2030-06-27T13:00"), speakers=(person("星 光", "Hikaru Hoshi"),))
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
_TOGETHER = replace(OPEN, speakers=(*OPEN.speakers, person("星 光", "Hikaru Hoshi")))
_CONTENTS: list[_Case] = [
    (OPEN, replace(OPEN, speakers=(person("星 光", "Hikaru Hoshi"),))),
    (UNDATED, replace(UNDATED, speakers=(person("星 光", "Hikaru Hoshi"),))),
    (OPEN, replace(OPEN, speakers=())),
    (OPEN, _TOGETHER),
    (_TOGETHER, OPEN),
    (UNDATED, replace(UNDATED, speakers=_TOGETHER.speakers)),
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

日程変更：第3回（大空 翼）：4/18(木) → 5/9(木)、時刻は 13:00 のまま。参加登録は 5/8(水) 正午まで。
【変更】第3回「機械学習で見る銀河」（大空 翼）：5/9(木) 13:00〜、会場は京都大学（いつもと異なります）。参加登録は 5/8(水) 正午まで。
【変更】第3回「機械学習で見る銀河」（大空 翼）：5/9(木) 13:00〜。オンラインの参加登録は 5/8(水) 正午まで（対面は満席）。
日程変更：第3回（大空 翼）：4/18(木) → 4/9(火)、時刻は 13:00 のまま。参加登録は締め切りました。
日程変更：第3回（大空 翼）：4/18(木) → 2031/4/17(木)、時刻は 13:00 のまま。参加登録は 2031/4/16(水) 正午まで。
【変更】第3回「機械学習で見る銀河」（大空 翼）：5/9(木)、時刻は未定。参加登録は 5/8(水) 正午まで。
日程変更：第3回（大空 翼）：4/18(木) → 5/9(木)、時刻は 13:00 のまま。
【変更】第3回「機械学習で見る銀河」（大空 翼）の日程は再調整中です（4/18(木) 13:00〜の予定でした）。
日時決定：第6回は 7/4(木) 13:00〜。
日時決定：第6回は 7/4(木)。
時刻変更：第3回「機械学習で見る銀河」（大空 翼、4/18(木)）：13:00 → 14:30。参加登録は 4/17(水) 正午まで。
【変更】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：終了は 16:00。参加登録は 4/17(水) 正午まで。
【変更】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：終了は 17:00。参加登録は 4/17(水) 正午まで。
日時決定：第3回「機械学習で見る銀河」（大空 翼）は 4/18(木) 13:00〜。参加登録は 4/17(水) 正午まで。
【変更】第3回「機械学習で見る銀河」（大空 翼、4/18(木)）の開始時刻は再調整中です（13:00 からの予定でした）。参加登録は 4/17(水) 正午まで。
時刻変更：第3回「機械学習で見る銀河」（大空 翼、4/18(木)）：13:00 → 10:00。参加登録は 4/18(木) 10:00まで。
""")  # noqa: E501


def test_a_moved_lecture_is_told_with_its_old_and_new_date_and_by_when_to_register_in_english() -> None:
    assert _first_lines(_DATES, "en") == snapshot("""\

New day for lecture 3 (Tsubasa Ozora): Thu, 18 Apr → Thu, 9 May, still at 13:00. Please register by Wed, 8 May, noon.
Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), moves to Thu, 9 May, 13:00, at Kyoto University (not the usual venue). Please register by Wed, 8 May, noon.
Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), moves to Thu, 9 May, 13:00. To attend online, please register by Wed, 8 May, noon; in-person places are full.
New day for lecture 3 (Tsubasa Ozora): Thu, 18 Apr → Tue, 9 Apr, still at 13:00. Registration is closed.
New day for lecture 3 (Tsubasa Ozora): Thu, 18 Apr → Thu, 17 Apr 2031, still at 13:00. Please register by Wed, 16 Apr 2031, noon.
Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), moves to Thu, 9 May, at a time to be announced. Please register by Wed, 8 May, noon.
New day for lecture 3 (Tsubasa Ozora): Thu, 18 Apr → Thu, 9 May, still at 13:00.
The date of lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), is being decided anew; it was planned for Thu, 18 Apr, 13:00.
Lecture 6 takes place on Thu, 4 July, 13:00.
Lecture 6 takes place on Thu, 4 July.
New time for lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr): 13:00 → 14:30. Please register by Wed, 17 Apr, noon.
Change to lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): ends at 16:00. Please register by Wed, 17 Apr, noon.
Change to lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): ends at 17:00. Please register by Wed, 17 Apr, noon.
Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), takes place on Thu, 18 Apr, 13:00. Please register by Wed, 17 Apr, noon.
The time of lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr), is being decided anew; it was planned for 13:00. Please register by Wed, 17 Apr, noon.
New time for lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr): 13:00 → 10:00. Please register by Thu, 18 Apr, 10:00.
""")  # noqa: E501


def test_it_is_told_whether_a_lecture_takes_place_in_japanese() -> None:
    assert _first_lines(_WHETHER, "ja") == snapshot("""\

【延期】4/18(木) 13:00 からの第3回「機械学習で見る銀河」（大空 翼）は延期になりました。新しい日程は決まり次第お知らせします。
【延期】4/18(木) 13:00 からの第3回「機械学習で見る銀河」（大空 翼）は延期になりました。新しい日程は決まり次第お知らせします。
【延期】第6回は延期になりました。新しい日程は決まり次第お知らせします。
【中止】4/18(木) 13:00 からの第3回「機械学習で見る銀河」（大空 翼）は中止になりました。
【中止】第3回「機械学習で見る銀河」（大空 翼）は中止になりました。
【再設定】延期していた第3回「機械学習で見る銀河」（大空 翼）は 5/9(木) 13:00〜、銀河大学 西館 201教室で開催します。参加登録は 5/8(水) 正午まで。
【再設定】延期していた第3回「機械学習で見る銀河」（大空 翼）は 4/18(木) 13:00〜、銀河大学 西館 201教室で開催します。参加登録は 4/17(水) 正午まで。
【再設定】延期していた第3回「機械学習で見る銀河」（大空 翼）を開催します。日程は決まり次第お知らせします。
【再設定】中止としていた第3回「機械学習で見る銀河」（大空 翼）は 4/18(木) 13:00〜、銀河大学 西館 201教室で開催します。参加登録は 4/17(水) 正午まで。
【再設定】中止としていた第6回を開催します。日程は決まり次第お知らせします。
""")  # noqa: E501


def test_it_is_told_whether_a_lecture_takes_place_in_english() -> None:
    assert _first_lines(_WHETHER, "en") == snapshot("""\

Postponed: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Thu, 18 Apr, 13:00. A new date will be announced.
Postponed: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Thu, 18 Apr, 13:00. A new date will be announced.
Postponed: lecture 6. A new date will be announced.
Cancelled: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Thu, 18 Apr, 13:00.
Cancelled: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora).
Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), postponed before, now takes place on Thu, 9 May, 13:00, Galaxy University, West Hall, Room 201. Please register by Wed, 8 May, noon.
Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), postponed before, now takes place on Thu, 18 Apr, 13:00, Galaxy University, West Hall, Room 201. Please register by Wed, 17 Apr, noon.
Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), postponed before, will take place. Its date will be announced.
Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), cancelled before, takes place after all, on Thu, 18 Apr, 13:00, Galaxy University, West Hall, Room 201. Please register by Wed, 17 Apr, noon.
Lecture 6, cancelled before, will take place after all. Its date will be announced.
""")  # noqa: E501


def test_it_is_told_where_to_go_in_japanese() -> None:
    assert _first_lines(_WHERE, "ja") == snapshot("""\

【変更】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：会場は京都大学（いつもと異なります）。参加登録は 4/17(水) 正午まで。
【変更】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：会場は再調整中（銀河大学 西館 201教室の予定でした）。参加登録は 4/17(水) 正午まで。
【決定】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：会場は銀河大学 西館 201教室。参加登録は 4/17(水) 正午まで。
【決定】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：会場は京都大学（予定、いつもと異なります）。参加登録は 4/17(水) 正午まで。
【決定】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：会場は銀河大学 西館 201教室。参加登録は 4/17(水) 正午まで。
【変更】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：会場は銀河大学 西館 201教室（予定）。参加登録は 4/17(水) 正午まで。
【変更】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：会場は銀河大学 西館 305教室。参加登録は 4/17(水) 正午まで。
【決定】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：会場は銀河大学 西館 201教室。参加登録は 4/17(水) 正午まで。
【変更】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：会場は銀河大学 西館。参加登録は 4/17(水) 正午まで。
【変更】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：オンラインのみで開催。参加登録は 4/17(水) 正午まで。
【決定】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：対面とオンラインで開催。参加登録は 4/17(水) 正午まで。
""")  # noqa: E501


def test_it_is_told_where_to_go_in_english() -> None:
    assert _first_lines(_WHERE, "en") == snapshot("""\

Change to lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): at Kyoto University (not the usual venue). Please register by Wed, 17 Apr, noon.
Change to lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): the venue is being decided anew (it was Galaxy University, West Hall, Room 201). Please register by Wed, 17 Apr, noon.
Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): at Galaxy University, West Hall, Room 201. Please register by Wed, 17 Apr, noon.
Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): at Kyoto University (tentative; not the usual venue). Please register by Wed, 17 Apr, noon.
Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): at Galaxy University, West Hall, Room 201. Please register by Wed, 17 Apr, noon.
Change to lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): at Galaxy University, West Hall, Room 201 (tentative). Please register by Wed, 17 Apr, noon.
Change to lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): at Galaxy University, West Hall, Room 305. Please register by Wed, 17 Apr, noon.
Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): at Galaxy University, West Hall, Room 201. Please register by Wed, 17 Apr, noon.
Change to lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): at Galaxy University, West Hall. Please register by Wed, 17 Apr, noon.
Change to lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): online only. Please register by Wed, 17 Apr, noon.
Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): in person and online. Please register by Wed, 17 Apr, noon.
""")  # noqa: E501


def test_it_is_told_how_to_register_and_until_when_in_japanese() -> None:
    assert _first_lines(_REGISTERING, "ja") == snapshot("""\

第4回「月の裏側」（仮題、月島 光、5/20(月)）の参加登録を受け付けています（5/19(日) 正午まで）。
第3回「機械学習で見る銀河」（大空 翼、4/18(木)）のオンラインの参加登録を受け付けています（4/17(水) 正午まで、対面は満席）。
第3回「機械学習で見る銀河」（大空 翼、4/18(木)）のオンラインの参加登録を受け付けています（4/17(水) 正午まで、対面は満席）。
第6回の参加登録を受け付けています。
第3回「機械学習で見る銀河」（大空 翼、4/18(木)）の参加登録フォームが新しくなりました。参加登録は 4/17(水) 正午まで。
第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）の参加登録フォームは取り下げられました。現在は登録できません。
対面は満席です：第3回「機械学習で見る銀河」（大空 翼、4/18(木)）。オンラインの参加登録は 4/17(水) 正午まで。
対面は満席です：第6回。オンラインの参加登録は受け付けています。
第3回「機械学習で見る銀河」（大空 翼、4/18(木)）は満席です。参加登録の受付を終了しました。
対面に空きが出ました：第3回「機械学習で見る銀河」（大空 翼、4/18(木)）。参加登録は 4/17(水) 正午まで。
参加登録の締切延長：第3回「機械学習で見る銀河」（大空 翼、4/18(木)）：4/17(水) 正午 → 18:00。
第3回「機械学習で見る銀河」（大空 翼）の参加登録の受付を終了しました。
""")  # noqa: E501


def test_it_is_told_how_to_register_and_until_when_in_english() -> None:
    assert _first_lines(_REGISTERING, "en") == snapshot("""\

Registration is open for lecture 4, “The Far Side of the Moon” (working title; Hikaru Tsukishima, Mon, 20 May), until Sun, 19 May, noon.
Registration to attend online is open for lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr), until Wed, 17 Apr, noon; in-person places are full.
Registration to attend online is open for lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr), until Wed, 17 Apr, noon; in-person places are full.
Registration is open for lecture 6.
There is a new registration form for lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr). Please register by Wed, 17 Apr, noon.
The registration form of lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00), has been withdrawn. Registering is not possible at present.
In-person places are full: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr). You can still register to attend online, by Wed, 17 Apr, noon.
In-person places are full: lecture 6. You can still register to attend online.
All places are taken: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr). Registration is closed.
There are in-person places again: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr). Please register by Wed, 17 Apr, noon.
More time to register for lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr): Wed, 17 Apr, noon → 18:00.
Registration for lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), has been closed.
""")  # noqa: E501


def test_it_is_told_what_was_decided_in_japanese() -> None:
    assert _first_lines(_CONTENTS, "ja") == snapshot("""\

【変更】第3回「機械学習で見る銀河」（4/18(木) 13:00〜）：講師は星 光。参加登録は 4/17(水) 正午まで。
【決定】第6回：講師は星 光。
【変更】第3回「機械学習で見る銀河」（4/18(木) 13:00〜）：講師は再調整中（大空 翼の予定でした）。参加登録は 4/17(水) 正午まで。
【変更】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：講師に星 光を追加。参加登録は 4/17(水) 正午まで。
【変更】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：星 光の登壇は取りやめ。参加登録は 4/17(水) 正午まで。
【決定】第6回：講師は大空 翼（銀河大）・星 光。
第4回「月の裏側」（月島 光、5/20(月) 10:00〜）の題目と概要が決まりました。
【変更】第3回（大空 翼、4/18(木) 13:00〜）：題目は「星の一生」。参加登録は 4/17(水) 正午まで。
第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）の概要を公開しました。参加登録は 4/17(水) 正午まで。
第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）の概要を改訂しました。参加登録は 4/17(水) 正午まで。
【変更】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：使用言語は英語。参加登録は 4/17(水) 正午まで。
【決定】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：使用言語はフランス語。参加登録は 4/17(水) 正午まで。
【変更】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：備考「ノートPCをお持ちください」。参加登録は 4/17(水) 正午まで。
【変更】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：備考「双眼鏡をお持ちください」は取り消し。参加登録は 4/17(水) 正午まで。
第2回「シリウスの伴星」（星野 かおる）の動画を公開しました。
第2回「シリウスの伴星」（星野 かおる）のスライドを差し替えました。
""")  # noqa: E501


def test_it_is_told_what_was_decided_in_english() -> None:
    assert _first_lines(_CONTENTS, "en") == snapshot("""\

Change to lecture 3, “Galaxies seen by Machine Learning” (Thu, 18 Apr, 13:00): the speaker is Hikaru Hoshi. Please register by Wed, 17 Apr, noon.
Lecture 6: the speaker is Hikaru Hoshi.
Change to lecture 3, “Galaxies seen by Machine Learning” (Thu, 18 Apr, 13:00): the speaker is being decided anew (it was Tsubasa Ozora). Please register by Wed, 17 Apr, noon.
Change to lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): Hikaru Hoshi speaks, too. Please register by Wed, 17 Apr, noon.
Change to lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): Hikaru Hoshi no longer speaks. Please register by Wed, 17 Apr, noon.
Lecture 6: the speakers are Tsubasa Ozora (Galaxy University) and Hikaru Hoshi.
Title and abstract are out: lecture 4, “The Far Side of the Moon” (Hikaru Tsukishima, Mon, 20 May, 10:00).
Change to lecture 3 (Tsubasa Ozora, Thu, 18 Apr, 13:00): the title is “The Life of Stars”. Please register by Wed, 17 Apr, noon.
The abstract is out: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00). Please register by Wed, 17 Apr, noon.
The abstract has been revised: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00). Please register by Wed, 17 Apr, noon.
Change to lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): held in English. Please register by Wed, 17 Apr, noon.
Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): held in French. Please register by Wed, 17 Apr, noon.
Change to lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): please note: Please bring a laptop. Please register by Wed, 17 Apr, noon.
Change to lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): the note “Please bring binoculars” no longer applies. Please register by Wed, 17 Apr, noon.
Video of lecture 2, “The Companion of Sirius” (Kaoru Hoshino), is online.
Slides of lecture 2, “The Companion of Sirius” (Kaoru Hoshino), have been replaced.
""")  # noqa: E501


def test_a_new_lecture_is_told_with_its_date_and_its_registration_in_japanese() -> None:
    assert _first_lines(_NEW, "ja") == snapshot("""\

新しい講義：第7回（星 光）、6/27(木) 13:00〜。
新しい講義：第7回、6/27(木)。参加登録は 6/26(水) 正午まで。
新しい講義（日程未定）：第7回。
【延期】第7回は延期になりました。新しい日程は決まり次第お知らせします。
""")


def test_a_new_lecture_is_told_with_its_date_and_its_registration_in_english() -> None:
    assert _first_lines(_NEW, "en") == snapshot("""\

New: lecture 7 (Hikaru Hoshi), Thu, 27 June, 13:00.
New: lecture 7, Thu, 27 June. Please register by Wed, 26 June, noon.
New, date to be announced: lecture 7.
Postponed: lecture 7. A new date will be announced.
""")


def test_a_change_is_told_with_what_was_what_is_and_the_lecture_as_it_stands() -> None:
    moved = replace(_LATER, venue=_KYOTO)
    assert post_about(OPEN, moved, EXAMPLE, _NOW, "ja") == snapshot("""\

【変更】第3回「機械学習で見る銀河」（大空 翼）：5/9(木) 13:00〜、会場は京都大学（いつもと異なります）。参加登録は 5/8(水) 正午まで。
SECTION 変更点
  • 日時：{4/18(木) 13:00–17:00} → {5/9(木) 13:00–17:00}
  • 会場：銀河大学 西館 201教室 → 京都大学
  • 参加登録の締切：{4/17(水) 12:00} → {5/8(水) 12:00}
CARD open:
  | {5/9(木) 13:00–17:00 JST} · 京都大学 · 対面とオンライン
  [第3回 5/9(木) 大空 翼 参加登録](https://forms.example/3)
""")  # noqa: E501
    assert post_about(OPEN, moved, EXAMPLE, _NOW, "en") == snapshot("""\

Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), moves to Thu, 9 May, 13:00, at Kyoto University (not the usual venue). Please register by Wed, 8 May, noon.
SECTION What has changed
  • Date: {Thu, 18 Apr, 13:00–17:00} → {Thu, 9 May, 13:00–17:00}
  • Venue: Galaxy University, West Hall, Room 201 → Kyoto University
  • Registration deadline: {Wed, 17 Apr, 12:00} → {Wed, 8 May, 12:00}
CARD open:
  | {Thu, 9 May, 13:00–17:00 JST} · Kyoto University · In person and online
  [Register: lecture 3, Thu, 9 May, Tsubasa Ozora](https://forms.example/3)
""")  # noqa: E501


def test_of_a_postponed_lecture_nothing_is_said_that_nobody_knows() -> None:
    assert post_about(OPEN, _POSTPONED, EXAMPLE, _NOW, "ja") == snapshot("""\

【延期】4/18(木) 13:00 からの第3回「機械学習で見る銀河」（大空 翼）は延期になりました。新しい日程は決まり次第お知らせします。
""")  # noqa: E501


def test_a_full_room_leaves_the_form_to_those_online() -> None:
    assert post_about(OPEN, _FULL, EXAMPLE, _NOW, "en") == snapshot("""\

In-person places are full: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr). You can still register to attend online, by Wed, 17 Apr, noon.
CARD open:
  | {Thu, 18 Apr, 13:00–17:00 JST} · [Galaxy University, West Hall, Room 201](https://maps.example/west) · In person and online
  [Register: lecture 3, Thu, 18 Apr, Tsubasa Ozora](https://forms.example/3)
""")  # noqa: E501


def test_a_form_that_opens_needs_no_list_of_changes() -> None:
    assert post_about(NOT_YET_OPEN, with_form(NOT_YET_OPEN), EXAMPLE, _NOW, "ja") == snapshot("""\

第4回「月の裏側」（仮題、月島 光、5/20(月)）の参加登録を受け付けています（5/19(日) 正午まで）。
CARD open:
  | {5/20(月) 10:00–12:00 JST} · [潮の研究所](https://maps.example/tides)（予定） · 対面のみ
  [第4回 5/20(月) 月島 光 参加登録](https://forms.example/4)
""")


def test_materials_are_shown_as_links_and_nothing_else() -> None:
    published = replace(OVER_IN_PREPARATION, materials=(_SLIDES, _VIDEO))
    assert post_about(OVER_IN_PREPARATION, published, EXAMPLE, _NOW, "ja") == snapshot("""\

第2回「シリウスの伴星」（星野 かおる）の動画を公開しました。
CARD plain:
  [動画](https://videos.example/2)
""")


def test_details_and_materials_that_come_together_are_one_post() -> None:
    both_new = replace(_SEEN, materials=OVER_WITH_ALL.materials)
    assert post_about(NOT_YET_OPEN, both_new, EXAMPLE, _NOW, "en") == snapshot("""\

Slides and video of lecture 4 (Hikaru Tsukishima) are online. Also: the title is “The Far Side of the Moon”.
CARD plain:
  | {Mon, 20 May, 10:00–12:00 JST} · [Institute of Tides](https://maps.example/tides) (tentative) · In person only
  [Slides](https://files.example/1.pdf)
  [Video](https://videos.example/1)
""")


def test_several_new_lectures_are_one_post() -> None:
    new = [dated(number, f"2030-0{number}-19T13:00") for number in (7, 8, 9)] + [Lecture(10), Lecture(11)]
    series = replace(EXAMPLE, lectures=(*EXAMPLE.lectures, *new))
    (message,) = posts(EXAMPLE, series, _NOW, "ja")
    assert list(lines(message, "ja")) == snapshot(
        [
            "新しい講義5件：第7回（7/19(金) 13:00〜）、第8回（8/19(月) 13:00〜）、第9回（9/19(木) 13:00〜）、第10回ほか。",  # noqa: E501
            "LIST 新しい講義",
            "  第7回（題目未定）",
            "    {7/19(金) 13:00}",
            "  第8回（題目未定）",
            "    {8/19(月) 13:00}",
            "  第9回（題目未定）",
            "    {9/19(木) 13:00}",
            "  第10回（題目未定）",
            "    日程未定",
            "  第11回（題目未定）",
            "    日程未定",
        ]
    )
    (message,) = posts(EXAMPLE, series, _NOW, "en")
    assert message.headline == snapshot(
        "5 new lectures: lecture 7 (Fri, 19 July, 13:00); lecture 8 (Mon, 19 Aug, 13:00); lecture 9 (Thu, 19 Sep, 13:00); lecture 10 and more."  # noqa: E501
    )
    for left, first_line_left in (
        (8, snapshot("2 new lectures: lecture 7 (Fri, 19 July, 13:00); lecture 8 (Mon, 19 Aug, 13:00).")),
        (7, snapshot("New: lecture 7, Fri, 19 July, 13:00.")),
        (6, snapshot("Lecture 7; lecture 8; lecture 9; lecture 10; lecture 11 is no longer in the schedule.")),
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

日程変更：第3回（大空 翼）：4/18(木) → 6/13(木)、時刻は 13:00 のまま。参加登録は 6/12(水) 正午まで。
New day for lecture 3 (Tsubasa Ozora): Thu, 18 Apr → Thu, 13 June, still at 13:00. Please register by Wed, 12 June, noon.
"""),  # noqa: E501
        ),
        (
            _LATER,
            OPEN,
            snapshot("""\

お知らせした 5/9(木) 13:00〜 への変更は取り消します：第3回「機械学習で見る銀河」（大空 翼）。4/18(木) 13:00〜 のままです。
The move to Thu, 9 May, 13:00 that we announced is taken back: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora). It stays on Thu, 18 Apr, 13:00.
"""),  # noqa: E501
        ),
        (
            _LATER,
            _POSTPONED,
            snapshot("""\

【延期】4/18(木) 13:00 からの第3回「機械学習で見る銀河」（大空 翼）は延期になりました。新しい日程は決まり次第お知らせします。
Postponed: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Thu, 18 Apr, 13:00. A new date will be announced.
"""),  # noqa: E501
        ),
        (
            _POSTPONED,
            _LATER,
            snapshot("""\

日程変更：第3回（大空 翼）：4/18(木) → 5/9(木)、時刻は 13:00 のまま。参加登録は 5/8(水) 正午まで。
New day for lecture 3 (Tsubasa Ozora): Thu, 18 Apr → Thu, 9 May, still at 13:00. Please register by Wed, 8 May, noon.
"""),
        ),
        (
            _POSTPONED,
            OPEN,
            snapshot("""\

お知らせした延期は取り消します：第3回「機械学習で見る銀河」（大空 翼）。予定どおり 4/18(木) 13:00〜、銀河大学 西館 201教室で開催します。参加登録は 4/17(水) 正午まで。
Not postponed after all: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora). It takes place as planned: Thu, 18 Apr, 13:00, Galaxy University, West Hall, Room 201. Please register by Wed, 17 Apr, noon.
"""),  # noqa: E501
        ),
        (
            _OFF,
            OPEN,
            snapshot("""\

お知らせした中止は取り消します：第3回「機械学習で見る銀河」（大空 翼）。予定どおり 4/18(木) 13:00〜、銀河大学 西館 201教室で開催します。参加登録は 4/17(水) 正午まで。
Not cancelled after all: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora). It takes place as planned: Thu, 18 Apr, 13:00, Galaxy University, West Hall, Room 201. Please register by Wed, 17 Apr, noon.
"""),  # noqa: E501
        ),
        (
            _OFF,
            _POSTPONED,
            snapshot("""\

【延期】4/18(木) 13:00 からの第3回「機械学習で見る銀河」（大空 翼）は延期になりました。新しい日程は決まり次第お知らせします。
Postponed: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Thu, 18 Apr, 13:00. A new date will be announced.
"""),  # noqa: E501
        ),
        (
            replace(OPEN, language="fr"),
            replace(OPEN, title=both("星の一生", "The Life of Stars")),
            snapshot("""\

お知らせした変更は取り消します：第3回「星の一生」（大空 翼）、使用言語はフランス語。使用言語は日本語のままです。
Taken back: lecture 3, “The Life of Stars” (Tsubasa Ozora): held in French. As before: held in Japanese.
"""),
        ),
        (
            replace(OPEN, language="fr"),
            replace(OPEN, language="en", mode=Mode.ONLINE),
            snapshot("""\

【変更】第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）：使用言語は英語。参加登録は 4/17(水) 正午まで。
Change to lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00): held in English. Please register by Wed, 17 Apr, noon.
"""),  # noqa: E501
        ),
        (
            with_form(OPEN, "https://forms.example/33"),
            OPEN,
            snapshot("""\

お知らせした変更は取り消します：第3回「機械学習で見る銀河」（大空 翼）、参加登録フォームは新しいものに変更。参加登録は 4/17(水) 正午まで。
Taken back: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora): there is a new registration form. Please register by Wed, 17 Apr, noon.
"""),  # noqa: E501
        ),
        (
            replace(OPEN, materials=(_VIDEO,)),
            OPEN,
            snapshot("""\

第3回「機械学習で見る銀河」（大空 翼）の動画は取り下げられました。
Withdrawn: video of lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora).
"""),
        ),
        (
            replace(OPEN, materials=(_VIDEO,)),
            replace(_LATER, materials=(_VIDEO,)),
            snapshot("""\

第3回「機械学習で見る銀河」（大空 翼）の動画を公開しました。
Video of lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), is online.
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

第3回は予定から外れました。
Lecture 3 is no longer in the schedule.
""")


def test_the_lines_of_a_change_that_was_undone_are_gone() -> None:
    (message,) = posts(EXAMPLE, with_lecture(EXAMPLE, _LATER), _NOW, "ja", current=EXAMPLE)
    assert list(lines(message, "ja"))[:2] == snapshot(
        [
            "お知らせした 5/9(木) 13:00〜 への変更は取り消します：第3回「機械学習で見る銀河」（大空 翼）。4/18(木) 13:00〜 のままです。",  # noqa: E501
            "CARD open:",
        ]
    )


def test_a_withdrawn_link_is_no_longer_shown() -> None:
    note = Material(both("ノート", "Notebook"), MaterialKind.NOTEBOOK, "https://files.example/n")
    published = with_lecture(EXAMPLE, replace(OVER_IN_PREPARATION, materials=(_SLIDES, _VIDEO, note)))
    fewer = with_lecture(EXAMPLE, replace(OVER_IN_PREPARATION, materials=(_SLIDES, note)))
    (message,) = posts(EXAMPLE, published, _NOW, "en", current=fewer)
    assert list(lines(message, "en")) == snapshot(
        [
            "Notebook of lecture 2, “The Companion of Sirius” (Kaoru Hoshino), is online.",
            "CARD plain:",
            "  [Notebook](https://files.example/n)",
        ]
    )


def test_after_the_deadline_nobody_is_asked_to_register() -> None:
    closed = at("2030-05-08T12:00")
    assert _told_again(OPEN, _LATER, with_lecture(EXAMPLE, _LATER), closed) == snapshot("""\

日程変更：第3回（大空 翼）：4/18(木) → 5/9(木)、時刻は 13:00 のまま。
New day for lecture 3 (Tsubasa Ozora): Thu, 18 Apr → Thu, 9 May, still at 13:00.
""")
    opened = with_form(NOT_YET_OPEN)
    assert _told_again(NOT_YET_OPEN, opened, with_lecture(EXAMPLE, opened), at("2030-05-19T12:00")) == snapshot("""\

第4回「月の裏側」（仮題、月島 光）の参加登録は締め切りました。
Registration for lecture 4, “The Far Side of the Moon” (working title; Hikaru Tsukishima), is closed.
""")


def _item(old: Lecture | None, new: Lecture) -> NewsItem:
    (item,) = news_of(with_lecture(EXAMPLE, old) if old else EXAMPLE, with_lecture(EXAMPLE, new), _NOW)
    return item


def test_time_alone_takes_nothing_back() -> None:
    series = with_lecture(EXAMPLE, with_form(NOT_YET_OPEN))
    (late,) = posts(EXAMPLE, series, _NOW, "en", seen_at=at("2031-01-01T12:00"))
    assert late.headline == snapshot(
        "Registration for lecture 4, “The Far Side of the Moon” (working title; Hikaru Tsukishima), is closed."
    )


def test_news_that_nobody_remembers_show_the_lectures_as_gone() -> None:
    subject = ChangeSubject((99,), (News.CHANGED,), ("3",), _NOW)
    assert change_post(subject, {}, View(EXAMPLE, _NOW, "en")).headline == snapshot(
        "Lecture 3 is no longer in the schedule."
    )


def test_news_of_several_lectures_in_one_post_are_told_one_after_the_other() -> None:
    series = with_lecture(with_lecture(EXAMPLE, _LATER), replace(_SEEN))
    items = news_of(EXAMPLE, series, _NOW)
    subject = ChangeSubject((1, 2), (News.CHANGED, News.DETAILS), ("3", "4"), _NOW)
    message = change_post(subject, {each.id: each for each in items}, View(series, _NOW, "en"))
    assert message.headline == snapshot(
        "New day for lecture 3 (Tsubasa Ozora): Thu, 18 Apr → Thu, 9 May, still at 13:00. Please register by Wed, 8 May, noon. The title is out: lecture 4, “The Far Side of the Moon” (Hikaru Tsukishima, Mon, 20 May, 10:00)."  # noqa: E501
    )
    assert [part.title for part in message.parts] == snapshot(
        [
            "What has changed",
            "Lecture 3: Galaxies seen by Machine Learning",
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
            message = change_post(
                subject, {each.id: each for each in items}, View(current, current.local(now), language)
            )
            assert message.headline.strip() == message.headline
            assert not any(mark in message.headline for mark in ("None", "  ", "。。", "..", "：。"))


def _because(ja: str, en: str) -> Lecture:
    return replace(_POSTPONED, reason=both(ja, en))


def test_why_a_lecture_is_postponed_is_told_and_on_its_very_day_with_regret() -> None:
    today = at("2030-04-18T09:50")
    why = _because("講師の都合により", "as the speaker can't come")
    assert first_line(OPEN, why, EXAMPLE, today, "ja") == (
        "【延期】本日 13:00 からの第3回「機械学習で見る銀河」（大空 翼）は、講師の都合により延期になりました。"
        "新しい日程は決まり次第お知らせします。急なご連絡となり申し訳ありません。"
    )
    assert first_line(OPEN, why, EXAMPLE, today, "en") == (
        "Postponed: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), today at 13:00, "
        "as the speaker can't come. A new date will be announced. We are sorry for the short notice."
    )
    cancelled = replace(_because("台風", "Typhoon"), status=Status.CANCELLED)
    assert first_line(OPEN, cancelled, EXAMPLE, _NOW, "ja") == (
        "【中止】4/18(木) 13:00 からの第3回「機械学習で見る銀河」（大空 翼）は、台風のため中止になりました。"
    )
    assert first_line(OPEN, cancelled, EXAMPLE, _NOW, "en") == (
        "Cancelled: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Thu, 18 Apr, 13:00 (Typhoon)."
    )


def test_a_date_that_was_announced_and_is_taken_back_is_named() -> None:
    told, back = _item(_POSTPONED, _LATER), _item(_LATER, _POSTPONED)
    later = replace(back, id=2, settled_at=told.settled_at + timedelta(hours=1))
    subject = ChangeSubject((2,), later.kinds, ("3",), later.settled_at, urgent=True)
    series = with_lecture(EXAMPLE, _POSTPONED)
    lines_told = [
        change_post(subject, {1: told, 2: later}, View(series, later.settled_at, language)).headline
        for language in LANGUAGES
    ]
    assert lines_told == [
        "お知らせした 5/9(木) の開催は取り消します：第3回「機械学習で見る銀河」（大空 翼）。引き続き延期です。",
        "The date of Thu, 9 May that we announced is taken back: lecture 3, “Galaxies seen by Machine Learning” "
        "(Tsubasa Ozora). The lecture remains postponed.",
    ]


def test_forms_of_several_lectures_that_open_together_and_materials_that_come_together_are_one_post() -> None:
    other = replace(OPEN, number=4, id="4", title=None, day=date(2030, 5, 20), starts=at("2030-05-20T10:00"), ends=None)
    before = with_lecture(EXAMPLE, _NO_FORM)
    before = with_lecture(before, replace(other, registration=Registration()))
    opened = with_lecture(with_lecture(before, OPEN), with_form(other))
    assert [each.headline for each in posts(before, opened, _NOW, "ja")] == [
        "参加登録を受け付けています：第3回「機械学習で見る銀河」（大空 翼、4/18(木)）は 4/17(水) 正午まで、"
        "第4回（大空 翼、5/20(月)）は 5/19(日) 正午まで。"
    ]
    assert [each.headline for each in posts(before, opened, _NOW, "en")] == [
        "Registration is open: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr), "
        "until Wed, 17 Apr, noon; lecture 4 (Tsubasa Ozora, Mon, 20 May), until Sun, 19 May, noon."
    ]
    published = with_lecture(EXAMPLE, replace(OVER_IN_PREPARATION, materials=(_SLIDES, _VIDEO)))
    published = with_lecture(published, replace(OVER_WITH_ALL, materials=(*OVER_WITH_ALL.materials, _NOTEBOOK)))
    assert [each.headline for each in posts(EXAMPLE, published, _NOW, "ja")] == [
        "第1回「月の満ち欠け」（月島 光）のノートブックと第2回「シリウスの伴星」（星野 かおる）の動画を公開しました。"
    ]


def test_of_a_lecture_without_a_form_nothing_is_said_of_registration() -> None:
    moved = _moved(_NO_FORM, "2030-05-09T13:00")
    for language in LANGUAGES:
        told = post_about(_NO_FORM, moved, EXAMPLE, _NOW, language)
        assert "登録" not in told
        assert "egist" not in told
