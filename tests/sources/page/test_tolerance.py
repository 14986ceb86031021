"""Everything that organizers write differently from day to day is understood alike; what isn't is said and left out."""

import pytest

from bot.schedule.yaml_reader import Tree
from tests.sources.page.pages import (
    BASE,
    FORM,
    LECTURE,
    LECTURE_FIELDS,
    PAGE,
    one,
    reading,
    stated,
    unclear,
    undecided,
    warned,
)


def test_a_lecture_is_read_field_by_field() -> None:
    page = reading(LECTURE)
    assert page.lectures["12"].fields == LECTURE_FIELDS
    assert page.lectures["12"].line == 1
    assert page.warnings == ()


def test_a_page_is_read_whatever_section_its_lectures_stand_in() -> None:
    page = reading(PAGE)
    assert list(page.lectures) == ["10", "11", "12"]
    assert page.lectures["12"].fields == LECTURE_FIELDS
    assert page.lectures["10"].fields == {
        "starts": "2024-05-20T13:30",
        "ends": "2024-05-20T17:00",
        "speaker": {"name": "佐藤 次郎", "affiliation": "仮想研"},
        "title": "場の平均",
        "mode": "hybrid",
        "venue": {"name": "架空大学東京キャンパス", "room": "116教室"},
        "abstract": "平均場について話しました。",
        "materials": [
            {"label": "スライド1", "kind": "slides", "url": f"{BASE}mean.pdf"},
            {"label": "動画", "kind": "video", "status": "in_preparation"},
        ],
    }
    assert page.lectures["11"].fields == {
        "starts": "2024-06-17T13:00",
        "ends": "2024-06-17T17:00",
        "speaker": {"name": "高橋 三郎", "affiliation": "空想大学"},
        "mode": "online",
    }
    assert page.lectures["11"].undecided == {"title", "venue", "abstract"}
    assert page.warnings == ()


# ---- comments and markup


@pytest.mark.parametrize(
    "text",
    [
        "講師: 山田 花子\n<!-- 講演題目: 秘密 -->",
        "講師: 山田 花子 <!-- (秘密大学) -->",
        "講師: 山田 花子\n<!--\n\n# 第8回\n講演題目: 秘密\n\n-->",
        "<!-- 講師: 秘密\n-->講師: 山田 花子",
        "講師: 山田 花子\n<!-- [[スライド]](a.pdf)\n--><!-- [[動画]](b) -->",
        "講師: ~~秘密 太郎~~ 山田 花子",
        "講師: <del>秘密 太郎</del>山田 花子",
        "講師: <!-->山田 花子",
    ],
)
def test_what_is_commented_out_or_struck_is_no_content(text: str) -> None:
    assert stated(text) == {"speaker": {"name": "山田 花子"}}


def test_a_comment_that_is_never_closed_hides_the_rest_and_is_reported() -> None:
    assert warned("講師: 山田 花子\n<!-- 題目\n講演題目: 渦") == [(3, "comment")]
    assert one("講師: 山田 花子\n<!-- 題目\n講演題目: 渦")[0].fields == {"speaker": {"name": "山田 花子"}}


@pytest.mark.parametrize(
    "text",
    [
        "**講演題目**: 渦の統計 <br>",
        "講演題目: **渦の統計**",
        "<b>講演題目:</b> 渦の統計</br>",
        "- 講演題目: 渦の統計",
        "・講演題目：渦の統計",
        "    講演題目: 渦の統計",
        "　講演題目　：　渦の統計　<BR/>",
        "【講演題目】渦の統計",
        "[講演題目] 渦の統計",
        "■ 講演題目 渦の統計",
        "講演題目　渦の統計",
        "講 演 題 目: 渦の統計",
        "講演題目\n渦の統計",
        "講演題目:\n渦の統計<br>",
        "## 講演題目\n渦の統計",
        "<div>\n講演題目: 渦の統計\n</div>",
        "講演題目;渦の統計",
        "講演題目: 渦の統計\r\n",
        "> 講演題目: 渦の統計",
        "講演題目: 渦の\n統計",
    ],
)
def test_markup_spacing_brackets_and_colons_do_not_matter(text: str) -> None:
    title = stated(text)["title"]
    assert isinstance(title, str)
    assert title.replace("渦の 統計", "渦の統計") == "渦の統計"


@pytest.mark.parametrize(
    "label",
    ["発表題目", "講演題目", "講演タイトル", "発表タイトル", "題目", "タイトル", "演題", "ﾀｲﾄﾙ", "Title", "title"],
)
def test_titles_are_found_under_labels_old_and_new(label: str) -> None:
    assert stated(f"{label}: 渦の統計") == {"title": "渦の統計"}


