"""Invented sources as people keep them elsewhere, each read to its last row."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.schedule.yaml_reader import Tree
from bot.sources.entries import Context
from bot.sources.model import items, mapping
from bot.sources.reader import source_reading

BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
_KEYS = ("starts", "speaker", "title", "talks", "status", "mode")

WIKI = """\
<html><body><h1>Dune Seminar</h1><table class="wikitable">
<tr><th>Date</th><th>Time</th><th>Room</th><th>Speaker</th><th>Title</th></tr>
<tr><td rowspan="2">3 Feb 2031</td><td>14:00</td><td rowspan="2">B12</td>
<td>Ines Falk (TU Sand)</td><td>Grains</td></tr>
<tr><td>15:00</td><td>Bo Lind</td><td>Wind tunnels</td></tr>
<tr><td>10 Feb 2031</td><td>14:00</td><td>B12</td><td colspan="2">No seminar</td></tr>
<tr><td>17 Feb 2031</td><td>14:00</td><td>ditto</td><td>Kai Ro</td><td>TBA</td></tr>
<tr><td>24 Feb 2031</td><td>14:00</td><td>Aula</td><td>Mia Sol (Cabo)</td><td><i>Barchans</i> (cancelled)</td></tr>
</table></body></html>
"""
WEEKS = """\
| Week | Date | Topic | Reading | Notes |
|---|---|---|---|---|
| 1 | Tue Jan 14 | Introduction | | [slides](https://example.org/1.pdf) |
| | Thu Jan 16 | Scales | | HW1 due |
| 2 | Tue Jan 21 | No class | | |
| | Thu Jan 23 | No classes (break) | | |
"""
REIWA = """\
<table><tr><th>回</th><th>開催日</th><th>講演者（所属）</th><th>題目</th><th>会場</th></tr>
<tr><td>第12回</td><td>令和13年4月15日（火）16時30分～</td>
<td>浜田 砂男（鳥取砂大学）</td><td>風紋</td><td>オンライン</td></tr>
<tr><td>第13回</td><td>令和13年5月13日（火）16:30-18:00</td>
<td>磯野 波子 先生（海洋研）、沖 太郎（港大）</td><td>渚の砂（仮）</td><td>理学部 201</td></tr>
<tr><td>第14回</td><td>R13.6.10</td><td>未定</td><td>未定</td><td>同上</td></tr></table>
"""
CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Elsewhere//EN
BEGIN:VEVENT
UID:1@example.org
DTSTART;TZID=Europe/Berlin:20310203T140000
RRULE:FREQ=WEEKLY;COUNT=5
EXDATE;TZID=Europe/Berlin:20310217T140000
SUMMARY:Dune Seminar
END:VEVENT
BEGIN:VEVENT
UID:1@example.org
RECURRENCE-ID;TZID=Europe/Berlin:20310210T140000
DTSTART;TZID=Europe/Berlin:20310210T150000
SUMMARY:Dune Seminar: Ines Falk
DESCRIPTION:Speaker: Ines Falk (TU Sand)\\nTitle: Grains\\n\\nAbstract: We look at sand.\\nAnd again.
END:VEVENT
BEGIN:VEVENT
UID:1@example.org
RECURRENCE-ID;TZID=Europe/Berlin:20310224T140000
DTSTART;TZID=Europe/Berlin:20310224T140000
STATUS:CANCELLED
SUMMARY:Bo Lind (Strand): Moats
END:VEVENT
BEGIN:VEVENT
UID:7@example.org
DTSTART:20310310T130000Z
SUMMARY:Barchans
DESCRIPTION:Title: Barchans on Mars\\nby Mia Sol (Cabo) as part of Dune Seminar\\n\\nAbstract\\nCrescent dunes.
END:VEVENT
END:VCALENDAR
"""
MEETUPS = """\
# Sandcastle Users Group

## Meetup #7, 2031-05-07, 18:30

| Time | Speaker | Talk |
|---|---|---|
| 18:45 | Ines Falk (TU Sand) | Building towers |
| 19:30 | Bo Lind | [Moats](https://example.org/moats.pdf) that hold |

## Meetup #8, 2031-06-04, 18:30

| Time | Speaker | Talk |
|---|---|---|
| 18:45 | Kai Ro | Drawbridges |
"""
SESSIONS = """\
Meetup,Date,Time,Speaker,Title
7,2031-05-07,18:45,Ines Falk,Towers
7,2031-05-07,19:30,Bo Lind,Moats
8,2031-06-04,18:45,Kai Ro,Drawbridges
"""


def read(text: str, zone: ZoneInfo = BERLIN) -> dict[str, Mapping[str, Tree]]:
    """What is stated of each lecture of when, who and what."""
    found = source_reading(text, Context(zone, date(2031, 1, 5)))
    return {id_: {key: each.fields[key] for key in _KEYS if key in each.fields} for id_, each in found.lectures.items()}


def talk(title: str, speaker: str, starts: str, *, of: str | None = None) -> dict[str, Tree]:
    """A talk as the file has it."""
    who: dict[str, Tree] = {"name": speaker, **({"affiliation": of} if of else {})}
    return {"title": title, "speaker": who, "starts": starts}


def names(told: Mapping[str, Tree]) -> Sequence[Tree]:
    people = told.get("speaker")
    return [each["name"] for each in (people if isinstance(people, list) else [people]) if isinstance(each, dict)]


def test_a_table_of_a_wiki_with_cells_over_several_rows_and_columns() -> None:
    told = read(WIKI)
    assert [(each.get("starts"), names(each), each.get("title")) for each in told.values()] == [
        ("2031-02-03T14:00", ["Ines Falk"], "Grains"),
        ("2031-02-03T15:00", ["Bo Lind"], "Wind tunnels"),
        ("2031-02-17T14:00", ["Kai Ro"], None),
        ("2031-02-24T14:00", ["Mia Sol"], "Barchans"),
    ]
    assert told["2031-02-24"]["status"] == "cancelled"


def test_a_course_by_weeks_whose_notes_are_links_or_remarks() -> None:
    lectures = source_reading(WEEKS, Context(ZoneInfo("America/New_York"), date(2031, 1, 5))).lectures
    first, second = lectures.values()
    assert (first.fields["title"], len(items(first.fields["materials"]))) == ("Introduction", 1)
    assert (second.fields["title"], second.fields["notes"]) == ("Scales", "HW1 due")


def test_a_japanese_list_with_years_of_the_era() -> None:
    told = read(REIWA, TOKYO)
    assert [(each["starts"], names(each)) for each in told.values()] == [
        ("2031-04-15T16:30", ["浜田 砂男"]),
        ("2031-05-13T16:30", ["磯野 波子", "沖 太郎"]),
        ("2031-06-10", []),
    ]
    venues = [
        each.fields.get("venue") for each in source_reading(REIWA, Context(TOKYO, date(2031, 1, 5))).lectures.values()
    ]
    assert venues == [None, {"name": "理学部", "room": "201"}, {"name": "理学部", "room": "201"}]


def test_a_calendar_with_a_rule_and_dates_of_their_own() -> None:
    told = read(CALENDAR)
    assert [(each["starts"], names(each), each["title"], each.get("status")) for each in told.values()] == [
        ("2031-02-10T15:00", ["Ines Falk"], "Grains", None),
        ("2031-02-24T14:00", ["Bo Lind"], "Moats", "cancelled"),
        ("2031-03-10T14:00", ["Mia Sol"], "Barchans on Mars", None),
    ]
    found = source_reading(CALENDAR, Context(BERLIN, date(2031, 1, 5)))
    assert [each.fields.get("abstract") for each in found.lectures.values()] == [
        "We look at sand.\nAnd again.",
        None,
        "Crescent dunes.",
    ]
    assert [each.name for each in found.warnings] == ["event.repeats"]


def test_a_list_with_times_in_utc() -> None:
    talks = [
        {"id": "a1", "title": "Grains", "speakers": ["Ines Falk", "Bo Lind"], "start": "2031-02-03T13:00:00Z"},
        {
            "id": "a2",
            "title": "Wind",
            "speakers": ["Kai Ro"],
            "start": "2031-02-10T23:30:00Z",
            "video_url": "https://youtu.be/x",
        },
    ]
    found = source_reading(json.dumps({"talks": talks}), Context(BERLIN, date(2031, 1, 5))).lectures
    assert [each.fields["starts"] for each in found.values()] == ["2031-02-03T14:00", "2031-02-11T00:30"]
    assert found["a2"].fields["materials"] == [{"label": "Video", "kind": "video", "url": "https://youtu.be/x"}]


def test_a_timetable_below_a_heading_with_a_date_is_one_session() -> None:
    told = read(MEETUPS)
    assert [*told] == ["7", "8"]
    assert told["7"]["starts"] == "2031-05-07T18:30"
    assert told["8"]["talks"] == [talk("Drawbridges", "Kai Ro", "18:45")]
    first, second = map(mapping, items(told["7"]["talks"]))
    assert first == talk("Building towers", "Ines Falk", "18:45", of="TU Sand")
    assert (second["title"], len(items(second["materials"]))) == ("Moats that hold", 1)


def test_rows_with_one_number_on_one_day_are_talks_of_one_session() -> None:
    told = read(SESSIONS)
    assert told == {
        "7": {
            "starts": "2031-05-07T18:45",
            "talks": [talk("Towers", "Ines Falk", "18:45"), talk("Moats", "Bo Lind", "19:30")],
        },
        "8": {"starts": "2031-06-04T18:45", "speaker": {"name": "Kai Ro"}, "title": "Drawbridges"},
    }


def test_rows_without_a_common_name_or_day_stay_apart() -> None:
    assert len(read(SESSIONS.replace("Meetup,", "Remark,"))) == 3
    assert [*read(SESSIONS.replace("7,2031-05-07,19:30", "7,2031-05-08,19:30"))] == ["8"]
    assert [*read(SESSIONS.replace("Bo Lind,Moats", "Ines Falk,Towers"))] == ["8"]
    rooms = ["Room", "A", "B", "A"]
    apart = "\n".join(f"{line},{room}" for line, room in zip(SESSIONS.splitlines(), rooms, strict=True))
    assert [*read(apart)] == ["8"]


def test_times_of_talks_are_taken_only_within_their_session() -> None:
    page = "## 2031-05-07, 18:30-20:00\n\nProgram:\n\n- 18:00 Doors\n- 18:45-18:40 Towers\n- 19:30-20:00 Moats\n"
    found = source_reading(page, Context(BERLIN, date(2031, 1, 5)))
    (lecture,) = found.lectures.values()
    assert lecture.fields["talks"] == [
        {"title": "Doors"},
        {"title": "Towers"},
        {"title": "Moats", "starts": "19:30", "ends": "20:00"},
    ]
    assert [each.name for each in found.warnings] == ["talk_time", "talk_time"]
