"""Posts in the chat, on the shipped schedule: what appears as its clock is moved, and as the schedule is edited."""

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from inline_snapshot import snapshot

from bot.app.ask import answer
from bot.app.chat import talk_through_pipe
from bot.commands.parser import Role
from bot.domain.language import Language
from bot.domain.message import Message
from bot.options import Options
from bot.platforms.terminal.channel import Shown, post_lines
from bot.platforms.terminal.rendering import Layout
from tests.processes import ROOT

TOKYO = ZoneInfo("Asia/Tokyo")
SHIPPED = ROOT / "lectures.yaml"
HELD = """\
[Channel] Thu, 18 Apr 2024, 09:00 JST
Next Thu, 25 Apr, 13:00: lecture 9, “Introduction to Machine Learning” (Masato
Taki), University of Tsukuba Tokyo Campus, Room 118. Please register by Wed, 24
Apr, noon.
[Channel] Tue, 23 Apr 2024, 12:00 JST
Register by Wed, 24 Apr, noon: lecture 9, “Introduction to Machine Learning”
(Masato Taki, Thu, 25 Apr, 13:00)
[Channel] Wed, 24 Apr 2024, 09:00 JST
Register today by noon: lecture 9, “Introduction to Machine Learning” (Masato
Taki, Thu, 25 Apr, 13:00)
[Channel] Wed, 24 Apr 2024, 12:00 JST  edited: Registration for lecture 9,
  “Introduction to Machine Learning” (Masato Taki, Thu, 25 Apr, 13:00), is
  closed.
[Channel] Wed, 24 Apr 2024, 12:00 JST  edited, 2 posts: Registration for lecture
  9, “Introduction to Machine Learning” (Masato Taki), is closed.
[Channel] Thu, 25 Apr 2024, 08:00 JST
Today at 13:00: lecture 9, “Introduction to Machine Learning” (Masato Taki),
University of Tsukuba Tokyo Campus, Room 118, or online (the link comes by mail
to registered addresses)
[Channel] Thu, 25 Apr 2024, 12:30 JST
Starting at 13:00: lecture 9, “Introduction to Machine Learning” (Masato Taki),
University of Tsukuba Tokyo Campus, Room 118, or online (the link comes by mail
to registered addresses)
"""
"""What is posted about lecture 9, from the week before until it is held."""


class Chat:
    """What a chat through a pipe shows for the lines typed; `file` is a schedule that may be edited meanwhile."""

    def __init__(
        self,
        folder: Path,
        language: Language = "en",
        *,
        role: Role = Role.MEMBER,
        file: Path = SHIPPED,
        now: str = "2024-04-17",
        speed: float | None = None,
    ) -> None:
        self.options = Options(language, folder, file, now, speed)
        self.role = role

    def shows(self, *typed: str) -> list[str]:
        """What follows each of the lines."""
        target = io.StringIO()
        talk_through_pipe(self.options, self.role, (f"{line}\n" for line in typed), target)
        return [part.partition("\n")[2] for part in target.getvalue().split("\n> ")[1:]]

    def shows_all(self, source: Iterable[str]) -> str:
        """All that is shown for lines that come one by one."""
        target = io.StringIO()
        talk_through_pipe(self.options, self.role, source, target)
        return target.getvalue()


def appeared(shown: str) -> str:
    """Where and when things appeared, each with its first sentence, without the cards."""
    kept: list[str] = []
    heading = False
    for line in shown.splitlines():
        heading = bool(line) and (heading or line.startswith("["))
        if heading:
            kept.append(f"{line}\n")
    return "".join(kept)


def test_posts_that_fall_due_on_the_way_appear_in_order_once_each(tmp_path: Path) -> None:
    (shown,) = Chat(tmp_path).shows("/clock 2024-04-26")
    assert appeared(shown) == HELD
    assert shown.endswith("\n\nThe time of this chat is now Fri, 26 Apr 2024, 00:00 JST.\n")


