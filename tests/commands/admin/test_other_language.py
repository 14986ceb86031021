"""A text that is there in both languages never loses one unseen: what is typed in one is asked about in the other."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inline_snapshot import snapshot

from bot.cards.view import View
from bot.commands.admin.fields import FieldError, field_edits
from bot.commands.admin.other_language import OtherLanguage, sentence, untouched
from bot.commands.context import Reply
from bot.commands.parser import Request
from bot.domain.language import LANGUAGES, Language, Localized
from bot.domain.lecture import Field, Lecture
from bot.domain.message import Section
from bot.i18n import phrases
from bot.schedule.editing import edited
from bot.schedule.reader import read
from tests.commands.admin.table import SUMIRE, table
from tests.examples import at

FILE = """\
series:
  name: {ja: 月の講義, en: Lectures on the Moon}
  timezone: Asia/Tokyo
lectures:
  - number: 3
    starts: 2030-04-18T13:00
    speaker: {name: {ja: 月島 光, en: Hikaru Tsukishima}, affiliation: {ja: 銀河大, en: Galaxy University}}
    title: {ja: 銀河の形, en: Shapes of Galaxies}
    venue: {name: {ja: 西館, en: West Hall}, room: {ja: 201教室, en: Room 201}}
    summary: {ja: 銀河の話。, en: On galaxies.}
    abstract: {ja: 長い話。, en: A long story.}
    notes: {ja: 双眼鏡, en: binoculars}
    materials:
      - {label: {ja: 補遺, en: Appendix}, kind: other, url: "https://files.example/3.pdf"}
