"""Calendar files, parsed back."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.catalog.ics import calendar
from bot.commands.calendar import CalendarWriter
from bot.domain.language import LANGUAGES, Language, Localized
from bot.domain.lecture import Lecture, Mode, Person, Registration, Status, Venue
from bot.domain.series import Links, Series

TOKYO = ZoneInfo("Asia/Tokyo")
FORM = "https://forms.gle/abc"
LECTURE = Lecture(
    9,
    day=date(2024, 4, 25),
    starts=datetime(2024, 4, 25, 13, tzinfo=TOKYO),
    ends=datetime(2024, 4, 25, 17, tzinfo=TOKYO),
    speaker=Person(Localized("瀧 雅人", "Masato Taki"), Localized("立教大学", "Rikkyo University")),
    title=Localized("機械学習入門", "Introduction; to, Machine Learning"),
    mode=Mode.HYBRID,
    venue=Venue(Localized("筑波大学東京キャンパス", "Tokyo Campus"), Localized("118教室", "Room 118")),
)
WITH_FORM = replace(LECTURE, registration=Registration(url=FORM))


def series(*lectures: Lecture, page: str | None = "https://example.org/lectures/") -> Series:
    """A series of these lectures."""
    return Series(Localized("物理の講義", "Physics Lectures"), TOKYO, links=Links(page=page), lectures=lectures)


def entries(lectures: Sequence[Lecture], language: Language = "en") -> list[dict[str, Any]]:
    """What a calendar reads from the file, property by property; of the alarm the time alone."""
    parsed = Calendar.from_ical(calendar(series(*lectures), lectures, language))
    found = []
    for entry in parsed.walk("VEVENT"):
        values = {name: entry.decoded(name) for name in entry}
        values = {name: value.decode() if isinstance(value, bytes) else value for name, value in values.items()}
        alarms = [("ALARM", alarm.decoded("trigger")) for alarm in entry.walk("VALARM")]
        found.append(values | dict(alarms))
    return found


def test_a_lecture_and_its_deadline() -> None:
    page = "https://example.org/lectures/"
    stamp = datetime(2000, 1, 1, tzinfo=UTC)
    assert entries([WITH_FORM]) == [
        {
            "UID": "lecture-9@example.org",
            "DTSTAMP": stamp,
            "DTSTART": datetime(2024, 4, 25, 4, tzinfo=UTC),
            "DTEND": datetime(2024, 4, 25, 8, tzinfo=UTC),
            "SUMMARY": "Lecture 9: Introduction; to, Machine Learning",
            "LOCATION": "Tokyo Campus Room 118",
            "DESCRIPTION": "Speaker: Masato Taki (Rikkyo University)\n"
            "Format: In person and online (hybrid)\n"
            "Registration closes: Wed, 24 Apr 2024, 12:00 JST\n"
            "Lecture page: https://example.org/lectures/",
            "STATUS": "CONFIRMED",
            "URL": page,
        },
        {
            "UID": "registration-9@example.org",
            "DTSTAMP": stamp,
            "DTSTART": datetime(2024, 4, 24, 3, tzinfo=UTC),
            "SUMMARY": "Registration closes: Lecture 9: Introduction; to, Machine Learning",
            "DESCRIPTION": "Registration form: https://forms.gle/abc\n"
            "Lecture: Thu, 25 Apr 2024, 13:00–17:00 JST\n"
            "Speaker: Masato Taki (Rikkyo University)",
            "STATUS": "CONFIRMED",
            "TRANSP": "TRANSPARENT",
            "URL": page,
            "ALARM": timedelta(days=-1),
        },
    ]


def test_in_japanese() -> None:
    lecture, deadline = entries([WITH_FORM], "ja")
    assert lecture["SUMMARY"] == "第9回　機械学習入門"
    assert lecture["LOCATION"] == "筑波大学東京キャンパス 118教室"
    assert lecture["DESCRIPTION"] == (
        "講師: 瀧 雅人（立教大学）\n開催方法: 対面とオンライン（ハイブリッド）\n"
        "参加登録の締切: 2024/4/24(水) 12:00 JST\n講義のページ: https://example.org/lectures/"
    )
    assert deadline["SUMMARY"] == "参加登録締切: 第9回　機械学習入門"
    assert deadline["DESCRIPTION"] == (
        "参加登録フォーム: https://forms.gle/abc\n講義: 2024/4/25(木) 13:00–17:00 JST\n講師: 瀧 雅人（立教大学）"
    )


@pytest.mark.parametrize(
    ("changed", "status", "summary", "first_line"),
    [
        ({}, "CONFIRMED", "Lecture 9: Introduction; to, Machine Learning", None),
        ({"title": None}, "CONFIRMED", "Lecture 9 (title to be announced)", None),
        (
            {"title_tentative": True},
            "CONFIRMED",
            "Lecture 9: Introduction; to, Machine Learning (tentative title)",
            None,
        ),
        (
            {"status": Status.POSTPONED},
            "TENTATIVE",
            "Postponed: Lecture 9: Introduction; to, Machine Learning",
            "This lecture has been postponed. The date shown is the original one.",
        ),
        (
            {"status": Status.CANCELLED},
            "CANCELLED",
            "Cancelled: Lecture 9: Introduction; to, Machine Learning",
            "This lecture has been cancelled.",
        ),
        (
            {"starts": None, "ends": None},
            "TENTATIVE",
            "Lecture 9: Introduction; to, Machine Learning",
            "The time is to be announced.",
        ),
        (
            {"ends": None},
            "CONFIRMED",
            "Lecture 9: Introduction; to, Machine Learning",
            "When it ends is to be announced.",
        ),
        (
            {"venue": Venue(Localized.same("Kyoto"), tentative=True)},
            "TENTATIVE",
            "Lecture 9: Introduction; to, Machine Learning",
            None,
        ),
    ],
)
def test_what_is_unsettled_is_said(changed: dict[str, Any], status: str, summary: str, first_line: str | None) -> None:
    (entry,) = entries([replace(LECTURE, **changed)])
    assert (entry["STATUS"], entry["SUMMARY"]) == (status, summary)
    line = entry["DESCRIPTION"].splitlines()[0]
    assert line == (first_line or "Speaker: Masato Taki (Rikkyo University)")


def test_a_day_without_a_time_is_an_entry_of_a_whole_day() -> None:
    (entry,) = entries([replace(LECTURE, starts=None, ends=None)])
    assert (entry["DTSTART"], entry["DTEND"]) == (date(2024, 4, 25), date(2024, 4, 26))


def test_without_a_known_end_none_is_made_up() -> None:
    (entry,) = entries([replace(LECTURE, ends=None)])
    assert "DTEND" not in entry


def test_places() -> None:
    online = replace(LECTURE, mode=Mode.ONLINE)
    undecided = replace(LECTURE, venue=None)
    tentative = replace(LECTURE, venue=Venue(Localized.same("Kyoto"), tentative=True))
    found = [entries([each])[0].get("LOCATION") for each in (online, undecided, tentative)]
    assert found == ["Online", None, "Kyoto (tentative)"]


def test_there_is_no_deadline_to_keep_for_a_lecture_that_does_not_take_place_as_planned() -> None:
    for status in (Status.POSTPONED, Status.CANCELLED):
        assert [entry["UID"] for entry in entries([replace(WITH_FORM, status=status)])] == ["lecture-9@example.org"]


def test_lectures_without_a_date_are_left_out() -> None:
    assert entries([Lecture(1), replace(LECTURE, number=2)], "ja")[0]["UID"] == "lecture-2@example.org"
    assert entries([Lecture(1)]) == []


def test_without_a_page_the_name_makes_identifiers_unique() -> None:
    hosts = []
    for name in (Localized("講義", "Physics Lectures!"), Localized.same("講義")):
        of = replace(series(LECTURE, page=None), name=name)
        (entry,) = Calendar.from_ical(calendar(of, of.lectures, "en")).walk("VEVENT")
        hosts.append(str(entry["UID"]).removeprefix("lecture-9@"))
    assert hosts == ["physics-lectures", hashlib.sha256("講義".encode()).hexdigest()[:16]]


def test_the_file_names_the_series_and_is_the_same_every_time() -> None:
    write: CalendarWriter = calendar
    of = series(WITH_FORM, replace(WITH_FORM, number=10))
    content = write(of, of.lectures, "ja")
    assert content == write(replace(of), of.lectures, "ja")
    parsed = Calendar.from_ical(content)
    assert [str(parsed[name]) for name in ("version", "method", "x-wr-calname", "x-wr-timezone")] == [
        "2.0",
        "PUBLISH",
        "物理の講義",
        "Asia/Tokyo",
    ]
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(LANGUAGES))
def test_any_title_makes_a_file_that_can_be_read(title: str, language: Language) -> None:
    (entry,) = entries([replace(LECTURE, title=Localized.same(title))], language)
    assert entry["UID"] == "lecture-9@example.org"
