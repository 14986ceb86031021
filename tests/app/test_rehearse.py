"""Rehearsals: what a careful organizer would have posted, on the shipped schedule and as a page changes."""

import json
import re
from pathlib import Path
from typing import Any

from inline_snapshot import snapshot

from tests.processes import ROOT, lecturebot
from tests.sources.page.pages import LECTURE

SERIES = """\
series:
  name: 架空の物理講義
  timezone: Asia/Tokyo
  registration: {closes: {days_before: 1, at: "12:00"}}
  holidays: JP
  usual_venue: 架空大学東京キャンパス
  page: {url: https://example.org/lectures/}
lectures: []
"""


def told(*arguments: str, data: Path) -> list[str]:
    """What a rehearsal prints: when, what, of which kind, about which lectures; its headline, a sentence a line."""
    done = lecturebot("--lang", "ja", *arguments, data=data)
    assert done.code == 0, done.err
    happened: list[dict[str, Any]] = [json.loads(line) for line in done.out.splitlines()]
    assert {tuple(each) for each in happened} <= {("at", "action", "target", "kind", "lectures", "text", "why")}
    lines = []
    for each in happened:
        lines.append(f"{each['at'][:16]} {each['action']} {each['kind']} [{', '.join(each['lectures'])}]")
        headline, _, card = each["text"].partition("\n\n")
        assert card or each["action"] == "edit", "what is posted is told whole"
        lines.extend(f"  {sentence}" for sentence in re.split(r"(?<=。)", headline) if sentence)
    return lines


def test_the_shipped_schedule_is_told_as_a_careful_organizer_would(tmp_path: Path) -> None:
    assert told("rehearse", "--from", "2023-12-01", "--to", "2024-08-01", data=tmp_path) == snapshot(
        [
            "2023-12-04T08:00 post morning [6]",
            "  本日 13:00 開始：第6回「深層学習と過剰パラメータの理論」（今泉 允聡）、筑波大学東京キャンパス 116教室／オンライン",  # noqa: E501
            "2023-12-04T12:30 post starting [6]",
            "  まもなく 13:00 開始：第6回「深層学習と過剰パラメータの理論」（今泉 允聡）、筑波大学東京キャンパス 116教室／オンライン",  # noqa: E501
            "2024-01-08T09:00 post week_before [7]",
            "  来週 1/15(月) 13:00〜 第7回「統計神経力学とその周辺」（唐木田 亮）、筑波大学東京キャンパス 122教室。",
            "2024-01-15T08:00 post morning [7]",
            "  本日 13:00 開始：第7回「統計神経力学とその周辺」（唐木田 亮）、筑波大学東京キャンパス 122教室／オンライン",  # noqa: E501
            "2024-01-15T09:00 post week_before [8]",
            "  来週 1/22(月) 13:00〜 第8回「強化学習と物理への応用」（道下 佳寛）、筑波大学東京キャンパス 118教室。",
            "2024-01-15T12:30 post starting [7]",
            "  まもなく 13:00 開始：第7回「統計神経力学とその周辺」（唐木田 亮）、筑波大学東京キャンパス 122教室／オンライン",  # noqa: E501
            "2024-01-22T08:00 post morning [8]",
            "  本日 13:00 開始：第8回「強化学習と物理への応用」（道下 佳寛）、筑波大学東京キャンパス 118教室／オンライン",  # noqa: E501
            "2024-01-22T12:30 post starting [8]",
            "  まもなく 13:00 開始：第8回「強化学習と物理への応用」（道下 佳寛）、筑波大学東京キャンパス 118教室／オンライン",  # noqa: E501
            "2024-04-18T09:00 post week_before [9]",
            "  来週 4/25(木) 13:00〜 第9回「機械学習入門」（瀧 雅人）、筑波大学東京キャンパス 118教室。",
            "  参加登録は 4/24(水) 正午まで。",
            "2024-04-23T12:00 post closing_soon [9]",
            "  参加登録は 4/24(水) 正午まで：第9回「機械学習入門」（瀧 雅人、4/25(木) 13:00〜）",
            "2024-04-24T09:00 post closing_today [9]",
            "  参加登録は本日 正午まで：第9回「機械学習入門」（瀧 雅人、4/25(木) 13:00〜）",
            "2024-04-24T12:00 edit closed [9]",
            "  第9回「機械学習入門」（瀧 雅人、4/25(木) 13:00〜）の参加登録は締め切りました。",
            "2024-04-24T12:00 edit closed [9]",
            "  第9回「機械学習入門」（瀧 雅人）の参加登録は締め切りました。",
            "2024-04-24T12:00 edit closed [9]",
            "  第9回「機械学習入門」（瀧 雅人）の参加登録は締め切りました。",
            "2024-04-25T08:00 post morning [9]",
            "  本日 13:00 開始：第9回「機械学習入門」（瀧 雅人）、筑波大学東京キャンパス 118教室／オンライン（接続先は登録アドレス宛のメール）",  # noqa: E501
            "2024-04-25T12:30 post starting [9]",
            "  まもなく 13:00 開始：第9回「機械学習入門」（瀧 雅人）、筑波大学東京キャンパス 118教室／オンライン（接続先は登録アドレス宛のメール）",  # noqa: E501
            "2024-05-13T09:00 post week_before [10]",
            "  来週 5/20(月) 13:00〜 第10回「情報幾何 - 入門と応用」（甘利 俊一）、筑波大学東京キャンパス（予定）。",
            "2024-05-20T08:00 post morning [10]",
            "  本日 13:00 開始：第10回「情報幾何 - 入門と応用」（甘利 俊一）、筑波大学東京キャンパス／オンライン",
            "2024-05-20T12:30 post starting [10]",
            "  まもなく 13:00 開始：第10回「情報幾何 - 入門と応用」（甘利 俊一）、筑波大学東京キャンパス／オンライン",
            "2024-06-10T09:00 post week_before [11]",
            "  来週 6/17(月) 13:00〜 第11回（ガラムカリ 和）、筑波大学東京キャンパス（予定）。",
            "2024-06-17T08:00 post morning [11]",
            "  本日 13:00 開始：第11回（ガラムカリ 和）、筑波大学東京キャンパス／オンライン",
            "2024-06-17T12:30 post starting [11]",
            "  まもなく 13:00 開始：第11回（ガラムカリ 和）、筑波大学東京キャンパス／オンライン",
            "2024-07-15T09:00 post week_before [12]",
            "  来週 7/22(月) 13:00〜 第12回（大林 一平）、京都大学理学研究科セミナーハウス（予定、いつもと異なります）。",  # noqa: E501
            "2024-07-22T08:00 post morning [12]",
            "  本日 13:00 開始：第12回（大林 一平）、京都大学理学研究科セミナーハウス（いつもと異なります）／オンライン",  # noqa: E501
            "2024-07-22T12:30 post starting [12]",
            "  まもなく 13:00 開始：第12回（大林 一平）、京都大学理学研究科セミナーハウス（いつもと異なります）／オンライン",  # noqa: E501
        ]
    )
    assert list(tmp_path.iterdir()) == []


