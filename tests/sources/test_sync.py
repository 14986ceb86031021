"""The schedule in step with the organizers' page: asked or taken over, once, and never against what people decided."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.schedule.reader import read_file
from bot.schedule.schema.page import PageEntry
from bot.sources.poll import SourcePoll
from tests.examples import TOKYO
from tests.sources.schedules import PAGES
from tests.sources.server import PageServer, page_server
from tests.sources.syncing_room import CHANNEL, FIVE, LECTURES, NOW, PAGE, Syncing, syncing

OTHER_ROOM = PAGE.replace("201教室", "118教室")
SETTLED = timedelta(minutes=15)
VERSIONS = sorted(PAGES.glob("*.md"))


@pytest.fixture
async def server() -> AsyncIterator[PageServer]:
    async with page_server(PAGE) as server:
        yield server


async def unwell(_: web.Request) -> web.StreamResponse:
    """The server's answer while it is unwell."""
    return web.Response(status=500)


def room(bot: Syncing) -> str:
    """The room of lecture 3, as the schedule in service has it."""
    lecture = bot.schedule.series.lecture("3")
    assert lecture
    assert lecture.venue
    return lecture.venue.room.into("ja") if lecture.venue.room else ""


async def test_a_page_that_says_what_the_schedule_does_is_nobody_s_business(tmp_path: Path, server: PageServer) -> None:
    for sync in ("propose", "apply"):
        async with syncing(tmp_path, server, sync) as bot:
            await bot.looks()
            await bot.looks()
            assert (bot.posts, bot.text, bot.page.current_problems) == ([], LECTURES, [])
            assert len(server.asked) == 2
            server.asked.clear()


async def test_organizers_are_asked_about_what_changed_on_the_page_and_nothing_is_done_before(
    tmp_path: Path, server: PageServer
) -> None:
    async with syncing(tmp_path, server, "propose") as bot:
        await bot.looks()
        await bot.shows(OTHER_ROOM)
        assert bot.last_told == (
            "The page differs from the schedule. Differences: 1. Take them over?\n"
            "Changed on the page:\n"
            '  lecture 3: the room changed from "201教室" to "118教室".\n'
            "(Take over) -> admin sync apply f4fdd37bf3\n"
            "(Take over quietly) -> admin sync quietly f4fdd37bf3\n"
            "(Ignore) -> admin sync ignore f4fdd37bf3\n"
        )
        await bot.looks()
        await bot.passes(timedelta(days=2))
        assert len(bot.told()) == 1
        assert (bot.text, bot.told(CHANNEL.address)) == (LECTURES, [])
        todo = await bot.transcript("admin todo")
        assert "The page differs from the schedule. Differences: 1. Take them over?" in todo


async def test_what_is_taken_over_by_a_button_is_announced_logged_and_can_be_undone(
    tmp_path: Path, server: PageServer
) -> None:
    async with syncing(tmp_path, server, "propose") as bot:
        await bot.shows(OTHER_ROOM)
        done = await bot.transcript(bot.button("Take over"))
        assert done == (
            "\nChanged.\nSECTION Taken over\n"
            '  • lecture 3: the room changed from "201教室" to "118教室".\n'
            "(Undo) -> admin undo\nDONE, again: None\n"
        )
        assert bot.text == LECTURES.replace("201教室", "118教室")
        assert (await bot.log())[1:] == [("page", "hana", ("3",))]
        await bot.passes(SETTLED)
        assert len(bot.told(CHANNEL.address)) == 1
        await bot.looks()
        assert len(bot.told()) == 1
        await bot.does("admin undo")
        assert bot.text == LECTURES
        await bot.looks()
        assert (bot.text, len(bot.told())) == (LECTURES, 1), "nobody is asked about what was just decided"


async def test_what_is_taken_over_quietly_is_told_to_nobody(tmp_path: Path, server: PageServer) -> None:
    async with syncing(tmp_path, server, "propose") as bot:
        await bot.shows(OTHER_ROOM)
        assert (await bot.reply(bot.button("Take over quietly"))).headline == "Changed, without a post."
        await bot.passes(timedelta(days=1))
        assert (room(bot), bot.told(CHANNEL.address)) == ("118教室", [])