def test_a_post_is_shown_as_an_answer_would_be(tmp_path: Path) -> None:
    (shown,) = Chat(tmp_path, "ja").shows("/clock 2024-04-18 09:00")
    assert shown == snapshot(
        """\

[チャンネル] 2024/4/18(木) 09:00 JST
来週 4/25(木) 13:00〜 第9回「機械学習入門」（瀧 雅人）、筑波大学東京キャンパス
118教室。参加登録は 4/24(水) 正午まで。

  第9回\u3000機械学習入門

  瀧 雅人（立教大学）
  4/25(木) 13:00–17:00 JST
  筑波大学東京キャンパス 118教室 · 対面とオンライン
  https://www.office.otsuka.tsukuba.ac.jp/location/
  締切 4/24(水) 12:00

  機械学習の考え方を、汎化や勾配降下法といった基本から、深層学習の土台となる表現
  学習まで順に学びます。Python での簡単な実装例も取り上げます。

  参加登録
    https://docs.google.com/forms/d/e/1FAIpQLScB4QmpZauTVG4ICrFhvNg5QMTOZCCSOeSnUqdONTNDfsxX_Q/viewform

リマインド  /notify 9 on
カレンダー  /calendar 9

このチャットの時刻を 2024/4/18(木) 09:00 JST に合わせました。
"""
    )


def test_small_steps_show_what_one_leap_shows(tmp_path: Path) -> None:
    steps = Chat(tmp_path).shows(*["/clock +12h"] * 18)
    assert "".join(map(appeared, steps)) == HELD
    assert sum("[" in step for step in steps) == 5


def test_back_in_time_nothing_is_told_and_then_everything_again(tmp_path: Path) -> None:
    forth, back, again, nothing_left = Chat(tmp_path).shows(
        "/clock 2024-04-26", "/clock 2024-04-17", "/clock 2024-04-26", "/clock 2024-05-01"
    )
    assert appeared(forth) == appeared(again) == HELD
    assert back == "\nThe time of this chat is now Wed, 17 Apr 2024, 00:00 JST.\n"
    assert nothing_left == "\nThe time of this chat is now Wed, 1 May 2024, 00:00 JST.\n"


def test_back_to_the_middle_only_what_comes_after_is_told(tmp_path: Path) -> None:
    _, _, again = Chat(tmp_path, "ja").shows("/clock 2024-04-26", "/clock 2024-04-24 10:00", "/clock +1d")
    assert appeared(again) == snapshot("""\
[チャンネル] 2024/4/25(木) 08:00 JST
本日 13:00 開始：第9回「機械学習入門」（瀧 雅人）、筑波大学東京キャンパス 118教
室／オンライン（接続先は登録アドレス宛のメール）
""")


def test_a_clock_that_runs_fast_makes_no_post_late(tmp_path: Path) -> None:
    (shown,) = Chat(tmp_path, now="2024-04-18T08:00", speed=3600).shows("/clock 2024-04-23 18:00")
    assert appeared(shown) == "".join(HELD.splitlines(keepends=True)[:7])


def test_reminders_come_as_direct_messages(tmp_path: Path) -> None:
    switched_on, _, shown, forgotten = Chat(tmp_path, now="2024-04-23").shows(
        "/notify 9 on", "/clock 2024-04-23 11:00", "/clock 2024-04-23 12:00", "/notify"
    )
    assert "Reminders of “Machine Learning Lectures for Physicists” will come here.\n" in switched_on
    assert "\nYou will be reminded by direct message: Lecture 9: Introduction to Machine\nLearning\n" in switched_on
    assert appeared(shown) == snapshot(
        """\
[Channel] Tue, 23 Apr 2024, 12:00 JST
Register by Wed, 24 Apr, noon: lecture 9, “Introduction to Machine Learning”
(Masato Taki, Thu, 25 Apr, 13:00)
[Direct message] Tue, 23 Apr 2024, 12:00 JST
Register by Wed, 24 Apr, noon: lecture 9, “Introduction to Machine Learning”
(Masato Taki, Thu, 25 Apr, 13:00)
"""
    )
    assert "\nStop these reminders  /notify 9 off\n" in shown
    assert "\nYou get reminders by direct message.\n" in forgotten


def test_who_is_reminded_is_remembered_when_the_time_is_moved_back(tmp_path: Path) -> None:
    shown = Chat(tmp_path, "ja", now="2024-04-24").shows(
        "/notify 9 on", "/clock 2024-04-26", "/clock 2024-04-25", "/clock +9h"
    )
    assert appeared(shown[-1]) == snapshot(
        """\
[チャンネル] 2024/4/25(木) 08:00 JST
本日 13:00 開始：第9回「機械学習入門」（瀧 雅人）、筑波大学東京キャンパス 118教
室／オンライン（接続先は登録アドレス宛のメール）
[ダイレクトメッセージ] 2024/4/25(木) 08:00 JST
本日 13:00 開始：第9回「機械学習入門」（瀧 雅人）、筑波大学東京キャンパス 118教
室／オンライン（接続先は登録アドレス宛のメール）
"""
    )


