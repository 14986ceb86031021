"""Calendar files, read back by a reader that shares nothing with the writer."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.context import CalendarWriter
from bot.domain.language import LANGUAGES, Language, Localized
from bot.domain.lecture import Lecture, Mode, Person, Registration, Status, Venue
from bot.domain.registration import ClosingRule, RegistrationPolicy
from bot.domain.series import Links, Series
from bot.exports.ics import calendar
from tests.domain.generated import instants, thorough
from tests.domain.generated import series as any_series
from tests.examples import NOON_BEFORE, both
from tests.exports.rfc5545 import Value, read

NOW = datetime(2024, 4, 10, tzinfo=UTC)
STAMP = datetime(2000, 1, 1, tzinfo=UTC)
TOKYO = ZoneInfo("Asia/Tokyo")
FORM = "https://forms.gle/abc"
LECTURE = Lecture(
    9,
    day=date(2024, 4, 25),
    starts=datetime(2024, 4, 25, 13, tzinfo=TOKYO),
    ends=datetime(2024, 4, 25, 17, tzinfo=TOKYO),
    speakers=(Person(both("瀧 雅人", "Masato Taki"), both("立教大学", "Rikkyo University")),),
    title=both("機械学習入門", "Introduction; to, Machine Learning"),
    mode=Mode.HYBRID,
    venue=Venue(
        both("筑波大学東京キャンパス", "Tokyo Campus"),
        both("118教室", "Room 118"),
    ),
)
WITH_FORM = replace(LECTURE, registration=Registration(url=FORM))


def series(*lectures: Lecture, page: str | None = "https://example.org/lectures/") -> Series:
    """A series of these lectures."""
    return Series(
        both("物理の講義", "Physics Lectures"),
        TOKYO,
        links=Links(page=page),
        registration=NOON_BEFORE,
        lectures=lectures,
    )


def entries(
    lectures: Sequence[Lecture], language: Language = "en", now: datetime = NOW, **changes: Any
) -> list[dict[str, Value]]:
    """What a calendar reads from the file, property by property; of the alarm the time alone."""
    return read(calendar(series(*lectures), lectures, language, now, **changes))[1]


def entry_of(lecture: Lecture, language: Language = "en", now: datetime = NOW) -> dict[str, Value]:
    """The entry of the lecture itself."""
    entry = entries([lecture], language, now)[0]
    assert str(entry["UID"]).startswith("lecture-")
    return entry


def test_a_lecture_and_its_deadline() -> None:
    page = "https://example.org/lectures/"
    assert entries([WITH_FORM]) == [
        {
            "UID": "lecture-9.lectures@example.org",
            "X-LECTUREBOT-ID": "9",
            "X-LECTUREBOT-TITLE": "Introduction; to, Machine Learning",
            "SEQUENCE": 0,
            "DTSTAMP": STAMP,
            "DTSTART": datetime(2024, 4, 25, 4, tzinfo=UTC),
            "DTEND": datetime(2024, 4, 25, 8, tzinfo=UTC),
            "SUMMARY": "Lecture 9: Introduction; to, Machine Learning",
            "LOCATION": "Tokyo Campus Room 118",
            "DESCRIPTION": "Speaker: Masato Taki (Rikkyo University)\n"
            "Format: In person and online\n"
            "Registration closes: Wed, 24 Apr 2024, 12:00 JST\n"
            "Lecture page: https://example.org/lectures/",
            "STATUS": "CONFIRMED",
            "URL": page,
        },
        {
            "UID": "registration-9.lectures@example.org",
            "SEQUENCE": 0,
            "DTSTAMP": STAMP,
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
        "講師: 瀧 雅人（立教大学）\n開催方法: 対面とオンライン\n"
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
            "TENTATIVE",
            "Lecture 9: Introduction; to, Machine Learning (tentative title)",
            None,
        ),
        (
            {"status": Status.POSTPONED},
            "CANCELLED",
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
            {"venue": Venue(Localized.same("Tokyo Campus"), tentative=True)},
            "TENTATIVE",
            "Lecture 9: Introduction; to, Machine Learning",
            None,
        ),
    ],
)
def test_what_is_unsettled_is_said(changed: dict[str, Any], status: str, summary: str, first_line: str | None) -> None:
    entry = entry_of(replace(LECTURE, **changed))
    assert (entry["STATUS"], entry["SUMMARY"]) == (status, summary)
    line = str(entry["DESCRIPTION"]).splitlines()[0]
    assert line == (first_line or "Speaker: Masato Taki (Rikkyo University)")


def test_nothing_about_a_lecture_that_is_over_is_tentative() -> None:
    lecture = replace(LECTURE, title_tentative=True)
    assert entry_of(lecture, now=datetime(2024, 4, 25, 8, tzinfo=UTC))["STATUS"] == "CONFIRMED"


def test_an_unusual_venue_is_said_first_until_the_lecture_is_over() -> None:
    of = replace(series(LECTURE), usual_venue=Localized.same("Kyoto"))
    firsts = []
    for now in (NOW, datetime(2024, 4, 26, tzinfo=UTC)):
        entry = read(calendar(of, of.lectures, "en", now))[1][0]
        firsts.append(str(entry["DESCRIPTION"]).splitlines()[0])
    assert firsts == ["Please note: not the usual venue.", "Speaker: Masato Taki (Rikkyo University)"]


def test_a_lecture_that_is_not_held_or_has_no_hours_blocks_no_time() -> None:
    changes: list[dict[str, Any]] = [{}, {"status": Status.POSTPONED}, {"status": Status.CANCELLED}, {"starts": None}]
    found = [entry_of(replace(LECTURE, **changed)).get("TRANSP") for changed in changes]
    assert found == [None, "TRANSPARENT", "TRANSPARENT", "TRANSPARENT"]


def test_a_day_without_a_time_is_an_entry_of_a_whole_day() -> None:
    entry = entry_of(replace(LECTURE, starts=None, ends=None))
    assert (entry["DTSTART"], entry["DTEND"]) == (date(2024, 4, 25), date(2024, 4, 26))


def test_without_a_known_end_none_is_made_up() -> None:
    assert "DTEND" not in entry_of(replace(LECTURE, ends=None))


def test_times_are_told_in_the_zone_of_the_series() -> None:
    lines = calendar(series(WITH_FORM), [WITH_FORM], "en", NOW).decode().split("\r\n")
    assert [line for line in lines if line.startswith(("DTSTART;", "DTEND;", "TZID:"))] == [
        "TZID:Asia/Tokyo",
        "DTSTART;TZID=Asia/Tokyo:20240425T130000",
        "DTEND;TZID=Asia/Tokyo:20240425T170000",
        "DTSTART;TZID=Asia/Tokyo:20240424T120000",
    ]


def test_at_a_change_of_the_clocks_times_that_these_skip_or_repeat_are_told_in_utc() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    starts = datetime(2024, 10, 27, 2, 0, tzinfo=berlin)
    repeated = replace(LECTURE, day=date(2024, 10, 27), starts=starts, ends=starts.replace(minute=30, fold=1))
    skipped = replace(LECTURE, number=10, id="10", day=date(2024, 4, 1), starts=None, ends=None)
    rule = ClosingRule(days_before=1, at=time(2, 30))
    of = replace(series(repeated, skipped), timezone=berlin, registration=RegistrationPolicy(True, closes=rule))
    text = calendar(of, of.lectures, "en", datetime(2024, 3, 1, tzinfo=UTC)).decode()
    lines = text.partition("END:VTIMEZONE")[2].split("\r\n")
    assert [line for line in lines if line.startswith(("DTSTART", "DTEND"))] == [
        "DTSTART:20241027T000000Z",
        "DTEND:20241027T013000Z",
        "DTSTART;TZID=Europe/Berlin:20241026T023000",
        "DTSTART;VALUE=DATE:20240401",
        "DTEND;VALUE=DATE:20240402",
        "DTSTART:20240331T013000Z",
    ]


@pytest.mark.parametrize(
    "zone", ["Africa/Casablanca", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe", "Europe/Berlin"]
)
def test_on_every_day_of_a_year_a_calendar_goes_by_the_clocks_of_the_zone(zone: str) -> None:
    """Clocks are changed between the earlier two of these times."""
    of = replace(series(), timezone=ZoneInfo(zone))
    midnights = [datetime(2024, 1, 1, tzinfo=of.timezone) + timedelta(days=each) for each in range(366)]
    times = (timedelta(hours=1), timedelta(hours=3, minutes=5), timedelta(hours=12))
    starts = [midnight + each for midnight in midnights for each in times]
    lectures = [Lecture(number, day=each.date(), starts=each) for number, each in enumerate(starts)]
    found = [entry["DTSTART"] for entry in read(calendar(of, lectures, "en", datetime(2030, 1, 1, tzinfo=UTC)))[1]]
    assert found == [each.astimezone(UTC) for each in starts]


def test_a_series_that_moves_to_a_zone_with_the_same_clocks_is_told_in_that_zone() -> None:
    for name in ("Asia/Tokyo", "Asia/Seoul"):
        lecture = replace(LECTURE, starts=datetime(2024, 4, 25, 13, tzinfo=ZoneInfo(name)), ends=None)
        of = replace(series(lecture), timezone=ZoneInfo(name))
        assert f"DTSTART;TZID={name}:20240425T130000" in calendar(of, of.lectures, "en", NOW).decode()


def test_places() -> None:
    online = replace(LECTURE, mode=Mode.ONLINE)
    undecided = replace(LECTURE, venue=None)
    tentative = replace(LECTURE, venue=Venue(Localized.same("Kyoto"), tentative=True))
    bare = replace(online, venue=None)
    found = [entry_of(each).get("LOCATION") for each in (online, bare, undecided, tentative)]
    assert found == ["Tokyo Campus Room 118", "Online", None, "Kyoto (tentative)"]


def test_the_deadline_stands_from_before_the_form_is_there_until_nobody_can_register_any_more() -> None:
    deadline = datetime(2024, 4, 24, 3, tzinfo=UTC)
    full = Registration(url=FORM, in_person_full=True)
    cases = [
        (LECTURE, NOW),
        (WITH_FORM, deadline - timedelta(seconds=1)),
        (WITH_FORM, deadline),
        (replace(WITH_FORM, registration=full), NOW),
        (replace(WITH_FORM, registration=full, mode=Mode.IN_PERSON), NOW),
        (replace(WITH_FORM, status=Status.POSTPONED), NOW),
        (replace(WITH_FORM, status=Status.CANCELLED), NOW),
    ]
    found = [[str(entry["UID"]).partition("-")[0] for entry in entries([each], now=now)] for each, now in cases]
    both, alone = ["lecture", "registration"], ["lecture"]
    assert found == [both, both, alone, both, alone, alone, alone]


def test_a_deadline_before_the_form_is_there_says_so() -> None:
    _, deadline = entries([LECTURE])
    assert str(deadline["DESCRIPTION"]).splitlines()[0] == "Registration is not open yet."


def test_a_lecture_that_moves_keeps_its_identifiers_and_is_newer() -> None:
    starts, ends = datetime(2024, 5, 2, 13, tzinfo=TOKYO), datetime(2024, 5, 2, 17, tzinfo=TOKYO)
    moved = replace(WITH_FORM, day=starts.date(), starts=starts, ends=ends)
    since = datetime(2024, 4, 11, 9, 30, 15, 999, tzinfo=TOKYO)
    before, after = entries([WITH_FORM]), entries([moved], revisions={"9": 2}, modified={"9": since})
    names = ("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART")
    assert [tuple(entry.get(name) for name in names) for entry in before + after] == [
        ("lecture-9.lectures@example.org", 0, STAMP, None, datetime(2024, 4, 25, 4, tzinfo=UTC)),
        ("registration-9.lectures@example.org", 0, STAMP, None, datetime(2024, 4, 24, 3, tzinfo=UTC)),
        (
            "lecture-9.lectures@example.org",
            2,
            datetime(2024, 4, 11, 0, 30, 15, tzinfo=UTC),
            datetime(2024, 4, 11, 0, 30, 15, tzinfo=UTC),
            datetime(2024, 5, 2, 4, tzinfo=UTC),
        ),
        (
            "registration-9.lectures@example.org",
            2,
            datetime(2024, 4, 11, 0, 30, 15, tzinfo=UTC),
            datetime(2024, 4, 11, 0, 30, 15, tzinfo=UTC),
            datetime(2024, 5, 1, 3, tzinfo=UTC),
        ),
    ]


def test_lectures_without_a_date_are_left_out() -> None:
    assert entries([Lecture(1), replace(LECTURE, number=2, id="2")], "ja")[0]["UID"] == "lecture-2.lectures@example.org"
    assert entries([Lecture(1)]) == []


def test_two_series_on_one_host_share_no_identifier() -> None:
    pages = ("https://example.org/", "https://example.org/ml/2024", "https://example.org/event?id=5", None)
    found = [read(calendar(series(LECTURE, page=page), [LECTURE], "en", NOW))[1][0]["UID"] for page in pages]
    assert found == [
        "lecture-9@example.org",
        "lecture-9.ml-2024@example.org",
        "lecture-9.event-id-5@example.org",
        "lecture-9@physics-lectures",
    ]


def test_without_a_page_the_name_makes_identifiers_unique() -> None:
    hosts = []
    for name in (both("講義", "Physics Lectures!"), Localized.same("講義")):
        of = replace(series(LECTURE, page=None), name=name)
        entry = read(calendar(of, of.lectures, "en", NOW))[1][0]
        hosts.append(str(entry["UID"]).removeprefix("lecture-9@"))
    assert hosts == ["physics-lectures", hashlib.sha256("講義".encode()).hexdigest()[:16]]


def test_the_file_names_the_series_and_is_the_same_every_time() -> None:
    write: CalendarWriter = calendar
    of = series(WITH_FORM, replace(WITH_FORM, number=10, id="10"))
    content = write(of, of.lectures, "ja", NOW)
    assert content == write(replace(of), of.lectures, "ja", NOW + timedelta(hours=1))
    assert read(content)[0] == {
        "PRODID": "-//lecturebot//example.org//JA",
        "VERSION": "2.0",
        "CALSCALE": "GREGORIAN",
        "METHOD": "PUBLISH",
        "NAME": "物理の講義",
        "X-WR-CALNAME": "物理の講義",
        "X-WR-TIMEZONE": "Asia/Tokyo",
        "REFRESH-INTERVAL": timedelta(hours=1),
        "X-PUBLISHED-TTL": timedelta(hours=1),
    }


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(LANGUAGES))
def test_any_title_makes_a_file_that_can_be_read(title: str, language: Language) -> None:
    entry = entry_of(replace(LECTURE, title=Localized.same(title)), language)
    assert entry["UID"] == "lecture-9.lectures@example.org"


@thorough
@given(st.data(), st.sampled_from(LANGUAGES))
def test_in_any_zone_and_at_any_change_of_the_clocks_every_instant_is_read_as_it_is(
    data: st.DataObject, language: Language
) -> None:
    of = data.draw(any_series())
    now = data.draw(instants(of))
    _, found = read(calendar(of, of.lectures, language, now))
    by_uid = {str(entry["UID"]).partition("@")[0]: entry for entry in found}
    lectures = {f"lecture-{each.id}": each for each in of.lectures if each.day}
    assert by_uid.keys() - lectures.keys() <= {f"registration-{each.id}" for each in of.lectures}
    assert lectures.keys() <= by_uid.keys()
    for uid, lecture in lectures.items():
        starts, ends = (each and each.astimezone(UTC) for each in (lecture.starts, lecture.ends))
        assert by_uid[uid]["DTSTART"] == (starts or lecture.day)
        assert not starts or by_uid[uid].get("DTEND") == ends
        deadline, closes = by_uid.get(uid.replace("lecture", "registration")), of.deadline(lecture)
        assert not deadline or (closes and deadline["DTSTART"] == closes.astimezone(UTC))
