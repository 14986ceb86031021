"""Several copies of the bot on one database, each with a schedule file of its own: all go by the newest version."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.edits import FieldEdit
from bot.domain.errors import LedgerUnavailableError
from bot.domain.series import Series
from bot.schedule import writer
from bot.schedule.draft import EditRefusedError, OutdatedDraftError
from tests.processes import STARTS_WITHIN, Running, running
from tests.schedule.editing_room import CHANNEL, ENGLISH, FILE, HANA, RIN, Room, editing_room
from tests.standins.discord import DiscordStandIn
from tests.storage.cluster import Cluster

ROOM, TITLE = ("venue", "room"), ("title",)
DAY = timedelta(days=1)


class Copies:
    """Opens copies on one database; a file that is not there yet holds the schedule as it was at first."""

    def __init__(self, folder: Path, url: str, stack: AsyncExitStack) -> None:
        self._folder = folder
        self._url = url
        self._stack = stack

    def file(self, name: str) -> Path:
        """Where that copy's file is."""
        return self._folder / name / "lectures.yaml"

    async def opened(self, name: str) -> Room:
        """That copy, from its start until the end of the test."""
        file = self.file(name)
        if not file.exists():
            file.parent.mkdir()
            file.write_text(FILE, encoding="utf-8")
        return await self._stack.enter_async_context(editing_room(file, [CHANNEL, ENGLISH], self._url))


def in_force(room: Room) -> tuple[Series, Series]:
    """What a copy answers from, and what it announces from."""
    return room.schedule.series, room.dispatcher.snapshot.series


@pytest.fixture
async def copies(tmp_path: Path, postgresql: Cluster) -> AsyncIterator[Copies]:
    """Copies on a database with nothing in it."""
    async with AsyncExitStack() as stack:
        yield Copies(tmp_path, postgresql.url(), stack)


async def test_what_is_changed_at_one_copy_is_in_force_at_the_others(copies: Copies) -> None:
    one, other = await copies.opened("one"), await copies.opened("other")
    await one.sets(3, ROOM, "202教室")
    assert "201教室" in other.text
    await other.versions.follow()
    assert other.text == one.text == FILE.replace("201教室", "202教室")
    assert in_force(other) == in_force(one)
    assert await other.log() == await one.log() == [("file", "", ()), ("hana", "room 3", ("3",))]
    await other.versions.take_in()
    await other.schedule.look()
    assert len(await other.log()) == 2, "its own new file is nothing new"


async def test_a_change_is_told_once_whoever_made_it(copies: Copies) -> None:
    one, other = await copies.opened("one"), await copies.opened("other")
    await one.sets(5, TITLE, "流星")
    for each in (other, one, other):
        await each.versions.follow()
        await each.passes(timedelta(hours=1))
    told = [(str(address), message.headline) for address, message in (*one.posts, *other.posts)]
    assert sorted(told) == [
        ("discord:1", "第5回「流星」（6/17(月)）の題目が決まりました。"),
        ("slack:C05", "The title is out: lecture 5, “流星” (Mon, 17 June)."),
    ]


async def test_a_quiet_change_stays_quiet_at_the_others(copies: Copies) -> None:
    one, other = await copies.opened("one"), await copies.opened("other")
    await one.sets(5, TITLE, "流星", quietly=True)
    await other.versions.follow()
    for each in (one, other):
        await each.passes(timedelta(hours=1))
        assert each.posts == []


async def test_who_edits_at_a_copy_that_lags_behind_takes_nothing_back(copies: Copies) -> None:
    one, other = await copies.opened("one"), await copies.opened("other")
    draft = await other.editor.edited([FieldEdit("5", TITLE, "流星")], "title", "en")
    outdated = await other.editor.edited([FieldEdit("3", ROOM, "203教室")], "room", "en")
    await one.sets(3, ROOM, "202教室")
    await other.editor.write(draft, RIN, "en", quietly=False)
    assert "202教室" in other.text
    assert "流星" in other.text
    with pytest.raises(OutdatedDraftError):
        await other.editor.write(outdated, RIN, "en", quietly=False)
    await one.versions.follow()
    assert one.text == other.text
    assert await one.undoes("3")
    await other.versions.follow()
    assert "201教室" in other.text
    assert "流星" in other.text


async def test_of_many_edits_at_once_at_all_copies_none_is_lost(copies: Copies) -> None:
    rooms = [await copies.opened(name) for name in "abc"]

    async def edits(room: Room, number: int) -> None:
        for value in range(5):
            await room.sets(number, TITLE, f"題目{number} {value}")

    await asyncio.gather(*(edits(room, number) for room, number in zip(rooms, (3, 4, 5), strict=True)))
    for room in rooms:
        await room.versions.follow()
        titles = [each.title.into("ja") for each in room.schedule.series.lectures if each.title]
        assert titles == [f"題目{n} 4" for n in (3, 4, 5)]
        assert room.text == rooms[0].text
    log = await rooms[0].log()
    assert sorted(log[1:]) == sorted(
        ("hana", f"title {number}", (str(number),)) for number in (3, 4, 5) for _ in range(5)
    )