@pytest.mark.parametrize("label", ["発表者", "講師", "講演者", "講師名", "Speaker", "講師 (敬称略)"])
def test_speakers_are_found_under_labels_old_and_new(label: str) -> None:
    assert stated(f"{label}: 山田 花子 (架空大)") == {"speaker": {"name": "山田 花子", "affiliation": "架空大"}}


@pytest.mark.parametrize("label", ["教室", "講義室", "部屋", "Room"])
def test_a_room_may_have_a_label_of_its_own(label: str) -> None:
    assert stated(f"場所: 架空大学<br>\n{label}: 118教室") == {"venue": {"name": "架空大学", "room": "118教室"}}


def test_fields_come_in_any_order() -> None:
    text = "概要: 渦です。<br>\n場所: 架空大学 601<br>\n講演題目: 渦<br>\n日時: 2024/7/22 (月)<br>\n講師: 山田 花子"
    assert stated(text) == {
        "starts": "2024-07-22",
        "speaker": {"name": "山田 花子"},
        "title": "渦",
        "venue": {"name": "架空大学", "room": "601"},
        "abstract": "渦です。",
    }


# ---- headings


@pytest.mark.parametrize(
    "heading",
    [
        "# 第9回",
        "#第9回",
        "## 第９回",
        "# 第 9 回",
        "# 第九回",
        "# **第9回**",
        "# 第9回 講義",
        "# 第9回 (オンライン)",
        "# 第9回 【終了】",
        "# 第9回（予定）",
        "第9回",
        "**第9回（予定）**",
        "# <a name='x'></a>第9回",
        "# Lecture 9",
        "# 第9回 ##",
    ],
)
def test_headings_name_the_lecture_in_many_ways(heading: str) -> None:
    assert stated("\n講師: 山田 花子", heading) == {"speaker": {"name": "山田 花子"}}


@pytest.mark.parametrize(
    ("addition", "status"),
    [
        ("(延期)", "postponed"),
        ("【開催延期】", "postponed"),
        (" ※延期となりました", "postponed"),
        ("（中止）", "cancelled"),
        (" 開催中止", "cancelled"),
    ],
)
def test_headings_say_that_a_lecture_is_put_off(addition: str, status: str) -> None:
    assert stated("講師: 山田 花子", f"# 第9回{addition}") == {"status": status, "speaker": {"name": "山田 花子"}}


def test_an_addition_to_a_heading_that_is_not_understood_is_reported() -> None:
    assert warned("講師: 山田 花子", "# 第9回 渦の統計") == [(1, "heading_addition")]


@pytest.mark.parametrize("heading", ["# 第x回", "# 第9・10回", "# 第10回・第11回", "# 第二三〇回"])
def test_a_heading_without_a_clear_number_is_reported_and_what_follows_left_out(heading: str) -> None:
    page = reading(f"# 第9回\n講師: 山田 花子\n\n{heading}\n講師: 秘密 太郎\n")
    assert {number: each.fields for number, each in page.lectures.items()} == {"9": {"speaker": {"name": "山田 花子"}}}
    assert [(each.line, each.lecture, each.name) for each in page.warnings] == [(4, None, "heading")]


def test_a_lecture_that_is_there_twice_is_never_put_together_from_both_places() -> None:
    page = reading("# 第9回\n講師: 山田 花子\n講演題目: 渦\n\n# 第9回\n講師: 山田 花子\n講演題目: 波\n備考: 電卓\n")
    assert page.lectures == {}
    assert [(each.line, each.name) for each in page.collisions] == [(5, "twice")]


def test_a_lecture_that_is_there_twice_alike_is_one() -> None:
    page = reading("# 第9回\n講師: 山田 花子\n\n# 第9回\n講師: 山田 花子\n")
    assert page.lectures["9"].fields == {"speaker": {"name": "山田 花子"}}
    assert page.collisions == ()


