"""What organizers are shown before they change something is what then happens."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.announcements.impact import Impact
from bot.announcements.post import ReminderSubject
from bot.domain.edits import FieldEdit, FieldValue
from bot.domain.message import Message
from bot.domain.subscriptions import Address, Follower, Topic
from bot.schedule.draft import Draft
from tests.examples import at
from tests.schedule.editing_room import CHANNEL, ENGLISH, FILE, HANA, NOW, Room, editing_room, somewhere

SINCE = NOW - timedelta(days=30)
DEADLINES_ONLY = Follower(somewhere("discord:2"), SINCE, topics=frozenset({Topic.DEADLINES}))
PERSON = Follower(somewhere("discord:user:7"), SINCE, lectures=frozenset({"3"}))
OTHER_PERSON = Follower(somewhere("discord:user:8"), SINCE, lectures=frozenset({"5"}))
NEWCOMER = Follower(somewhere("slack:C06"), NOW + timedelta(days=1), language="en")
EVERYBODY = (CHANNEL, ENGLISH, DEADLINES_ONLY, PERSON, OTHER_PERSON, NEWCOMER)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with three lectures."""
    path = tmp_path / "lectures.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def sent(preview: Impact) -> list[tuple[Address, Message]]:
    """Every single post of a preview."""
    return [(each, post.message) for post in preview.posts for each in post.receivers]


def in_order(posts: list[tuple[Address, Message]]) -> list[tuple[Address, str]]:
    """Posts in an order that does not depend on who was faster, each exactly as it is."""
    return sorted((address, repr(message)) for address, message in posts)


def told(stages: tuple[ReminderSubject, ...]) -> list[str]:
    """Stages in short."""
    return [f"{each.stage} {each.due:%m-%d %H:%M} {', '.join(each.lectures)}" for each in stages]


EDITS: dict[str, list[FieldEdit]] = {
    "another room": [FieldEdit("3", ("venue", "room"), "118教室")],
    "postponed": [FieldEdit("3", ("status",), "postponed")],
    "moved": [FieldEdit("3", ("starts",), "2030-04-25T13:00"), FieldEdit("3", ("ends",), "2030-04-25T15:00")],
    "moved to tomorrow": [
        FieldEdit("3", ("starts",), "2030-04-09T13:00"),
        FieldEdit("3", ("ends",), "2030-04-09T15:00"),
    ],
    "a form": [FieldEdit("4", ("registration", "url"), "https://forms.example/4")],
    "details of two": [FieldEdit("4", ("venue", "name"), "東館"), FieldEdit("5", ("title",), "流星")],
    "called off and renamed": [FieldEdit("3", ("status",), "cancelled"), FieldEdit("4", ("title",), "月の表側")],
    "a form for two": [FieldEdit("3", ("registration", "also_for"), ["4"])],
    "nothing for members": [FieldEdit("5", ("lecture_language",), None), FieldEdit("5", ("title_tentative",), True)],
}


async def checked(room: Room, draft: Draft) -> Impact:
    """The preview of a draft, which is then written, and all that was foreseen happens."""
    preview = await room.admin.impact_preview.preview(draft)
    posts, edits = len(room.posts), len(room.edits)
    await room.editor.write(draft, HANA, "en", quietly=False)
    await room.passes()
    assert len(room.edits) - edits == preview.edited
    if preview.due and preview.due > room.clock.now():
        assert len(room.posts) == posts, "it comes no earlier"
        await room.passes(preview.due - room.clock.now())
        assert len(room.posts) > posts, "and no later"
    await room.passes(timedelta(minutes=45))
    assert in_order(room.posts[posts:]) == in_order(sent(preview))
    return preview


@pytest.mark.parametrize("what", EDITS)
@pytest.mark.parametrize("posted_before", [False, True])
async def test_what_was_shown_is_what_is_posted_and_corrected(path: Path, what: str, posted_before: bool) -> None:
    async with editing_room(path, EVERYBODY) as room:
        if posted_before:
            await room.sets(3, ("speaker", "name"), "夜空 すみれ")
            await room.sets(4, ("speaker", "name"), "明星 健")
            await room.passes(timedelta(hours=2))
        await checked(room, await room.editor.edited(EDITS[what], what, "en"))


