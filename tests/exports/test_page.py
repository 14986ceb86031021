"""The page's blocks: exactly in the organizers' template, and no change when they are imported again."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.language import LANGUAGES, Language
from bot.domain.lecture import Lecture, Registration, Status, Venue
from bot.domain.series import Series
from bot.exports.page import page_block, page_part
from bot.schedule.reader import read, read_file
from bot.sources.diff import Differences, differences
from bot.sources.page.reader import page_reading
from tests.domain.generated import instants, thorough
from tests.domain.generated import series as any_series
from tests.examples import (
    BEFORE_THREE,
    BERLIN,
    DAY_ONLY,
    EXAMPLE,
    NOT_YET_OPEN,
    OPEN,
    OVER_IN_PREPARATION,
    UNDATED,
    at,
    both,
    dated,
    with_form,
    with_lecture,
)
from tests.processes import ROOT

SHIPPED = ROOT / "lectures.yaml"
PAGES = sorted((ROOT.parent / "shared" / "pages").glob("*.md"))
JAPAN = ZoneInfo("Asia/Tokyo")
PAGE = "https://series.example/ml/"


def imported(text: str, series: Series, now: datetime) -> Differences:
    """What taking in the page would change, and what it would warn of."""
    reading = page_reading(text, zone=series.timezone, base_url=series.links.page)
    found = differences(reading, series, now=now)
    return Differences(found.differences, (*reading.warnings, *found.warnings))


def block(lecture: Lecture, series: Series = EXAMPLE, now: datetime = BEFORE_THREE, language: Language = "ja") -> str:
    """The lecture's block on the page of a series to which it belongs."""
    return page_block(with_lecture(series, lecture), lecture, now, language)


def test_a_lecture_to_come() -> None:
    assert block(OPEN) == (
        "# 第3回\n"
        "日時: 2030/4/18 (木) 13:00-17:00 JST <br>\n"
        "講師: 大空 翼 (銀河大) <br>\n"
        "講演題目: 機械学習で見る銀河 <br>\n"
        "開催方法: 対面とオンラインのハイブリッド <br>\n"
        "場所: [銀河大学 西館](https://maps.example/west)201教室 <br>\n"
        "使用言語: 日本語 <br>\n"
        "備考: <br>\n"
        "双眼鏡をお持ちください。 <br>\n"
        "概要: <br>\n"
        "銀河の形を分類します。 <br>\n"
        "詳しくは[資料集](https://files.example/3)をご覧ください。 <br>\n"
        "\n"
        "[[第3回参加登録フォーム]](https://forms.example/3) <br>\n"
    )


def test_what_is_provisional_unusual_or_undecided() -> None:
    assert block(NOT_YET_OPEN) == (
        "# 第4回\n"
        "日時: 2030/5/20 (月) 10:00-12:00 JST <br>\n"
        "講師: 月島 光 (銀河大) <br>\n"
        "講演題目: 月の裏側 (仮) <br>\n"
        "開催方法: 対面のみ <br>\n"
        "場所: [潮の研究所](https://maps.example/tides) (予定、**いつもと会場が異なります**) <br>\n"
    )
    labels = ("日時", "講師", "講演題目", "開催方法", "場所")
    assert block(UNDATED).splitlines() == ["# 第6回", *(f"{label}: TBA <br>" for label in labels)]


def test_a_lecture_that_is_over_has_materials_and_no_form() -> None:
    lecture = replace(OVER_IN_PREPARATION, registration=Registration("https://forms.example/2"))
    assert block(lecture) == (
        "# 第2回\n"
        "日時: 2030/3/14 (木) 13:00-17:00 JST <br>\n"
        "講師: 星野 かおる (天文台) <br>\n"
        "講演題目: シリウスの伴星 <br>\n"
        "開催方法: オンラインのみ <br>\n"
        "\n"
        "[[スライド]](https://files.example/2.pdf) <br>\n"
        "[[動画]]()：準備中 <br>\n"
    )