# ---- when


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("2024/4/25 (木) 13:00-17:00 JST", "2024-04-25T13:00", "2024-04-25T17:00"),
        ("2024/4/25(木)13:00-17:00", "2024-04-25T13:00", "2024-04-25T17:00"),
        ("２０２４／４／２５（木）　１３：００〜１７：００　ＪＳＴ", "2024-04-25T13:00", "2024-04-25T17:00"),
        ("2024年4月25日（木） 13時〜17時30分", "2024-04-25T13:00", "2024-04-25T17:30"),
        ("2024年4月25日 木曜日 午後1時半から午後5時まで", "2024-04-25T13:30", "2024-04-25T17:00"),
        ("2024-04-25 (Thu) 13:00 – 17:00", "2024-04-25T13:00", "2024-04-25T17:00"),
        ("2024.4.25 13:00 −17:00 (日本時間)", "2024-04-25T13:00", "2024-04-25T17:00"),
        ("Thursday, April 25, 2024, 13:00-17:00 (JST)", "2024-04-25T13:00", "2024-04-25T17:00"),
        ("25 Apr 2024 1:00 pm to 5:00 pm", "2024-04-25T13:00", "2024-04-25T17:00"),
        ("2024/4/29 (月・祝) 13:00-", "2024-04-29T13:00", None),
        ("令和6年4月25日（木）正午〜午後1時半", "2024-04-25T12:00", "2024-04-25T13:30"),
        ("13:00-17:00, 25 April 2024", "2024-04-25T13:00", "2024-04-25T17:00"),
        ("2024/4/25 (木) 13:00開始", "2024-04-25T13:00", None),
        ("2023/1/12(木) JST", "2023-01-12", None),
        ("2023/6/29", "2023-06-29", None),
        ("2024/4/25 (木) 時間未定", "2024-04-25", None),
        ("2024/4/25 (木) 時間は決まり次第お知らせします", "2024-04-25", None),
        ("2024/4/25 (木) 13:00-17:00 ※いつもと曜日が異なります", "2024-04-25T13:00", "2024-04-25T17:00"),
        ("【日程変更】2024/4/25 (木) 13:00-17:00", "2024-04-25T13:00", "2024-04-25T17:00"),
    ],
)
def test_dates_and_times_are_understood_as_they_are_written(text: str, starts: str, ends: str | None) -> None:
    assert stated(f"日時: {text} <br>") == ({"starts": starts} | ({"ends": ends} if ends else {}))


def test_day_and_hours_may_stand_under_two_labels() -> None:
    assert stated("日付: 2024/4/25 (木)<br>\n時間: 13:00-17:00") == {
        "starts": "2024-04-25T13:00",
        "ends": "2024-04-25T17:00",
    }


@pytest.mark.parametrize(
    "text",
    [
        "TBA",
        "未定",
        "決まり次第お知らせします",
        "日程調整中",
        "決定次第、更新します。",
        "20xx/xx/xx (月)",
        "",
        "（未定）",
        "追って連絡",
    ],
)
def test_an_undecided_date_is_one(text: str) -> None:
    assert undecided(f"日時: {text}<br>\n講師: 山田 花子") == ({"speaker": {"name": "山田 花子"}}, {"starts"}, [])


@pytest.mark.parametrize(
    "text", ["延期", "延期 (新しい日程は決まり次第お知らせします)", "開催延期となりました", "延期（日程調整中）"]
)
def test_a_date_may_be_put_off(text: str) -> None:
    assert undecided(f"日時: {text}<br>") == ({"status": "postponed"}, {"starts"}, [])


@pytest.mark.parametrize(
    "text",
    [
        "2024/4/25 (木) 13:00-17:00, 2024/4/26 (金) 13:00-17:00",
        "2024/4/25-26",
        "4/25 (木) 13:00-17:00",
        "来週の木曜 13:00-17:00",
        "2024/4/25 (木) 13:00-17:00 CET",
        "2024/2/30",
        "2024/4/25 (木) 25:00-26:00",
        "2024/4/25 → 2024/5/9 に延期",
        "春ごろ",
    ],
)
def test_a_date_that_is_not_certain_is_reported_and_left_out(text: str) -> None:
    lecture, warnings = one(f"講師: 山田 花子<br>\n日時: {text}")
    assert lecture.fields.keys() & {"starts", "ends"} == set()
    assert lecture.unclear == {"starts", "ends"}
    assert [(each.line, each.name) for each in warnings] == [(3, "value")]


def test_a_provisional_date_is_taken_with_a_warning() -> None:
    lecture, warnings = one("日時: 2024/4/25 (木) 13:00-17:00 (予定)")
    assert lecture.fields == {"starts": "2024-04-25T13:00", "ends": "2024-04-25T17:00"}
    assert [each.name for each in warnings] == ["tentative"]


def test_a_date_may_be_put_off_beside_its_old_day() -> None:
    text = "日時: 2024/9/2 (月) 13:00-17:00 JST → 延期（日程は決まり次第更新します）"
    assert stated(text) == {"status": "postponed", "starts": "2024-09-02T13:00", "ends": "2024-09-02T17:00"}


def test_an_end_before_the_start_is_reported_and_neither_is_taken() -> None:
    assert warned("日時: 2024/4/25 (木) 17:00-13:00") == [(2, "date.span")]


