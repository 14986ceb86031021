"""Sources of every kind, as their organizers keep them: what kind it is, is found out from what is in it."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.schedule.yaml_reader import Tree
from bot.sources.columns import NO_MAPPING, Column, ColumnMapping
from bot.sources.entries import Context
from bot.sources.model import SourceReading, SourceRefusedError
from bot.sources.reader import source_reading

BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
TODAY = date(2026, 5, 1)


def reading(
    text: str, zone: ZoneInfo = BERLIN, base: str | None = None, mapping: ColumnMapping = NO_MAPPING
) -> SourceReading:
    """What is read of the text."""
    return source_reading(text, Context(zone, TODAY, base, mapping))


def lectures(text: str, zone: ZoneInfo = BERLIN, mapping: ColumnMapping = NO_MAPPING) -> dict[str, dict[str, Tree]]:
    """The fields of the lectures by id."""
    return {id_: dict(each.fields) for id_, each in reading(text, zone, mapping=mapping).lectures.items()}


def warned(text: str, zone: ZoneInfo = BERLIN) -> list[tuple[int, str]]:
    """The lines and names of the warnings."""
    return [(each.line, each.name) for each in reading(text, zone).warnings]


WAVES: dict[str, Tree] = {"starts": "2026-06-08T14:00", "speaker": {"name": "Ada Example"}, "title": "Waves"}
WATER: dict[str, Tree] = {"starts": "2026-06-15T14:00", "speaker": {"name": "Bob Example"}, "title": "Water"}

MARKDOWN = """\
# Seminar

| Datum | Uhrzeit | Vortragende | Titel |
|---|---|---|---|
| 8.6.2026 | 14 Uhr | Ada Example | Waves |
| 15.6.2026 | 14 Uhr | Bob Example | Water |
"""
HTML = """\
<!DOCTYPE html><html><body><h2>2026</h2><table>
<tr><th>Date</th><th>Orateur</th><th>Titre</th></tr>
<tr><td>lundi 8 juin, 14h</td><td>Ada Example</td><td>Waves</td></tr>
<tr><td>lundi 15 juin, 14h</td><td>Bob Example</td><td>Water</td></tr>
</table></body></html>
"""
RST = """\
Seminar
=======

2026
----

.. csv-table::
   :header: "When", "Who", "What"

   "June 8, 14:00", "Ada Example", "Waves"
   "June 15, 14:00", "Bob Example", "Water"
"""
CSV = "Fecha;Hora;Ponente;Título\n8/6/2026;14:00;Ada Example;Waves\n15/6/2026;14:00;Bob Example;Water\n"
TSV = (
    "日期\t时间\t报告人\t题目\n2026年6月8日\t下午2点\tAda Example\tWaves\n2026年6月15日\t下午2点\tBob Example\tWater\n"
)
YAML = """\
- {date: 2026-06-08, time: "2pm", speaker: Ada Example, title: Waves}
- {date: 2026-06-15, time: "2pm", speaker: Bob Example, title: Water}
"""
JSON = """\
{"talks": [
  {"날짜": "2026년 6월 8일 오후 2시", "발표자": "Ada Example", "제목": "Waves"},
  {"날짜": "2026년 6월 15일 오후 2시", "발표자": "Bob Example", "제목": "Water"}
]}
"""
CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART:20260608T120000Z
SUMMARY:Waves
DESCRIPTION:Speaker: Ada Example
END:VEVENT
BEGIN:VEVENT
DTSTART:20260615T120000Z
SUMMARY:Water
DESCRIPTION:Speaker: Bob Example
END:VEVENT
END:VCALENDAR
"""
HEADED = """\
# Seminar

## June 8, 2026, 14:00: Waves
Speaker: Ada Example

## June 15, 2026, 14:00: Water
Speaker: Bob Example
"""


@pytest.mark.parametrize(
    ("place", "fields"),
    [
        ("ハイブリッド（理学部 5号館 201）", {"mode": "hybrid", "venue": {"name": "理学部", "room": "5号館 201"}}),
        ("Hybrid (Old Hall)", {"mode": "hybrid", "venue": {"name": "Old Hall"}}),
        ("対面のみ（西館）", {"mode": "in_person", "venue": {"name": "西館"}}),
        ("西館（旧 201）", {"venue": {"name": "西館（旧 201）"}}),
    ],
)
def test_a_place_may_say_first_how_one_attends(place: str, fields: dict[str, object]) -> None:
    read = lectures(f"# 第3回\n日時: 2026-06-08 10:30\n場所: {place}\n", TOKYO)["3"]
    assert {name: read[name] for name in ("mode", "venue") if name in read} == fields


