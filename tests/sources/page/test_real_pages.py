"""Every version that the real page has had is read for what it is. Only short facts of it stand here, no sentences."""

import hashlib
import re
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from bot.domain.language import LANGUAGES
from bot.i18n import phrases
from bot.schedule.reader import read_file
from bot.schedule.yaml_reader import Tree, scalars
from bot.sources.diff import differences
from bot.sources.model import SourceLecture, SourceReading, SourceRefusedError
from bot.sources.page.reader import page_reading
from bot.sources.wording import difference_written, warning_written
from tests.processes import ROOT
from tests.sources.page.facts import FACTS
from tests.sources.page.pages import BASE, TOKYO
from tests.sources.schedules import PAGES, Lectures, edited, series

VERSIONS = sorted(PAGES.glob("*.md"))
SHIPPED = ROOT / "lectures.yaml"
PLACEHOLDERS = re.compile(r"TBA|未定|準備中|xxx|<|>|!!|\*\*|仮\)|仮）|予定\)|^[（(]")
pytestmark = pytest.mark.skipif(not VERSIONS, reason="the versions of the real page are not at hand")


@cache
def version(start: str) -> SourceReading:
    """The version whose name begins so."""
    path = next(each for each in VERSIONS if each.name.startswith(start))
    return page_reading(path.read_text(encoding="utf-8"), zone=TOKYO, base_url=BASE)


def short(value: Tree) -> str:
    """Eight digits that stand for a text or link."""
    return hashlib.sha256(str(value).encode()).hexdigest()[:8]


def facts(stated: SourceLecture) -> dict[str, object]:
    """A lecture in short: links and texts as digits, rooms as their numbers."""
    fields = stated.fields
    venue, form, speaker = fields.get("venue"), fields.get("registration"), fields.get("speaker")
    assert isinstance(venue, dict | None)
    assert isinstance(form, dict | None)
    assert isinstance(speaker, dict | None)
    found: dict[str, object] = {
        name: fields[name] for name in ("starts", "ends", "mode", "title_tentative") if name in fields
    }
    found |= {name: short(fields[name]) for name in ("title", "abstract") if name in fields}
    if speaker:
        found["speaker"] = [short(each) for each in speaker.values()]
    if venue:
        found["venue"] = short(venue["name"])
        found["room"] = re.sub(r"[^0-9A-Z]+", " ", str(venue.get("room", ""))).strip()
        found |= {
            name: short(venue[name]) if name == "url" else "yes" for name in ("url", "tentative") if name in venue
        }
    if form:
        found["form"] = {name: short(each) if name == "url" else each for name, each in form.items()}
    materials = fields.get("materials")
    if isinstance(materials, list):
        found["materials"] = [
            f"{each['kind']} {short(each['url']) if 'url' in each else each['status']}"
            for each in materials
            if isinstance(each, dict)
        ]
    return found


def test_the_first_version_has_no_lectures_and_is_refused() -> None:
    with pytest.raises(SourceRefusedError) as refused:
        version("2022-12-04T22-04")
    assert refused.value.name == "refused.no_lectures"


@pytest.mark.parametrize("path", VERSIONS[1:], ids=lambda path: path.stem[:19])
def test_every_version_is_read_without_nonsense(path: Path) -> None:
    reading = version(path.name)
    numbers = [int(each) for each in reading.lectures]
    assert numbers == list(range(1, len(numbers) + 1))
    days = []
    for number, stated in reading.lectures.items():
        assert stated.id == number
        fields = dict(stated.fields)
        days.append(fields.get("starts"))
        for place, text in scalars(fields):
            assert text == text.strip()
            assert text
            if place[-1] == "url":
                assert re.fullmatch(r"https?://[!-~]+", text)
            elif place[0] != "abstract":
                assert not PLACEHOLDERS.search(text), (number, place, text)
        if "ends" in fields:
            assert str(fields["starts"]) < str(fields["ends"])
            assert str(fields["starts"])[:10] == str(fields["ends"])[:10]
    dated = [str(day) for day in days if day]
    assert dated == sorted(dated)
    written = path.read_text(encoding="utf-8")
    for day in dated:
        on = datetime.fromisoformat(day)
        weekday = "月火水木金土日"[on.weekday()]
        assert re.search(rf"{on.year}/{on.month}/{on.day}\s*(?:[(（]{weekday}[)）]|\s*<br>)", written)


def test_only_two_things_had_to_be_warned_of_in_all_that_time() -> None:
    told = {(each.lecture, each.name) for path in VERSIONS[1:] for each in version(path.name).warnings}
    assert told == {("4", "link.form_editor"), ("5", "empty")}


@pytest.mark.parametrize(("start", "number"), [(start, number) for start, each in FACTS.items() for number in each])
def test_lectures_are_read_field_by_field(start: str, number: int) -> None:
    assert facts(version(start).lectures[str(number)]) == FACTS[start][number]


def test_the_newest_version_says_what_the_shipped_schedule_does_but_for_the_abstracts() -> None:
    schedule = read_file(SHIPPED).series
    path = VERSIONS[-1]
    reading = page_reading(path.read_text(encoding="utf-8"), zone=schedule.timezone, base_url=schedule.links.page)
    found = differences(reading, schedule, now=datetime(2024, 4, 6, tzinfo=TOKYO))
    assert [(each.lecture, each.path, each.ours) for each in found.differences] == [
        (str(number), ("abstract",), None) for number in range(1, 11)
    ]
    assert found.warnings == ()


def test_the_schedule_can_follow_the_page_through_its_whole_life() -> None:
    lectures: Lectures = []
    before: SourceReading | None = None
    for path in VERSIONS[1:]:
        now = datetime.strptime(path.stem[:19], "%Y-%m-%dT%H-%M-%S").replace(tzinfo=TOKYO)
        reading = version(path.name)
        found = differences(reading, series(lectures), now=now, before=before)
        for language in LANGUAGES:
            lines = [difference_written(each, phrases(language)) for each in found.differences]
            lines += [warning_written(each, phrases(language)) for each in (*found.warnings, *reading.warnings)]
            assert not any("\n" in line for line in lines)
        lectures = edited(lectures, [each.edit for each in found.differences])
        again = differences(reading, series(lectures), now=now, before=reading)
        assert [(path.name, each) for each in again.differences] == []
        before = reading
    assert len(lectures) == 12


def test_an_old_version_is_refused_beside_the_newest_schedule() -> None:
    with pytest.raises(SourceRefusedError) as refused:
        differences(version("2023-04-16T10-41"), read_file(SHIPPED).series, now=datetime(2024, 4, 6, tzinfo=TOKYO))
    assert (refused.value.name, refused.value.values) == ("refused.lost", {"lost": 9, "known": 12})
