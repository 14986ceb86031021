"""Edits from chat: in the file, kept as revisions, in service at once, and told as they were promised to be."""

import asyncio
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.edits import FieldEdit, FieldPath, FieldValue
from bot.domain.errors import LedgerUnavailableError
from bot.domain.language import Language
from bot.domain.series import Series
from bot.schedule.draft import Author, Draft, EditRefusedError, NewerChangeError, OutdatedDraftError
from bot.schedule.reader import Reading, read_file
from tests.processes import ROOT, environment
from tests.schedule.editing_room import CHANNEL, FILE, HANA, RIN, Room, editing_room

ROOM = ("venue", "room")
FOUR = FILE[FILE.index("  # still") : FILE.index("  - number: 5")]
FIRST = ("file", "", ())
"""The file as it was at the start."""


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """A file with three lectures; when all is done, it is valid still and nothing is left beside it."""
    path = tmp_path / "lectures.yaml"
    path.write_text(FILE, encoding="utf-8")
    yield path
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


async def drafted(room: Room, number: int, field: FieldPath, value: str) -> Draft:
    """The draft of one edit."""
    return await room.editor.edited([FieldEdit(str(number), field, value)], f"{field[-1]} {number}", "en")


def rooms(series: Series) -> dict[int, str | None]:
    """The room of each lecture that has a venue."""
    return {
        int(each.id): each.venue.room.into("ja") if each.venue.room else None for each in series.lectures if each.venue
    }


async def test_an_edit_is_in_the_file_in_service_and_in_the_log_at_once(path: Path) -> None:
    async with editing_room(path) as room:
        draft = await drafted(room, 3, ROOM, "118教室")
        assert (draft.lectures, draft.reason) == (("3",), "room 3")
        assert (rooms(draft.before), rooms(draft.after)) == ({3: "201教室"}, {3: "118教室"})
        assert room.text == FILE, "a draft changes nothing"
        revision = await room.editor.write(draft, HANA, "en", quietly=False)
        assert room.text == FILE.replace("201教室", "118教室")
        assert rooms(room.schedule.series) == {3: "118教室"}
        assert (revision.author, revision.author_name, revision.channel) == ("discord:user:4", "hana", "discord:1")
        assert (revision.reason, revision.lectures, revision.text) == ("room 3", ("3",), room.text)
        assert await room.store.revisions.newest() == revision
        assert room.services.wakeup.count == 1
        before = room.schedule.changes
        await room.schedule.look()
        assert room.schedule.changes == before, "the file holds nothing new"
        await room.versions.take_in()
        assert await room.log() == [FIRST, ("hana", "room 3", ("3",))]


async def test_a_lecture_is_added_with_what_is_known_of_it(path: Path) -> None:
    async with editing_room(path) as room:
        entry: dict[str, FieldValue] = {"number": 6, "starts": "2030-07-01T13:00", "speaker": {"name": "流 星子"}}
        draft = await room.editor.added(entry, "add 6", "en")
        await room.editor.write(draft, RIN, "en", quietly=False)
        assert room.text == FILE + ("  - number: 6\n    starts: 2030-07-01T13:00\n    speaker: {name: 流 星子}\n")
        assert await room.log() == [FIRST, ("rin", "add 6", ("6",))]
        revision = await room.store.revisions.newest()
        assert revision
        assert (revision.author, revision.channel) == ("slack:U05", "")


async def test_two_organizers_change_different_lectures_at_once(path: Path) -> None:
    async with editing_room(path) as room:
        one = await drafted(room, 3, ROOM, "118教室")
        other = await drafted(room, 4, ("title",), "月の表側")
        await asyncio.gather(
            room.editor.write(one, HANA, "en", quietly=False), room.editor.write(other, RIN, "en", quietly=False)
        )
        assert room.text == FILE.replace("201教室", "118教室").replace("月の裏側", "月の表側")
        assert sorted((await room.log())[1:]) == [("hana", "room 3", ("3",)), ("rin", "title 4", ("4",))]


