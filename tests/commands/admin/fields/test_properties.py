"""What holds for whatever is typed: it is refused in words, or becomes a file that can be read and says so already."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.view import View
from bot.commands.admin.fields import TYPED_FIELDS, FieldError, date_edits, field_edits, lecture_date, query_text
from bot.domain.edits import FieldEdit
from bot.domain.language import LANGUAGES
from bot.domain.lecture import Field
from bot.domain.series import Series
from bot.i18n import phrases
from bot.schedule.editing import edited
from bot.schedule.reader import read
from tests.examples import at

FILE = """\
series:
  name: {ja: 物理の講義, en: Physics Lectures}
  timezone: Asia/Tokyo
  registration: {closes: {days_before: 1, at: "12:00"}}
  usual_venue: {ja: 銀河大学, en: Galaxy University}
lectures:
  - number: 8
    starts: 2030-02-14T13:00
    venue: {name: {ja: 銀河大学 西館, en: "Galaxy University, West Hall"}, url: https://maps.example/west}
    registration: {url: https://forms.example/8, also_for: [10]}
  - number: 9
    starts: 2030-04-18T13:00
    ends: 2030-04-18T17:00
    speaker: {name: {ja: 大空 翼, en: Tsubasa Ozora}, affiliation: 天文台}
    title: {ja: 銀河, en: Galaxies}
    title_tentative: true
    mode: hybrid
    venue: {name: 銀河大学, room: {ja: 201教室, en: Room 201}, tentative: true}
    summary: 銀河の話。
    notes: {ja: 双眼鏡, en: binoculars}
    lecture_language: ja
    registration: {url: https://forms.example/9, closes: 2030-04-17T12:00, in_person: full}
    materials:
      - {label: {ja: スライド, en: Slides}, kind: slides, url: https://files.example/9.pdf}
      - {label: 動画, kind: video, status: in_preparation}
  - number: 10
"""
NOW = at("2030-04-08T12:00")
WORDS = (
    *("未定", "予定", "仮", "（仮）", "確定", "tba", "tentative", "none", "削除", "同じ", "usual", "準備中", "満席"),
    *("full", "open", "close", "closes", "締切", "also", "第8回", "9", "10と共通", "共通", "remove", "withdraw", "→"),
    *(
        "ja:",
        "en:",
        "日本語:",
        "/",
        "／",
        "---",
        "\n",
        "room:",
        "教室：",
        "url:",
        "会場:",
        "所属：",
        "name:",
        "「",
        "」",
    ),
    *(
        "銀河大学",
        "西館",
        "201教室",
        "Room 5",
        "Galaxy University",
        "スライド",
        "Slides",
        "動画",
        "2",
        "#1",
        "(",
        "）",
        "[",
    ),
    *(
        "大空 翼",
        "Ozora (MIT)",
        "（東大）",
        "先生",
        "対面",
        "hybrid",
        "English",
        "de",
        ",",
        "、",
        "。",
        '"',
        "'",
        "#",
        ": ",
    ),
    *(
        "https://example.org/a.pdf",
        "https://forms.example/8",
        "https://forms.example/9?usp=sharing",
        "http://",
        "www.a.jp/",
    ),
    *("https://docs.google.com/forms/d/1a/edit", "https://files.example/9.pdf", "mailto:a@b.example", "https://[/"),
    *(
        "7/11",
        "12:00",
        "正午",
        "4/17(水)",
        "4/18",
        "2030-04-16",
        "2031/4/16",
        "13:00-17:00",
        "+7d",
        "まで",
        "1:00",
        "0001-01-01",
    ),
    *(
        "https://zoom.us/j/123456789",
        "passcode:",
        "12ab34",
        "ID: 123 4567 8901",
        "\x00",
        "\u2028",
        "\ud83d",
        "\ufffe",
        "𠮷",
        "👩‍🔬",
    ),
)
TYPED = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=6).flatmap(
    lambda words: st.sampled_from(("", " ", "　")).map(lambda space: space.join(words))
)


def series(text: str) -> Series:
    """The series of a file that must be valid."""
    return read(text.encode(), "l.yaml").series


def with_edits(edits: tuple[FieldEdit, ...]) -> str:
    """The file's text after the edits."""
    return edited(FILE, edits)


def is_told(refused: FieldError) -> None:
    """There are words for it in both languages."""
    assert all(refused.sentence(phrases(language)) for language in LANGUAGES)


BEFORE = series(FILE)


@pytest.mark.parametrize("field", TYPED_FIELDS)
@pytest.mark.parametrize("number", [9, 10])
@settings(max_examples=30)
@given(text=TYPED)
def test_what_is_typed_is_refused_in_words_or_taken_over(field: Field, number: int, text: str) -> None:
    lecture = BEFORE.lecture(str(number))
    assert lecture
    try:
        edits = field_edits(field, text, lecture, View(BEFORE, NOW, "en"))
    except FieldError as refused:
        is_told(refused)
        return
    after = series(with_edits(edits))
    assert (after != BEFORE) == bool(edits)
    changed = after.lecture(str(number))
    assert changed
    if field not in (Field.MATERIALS, Field.VENUE):  # a label or a place may be read otherwise once it is known
        assert field_edits(field, text, changed, View(after, NOW, "en")) == ()


@pytest.mark.parametrize("number", [9, 10])
@settings(max_examples=30)
@given(text=TYPED)
def test_a_date_is_refused_in_words_or_taken_over_once_nothing_forbids_it(number: int, text: str) -> None:
    lecture = BEFORE.lecture(str(number))
    assert lecture
    view = View(BEFORE, NOW, "ja")
    try:
        meant = lecture_date(text, lecture, view)
    except FieldError as refused:
        is_told(refused)
        return
    for query in meant.queries:
        assert all(query_text(query, phrases(language)) for language in LANGUAGES)
    if all(query.acceptable for query in meant.queries):
        changed = series(with_edits(date_edits(meant, lecture, view))).lecture(str(number))
        assert changed
        assert (changed.day, changed.starts.time() if changed.starts else None) == (meant.day, meant.start)
        assert (changed.ends.time() if changed.ends else None) == meant.end