# ---- titles and speakers


@pytest.mark.parametrize(
    "text",
    [
        "講演題目: （仮）渦の統計",
        "講演題目: 渦の統計（仮）",
        "発表題目 (仮): 渦の統計",
        "題目:　（仮）　渦の統計",
        "題目: 仮題：渦の統計",
        "題目: 渦の統計 【仮題】",
    ],
)
def test_a_provisional_title_is_marked(text: str) -> None:
    assert stated(text) == {"title": "渦の統計", "title_tentative": "true"}


@pytest.mark.parametrize(
    "title",
    [
        "異なる次元の物理",
        "群と場 (異なる次元の場合)",
        "満員電車の統計",
        "変更点の検出",
        "相転移 (中止と再開)",
        "仮想粒子",
    ],
)
def test_a_title_with_the_words_of_a_remark_is_a_title(title: str) -> None:
    assert stated(f"題目: {title}") == {"title": title}


def test_an_abstract_with_the_words_of_a_remark_keeps_them() -> None:
    lines = ["異なる視点から渦を見ます。", "条件を変更することもあります。", "スライド: 配りません。", "中止"]
    assert stated("概要: <br>\n" + "<br>\n".join(lines)) == {"abstract": "\n".join(lines)}


def test_brackets_that_belong_to_a_title_stay() -> None:
    assert stated("題目: 群 (Group) と場（その2）〜入門〜") == {"title": "群 (Group) と場（その2）〜入門〜"}


@pytest.mark.parametrize(
    "text", ["TBA", "未定", "調整中", "", "後日お知らせします", "準備中", "（仮）", "-", "決まり次第", "xxx"]
)
def test_an_undecided_title_is_never_a_title(text: str) -> None:
    assert undecided(f"講師: 山田 花子\n講演題目: {text}<br>") == ({"speaker": {"name": "山田 花子"}}, {"title"}, [])


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("山田　花子　（架空大学）　", {"name": "山田 花子", "affiliation": "架空大学"}),
        ("山田花子(架空大)", {"name": "山田花子", "affiliation": "架空大"}),
        ("山田 花子 先生 (架空大学)", {"name": "山田 花子", "affiliation": "架空大学"}),
        ("山田 花子 氏", {"name": "山田 花子"}),
        (
            "Hanako Yamada (Imaginary University (Tokyo))",
            {"name": "Hanako Yamada", "affiliation": "Imaginary University (Tokyo)"},
        ),
        ("山田 花子（株式会社カクウ)　", {"name": "山田 花子", "affiliation": "株式会社カクウ"}),
        ("山田 花子 (所属未定)", {"name": "山田 花子"}),
        (
            "山田 花子 (架空大)、佐藤 次郎 (仮想研)",
            [{"name": "山田 花子", "affiliation": "架空大"}, {"name": "佐藤 次郎", "affiliation": "仮想研"}],
        ),
        ("山田 花子、佐藤 次郎", [{"name": "山田 花子"}, {"name": "佐藤 次郎"}]),
        ("山田 花子・佐藤 次郎 (架空大)", {"name": "山田 花子・佐藤 次郎", "affiliation": "架空大"}),
    ],
)
def test_speakers_are_name_and_affiliation(text: str, speaker: Tree) -> None:
    assert stated(f"講師: {text}<br>") == {"speaker": speaker}


@pytest.mark.parametrize("label", ["ふりがな", "フリガナ", "講師名ふりがな", "Reading"])
def test_the_reading_of_a_name_stands_beside_it(label: str) -> None:
    speaker = {"name": "山田 花子", "affiliation": "架空大学"}
    assert stated(f"講師: 山田 花子 (架空大学)<br>\n{label}: やまだ はなこ<br>") == {
        "speaker": {**speaker, "reading": "やまだ はなこ"}
    }
    assert stated(f"講師: 山田 花子 (架空大学)<br>\n{label}: 未定<br>") == {"speaker": speaker}


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("対面とオンラインのハイブリッド", "hybrid"),
        ("対面とオンラインのハイブリット", "hybrid"),
        ("対面・Zoom", "hybrid"),
        ("対面のみ", "in_person"),
        ("オンライン (Zoom)", "online"),
        ("Hybrid", "hybrid"),
    ],
)
def test_modes_are_understood(text: str, mode: str) -> None:
    assert stated(f"開催方法:{text} <br>") == {"mode": mode}


@pytest.mark.parametrize("text", ["対面 (オンライン配信なし)", "ハイブリッドを検討しています", "ラジオ"])
def test_a_mode_that_is_not_certain_is_reported(text: str) -> None:
    assert warned(f"講師: 山田\n開催方法: {text}") == [(3, "value")]