async def test_of_two_changes_of_one_lecture_the_later_is_drafted_anew_and_can_be_written_then(path: Path) -> None:
    async with editing_room(path) as room:
        one = await drafted(room, 3, ROOM, "118教室")
        other = await drafted(room, 3, ("title",), "星雲")
        await room.editor.write(one, HANA, "en", quietly=False)
        with pytest.raises(OutdatedDraftError) as outdated:
            await room.editor.write(other, RIN, "en", quietly=False)
        assert room.text == FILE.replace("201教室", "118教室")
        anew = outdated.value.draft
        assert rooms(anew.before) == rooms(anew.after) == {3: "118教室"}
        await room.editor.write(anew, RIN, "en", quietly=False)
        assert room.text == FILE.replace("201教室", "118教室").replace("銀河 ", "星雲 ")
        assert await room.log() == [FIRST, ("hana", "room 3", ("3",)), ("rin", "title 3", ("3",))]


async def test_the_same_change_made_twice_is_nothing_to_be_written_again(path: Path) -> None:
    async with editing_room(path) as room:
        one, other = await drafted(room, 3, ROOM, "118教室"), await drafted(room, 3, ROOM, "118教室")
        await room.editor.write(one, HANA, "en", quietly=False)
        with pytest.raises(OutdatedDraftError) as outdated:
            await room.editor.write(other, RIN, "en", quietly=False)
        anew = outdated.value.draft
        assert anew.before == anew.after
        with pytest.raises(EditRefusedError, match=r"^Nothing would change by that\.$"):
            await room.editor.write(anew, RIN, "en", quietly=False)
        assert await room.log() == [FIRST, ("hana", "room 3", ("3",))]


async def test_a_lecture_that_comes_to_stand_below_does_not_outdate_a_draft(path: Path) -> None:
    path.write_text(FILE.rstrip("\n"), encoding="utf-8")  # noqa: ASYNC240 - there is nobody to wait
    async with editing_room(path) as room:
        draft = await drafted(room, 5, ("title",), "流星")
        await room.editor.write(await room.editor.added({"number": 6}, "add 6", "en"), RIN, "en", quietly=False)
        await room.editor.write(draft, HANA, "en", quietly=False)
        assert room.text == f"{FILE}    title: 流星\n  - number: 6\n"


async def test_a_number_that_was_given_away_meanwhile_is_refused(path: Path) -> None:
    async with editing_room(path) as room:
        one, other = [await room.editor.added({"number": 6}, "add 6", "en") for _ in range(2)]
        await room.editor.write(one, HANA, "en", quietly=False)
        with pytest.raises(EditRefusedError, match=r"^The schedule file has an entry 6 already\.$"):
            await room.editor.write(other, RIN, "en", quietly=False)


async def test_an_edit_by_hand_in_between_stays_and_is_a_version_of_its_own(path: Path) -> None:
    async with editing_room(path) as room:
        draft = await drafted(room, 3, ROOM, "118教室")
        room.by_hand("月の裏側", "月の表側")
        room.by_hand("2030-06-17", "2030-06-18")
        await room.editor.write(draft, HANA, "en", quietly=False)
        assert room.text == FILE.replace("201教室", "118教室").replace("月の裏側", "月の表側").replace("06-17", "06-18")
        assert await room.log() == [FIRST, ("file", "", ("4", "5")), ("hana", "room 3", ("3",))]


async def test_an_edit_by_hand_of_the_same_lecture_outdates_the_draft(path: Path) -> None:
    async with editing_room(path) as room:
        draft = await drafted(room, 3, ROOM, "118教室")
        room.by_hand("銀河 ", "星雲 ")
        with pytest.raises(OutdatedDraftError):
            await room.editor.write(draft, HANA, "en", quietly=False)
        assert room.text == FILE.replace("銀河 ", "星雲 ")