async def test_what_is_ignored_is_asked_again_only_when_the_page_changes_there(
    tmp_path: Path, server: PageServer
) -> None:
    async with syncing(tmp_path, server, "propose") as bot:
        await bot.shows(OTHER_ROOM)
        await bot.reply(bot.button("Ignore"))
        await bot.shows(OTHER_ROOM + "\n今後の予定は、決まり次第お知らせします。\n")
        assert (len([each for each in bot.told() if "Take them over" in each]), room(bot)) == (1, "201教室")
        await bot.shows(PAGE.replace("201教室", "300教室"))
        assert 'the room changed from "201教室" to "300教室"' in bot.last_told


async def test_a_button_is_good_for_what_was_asked_and_nothing_else(tmp_path: Path, server: PageServer) -> None:
    async with syncing(tmp_path, server, "propose") as bot:
        await bot.shows(OTHER_ROOM)
        button = bot.button("Take over")
        await bot.shows(OTHER_ROOM.replace("月の裏側", "月の表側"))
        late = await bot.transcript(button)
        assert late.startswith(
            "\nThings have changed in the meantime. This is how they differ now; nothing was changed"
        )
        assert 'the title changed from "月の裏側" to "月の表側"' in late
        assert bot.text == LECTURES
        await bot.reply(bot.button("Take over"))
        assert bot.text == LECTURES.replace("201教室", "118教室").replace("月の裏側", "月の表側")
        again = await bot.reply(bot.button("Take over"))
        assert again.headline.startswith("Things have changed")
        assert again.actions == ()


async def test_a_restart_asks_nobody_twice_and_forgets_no_button(tmp_path: Path, server: PageServer) -> None:
    database = tmp_path / "lecturebot.db"
    async with syncing(tmp_path, server, "propose", database) as bot:
        await bot.looks()
        await bot.shows(OTHER_ROOM)
        button = bot.button("Take over")
        assert len(bot.told()) == 1
    async with syncing(tmp_path, server, "propose", database) as bot:
        await bot.looks()
        await bot.looks()
        assert bot.told() == []
        assert len(bot.page.current_problems) == 1
    async with syncing(tmp_path, server, "propose", database) as bot:
        assert (await bot.reply(button)).headline == "Changed."
        assert room(bot) == "118教室"
        await bot.looks()
        assert bot.told() == []


async def test_what_raises_no_question_is_taken_over_by_itself(tmp_path: Path, server: PageServer) -> None:
    async with syncing(tmp_path, server, "apply") as bot:
        await bot.looks()
        await bot.shows(OTHER_ROOM + FIVE)
        assert bot.text == LECTURES.replace("201教室", "118教室") + (
            "  - number: 5\n    starts: 2030-06-17T13:00\n    ends: 2030-06-17T15:00\n"
            "    speaker: {name: 星野 渚, affiliation: 架空大学}\n    title: 流星\n"
        )
        assert bot.last_told == (
            "Taken over from the page: 2\nTaken over:\n"
            '  lecture 3: the room changed from "201教室" to "118教室".\n'
            "  lecture 5: a new lecture (2030/6/17 (Mon) 13:00, 星野 渚 (架空大学), 流星).\n"
            "(Undo) -> admin undo\n"
        )
        assert (await bot.log())[1:] == [("page", "the organizers' page", ("3", "5"))]
        await bot.passes(SETTLED)
        assert len(bot.told(CHANNEL.address)) == 2
        await bot.looks()
        assert len(bot.told()) == 1