@pytest.mark.parametrize(
    ("lecture", "line"),
    [
        (DAY_ONLY, "日時: 2030/6/17 (月) 時間未定 <br>"),
        (dated(7, "2030-06-17T13:00"), "日時: 2030/6/17 (月) 13:00- JST <br>"),
        (
            dated(7, "2030-06-17T22:00", "2030-06-18T02:00"),
            "日時: 2030/6/17 (月) 22:00-2030/6/18 (火) 02:00 JST <br>",
        ),
        (dated(7, "2030-06-17T13:00", "2030-06-17T14:00", BERLIN), "日時: 2030/6/17 (月) 13:00-14:00 <br>"),
        (replace(DAY_ONLY, status=Status.POSTPONED), "# 第5回 (延期)"),
        (replace(DAY_ONLY, status=Status.CANCELLED), "# 第5回 (中止)"),
        (
            replace(DAY_ONLY, venue=Venue(both("潮の研究所", "I"), both("2階", "2F"))),
            "場所: 潮の研究所 2階 (**いつもと会場が異なります**) <br>",
        ),
        (replace(DAY_ONLY, title=both("x_1* <b>\n[a]", "x")), "講演題目: x\\_1\\* \\<b\\> \\[a\\] <br>"),
        (replace(DAY_ONLY, language="fr"), "使用言語: フランス語 <br>"),
        (
            with_form(DAY_ONLY, None, at("2030-06-15T18:00")),
            "参加登録締切: 2030/6/15 (土) 18:00 JST <br>",
        ),
        (with_form(DAY_ONLY, None, None, 6), "[[第5回・第6回参加登録フォーム]](https://forms.example/5) <br>"),
        (with_form(DAY_ONLY, None, None, 3), "[[第5回参加登録フォーム]](https://forms.example/5) <br>"),
        (
            replace(OPEN, registration=Registration("https://forms.example/3", in_person_full=True)),
            "[[第3回参加登録フォーム]](https://forms.example/3) (対面は満席です) <br>",
        ),
    ],
)
def test_a_line_for_everything_that_may_be_said(lecture: Lecture, line: str) -> None:
    assert line in block(lecture).splitlines()


def test_another_lecture_s_form_is_shown_with_every_lecture_that_it_is_for() -> None:
    series = with_lecture(EXAMPLE, with_form(DAY_ONLY, None, None, 6))
    assert "[[第5回・第6回参加登録フォーム]](https://forms.example/5) <br>" in page_block(series, UNDATED, BEFORE_THREE)


def test_lectures_to_come_stand_before_those_that_are_over() -> None:
    postponed = replace(dated(1, "2030-01-10T13:00"), status=Status.POSTPONED)
    headings = [
        line for line in page_part(with_lecture(EXAMPLE, postponed), BEFORE_THREE).splitlines() if line.startswith("#")
    ]
    assert headings == ["# 第1回 (延期)", "# 第3回", "# 第4回", "# 第5回", "# 第6回", "# <終了した講義>", "# 第2回"]
    blocks = [page_block(EXAMPLE, EXAMPLE.lectures[place], BEFORE_THREE) for place in (2, 3, 4, 5, 0, 1)]
    blocks.insert(4, "# <終了した講義>\n")
    assert page_part(EXAMPLE, BEFORE_THREE) == "\n".join(blocks)


def test_in_other_languages_than_japanese_its_words_are_english() -> None:
    assert block(NOT_YET_OPEN, language="en") == (
        "# Lecture 4\n"
        "Date: Mon, 20 May 2030 10:00-12:00 JST <br>\n"
        "Speaker: Hikaru Tsukishima (Galaxy University) <br>\n"
        "Title: The Far Side of the Moon (tentative) <br>\n"
        "Format: In person only <br>\n"
        "Venue: [Institute of Tides](https://maps.example/tides) (tentative) (**not the usual venue**) <br>\n"
    )
    assert block(DAY_ONLY, language="de").startswith(
        "# Lecture 5\nDate: Mo., 17. Juni 2030, time to be announced <br>\n"
    )


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_importing_the_shipped_schedule_s_page_changes_nothing_and_warns_of_nothing(year: int) -> None:
    series, now = read_file(SHIPPED).series, datetime(year, 4, 6, tzinfo=UTC)
    assert imported(page_part(series, now), series, now) == Differences()


@thorough
@given(st.data())
def test_importing_what_was_exported_changes_nothing(data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(LANGUAGES))
    made = data.draw(any_series())
    assume(made.lectures)
    lectures = tuple(replace(each, materials=tuple(dict.fromkeys(each.materials))) for each in made.lectures)
    series = replace(made, lectures=lectures)
    now = data.draw(instants(series))
    assert imported(page_part(series, now, language), series, now).differences == ()


@pytest.mark.skipif(not PAGES, reason="the organizers' pages are not here")
@pytest.mark.parametrize("path", PAGES[-1:] + PAGES[6::6], ids=lambda path: path.stem)
def test_what_the_real_page_states_is_exported_and_imported_as_it_is(path: Path) -> None:
    reading = page_reading(path.read_text(encoding="utf-8"), zone=JAPAN, base_url=PAGE)
    lectures = [{"number": each.id, **each.fields} for each in reading.lectures.values()]
    head = {"name": "S", "timezone": JAPAN.key, "page": {"url": PAGE}}
    series = read(json.dumps({"series": head, "lectures": lectures}, ensure_ascii=False).encode(), "page.json").series
    now = datetime.fromisoformat(path.stem.replace("+09-00", "")[:10]).replace(tzinfo=JAPAN)
    stated = {each.id: each.fields for each in reading.lectures.values()}
    for language in LANGUAGES:
        again = page_reading(page_part(series, now, language), zone=JAPAN, base_url=PAGE)
        assert differences(again, series, now=now).differences == ()
        assert {each.id: each.fields for each in again.lectures.values()} == stated