async def test_what_would_be_wrong_is_refused_with_the_field_and_nothing_changes(path: Path) -> None:
    async with editing_room(path) as room:
        cases: tuple[tuple[FieldPath, str, Language, str], ...] = (
            (("ends",), "2030-04-18T12:00", "en", "ends: "),
            (("venue", "link"), "https://a.example", "en", "venue.link: "),
            (
                ("notes",),
                "Passcode: 123456",
                "en",
                "notes: This contains a passcode or password. It goes only by mail ",
            ),
            (
                ("notes",),
                "https://us02web.zoom.us/j/123456789?pwd=abc",
                "ja",
                "notes: オンライン会議への接続先が書かれて",
            ),
        )
        for field, value, language, said in cases:
            with pytest.raises(EditRefusedError) as refused:
                await room.editor.edited([FieldEdit("3", field, value)], "edit", language)
            assert refused.value.sentences[0].startswith(said), refused.value.sentences
            assert "lectures.yaml" not in str(refused.value.sentences)
        assert (room.text, await room.log()) == (FILE, [FIRST])


async def test_what_cannot_be_edited_is_told_in_the_language_of_who_asked(path: Path) -> None:
    async with editing_room(path) as room:
        with pytest.raises(EditRefusedError, match=r"^予定表に 9 はありません。$"):
            await room.editor.edited([FieldEdit("9", ("title",), "月")], "title 9", "ja")


async def test_while_the_file_is_broken_nothing_is_edited_and_the_mistakes_are_named(path: Path) -> None:
    async with editing_room(path) as room:
        draft = await drafted(room, 3, ROOM, "118教室")
        room.by_hand("mode: hybrid", "mode: hybird")
        with pytest.raises(EditRefusedError) as refused:
            await room.editor.write(draft, HANA, "en", quietly=False)
        assert refused.value.sentences[0].startswith("The schedule file has mistakes at the moment")
        assert refused.value.sentences[1].startswith("lectures.yaml:13: lectures[number 3].mode: ")
        assert await room.log() == [FIRST]
        assert "201教室" in room.text


async def test_a_folder_that_is_not_writable_is_told_and_nothing_changes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with editing_room(path) as room:
        draft = await drafted(room, 3, ROOM, "118教室")
        monkeypatch.setattr("bot.schedule.writer.os.access", lambda *_: False)
        with pytest.raises(EditRefusedError, match="can't be written: the bot has no right to"):
            await room.editor.write(draft, HANA, "en", quietly=False)
        monkeypatch.undo()
        assert (room.text, await room.log()) == (FILE, [FIRST])
        await room.editor.write(draft, HANA, "en", quietly=False)
        assert await room.log() == [FIRST, ("hana", "room 3", ("3",))]


async def test_who_gives_up_waiting_does_not_leave_an_edit_by_halves(path: Path) -> None:
    async with editing_room(path) as room:
        draft = await drafted(room, 3, ROOM, "118教室")
        waiting = asyncio.create_task(room.editor.write(draft, HANA, "en", quietly=False))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])
        async with asyncio.timeout(10), room.versions.lock():
            assert len(await room.log()) == 2
        assert rooms(read_file(path).series) == rooms(room.schedule.series) == {3: "118教室"}


async def test_undo_goes_back_one_change_at_a_time_and_never_forth_again(path: Path) -> None:
    async with editing_room(path) as room:
        for value in ("202教室", "203教室", "201教室", "204教室"):
            await room.sets(3, ROOM, value)
        seen = []
        while await room.undoes("3"):
            seen.append(rooms(room.schedule.series)[3])
        assert seen == ["201教室", "203教室", "202教室", "201教室"]
        assert room.text == FILE
        await room.sets(3, ROOM, "205教室")
        assert await room.undoes()
        assert room.text == FILE
        assert not await room.undoes()
        assert (await room.log())[-2:] == [("hana", "room 3", ("3",)), ("hana", "undo", ("3",))]
        assert [each.undoes for each in await room.store.revisions.latest(2)] == [10, None]