@pytest.mark.parametrize(
    "text",
    [MARKDOWN, HTML, RST, CSV, TSV, YAML, JSON, CALENDAR, HEADED],
    ids=["markdown", "html", "rst", "csv", "tsv", "yaml", "json", "calendar", "headed"],
)
def test_every_kind_says_the_same(text: str) -> None:
    assert lectures(text) == {"2026-06-08": WAVES, "2026-06-15": WATER}
    assert warned(text) == []
    assert lectures("\ufeff" + text.replace("\n", "\r\n")) == lectures(text)


def test_an_entry_is_identified_by_its_number_if_it_has_one() -> None:
    text = "| No. | Date | Title |\n|---|---|---|\n| 7 | 8.6.2026 | Waves |\n| #8 | 15.6.2026 | Water |\n"
    assert [(each.id, each.number) for each in reading(text).lectures.values()] == [("7", 7), ("8", 8)]


def test_what_is_no_number_is_a_label() -> None:
    text = "| No. | Date | Title |\n|---|---|---|\n| 9&10 | 8.6.2026 | Waves |\n"
    assert lectures(text) == {"2026-06-08": {"label": "9&10", "starts": "2026-06-08", "title": "Waves"}}


def test_two_entries_of_one_day_are_two_lectures() -> None:
    text = "date,time,speaker,title\n2026-06-08,3pm,Bob,Water\n2026-06-08,2pm,Ada,Waves\n"
    assert [(id_, each["title"]) for id_, each in lectures(text).items()] == [
        ("2026-06-08", "Waves"),
        ("2026-06-08-2", "Water"),
    ]


def test_two_entries_of_one_number_are_never_put_together() -> None:
    text = "no,date,speaker,title\n1,2026-06-08,Ada,Waves\n1,2026-06-15,Bob,Water\n2,2026-06-22,Cy,Wind\n"
    found = reading(text)
    assert [*found.lectures] == ["2"]
    assert [(each.line, each.lecture, each.values) for each in found.collisions] == [(3, "1", {"first": 2})]


def test_what_has_neither_date_nor_number_is_named_and_left_out() -> None:
    assert warned("date,speaker,title\nTBA,Ada,Waves\n2026-06-15,Bob,Water\n") == [(2, "unidentified")]


def test_what_is_not_known_yet_is_undecided() -> None:
    text = "Datum,Referent,Thema\n2026-06-08,N.N.,Thema noch offen\n2026-06-15,t.b.a.,t.b.a.\n"
    for found in reading(text).lectures.values():
        assert found.fields == {"starts": found.id}
        assert found.undecided == {"speaker", "title"}


@pytest.mark.parametrize(
    ("title", "status"), [("Waves -- FÄLLT AUS!", "cancelled"), ("Waves (verschoben)", "postponed")]
)
def test_what_is_called_off_or_put_off_says_so(title: str, status: str) -> None:
    (found,) = lectures(f"Datum,Titel\n2026-06-08,{title}\n").values()
    assert found["status"] == status
    assert str(found["title"]).startswith("Waves")


def test_a_guessed_year_is_told_once() -> None:
    text = "date,speaker,title\nJune 8,Ada,Waves\nJune 15,Bob,Water\n"
    assert [*lectures(text)] == ["2026-06-08", "2026-06-15"]
    assert warned(text) == [(2, "date.guessed")]


def test_a_weekday_that_belies_the_day_is_told() -> None:
    assert warned('date,speaker,title\n"Tuesday, June 8, 2026",Ada,Waves\n') == [(2, "date.weekday")]


def test_links_are_materials_and_forms() -> None:
    text = (
        "| Date | Title | Slides | Anmeldung/Protokoll |\n|---|---|---|---|\n"
        "| 2026-06-08 | Waves | [pdf](w.pdf), [Teil 2](https://example.org/2) "
        "| [Anmeldung](https://example.org/form), [Protokoll](https://example.org/p) |\n"
    )
    (found,) = reading(text, base="https://example.org/seminar/").lectures.values()
    assert found.fields["registration"] == {"url": "https://example.org/form"}
    assert found.fields["materials"] == [
        {"label": "Slides", "kind": "slides", "url": "https://example.org/seminar/w.pdf"},
        {"label": "Slides (Teil 2)", "kind": "slides", "url": "https://example.org/2"},
        {"label": "Protokoll", "kind": "minutes", "url": "https://example.org/p"},
    ]


def test_links_in_titles_are_materials_and_no_words_of_them() -> None:
    text = "| Date | Title |\n|---|---|\n| 2026-06-08 | Waves [[slides]](https://example.org/w.pdf) |\n"
    (found,) = lectures(text).values()
    assert found["title"] == "Waves"
    assert found["materials"] == [{"label": "slides", "kind": "slides", "url": "https://example.org/w.pdf"}]


