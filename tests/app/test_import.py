"""`lecturebot import` and the page that a serving bot follows, as processes, with a schedule and a page made up."""

import asyncio
import sys
import warnings
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from bot.announcements.acceptance import accepted, first_states
from bot.announcements.news import settled
from bot.app.import_ import NotImportedError
from bot.app.import_ import imported as read_page
from bot.domain.edits import FieldEdit
from bot.domain.reminder_times import News
from bot.options import Options
from bot.schedule.reader import read_file
from bot.sources.apply import taken_over
from bot.storage import open_store
from tests.examples import at
from tests.processes import Result, Running, lecturebot, running
from tests.sources.server import page_server
from tests.sources.syncing_room import FIVE, HEAD, LECTURES, PAGE

with warnings.catch_warnings():  # discord.py imports `audioop`, which Python 3.11 and 3.12 call deprecated
    warnings.simplefilter("ignore", DeprecationWarning)
    from tests.standins.discord import DiscordStandIn

NOW = ("--now", "2030-04-08T12:00+09:00")
AT_ONCE = "announcements: {changed: {minutes: 0}, details: {minutes: 0}, listed: {minutes: 0}}\n"
OTHER_ROOM = PAGE.replace("201教室", "118教室")
DIFFERS = 'lecture 3: the room changed from "201教室" to "118教室".\n'


def schedule(folder: Path, source: str = "https://example.org/page.md", sync: str = "off") -> Path:
    """A schedule file whose changes are announced at once."""
    path = folder / "lectures.yaml"
    path.write_text(AT_ONCE + HEAD % (source, sync) + LECTURES, encoding="utf-8")
    return path


def imported(folder: Path, page: str | Path, *options: str) -> Result:
    """What an import of the page into the folder's schedule says."""
    return lecturebot(*NOW, "--lectures", str(folder / "lectures.yaml"), "import", str(page), *options, data=folder)


def page_file(folder: Path, text: str) -> Path:
    """A file with that page."""
    path = folder / "page.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_import_shows_what_differs_and_takes_it_over_when_told_to(tmp_path: Path) -> None:
    file, page = schedule(tmp_path), page_file(tmp_path, OTHER_ROOM + FIVE + "会費: 無料 <br>\n")
    before = file.read_text(encoding="utf-8")
    warning = 'line 17: lecture 5: The label "会費" is unknown. It is not taken over.\n'
    new = "lecture 5: a new lecture (2030/6/17 (Mon) 13:00, 星野 渚 (架空大学), 流星).\n"
    shown = imported(tmp_path, page)
    assert shown == Result(0, f"{DIFFERS}{new}{warning}2 differences. To take them over: --write\n", "")
    assert file.read_text(encoding="utf-8") == before
    written = imported(tmp_path, page, "--write")
    assert written == Result(0, f"{DIFFERS}{new}{warning}2 differences taken over into {file}.\n", "")
    assert file.read_text(encoding="utf-8") == before.replace("201教室", "118教室") + (
        "  - number: 5\n    starts: 2030-06-17T13:00\n    ends: 2030-06-17T15:00\n"
        "    speaker: {name: 星野 渚, affiliation: 架空大学}\n    title: 流星\n"
    )
    assert imported(tmp_path, page, "--write") == Result(0, f"{warning}The page and the schedule agree.\n", "")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["lectures.yaml", "page.md"], "no database was made"


async def test_a_page_is_imported_from_the_web(tmp_path: Path) -> None:
    schedule(tmp_path)
    async with page_server(OTHER_ROOM) as server:
        shown = await asyncio.to_thread(imported, tmp_path, server.url, "--lang", "ja")
    assert shown == Result(
        0,
        "第3回: 教室が「201教室」から「118教室」に変わりました。\n"
        "違いは1件です。取り込むには --write を付けてください。\n",
        "",
    )


def refused(folder: Path, page: Path, *, takes_over: bool = True) -> tuple[str, ...]:
    """Why that page is not imported; the schedule stays as it was."""
    file = folder / "lectures.yaml"
    before = file.read_bytes()
    with pytest.raises(NotImportedError) as refusal:
        read_in(folder, page, takes_over=takes_over)
    assert file.read_bytes() == before
    return refusal.value.sentences


def read_in(folder: Path, page: Path, *, takes_over: bool = True, quietly: bool = False) -> list[str]:
    """What an import says, without a process."""
    options = Options("en", folder, folder / "lectures.yaml", NOW[1])
    return read_page(options, str(page), folder / "lecturebot.db", takes_over=takes_over, quietly=quietly)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Notes\n", "There are no lectures in it"),
        ("<html></html>", "There are no lectures in it"),
        ("# 第9回\n講師: 大空 翼 <br>\n", "Of the 2 lectures in the schedule, 2 are gone"),
        ("あ" * 400_000, "The page is larger than 1000000 bytes."),
    ],
)
def test_what_is_not_the_page_is_refused(tmp_path: Path, text: str, said: str) -> None:
    schedule(tmp_path)
    assert refused(tmp_path, page_file(tmp_path, text))[0].startswith(said)