async def test_a_new_lecture_is_shown_as_it_will_be_announced(path: Path) -> None:
    async with editing_room(path, EVERYBODY) as room:
        entry: dict[str, FieldValue] = {
            "number": 6,
            "starts": "2030-04-30T13:00",
            "registration": {"url": "https://forms.example/6"},
        }
        preview = await checked(room, await room.editor.added(entry, "add 6", "en"))
        assert [post.receivers for post in preview.posts] == [
            (CHANNEL.address, DEADLINES_ONLY.address),
            (ENGLISH.address,),
        ]
        assert told(preview.dropped) == []
        assert told(preview.added) == [
            "week_before 04-23 09:00 6",
            "last_weekday 04-26 12:00 6",  # the day of the deadline, 29 April, is a holiday
            "closing_today 04-29 09:00 6",
            "morning 04-30 08:00 6",
            "starting 04-30 12:30 6",
        ]


async def test_who_gets_the_same_words_is_named_together(path: Path) -> None:
    another = replace(CHANNEL, address=somewhere("discord:3"), topics=frozenset({Topic.CHANGES}))
    async with editing_room(path, [*EVERYBODY, another]) as room:
        preview = await checked(room, await room.editor.edited(EDITS["another room"], "venue", "en"))
        japanese = (
            "【変更】第3回「銀河」（大空 翼、4/18(木) 13:00〜）：会場は西館 118教室。参加登録は 4/17(水) 正午まで。"
        )
        english = (
            "Change to lecture 3, “銀河” (大空 翼, Thu, 18 Apr, 13:00): at 西館, 118教室. "
            "Please register by Wed, 17 Apr, noon."
        )
        assert [(post.message.headline, [*map(str, post.receivers)]) for post in preview.posts] == [
            (japanese, ["discord:1", "discord:3"]),
            (japanese, ["discord:user:7"]),  # with other buttons
            (english, ["slack:C05"]),
        ]
        assert preview.due == NOW + timedelta(minutes=15)


async def test_a_change_that_waits_already_is_told_with_it(path: Path) -> None:
    async with editing_room(path, [CHANNEL]) as room:
        await room.sets(3, ("speaker", "name"), "夜空 すみれ")
        await room.sets(5, ("title",), "流星")
        await room.passes(timedelta(minutes=1))
        draft = await room.editor.edited(EDITS["another room"], "venue", "en")
        preview = await room.admin.impact_preview.preview(draft)
        (post,) = preview.posts
        assert "夜空 すみれ" in repr(post.message.parts)
        assert "流星" not in repr(post.message)
        await room.editor.write(draft, HANA, "en", quietly=False)
        await room.passes(timedelta(hours=2))
        assert post.message in [each for _, each in room.posts]


async def test_a_moved_lecture_has_other_stages_and_moved_back_those_again_that_are_to_come(path: Path) -> None:
    old = ["closing_soon 04-16 12:00 3", "closing_today 04-17 09:00 3"]
    old += ["morning 04-18 08:00 3", "starting 04-18 12:30 3"]
    new = ["week_before 04-18 09:00 3", "closing_soon 04-23 12:00 3", "closing_today 04-24 09:00 3"]
    new += ["morning 04-25 08:00 3", "starting 04-25 12:30 3"]
    async with editing_room(path, [CHANNEL], now=at("2030-04-11T08:00")) as room:
        await room.passes(timedelta(hours=2))
        assert len(room.posts) == 1, "a week before"
        preview = await checked(room, await room.editor.edited(EDITS["moved"], "move", "en"))
        assert (told(preview.dropped), told(preview.added), preview.edited) == (old, new, 1)
        back = await room.editor.undone("3", "undo", "en")
        assert back
        preview = await checked(room, back)
        assert (told(preview.dropped), told(preview.added), preview.edited) == (new, old, 2)


async def test_a_preview_changes_nothing(path: Path) -> None:
    async with editing_room(path, [CHANNEL]) as room:
        draft = await room.editor.edited(EDITS["another room"], "venue", "en")
        previews = [await room.admin.impact_preview.preview(draft) for _ in range(2)]
        assert previews[0] == previews[1]
        await room.passes(timedelta(hours=2))
        assert (room.posts, room.edits, room.text) == ([], [], FILE)
