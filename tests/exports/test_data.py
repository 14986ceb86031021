"""The schedule as JSON, which says what lectures.yaml says."""

import json
from dataclasses import replace

from hypothesis import example, given

from bot.domain.series import Series
from bot.exports.data import structure, text_of
from bot.schedule.reader import read, read_file
from bot.schedule.yaml_reader import composed
from tests.domain.generated import thorough
from tests.examples import DAY_ONLY, EXAMPLE, NOT_YET_OPEN, OVER_IN_PREPARATION, both, series_of
from tests.exports.as_json import schedule_json
from tests.exports.generated import readable_series
from tests.processes import ROOT
from tests.schedule.test_reader import EVERYTHING

SHIPPED = ROOT / "lectures.yaml"


def read_back(text: str) -> Series:
    """The series that a file with this content describes."""
    return read(text.encode(), "export.json").series


def test_of_the_shipped_schedule_nothing_is_lost_or_added() -> None:
    text = schedule_json(read_file(SHIPPED))
    assert composed(text).tree == composed(SHIPPED.read_text(encoding="utf-8")).tree
    assert json.loads(text)["lectures"][8]["number"] == 9


def test_all_that_a_file_can_say_is_read_back_from_it() -> None:
    reading = read(EVERYTHING.encode(), "l.yaml")
    text = schedule_json(reading)
    again = read(text.encode(), "export.json")
    assert (again.series, again.settings) == (reading.series, reading.settings)
    assert schedule_json(again) == text


def test_relative_links_are_resolved() -> None:
    file = """\
series:
  name: S
  timezone: Asia/Tokyo
  page: {url: https://series.example/ml/}
lectures:
  - number: 1
    venue: {name: V, url: map.html}
    materials:
      - {label: L, kind: slides, url: ../files/1.pdf}
"""
    assert json.loads(schedule_json(read(file.encode(), "l.yaml"))) == {
        "series": {
            "name": "S",
            "timezone": "Asia/Tokyo",
            "language": "en",
            "page": {"url": "https://series.example/ml/", "sync": "off"},
        },
        "lectures": [
            {
                "number": 1,
                "venue": {"name": "V", "url": "https://series.example/ml/map.html"},
                "materials": [{"label": "L", "kind": "slides", "url": "https://series.example/files/1.pdf"}],
            }
        ],
    }


def test_what_is_not_decided_is_not_there() -> None:
    of = replace(EXAMPLE, lectures=(OVER_IN_PREPARATION, NOT_YET_OPEN, DAY_ONLY))
    assert structure(of)["lectures"] == [
        {
            "number": 2,
            "starts": "2030-03-14T13:00",
            "ends": "2030-03-14T17:00",
            "speaker": {
                "name": {"ja": "星野 かおる", "en": "Kaoru Hoshino"},
                "affiliation": {"ja": "天文台", "en": "The Observatory"},
            },
            "title": {"ja": "シリウスの伴星", "en": "The Companion of Sirius"},
            "mode": "online",
            "materials": [
                {"label": {"ja": "スライド", "en": "Slides"}, "kind": "slides", "url": "https://files.example/2.pdf"},
                {"label": {"ja": "動画", "en": "Video"}, "kind": "video", "status": "in_preparation"},
            ],
        },
        {
            "number": 4,
            "starts": "2030-05-20T10:00",
            "ends": "2030-05-20T12:00",
            "speaker": {
                "name": {"ja": "月島 光", "en": "Hikaru Tsukishima"},
                "affiliation": {"ja": "銀河大", "en": "Galaxy University"},
            },
            "title": {"ja": "月の裏側", "en": "The Far Side of the Moon"},
            "title_tentative": True,
            "mode": "in_person",
            "venue": {
                "name": {"ja": "潮の研究所", "en": "Institute of Tides"},
                "url": "https://maps.example/tides",
                "tentative": True,
            },
        },
        {
            "number": 5,
            "starts": "2030-06-17",
            "speaker": {"name": {"ja": "流 星子", "en": "Seiko Nagare"}},
            "mode": "hybrid",
        },
    ]


def test_a_year_that_only_its_weekday_makes_believable_keeps_its_weekday() -> None:
    days = ("2024-01-15", "2024-01-22", "2023-04-25(火)T13:00", "2024-05-20", "2024-06-17")
    lectures = "".join(f"  - {{number: {number}, starts: {day}}}\n" for number, day in enumerate(days, 1))
    reading = read(f"series: {{name: S, timezone: Asia/Tokyo}}\nlectures:\n{lectures}".encode(), "l.yaml")
    text = schedule_json(reading)
    assert [each["starts"] for each in json.loads(text)["lectures"]] == list(days)
    assert read_back(text) == reading.series


def test_a_deadline_long_before_its_lecture_keeps_its_weekday() -> None:
    entry = "{number: 1, starts: 2024-12-16, registration: {closes: 2024-05-13(月)T12:00}}"
    reading = read(f"series: {{name: S, timezone: Asia/Tokyo}}\nlectures: [{entry}]\n".encode(), "l.yaml")
    assert read_back(schedule_json(reading)) == reading.series


@thorough
@given(readable_series())
@example(series_of(replace(DAY_ONLY, abstract=both("\t\\\"'😀\nb", "a: b # c\n\nd"))))
def test_reading_it_gives_the_same_series(series: Series) -> None:
    assert read_back(text_of(structure(series))) == series
