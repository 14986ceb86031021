"""The posts to come, as the command line tells of them."""

import json
from pathlib import Path

from inline_snapshot import snapshot

from tests.processes import ROOT, lecturebot

SHIPPED = ROOT / "lectures.yaml"


def test_the_plan_names_every_post_with_moment_reason_and_its_very_text() -> None:
    done = lecturebot("--lang", "en", "plan", "--from", "2024-04-24", "--to", "2024-04-25T12:00+09:00")
    assert done.code == 0
    assert "\n" + done.out == snapshot("""\

Wed, 24 Apr 2024, 09:00 JST  closing_today  (channel)
  Why: the day of the deadline, at 09:00

    参加登録は本日 12:00 JST までです：第9回「機械学習入門」（瀧 雅人）

      第9回\u3000機械学習入門

      日時      2024/4/25(木) 13:00–17:00 JST
      講師      瀧 雅人（立教大学）
      開催方法  対面とオンライン（ハイブリッド）
      場所      筑波大学東京キャンパス 118教室
                https://www.office.otsuka.tsukuba.ac.jp/location/
      参加登録  受付中（2024/4/24(水) 12:00 JST まで）

      機械学習の考え方を、汎化や勾配降下法といった基本から、深層学習の土台となる
      表現学習まで順に学びます。Python での簡単な実装例も取り上げます。

      第9回 4/25(木) 瀧 雅人 参加登録
        https://docs.google.com/forms/d/e/1FAIpQLScB4QmpZauTVG4ICrFhvNg5QMTOZCCSOeSnUqdONTNDfsxX_Q/viewform

Thu, 25 Apr 2024, 08:00 JST  morning  (channel)
  Why: the day of the lecture, at 08:00

    本日 13:00 JST からです：第9回「機械学習入門」（瀧 雅人）

      第9回\u3000機械学習入門

      日時      2024/4/25(木) 13:00–17:00 JST
      講師      瀧 雅人（立教大学）
      開催方法  対面とオンライン（ハイブリッド）
      場所      筑波大学東京キャンパス 118教室
                https://www.office.otsuka.tsukuba.ac.jp/location/
      参加登録  受付終了（2024/4/24(水) 12:00 JST 締切）

      機械学習の考え方を、汎化や勾配降下法といった基本から、深層学習の土台となる
      表現学習まで順に学びます。Python での簡単な実装例も取り上げます。

    オンラインで参加される方へ
    - Zoom の接続先は、当日の朝までに、登録されたアドレス宛のメールでお知らせし
      ます。
    - 届いた接続先やパスワードは、ほかの方に伝えたり、どこかに掲載したりしないで
      ください。
    - Zoom での名前は「登録時の名前@登録した機関名」としてください。
    - 話すとき以外は、マイクをオフにしてください。

    みなさまへ
    - 音声・映像とも、参加者による記録はご遠慮ください。
    - 質問や意見のほか、案内メールの停止も、お問い合わせフォームで受け付けていま
      す。
""")


def test_the_plan_as_json(tmp_path: Path) -> None:
    file = tmp_path / "lectures.yaml"
    file.write_text(SHIPPED.read_text(encoding="utf-8").replace("language: ja", "language: en", 1), encoding="utf-8")
    done = lecturebot("plan", "--lectures", str(file), "--from", "2024-05-20", "--to", "2024-05-21", "--format", "json")
    posts = json.loads(done.out)
    subject = "Lecture 10, “Information Geometry - Introduction and Applications” (Shun-ichi Amari)"
    texts = [each.pop("text").splitlines() for each in posts]
    assert [text[0] for text in texts] == [f"Today at 13:00 JST: {subject}", f"Starting soon, at 13:00 JST: {subject}"]
    assert all("  Speaker       Shun-ichi Amari (Teikyo University)" in text for text in texts)
    assert posts == [
        {
            "at": "2024-05-20T08:00:00+09:00",
            "target": "(channel)",
            "kind": "morning",
            "lectures": [10],
            "why": "the day of the lecture, at 08:00",
        },
        {
            "at": "2024-05-20T12:30:00+09:00",
            "target": "(channel)",
            "kind": "starting",
            "lectures": [10],
            "why": "30 minutes before the start",
        },
    ]


def test_a_deadline_on_a_holiday_is_announced_on_the_last_day_of_work(tmp_path: Path) -> None:
    file = tmp_path / "lectures.yaml"
    file.write_text(
        "series: {name: S, timezone: Asia/Tokyo, holidays: JP}\n"
        "lectures:\n"
        "  - {number: 1, starts: 2024-05-07T13:00, registration: {url: 'https://forms.example/viewform'}}\n",
        encoding="utf-8",
    )
    done = lecturebot("plan", "--lectures", str(file), "--from", "2024-04-25", "--to", "2024-05-04", "--format", "json")
    assert [(each["at"], each["kind"]) for each in json.loads(done.out)] == [
        ("2024-04-30T09:00:00+09:00", "week_before"),
        ("2024-05-02T12:00:00+09:00", "last_weekday"),
    ]


def test_nothing_is_planned_once_the_series_is_over() -> None:
    done = lecturebot("--lang", "ja", "--now", "2025-01-01", "plan")
    assert (done.code, done.out) == (0, "この先に予定されたお知らせはありません。\n")


def test_an_instant_that_is_none_is_refused_with_an_example() -> None:
    done = lecturebot("--lang", "en", "plan", "--from", "soon")
    assert done.code == 2
    assert "2024-04-06" in done.err