async def test_undo_of_one_lecture_leaves_the_others_and_of_any_goes_on_with_them(path: Path) -> None:
    async with editing_room(path) as room:
        await room.sets(3, ROOM, "118教室")
        await room.sets(4, ("title",), "月の表側")
        assert await room.undoes("3")
        assert room.text == FILE.replace("月の裏側", "月の表側")
        assert not await room.undoes("3")
        assert await room.undoes()
        assert room.text == FILE
        assert not await room.undoes()


async def test_undo_of_an_added_lecture_takes_it_out_again(path: Path) -> None:
    async with editing_room(path) as room:
        draft = await room.editor.added({"number": 2, "title": "雲"}, "add 2", "en")
        await room.editor.write(draft, HANA, "en", quietly=False)
        assert await room.undoes("2")
        assert room.text == FILE


async def test_undo_of_an_edit_by_hand_puts_all_its_lectures_back_and_keeps_the_rest_of_the_file(path: Path) -> None:
    async with editing_room(path) as room:
        room.by_hand("201教室", "118教室")
        room.by_hand("spring", "summer")
        room.by_hand(FOUR, "")
        draft = await room.editor.undone(None, "undo", "en")
        assert draft
        assert draft.lectures == ("3", "4")
        assert await room.undoes()
        assert room.text == FILE.replace("spring", "summer")
        assert await room.log() == [FIRST, ("file", "", ("3", "4")), ("hana", "undo", ("3", "4"))]
        assert [each.undoes for each in await room.store.revisions.latest(3)] == [2, None, None]


async def test_what_was_changed_in_the_series_only_is_not_taken_back(path: Path) -> None:
    async with editing_room(path) as room:
        await room.sets(3, ROOM, "118教室")
        room.by_hand("en: Lectures", "en: Talks")
        assert await room.undoes()
        assert room.text == FILE.replace("en: Lectures", "en: Talks")


async def test_an_undo_never_takes_back_the_change_that_somebody_made_meanwhile(path: Path) -> None:
    async with editing_room(path) as room:
        await room.sets(3, ROOM, "202教室")
        draft = await room.editor.undone("3", "undo 3", "en")
        assert draft
        await room.sets(3, ("title",), "星雲", RIN)
        text = room.text
        with pytest.raises(NewerChangeError) as newer:
            await room.editor.write(draft, HANA, "en", quietly=False)
        assert (newer.value.revision.id, newer.value.revision.author_name) == (3, "rin")
        assert room.text == text
        with pytest.raises(NewerChangeError):
            await room.editor.undone("3", "undo 3", "en", 2)
        assert await room.editor.undone("4", "undo 4", "en", 2) is None
        later = await room.editor.undone(None, "undo", "en", 3)
        assert later
        await room.editor.write(later, HANA, "en", quietly=False)
        assert await room.editor.undone(None, "undo", "en", 2), "once that is taken back, it is the latest again"


async def test_a_quiet_change_makes_no_news_and_keeps_earlier_posts_true(path: Path) -> None:
    async with editing_room(path, [CHANNEL]) as room:
        await room.sets(3, ("speaker", "name"), "夜空 すみれ")
        await room.passes(timedelta(hours=2))
        assert len(room.posts) == 1
        await room.sets(3, ROOM, "118教室", quietly=True)
        await room.passes(timedelta(hours=2))
        assert len(room.posts) == len(room.edits) == 1
        assert "118教室" in repr(room.edits[0][1].parts)


async def test_what_waits_to_be_told_is_told_all_the_same_after_a_quiet_change(path: Path) -> None:
    async with editing_room(path, [CHANNEL]) as room:
        room.by_hand("大空 翼", "夜空 すみれ")
        await room.sets(4, ("title",), "月の表側", quietly=True)
        await room.passes(timedelta(hours=2))
        assert [message.headline.count("第3回") for _, message in room.posts] == [1]


