"""The posts to come, as the command line tells of them."""

import json
from pathlib import Path

from tests.processes import lecturebot

SHIPPED = Path(__file__).parent.parent / "lectures.yaml"


def test_the_plan_names_every_post_with_moment_text_and_reason() -> None:
    done = lecturebot("--lang", "en", "plan", "--from", "2024-04-24", "--to", "2024-04-25T12:00+09:00")
    assert done.code == 0
    assert done.out == (
        "Wed, 24 Apr 2024, 09:00 JST  closing_today  (channel)\n"
        "  参加登録は本日 12:00 JST までです：第9回「機械学習入門」（瀧 雅人）\n"
        "  Why: the day of the deadline, at 09:00\n"
        "\n"
        "Thu, 25 Apr 2024, 08:00 JST  morning  (channel)\n"
        "  本日 13:00 JST からです：第9回「機械学習入門」（瀧 雅人）\n"
        "  Why: the day of the lecture, at 08:00\n"
    )


def test_the_plan_as_json(tmp_path: Path) -> None:
    file = tmp_path / "lectures.yaml"
    file.write_text(SHIPPED.read_text(encoding="utf-8").replace("language: ja", "language: en", 1), encoding="utf-8")
    done = lecturebot("plan", "--lectures", str(file), "--from", "2024-05-20", "--to", "2024-05-21", "--format", "json")
    subject = "Lecture 10, “Information Geometry - Introduction and Applications” (Shun-ichi Amari)"
    assert json.loads(done.out) == [
        {
            "at": "2024-05-20T08:00:00+09:00",
            "target": "(channel)",
            "kind": "morning",
            "lectures": [10],
            "text": f"Today at 13:00 JST: {subject}",
            "why": "the day of the lecture, at 08:00",
        },
        {
            "at": "2024-05-20T12:30:00+09:00",
            "target": "(channel)",
            "kind": "starting",
            "lectures": [10],
            "text": f"Starting soon, at 13:00 JST: {subject}",
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
