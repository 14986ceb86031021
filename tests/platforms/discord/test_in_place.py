"""What is pressed in a message of one's own is answered in that message, over real sockets."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.language import Language
from bot.i18n import phrases
from bot.platforms.discord import DiscordPlatform
from tests.commands.admin.table import Table, table
from tests.platforms.discord.conftest import serving
from tests.schedule.editing_room import FILE, somewhere
from tests.standins.discord import Answer, DiscordStandIn


@pytest.fixture
async def at(discord: DiscordStandIn, tmp_path: Path) -> AsyncIterator[Table]:
    """The table; the user who is there from the start is an organizer."""
    admins = frozenset({somewhere(f"discord:user:{discord.user.id}")})
    async with table(tmp_path / "lectures.yaml", FILE, admins=admins) as here:
        yield here


@pytest.fixture
async def bot(discord: DiscordStandIn, at: Table) -> AsyncIterator[DiscordPlatform]:
    """The bot at that table."""
    async with serving(discord, at.router) as platform:
        yield platform


def labels(answer: Answer) -> list[str]:
    """What can be pressed in a message."""
    return [str(each.get("label")) for each in answer.components]


@pytest.mark.parametrize(("what", "value"), [("move", "5/2 13:00-15:00"), ("venue", "東館")])
async def test_a_confirmed_draft_says_what_was_done_and_has_only_the_way_back(
    discord: DiscordStandIn, bot: DiscordPlatform, what: str, value: str
) -> None:
    options = {"lecture": "3", "when" if what == "move" else "venue": value}
    draft = await discord.interactions.command(f"admin {what}", options, locale="en-US")
    done = await discord.interactions.click(draft, label="Announce", locale="en-US")
    assert (done.type, done.stored, labels(done)) == (7, draft.stored, ["Undo"])
    told = "\n".join([*done.texts, *(str(each["description"]) for each in done.embeds)])
    assert done.content.startswith("Changed.")
    assert "→" in told
    assert "It is posted at" in told
    back = await discord.interactions.click(done, label="Undo", locale="en-US")
    assert (back.type, labels(back)[-1]) == (7, "Discard")


async def test_a_dropped_draft_has_no_button_left(discord: DiscordStandIn, bot: DiscordPlatform, at: Table) -> None:
    options = {"lecture": "3", "when": "5/2 13:00-15:00"}
    draft = await discord.interactions.command("admin move", options, locale="ja")
    dropped = await discord.interactions.click(draft, label="破棄する", locale="ja")
    assert (dropped.type, dropped.stored, dropped.components) == (7, draft.stored, [])
    assert at.room.text == FILE


async def test_a_question_about_a_date_becomes_the_draft(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    options = {"lecture": "3", "when": "4/25(Mon) 13:00-15:00"}
    asked = await discord.interactions.command("admin move", options, locale="en-US")
    draft = await discord.interactions.click(asked, label=labels(asked)[0], locale="en-US")
    assert (draft.type, draft.stored) == (7, asked.stored)
    assert "Announce" in labels(draft)


async def test_a_form_that_is_mended_takes_the_place_of_what_was_refused(
    discord: DiscordStandIn, bot: DiscordPlatform
) -> None:
    opened = await discord.interactions.command("admin edit", {"lecture": "3"}, locale="en-US")
    refused = await discord.interactions.submit_modal(opened, {"starts": "4/18(Mon)"}, locale="en-US")
    again = await discord.interactions.click(refused, label="Back to the form", locale="en-US")
    mended = await discord.interactions.submit_modal(again, {"starts": "4/19 13:00-15:00"}, locale="en-US")
    assert (mended.type, mended.stored) == (7, refused.stored)


@pytest.mark.parametrize("locale", ["ja", "en-US"])
async def test_switches_stay_where_they_are(discord: DiscordStandIn, bot: DiscordPlatform, locale: str) -> None:
    state = await discord.interactions.command("notify", {"state": "on"}, locale=locale)
    first = labels(state)
    turned = await discord.interactions.click(state, label=first[0], locale=locale)
    assert (turned.type, turned.stored) == (7, state.stored)
    assert labels(turned)[0] != first[0]
    off = await discord.interactions.click(turned, label=labels(turned)[-1], locale=locale)
    assert (off.type, len(labels(off))) == (7, 1)
    assert discord.messages == []


async def test_a_card_stays_when_something_in_it_is_pressed(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    card = await discord.interactions.command("lecture", {"which": "3"}, locale="en-US")
    told = await discord.interactions.click(card, label="Remind me", locale="en-US")
    assert (told.type, told.ephemeral) == (4, True)


async def test_what_takes_long_takes_the_same_place(
    discord: DiscordStandIn, bot: DiscordPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"lecture": "3", "when": "5/2 13:00-15:00"}
    draft = await discord.interactions.command("admin move", options, locale="en-US")
    monkeypatch.setattr("bot.platforms.discord.interactions._DEFER_AFTER", 0.0)
    done = await discord.interactions.click(draft, label="Announce", locale="en-US")
    assert (done.type, done.stored) == (6, draft.stored)
    await done.until(lambda answer: labels(answer) == ["Undo"])


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_the_decision_stands_before_the_post_which_is_shown_in_full_on_request(
    discord: DiscordStandIn, bot: DiscordPlatform, at: Table, language: Language
) -> None:
    say = phrases(language)
    asked = await discord.interactions.command(
        "admin move", {"lecture": "3", "when": "5/2 13:00-15:00"}, locale=language
    )
    size = sum(map(len, asked.texts))
    assert [(each["style"], each.get("label")) for each in asked.components] == [
        (1, say("action.announce")),
        (2, say("action.quietly")),
        (2, say("action.show_posts")),
        (2, say("action.discard")),
    ]
    in_full = await discord.interactions.click(asked, label=say("action.show_posts"), locale=language)
    assert (in_full.type, say("action.show_posts") in labels(in_full)) == (7, False)
    assert sum(map(len, in_full.texts)) > size
    done = await discord.interactions.click(in_full, label=say("action.announce"), locale=language)
    assert (done.type, say("managing.done") in done.texts) == (7, True)
    called_off = await discord.interactions.command("admin cancel", {"lecture": "3"}, locale=language)
    assert (called_off.components[0]["style"], called_off.components[0].get("label")) == (4, say("action.announce"))