def test_of_many_posts_the_last_are_shown_in_full_and_the_others_in_a_line_each(tmp_path: Path) -> None:
    (shown,) = Chat(tmp_path, "ja", now="2024-04-20").shows("/clock 2024-06-18")
    assert shown.startswith("\nこの間に投稿が10件ありました。最後の3件は全文を表示します。\n\n[チャンネル] ")
    assert appeared(shown) == snapshot(
        """\
[チャンネル] 2024/4/23(火) 12:00 JST  参加登録は 4/24(水) 正午まで：第9回「機械
  学習入門」（瀧 雅人、4/25(木) 13:00〜）
[チャンネル] 2024/4/24(水) 09:00 JST  参加登録は本日 正午まで：第9回「機械学習入
  門」（瀧 雅人、4/25(木) 13:00〜）
[チャンネル] 2024/4/24(水) 12:00 JST  以前の投稿2件を更新：第9回「機械学習入門」
  （瀧 雅人）の参加登録は締め切りました。
[チャンネル] 2024/4/25(木) 08:00 JST  本日 13:00 開始：第9回「機械学習入門」（瀧
  雅人）、筑波大学東京キャンパス 118教室／オンライン（接続先は登録アドレス宛の
  メール）
[チャンネル] 2024/4/25(木) 12:30 JST  まもなく 13:00 開始：第9回「機械学習入門」
  （瀧 雅人）、筑波大学東京キャンパス 118教室／オンライン（接続先は登録アドレス
  宛のメール）
[チャンネル] 2024/5/13(月) 09:00 JST  来週 5/20(月) 13:00〜 第10回「情報幾何 -
  入門と応用」（甘利 俊一）、筑波大学東京キャンパス（予定）。
[チャンネル] 2024/5/20(月) 08:00 JST  本日 13:00 開始：第10回「情報幾何 - 入門と
  応用」（甘利 俊一）、筑波大学東京キャンパス／オンライン
[チャンネル] 2024/5/20(月) 12:30 JST  まもなく 13:00 開始：第10回「情報幾何 - 入
  門と応用」（甘利 俊一）、筑波大学東京キャンパス／オンライン
[チャンネル] 2024/6/10(月) 09:00 JST
来週 6/17(月) 13:00〜 第11回（ガラムカリ 和）、筑波大学東京キャンパス（予定）。
[チャンネル] 2024/6/17(月) 08:00 JST
本日 13:00 開始：第11回（ガラムカリ 和）、筑波大学東京キャンパス／オンライン
[チャンネル] 2024/6/17(月) 12:30 JST
まもなく 13:00 開始：第11回（ガラムカリ 和）、筑波大学東京キャンパス／オンライン
"""
    )


def test_a_leap_over_centuries_is_no_longer_than_the_series(tmp_path: Path) -> None:
    (shown,) = Chat(tmp_path, now="1971-01-01").shows("/clock 2999-01-01")
    assert shown.endswith("\nThe time of this chat is now Tue, 1 Jan 2999, 00:00 JST.\n")
    assert "[Channel] Thu, 25 Apr 2024, 12:30 JST" in shown


def test_only_organizers_decide_what_the_channel_receives(tmp_path: Path) -> None:
    refused, shown = Chat(tmp_path).shows("/follow materials", "/clock 2024-04-26")
    assert refused == "\nOnly organizers can do that. Start the chat with --as admin.\n"
    assert appeared(shown) == HELD


def test_the_channel_receives_what_an_organizer_chose(tmp_path: Path) -> None:
    followed, quiet, unfollowed = Chat(tmp_path, role=Role.ORGANIZER).shows(
        "/follow materials ja", "/clock 2024-04-26", "/unfollow"
    )
    assert followed == (
        "\n[Channel] Wed, 17 Apr 2024, 00:00 JST\n"
        "このチャンネルに「物理屋のための機械学習講義」のお知らせを投稿します。\n"
        "\n"
        "  物理屋のための機械学習講義\n"
        "\n"
        "  種類  資料\n"
        "  言語  日本語\n"
        "\n"
        "次回の講義  /next\n"
        "リマインド  /notify\n"
        "\n"
        "What this channel receives was changed.\n"
        "\n"
        "  What this channel receives\n"
        "\n"
        "  Topics    materials\n"
        "  Language  Japanese\n"
        "\n"
        "To change it: /follow deadlines,changes en\n"
        "\n"
        "Change           /follow choose=settings\n"
        "Stop posts here  /unfollow\n"
    )
    assert quiet == "\nThe time of this chat is now Fri, 26 Apr 2024, 00:00 JST.\n"
    assert unfollowed == "\nThis channel receives no more posts. What was posted stays.\n"