async def test_a_file_edited_by_hand_while_others_wait_is_a_change_like_any_other(copies: Copies) -> None:
    one, other = await copies.opened("one"), await copies.opened("other")
    other.by_hand("月の裏側", "月の表側")
    await other.schedule.look()
    await other.versions.take_in()
    await one.versions.follow()
    assert "月の表側" in one.text
    one.path.write_text(FILE, encoding="utf-8")  # taken back by hand, to what it was before
    await one.schedule.look()
    await one.versions.take_in()
    await other.versions.follow()
    assert other.text == FILE
    assert [lectures for *_, lectures in await other.log()] == [(), ("4",), ("4",)]


async def test_a_file_that_is_being_edited_by_hand_gets_what_others_have_changed(copies: Copies) -> None:
    one, other = await copies.opened("one"), await copies.opened("other")
    other.by_hand("月の裏側", "月の表側")
    await one.sets(3, ROOM, "202教室")
    await one.sets(4, TITLE, "月の石")
    await other.versions.follow()
    assert "202教室" not in other.text, "as long as it isn't clear that it may be read"
    await other.schedule.look()
    await other.versions.take_in()
    await one.versions.follow()
    assert one.text == other.text == FILE.replace("月の裏側", "月の表側").replace("201教室", "202教室")
    assert [lectures for *_, lectures in await one.log()] == [(), ("3",), ("4",), ("4",)]
    assert await one.undoes("4")
    assert "月の石" in one.text


async def test_a_copy_whose_file_is_broken_says_nothing_of_what_is_no_longer_in_force(copies: Copies) -> None:
    one, other = await copies.opened("one"), await copies.opened("other")
    other.path.write_text("lectures: [", encoding="utf-8")
    await other.schedule.look()
    await other.versions.follow()
    await one.sets(3, ROOM, "202教室")
    with pytest.raises(LedgerUnavailableError, match="broken"):
        await other.versions.follow()
    assert other.text == "lectures: ["
    other.path.write_text(FILE.replace("月の裏側", "月の表側"), encoding="utf-8")
    await other.schedule.look()
    await other.versions.take_in()
    await other.versions.follow()
    assert other.text == FILE.replace("月の裏側", "月の表側").replace("201教室", "202教室")


async def test_at_the_start_a_copy_left_behind_is_replaced_and_an_edited_one_is_a_change(copies: Copies) -> None:
    one = await copies.opened("one")
    await one.sets(3, ROOM, "202教室")
    behind = await copies.opened("behind")
    assert behind.text == one.text
    assert len(await behind.log()) == 2
    copies.file("edited").parent.mkdir()
    copies.file("edited").write_text(one.text.replace("月の裏側", "月の表側"), encoding="utf-8")
    edited = await copies.opened("edited")
    assert (await edited.log())[2:] == [("file", "", ("4",))]
    await one.versions.follow()
    assert "月の表側" in one.text
    assert "202教室" in one.text


async def test_a_file_that_cannot_be_written_is_left_behind_and_caught_up_with_later(
    copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "_PATIENCE", 0.05)
    one, other = await copies.opened("one"), await copies.opened("other")
    folder = os.open(other.path.parent, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    try:
        await one.sets(3, ROOM, "202教室")
        await other.versions.follow()
        assert other.text == FILE
        assert in_force(other) == in_force(one)
        await other.schedule.look()
        await other.versions.take_in()
        assert other.schedule.series == one.schedule.series, "the file is no edit by hand"
        assert len(await other.log()) == 2
        before = other.schedule.changes
        await other.versions.follow()
        assert other.schedule.changes == before, "trying again is nothing new"
        with pytest.raises(EditRefusedError):
            await other.sets(5, TITLE, "流星")
    finally:
        os.close(folder)
    await other.versions.follow()
    assert other.text == one.text
    await other.sets(5, TITLE, "流星")
    await one.versions.follow()
    assert one.text == other.text
    assert "流星" in one.text
    assert HANA.name == (await one.log())[-1][0]


async def test_processes_follow_each_other_while_they_run_and_when_they_start(
    tmp_path: Path, postgresql: Cluster
) -> None:
    files = [tmp_path / name / "lectures.yaml" for name in "abc"]
    for file in files:
        file.parent.mkdir()
        file.write_text(FILE, encoding="utf-8")
    changed = FILE.replace("201教室", "202教室")
    async with DiscordStandIn() as one, DiscordStandIn() as other, AsyncExitStack() as stack:

        async def started(file: Path, discord: DiscordStandIn) -> Running:
            settings = {"DISCORD_TOKEN": discord.token, "DISCORD_API_URL": discord.api_url, "DATABASE_URL": url}
            options = ("--lectures", str(file), "--now", "2030-04-08T12:00")
            bot = await stack.enter_async_context(
                running(data=file.parent / "data", settings=settings, options=options)
            )
            await bot.says("platform.connected")
            return bot

        url = postgresql.url()
        await started(files[0], one)
        await started(files[1], other)
        files[0].write_text(changed, encoding="utf-8")
        async with asyncio.timeout(STARTS_WITHIN):
            while files[1].read_text(encoding="utf-8") != changed:  # noqa: ASYNC110 - another process writes it
                await asyncio.sleep(0.05)
        await started(files[2], one)
        assert files[2].read_text(encoding="utf-8") == changed
