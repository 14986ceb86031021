"""What the bot answers from the shipped lectures.yaml at the moments that matter."""

from datetime import date

import pytest
from inline_snapshot import snapshot

from bot.commands.context import ReplyStatus
from bot.domain.deadlines import RegistrationState, RegistrationStatus, registration_status
from bot.domain.language import LANGUAGES, Language
from bot.domain.lecture import Lecture
from bot.domain.message import Listing, When
from bot.domain.registration import Form
from bot.schedule.reader import read_file
from tests.commands.transcripts import links, reply_to, transcript
from tests.examples import at
from tests.processes import ROOT

_SHIPPED = read_file(ROOT / "lectures.yaml").series
_APRIL = at("2024-04-06T12:00")
_FORM = "https://docs.google.com/forms/d/e/1FAIpQLScB4QmpZauTVG4ICrFhvNg5QMTOZCCSOeSnUqdONTNDfsxX_Q/viewform"


def _lecture(number: int) -> Lecture:
    lecture = _SHIPPED.lecture(str(number))
    assert lecture is not None
    return lecture


def test_it_holds_lectures_1_to_12_and_two_without_a_title() -> None:
    assert [each.number for each in _SHIPPED.lectures] == [*range(1, 13)]
    assert [each.number for each in _SHIPPED.lectures if each.title is None] == [11, 12]


def test_next_on_the_6th_of_april_names_lecture_9_its_form_and_its_deadline() -> None:
    assert transcript("/next", _SHIPPED, _APRIL) == snapshot("""\

次回：4/25(木)、第9回（瀧 雅人）
CARD open: 第9回\u3000機械学習入門
  瀧 雅人（立教大学）
  {4/25(木) 13:00–17:00 JST}（あと19日）
  [筑波大学東京キャンパス 118教室](https://www.office.otsuka.tsukuba.ac.jp/location/)
  対面とオンライン
  > 締切 {4/24(水) 12:00}
  | 機械学習の考え方を、汎化や勾配降下法といった基本から、深層学習の土台となる表現学習まで順に学びます。Python での簡単な実装例も取り上げます。
  [第9回 4/25(木) 瀧 雅人 参加登録](https://docs.google.com/forms/d/e/1FAIpQLScB4QmpZauTVG4ICrFhvNg5QMTOZCCSOeSnUqdONTNDfsxX_Q/viewform)
(カレンダー) -> calendar 9
(リマインド) -> notify 9 on
DONE, again: next
""")  # noqa: E501


def test_next_in_english_on_the_6th_of_april() -> None:
    assert transcript("/next", _SHIPPED, _APRIL, "en") == snapshot("""\

Thu, 25 Apr: lecture 9 (Masato Taki)
CARD open: Lecture 9: Introduction to Machine Learning
  Masato Taki (Rikkyo University)
  {Thu, 25 Apr, 13:00–17:00 JST} (in 19 days)
  [University of Tsukuba Tokyo Campus, Room 118](https://www.office.otsuka.tsukuba.ac.jp/location/)
  In person and online
  > Register by {Wed, 24 Apr, 12:00}
  | The ideas of machine learning, step by step, from generalization and…
  [Register: lecture 9, Thu, 25 Apr, Masato Taki](https://docs.google.com/forms/d/e/1FAIpQLScB4QmpZauTVG4ICrFhvNg5QMTOZCCSOeSnUqdONTNDfsxX_Q/viewform)
(Calendar) -> calendar 9
(Remind me) -> notify 9 on
DONE, again: next
""")


def test_registration_for_lecture_9_closes_at_noon_and_not_a_second_earlier() -> None:
    noon, form = at("2024-04-24T12:00:00"), Form(_FORM, "9", ("9",))
    moments = [at("2024-04-24T11:59:59"), noon]
    assert [registration_status(_SHIPPED, _lecture(9), now) for now in moments] == [
        RegistrationStatus(RegistrationState.CLOSING_SOON, noon, form),
        RegistrationStatus(RegistrationState.CLOSED, noon),
    ]