async def test_what_organizers_change_in_chat_is_not_taken_back_by_the_page(tmp_path: Path, server: PageServer) -> None:
    async with syncing(tmp_path, server, "apply") as bot:
        await bot.looks()
        await bot.does("admin venue 3 西館, room: 300教室")
        await bot.looks()
        assert (room(bot), bot.told()) == ("300教室", [])
        await bot.shows(PAGE.replace("銀河", "星雲"))
        assert (room(bot), "title: 星雲" in bot.text) == ("300教室", True)
        assert bot.last_told == (
            "Taken over from the page: 1\nTaken over:\n"
            '  lecture 3: the title changed from "銀河" to "星雲".\n'
            "Changed in the schedule, not on the page:\n"
            '  lecture 3: the room is "300教室" in the schedule, "201教室" on the page.\n'
            "(Undo) -> admin undo\n(Follow the page) -> admin sync all aca0003f5e\n"
        )
        shown = await bot.transcript("admin sync")
        assert "SECTION Changed in the schedule, not on the page\n" in shown
        await bot.reply(bot.button("Follow the page"))
        assert room(bot) == "201教室"


async def test_what_the_page_changes_after_a_chat_is_new_again(tmp_path: Path, server: PageServer) -> None:
    async with syncing(tmp_path, server, "apply") as bot:
        await bot.looks()
        await bot.does("admin venue 3 西館, room: 300教室")
        await bot.passes(timedelta(minutes=1))
        await bot.looks()
        await bot.shows(OTHER_ROOM)
        assert room(bot) == "118教室"


async def test_of_two_changes_between_two_looks_that_in_chat_stands_until_somebody_decides(
    tmp_path: Path, server: PageServer
) -> None:
    async with syncing(tmp_path, server, "apply") as bot:
        await bot.looks()
        await bot.passes(timedelta(minutes=1))
        await bot.does("admin venue 3 西館, room: 300教室")
        await bot.shows(OTHER_ROOM)
        assert room(bot) == "300教室"
        assert 'the room is "300教室" in the schedule, "118教室" on the page' in bot.last_told


async def test_what_was_changed_in_chat_before_the_page_was_ever_seen_is_a_conflict(
    tmp_path: Path, server: PageServer
) -> None:
    async with syncing(tmp_path, server, "apply") as bot:
        await bot.does("admin venue 3 西館, room: 300教室")
        await bot.shows(PAGE.replace("月の裏側", "月の表側"))
        assert (room(bot), "title: 月の表側" in bot.text) == ("300教室", True)


async def test_a_hand_edit_of_the_file_stands_as_long_as_the_page_stays_as_it_was(
    tmp_path: Path, server: PageServer
) -> None:
    async with syncing(tmp_path, server, "apply") as bot:
        await bot.looks()
        await bot.edits_by_hand("201教室", "105教室")
        await bot.shows(PAGE.replace("銀河", "星雲"))
        assert (room(bot), "title: 星雲" in bot.text) == ("105教室", True)


async def test_a_postponement_that_is_only_guessed_is_asked_about(tmp_path: Path, server: PageServer) -> None:
    async with syncing(tmp_path, server, "apply") as bot:
        await bot.looks()
        await bot.shows(OTHER_ROOM.replace("2030/5/20 (月) 10:00-12:00 JST", "未定"))
        assert (room(bot), "status" in bot.text) == ("118教室", False)
        assert bot.told() == [
            "Taken over from the page: 1",
            "The page differs from the schedule. Differences: 1. Take them over?",
        ]
        await bot.reply(bot.button("Take over"))
        assert "status: postponed" in bot.text


async def test_the_form_of_another_lecture_is_asked_about(tmp_path: Path, server: PageServer) -> None:
    form = "\n[[第{}回参加登録フォーム]](https://docs.google.com/forms/d/e/1FAIpQLSexample/viewform) <br>\n"
    first = PAGE.replace("\n# 第4回", form.format(3) + "\n# 第4回")
    async with syncing(tmp_path, server, "apply") as bot:
        await bot.shows(first)
        assert bot.told() == ["Taken over from the page: 1"]
        await bot.shows(first + form.format(4))
        assert bot.text.count("registration:") == 1
        assert "Take them over" in bot.told()[-1]


async def test_doubts_about_the_page_are_told_once(tmp_path: Path, server: PageServer) -> None:
    async with syncing(tmp_path, server, "apply") as bot:
        await bot.looks()
        doubtful = PAGE.replace("2030/4/18 (木)", "2030/4/18 (金)")
        await bot.shows(doubtful)
        assert bot.last_told.startswith("To look at on the page: 1\nTo look at:\n  line 2: lecture 3: 2030/4/18 ")
        await bot.shows("\n" + doubtful)
        assert len(bot.told()) == 1


