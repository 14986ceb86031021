"""What a version of the file lacks, and that nobody acts on it before it has stayed for a while."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from yaml import YAMLError

from bot.schedule.absence import lacking
from bot.schedule.service import Schedule
from bot.schedule.yaml_reader import Tree, composed
from tests.announcements.virtual_time import run_virtually
from tests.schedule.editing_room import FILE, editing_room

SHIPPED = Path(__file__).parents[2] / "lectures.yaml"
LINES = SHIPPED.read_text(encoding="utf-8").splitlines(keepends=True)


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("title: A", "title: B", None),
        ("title: A and B", "title: A", ("title",)),
        ("title: A", "title: {en: A}", None),
        ("title:\nform: A", "form: A", None),
        ("venue: {name: A, room: B}", "venue: A", ("venue",)),
        ("{title: A, form: B}", "{title: B, form: }", ("form",)),
        ("l: [{number: 1}, {id: x, title: A}]", "l: [{id: x, title: B}, {number: 1}, {number: 2}]", None),
        ("l: [{number: 1}, {id: x, title: A}]", "l: [{number: 1}, {number: 2}]", ("l", 1)),
        ("l: [{url: a}, {url: b}]", "l: [{url: b}]", ("l", 1)),
        ("l: [{number: 1, form: A}]", "l: [{number: 0}, {number: 1}]", ("l", 0, "form")),
    ],
)
def test_what_is_lacking_is_found_whatever_else_has_changed(
    before: str, after: str, place: tuple[str | int, ...] | None
) -> None:
    assert lacking(composed(before).tree, composed(after).tree) == place


def _tree(text: str) -> Tree:
    try:
        return composed(text).tree
    except YAMLError:
        return None


def test_the_shipped_file_lacks_something_wherever_it_is_cut() -> None:
    whole = _tree("".join(LINES))
    for number, line in enumerate(LINES):
        assert lacking(whole, _tree("".join(LINES[:number]))) is not None, line


def test_a_file_that_is_written_slowly_changes_nothing_until_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "lectures.yaml"
    whole = "".join(LINES)
    later = whole.replace("number: 12", "number: 12\n    notes: 席は200です。")

    async def writes() -> None:
        path.write_text(whole, encoding="utf-8")
        schedule = Schedule(path)
        before = schedule.series
        for end in (0, 10, len(whole) // 2, len(whole) - 30, len(whole) - 1, len(whole) + 5):
            path.write_text(later[:end], encoding="utf-8")
            await schedule.look()
            await asyncio.sleep(10)
            await schedule.look()
            assert (schedule.series is before, len(schedule.problems) > 0, schedule.lasting_problems) == (
                True,
                True,
                (),
            )
        path.write_text(later, encoding="utf-8")
        await schedule.look()
        assert (schedule.series == before, schedule.problems) == (False, ())

    run_virtually(writes())


@pytest.mark.parametrize(
    ("cut", "problem"),
    [
        (lambda text: text.partition("  - number: 4")[0], "file.lacking"),
        (lambda text: text.rstrip(), "file.unfinished"),
    ],
)
def test_what_has_stayed_for_half_a_minute_is_meant(tmp_path: Path, cut: Callable[[str], str], problem: str) -> None:
    path = tmp_path / "lectures.yaml"

    async def stays() -> None:
        path.write_text(FILE, encoding="utf-8")
        schedule = Schedule(path)
        whole = schedule.reading
        path.write_text(cut(FILE), encoding="utf-8")
        for waited in (0, 20, 9):
            await asyncio.sleep(waited)
            await schedule.look()
            assert ([each.name for each in schedule.problems], schedule.reading) == ([problem], whole)
        await asyncio.sleep(2)
        await schedule.look()
        assert (schedule.problems, schedule.reading.digest == whole.digest) == ((), False)

    run_virtually(stays())


async def test_after_a_restart_a_file_that_was_cut_meanwhile_is_not_believed_either(tmp_path: Path) -> None:
    path, database = tmp_path / "lectures.yaml", tmp_path / "lecturebot.db"
    path.write_text(FILE, encoding="utf-8")
    async with editing_room(path, database=database) as room:
        known = room.schedule.series
    path.write_text(FILE.partition("  - number: 4")[0], encoding="utf-8")
    async with editing_room(path, database=database) as room:
        assert (room.schedule.series, [each.name for each in room.schedule.problems]) == (known, ["file.lacking"])
        await room.schedule.look()
        await room.versions.take_in()
        assert room.schedule.series != known
        assert len(await room.log()) == 2
