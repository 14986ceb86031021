"""What organizers are asked for is mended by the very lines with which it is asked for."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.cards.missing import missing_entries
from bot.cards.view import View
from bot.domain.expectations import Expected
from bot.domain.language import LANGUAGES, Language
from bot.domain.missing import Gap, Missing, missing
from tests.commands.admin.table import Table, table

FILE = """\
series:
  name: {ja: 月の講義, en: Lectures on the Moon}
  timezone: Asia/Tokyo
  registration: {closes: {days_before: 1, at: "12:00"}}
  expects: {room: true, abstract: true, slides: true, video: true}
lectures:
  - number: 1
    starts: 2030-01-10T13:00
    ends: 2030-01-10T17:00
    materials:
      - {label: スライド, kind: slides, status: in_preparation}
  - {number: 2, starts: 2030-03-05T13:00, ends: 2030-03-05T17:00}
  - {number: 3, starts: 2030-04-10}
  - number: 4
    starts: 2030-04-12T13:00
    title: 月の裏側
    title_tentative: true
    speaker: {name: 月島 光, affiliation: 銀河大}
    venue: {name: 銀河大学, tentative: true}
  - number: 5
    starts: 2030-04-15T13:00
    title: {ja: 月, en: The Moon}
    speaker: {name: {ja: 星, en: Hoshi}}
    venue: {name: 潮の研究所, room: 118教室}
"""
"""Seen at noon of 8 April 2030."""

COMMAND = re.compile(r"/admin .*")


@asynccontextmanager
async def asked(path: Path, language: Language) -> AsyncIterator[Table]:
    async with table(path / "lectures.yaml", FILE, language) as here:
        yield here


def found(here: Table) -> tuple[Missing, ...]:
    """What is missing now."""
    return missing(here.room.schedule.series, here.room.clock.now())


def lines_for(each: Missing, here: Table) -> list[str]:
    """The lines that mend it, as they are shown."""
    series, now = here.room.schedule.series, here.room.clock.now()
    (entry,) = missing_entries([each], View(series, series.local(now), here.language))
    return [match[0] for (line,) in entry.lines[1:] if (match := COMMAND.search(str(line)))]


async def taken(here: Table, line: str) -> None:
    """Types the line and confirms what it shows."""
    reply = await here.reply(line)
    confirm = [each.line for each in reply.actions if each.line.startswith("admin confirm")]
    assert confirm, f"{line}: {reply.headline}"
    await here.reply(confirm[0])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_line_mends_what_it_stands_beside(tmp_path: Path, language: Language) -> None:
    tried: set[Gap] = set()
    async with asked(tmp_path, language) as here:
        while gaps := found(here):
            await taken(here, lines_for(gaps[0], here)[0])
            assert gaps[0] not in found(here), lines_for(gaps[0], here)
            tried.add(gaps[0].gap)
    assert tried == set(Gap)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_there_will_be_none_is_an_answer_that_stays(tmp_path: Path, language: Language) -> None:
    async with asked(tmp_path, language) as here:
        over = [each for each in found(here) if each.over]
        assert {each.gap for each in over} == {Gap.SLIDES, Gap.VIDEO, Gap.IN_PREPARATION}
        for each in over:
            (_, none) = lines_for(each, here)
            await taken(here, none)
        assert [each for each in found(here) if each.over] == []
        series = here.room.schedule.series
        assert here.room.posts == [], "members are told nothing of it"
        expected = series.expects - {Expected.SLIDES, Expected.VIDEO}
        assert [each.expects for each in series.lectures[:2]] == [expected, expected]
        assert "expects: {slides: false, video: false}" in here.room.text


async def test_what_is_there_is_not_said_to_be_none(tmp_path: Path) -> None:
    async with asked(tmp_path, "en") as here:
        await here.does("/admin material 2 Video https://youtu.be/example", "Announce")
        reply = await here.reply("/admin material 2 Video none")
        assert reply.headline == "“Video” is published. To take it down, type it like this."
        assert reply.note == "For example: /admin material 2 withdraw Video"
        await taken(here, "/admin material 2 withdraw Video")