"""
NOW = at("2030-04-08T12:00")
SERIES = read(FILE.encode(), "l.yaml").series


def section(reply: Reply, name: str, language: Language) -> list[str]:
    """The paragraphs of a section of the reply."""
    title = phrases(language)(name)
    parts = [each for each in reply.parts if isinstance(each, Section) and each.title == title]
    return ["".join(map(str, text)) for each in parts for text in each.paragraphs]


async def previewed(path: Path, line: str, language: Language) -> tuple[list[str], list[str], list[str]]:
    """The changes, what is asked about the other language with the line that sets both, and the buttons below."""
    async with table(path / "lectures.yaml", FILE, language) as here:
        reply = await here.reply(line)
        asked = [part for text in section(reply, "bilingual.title", language) for part in text.partition("/")[::2]]
        return section(reply, "managing.changes", language), asked, [each.label for each in reply.actions]


async def test_what_is_typed_in_one_language_keeps_the_other_and_asks_about_it(tmp_path: Path) -> None:
    assert await previewed(tmp_path, "/admin title 3 銀河の腕", "ja") == snapshot(
        (
            ["題目：「銀河の形」 → 「銀河の腕」"],
            [
                "題目の英語は「Shapes of Galaxies」のままです。両方を書くには：",
                "admin title 3 銀河の腕 / Shapes of Galaxies",
            ],
            ["お知らせする", "お知らせせずに変更", "全文を見る", "英語も直す", "破棄する"],
        )
    )
    assert await previewed(tmp_path, "/admin title 3 Arms of Galaxies", "ja") == snapshot(
        (
            ["（英語）Title: “Shapes of Galaxies” → “Arms of Galaxies”"],
            ["題目の日本語は「銀河の形」のままです。両方を書くには：", "admin title 3 銀河の形 / Arms of Galaxies"],
            ["お知らせする", "お知らせせずに変更", "全文を見る", "日本語も直す", "破棄する"],
        )
    )
    assert await previewed(tmp_path, "/admin title 3 銀河の腕", "en") == snapshot(
        (
            ["(Japanese) 題目：「銀河の形」 → 「銀河の腕」"],
            [
                "English, title: stays “Shapes of Galaxies”. To set both: ",
                "admin title 3 銀河の腕 / Shapes of Galaxies",
            ],
            ["Announce", "Change quietly", "Show in full", "Edit the English, too", "Discard"],
        )
    )


async def test_what_goes_with_another_name_is_named(tmp_path: Path) -> None:
    assert await previewed(tmp_path, "/admin speaker 3 山田 花子（架空大）", "ja") == snapshot(
        (
            [
                "講師：月島 光（銀河大） → 山田 花子（架空大）",
                "（英語）Speaker: Hikaru Tsukishima (Galaxy University) → 山田 花子 (架空大)",
            ],
            [
                "講師の英語（「Hikaru Tsukishima」）はなくなります。両方を書くには：",
                "admin speaker 3 ja: 山田 花子（架空大） en: Taro Yamada (University of Tokyo)",
            ],
            ["お知らせする", "お知らせせずに変更", "全文を見る", "英語も直す", "破棄する"],
        )
    )
    assert await previewed(tmp_path, "/admin venue 3 潮の研究所", "en") == snapshot(
        (
            ["Venue: West Hall, Room 201 → 潮の研究所", "(Japanese) 会場：西館 201教室 → 潮の研究所"],
            [
                "English, venue: “West Hall” is gone with this. To set both: ",
                "admin venue 3 ja: 潮の研究所 en: University of Tokyo",
            ],
            ["Announce", "Change quietly", "Show in full", "Edit the English, too", "Discard"],
        )
    )
    assert await previewed(tmp_path, "/admin material 3 1 → 付録", "en") == snapshot(
        (
            ["Materials renamed: Appendix → 付録", "(Japanese) 資料の名称：補遺 → 付録"],
            [
                "English, material: “Appendix” is gone with this. To set both: ",
                "admin material 3 1 → ja: 付録 en: Appendix",
            ],
            ["Save", "Discard"],
        )
    )


async def test_both_are_shown_where_both_are_touched_and_nothing_is_asked(tmp_path: Path) -> None:
    assert await previewed(tmp_path, "/admin title 3 銀河の腕 / Arms of Galaxies", "en") == snapshot(
        (
            ["Title: “Shapes of Galaxies” → “Arms of Galaxies”", "(Japanese) 題目：「銀河の形」 → 「銀河の腕」"],
            [],
            ["Announce", "Change quietly", "Show in full", "Discard"],
        )
    )
    assert await previewed(tmp_path, "/admin edit 3 summary ja: 腕の話。 en: On arms.", "ja") == snapshot(
        (["紹介文の変更", "（英語）Summary changed"], [], ["保存", "破棄する"])
    )


async def test_a_longer_text_is_asked_about_by_a_form(tmp_path: Path) -> None:
    assert await previewed(tmp_path, "/admin edit 3 abstract 一行目。\n二行目。", "en") == snapshot(
        (
            ["(Japanese) 概要の改訂"],
            ["English, abstract: stays “A long story”.", ""],
            ["Save", "Edit the English, too", "Discard"],
        )
    )


async def test_the_button_opens_a_form_with_both_and_with_what_else_was_to_change(tmp_path: Path) -> None:
    async with table(tmp_path / "lectures.yaml", FILE) as here:
        reply = await here.press(await here.reply("/admin title 3 銀河の腕"), "Edit the English, too")
        assert reply.form
        values = {each.name: each.value for each in reply.form.fields}
        assert values["title"] == "銀河の腕 / Shapes of Galaxies"
        filled = values | {"title": "銀河の腕 / Arms of Galaxies"}
        shown = await here.router.execute(Request(reply.form.line, "en", user=SUMIRE, values=filled))
        assert section(shown, "bilingual.title", "en") == []
        await here.press(shown, "Announce")
        assert "title: {ja: 銀河の腕, en: Arms of Galaxies}" in here.room.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "line",
    [
        "/admin title 3 銀河の腕",
        "/admin speaker 3 月島 光太郎（架空大）",
        "/admin speaker 3 山田 花子",
        "/admin venue 3 潮の研究所",
        "/admin venue 3 room: 大講義室",
        "/admin edit 3 notes 傘",
        "/admin edit 3 summary About arms.",
        "/admin material 3 補遺 → 付録",
    ],
)
async def test_the_line_that_is_offered_sets_both(tmp_path: Path, line: str, language: Language) -> None:
    async with table(tmp_path / "lectures.yaml", FILE, language) as here:
        (asked,) = section(await here.reply(line), "bilingual.title", language)
        reply = await here.reply("/" + asked.partition("/")[2])
        gone = phrases(language)("bilingual.lost", field="", language="", text="").strip(" ,:.。")[-6:]
        assert not any(gone in each for each in section(reply, "bilingual.title", language))
        confirm = next(each.line for each in reply.actions if each.line.startswith("admin confirm"))
        await here.reply(confirm)
        lecture = here.room.schedule.series.lecture("3")
        assert lecture
        single = [text for text in texts(lecture) if text.into("ja") == text.into("en")]
        assert single == []


async def test_an_undo_asks_nothing(tmp_path: Path) -> None:
    async with table(tmp_path / "lectures.yaml", FILE) as here:
        await here.does("/admin title 3 銀河の腕")
        assert section(await here.reply("/admin undo 3"), "bilingual.title", "en") == []


def texts(lecture: Lecture) -> list[Localized]:
    """All texts of a lecture that may be there in two languages."""
    venue = lecture.venue
    found = [lecture.title, lecture.summary, lecture.abstract, lecture.notes]
    found += [text for each in lecture.speakers for text in (each.name, each.affiliation)]
    found += [venue.name, venue.room] if venue else []
    return [*(each for each in found if each), *(each.label for each in lecture.materials)]


FIELDS = (Field.TITLE, Field.SPEAKER, Field.VENUE, Field.SUMMARY, Field.ABSTRACT, Field.NOTES)
PIECES = (
    "銀河",
    "腕",
    "月島",
    "Galaxies",
    "Room 5",
    "光",
    "201教室",
    "ja: ",
    "en: ",
    " / ",
    "（銀河大）",
    " (MIT)",
    "\n",
)


@given(st.sampled_from(FIELDS), st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join))
@settings(max_examples=300)
def test_whatever_is_typed_no_text_loses_a_language_without_a_word(field: Field, typed: str) -> None:
    before = SERIES.lectures[0]
    try:
        edits = field_edits(field, typed, before, View(SERIES, NOW, "ja"))
    except FieldError:
        return
    series = read(edited(FILE, edits).encode(), "l.yaml").series
    after = series.lectures[0]
    told = list(untouched(before, after))
    for language in LANGUAGES:
        assert all(sentence(each, after, View(series, NOW, language)) for each in told)
    pairs = pair_of(field, before), pair_of(field, after)
    for was, now in zip(*pairs, strict=True) if len(pairs[0]) == len(pairs[1]) else ():
        if was and now and was.is_translated and was != now:
            untouched_one = any(was.into(each) == now.into(each) for each in LANGUAGES)
            assert ((not now.is_translated) or untouched_one) <= any(mentions(each, field) for each in told)


def pair_of(field: Field, lecture: Lecture) -> tuple[Localized | None, ...]:
    """The texts of the field."""
    if field is Field.SPEAKER:
        return tuple(text for each in lecture.speakers for text in (each.name, each.affiliation))
    if field is Field.VENUE:
        return (lecture.venue.name, lecture.venue.room) if lecture.venue else (None, None)
    return (getattr(lecture, field),)


def mentions(told: OtherLanguage, field: Field) -> bool:
    """Whether that field is among what is told."""
    return told.field is field