# ---- where


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("架空大学東京キャンパス 122教室", {"name": "架空大学東京キャンパス", "room": "122教室"}),
        ("架空大学東京キャンパス116教室", {"name": "架空大学東京キャンパス", "room": "116教室"}),
        ("架空大学東京キャンパス　１１６教室", {"name": "架空大学東京キャンパス", "room": "１１６教室"}),
        (
            "[架空大学東京キャンパス](m)118教室",
            {"name": "架空大学東京キャンパス", "room": "118教室", "url": f"{BASE}m"},
        ),
        (
            "[架空大学東京キャンパス118教室](m)",
            {"name": "架空大学東京キャンパス", "room": "118教室", "url": f"{BASE}m"},
        ),
        ("[架空大学](m) 本館 3階 大会議室", {"name": "架空大学", "room": "本館 3階 大会議室", "url": f"{BASE}m"}),
        (
            "会議室のカクウ 601 [案内図](./案内図.pdf)",
            {"name": "会議室のカクウ", "room": "601", "url": f"{BASE}%E6%A1%88%E5%86%85%E5%9B%B3.pdf"},
        ),
        ("架空研究所 (和光) 本館 3階 345−347号室", {"name": "架空研究所 (和光)", "room": "本館 3階 345−347号室"}),
        ("[架空大学](m) (予定)", {"name": "架空大学", "url": f"{BASE}m", "tentative": "true"}),
        (
            "[架空大学](m) (予定、**!!!いつもと会場が異なります!!!**)",
            {"name": "架空大学", "url": f"{BASE}m", "tentative": "true"},
        ),
        ("架空大学 118教室 **※いつもと会場が異なります**", {"name": "架空大学", "room": "118教室"}),
        ("架空大学118教室（いつもと教室が異なります。ご注意ください）", {"name": "架空大学", "room": "118教室"}),
        ("京都架空大学セミナーハウス", {"name": "京都架空大学セミナーハウス"}),
    ],
)
def test_venues_are_name_room_and_map(text: str, venue: Tree) -> None:
    assert stated(f"場所: {text} <br>") == {"venue": venue}


@pytest.mark.parametrize(
    "text",
    [
        "架空大学 (和光)、講義室は追って連絡",
        "架空大学 (和光) 教室未定",
        "架空大学 (和光)（教室は決まり次第お知らせします）",
        "架空大学 (和光) xxx教室",
        "架空大学 (和光)、TBA",
    ],
)
def test_a_room_may_be_undecided(text: str) -> None:
    assert undecided(f"場所: {text}<br>") == ({"venue": {"name": "架空大学 (和光)"}}, {"venue.room"}, [])


def test_an_undecided_venue_is_one() -> None:
    assert undecided("講師: 山田\n場所: TBA (対面)<br>") == ({"speaker": {"name": "山田"}}, {"venue"}, [])


# ---- running text


def test_an_abstract_keeps_its_lines_lists_and_links() -> None:
    text = """概要: <br>
一行目は
折り返します。<br>
English text
goes on. [論文](https://example.org/p)を読みます。<br>
・項目一<br>
・項目二<br>

1. 数える
2. 並べる

最後の段落。
[[スライド]](a.pdf)"""
    lecture, warnings = one(text)
    assert warnings == []
    assert lecture.fields == {
        "abstract": "一行目は折り返します。\nEnglish text goes on. [論文](https://example.org/p)を読みます。\n・項目一\n・項目二\n"
        "1. 数える\n2. 並べる\n最後の段落。",
        "materials": [{"label": "スライド", "kind": "slides", "url": f"{BASE}a.pdf"}],
    }


def test_an_abstract_goes_on_over_blank_lines_lists_and_bare_links_until_the_materials() -> None:
    text = """概要: <br>
An introduction. Examples are the following.

* first-tool: what it does

  [https://example.org/first-tool](https://example.org/first-tool)

* second-tool: what it does

  <https://example.org/second-tool>

A second paragraph of the abstract.
<br>
[[講義資料]](https://example.org/notes)"""
    assert stated(text) == {
        "abstract": "An introduction. Examples are the following.\n・first-tool: what it does\n"
        "https://example.org/first-tool\n・second-tool: what it does\nhttps://example.org/second-tool\n"
        "A second paragraph of the abstract.",
        "materials": [{"label": "講義資料", "kind": "document", "url": "https://example.org/notes"}],
    }


