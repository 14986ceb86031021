"""Invented pages in the organizers' template, and what is read of them."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.schedule.yaml_reader import Tree
from bot.sources.model import SourceLecture, SourceReading, SourceWarning
from bot.sources.page.reader import page_reading

TOKYO = ZoneInfo("Asia/Tokyo")
BASE = "https://example.org/lectures/"
FORM = "https://docs.google.com/forms/d/e/1FAIpQLSexample/viewform"

LECTURE = f"""\
# 第12回

日時: 2024/7/22 (月) 13:00-17:00 JST <br>
講師: 山田 花子 (架空大学) <br>
講演題目: 渦の統計 <br>
開催方法: 対面とオンラインのハイブリッド <br>
場所: [架空大学東京キャンパス](https://example.org/map)118教室 <br>
概要: <br>
渦について話します。<br>
統計も扱います。<br>

[[第12回参加登録フォーム]]({FORM}) <br>
"""
"""A lecture to come as the organizers write it."""

LECTURE_FIELDS: Mapping[str, Tree] = {
    "starts": "2024-07-22T13:00",
    "ends": "2024-07-22T17:00",
    "speaker": {"name": "山田 花子", "affiliation": "架空大学"},
    "title": "渦の統計",
    "mode": "hybrid",
    "venue": {"name": "架空大学東京キャンパス", "room": "118教室", "url": "https://example.org/map"},
    "abstract": "渦について話します。\n統計も扱います。",
    "registration": {"url": FORM},
}
"""What that states."""

PAGE = f"""\
# 架空の物理講義

[動画チャンネル](https://www.youtube.com/@example)

## 開催趣旨
架空の講義です。
- 世話人: 鈴木 一郎 (架空大)

## 参加登録について
- 締切は前日の昼です。

[お問い合わせフォーム](https://docs.google.com/forms/d/e/1FAIpQLScontact/viewform)

<!-- 掲載のひな形
# 第x回
日時: 20xx/xx/xx (月) 13:00-17:00 JST <br>
講師: xxx (xxx) <br>

[[第x回参加登録フォーム]]() <br>
-->

{LECTURE}
今後の予定は、決まり次第こちらでお知らせします。

# <終了した講義>

# 第10回
日時: 2024/5/20(月)13:30-17:00 JST<br>
講師: 佐藤 次郎（仮想研）<br>
講演題目: 場の平均 <br>
開催方法: 対面とオンラインのハイブリッド <br>
場所: 架空大学東京キャンパス116教室 <br>
概要: <br>
平均場について話しました。<br>
[[スライド1]](./mean.pdf)
[[動画]]()：準備中<br>
<!--[[スライド2]](./secret.pdf)-->

# 第11回
日時: 2024/6/17 (月) 13:00-17:00 JST <br>
講師: 高橋 三郎 (空想大学) <br>
講演題目: TBA <br>
開催方法: オンライン <br>
場所: TBA <br>
概要: TBA <br>
"""
"""A whole page: one lecture to come, two under the finished ones."""


def reading(text: str, base_url: str | None = BASE) -> SourceReading:
    """What is read of a page."""
    return page_reading(text, zone=TOKYO, base_url=base_url)


def one(text: str, heading: str = "# 第9回") -> tuple[SourceLecture, list[SourceWarning]]:
    """The only lecture of a page, number 9, whose heading is in line 1, and all warnings."""
    page = reading(f"{heading}\n{text}")
    assert list(page.lectures) == ["9"]
    return page.lectures["9"], list(page.warnings)


def stated(text: str, heading: str = "# 第9回") -> Mapping[str, Tree]:
    """The fields of the only lecture of a page about which there is nothing to warn of."""
    lecture, warnings = one(text, heading)
    assert (warnings, lecture.unclear) == ([], frozenset())
    return lecture.fields


Warned = list[tuple[int, str]]
"""The lines and names of what is warned of."""


def undecided(text: str, heading: str = "# 第9回") -> tuple[Mapping[str, Tree], set[str], Warned]:
    """The fields of the only lecture of a page, those that the page calls undecided, and what is warned of."""
    lecture, warnings = one(text, heading)
    assert lecture.unclear == frozenset()
    return lecture.fields, set(lecture.undecided), [(warning.line, warning.name) for warning in warnings]


def unclear(text: str) -> tuple[Mapping[str, Tree], set[str], Warned]:
    """The fields of the only lecture of a page, those that can't be understood, and what is warned of."""
    lecture, warnings = one(text)
    return lecture.fields, set(lecture.unclear), [(warning.line, warning.name) for warning in warnings]


def warned(text: str, heading: str = "# 第9回") -> Warned:
    """The lines and names of what is warned of, in a page with one lecture."""
    return [(warning.line, warning.name) for warning in one(text, heading)[1]]
