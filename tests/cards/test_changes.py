"""Changes as lines of what was and what is, for members and for organizers who look before they change something."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from bot.cards.changes import change_lines, spelled
from bot.cards.view import View
from bot.domain.changes import changes, effective
from bot.domain.language import LANGUAGES, Language
from bot.domain.lecture import Lecture, Mode, Registration, Status, Venue
from bot.domain.materials import Material, MaterialKind
from bot.domain.message import Card, Entry, Fact, Link, Listing, Section, Text, When
from tests.announcements.news_examples import as_text
from tests.domain.generated import instants, lectures, thorough
from tests.domain.generated import series as any_series
from tests.examples import (
    BEFORE_THREE,
    EXAMPLE,
    NOT_YET_OPEN,
    OPEN,
    OVER_WITH_ALL,
    UNDATED,
    at,
    both,
    person,
    with_form,
    with_lecture,
)

_HALL = OPEN.venue or Venue(both("", ""))


def _lines(before: Lecture | None, after: Lecture | None, language: Language, now: str | None = None) -> str:
    """The lines for a lecture that was exchanged, added or taken out of the example."""
    one, other = (with_lecture(EXAMPLE, each) if each else EXAMPLE for each in (before, after))
    found = changes(effective(before, one) if before else None, effective(after, other) if after else None, other)
    view = View(other, at(now) if now else BEFORE_THREE, language)
    return "\n".join(["", *(as_text(line, language) for line in change_lines(found, view)), ""])


_EVERYTHING = replace(
    OPEN,
    day=at("2030-05-09T13:00").date(),
    starts=at("2030-05-09T13:00"),
    ends=at("2030-05-09T17:00"),
    speakers=(person("星 光", "Hikaru Hoshi"),),
    title=both("星の一生", "The Life of Stars"),
    title_tentative=True,
    mode=Mode.IN_PERSON,
    venue=Venue(both("京都大学", "Kyoto University"), tentative=True),
    summary=both("星の話です。", "On stars."),
    abstract=None,
    notes=None,
    language="en",
    registration=Registration("https://forms.example/33", in_person_full=True),
)


def test_every_aspect_is_shown_as_it_was_and_as_it_is_in_japanese() -> None:
    assert _lines(OPEN, _EVERYTHING, "ja") == snapshot("""\

日時：{4/18(木) 13:00–17:00} → {5/9(木) 13:00–17:00}
会場：銀河大学 西館 201教室 → 京都大学（予定）
開催方法：対面とオンライン → 対面のみ
参加登録（対面）：空きあり → 満席
参加登録フォームの変更
参加登録の締切：{4/17(水) 12:00} → {5/8(水) 12:00}
講師：大空 翼（銀河大） → 星 光
題目：「機械学習で見る銀河」 → 「星の一生」（仮題）
使用言語：日本語 → 英語
備考：双眼鏡をお持ちください。 → なし
紹介文の追加
概要の削除
""")


def test_every_aspect_is_shown_as_it_was_and_as_it_is_in_english() -> None:
    assert _lines(OPEN, _EVERYTHING, "en") == snapshot("""\

Date: {Thu, 18 Apr, 13:00–17:00} → {Thu, 9 May, 13:00–17:00}
Venue: Galaxy University, West Hall, Room 201 → Kyoto University (tentative)
Format: In person and online → In person only
Registration (in person): places available → full
New registration form
Registration deadline: {Wed, 17 Apr, 12:00} → {Wed, 8 May, 12:00}
Speaker: Tsubasa Ozora (Galaxy University) → Hikaru Hoshi
Title: “Galaxies seen by Machine Learning” → “The Life of Stars” (tentative)
Language: Japanese → English
Please note: Please bring binoculars. → none
Summary added
Abstract removed
""")


def test_what_is_undecided_is_called_so() -> None:
    bare = Lecture(3)
    assert _lines(bare, OPEN, "ja") == snapshot("""\