def test_an_edit_of_the_schedule_is_told_once_things_have_settled(tmp_path: Path) -> None:
    file, text = tmp_path / "lectures.yaml", SHIPPED.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")

    def typed() -> Iterator[str]:
        yield "/clock 2024-04-08 12:00"
        file.write_text(text.replace("starts: 2024-04-25T13:00", "starts: 2024-04-25T14:00"), encoding="utf-8")
        yield "/clock +5m"
        yield "/clock +5m"
        file.write_text(text.replace("starts: 2024-04-25T13:00", "stars: 5"), encoding="utf-8")
        yield "/clock +1d"
        yield "/clock"

    shown = Chat(tmp_path, file=file, now="2024-04-08").shows_all(typed())
    assert appeared(shown) == snapshot(
        """\
[Channel] Mon, 8 Apr 2024, 12:15 JST
New time for lecture 9, “Introduction to Machine Learning” (Masato Taki, Thu, 25
Apr): 13:00 → 14:00. Please register by Wed, 24 Apr, noon.
"""
    )
    mistakes = "The schedule's file has mistakes, so an earlier version is in service.\n"
    line = text[: text.index("starts: 2024-04-25T13:00")].count("\n") + 1
    assert f"The time of this chat is now Tue, 9 Apr 2024, 12:10 JST.\n\n{mistakes}{file}:{line}: " in shown
    assert shown.count(mistakes) == 1


def test_a_schedule_edited_before_the_time_is_moved_back_is_no_news_there(tmp_path: Path) -> None:
    file, text = tmp_path / "lectures.yaml", SHIPPED.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")

    def typed() -> Iterator[str]:
        yield "/clock 2024-04-17"
        file.write_text(text.replace("starts: 2024-04-25T13:00", "starts: 2024-04-25T14:00"), encoding="utf-8")
        yield "/clock 2024-04-18 08:00"
        yield "/clock +2h"

    shown = Chat(tmp_path, file=file, now="2024-04-20").shows_all(typed())
    news, _, since = shown.partition("> /clock +2h")
    assert appeared(news) == (
        "[Channel] Wed, 17 Apr 2024, 08:00 JST\n"
        "New time for lecture 9, “Introduction to Machine Learning” (Masato Taki, Thu, 25\n"
        "Apr): 13:00 → 14:00. Please register by Wed, 24 Apr, noon.\n"
    )
    assert appeared(since).startswith("[Channel] Thu, 18 Apr 2024, 09:00 JST\nNext Thu, 25 Apr, 14:00: lecture 9")


@pytest.mark.parametrize(
    ("language", "headline", "note"),
    [
        (
            "en",
            "You will be reminded by direct message: Lecture 9: Introduction to Machine Learning",
            "This was a single question, so nothing of it is kept. In the chat (lecturebot chat) it lasts as long as"
            " the chat does.",
        ),
        (
            "ja",
            "ダイレクトメッセージでリマインドします：第9回　機械学習入門",
            "単独の質問のため、この内容は保存されません。チャット（lecturebot chat）では終了するまで有効です。",
        ),
    ],
)
def test_a_single_question_says_that_nothing_of_it_is_kept(
    language: Language, headline: str, note: str, tmp_path: Path
) -> None:
    options = Options(language, tmp_path, SHIPPED, "2024-04-17")
    reply = answer(options, "/notify 9 on", Role.MEMBER)
    assert (reply.outcome, reply.headline, reply.note) == ("done", headline, note)
    refused = answer(options, "/follow materials", Role.MEMBER)
    assert (refused.outcome, refused.note) == ("refused", None)
    assert answer(options, "/follow materials", Role.ORGANIZER).outcome == "done"
    assert not list(tmp_path.iterdir())


def test_what_others_wrote_becomes_no_control_sequence() -> None:
    at = datetime(2030, 4, 6, 12, tzinfo=TOKYO)
    evil = Shown(at, Message("\x1b[31mLecture\u202e"), "en")
    edited = Shown(at, Message("\x1b[31mLecture\u202e"), "en", edited=True)
    lines = [line.plain for line in post_lines([evil, edited], Layout("en"))]
    assert lines == [
        "[Channel] Sat, 6 Apr 2030, 12:00 JST",
        "[31mLecture",
        "",
        "[Channel] Sat, 6 Apr 2030, 12:00 JST  edited: [31mLecture",
    ]