def test_as_text_it_can_be_read_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    options = ("--from", "2024-04-24T12:01", "--to", "2024-04-25T08:00", "--format", "text")
    done = lecturebot("--lang", "en", "rehearse", *options, data=tmp_path)
    assert done.code == 0, done.err
    assert done.out.startswith(
        "Thu, 25 Apr 2024, 08:00 JST  morning  (channel)\n  Why: the day of the lecture, at 08:00\n\n"
        "    Today at 13:00: lecture 9"
    )


def test_a_post_is_told_in_the_very_words_of_its_channel(tmp_path: Path) -> None:
    channels = {"LECTUREBOT_CHANNELS": "discord:123"}
    options = ("rehearse", "--from", "2024-04-24T08:00", "--to", "2024-04-24T13:00")
    file = tmp_path / "lectures.yaml"
    shipped = (ROOT / "lectures.yaml").read_text(encoding="utf-8")
    file.write_text(shipped.replace("  language: ja", "  language: en", 1), encoding="utf-8")
    done = lecturebot("--lectures", str(file), *options, data=tmp_path, settings={**channels, "LANG": "ja"})
    first, *_ = map(json.loads, done.out.splitlines())
    assert (first["target"], first["why"]) == ("discord:123", "締切の日の 09:00")
    lines = [line[:60] for line in first["text"].splitlines()]
    assert "\n".join(lines) == snapshot("""\
Register today by noon: lecture 9, “Introduction to Machine \n\

  Register
    https://docs.google.com/forms/d/e/1FAIpQLScB4QmpZauTVG4I\
""")