TABLE = """\
Datum,Zeit,Vortragende,Titel,Wetter
2030-06-03,14 Uhr,Ada Example (Analytical),Waves,fine
2030-06-10,14 Uhr,Bob Example,kein Seminar wird besser,wet
2030-06-17,,,kein Seminar,
"""


def empty(folder: Path, more: str = "") -> Path:
    """A schedule without lectures."""
    path = folder / "lectures.yaml"
    path.write_text(f"series:\n  name: Waves\n  timezone: Europe/Berlin\n{more}lectures: []\n", encoding="utf-8")
    return path


def test_a_table_is_imported_and_what_its_columns_were_taken_for_is_told(tmp_path: Path) -> None:
    file, table = empty(tmp_path), tmp_path / "talks.csv"
    table.write_text(TABLE, encoding="utf-8")
    written = imported(tmp_path, table, "--write")
    assert written.out.splitlines() == [
        "Columns: Datum → starts, Zeit → time, Vortragende → speaker, Titel → title",
        "Not used: Wetter. To use one, say in series.page what it is. Example: mapping: {Wetter: notes}",
        "lecture 2030-06-03: a new lecture (2030/6/3 (Mon) 14:00, Ada Example (Analytical), Waves).",
        "lecture 2030-06-10: a new lecture (2030/6/10 (Mon) 14:00, Bob Example, kein Seminar wird besser).",
        'line 4: "kein Seminar" is no lecture. It is not taken over.',
        f"2 differences taken over into {file}.",
    ]
    assert [(each.id, each.speakers[0].name.into("en")) for each in read_file(file).series.lectures] == [
        ("2030-06-03", "Ada Example"),
        ("2030-06-10", "Bob Example"),
    ]
    assert imported(tmp_path, table).out.endswith("The page and the schedule agree.\n")


def test_the_mapping_of_the_schedule_settles_columns(tmp_path: Path) -> None:
    file, table = empty(tmp_path, "  page: {mapping: {Wetter: notes}}\n"), tmp_path / "talks.csv"
    table.write_text(TABLE, encoding="utf-8")
    assert imported(tmp_path, table, "--write").code == 0
    assert [each.notes and each.notes.into("en") for each in read_file(file).series.lectures] == ["fine", "wet"]


def test_a_wrong_mapping_is_named_with_what_would_be_right(tmp_path: Path) -> None:
    empty(tmp_path, "  page:\n    mapping:\n      Wetter: weather\n")
    wrong = imported(tmp_path, page_file(tmp_path, TABLE))
    assert wrong.code == 1
    assert "lectures.yaml:6: series.page.mapping.Wetter: " in wrong.err
    assert "starts, time, ends, speaker" in wrong.err


def test_nothing_is_written_where_numbers_collide(tmp_path: Path) -> None:
    empty(tmp_path)
    table = page_file(tmp_path, "no,date,title\n1,2030-06-03,Waves\n1,2030-06-10,Water\n2,2030-06-17,Wind\n")
    assert refused(tmp_path, table) == (
        "line 3: lecture 1: This lecture is already in line 2, and says something else there. Neither is taken over.",
        "Two entries have the same number but say different things, so nothing was written. "
        "Please number them differently.",
    )


def test_refusals_and_wrong_usage_are_told_by_the_exit_code(tmp_path: Path) -> None:
    schedule(tmp_path)
    missing = imported(tmp_path, tmp_path / "nowhere.md")
    assert missing == Result(1, "", f"{tmp_path / 'nowhere.md'} can't be read (No such file or directory).\n")
    wrong = imported(tmp_path, tmp_path / "nowhere.md", "--quietly")
    assert wrong == Result(2, "", "--quietly goes with --write.\n")


def test_a_page_in_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    schedule(tmp_path)
    page = tmp_path / "page.md"
    page.write_bytes(b"\x81\x8d\x8f")
    assert refused(tmp_path, page) == ("It can't be told in which encoding the page is. Please save it as UTF-8.",)


def test_what_would_make_a_wrong_schedule_is_refused_with_the_reason(tmp_path: Path) -> None:
    file = schedule(tmp_path)
    file.write_text(file.read_text(encoding="utf-8") + "    registration: {closes: 2030-05-19T12:00}\n", "utf-8")
    page = page_file(tmp_path, PAGE.replace("2030/5/20 (月)", "2030/5/13 (月)"))
    assert "lectures[number 4].registration.closes: " in refused(tmp_path, page)[0]
    assert read_in(tmp_path, page, takes_over=False)[-1] == "2 differences. To take them over: --write"


