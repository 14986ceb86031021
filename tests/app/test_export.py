"""`lecturebot export`, as a process of its own."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.exports.ics import calendar
from bot.exports.mail import mail
from bot.exports.page import page_block, page_part
from bot.schedule.reader import read_file
from tests.exports.as_json import schedule_json
from tests.exports.rfc5545 import read
from tests.processes import ROOT, lecturebot

SHIPPED = ROOT / "lectures.yaml"
NOW = "2024-04-06T12:00+09:00"
AT = datetime.fromisoformat(NOW)
READING = read_file(SHIPPED)
SERIES = READING.series
NINTH = SERIES.lectures[8]


def export(*arguments: str, now: str = NOW) -> str:
    """What is printed, for people whose machine speaks English unless told otherwise."""
    done = lecturebot("--now", now, "export", *arguments, settings={"LANG": "en_US.UTF-8"})
    assert (done.code, done.err) == (0, "")
    return done.out


def refused(*arguments: str, now: str = NOW) -> tuple[int, str]:
    """The exit code, and what is said; nothing is exported."""
    done = lecturebot("--now", now, "--lang", "en", "export", *arguments)
    assert done.out == ""
    return done.code, done.err


def test_the_page_s_part_and_one_block_of_it() -> None:
    assert export("md") == page_part(SERIES, AT)
    assert export("md", "--lecture", "9") == page_block(SERIES, NINTH, AT, "ja")
    assert export("md", "--lecture", "9", "--lang", "en") == page_block(SERIES, NINTH, AT, "en")


def test_the_page_by_a_template(tmp_path: Path) -> None:
    template = tmp_path / "template.txt"
    template.write_text("$number: $speaker\n", encoding="utf-8")
    one = export("md", "--template", str(template), "--lecture", "9", "--lang", "en")
    assert one == "9: Masato Taki (Rikkyo University)\n"
    every = export("md", "--template", str(template))
    assert every.splitlines()[0] == "9: 瀧 雅人 (立教大学)"
    assert len(every.splitlines()) == len(SERIES.lectures)


def test_a_template_that_can_t_be_used_is_refused(tmp_path: Path) -> None:
    template = tmp_path / "template.txt"
    code, told = refused("md", "--template", str(template))
    assert (code, "No such file" in told) == (2, True)
    template.write_text("$number\n$speakers\n", encoding="utf-8")
    code, told = refused("md", "--template", str(template))
    assert (code, told.startswith("Line 2 of the template: $speakers is no placeholder. There are $number ")) == (
        2,
        True,
    )
    code, told = refused("mail", "--template", str(template))
    assert (code, "lecturebot export md --template" in told) == (2, True)


def test_the_data_of_all_lectures_and_of_one() -> None:
    whole = export("json")
    assert whole == f"{schedule_json(READING)}\n"
    one = export("json", "--lecture", "9")
    head, first = whole.index('  "lectures": ['), whole.index('    {\n      "number": 9,')
    last = whole.index('    {\n      "number": 10,')
    assert one == f'{whole[:head]}  "lectures": [\n{whole[first:last].rstrip().removesuffix(",")}\n  ]\n}}\n'


def test_the_mail_of_the_next_lecture_is_in_both_languages_or_in_one() -> None:
    assert export("mail", "--lang", "en") == mail(SERIES, NINTH, AT, ["en"])
    assert export("mail", "--lecture", "7") == mail(SERIES, SERIES.lectures[6], AT, ["ja", "en"])


def test_while_a_lecture_is_under_way_the_mail_is_about_the_one_after() -> None:
    during = "2024-04-25T14:00+09:00"
    expected = mail(SERIES, SERIES.lectures[9], datetime.fromisoformat(during), ["ja", "en"])
    assert export("mail", now=during) == expected


def test_the_calendar_is_as_new_as_the_file(tmp_path: Path) -> None:
    file = tmp_path / "lectures.yaml"
    file.write_bytes(SHIPPED.read_bytes())
    changed = datetime(2024, 4, 5, 14, 47, 49, tzinfo=UTC)
    os.utime(file, (changed.timestamp(), changed.timestamp()))
    modified = {lecture.id: changed for lecture in SERIES.lectures}
    revisions = {lecture.id: 134_491_669 for lecture in SERIES.lectures}  # seconds since 2020
    whole = export("ics", "--lectures", str(file)).encode()
    assert whole == calendar(SERIES, SERIES.lectures, "ja", AT, revisions, modified)
    one = export("ics", "--lectures", str(file), "--lecture", "9", "--lang", "en").encode()
    assert one == calendar(SERIES, [NINTH], "en", AT, revisions, modified)
    assert [(entry["UID"], entry["DTSTAMP"]) for entry in read(one)[1]] == [
        ("lecture-9.lectures4mlphys@akio-tomiya.github.io", changed),
        ("registration-9.lectures4mlphys@akio-tomiya.github.io", changed),
    ]


def test_a_lecture_that_is_not_there_is_told_so() -> None:
    assert refused("md", "--lecture", "99") == (1, "There is no lecture 99.\n")
    assert refused("md", "--lecture", "2024-06") == (1, "There is no lecture 2024-06.\n")


def test_without_a_date_there_is_neither_calendar_nor_next_lecture(tmp_path: Path) -> None:
    file = tmp_path / "lectures.yaml"
    file.write_text("series: {name: S, timezone: Asia/Tokyo}\nlectures: [{number: 1}]\n", encoding="utf-8")
    assert refused("ics", "--lectures", str(file), "--lecture", "1") == (
        1,
        "Lecture 1 cannot go into a calendar, as its date is to be announced.\n",
    )
    assert refused("mail", "--lectures", str(file)) == (
        1,
        "No lecture with a date is ahead. Name the one to be announced with --lecture.\n",
    )
    assert read(export("ics", "--lectures", str(file)).encode())[1] == []


@pytest.mark.parametrize("arguments", [("pdf",), ("md", "--lecture")])
def test_wrong_usage_is_told_from_a_lecture_that_is_not_there(arguments: tuple[str, ...]) -> None:
    assert refused(*arguments)[0] == 2


def test_a_broken_schedule_is_told_by_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "lectures.yaml"
    file.write_text("series: {name: S, timezone: Asia/Tokyo}\nlectures: [{number: x}]\n", encoding="utf-8")
    code, said = refused("json", "--lectures", str(file))
    assert code == 1
    assert said.startswith(f"{file}:2: lectures[")


def test_the_mail_of_a_series_in_one_language_is_in_that(tmp_path: Path) -> None:
    file = tmp_path / "lectures.yaml"
    file.write_text(
        "series: {name: Flows, timezone: Europe/Vienna}\nlectures: [{number: 1, starts: 2030-04-18 13:00}]\n",
        encoding="utf-8",
    )
    told = export("mail", "--lectures", str(file))
    assert told.startswith("Subject: [Flows] Lecture 1")
    assert told.isascii()
    file.write_text(file.read_text(encoding="utf-8").replace("Flows", "{de: Wirbel, en: Flows}"), encoding="utf-8")
    both = export("mail", "--lectures", str(file))
    assert ("Do., 18. Apr. 2030" in both, "Thu, 18 Apr 2030" in both) == (True, True)
