"""Only what the page means otherwise is a difference; nothing of ours is lost that the page did not withdraw."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from bot.domain.edits import FieldEdit, FieldPath
from bot.schedule.yaml_reader import Tree
from bot.sources.diff import Differences, differences
from bot.sources.model import SourceRefusedError
from tests.sources.page.pages import BASE, FORM, LECTURE, LECTURE_FIELDS, PAGE, reading
from tests.sources.schedules import NOW, Lectures, edited, lecture, series

BOTH: Mapping[str, Tree] = {
    "starts": "2024-07-22T13:00",
    "ends": "2024-07-22T17:00",
    "speaker": {
        "name": {"ja": "山田 花子", "en": "Hanako Yamada"},
        "affiliation": {"ja": "架空大学", "en": "Imaginary University"},
    },
    "title": {"ja": "渦の統計", "en": "Statistics of Vortices"},
    "mode": "hybrid",
    "venue": {
        "name": {"ja": "架空大学東京キャンパス", "en": "Imaginary University Tokyo Campus"},
        "room": {"ja": "118教室", "en": "Room 118"},
        "url": "https://example.org/map",
    },
    "summary": {"ja": "渦の話。", "en": "On vortices."},
    "abstract": "渦について話します。\n統計も扱います。",
    "registration": {"url": FORM},
}
"""The lecture to come as the schedule has it, completed by hand."""


def compared(page: str, *lectures: dict[str, Tree], before: str | None = None, **settings: Tree) -> Differences:
    """A page beside a schedule with these lectures."""
    earlier = reading(before) if before else None
    return differences(reading(page), series(lectures, **settings), now=NOW, before=earlier)


def changes(page: str, before: str | None = None, **ours: Tree) -> list[FieldEdit]:
    """The edits that a page with lecture 12 asks for in the completed schedule, of which some fields are others."""
    fields: dict[str, Tree] = {name: value for name, value in {**BOTH, **ours}.items() if value is not None}
    found = compared(page, lecture(12, **fields), before=before)
    assert found.warnings == ()
    return [each.edit for each in found.differences]


def page_with(before: str, after: str, page: str = LECTURE) -> str:
    """The invented lecture with one thing written otherwise."""
    assert before in page
    return page.replace(before, after)


def test_a_page_in_an_empty_schedule_is_all_new_lectures() -> None:
    found = compared(PAGE)
    assert [(each.lecture, each.path, each.ours) for each in found.differences] == [
        ("10", (), None),
        ("11", (), None),
        ("12", (), None),
    ]
    assert found.differences[2].edit == FieldEdit("12", (), {"number": "12", **LECTURE_FIELDS})
    assert compared(PAGE, *edited([], [each.edit for each in found.differences])).differences == ()


def test_a_new_lecture_is_told_in_both_languages_where_the_schedule_knows_both() -> None:
    known = lecture(
        11,
        venue={
            "name": {"ja": "架空大学東京キャンパス", "en": "Tokyo Campus"},
            "room": {"ja": "116教室", "en": "Room 116"},
        },
    )
    found = compared(f"# 第11回\n備考: 電卓\n\n{LECTURE}", known)
    value = next(each.edit.value for each in found.differences if each.lecture == "12")
    assert isinstance(value, dict)
    assert value["venue"] == {
        "name": {"ja": "架空大学東京キャンパス", "en": "Tokyo Campus"},
        "room": {"ja": "118教室", "en": "Room 118"},
        "url": "https://example.org/map",
    }


def test_a_heading_alone_is_no_lecture_yet() -> None:
    page = reading(f"{LECTURE}\n# 第13回\n")
    assert differences(page, series([lecture(12, **BOTH)]), now=NOW).differences == ()
    assert [each.name for each in page.warnings] == ["empty"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("第12回\n", "第１２回（予定）\n"),
        ("日時: 2024/7/22 (月) 13:00-17:00 JST <br>", "日 時：２０２４年７月２２日（月）　１３時〜１７時<br>"),
        ("講師: 山田 花子 (架空大学) <br>", "発表者:山田　花子（架空大学）<br/>"),
        ("講演題目: 渦の統計", "講演タイトル：　渦の 統計"),
        ("対面とオンラインのハイブリッド", "ハイブリッド（対面・オンライン）"),
        (")118教室", ")　１１８教室"),
        (
            "[架空大学東京キャンパス](https://example.org/map)118教室",
            "[架空大学東京キャンパス 118教室](https://www.example.org/map/)",
        ),
        ("[架空大学東京キャンパス](https://example.org/map)118教室", "架空大学東京キャンパス<br>\n教室: 118教室"),
        ("場所:", "会場"),
        ("渦について話します。<br>\n", "渦について\n話します。\n\n"),
        (f"]({FORM})", f"]({FORM}?usp=sf_link&utm_source=mail)"),
        ("[[第12回参加登録フォーム]]", "[参加登録はこちら]"),
        ("渦の統計 <br>", "Statistics of Vortices <br>"),
        ("概要: <br>", "<!-- x -->概要: <br>"),
        ("開催方法: 対面とオンラインのハイブリッド <br>\n", ""),
        ("2024/7/22 (月) 13:00-17:00 JST", "2024/7/22 (月)"),
        ("2024/7/22 (月) 13:00-17:00 JST", "2024/7/22 (月) 13:00-"),
    ],
)
def test_the_same_said_otherwise_is_no_difference(before: str, after: str) -> None:
    assert changes(page_with(before, after)) == []


def test_a_sweep_through_the_whole_page_is_no_difference() -> None:
    lectures: Lectures = edited([], [each.edit for each in compared(PAGE).differences])
    swept = PAGE
    for before, after in (
        ("講師:", "発表者："),
        ("講演題目:", "【発表題目】"),
        ("場所:", "会場　:"),
        ("(月)", "（月曜日）"),
        ("-17:00 JST", " 〜 17：00"),
        ("118教室", "　１１８教室"),
        (" <br>", "　<br />"),
        ("<終了した講義>", "<過去の講義>"),
        ("./mean.pdf", "https://example.org/lectures/mean.pdf?utm_campaign=x"),
        ("viewform", "viewform?usp=sharing"),
        ("スライド1", "ｽﾗｲﾄﾞ１"),
    ):
        assert before in swept
        swept = swept.replace(before, after)
    found = compared(swept, *lectures)
    assert (found.differences, found.warnings, reading(swept).warnings) == ((), (), ())


def test_what_the_page_lacks_stays() -> None:
    assert changes("# 第12回\n日時: 2024/7/22 (月)\n\n[[参加登録フォーム]](" + FORM + ")") == []


# ---- each field


@pytest.mark.parametrize(
    ("before", "after", "edits"),
    [
        ("13:00-17:00", "13:30-17:00", [(("starts",), "2024-07-22T13:30")]),
        ("7/22 (月)", "7/29 (月)", [(("starts",), "2024-07-29T13:00"), (("ends",), "2024-07-29T17:00")]),
        ("7/22 (月) 13:00-17:00", "7/29 (月)", [(("starts",), "2024-07-29"), (("ends",), None)]),
        ("ハイブリッド", "開催", []),
        ("対面とオンラインのハイブリッド", "オンライン", [(("mode",), "online")]),
        ("渦の統計", "渦の統計（仮）", [(("title_tentative",), "true")]),
        ("118教室", "116教室", [(("venue", "room"), {"ja": "116教室", "en": "Room 116"})]),
        ("118教室", "118教室 (予定)", [(("venue", "tentative"), "true")]),
        ("example.org/map", "example.org/campus", [(("venue", "url"), "https://example.org/campus")]),
        ("統計も扱います", "統計は扱いません", [(("abstract",), "渦について話します。\n統計は扱いません。")]),
        ("概要:", "備考: 電卓<br>\n概要:", [(("notes",), "電卓")]),
        ("LSexample", "LSother", [(("registration", "url"), FORM.replace("LSexample", "LSother"))]),
        ("<br>\n\n[[", "<br>\n登録締切: 2024/7/20 12:00\n\n[[", [(("registration", "closes"), "2024-07-20T12:00")]),
        ("フォーム]]", "フォーム(対面は満席)]]", []),
        ("viewform) <br>", "viewform) (対面は満席です)<br>", [(("registration", "in_person"), "full")]),
        ("# 第12回", "# 第12回 (延期)", [(("status",), "postponed")]),
        ("# 第12回", "# 第12回【中止】", [(("status",), "cancelled")]),
        ("2024/7/22 (月) 13:00-17:00 JST", "未定 (決まり次第お知らせします)", [(("status",), "postponed")]),
        ("2024/7/22 (月) 13:00-17:00 JST", "延期", [(("status",), "postponed")]),
    ],
)
def test_a_change_asks_for_one_edit(before: str, after: str, edits: list[tuple[tuple[str, ...], Tree]]) -> None:
    assert changes(page_with(before, after)) == [FieldEdit("12", path, value) for path, value in edits]


def test_what_is_no_longer_provisional_loses_the_mark() -> None:
    venue = {**BOTH["venue"], "tentative": "true"} if isinstance(BOTH["venue"], dict) else {}
    assert changes(LECTURE, title_tentative="true", venue=venue) == [
        FieldEdit("12", ("title_tentative",), None),
        FieldEdit("12", ("venue", "tentative"), None),
    ]


def test_a_postponed_lecture_with_a_new_date_is_planned_again() -> None:
    assert changes(page_with("7/22 (月)", "9/2 (月)"), status="postponed") == [
        FieldEdit("12", ("status",), None),
        FieldEdit("12", ("starts",), "2024-09-02T13:00"),
        FieldEdit("12", ("ends",), "2024-09-02T17:00"),
    ]
    assert changes(LECTURE, status="postponed") == []


def test_what_is_no_longer_said_to_be_put_off_is_planned_again() -> None:
    page = page_with("# 第12回", "# 第12回 (中止)")
    assert changes(LECTURE, before=page, status="cancelled") == [FieldEdit("12", ("status",), None)]
    assert changes(LECTURE, before=LECTURE, status="cancelled") == []


def test_what_the_schedule_lacks_is_filled_in() -> None:
    found = compared(LECTURE, lecture(12))
    assert edited([lecture(12)], [each.edit for each in found.differences]) == [{"number": "12", **LECTURE_FIELDS}]


# ---- two languages


def test_a_new_title_leaves_the_english_to_be_looked_at() -> None:
    found = compared(page_with("渦の統計", "渦の力学"), lecture(12, **BOTH))
    assert [each.edit for each in found.differences] == [FieldEdit("12", ("title", "ja"), "渦の力学")]
    assert found.differences[0].ours == BOTH["title"]
    assert [each.name for each in found.warnings] == ["translation_stale"]


def test_a_name_that_is_written_more_fully_keeps_its_english() -> None:
    found = compared(page_with("(架空大学)", "(架空大学理学部)"), lecture(12, **BOTH))
    assert [each.edit for each in found.differences] == [
        FieldEdit("12", ("speaker", "affiliation", "ja"), "架空大学理学部")
    ]
    assert [each.name for each in found.warnings] == ["translation_stale"]


def test_another_venue_does_not_keep_the_english_of_the_former_one() -> None:
    page = page_with(
        "[架空大学東京キャンパス](https://example.org/map)118教室", "[空想大学会館](https://example.org/k) (予定)"
    )
    found = compared(page, lecture(12, **BOTH))
    value: Tree = {"name": "空想大学会館", "url": "https://example.org/k", "tentative": "true"}
    assert [each.edit for each in found.differences] == [FieldEdit("12", ("venue",), value)]
    assert [each.name for each in found.warnings] == ["translation_missing"]


def test_another_venue_that_the_schedule_knows_comes_in_both_languages() -> None:
    page = page_with("架空大学東京キャンパス", "空想大学会館")
    other = lecture(11, venue={"name": {"ja": "空想大学会館", "en": "Fancy Hall"}})
    found = compared(f"{page}\n# 第11回\n備考: 電卓", lecture(12, **BOTH), other)
    value: Tree = {
        "name": {"ja": "空想大学会館", "en": "Fancy Hall"},
        "room": {"ja": "118教室", "en": "Room 118"},
        "url": "https://example.org/map",
    }
    assert FieldEdit("12", ("venue",), value) in [each.edit for each in found.differences]
    assert found.warnings == ()


def test_another_speaker_takes_nothing_over_from_the_former_one() -> None:
    found = compared(page_with("山田 花子 (架空大学)", "川田 次郎"), lecture(12, **BOTH))
    assert [each.edit for each in found.differences] == [FieldEdit("12", ("speaker",), {"name": "川田 次郎"})]
    assert [each.name for each in found.warnings] == ["translation_missing"]


def test_a_room_of_another_place_without_its_english_is_told() -> None:
    venue: Tree = {"name": {"ja": "東館", "en": "East Hall"}, "room": {"ja": "大広間", "en": "Great Hall"}}
    ours = [lecture(12, **BOTH), lecture(11, venue=venue)]
    before = "[架空大学東京キャンパス](https://example.org/map)118教室"
    found = compared(page_with(before, "東館 小会議室"), *ours)
    (edit,) = [each.edit for each in found.differences if each.path == ("venue",)]
    assert edit.value == {"name": {"ja": "東館", "en": "East Hall"}, "room": "小会議室"}
    assert [each.name for each in found.warnings if each.lecture == "12"] == ["translation_missing"]


# ---- materials

SECOND: Tree = {"ja": "スライド2", "en": "Slides 2"}
SLIDES: dict[str, Tree] = {"label": {"ja": "スライド1", "en": "Slides 1"}, "kind": "slides", "url": f"{BASE}a.pdf"}
VIDEO: Tree = {"label": {"ja": "動画", "en": "Video"}, "kind": "video", "status": "in_preparation"}


@pytest.mark.parametrize(
    ("links", "ours", "value"),
    [
        ("[[スライド1]](a.pdf) [[動画]]()：準備中", [SLIDES, VIDEO], "same"),
        ("[[動画]]()：準備中 [[スライド1]](a.pdf)", [SLIDES, VIDEO], "same"),
        ("[[スライド2]](b.pdf)", None, [SLIDES | {"label": SECOND, "url": f"{BASE}b.pdf"}]),
        (
            "[[スライド1]](a.pdf)\n[[スライド2]](b.pdf)",
            [SLIDES],
            [SLIDES, {"label": {"ja": "スライド2", "en": "Slides 2"}, "kind": "slides", "url": f"{BASE}b.pdf"}],
        ),
        (
            "[[スライド1]](a.pdf)\n[[動画]](https://youtu.be/x)",
            [SLIDES, VIDEO],
            [SLIDES, {"label": {"ja": "動画", "en": "Video"}, "kind": "video", "url": "https://youtu.be/x"}],
        ),
        (
            "[[ホワイトボード]](a.pdf)",
            [SLIDES],
            [{"label": {"ja": "ホワイトボード", "en": "Whiteboard"}, "kind": "whiteboard", "url": f"{BASE}a.pdf"}],
        ),
        (
            "[[スライド1]](c.pdf)",
            [SLIDES],
            [{"label": {"ja": "スライド1", "en": "Slides 1"}, "kind": "slides", "url": f"{BASE}c.pdf"}],
        ),
        ("<!--[[スライド1]](a.pdf)-->[[動画]]()：準備中", [SLIDES, VIDEO], [VIDEO]),
        ("<!--[[スライド1]](a.pdf)-->", [SLIDES], None),
        ("[[スライド1]](https://us02web.zoom.us/j/1234567890)", [SLIDES], "same"),
    ],
)
def test_materials_follow_the_page(links: str, ours: list[Tree] | None, value: Tree) -> None:
    edits = changes(f"{LECTURE}\n{links}\n", materials=ours)
    assert edits == ([] if value == "same" else [FieldEdit("12", ("materials",), value)])


def test_a_material_that_never_came_from_the_page_stays() -> None:
    page = f"{LECTURE}\n[[動画]]()：準備中\n"
    assert changes(page, before=page, materials=[SLIDES, VIDEO]) == []
    assert changes(page, before=f"{page}[[スライド1]](a.pdf)", materials=[SLIDES, VIDEO]) == [
        FieldEdit("12", ("materials",), [VIDEO])
    ]


# ---- what is withdrawn, and what is only missing


def test_a_form_that_is_gone_is_withdrawn_before_the_lecture_but_not_after() -> None:
    page = LECTURE.partition("[[")[0]
    assert changes(page) == [FieldEdit("12", ("registration",), None)]
    assert changes(page, registration={"url": FORM, "closes": "2024-07-21T12:00"}) == [
        FieldEdit("12", ("registration", "url"), None)
    ]
    assert changes(page, before=page) == []
    assert changes(page, before=LECTURE) == [FieldEdit("12", ("registration",), None)]
    over = differences(reading(page), series([lecture(12, **BOTH)]), now=NOW + timedelta(days=60))
    assert over.differences == ()


def test_a_form_that_is_not_understood_leaves_ours_in_place() -> None:
    assert changes(page_with("/e/1FAIpQLSexample/viewform", "/1example/edit")) == []


def test_what_is_undecided_again_is_withdrawn_if_the_page_had_it_before() -> None:
    page = page_with("講演題目: 渦の統計", "講演題目: TBA")
    assert changes(page, before=LECTURE) == [FieldEdit("12", ("title",), None)]
    found = compared(page, lecture(12, **BOTH))
    assert (found.differences, [each.name for each in found.warnings]) == ((), ["undecided"])
    assert changes(page_with(")118教室", ")"), before=LECTURE) == [FieldEdit("12", ("venue", "room"), None)]
    assert changes(page_with(")118教室", ")")) == []


def test_what_was_changed_by_hand_meanwhile_is_not_withdrawn() -> None:
    page = page_with("講演題目: 渦の統計 <br>\n", "")
    assert changes(page, before=LECTURE, title="手で直した題目") == []


def test_places_are_free_again_if_the_page_had_said_that_there_were_none() -> None:
    full = page_with("viewform) <br>", "viewform) (対面は満席です)<br>")
    form: Tree = {"url": FORM, "in_person": "full"}
    assert changes(LECTURE, registration=form) == []
    assert changes(LECTURE, before=full, registration=form) == [FieldEdit("12", ("registration", "in_person"), None)]


def test_a_form_for_two_lectures_is_told_of_both() -> None:
    page = f"# 第12回\n[[第12回・第13回参加登録フォーム]]({FORM})\n\n# 第13回\n備考: 電卓\n"
    found = compared(page, lecture(12), lecture(13, notes="電卓"))
    assert [each.edit for each in found.differences] == [
        FieldEdit("12", ("registration", "url"), FORM),
        FieldEdit("12", ("registration", "also_for"), ["13"]),
        FieldEdit("13", ("registration", "url"), FORM),
        FieldEdit("13", ("registration", "also_for"), ["12"]),
    ]
    served = lecture(12, registration={"url": FORM, "also_for": ["13"]})
    assert compared(page, served, lecture(13, notes="電卓")).differences == ()


def test_a_form_is_only_told_to_serve_lectures_that_are_there() -> None:
    page = f"# 第12回\n[[第12回・第13回参加登録フォーム]]({FORM})\n\n# 第13回\n[[第13回参加登録フォーム]](https://docs.google.com/forms/d/1/edit)"
    found = compared(page)
    assert [each.edit.value for each in found.differences] == [{"number": "12", "registration": {"url": FORM}}]


# ---- dates that give themselves away


@pytest.mark.parametrize(
    ("written", "name", "nearest"),
    [
        ("2025/7/22 (月) 13:00-17:00", "date.weekday", "2024-07-22 13:00"),
        ("2024/7/23 (月) 13:00-17:00", "date.weekday", "2024-07-22 13:00"),
        ("2021/7/22 13:00-17:00", "date.order", "2024-07-22 13:00"),
        ("1024/7/22 13:00-17:00", "date.year", None),
    ],
)
def test_a_mistyped_date_is_reported_and_ours_stays(written: str, name: str, nearest: str | None) -> None:
    page = reading(PAGE.replace("2024/7/22 (月) 13:00-17:00", written))
    assert page.lectures["12"].unclear == {"starts", "ends"}
    assert [(each.line, each.lecture, each.name) for each in page.warnings] == [(24, "12", name)]
    assert str(page.warnings[0].values.get("nearest", "None"))[:16] == str(nearest)[:16]
    schedule = edited([], [each.edit for each in compared(PAGE).differences])
    assert differences(page, series(schedule), now=NOW).differences == ()


# ---- refused as a whole


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "refused.no_lectures"),
        ("404: Not Found", "refused.no_lectures"),
        ("# 架空の物理講義\n\n準備中です。", "refused.no_lectures"),
        ("<!DOCTYPE html>\n<html><h1>第1回</h1></html>", "refused.no_fields"),
        ("# 第1回\n\n旅の日記。\n\n# 第2回\n\n続き。", "refused.no_fields"),
        (f"<!--\n{LECTURE}", "refused.no_lectures"),
        ("x" * 400_001, "refused.too_long"),
    ],
)
def test_what_is_not_the_page_is_refused(text: str, name: str) -> None:
    with pytest.raises(SourceRefusedError) as refused:
        reading(text)
    assert refused.value.name == name


def test_a_page_that_lost_most_of_its_lectures_is_refused() -> None:
    many = [lecture(number, title=f"講義 {number}") for number in range(8, 13)]
    with pytest.raises(SourceRefusedError) as refused:
        compared(LECTURE + "\n# 第11回\n", *many)
    assert (refused.value.name, refused.value.values) == ("refused.lost", {"lost": 4, "known": 5})


@pytest.mark.parametrize(
    ("label", "expected", "warned"),
    [
        ("補遺の改訂版", {"ja": "補遺の改訂版", "en": "Appendix"}, ["translation_stale"]),
        ("付録", "付録", ["translation_missing"]),
        ("スライド", {"ja": "スライド", "en": "Slides"}, []),
        ("補遺", {"ja": "補遺", "en": "Appendix"}, []),
    ],
)
def test_the_english_of_a_label_is_kept_made_or_said_to_be_gone(label: str, expected: Tree, warned: list[str]) -> None:
    ours: Tree = {"label": {"ja": "補遺", "en": "Appendix"}, "kind": "other", "url": f"{BASE}a.pdf"}
    text = f"{LECTURE}\n[[{label}]](a.pdf)\n[[動画]](https://youtu.be/x)\n"
    found = compared(text, lecture(12, **BOTH, materials=[ours]))
    (edit,) = [each.edit for each in found.differences if each.path == ("materials",)]
    assert isinstance(edit.value, list)
    first = edit.value[0]
    assert isinstance(first, dict)
    assert first["label"] == expected
    assert [each.name for each in found.warnings] == warned


def test_a_single_lecture_that_is_gone_is_reported_and_stays() -> None:
    found = compared(PAGE, lecture(9), *edited([], [each.edit for each in compared(PAGE).differences]))
    assert found.differences == ()
    assert [(each.lecture, each.name) for each in found.warnings] == [("9", "missing")]


def test_the_page_of_another_series_is_refused() -> None:
    others = [
        lecture(
            number, starts=f"2023-{number - 9:02}-02", title=f"別の題 {number}", speaker={"name": f"別の人 {number}"}
        )
        for number in (10, 11, 12)
    ]
    with pytest.raises(SourceRefusedError) as refused:
        compared(PAGE, *others)
    assert refused.value.name == "refused.another"


def test_several_speakers_are_compared_one_by_one() -> None:
    two = page_with("山田 花子 (架空大学)", "山田 花子 (架空大学)、佐藤 次郎 (仮想研)")
    yamada: dict[str, Tree] = {"name": "山田 花子", "affiliation": "架空大学"}
    sato: dict[str, Tree] = {"name": "佐藤 次郎", "affiliation": "仮想研"}
    assert changes(two, speaker=yamada) == [FieldEdit("12", ("speaker",), [yamada, sato])]
    assert changes(two, speaker=[sato, BOTH["speaker"]]) == []
    row = page_with("山田 花子 (架空大学)", "山田 花子・佐藤 次郎 (架空大学)")
    assert changes(row, speaker=[BOTH["speaker"], sato]) == [], "one name for the page, the same two people for us"
    assert changes(LECTURE, speaker=[yamada, sato]) == [FieldEdit("12", ("speaker",), yamada)]


def test_the_reading_of_a_name_is_taken_over_and_none_is_lost() -> None:
    said = LECTURE.replace("講演題目:", "ふりがな: やまだ はなこ <br>\n講演題目:")
    speaker = {"name": "山田 花子", "affiliation": "架空大学"}
    assert changes(said) == [FieldEdit("12", ("speaker", "reading"), "やまだ はなこ")]
    assert changes(said, speaker={**speaker, "reading": "やまだ はなこ"}) == []
    assert changes(LECTURE, before=said, speaker={**speaker, "reading": "やまだ はなこ"}) == []


TALKS: list[Tree] = [
    {
        "title": {"ja": "渦", "en": "Vortices"},
        "speaker": {"name": "山田 花子"},
        "starts": "13:00",
        "abstract": "渦の話。",
    },
    {
        "title": "波",
        "speaker": {"name": "鈴木 一郎"},
        "starts": "14:00",
        "materials": [{"label": "スライド", "url": "https://example.org/2.pdf"}],
    },
]


@pytest.mark.parametrize(
    ("program", "edits"),
    [
        ("13:00 「渦」山田 花子 <br>\n14:00 「波」鈴木 一郎", []),
        ("14:00 「波」鈴木 一郎 <br>\n13:00 「渦」山田 花子", []),
        ("13:00 「渦」山田 花子 <br>\n14:30 「大波」鈴木 一郎", [("talks", 1, "title"), ("talks", 1, "starts")]),
        ("13:00 「渦」山田 花子 <br>\n14:00 「波」佐藤 次郎", [("talks", 1, "speaker")]),
        ("13:00 「渦」山田 花子", [("talks",)]),
        ("13:00 「渦」山田 花子 <br>\n14:00 「波」鈴木 一郎 <br>\n15:00 「風」佐藤 次郎", [("talks",)]),
    ],
)
def test_talks_are_compared_one_by_one(program: str, edits: list[FieldPath]) -> None:
    page = page_with("場所:", f"プログラム: <br>\n{program} <br>\n場所:")
    found = [each for each in changes(page, talks=TALKS) if each.path[0] == "talks"]
    assert [each.path for each in found] == edits
    for each in found:
        if each.path == ("talks",):
            assert isinstance(each.value, list)
            assert each.value[0] == TALKS[0]


def test_talks_that_the_page_no_longer_has_are_withdrawn() -> None:
    before = page_with("場所:", "プログラム: <br>\n13:00 「渦」山田 花子 <br>\n14:00 「波」鈴木 一郎 <br>\n場所:")
    assert changes(LECTURE, talks=TALKS) == []
    assert changes(LECTURE, before=before, talks=TALKS) == [FieldEdit("12", ("talks",), None)]