@pytest.mark.parametrize(
    "link",
    [
        "https://youtu.be/x",
        "[こちら](https://example.org/x)",
        "- https://example.org/x",
        "[渦の会](https://example.org/x)",
    ],
)
def test_a_link_between_lines_of_an_abstract_belongs_to_it(link: str) -> None:
    lecture, warnings = one(f"概要: 渦です。<br>\n{link}\n\nさらに渦です。<br>\n[[動画]](https://youtu.be/y)")
    abstract, materials = lecture.fields["abstract"], lecture.fields["materials"]
    assert isinstance(abstract, str)
    assert [line[:2] for line in abstract.splitlines()][::2] == ["渦で", "さら"]
    assert link.removeprefix("- ").replace("[こちら](", "").replace(")", "").split("(")[-1] in abstract
    assert materials == [{"label": "動画", "kind": "video", "url": "https://youtu.be/y"}]
    assert warnings == []


def test_a_link_of_an_unknown_kind_at_the_end_of_an_abstract_is_a_material() -> None:
    materials = [{"label": "付録", "kind": "other", "url": f"{BASE}a"}]
    assert stated("概要: 渦です。<br>\n[付録](a)") == {"abstract": "渦です。", "materials": materials}


def test_a_form_or_a_meeting_link_in_an_abstract_is_no_part_of_it() -> None:
    text = f"概要: 渦です。\n\n{FORM}\n\nhttps://us02web.zoom.us/j/1234567890\n\nさらに渦です。"
    fields, left, warnings = unclear(text)
    assert fields == {"abstract": "渦です。", "registration": {"url": FORM}}
    assert left == {"materials"}
    assert warnings == [(6, "secret.meeting_link"), (8, "text")]


@pytest.mark.parametrize(
    "later", ["TBA", "未定", "To be announced.", "TBA、決まり次第お知らせします", "Coming soon", "（準備中）"]
)
@pytest.mark.parametrize("gap", [" ", " <br>\n"])
def test_what_follows_an_abstract_that_is_not_there_yet_is_no_abstract_and_is_named(later: str, gap: str) -> None:
    sentence = (
        "この回では、会場の都合により、受付を開始時刻の三十分前から建物の正面玄関で行いますので、お早めにお越しください。"
        * 2
    )
    label = "概要:" + gap
    line = 2 + label.count("\n") + 1
    assert undecided(f"{label}{later} <br>\n{sentence}<br>\n") == ({}, {"abstract"}, [(line, "text")])
    assert undecided(f"題目: 渦\n\n{label}{later}\n\n{sentence}")[0] == {"title": "渦"}


def test_a_question_or_a_placeholder_within_a_long_abstract_leaves_it_one() -> None:
    text = "なぜ深層学習はうまくいくのか?? " + "渦の統計について、基礎から応用までを丁寧に説明します。" * 4
    assert stated(f"概要: {text}") == {"abstract": text}


def test_materials_that_are_left_out_because_of_another_are_named() -> None:
    text = "講師: 山田\n\n[[スライド]](a.pdf)\n\n[[動画]](javascript:alert(1))"
    warnings = [(4, "link.left_out"), (6, "link.invalid")]
    assert unclear(text) == ({"speaker": {"name": "山田"}}, {"materials"}, warnings)


def test_notes_go_on_until_the_next_label() -> None:
    assert stated("備考: 電卓を<br>\nお持ちください。<br>\n題目: 渦") == {
        "title": "渦",
        "notes": "電卓を\nお持ちください。",
    }


def test_what_the_page_says_of_lectures_to_come_belongs_to_none() -> None:
    assert stated("概要: 渦です。\n\n今後の予定は、決まり次第こちらでお知らせします。") == {"abstract": "渦です。"}


def test_an_unknown_label_and_stray_text_are_reported() -> None:
    assert warned("講師: 山田<br>\n司会: 鈴木<br>\n\nだれかの一言") == [(3, "label"), (5, "text")]


def test_a_field_that_is_given_twice_differently_is_left_out() -> None:
    lecture, warnings = one("講師: 山田<br>\n題目: 渦<br>\n題目: 波")
    assert lecture.fields == {"speaker": {"name": "山田"}}
    assert [(each.line, each.name) for each in warnings] == [(4, "field_twice")]
    assert stated("題目: 渦<br>\n題目: 渦") == {"title": "渦"}


# ---- forms