async def killed(path: Path, database: Path, most: int, seconds: float) -> int:
    """The last number that a process had accepted when it was killed, so long after that many."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.schedule.killed_editor", str(path), str(database)),
        cwd=ROOT,
        env=environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    accepted: list[int] = []
    while len(accepted) < most:
        line = await process.stdout.readline()
        assert line, process.stderr and (await process.stderr.read()).decode()
        accepted += [int(line.split()[1])] if line.startswith(b"accepted") else []
    await asyncio.sleep(seconds)
    process.kill()
    rest, _ = await process.communicate()
    return [*accepted, *(int(line.split()[1]) for line in rest.splitlines() if line.startswith(b"accepted "))][-1]


async def test_killed_in_the_midst_of_editing_file_and_log_are_whole_and_agree_after_the_next_start(path: Path) -> None:
    path.write_text(FILE.replace("月の裏側", "月0"), encoding="utf-8")  # noqa: ASYNC240 - there is nobody to wait
    database = path.parent / "data" / "lecturebot.db"
    for seconds in (0.0, 0.011, 0.023):
        last = await killed(path, database, 3, seconds)
        async with editing_room(path, database=database) as room:
            title = room.schedule.series.lectures[1].title
            assert title
            assert title.into("ja") in (f"月{last}", f"月{last + 1}")
            assert room.text == FILE.replace("月の裏側", title.into("ja"))
            newest = await room.store.revisions.newest()
            assert newest
            assert newest.text == room.text
            assert newest.author in ("discord:user:4", "file")
            assert newest.lectures == ("4",)
            await room.sets(3, ROOM, "118教室")
            assert await room.undoes()
            assert room.text == newest.text


async def test_what_was_written_while_the_database_went_away_is_accepted_as_what_it_was_once_it_is_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with editing_room(path, [CHANNEL]) as room:
        draft = await drafted(room, 3, ROOM, "118教室")
        take = room.schedule.take

        def goes_away(reading: Reading) -> None:
            take(reading)
            monkeypatch.setattr(room.store.revisions, "newest", unavailable)

        async def unavailable() -> None:
            raise LedgerUnavailableError("away")

        monkeypatch.setattr(room.schedule, "take", goes_away)
        with pytest.raises(LedgerUnavailableError):
            await room.editor.write(draft, HANA, "en", quietly=True)
        assert rooms(room.schedule.series) == {3: "118教室"}
        monkeypatch.undo()
        await room.versions.take_in()
        await room.passes(timedelta(hours=2))
        assert await room.log() == [FIRST, ("hana", "room 3", ("3",))]
        assert room.posts == []


async def test_without_a_database_nothing_is_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with editing_room(path) as room:
        draft = await drafted(room, 3, ROOM, "118教室")

        async def unavailable() -> None:
            raise LedgerUnavailableError("away")

        monkeypatch.setattr(room.store.revisions, "newest", unavailable)
        with pytest.raises(LedgerUnavailableError):
            await room.editor.write(draft, HANA, "en", quietly=False)
        assert room.text == FILE


async def test_two_bots_that_share_file_and_database_edit_side_by_side(path: Path) -> None:
    database = path.parent / "data" / "lecturebot.db"
    async with editing_room(path, database=database) as one, editing_room(path, database=database) as other:

        async def edits(room: Room, number: int, by: Author) -> None:
            for count in range(4):
                await room.sets(number, ("title",), f"月{count}", by)

        await asyncio.gather(edits(one, 3, HANA), edits(other, 4, RIN))
        assert one.text == FILE.replace("銀河 ", "月3 ").replace("月の裏側", "月3")
        for room in (one, other):
            await room.schedule.look()
            await room.versions.take_in()
        newest = await one.store.revisions.newest()
        assert newest
        assert newest.text == one.text
        assert [name for name, _, _ in await one.log()].count("hana") == 4
        assert [name for name, _, _ in await one.log()].count("rin") == 4
