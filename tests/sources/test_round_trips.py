"""What is exported and read again says the same, in both languages, of every example and the shipped series."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app.export import exported
from bot.domain.language import LANGUAGES, Language
from bot.domain.series import Series
from bot.exports.ics import calendar
from bot.exports.page import page_part
from bot.options import Options
from bot.schedule.reader import read_file
from bot.sources.columns import NO_MAPPING
from bot.sources.diff import differences
from bot.sources.entries import Context
from bot.sources.model import SourceReading
from bot.sources.reader import source_reading
from tests.processes import ROOT
from tests.sources.schedules import NOW, series

FILES = [*sorted((ROOT / "examples").glob("*.yaml")), ROOT / "lectures.yaml"]
WHEN = [datetime(2023, 10, 1, tzinfo=UTC), datetime(2031, 4, 12, tzinfo=UTC)]
"""In the middle of the examples, and before all of them."""

NUMBERED: list[dict[str, Any]] = [
    {
        "number": "7",
        "starts": "2024-07-08T13:00",
        "ends": "2024-07-08T17:00",
        "speaker": {"name": "山田 花子", "affiliation": "架空大学"},
        "title": "渦の統計",
        "mode": "hybrid",
        "venue": {"name": "西館", "room": "201教室"},
    },
    {"number": "8", "starts": "2024-07-22", "title": "場の平均", "status": "postponed"},
]
NAMED: list[dict[str, Any]] = [
    {
        "id": "2024-07",
        "starts": "2024-07-08T18:00",
        "speaker": {"name": "Ada Example", "affiliation": "Analytical"},
        "title": "Waves in water",
        "mode": "in_person",
        "venue": {"name": "Town hall", "room": "Room 5"},
    },
    {"id": "2024-08", "starts": "2024-08-12T18:00", "title": "Wind", "status": "cancelled"},
]


TEMPLATE = """\
## $heading

- Date: $when
- Speaker: $speaker
- Title: $title
- Format: $mode
- Venue: $venue

Program: <br>
$talks

$form

$materials

"""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_page_by_a_template_differs_in_nothing(file: Path, tmp_path: Path) -> None:
    known, template = read_file(file).series, tmp_path / "template.txt"
    template.write_text(TEMPLATE, encoding="utf-8")
    for language in LANGUAGES:
        options = Options(language, Path("nowhere"), file, WHEN[1].isoformat(), chosen=language)
        text = exported(options, "md", None, template).decode()
        found = source_reading(text, context(known, WHEN[1]))
        assert differences(found, known, now=WHEN[1]).differences == ()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("form", ["ics", "md", "csv"])
def test_our_own_export_differs_in_nothing(form: str, file: Path) -> None:
    known = read_file(file).series
    for language in LANGUAGES:
        for now in WHEN:
            options = Options(language, Path("nowhere"), file, now.isoformat(), chosen=language)
            text = exported(options, form, None).decode("utf-8-sig")
            found = source_reading(text, context(known, now))
            assert differences(found, known, now=now).differences == ()
            assert found.warnings == ()


def context(known: Series, now: datetime) -> Context:
    """What a source is read with beside that schedule."""
    public = known.meeting_links_public
    today, page = known.today(now), known.links.page
    return Context(known.timezone, today, page, NO_MAPPING, known.lectures, public, known.called)


@pytest.mark.parametrize("lectures", [NUMBERED, NAMED], ids=["numbered", "named"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_calendar(lectures: list[dict[str, Any]], language: Language) -> None:
    ours = series(lectures)
    text = calendar(ours, ours.lectures, language, NOW).decode()
    found = source_reading(text, Context(ours.timezone, NOW.date(), ours.links.page))
    assert [*found.lectures] == [each.id for each in ours.lectures]
    assert found.warnings == ()
    assert stated(found, "starts") == [str(each["starts"]) for each in lectures]
    assert stated(found, "title") == [str(each["title"]) for each in lectures]
    assert stated(found, "status") == [str(each.get("status")) for each in lectures]
    assert differences(found, ours, now=NOW).differences == ()


@pytest.mark.parametrize("lectures", [NUMBERED, NAMED], ids=["numbered", "named"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_page(lectures: list[dict[str, Any]], language: Language) -> None:
    ours = series(lectures)
    context = Context(ours.timezone, NOW.date(), ours.links.page, lectures=ours.lectures)
    found = source_reading(page_part(ours, NOW, language), context)
    assert {*found.lectures} == {each.id for each in ours.lectures}
    assert differences(found, ours, now=NOW).differences == ()


def stated(found: SourceReading, name: str) -> list[str]:
    """That field of each lecture."""
    return [str(each.fields.get(name)) for each in found.lectures.values()]
