"""Words in a direct message, and the shortcut: asked without a command."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.i18n import phrases
from bot.platforms.slack import CommandNames, manifest
from bot.platforms.slack.text import escaped
from tests.commands.admin.table import table
from tests.platforms.slack.conftest import Bot, Start, said
from tests.schedule.editing_room import FILE, somewhere
from tests.standins.slack import SlackStandIn, View


async def test_words_are_answered_where_they_stand_in_the_writers_language(slack: SlackStandIn, bot: Bot) -> None:
    jun = slack.users.add("jun", locale="ja-JP")
    answer = await (await slack.direct_message("次回はいつですか？", user=jun)).seen()
    assert answer.text == escaped(said("次回はいつですか？", "ja"))
    assert slack.channels[answer.channel].with_user == jun.id
    assert not answer.ephemeral
    assert not [each for each in answer.elements if each["action_id"] == "share"]


async def test_what_was_not_understood_is_said_there_and_thanks_get_no_answer(slack: SlackStandIn, bot: Bot) -> None:
    unknown = await (await slack.direct_message("zzz qqq")).seen()
    assert unknown.text == escaped(said("zzz qqq", "en"))
    thanks = await slack.direct_message("thanks!")
    assert thanks.acknowledged
    assert slack.channels[unknown.channel].messages == [unknown]


async def test_an_answer_to_a_thread_stands_in_it(slack: SlackStandIn, bot: Bot) -> None:
    first = await (await slack.direct_message("next")).seen()
    second = await (await slack.direct_message("where", thread_ts=first.ts)).seen()
    assert second.thread_ts == first.ts


async def test_changed_and_other_messages_are_not_answered(slack: SlackStandIn, bot: Bot) -> None:
    where = slack.channels.direct(slack.user)
    for more in ({"subtype": "message_changed"}, {"bot_id": "B777"}, {"channel_type": "channel"}):
        inner = {"type": "message", "channel": where.id, "channel_type": "im", "text": "next", "ts": "1.000001"}
        assert (await slack.event({**inner, "user": slack.user.id, **more})).acknowledged
    assert where.messages == []


@pytest.fixture
async def organizing(slack: SlackStandIn, started: Start, tmp_path: Path) -> AsyncIterator[SlackStandIn]:
    """The workspace, whose user is an organizer."""
    admins = frozenset({somewhere(f"slack:{slack.user.id}")})
    async with table(tmp_path / "lectures.yaml", FILE, admins=admins) as at:
        await started(served=at.router)
        yield slack


async def test_a_change_is_asked_decided_and_told_in_one_message(organizing: SlackStandIn) -> None:
    asked = await (await organizing.direct_message("admin title 4 ja: 彗星 en: Comets")).seen()
    answer = await organizing.click(asked, text="Change quietly")
    done = await answer.seen()
    assert done is asked
    assert done.text.startswith("Changed")


async def test_the_shortcut_of_the_manifest_opens_what_is_next(slack: SlackStandIn, bot: Bot) -> None:
    (declared,) = manifest(CommandNames(), phrases("en"))["features"]["shortcuts"]
    assert (declared["name"], declared["type"]) == ("Next lecture", "global")

    def shown() -> View | None:
        top = slack.modal()
        return top if top and said("next", "en") in top.shown else None

    assert (await slack.shortcut(declared["callback_id"])).acknowledged
    assert await slack.until(shown)