@pytest.mark.parametrize(
    "link",
    [
        f"[参加登録フォーム]({FORM})",
        f"[[第9回参加登録フォーム]]({FORM}) <br>",
        f"[第9回の参加登録はここから]({FORM})",
        f"【[参加登録]({FORM})】",
        f"参加登録: {FORM}",
        f"参加登録フォーム：[こちら]({FORM})",
        f"参加登録は[こちら]({FORM})からお願いします",
        f"[参加登録フォーム] ({FORM})",
        f"[[参加登録フォーム]]（{FORM}）",
        f'<a href="{FORM}">参加登録フォーム</a>',
        f"[参加登録フォーム][f]\n\n[f]: {FORM}",
    ],
)
def test_forms_are_found_however_they_are_linked(link: str) -> None:
    lecture, _ = one(f"講師: 山田<br>\n\n{link}")
    assert lecture.fields == {"speaker": {"name": "山田"}, "registration": {"url": FORM}}


@pytest.mark.parametrize(
    "label",
    [
        "第9回・第10回参加登録フォーム",
        "第9,10回 参加登録フォーム",
        "第9回と第10回の参加登録",
        "第９回〜第１０回参加登録フォーム",
    ],
)
def test_a_form_that_names_several_lectures_is_the_form_of_each(label: str) -> None:
    page = reading(f"# 第9回\n[[{label}]]({FORM})\n\n# 第10回\n講師: 山田\n")
    assert page.lectures["9"].fields == {"registration": {"url": FORM, "also_for": ["10"]}}
    assert page.lectures["10"].fields == {"speaker": {"name": "山田"}, "registration": {"url": FORM, "also_for": ["9"]}}
    assert page.warnings == ()


def test_a_form_outside_of_all_lectures_belongs_to_those_it_names() -> None:
    page = reading(f"## 参加登録\n[[第9回参加登録フォーム]]({FORM})\n\n# 第9回\n講師: 山田\n")
    assert page.lectures["9"].fields["registration"] == {"url": FORM}


def test_a_form_of_another_lecture_is_reported_and_left_out() -> None:
    lecture, warnings = one(f"講師: 山田\n\n[[第8回参加登録フォーム]]({FORM})")
    assert (lecture.fields, set(lecture.unclear)) == ({"speaker": {"name": "山田"}}, {"registration"})
    assert [(each.line, each.name, each.values) for each in warnings] == [
        (4, "form_elsewhere", {"label": "第8回参加登録フォーム"})
    ]


def test_a_form_of_two_lectures_whose_label_does_not_say_so_is_reported() -> None:
    page = reading(f"# 第9回\n[[第9回参加登録フォーム]]({FORM})\n\n# 第10回\n[[第10回参加登録フォーム]]({FORM})\n")
    assert [(each.line, each.lecture, each.name, each.values) for each in page.warnings] == [
        (5, "10", "form_shared", {"other": "9"})
    ]


@pytest.mark.parametrize(
    "url",
    [
        "https://docs.google.com/forms/d/1sExample/edit",
        "https://docs.google.com/forms/d/1sExample/",
        "https://docs.google.com/forms/d/e/1FAIpQLS/edit?usp=sharing",
    ],
)
def test_the_editors_link_of_a_form_is_reported_and_left_out(url: str) -> None:
    assert unclear(f"講師: 山田\n\n[[第9回参加登録フォーム]]({url})") == (
        {"speaker": {"name": "山田"}},
        {"registration"},
        [(4, "link.form_editor")],
    )


def test_a_form_that_is_not_there_yet_is_nothing_to_report() -> None:
    assert stated("講師: 山田\n\n[[第9回参加登録フォーム]]() <br>") == {"speaker": {"name": "山田"}}
    assert stated("講師: 山田\n参加登録: 準備中") == {"speaker": {"name": "山田"}}


@pytest.mark.parametrize(
    "remark",
    [
        "**(教室が満員になりました。これからの方はオンラインでどうぞ。)**",
        "(対面は満席です)",
        "<br>\n**※対面での参加は定員に達しました**",
    ],
)
def test_a_form_may_be_full_for_those_who_come_in_person(remark: str) -> None:
    lecture, warnings = one(f"[参加登録フォーム]({FORM}) {remark}")
    assert (lecture.fields, warnings) == ({"registration": {"url": FORM, "in_person": "full"}}, [])


def test_a_deadline_of_its_own_is_taken_if_it_is_told_in_full() -> None:
    assert stated("登録締切: 2024/7/21 (日) 正午") == {"registration": {"closes": "2024-07-21T12:00"}}
    assert warned("講師: 山田\n登録締切: 前日まで") == [(3, "value")]


# ---- materials