async def test_a_quiet_import_leaves_what_waits_to_be_told_and_tells_nothing_of_its_own(tmp_path: Path) -> None:
    file = schedule(tmp_path)
    before = read_file(file).series
    async with open_store(tmp_path / "lecturebot.db", before.timezone) as store:
        assert await store.announced.apply(first_states(before, at("2030-04-01")), None)
    file.write_text(file.read_text(encoding="utf-8").replace("月の裏側", "月の表側"), encoding="utf-8")
    await asyncio.to_thread(read_in, tmp_path, page_file(tmp_path, OTHER_ROOM.replace("裏", "表")), quietly=True)
    async with open_store(tmp_path / "lecturebot.db", before.timezone) as store:
        known = await store.announced.lecture_states()
        assert known
        series = read_file(file).series
        assert accepted(known, series, at("2030-04-08T12:01")) is None
        step = settled(known, series, at("2030-04-09"))
        assert step
        assert [(each.lecture, each.kinds) for each in step.news] == [("4", (News.CHANGED,))]


async def test_a_quiet_import_that_could_not_be_written_leaves_the_memory_as_it_was(tmp_path: Path) -> None:
    file = schedule(tmp_path).rename(tmp_path / f"{'l' * 245}.yaml")  # no longer name fits beside it
    before, page = read_file(file).series, page_file(tmp_path, OTHER_ROOM)
    database = tmp_path / "lecturebot.db"
    async with open_store(database, before.timezone) as store:
        assert await store.announced.apply(first_states(before, at("2030-04-01")), None)
    options = Options("en", tmp_path, file, NOW[1])
    with pytest.raises(NotImportedError) as refusal:
        await asyncio.to_thread(read_page, options, str(page), database, takes_over=True, quietly=True)
    assert refusal.value.sentences[0].endswith("The old version is still there.")
    async with open_store(database, before.timezone) as store:
        known = await store.announced.lecture_states()
        assert known
        assert accepted(known, before, at("2030-04-08T12:01")) is None
        assert settled(known, before, at("2030-04-09")) is None


def test_edits_of_a_page_are_put_into_the_file_together(tmp_path: Path) -> None:
    file = schedule(tmp_path)
    text = file.read_text(encoding="utf-8")
    made = taken_over(
        text,
        [FieldEdit("6", (), {"number": "6"}), FieldEdit("3", ("title",), "星雲"), FieldEdit("4", ("title",), None)],
    )
    assert made == text.replace("銀河 ", "星雲 ").replace("    title: 月の裏側\n", "") + "  - number: 6\n"
    assert taken_over(text, []) == text


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
async def test_a_quiet_import_is_no_news_to_a_bot_that_is_running(tmp_path: Path) -> None:
    file = schedule(tmp_path)
    page = page_file(tmp_path, OTHER_ROOM)
    async with DiscordStandIn() as discord:
        async with serving(discord, file, tmp_path) as bot:
            await bot.says("platform.connected", "discord")
            done = await asyncio.to_thread(imported, tmp_path, page, "--write", "--quietly")
            said = f"{DIFFERS}1 difference taken over into {file}, without a post.\n"
            assert done == Result(0, said, "")
            await bot.says("schedule.taken_over")
            file.write_text(file.read_text(encoding="utf-8").replace("月の裏側", "月の表側"), encoding="utf-8")
            await bot.says("post.sent", "月の表側")
            assert await bot.told_to_end() == 0
        assert [each.content for each in discord.messages if "3" in each.content.splitlines()[0]] == []
        assert len(discord.messages) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
async def test_a_serving_bot_asks_about_the_page_and_takes_it_over_at_the_press_of_a_button(tmp_path: Path) -> None:
    async with DiscordStandIn() as discord, page_server(PAGE) as server:
        file = schedule(tmp_path, server.url, "propose")
        router = discord.add_channel("organizers")
        server.text = OTHER_ROOM
        async with serving(discord, file, tmp_path, f"discord:{router.id}") as bot:
            await bot.says("post.sent", "The page differs from the schedule.")
            await bot.says("discord.commands_registered")
            asked = next(each for each in router.messages if each.content.startswith("The page differs"))
            answer = await discord.interactions.click(asked, label="Take over", user=discord.admin, locale="en-US")
            assert "Changed." in str(answer.message)
            await bot.says("post.sent", "118教室")
            assert await bot.told_to_end() == 0
        assert "118教室" in file.read_text(encoding="utf-8")
        assert len([each for each in router.messages if "page" in each.content]) == 1
        read_file(file)


def serving(
    discord: DiscordStandIn, file: Path, folder: Path, organizers: str = ""
) -> AbstractAsyncContextManager[Running]:
    """A bot that serves the stand-in, whose first channel follows."""
    settings = {
        "DISCORD_TOKEN": discord.token,
        "DISCORD_API_URL": discord.api_url,
        "LECTUREBOT_CHANNELS": f"discord:{discord.channel.id}",
        "LECTUREBOT_ADMIN_CHANNEL": organizers,
    }
    return running(data=folder, settings=settings, options=("--lectures", str(file), *NOW))