async def test_a_date_in_the_past_is_asked_about(tmp_path: Path, server: PageServer) -> None:
    async with syncing(tmp_path, server, "apply") as bot:
        await bot.looks()
        await bot.shows(OTHER_ROOM.replace("2030/5/20 (月)", "2029/5/21 (月)"))
        assert (room(bot), "starts: 2030-05-20T10:00" in bot.text) == ("118教室", True)
        assert '"2030/5/20 (Mon) 10:00" to "2029/5/21 (Mon) 10:00"' in bot.last_told


async def test_one_lecture_that_can_not_be_taken_over_holds_up_no_other(tmp_path: Path, server: PageServer) -> None:
    async with syncing(tmp_path, server, "apply") as bot:
        await bot.edits_by_hand("月の裏側\n", "月の裏側\n    registration: {closes: 2030-05-19T12:00}\n")
        await bot.looks()
        await bot.shows(OTHER_ROOM.replace("2030/5/20 (月)", "2030/5/13 (月)"))
        assert (room(bot), "starts: 2030-05-20T10:00" in bot.text) == ("118教室", True)
        refused = await bot.transcript(bot.button("Take over"))
        assert refused.startswith("\nThat can't be done. Nothing was changed.\nSECTION Why\n  • registration.closes: ")
        await bot.edits_by_hand("    registration: {closes: 2030-05-19T12:00}\n", "")
        await bot.looks()
        assert "starts: 2030-05-13T10:00" in bot.text


async def test_a_broken_file_is_left_alone_and_followed_once_it_is_mended(tmp_path: Path, server: PageServer) -> None:
    async with syncing(tmp_path, server, "apply") as bot:
        await bot.looks()
        good = bot.path.read_text(encoding="utf-8")
        bot.path.write_text(good + "  - number: 4\n", encoding="utf-8")
        await bot.schedule.look()
        await bot.shows(OTHER_ROOM)
        assert bot.path.read_text(encoding="utf-8") == good + "  - number: 4\n"
        bot.path.write_text(good, encoding="utf-8")
        await bot.schedule.look()
        bot.page.look()
        await bot.looks()
        assert room(bot) == "118教室"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<!DOCTYPE html><html></html>", "There are no lectures in it"),
        ("# Something else\n", "There are no lectures in it"),
        (PAGE.partition("# 第3回")[0] + "# 第9回\n日時: 2030/4/18 (木) 13:00-15:00 JST <br>\n", "Of the 2 lectures"),
    ],
)
async def test_what_is_not_the_page_is_told_once_a_day(tmp_path: Path, server: PageServer, text: str, why: str) -> None:
    async with syncing(tmp_path, server, "apply") as bot:
        await bot.looks()
        await bot.shows(text)
        await bot.looks()
        assert len(bot.told()) == 1
        assert bot.told()[0].startswith(f"The page can't be taken over. {why}")
        assert why in await bot.transcript("admin todo")
        assert why in await bot.transcript("admin sync")
        await bot.passes(timedelta(days=1))
        await bot.looks()
        assert len(bot.told()) == 2
        await bot.shows(PAGE)
        assert (bot.page.current_problems, bot.text) == ([], LECTURES)


@pytest.mark.parametrize("sync", ["apply", "propose"])
@pytest.mark.parametrize("lines", [0, 1, 6, 9])
async def test_what_a_page_lacks_at_one_look_only_is_nobody_s_business(
    tmp_path: Path, server: PageServer, sync: str, lines: int
) -> None:
    cut = "".join(PAGE.splitlines(keepends=True)[:lines]).replace("銀河", "星雲")
    async with syncing(tmp_path, server, sync) as bot:
        await bot.looks()
        for shown in (cut, PAGE, cut):
            await bot.shows(shown)
            await bot.page.turn()
            assert (bot.told(), bot.page.current_problems, bot.text) == ([], [], LECTURES)
        await bot.looks()
        assert len(bot.told()) == 1