def test_a_page_that_changes_is_told_as_it_changes(tmp_path: Path) -> None:
    pages, file = tmp_path / "pages", tmp_path / "lectures.yaml"
    pages.mkdir()
    file.write_text(SERIES, encoding="utf-8")
    closed = "# 第11回\n\n日時: 2024/6/17 (月) 13:00-17:00 JST <br>\n講師: 鈴木 次郎 (架空大学) <br>\n\n"
    without_form = "\n".join(line for line in LECTURE.splitlines() if "参加登録" not in line)
    for name, text in {
        "2024-06-01T10-00-00+09-00.md": closed,
        "2024-06-20T10-00-00+09-00.md": closed + without_form.replace("渦の統計", "TBA"),
        "2024-06-20T10-04-00+09-00-typo.md": closed + without_form.replace("118", "134"),
        "2024-07-01T10-00-00+09-00.md": closed + LECTURE,
        "2024-07-21T12-10-00+09-00.md": closed + without_form,
        "2024-07-23T10-00-00+09-00.md": closed + without_form + "\n[[スライド]](slides.pdf) <br>\n",
        "notes.txt": "not a page",
    }.items():
        (pages / name).write_text(text, encoding="utf-8")
    options = ("--lectures", str(file), "rehearse", "--from", "2024-06-10", "--to", "2024-08-01")
    assert told(*options, "--pages", str(pages), data=tmp_path / "data") == snapshot(
        [
            "2024-06-10T09:00 post week_before [11]",
            "  来週 6/17(月) 13:00〜 第11回（鈴木 次郎）。",
            "2024-06-17T08:00 post morning [11]",
            "  本日 13:00 開始：第11回（鈴木 次郎）",
            "2024-06-17T12:30 post starting [11]",
            "  まもなく 13:00 開始：第11回（鈴木 次郎）",
            "2024-06-20T10:19 post listed [12]",
            "  新しい講義：第12回「渦の統計」（山田 花子）、7/22(月) 13:00〜、架空大学東京キャンパス 134教室。",
            "2024-07-01T10:00 edit listed [12]",
            "  新しい講義：第12回「渦の統計」（山田 花子）、7/22(月) 13:00〜、架空大学東京キャンパス 118教室。",
            "  参加登録は 7/21(日) 正午まで。",
            "2024-07-01T10:15 post changed [12]",
            "  【変更】第12回「渦の統計」（山田 花子、7/22(月) 13:00〜）：会場は架空大学東京キャンパス 118教室。",
            "  参加登録は 7/21(日) 正午まで。",
            "2024-07-15T09:00 post week_before [12]",
            "  来週 7/22(月) 13:00〜 第12回「渦の統計」（山田 花子）、架空大学東京キャンパス 118教室。",
            "  参加登録は 7/21(日) 正午まで。",
            "2024-07-19T12:00 post last_weekday [12]",
            "  参加登録は日曜 正午まで、今日のうちにどうぞ：第12回「渦の統計」（山田 花子、7/22(月) 13:00〜）",
            "2024-07-21T09:00 post closing_today [12]",
            "  参加登録は本日 正午まで：第12回「渦の統計」（山田 花子、7/22(月) 13:00〜）",
            "2024-07-21T12:00 edit closed [12]",
            "  新しい講義：第12回「渦の統計」（山田 花子）、7/22(月) 13:00〜、架空大学東京キャンパス 118教室。",
            "2024-07-21T12:00 edit closed [12]",
            "  【変更】第12回「渦の統計」（山田 花子、7/22(月) 13:00〜）：会場は架空大学東京キャンパス 118教室。",
            "2024-07-21T12:00 edit closed [12]",
            "  第12回「渦の統計」（山田 花子、7/22(月) 13:00〜）の参加登録は締め切りました。",
            "2024-07-21T12:00 edit closed [12]",
            "  第12回「渦の統計」（山田 花子）の参加登録は締め切りました。",
            "2024-07-21T12:00 edit closed [12]",
            "  第12回「渦の統計」（山田 花子）の参加登録は締め切りました。",
            "2024-07-22T08:00 post morning [12]",
            "  本日 13:00 開始：第12回「渦の統計」（山田 花子）、架空大学東京キャンパス 118教室／オンライン（接続先は登録アドレス宛のメール）",  # noqa: E501
            "2024-07-22T12:30 post starting [12]",
            "  まもなく 13:00 開始：第12回「渦の統計」（山田 花子）、架空大学東京キャンパス 118教室／オンライン（接続先は登録アドレス宛のメール）",  # noqa: E501
            "2024-07-23T10:15 post materials [12]",
            "  第12回「渦の統計」（山田 花子）のスライドを公開しました。",
        ]
    )
    assert file.read_text(encoding="utf-8") == SERIES


def test_a_folder_that_is_none_is_wrong_configuration(tmp_path: Path) -> None:
    options = ("rehearse", "--from", "2024-06-10", "--to", "2024-08-01", "--pages", str(tmp_path / "none"))
    done = lecturebot("--lang", "en", *options, data=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err == f"{tmp_path / 'none'} can't be read (No such file or directory).\n"
