"""Answers that were shown to a whole channel, from when they are kept until nobody goes by them any more."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from bot.announcements.snapshot import LOOKING_BACK
from bot.cards.view import View
from bot.commands.context import Reply
from bot.commands.parser import Request
from bot.commands.router import CommandRouter
from bot.commands.sharing import lectures_kept
from bot.domain.message import Message
from tests.commands.transcripts import numbered_calendar
from tests.examples import at
from tests.schedule.editing_room import NOW, Room, editing_room, somewhere

LOUNGE = somewhere("discord:7")
"""A channel that doesn't follow."""

FORM = "https://forms.example/3"
CLOSED = at("2030-04-17T12:00")
"""When registration for lecture 3 closes."""

SPRING = """\
series:
  name: {ja: 月と星の講義, en: Lectures on Moon and Stars}
  timezone: Asia/Tokyo
  registration: {closes: {days_before: 1, at: "12:00"}}
lectures:
  - number: 3
    starts: 2030-04-18T13:00
    ends: 2030-04-18T15:00
    speaker: {name: 大空 翼}
    venue: {name: 西館, room: 201教室}
    registration: {url: https://forms.example/3}
  - number: 4
    starts: 2030-05-20T10:00
    registration: {url: https://forms.example/4}
"""


@asynccontextmanager
async def lounge(path: Path, text: str = SPRING, database: str | Path = "sqlite://") -> AsyncIterator[Room]:
    """The bot with that file; nobody follows."""
    await asyncio.to_thread(path.write_text, text, encoding="utf-8")
    async with editing_room(path, (), database) as room:
        yield room


async def shows(room: Room, line: str, message_id: str = "m1") -> Reply:
    """Somebody has an answer shown to the channel."""
    router = CommandRouter(
        lambda: room.schedule.series, room.clock.now, numbered_calendar, lambda: room.services.commands
    )
    reply = router.answer(Request(line, router.public_language))
    await router.record_shared(LOUNGE, message_id, reply, router.public_language)
    return reply


async def moves(room: Room, old: str, new: str) -> None:
    """Somebody edits the file."""
    room.by_hand(old, new)
    await room.schedule.look()
    await room.versions.take_in()
    await room.passes()


def offers(message: Message, form: str = FORM) -> bool:
    """Whether a message leads to the form."""
    return form in repr(message)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """The bot, ten days before lecture 3."""
    async with lounge(tmp_path / "lectures.yaml") as there:
        yield there


@pytest.mark.parametrize("line", ["next", "lecture 3", "register 3", "register", "lectures"])
async def test_at_the_deadline_no_shared_answer_offers_the_form(room: Room, line: str) -> None:
    await room.passes()
    shown = await shows(room, line)
    assert offers(shown) or line == "lectures"
    await room.passes(CLOSED - NOW - timedelta(seconds=1))
    before = len(room.edits)
    await room.passes(timedelta(seconds=1))
    (address, message) = room.edits[-1]
    assert len(room.edits) == before + 1
    assert address == LOUNGE
    assert not offers(message)
    assert room.posts == []


async def test_a_change_of_the_room_is_in_what_was_shared_at_once(room: Room) -> None:
    await shows(room, "lecture 3")
    await moves(room, "201教室", "302教室")
    ((_, message),) = room.edits
    assert "302教室" in repr(message)
    await room.passes()
    assert len(room.edits) == 1
    assert room.posts == []


async def test_the_days_left_are_counted_down(room: Room) -> None:
    await room.passes()
    shown = await shows(room, "next")
    assert "あと10日" in repr(shown)
    await room.passes(timedelta(days=1))
    assert ["あと9日" in repr(message) for _, message in room.edits] == [True]


@pytest.mark.parametrize("line", ["next", "register 3"])
async def test_it_stays_about_the_lecture_that_it_showed(room: Room, line: str) -> None:
    await shows(room, line)
    await moves(room, "number: 3\n", "number: 3\n    status: postponed\n")
    ((_, message),) = room.edits
    assert "第3回" in message.headline
    assert not offers(message)
    assert not offers(message, "https://forms.example/4")


async def test_once_the_lecture_is_over_it_is_left_as_it_is(room: Room) -> None:
    await shows(room, "next")
    await room.passes(at("2030-04-18T15:00") - NOW)
    before = len(room.edits)
    await moves(room, "201教室", "302教室")
    await room.passes(timedelta(days=60))
    assert len(room.edits) == before
    assert before <= 15, "one a day, and when the state of lecture or registration changes"


@pytest.mark.parametrize(
    "line", ["materials 3", "materials", "howto", "help", "calendar 3", "lecture 3 part=abstract", "find 西館"]
)
async def test_what_offers_nothing_that_ends_is_not_kept(room: Room, line: str) -> None:
    await shows(room, line)
    assert await room.store.ledger.shared_answers() == []


async def test_how_to_take_part_is_kept_while_it_offers_the_form_for_all(tmp_path: Path) -> None:
    for_all = SPRING.replace('{closes: {days_before: 1, at: "12:00"}}', "{url: https://forms.example/all}")
    for_all = re.sub("    registration: .*\n", "", for_all)
    async with lounge(tmp_path / "lectures.yaml", for_all) as room:
        await room.passes()
        assert offers(await shows(room, "howto"), "https://forms.example/all")
        assert (await room.store.ledger.shared_answers()) != []
        await room.passes(at("2030-05-20T10:00") - NOW)
        assert not offers(room.edits[-1][1], "https://forms.example/all")


async def test_a_lecture_that_is_over_offers_nothing_either(room: Room) -> None:
    view = View(room.schedule.series, at("2030-04-19T12:00"), "ja")
    assert lectures_kept("lecture 3", view) == ()
    assert lectures_kept("next", view) == ("4",)
    assert lectures_kept("lectures", view) == ("4",)


async def test_what_was_shared_long_before_is_kept_true_too(tmp_path: Path) -> None:
    far = SPRING.replace("2030-05-20", "2030-07-20")
    async with lounge(tmp_path / "lectures.yaml", far) as room:
        await shows(room, "register 4")
        await room.passes(LOOKING_BACK + timedelta(days=10))
        before = len(room.edits)
        await moves(room, "forms.example/4", "forms.example/four")
        assert len(room.edits) == before + 1
        assert offers(room.edits[-1][1], "https://forms.example/four")


async def test_a_pause_holds_no_edit_back(room: Room) -> None:
    await shows(room, "register 3")
    await room.store.pauses.begin("hana", NOW)
    await room.passes(CLOSED - NOW)
    assert not offers(room.edits[-1][1])


async def test_after_a_restart_it_is_edited_once_and_nothing_is_posted(tmp_path: Path) -> None:
    path, database = tmp_path / "lectures.yaml", tmp_path / "lecturebot.db"
    async with lounge(path, database=database) as room:
        await shows(room, "register 3")
    for expected in (1, 0):
        async with lounge(path, database=database) as room:
            room.clock.move_to(CLOSED)
            await room.passes()
            assert [offers(message) for _, message in room.edits] == [False] * expected
            assert room.posts == []


async def test_the_same_message_is_kept_once(room: Room) -> None:
    await shows(room, "next")
    await shows(room, "next")
    await shows(room, "next", "m2")
    assert [each.message_id for each in await room.store.ledger.shared_answers()] == ["m1", "m2"]


async def test_an_answer_that_is_not_kept_for_want_of_the_database_is_given_all_the_same(room: Room) -> None:
    await room.store.close()
    with structlog.testing.capture_logs() as logs:
        assert offers(await shows(room, "register 3"))
    assert [each["event"] for each in logs] == ["shared.not_kept"]