async def test_a_page_that_is_away_is_told_once_that_is_no_bad_minute(tmp_path: Path, server: PageServer) -> None:
    async with syncing(tmp_path, server, "propose") as bot:
        await bot.looks()
        server.answer = unwell
        await bot.looks()
        await bot.looks()
        assert bot.told() == []
        await bot.looks()
        assert bot.told() == ["The page can't be taken over. The page's server answered 500."]
        assert "The page's server answered 500." in await bot.transcript("admin sync")
        server.answer = None
        await bot.looks()
        assert bot.page.current_problems == []


async def test_sync_is_asked_for_by_hand_even_where_it_is_off(tmp_path: Path, server: PageServer) -> None:
    async with syncing(tmp_path, server, "off") as bot:
        await bot.page.turn()
        assert server.asked == []
        server.text = OTHER_ROOM
        shown = await bot.reply("admin sync")
        assert shown.headline == "The page and the schedule differ in 1 place."
        assert bot.page.current_problems == []
        await bot.reply(shown.actions[0].line)
        assert room(bot) == "118教室"
        assert (await bot.reply("admin sync")).headline == "The page and the schedule agree."


async def test_japanese_organizers_read_japanese(tmp_path: Path, server: PageServer) -> None:
    async with syncing(tmp_path, server, "propose") as bot:
        server.text = OTHER_ROOM
        assert await bot.transcript("admin sync", "ja") == (
            "\nページと予定表の違いは1件です。\nSECTION ページの変更\n"
            "  • 第3回: 教室が「201教室」から「118教室」に変わりました。\n"
            "(取り込む) -> admin sync apply f4fdd37bf3\n"
            "(お知らせせずに取り込む) -> admin sync quietly f4fdd37bf3\n"
            "(取り込まない) -> admin sync ignore f4fdd37bf3\nDONE, again: None\n"
        )


@pytest.mark.skipif(not VERSIONS, reason="the versions of the real page are not at hand")
async def test_the_real_page_is_followed_through_its_whole_life(tmp_path: Path, server: PageServer) -> None:
    (tmp_path / "lectures.yaml").write_text("lectures:\n  - number: 1\n", encoding="utf-8")
    async with syncing(tmp_path, server, "apply") as bot:
        for version in VERSIONS[1:]:
            bot.clock.move_to(datetime.strptime(version.stem[:19], "%Y-%m-%dT%H-%M-%S").replace(tzinfo=TOKYO))
            server.text = version.read_text(encoding="utf-8")
            await bot.page.turn(at_once=True)
            assert read_file(bot.path).series == bot.schedule.series
        assert [each.number for each in bot.schedule.series.lectures] == list(range(1, 13))
        assert bot.page.current_problems == []


async def test_a_page_without_an_address_is_trouble_and_asked_for_by_nobody(tmp_path: Path, server: PageServer) -> None:
    async with syncing(tmp_path, server, "apply") as bot:
        await bot.edits_by_hand(f'url: "{server.url}", ', "")
        await bot.page.turn()
        await bot.looks()
        assert server.asked == []
        assert bot.told() == ["The page can't be taken over. series.page does not say where the page is."]
        assert "series.page does not say where the page is." in await bot.transcript("admin sync")


async def test_a_page_that_is_away_is_asked_for_less_and_less_often(server: PageServer) -> None:
    server.answer = unwell
    chances = iter([0.5, 0.5, 0.5, 0.0, 1.0, *[0.5] * 12])
    watch = SourcePoll(lambda: PageEntry(url=server.url), lambda: NOW, chance=lambda: next(chances))
    pauses: list[int] = []
    for _ in range(12):
        await watch.fetch()
        pauses.append(round(watch.due_in / 60))
    assert pauses == [1, 2, 4, 6, 20, 32, 64, 128, 240, 240, 240, 240]
    server.answer = None
    await watch.fetch()
    assert (round(watch.due_in / 60), watch.failure("en")) == (15, None)