日時：日程未定 → {4/18(木) 13:00–17:00}
会場：未定 → 銀河大学 西館 201教室
開催方法：未定 → 対面とオンライン
参加登録フォームの追加：[第3回 4/18(木) 大空 翼 参加登録](https://forms.example/3)
参加登録の締切：未定 → {4/17(水) 12:00}
講師：未定 → 大空 翼（銀河大）
題目：未定 → 「機械学習で見る銀河」
使用言語：未定 → 日本語
備考：なし → 双眼鏡をお持ちください。
概要の公開
""")
    assert _lines(OPEN, bare, "en") == snapshot("""\

Date: {Thu, 18 Apr, 13:00–17:00} → date to be announced
Venue: Galaxy University, West Hall, Room 201 → to be announced
Format: In person and online → to be announced
Registration form withdrawn
Registration deadline: {Wed, 17 Apr, 12:00} → to be announced
Speaker: Tsubasa Ozora (Galaxy University) → to be announced
Title: “Galaxies seen by Machine Learning” → to be announced
Language: Japanese → to be announced
Please note: Please bring binoculars. → none
Abstract removed
""")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            OPEN,
            replace(OPEN, status=Status.CANCELLED),
            snapshot("""\

Date: {Thu, 18 Apr, 13:00–17:00} → cancelled
"""),
        ),
        (
            OPEN,
            replace(OPEN, status=Status.POSTPONED),
            snapshot("""\

Date: {Thu, 18 Apr, 13:00–17:00} → postponed (new date to be announced)
"""),
        ),
        (
            replace(OPEN, status=Status.CANCELLED),
            OPEN,
            snapshot("""\

Date: cancelled → {Thu, 18 Apr, 13:00–17:00}
Registration deadline: none → {Wed, 17 Apr, 12:00}
"""),
        ),
        (
            OPEN,
            replace(OPEN, venue=replace(_HALL, room=both("305教室", "Room 305"), tentative=True)),
            snapshot("""\

Venue: Galaxy University, West Hall, Room 201 → Galaxy University, West Hall, Room 305 (tentative)
"""),
        ),
        (
            OPEN,
            replace(OPEN, venue=replace(_HALL, url="https://maps.example/new")),
            snapshot("""\

Map of the venue: [Galaxy University, West Hall](https://maps.example/new)
"""),
        ),
        (
            OPEN,
            replace(OPEN, venue=replace(_HALL, url=None)),
            snapshot("""\

Map of the venue: none
"""),
        ),
        (
            OPEN,
            replace(OPEN, language="fr"),
            snapshot("""\

Language: Japanese → French
"""),
        ),
        (
            OPEN,
            replace(OPEN, abstract=both("別の話です。", "Another story.")),
            snapshot("""\

Abstract revised
"""),
        ),
        (
            None,
            NOT_YET_OPEN,
            snapshot("""\

New: Lecture 4: The Far Side of the Moon (tentative title), {Mon, 20 May, 10:00–12:00}
"""),
        ),
        (
            UNDATED,
            None,
            snapshot("""\

Removed from the schedule: Lecture 6 (title to be announced), date to be announced
"""),
        ),
    ],
)
def test_each_kind_of_line_for_itself(before: Lecture | None, after: Lecture | None, told: str) -> None:
    assert _lines(before, after, "en") == told


def test_materials_are_named_and_the_new_ones_linked() -> None:
    slides, video = OVER_WITH_ALL.materials
    note = Material(both("ノート", "Notebook"), MaterialKind.NOTEBOOK, "https://files.example/n")
    board = Material(both("板書", "Whiteboard"), MaterialKind.WHITEBOARD)
    renamed = replace(slides, label=both("講義スライド", "Lecture slides"))
    after = replace(OVER_WITH_ALL, materials=(renamed, replace(video, url="https://videos.example/1b"), note, board))
    assert _lines(OVER_WITH_ALL, after, "ja") == snapshot("""\

資料の公開：[動画](https://videos.example/1b) · [ノート](https://files.example/n)
資料の準備中：板書
資料の名称：スライド → 講義スライド
""")
    assert _lines(OVER_WITH_ALL, replace(OVER_WITH_ALL, materials=(slides,)), "ja") == snapshot("""\

資料の取り下げ：動画
""")


def test_a_form_can_be_pressed_only_while_it_is_open() -> None:
    before = replace(OPEN, registration=Registration())
    assert _lines(before, OPEN, "en") == snapshot("""\

Registration form added: [Register: lecture 3, Thu, 18 Apr, Tsubasa Ozora](https://forms.example/3)
""")
    assert _lines(before, OPEN, "en", "2030-04-17T12:00") == snapshot("""\

Registration form added
""")
    assert _lines(OPEN, with_form(OPEN, "https://forms.example/33"), "ja", "2030-04-17T12:00") == snapshot("""\

参加登録フォームの変更
""")


def test_long_notes_are_shortened() -> None:
    long = replace(OPEN, notes=both("とても長い注意です。\n" * 30, "A very long note. " * 30))
    assert _lines(OPEN, long, "ja") == snapshot("""\

備考：双眼鏡をお持ちください。 → とても長い注意です。 とても長い注意です。 とても長い注意です。 とても長い注意です。 とても長い注意です。 とても長い注意です。 とても長い注意です。…
""")  # noqa: E501


def test_what_others_wrote_stays_text() -> None:
    sly = replace(OPEN, notes=both("[押す](https://evil.example) @everyone", "<!channel>"))
    view = View(EXAMPLE, BEFORE_THREE, "ja")
    assert change_lines(changes(OPEN, sly, EXAMPLE), view) == (
        ("備考", "：", "双眼鏡をお持ちください。", " → ", "[押す](https://evil.example) @everyone"),
    )


@thorough
@given(st.data())
def test_every_change_has_its_line_in_both_languages(data: st.DataObject) -> None:
    series = data.draw(any_series().filter(lambda each: bool(each.lectures)))
    before = series.lectures[0]
    others = [each.id for each in series.lectures[1:]]
    after = data.draw(st.none() | lectures(int(before.id), others, series.timezone))
    later = with_lecture(series, after) if after else series
    found = changes(effective(before, series), effective(after, later) if after else None, later)
    now = series.local(data.draw(instants(series)))
    for language in LANGUAGES:
        shown = change_lines(found, View(later, now, language))
        assert bool(shown) is bool(found)
        assert len(set(shown)) == len(shown)
        assert all(as_text(line, language).strip() and "None" not in as_text(line, language) for line in shown)


NOON = at("2030-04-18T12:00")
LINK = Link("地図", "https://maps.example/")
TEXT: Text = ("から ", When(NOON, NOON + timedelta(hours=1)), "、", LINK)
WRITTEN: Text = ("から ", "2030/4/18(木) 12:00–13:00 JST", "、", LINK)


def test_instants_of_every_part_become_words_of_the_language() -> None:
    card = Card("題", (TEXT,), (Fact("日時", TEXT),), (TEXT,), (LINK,))
    assert spelled(card, "ja") == Card("題", (WRITTEN,), (Fact("日時", WRITTEN),), (WRITTEN,), (LINK,))
    listing = Listing("題", (Entry("第3回", (TEXT, TEXT)),))
    assert spelled(listing, "ja") == Listing("題", (Entry("第3回", (WRITTEN, WRITTEN)),))
    section = Section("題", (TEXT,), bulleted=True)
    assert spelled(section, "ja") == Section("題", (WRITTEN,), bulleted=True)
