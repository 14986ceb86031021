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

    Register today by noon: lecture 9, “Introduction to Machine Learning”
    (Masato Taki, Thu, 25 Apr, 13:00)

      Register
        https://docs.google.com/forms/d/e/1FAIpQLScB4QmpZauTVG4ICrFhvNg5QMTOZCCSOeSnUqdONTNDfsxX_Q/viewform

Thu, 25 Apr 2024, 08:00 JST  morning  (channel)
  Why: the day of the lecture, at 08:00

    Today at 13:00: lecture 9, “Introduction to Machine Learning” (Masato Taki),
    University of Tsukuba Tokyo Campus, Room 118, or online (the link comes by
    mail to registered addresses)

      Thu, 25 Apr, 13:00–17:00 JST · University of Tsukuba Tokyo Campus, Room
      118 <https://www.office.otsuka.tsukuba.ac.jp/location/> · In person and
      online

    Online
    The Zoom link comes by mail, to the address you registered, by the morning
    of the lecture. Do not pass the link or the password on to anybody, and do
    not post them anywhere. Set your display name to your name and institution
    as registered, in the form name@institution. Keep your microphone muted
    unless you are speaking. Please do not record the lecture, neither sound nor
    picture.
""")


def test_the_plan_as_json(tmp_path: Path) -> None:
    file = tmp_path / "lectures.yaml"
    file.write_text(SHIPPED.read_text(encoding="utf-8").replace("language: ja", "language: en", 1), encoding="utf-8")
    done = lecturebot("plan", "--lectures", str(file), "--from", "2024-05-20", "--to", "2024-05-21", "--format", "json")
    posts = json.loads(done.out)
    subject = "lecture 10, “Information Geometry - Introduction and Applications” (Shun-ichi Amari)"
    texts = [each.pop("text").splitlines() for each in posts]
    place = "University of Tsukuba Tokyo Campus, or online"
    assert [text[0] for text in texts] == [
        f"Today at 13:00: {subject}, {place}",
        f"Starting at 13:00: {subject}, {place}",
    ]
    assert posts == [
        {
            "at": "2024-05-20T08:00:00+09:00",
            "target": "(channel)",
            "kind": "morning",
            "lectures": ["10"],
            "why": "the day of the lecture, at 08:00",
        },
        {
            "at": "2024-05-20T12:30:00+09:00",
            "target": "(channel)",
            "kind": "starting",
            "lectures": ["10"],
            "why": "30 minutes before the start",
        },
    ]


def test_a_deadline_on_a_holiday_is_announced_on_the_last_day_of_work(tmp_path: Path) -> None:
    file = tmp_path / "lectures.yaml"
    file.write_text(
        "series:\n"
        "  {name: S, timezone: Asia/Tokyo, holidays: JP, registration: {closes: {days_before: 1, at: '12:00'}}}\n"
        "lectures:\n"
        "  - {number: 1, starts: 2024-05-07T13:00, registration: {url: 'https://forms.example/viewform'}}\n",
        encoding="utf-8",
    )
    done = lecturebot("plan", "--lectures", str(file), "--from", "2024-04-25", "--to", "2024-05-04", "--format", "json")
    assert [(each["at"], each["kind"]) for each in json.loads(done.out)] == [
        ("2024-04-30T09:00:00+09:00", "week_before"),
        ("2024-05-02T12:00:00+09:00", "last_weekday"),
    ]


def test_the_language_that_is_asked_for_holds_for_every_channel() -> None:
    channels = {"LECTUREBOT_CHANNELS": "discord:1"}
    options = ("plan", "--from", "2024-05-20", "--to", "2024-05-20T09:00", "--format", "json")
    told = [lecturebot(*lang, *options, settings=channels).out for lang in ((), ("--lang", "en"), ("--lang", "de"))]
    lines = [json.loads(each)[0]["text"].splitlines() for each in told]
    assert [each[0].partition("：")[0].partition(":00:")[0] for each in lines] == [
        "本日 13:00 開始",
        "Today at 13",
        "Today at 13",
    ]
    assert any("Mo., 20. Mai" in line for line in lines[2])


def test_nothing_is_planned_once_the_series_is_over() -> None:
    done = lecturebot("--lang", "ja", "--now", "2025-01-01", "plan")
    assert (done.code, done.out) == (0, "この先に予定されたお知らせはありません。\n")


def test_an_instant_that_is_none_is_refused_with_an_example() -> None:
    done = lecturebot("--lang", "en", "plan", "--from", "soon")
    assert done.code == 2
    assert "2024-04-06" in done.err
