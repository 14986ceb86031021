"""What a valid file says, as the series it becomes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.expectations import Expected
from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Mode, Person, Registration, Status, Talk, Venue
from bot.domain.materials import Material, MaterialKind
from bot.domain.registration import ClosingRule, RegistrationPolicy
from bot.domain.reminder_times import SETTLING, TIMINGS, News, Stage, Timing
from bot.domain.reminders import last_weekday_before
from bot.domain.series import Links, NamedLink, Rules, Series
from bot.schedule.reader import read, read_file, with_holidays
from bot.schedule.schema.announcements import DaysBefore
from bot.schedule.schema.lecture import LectureEntry
from bot.schedule.schema.page import Sync
from tests.processes import ROOT
from tests.schedule.files import HEAD, lecture, series

SHIPPED = ROOT / "lectures.yaml"
TOKYO = ZoneInfo("Asia/Tokyo")

EVERYTHING = """\
series:
  name: {ja: 物理の講義, en: Physics Lectures}
  timezone: Asia/Tokyo
  language: en
  page: {url: https://example.org/l/, source: https://example.org/l.md, sync: propose, every: 2h}
  links: {youtube: https://example.org/y, contact: https://forms.gle/abc, location: https://example.org/m,
    chat: {label: Chat, url: https://example.org/c}}
  organizers: [{name: 富谷 昭夫, affiliation: {en: TWCU}}]
  usual_venue: 筑波
  registration: {closes: {days_before: 2, at: "18:30"}}
  defaults: {at: "09:00", lasts: 2h, mode: hybrid, venue: {name: 東京}, lecture_language: ja}
  expects: {venue: false, abstract: true, slides: true, video: }
  holidays: [2024-05-01, 2024-05-02(木)]
  rules: {registration: [a], in_person: [b], online: [{ja: c, en: d}], everyone: [e]}
announcements:
  week_before: {days: 6, at: "10:00"}
  closing_soon: [{hours: 30}, {hours: 4}]
  closing_today: {at: "08:45"}
  morning: false
  starting: {minutes: 15}
  changed: {minutes: 30}
  cancelled: false
lectures:
  - number: 12
    id: 2024-07
    label: 合宿
    status: postponed
    reason: 講師の都合により
    starts: 2024-07-22(月) 13:00
    ends: 2024-07-22T17:00+09:00
    speaker: {name: 瀧 雅人, affiliation: 立教大学, reading: たき まさと}
    title: No
    title_tentative: true
    mode: in_person
    venue: {name: 筑波, room: 118, url: map.html, tentative: true}
    summary: 12:00
    abstract: |
      1
      2
    notes: null island
    lecture_language: fr
    join: https://videos.example/live
    registration:
      {url: https://forms.gle/abc, opens: 2024-06-21, closes: 2024-07-21T12:00, in_person: full, also_for: [3]}
    materials:
      - {label: 1, kind: slides, url: ../a.pdf}
      - {label: 動画, kind: video, status: in_preparation}
    expects: {slides: false, title: true}
  - number: 3
    starts: 2024-07-01
    title:
    speaker: ~
    talks:
      - {title: Second, starts: "10:00-10:30", speakers: [A, {name: B, affiliation: C}], abstract: T}
      - {title: First, starts: 2024-07-01T09:00, materials: [{label: L, kind: code, url: c.zip}]}
"""


def test_every_key_arrives_where_it_belongs() -> None:
    both = Localized.same
    assert series(EVERYTHING) == Series(
        name=Localized.of({"ja": "物理の講義", "en": "Physics Lectures"}),
        timezone=TOKYO,
        language="en",
        links=Links(
            "https://example.org/l/",
            (
                NamedLink("youtube", "https://example.org/y"),
                NamedLink("contact", "https://forms.gle/abc"),
                NamedLink("location", "https://example.org/m"),
                NamedLink("chat", "https://example.org/c", both("Chat")),
            ),
        ),
        organizers=(Person(both("富谷 昭夫"), Localized.of({"en": "TWCU"})),),
        usual_venue=both("筑波"),
        registration=RegistrationPolicy(True, closes=ClosingRule(2, time(18, 30))),
        expects=frozenset({Expected.TITLE, Expected.SPEAKER, Expected.ABSTRACT, Expected.SLIDES}),
        rules=Rules((both("a"),), (both("b"),), (Localized.of({"ja": "c", "en": "d"}),), (both("e"),)),
        timings={
            Stage.WEEK_BEFORE: Timing(days=6, at=time(10)),
            Stage.LAST_WEEKDAY: TIMINGS[Stage.LAST_WEEKDAY],
            Stage.CLOSING_SOON: Timing(before=timedelta(hours=30), again=(Timing(before=timedelta(hours=4)),)),
            Stage.CLOSING_TODAY: Timing(at=time(8, 45)),
            Stage.STARTING: Timing(before=timedelta(minutes=15)),
        },
        settling={
            **{news: each for news, each in SETTLING.items() if news is not News.CANCELLED},
            News.CHANGED: timedelta(minutes=30),
        },
        holidays=frozenset({date(2024, 5, 1), date(2024, 5, 2)}),
        lectures=(
            Lecture(
                3,
                day=date(2024, 7, 1),
                starts=datetime(2024, 7, 1, 9, tzinfo=TOKYO),
                ends=datetime(2024, 7, 1, 11, tzinfo=TOKYO),
                mode=Mode.HYBRID,
                venue=Venue(both("東京")),
                language="ja",
                talks=(
                    Talk(
                        both("First"),
                        starts=datetime(2024, 7, 1, 9, tzinfo=TOKYO),
                        materials=(Material(both("L"), MaterialKind.CODE, "https://example.org/l/c.zip"),),
                    ),
                    Talk(
                        both("Second"),
                        (Person(both("A")), Person(both("B"), both("C"))),
                        datetime(2024, 7, 1, 10, tzinfo=TOKYO),
                        datetime(2024, 7, 1, 10, 30, tzinfo=TOKYO),
                        both("T"),
                    ),
                ),
            ),
            Lecture(
                number=12,
                id="2024-07",
                label=both("合宿"),
                status=Status.POSTPONED,
                reason=both("講師の都合により"),
                day=date(2024, 7, 22),
                starts=datetime(2024, 7, 22, 13, tzinfo=TOKYO),
                ends=datetime(2024, 7, 22, 17, tzinfo=TOKYO),
                speakers=(Person(both("瀧 雅人"), both("立教大学"), both("たき まさと")),),
                title=both("No"),
                title_tentative=True,
                mode=Mode.IN_PERSON,
                venue=Venue(both("筑波"), both("118"), "https://example.org/l/map.html", tentative=True),
                summary=both("12:00"),
                abstract=both("1\n2\n"),
                notes=both("null island"),
                language="fr",
                join="https://videos.example/live",
                registration=Registration(
                    "https://forms.gle/abc",
                    datetime(2024, 7, 21, 12, tzinfo=TOKYO),
                    in_person_full=True,
                    also_for=("3",),
                    opens=datetime(2024, 6, 21, tzinfo=TOKYO),
                ),
                materials=(
                    Material(both("1"), MaterialKind.SLIDES, "https://example.org/a.pdf"),
                    Material(both("動画"), MaterialKind.VIDEO),
                ),
                expects=frozenset({Expected.TITLE, Expected.SPEAKER, Expected.ABSTRACT}),
            ),
        ),
    )


def test_a_lecture_without_a_number_has_an_id_by_which_others_name_it() -> None:
    entries = """\
  - {number: 2, id: summer}
  - {number: 1, registration: {also_for: [2, extra]}}
  - {id: extra, label: 特別講義}
"""
    found = series(HEAD + entries).lectures
    assert [(each.number, each.id) for each in found] == [(1, "1"), (None, "extra"), (2, "summer")]
    assert found[0].registration.also_for == ("summer", "extra")
    assert found[1].label == Localized.same("特別講義")


@pytest.mark.parametrize("latest_first", [False, True])
def test_without_numbers_lectures_are_in_the_order_of_the_file_the_earliest_first(latest_first: bool) -> None:
    days = ["2024-06-10", "2025-06-09", "2026-06-08"]
    if latest_first:
        days.reverse()
    entries = "".join(f"  - {{id: on-{day}, starts: {day}}}\n" for day in days)
    found = series(f"{HEAD}{entries}").lectures
    assert [each.id for each in found] == ["on-2024-06-10", "on-2025-06-09", "on-2026-06-08"]


def test_sections_that_are_not_the_series_are_kept_beside_it() -> None:
    reading = read(EVERYTHING.encode(), "l.yaml")
    assert reading.settings.page is not None
    assert (reading.settings.page.sync, reading.settings.page.every) == (Sync.PROPOSE, timedelta(hours=2))
    assert reading.announcements.week_before == DaysBefore(days="6", at="10:00")  # type: ignore[arg-type]
    assert reading.announcements.morning is False


def test_a_key_that_is_left_empty_counts_as_left_out() -> None:
    names = [name for name in LectureEntry.model_fields if name != "number"]
    empty = "".join(f"    {name}:\n" for name in names)
    inner = "    venue: {name: v, tentative: , room: }\n    materials: [{label: m, kind: , status: in_preparation}]\n"
    sections = (
        "  language:\n  page: {sync: }\n  registration: {closes: {days_before: 1, at: }}\n  links:\nannouncements:\n"
    )
    assert series(
        HEAD.replace("lectures:\n", f"{sections}lectures:\n")
        + f"  - number: 1\n{empty}  - number: 2\n{inner}    registration: {{closes: , in_person: , also_for: }}\n"
    ).lectures == (
        Lecture(1),
        Lecture(
            2,
            venue=Venue(Localized.same("v")),
            materials=(Material(Localized.same("m"), MaterialKind.OTHER),),
        ),
    )


def test_the_shortest_file() -> None:
    shortest = Series(Localized.same("S"), ZoneInfo("UTC"), language="en")
    assert series("series: {name: S, timezone: UTC}\nlectures: []") == shortest


@pytest.mark.parametrize(
    "written",
    [
        "starts: 2024-07-22 18:00-20:00",
        "starts: 2024-07-22T18:00–20:00",
        "starts: 2024-07-22(月) 18:00 ~ 20:00",
        "starts: 2024-07-22 18:00〜20:00",
        "starts: 2024-07-22T18:00-20:00",
        "starts: 2024-07-22T18:00\nends: 20:00",
        'starts: 2024-07-22 18:00\nends: "20:00"',
    ],
)
def test_the_end_may_stand_behind_the_start_or_be_a_time_alone(written: str) -> None:
    found = lecture(written)
    assert (found.day, found.starts, found.ends) == (
        date(2024, 7, 22),
        datetime(2024, 7, 22, 18, tzinfo=TOKYO),
        datetime(2024, 7, 22, 20, tzinfo=TOKYO),
    )


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("starts: 2024-07-22 22:00-25:00", datetime(2024, 7, 23, 1, tzinfo=TOKYO)),
        ("starts: 2024-07-22 22:00-24:00", datetime(2024, 7, 23, 0, tzinfo=TOKYO)),
        ("starts: 2024-07-22 22:00-1:00", datetime(2024, 7, 23, 1, tzinfo=TOKYO)),
        ("starts: 2024-07-22T22:00\nends: 25:00", datetime(2024, 7, 23, 1, tzinfo=TOKYO)),
        ("starts: 2024-07-22 22:00 - 2024-07-23 1:00", datetime(2024, 7, 23, 1, tzinfo=TOKYO)),
        ("starts: 2024-07-22 10:00 - 2024-07-24(水) 17:00", datetime(2024, 7, 24, 17, tzinfo=TOKYO)),
        ("starts: 2024-07-22T22:00\nends: 0:30", datetime(2024, 7, 23, 0, 30, tzinfo=TOKYO)),
    ],
)
def test_an_end_after_midnight_is_on_the_next_day(written: str, ends: datetime) -> None:
    assert lecture(written).ends == ends


def test_an_offset_behind_a_time_is_none_where_the_zone_has_another() -> None:
    alaska = HEAD.replace("Asia/Tokyo", "America/Anchorage")
    written = "  - {number: 1, starts: 2024-01-15T08:00-09:00}\n"
    assert series(f"{alaska}{written}").lectures[0].ends is None
    assert series(f"{HEAD}{written}").lectures[0].ends == datetime(2024, 1, 15, 9, tzinfo=TOKYO)


DEFAULTS = """\
series:
  name: S
  timezone: Asia/Tokyo
  defaults:
    {at: "13:00", lasts: 1h30m, mode: in-person, lecture_language: en, venue: {name: Tokyo, room: 5, url: map.html}}
  page: {url: https://m.example/}
lectures:
"""


def test_what_a_lecture_does_not_say_is_as_usual() -> None:
    usual, room, elsewhere, online, whole = series(
        DEFAULTS + "  - {number: 1, starts: 2024-07-22}\n  - {number: 2, venue: {room: 6, tentative: true}}\n"
        "  - {number: 3, venue: Kyoto Hall}\n  - {number: 4, mode: online, starts: 2024-07-25}\n"
        "  - {number: 5, starts: 2024-07-26 10:00-11:00, mode: hybrid, lecture_language: ja, venue: MIT 35-225}\n"
    ).lectures
    tokyo = Venue(Localized.same("Tokyo"), Localized.same("5"), "https://m.example/map.html")
    assert (usual.starts, usual.ends) == (
        datetime(2024, 7, 22, 13, tzinfo=TOKYO),
        datetime(2024, 7, 22, 14, 30, tzinfo=TOKYO),
    )
    assert (usual.mode, usual.venue, usual.language) == (Mode.IN_PERSON, tokyo, "en")
    assert room.venue == replace(tokyo, room=Localized.same("6"), tentative=True)
    assert (elsewhere.venue, online.venue) == (Venue(Localized.same("Kyoto Hall")), None)
    assert (whole.mode, whole.language) == (Mode.HYBRID, "ja")
    assert whole.venue == Venue(Localized.same("MIT"), Localized.same("35-225"))


@pytest.mark.parametrize(
    ("written", "name", "room"),
    [
        ("venue: Room 5", "Room 5", None),
        ("venue: Tokyo Campus, 118", "Tokyo Campus", "118"),
        ("venue: 東京キャンパス 118教室", "東京キャンパス", "118教室"),
        ("venue: Great Hall", "Great Hall", None),
    ],
)
def test_a_venue_may_be_its_bare_name(written: str, name: str, room: str | None) -> None:
    assert lecture(written).venue == Venue(Localized.same(name), Localized.same(room) if room else None)


@pytest.mark.parametrize(
    "written",
    [
        "speakers: [Jane Doe (MIT), {name: John Roe}]",
        "speakers:\n      - {name: Jane Doe, affiliation: MIT}\n      - John Roe",
        "speaker: [Jane Doe (MIT), John Roe]",
        "speaker: Jane Doe (MIT); John Roe",
    ],
)
def test_several_speakers_are_written_by_name_or_as_mappings(written: str) -> None:
    jane, john = Person(Localized.same("Jane Doe"), Localized.same("MIT")), Person(Localized.same("John Roe"))
    assert lecture(written).speakers == (jane, john)
    assert lecture("speaker: Jane Doe (MIT)").speakers == lecture("speakers: Jane Doe (MIT)").speakers == (jane,)


def test_a_name_that_is_folded_over_lines_is_one_line() -> None:
    name = "  name: >\n    A Series\n    of Talks\n"
    folded = series(f"series:\n{name}  timezone: UTC\nlectures:\n  - number: 1\n    title: |\n      T\n")
    assert (folded.name, folded.lectures[0].title) == (Localized.same("A Series of Talks"), Localized.same("T"))


def test_nobody_is_at_work_at_the_turn_of_the_year_in_japan() -> None:
    text = "series: {name: S, timezone: Asia/Tokyo, holidays: [JP, 2031-12-26]}\n"
    found = with_holidays(read((text + "lectures: [{number: 1, starts: 2032-01-05}]\n").encode(), "l.yaml"))
    assert {date(2031, 12, 26), *(date(2031, 12, day) for day in (29, 30, 31))} <= found.holidays
    assert {date(2032, 1, day) for day in (1, 2, 3)} <= found.holidays
    assert last_weekday_before(date(2032, 1, 4), found) == date(2031, 12, 25)


def test_holidays_of_parts_of_countries_and_days_of_ones_own() -> None:
    text = "series: {name: S, timezone: Europe/Berlin, holidays: %s}\nlectures: [{number: 1, starts: 2031-06-12}]\n"

    def days_off(written: str) -> list[bool]:
        of = with_holidays(read((text % written).encode(), "l.yaml"))
        return [of.is_day_off(day) for day in (date(2031, 6, 12), date(2031, 12, 29), date(2031, 10, 3))]

    assert days_off("DE") == [False, False, True]
    assert days_off("DE-BY") == [True, False, True], "Corpus Christi"
    assert days_off("[JP, 2031-12-29]") == [False, True, False]
    assert days_off("[DE-BY, 2031-12-29]") == [True, True, True]


def test_what_is_expected_of_a_lecture_as_of_the_series_is_nothing_of_its_own() -> None:
    lectures = "lectures:\n  - {number: 1, expects: {video: true, slides: false}}\n  - {number: 2, expects: {}}\n"
    read_so = series(f"series: {{name: S, timezone: UTC, expects: {{video: true}}}}\n{lectures}")
    assert [each.expects for each in read_so.lectures] == [None, None]


def test_both_parsers_read_the_same() -> None:
    assert read(EVERYTHING.encode(), "l.yaml", pure=True) == read(EVERYTHING.encode(), "l.yaml")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    assert read(b"\xef\xbb\xbf" + EVERYTHING.replace("\n", "\r\n").encode(), "l.yaml").series == series(EVERYTHING)


@pytest.mark.parametrize(
    "written",
    [
        "2024-07-22T13:00",
        "2024-07-22 13:00",
        "2024-07-22T13:00:00",
        "2024-07-22(月) 13:00",
        "2024-07-22（月）13:00".replace("）13", "） 13"),
        "2024-07-22 (Mon)T13:00",
        "2024-07-22 (Monday) 13:00",
        "2024-07-22(月曜日)T13:00",
        "2024-07-22(Mon.) 13:00",
        "2024-07-22T13:00+09:00",
        '"2024-07-22T13:00+0900"',
    ],
)
def test_a_start_may_be_written_in_several_ways(written: str) -> None:
    assert lecture(f"starts: {written}").starts == datetime(2024, 7, 22, 13, tzinfo=TOKYO)


def test_times_are_local_to_the_series_in_summer_and_winter() -> None:
    berlin = HEAD.replace("Asia/Tokyo", "Europe/Berlin")
    read_in_berlin = series(
        f"{berlin}  - number: 1\n    starts: 2024-01-15T12:00\n  - number: 2\n    starts: 2024-07-15T12:00+02:00\n"
    )
    assert [each.starts and each.starts.astimezone(UTC).hour for each in read_in_berlin.lectures] == [11, 10]


@pytest.mark.parametrize(
    "url",
    [
        "https://docs.google.com/forms/d/e/1FAIpQL/viewform",
        "https://docs.google.com/forms/d/e/1FAIpQL/viewform?usp=sf_link",
        "https://forms.gle/abc",
        "http://example.org:8080/a(b)?c=d#e",
        "https://例え.example/フォーム",
    ],
)
def test_links_that_readers_can_use_are_kept_as_written(url: str) -> None:
    assert lecture(f"registration: {{url: '{url}'}}").registration.url == url


def test_the_shipped_file_is_valid_and_told_in_order() -> None:
    if not SHIPPED.exists():
        pytest.skip("no shipped file here")
    numbers = [each.number for each in read_file(SHIPPED).series.lectures]
    assert numbers == [*range(1, len(numbers) + 1)]
    assert numbers != []
