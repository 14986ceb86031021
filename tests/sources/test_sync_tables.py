"""The schedule in step with a table: compared, asked about, taken over and undone as a page is."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.sources.server import PageServer, page_server
from tests.sources.syncing_room import HEAD, Syncing, syncing

TABLE = """\
Date,Time,Speaker,Title,Room
2030-05-20,14:00,Ada Example,Waves in water,Room 5
2030-06-17,14:00,Bob Example,Wind over land,Room 5
"""
LECTURES = """\
  - id: opening
    starts: 2030-05-20T14:00
    speaker: Ada Example
    title: Waves in water
    venue: {name: Room 5}
  - id: 2030-06-17
    starts: 2030-06-17T14:00
    speaker: Bob Example
    title: Wind over land
    venue: {name: Room 5}
"""


@pytest.fixture
async def server() -> AsyncIterator[PageServer]:
    async with page_server(TABLE) as server:
        yield server


def known(folder: Path) -> Path:
    """The folder, with a schedule of lectures that have no numbers."""
    (folder / "lectures.yaml").write_text(HEAD % ("https://example.org", "off") + LECTURES, encoding="utf-8")
    return folder


def starts(bot: Syncing) -> dict[str, str]:
    """When each lecture begins, as the schedule in service has it."""
    return {each.id: f"{each.starts:%m-%d %H:%M}" for each in bot.schedule.series.lectures if each.starts}


async def test_a_table_that_says_what_the_schedule_does_is_nobody_s_business(
    tmp_path: Path, server: PageServer
) -> None:
    async with syncing(known(tmp_path), server, "apply") as bot:
        await bot.looks()
        assert (bot.posts, bot.text, bot.page.current_problems) == ([], LECTURES, [])


async def test_a_lecture_that_moves_in_the_table_moves_in_the_schedule_and_back(
    tmp_path: Path, server: PageServer
) -> None:
    async with syncing(known(tmp_path), server, "propose") as bot:
        await bot.looks()
        await bot.shows(TABLE.replace("2030-06-17,14:00", "2030-06-24,15:00"))
        assert "lecture 2030-06-17: the start changed from" in bot.last_told
        await bot.transcript(bot.button("Take over"))
        assert starts(bot) == {"opening": "05-20 14:00", "2030-06-17": "06-24 15:00"}
        await bot.does("admin undo")
        assert starts(bot) == {"opening": "05-20 14:00", "2030-06-17": "06-17 14:00"}


async def test_a_new_row_is_a_new_lecture(tmp_path: Path, server: PageServer) -> None:
    async with syncing(known(tmp_path), server, "apply") as bot:
        await bot.looks()
        await bot.shows(TABLE + "2030-06-17,16:00,Cy Example,Rain,Room 5\n2030-07-15,14:00,Di Example,Snow,Room 5\n")
        assert sorted(starts(bot)) == ["2030-06-17", "2030-06-17-2", "2030-07-15", "opening"]


async def test_rows_of_one_number_are_told_and_nothing_of_them_is_taken(tmp_path: Path, server: PageServer) -> None:
    async with syncing(known(tmp_path), server, "apply") as bot:
        await bot.looks()
        await bot.shows(
            "No,Date,Time,Speaker,Title,Room\n"
            ",2030-05-20,14:00,Ada Example,Waves in water,Room 5\n"
            ",2030-06-17,14:00,Bob Example,Wind over land,Room 5\n"
            "7,2030-07-15,14:00,Di Example,Snow,Room 5\n"
            "7,2030-07-22,14:00,Ed Example,Hail,Room 5\n"
        )
        assert bot.text == LECTURES
        assert "line 5: lecture 7: This lecture is already in line 4, and says something else there." in bot.last_told
