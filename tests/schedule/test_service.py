"""The schedule in service while its file is edited, with real files."""

import asyncio
import os
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.domain.series import Series
from bot.schedule.problems import InvalidScheduleError
from bot.schedule.reader import Reading, read, read_file
from bot.schedule.service import PollInterval, Schedule
from tests.schedule.files import HEAD

QUICK = PollInterval(interval=0.02, settling=0.05, missing=0.3, confirming=0.3)


def entries(*titles: str) -> str:
    """A file with these titles for its lectures, numbered from 1."""
    return HEAD + "".join(f"  - number: {number}\n    title: {title}\n" for number, title in enumerate(titles, 1))


def titles(series: Series) -> list[str]:
    """The titles of a series of such a file."""
    return [each.title.into("ja") if each.title else "" for each in series.lectures]


def rewrite(path: Path, text: str) -> None:
    """Saves in place."""
    path.write_text(text, encoding="utf-8")


def remove(path: Path) -> None:
    """Deletes the file."""
    path.unlink()


def replace_file(path: Path, text: str) -> None:
    """Saves as most editors do: beside the file first, then over it."""
    beside = path.with_name(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


@asynccontextmanager
async def watched(path: Path, pace: PollInterval = QUICK) -> AsyncIterator[Schedule]:
    """The schedule of that file while it is watched."""
    schedule = Schedule(path, pace)
    watching = asyncio.create_task(schedule.watch())
    try:
        yield schedule
        assert not watching.done()
    finally:
        watching.cancel()
        await asyncio.wait([watching])


async def until(holds: Callable[[], object], seconds: float = 20) -> None:
    """Waits for something to come true."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come true"
        await asyncio.sleep(0.01)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with two lectures."""
    path = tmp_path / "lectures.yaml"
    path.write_text(entries("A", "B"), encoding="utf-8")
    return path


def test_a_broken_file_at_the_start_is_refused_with_all_its_problems(path: Path) -> None:
    path.write_text(entries("''", "''"), encoding="utf-8")
    with pytest.raises(InvalidScheduleError) as refused:
        Schedule(path)
    assert [(each.line, each.name) for each in refused.value.problems] == [(6, "text.empty"), (8, "text.empty")]


@pytest.mark.parametrize("save", [replace_file, rewrite], ids=["replaced", "rewritten"])
async def test_an_edit_is_taken_over(path: Path, save: Callable[[Path, str], object]) -> None:
    async with watched(path) as schedule:
        before = schedule.series
        save(path, entries("A", "C"))
        await until(lambda: schedule.series is not before)
        assert titles(schedule.series) == ["A", "C"]
        assert schedule.problems == ()


async def test_a_comment_is_no_change_and_a_touch_is_not_even_taken_over(path: Path) -> None:
    async with watched(path) as schedule:
        before = schedule.series
        with capture_logs() as log:
            os.utime(path)
            await asyncio.sleep(0.3)
            assert log == []
            replace_file(path, entries("A", "B") + "# seen\n")
            await until(lambda: log)
        assert schedule.series is before
        assert [each["event"] for each in log] == ["schedule.taken_over"]


async def test_a_broken_version_is_told_once_and_the_last_good_one_stays_until_it_is_mended(path: Path) -> None:
    async with watched(path) as schedule:
        before = schedule.series
        with capture_logs() as log:
            replace_file(path, entries("A", "[x"))
            await until(lambda: schedule.problems)
            os.utime(path)
            await asyncio.sleep(1)
        assert schedule.series is before
        assert [(each.line, each.field) for each in schedule.problems] == [(8, "yaml")]
        assert [(each["log_level"], each["event"], each["count"], each["problems"]) for each in log] == [
            (
                "warning",
                "schedule.refused",
                1,
                [
                    f"{path}:8: yaml: What is inside the bracket that opens here can't be read. Close the bracket, and "
                    'put texts that contain a comma or a colon in quotes. Example: {ja: 入門, en: "Basics, uses"}'
                ],
            )
        ]
        replace_file(path, entries("A", "B"))
        await until(lambda: not schedule.problems)
        assert schedule.series is before


async def test_a_file_that_vanishes_for_a_moment_is_no_problem_and_one_that_stays_away_is(path: Path) -> None:
    async with watched(path) as schedule:
        before = schedule.series
        with capture_logs() as log:
            remove(path)
            await asyncio.sleep(0.1)
            rewrite(path, entries("A", "B"))
            await asyncio.sleep(0.6)
            assert (schedule.problems, log) == ((), [])
            remove(path)
            await until(lambda: schedule.problems)
            await asyncio.sleep(0.6)
            assert [each["event"] for each in log] == ["schedule.refused"]
        assert [each.name for each in schedule.problems] == ["file.missing"]
        rewrite(path, entries("A", "C"))
        await until(lambda: not schedule.problems)
        assert schedule.series is not before
        assert titles(schedule.series) == ["A", "C"]


async def test_a_file_is_read_only_when_it_has_been_written_to_its_end(path: Path) -> None:
    async with watched(path) as schedule:
        with path.open("w", encoding="utf-8") as file, capture_logs() as log:
            for character in entries("A", "C")[::12]:
                file.write(character)
                file.flush()
                await asyncio.sleep(0.02)
            file.seek(0)
            file.write(entries("A", "C"))
        await until(lambda: titles(schedule.series) == ["A", "C"])
        assert [each["event"] for each in log if each["event"] == "schedule.refused"] == []


async def test_a_version_that_the_bot_wrote_is_in_service_at_once_and_nothing_new_later(path: Path) -> None:
    schedule = Schedule(path, QUICK)
    rewrite(path, entries("A", "C"))
    schedule.take(read_file(path))
    await schedule.look()
    assert (schedule.changes, titles(schedule.series)) == (1, ["A", "C"])
    rewrite(path, entries("A", "D"))
    await schedule.look()
    assert (schedule.changes, titles(schedule.series)) == (2, ["A", "D"])


async def test_an_older_version_that_was_just_being_read_does_not_replace_what_the_bot_wrote(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule = Schedule(path, QUICK)
    reading, written = threading.Event(), threading.Event()

    def read_slowly(content: bytes, file: str) -> Reading:
        reading.set()
        written.wait(20)
        return read(content, file)

    monkeypatch.setattr("bot.schedule.service.read", read_slowly)
    rewrite(path, entries("A", "C"))
    looking = asyncio.create_task(schedule.look())
    await until(reading.is_set)
    rewrite(path, entries("A", "D"))
    schedule.take(read_file(path))
    written.set()
    await looking
    await schedule.look()
    assert schedule.changes == 1
    assert titles(schedule.series) == ["A", "D"]


async def test_what_broke_the_file_while_the_bot_took_its_own_version_is_told(path: Path) -> None:
    schedule = Schedule(path, QUICK)
    rewrite(path, entries("A", "C"))
    reading = read_file(path)
    rewrite(path, "lectures: [")
    await schedule.look()
    schedule.take(reading)
    told = [len(schedule.problems)]
    await schedule.look()
    assert [*told, len(schedule.problems)] == [0, 1]
    assert titles(schedule.series) == ["A", "C"]