@pytest.mark.parametrize(
    ("text", "materials"),
    [
        (
            "[[スライド1:]](a.pdf)\n\n[[スライド2:]](b.pdf)",
            [("スライド1", "slides", f"{BASE}a.pdf"), ("スライド2", "slides", f"{BASE}b.pdf")],
        ),
        (
            "[[スライド]](a.pdf)　[[動画]](https://youtu.be/x) / [板書](c.pdf)",
            [
                ("スライド", "slides", f"{BASE}a.pdf"),
                ("動画", "video", "https://youtu.be/x"),
                ("板書", "whiteboard", f"{BASE}c.pdf"),
            ],
        ),
        (
            "[[jupyterノート]](https://example.org/n.ipynb) <br>",
            [("jupyterノート", "notebook", "https://example.org/n.ipynb")],
        ),
        ("スライド: [PDF](a.pdf)", [("スライド", "slides", f"{BASE}a.pdf")]),
        (
            "資料: [演習問題](a.pdf)、[解答](b.pdf)",
            [("演習問題", "document", f"{BASE}a.pdf"), ("解答", "document", f"{BASE}b.pdf")],
        ),
        ("[[スライド]]()：準備中<br>\n[[動画]](#) (準備中)", [("スライド", "slides", None), ("動画", "video", None)]),
        ("[[スライド]]：準備中<br>\n動画: 後日公開予定", [("スライド", "slides", None), ("動画", "video", None)]),
        ("[[スライド]](a.pdf)\n[[スライド]](a.pdf)", [("スライド", "slides", f"{BASE}a.pdf")]),
        (
            "[[コード]](https://github.com/example/code?tab=readme&x=1)",
            [("コード", "code", "https://github.com/example/code?tab=readme&x=1")],
        ),
    ],
)
def test_materials_are_taken_in_their_order(text: str, materials: list[tuple[str, str, str | None]]) -> None:
    expected = [
        {"label": label, "kind": kind} | ({"url": url} if url else {"status": "in_preparation"})
        for label, kind, url in materials
    ]
    assert stated(f"概要: 渦です。<br>\n{text}") == {"abstract": "渦です。", "materials": expected}


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("[[スライド]]()", "link.empty"),
        ("[[スライド]](javascript:alert(1))", "link.invalid"),
        ("[[スライド]](ftp://example.org/a)", "link.invalid"),
        ("[[スライド]](https://u:p@example.org/)", "secret.passcode"),
        ("[[]](a.pdf)", "link.label"),
    ],
)
def test_a_link_that_leads_nowhere_is_reported_and_left_out(link: str, name: str) -> None:
    assert unclear(f"講師: 山田\n\n{link}") == ({"speaker": {"name": "山田"}}, {"materials"}, [(4, name)])


def test_a_remark_on_a_material_is_reported_but_does_not_hide_it() -> None:
    lecture, warnings = one("概要: 渦です。<br>\n[[動画]](https://youtu.be/x) （期間限定公開）")
    assert lecture.fields["materials"] == [{"label": "動画", "kind": "video", "url": "https://youtu.be/x"}]
    assert [(each.line, each.name) for each in warnings] == [(3, "text")]


def test_a_survey_is_neither_form_nor_material() -> None:
    assert warned(f"講師: 山田\n\n[[アンケート]]({FORM})") == [(4, "link.other")]


def test_relative_links_need_the_pages_address() -> None:
    page = reading("# 第9回\n講師: 山田\n\n[[スライド]](a.pdf)", None)
    assert [(each.line, each.name) for each in page.warnings] == [(4, "link.relative")]


# ---- what goes by mail only


@pytest.mark.parametrize(
    ("text", "name", "fields"),
    [
        ("場所: https://us02web.zoom.us/j/1234567890", "secret.meeting_link", {"venue"}),
        ("概要: 渦です。<br>\nパスコード: a1b2c3", "secret.passcode", {"abstract"}),
        ("備考: ミーティングID: 123 4567 8901", "secret.meeting_id", {"notes"}),
        ("[[動画]](https://us02web.zoom.us/j/1234567890?pwd=abc)", "secret.meeting_link", {"materials"}),
        ("[[参加登録フォーム]](https://us02web.zoom.us/j/1234567890)", "secret.meeting_link", {"registration"}),
    ],
)
def test_meeting_links_numbers_and_passcodes_are_never_taken_in(text: str, name: str, fields: set[str]) -> None:
    lecture, warnings = one(f"講師: 山田<br>\n{text}")
    assert (lecture.fields, set(lecture.unclear)) == ({"speaker": {"name": "山田"}}, fields)
    assert [each.name for each in warnings] == [name]
    assert not any(secret in str(warnings) for secret in ("1234567890", "a1b2c3", "4567"))


def test_a_secret_under_an_unknown_label_is_reported_as_one() -> None:
    assert warned("講師: 山田<br>\nZoom: https://us02web.zoom.us/j/1234567890") == [(3, "secret.meeting_link")]