def test_links_that_lead_nowhere_are_told_as_one() -> None:
    rows = "".join(f"2026-06-{day:02},Waves {day},a{day}.pdf,https://example.org/{day}\n" for day in range(1, 6))
    found = reading(f"date,title,paper,video\n{rows}")
    assert [(each.name, each.values) for each in found.warnings] == [("link.all_relative", {"count": 5})]
    assert found.lectures["2026-06-01"].fields["materials"] == [
        {"label": "video", "kind": "video", "url": "https://example.org/1"}
    ]


def test_secrets_are_not_taken_over() -> None:
    text = "date,title,place\n2026-06-08,Waves,https://us02web.zoom.us/j/1234567890?pwd=abcdef\n"
    found = reading(text)
    assert "zoom" not in str(found.lectures)
    assert [each.name for each in found.warnings] == ["secret.meeting_link"]


def test_the_way_to_join_is_taken_over_and_meetings_only_where_they_are_public() -> None:
    text = (
        "date,title,zoom\n2026-06-08,Waves,https://us02web.zoom.us/j/1234567890\n"
        "2026-06-15,Water,https://youtube.com/live/abc\n"
        "2026-06-22,Wind,https://us02web.zoom.us/meeting/register/abc\n"
    )
    found = reading(text)
    assert [each.fields.get("join") for each in found.lectures.values()] == [None, "https://youtube.com/live/abc", None]
    assert [each.fields.get("registration") for each in found.lectures.values()] == [
        None,
        None,
        {"url": "https://us02web.zoom.us/meeting/register/abc"},
    ]
    assert [(each.line, each.name) for each in found.warnings] == [(2, "secret.meeting_link")]
    public = source_reading(text, Context(BERLIN, TODAY, meetings_are_public=True))
    assert public.lectures["2026-06-08"].fields["join"] == "https://us02web.zoom.us/j/1234567890"
    assert public.warnings == ()


def test_the_mapping_settles_headings() -> None:
    text = "Tag,Mensch,Worum\n2026-06-08,Ada,Waves\n"
    mapping = {"Tag": Column.STARTS, "Mensch": Column.SPEAKER, "Worum": Column.TITLE}
    assert lectures(text, mapping=mapping) == {
        "2026-06-08": {"starts": "2026-06-08", "speaker": {"name": "Ada"}, "title": "Waves"}
    }
    with pytest.raises(SourceRefusedError) as refused:
        reading("Mensch,Worum\nAda,Waves\n")
    assert refused.value.name == "refused.no_lectures"


SIBLING = """\
# 第30回波動セミナー＋第82回水の会
日時: 6月8日 (月) 10:30~11:30 <br>
講師: 山田 花子 (架空大学) <br>
題目: 波の話 <br>
場所: ZOOM（オンラインのみ） <br>

# 第81回水の会
日時: 5月11日 (月) 10:30~11:30 <br>
講師: 佐藤 次郎 (仮想研) <br>
題目: 水の話 <br>
"""


def test_sections_with_two_numbers_have_names_and_no_numbers() -> None:
    assert lectures(SIBLING, TOKYO) == {
        "2026-05-11": {
            "label": "第81回水の会",
            "starts": "2026-05-11T10:30",
            "ends": "2026-05-11T11:30",
            "speaker": {"name": "佐藤 次郎", "affiliation": "仮想研"},
            "title": "水の話",
        },
        "2026-06-08": {
            "label": "第30回波動セミナー＋第82回水の会",
            "starts": "2026-06-08T10:30",
            "ends": "2026-06-08T11:30",
            "speaker": {"name": "山田 花子", "affiliation": "架空大学"},
            "title": "波の話",
            "mode": "online",
        },
    }
    assert warned(SIBLING, TOKYO) == []


@pytest.mark.parametrize(
    "text", ["", "# Notes\n", "<html><p>Hello</p></html>", "{}", "a,b\n1,2\n", "BEGIN:VCALENDAR\n"]
)
def test_what_has_no_lectures_is_refused(text: str) -> None:
    with pytest.raises(SourceRefusedError) as refused:
        reading(text)
    assert refused.value.name == "refused.no_lectures"


@pytest.mark.parametrize("text", ["x" * 400_001, "\n" * 20_001, "[" * 20_001])
def test_what_is_too_long_is_refused(text: str) -> None:
    with pytest.raises(SourceRefusedError) as refused:
        reading(text)
    assert refused.value.name == "refused.too_long"