@pytest.mark.parametrize("line", ["next", "lecture 9", "register", "register 瀧", "lectures", "find 瀧"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_of_lecture_9_is_gone_at_the_deadline(line: str, language: Language) -> None:
    shown = [
        [
            link.url
            for link in links(reply_to(line, _SHIPPED, at(now), language))
            if "docs.google.com" in link.url and link.url != _SHIPPED.links.contact
        ]
        for now in ("2024-04-24T11:59:59", "2024-04-24T12:00:00")
    ]
    assert shown == [[] if line in ("lectures", "find 瀧") else [_FORM], []]


@pytest.mark.parametrize(
    ("now", "ja", "en"),
    [
        (
            "2024-04-24T11:59:59",
            snapshot("次回：明日 4/25(木)、第9回（瀧 雅人）"),
            snapshot("Tomorrow, Thu, 25 Apr: lecture 9 (Masato Taki)"),
        ),
        (
            "2024-04-24T12:00:00",
            snapshot("次回：明日 4/25(木)、第9回（瀧 雅人）"),
            snapshot("Tomorrow, Thu, 25 Apr: lecture 9 (Masato Taki)"),
        ),
        (
            "2024-04-25T13:00:00",
            snapshot("第9回はただいま開催中です。"),
            snapshot("Lecture 9 is under way."),
        ),
        (
            "2024-04-25T17:00:00",
            snapshot("次回：5/20(月)、第10回（甘利 俊一）"),
            snapshot("Mon, 20 May: lecture 10 (Shun-ichi Amari)"),
        ),
        (
            "2024-07-22T09:00:00",
            snapshot("次回：本日、第12回（大林 一平）"),
            snapshot("Today: lecture 12 (Ippei Obayashi)"),
        ),
        (
            "2024-07-22T17:00:00",
            snapshot("日程の決まった今後の講義は、いまのところありません。"),
            snapshot("No further lecture is scheduled at the moment."),
        ),
    ],
)
def test_the_headline_of_next_follows_the_clock(now: str, ja: str, en: str) -> None:
    assert [reply_to("next", _SHIPPED, at(now), language).headline for language in LANGUAGES] == [ja, en]


def test_next_after_the_last_lecture_says_so_and_offers_what_there_is() -> None:
    assert [transcript("/next", _SHIPPED, at("2024-08-01T12:00"), language) for language in LANGUAGES] == snapshot(
        [
            """\

日程の決まった今後の講義は、いまのところありません。
LIST 前回の講義と資料
  第12回
    {2024/7/22(月)} · 大林 一平
    資料はまだ公開されていません。
(これまでの資料) -> materials
(これまでの講義) -> lectures past
DONE, again: next
""",
            """\

No further lecture is scheduled at the moment.
LIST The latest lecture and its materials
  Lecture 12
    {Mon, 22 July 2024} · Ippei Obayashi
    No materials yet.
(All materials) -> materials
(Past lectures) -> lectures past
DONE, again: next
""",
        ]
    )


def test_lecture_12_is_elsewhere_tentatively_and_without_a_title() -> None:
    assert [transcript("/lecture 12", _SHIPPED, _APRIL, language) for language in LANGUAGES] == snapshot(
        [
            """\

第12回（大林 一平）、7/22(月)開催
CARD plain: 第12回（題目未定）
  大林 一平（岡山大学）
  {7/22(月) 13:00–17:00 JST}（あと107日）
  [京都大学理学研究科セミナーハウス](https://sci.kyoto-u.ac.jp/ja/map)（予定、いつもと異なります）
  対面とオンライン
(カレンダー) -> calendar 12
(リマインド) -> notify 12 on
DONE, again: lecture 12
""",
            """\

Mon, 22 July: lecture 12 (Ippei Obayashi)
CARD plain: Lecture 12 (title to be announced)
  Ippei Obayashi (Okayama University)
  {Mon, 22 July, 13:00–17:00 JST} (in 107 days)
  [Seminar House, Graduate School of Science, Kyoto University](https://sci.kyoto-u.ac.jp/ja/map) (tentative; not the usual venue)
  In person and online
(Calendar) -> calendar 12
(Remind me) -> notify 12 on
DONE, again: lecture 12
""",  # noqa: E501
        ]
    )


def test_only_the_venue_of_lecture_12_and_of_those_before_5_is_unusual() -> None:
    assert [each.number for each in _SHIPPED.lectures if _SHIPPED.is_unusual(each)] == [1, 2, 3, 4, 12]


def test_materials_of_lecture_6_are_in_preparation() -> None:
    assert [transcript("/materials 6", _SHIPPED, _APRIL, language) for language in LANGUAGES] == snapshot(
        [
            """\

第6回の資料は準備中です。
CARD plain: 第6回\u3000深層学習と過剰パラメータの理論
  今泉 允聡（東京大学）
  {2023/12/4(月)}
  準備中 = スライド、動画
(これまでの資料) -> materials
DONE, again: materials 6
""",
            """\

The materials of lecture 6 are in preparation.
CARD plain: Lecture 6: Theory of Deep Learning and Overparameterization
  Masaaki Imaizumi (The University of Tokyo)
  {Mon, 4 Dec 2023}
  In preparation = Slides, Video
(All materials) -> materials
DONE, again: materials 6
""",
        ]
    )


def test_the_archive_begins_with_the_latest_lecture() -> None:
    (listing,) = reply_to("/materials", _SHIPPED, _APRIL).parts
    assert isinstance(listing, Listing)
    assert [(entry.title, entry.lines[0]) for entry in listing.entries[:3]] == snapshot(
        [
            ("第8回\u3000強化学習と物理への応用", (When(starts=date(2024, 1, 22)), " · ", "道下 佳寛")),
            ("第7回\u3000統計神経力学とその周辺", (When(starts=date(2024, 1, 15)), " · ", "唐木田 亮")),
            ("第6回\u3000深層学習と過剰パラメータの理論", (When(starts=date(2023, 12, 4)), " · ", "今泉 允聡")),
        ]
    )


@pytest.mark.parametrize(
    ("which", "number"),
    [
        ("９", 9),
        ("第９回", 9),
        ("#9", 9),
        ("next", 9),
        ("次回", 9),
        ("last", 8),
        ("瀧雅人", 9),
        ("taki", 9),
        ("甘利", 10),
        ("ガラムカリ", 11),
        ("がらむかり", 11),
        ("ｶﾞﾗﾑｶﾘ", 11),
        ("ｒｌｈｆ", 5),
        ("information geometry", 10),
        ("最適輸送", 1),
    ],
)
def test_a_lecture_is_found_however_it_is_typed(which: str, number: int) -> None:
    assert reply_to(f"lecture {which}", _SHIPPED, _APRIL).line == f"lecture {number}"


@pytest.mark.parametrize(
    ("words", "headline"),
    [
        ("強化学習", snapshot("「強化学習」を含む講義が2件見つかりました。")),
        ("wasserstein", snapshot("「wasserstein」を含む講義が2件見つかりました。")),
        ("ＮＴＫ", snapshot("「ＮＴＫ」を含む講義が1件見つかりました。")),
        ("物理 応用", snapshot("「物理 応用」を含む講義が1件見つかりました。")),
        ("天気", snapshot("「天気」を含む講義は見つかりませんでした。")),
    ],
)
def test_a_search_covers_titles_speakers_and_summaries(words: str, headline: str) -> None:
    assert reply_to(f"find {words}", _SHIPPED, _APRIL).headline == headline


@pytest.mark.parametrize("line", ["howto", "about", "calendar", "lectures all", "register", "help"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_about_the_whole_series_is_answered(line: str, language: Language) -> None:
    assert reply_to(line, _SHIPPED, _APRIL, language).outcome == ReplyStatus.DONE
