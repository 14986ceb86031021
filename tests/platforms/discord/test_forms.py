"""Forms of organizers on Discord: modals filled with today's values, over real sockets."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from inline_snapshot import snapshot

from bot.commands.context import Reply
from bot.commands.parser import Request
from bot.commands.router import CommandRouter
from bot.domain.message import Form, FormField
from bot.i18n import phrases
from bot.platforms.discord import DiscordPlatform, payload
from bot.platforms.discord.components import modal
from tests.commands.admin.table import Table, table
from tests.commands.transcripts import numbered_calendar
from tests.platforms.discord.conftest import mentioned, serving
from tests.schedule.editing_room import FILE, somewhere
from tests.standins.discord import Answer, DiscordStandIn
from tests.standins.discord.components_form import walk


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


def fields(opened: Answer) -> dict[str, str]:
    """What a modal says, by the labels of its fields."""
    assert opened.modal
    return {
        each["label"]: each["component"].get("value", "") for each in opened.modal["components"] if each["type"] == 18
    }


async def test_a_lecture_is_edited_in_a_modal_and_shown_before_it_is_changed(
    discord: DiscordStandIn, bot: DiscordPlatform, at: Table
) -> None:
    opened = await discord.interactions.command("admin edit", {"lecture": "3"}, locale="en-US")
    assert (opened.type, opened.modal and opened.modal["title"]) == (9, "Edit lecture 3")
    assert fields(opened) == {
        "Date and time": "2030-04-18 13:00-15:00",
        "Speaker": "大空 翼",
        "Title": "銀河",
        "Venue and room": "西館 201教室",
        "Registration form and deadline": "https://forms.example/3",
    }
    shown = await discord.interactions.submit_modal(
        opened, {"starts": "4/25 13:00-15:00", "venue": "東館"}, locale="en-US"
    )
    assert (shown.type, shown.ephemeral) == (4, True)
    assert shown.content.startswith("Change lecture 3 like this?")
    assert at.room.text == FILE
    done = await discord.interactions.click(shown, label="Announce", locale="en-US")
    assert done.content == "Changed."
    assert at.room.text == FILE.replace("2030-04-18T", "2030-04-25T").replace(
        "{name: 西館, room: 201教室}", "{name: 東館}"
    )
    assert (await at.room.store.revisions.latest(1))[0].channel == f"discord:{discord.channel.id}"


async def test_a_lecture_is_added_in_a_modal_in_japanese(
    discord: DiscordStandIn, bot: DiscordPlatform, at: Table
) -> None:
    opened = await discord.interactions.command("admin add", locale="ja")
    assert fields(opened) == {"番号": "6", "日時": "", "講師": "", "題目": "", "会場と教室": ""}
    shown = await discord.interactions.submit_modal(opened, {"starts": "7/1(月)", "title": "流星（仮）"}, locale="ja")
    await discord.interactions.click(shown, label="お知らせする", locale="ja")
    assert at.room.text.removeprefix(FILE) == (
        "  - number: 6\n    starts: 2030-07-01\n    title: 流星\n    title_tentative: true\n"
    )


async def test_longer_texts_have_several_lines(discord: DiscordStandIn, bot: DiscordPlatform, at: Table) -> None:
    opened = await discord.interactions.command("admin edit", {"lecture": "3", "field": "texts"}, locale="en-US")
    assert opened.modal
    styles = {each["custom_id"]: each["style"] for each in walk(opened.modal["components"]) if each["type"] == 4}
    assert styles == {"summary": 2, "abstract": 2, "notes": 2}
    shown = await discord.interactions.submit_modal(opened, {"abstract": "ja: 銀河。\n\nen: Galaxies."}, locale="en-US")
    await discord.interactions.click(shown, label="Save", locale="en-US")
    assert "abstract: {ja: 銀河。, en: Galaxies.}" in at.room.text


async def test_what_cannot_be_used_leads_back_to_the_form_with_what_was_typed(
    discord: DiscordStandIn, bot: DiscordPlatform, at: Table
) -> None:
    opened = await discord.interactions.command("admin edit", {"lecture": "3"}, locale="en-US")
    typed = {"starts": "4/18(Mon)", "title": "**銀河** <@4> @everyone"}
    refused = await discord.interactions.submit_modal(opened, typed, locale="en-US")
    assert (refused.type, refused.ephemeral) == (4, True)
    for _ in range(2):
        again = await discord.interactions.click(refused, label="Back to the form", locale="en-US")
        assert again.type == 9
        assert (fields(again)["Date and time"], fields(again)["Title"]) == (typed["starts"], typed["title"])
    mended = await discord.interactions.submit_modal(again, {"starts": "4/19 13:00-15:00"}, locale="en-US")
    assert [line for line in mended.embeds[0]["description"].splitlines() if "Title" in line] == snapshot(
        ["- Title: “銀河” → “\\*\\*銀河\\*\\* \\<@4> @\u200beveryone”"]
    )
    assert discord.pinged == []
    assert at.room.text == FILE


async def test_an_odd_date_is_confirmed_by_a_button_and_the_rest_of_the_form_goes_along(
    discord: DiscordStandIn, bot: DiscordPlatform, at: Table
) -> None:
    opened = await discord.interactions.command("admin edit", {"lecture": "3"}, locale="en-US")
    asked = await discord.interactions.submit_modal(
        opened, {"starts": "2030-04-01 13:00-15:00", "venue": "東館"}, locale="en-US"
    )
    sure = await discord.interactions.click(asked, label="As typed", locale="en-US")
    await discord.interactions.click(sure, label="Save", locale="en-US")
    assert "starts: 2030-04-01T13:00" in at.room.text
    assert "{name: 東館}" in at.room.text


async def test_members_get_no_form_and_a_form_of_theirs_changes_nothing(
    discord: DiscordStandIn, bot: DiscordPlatform, at: Table
) -> None:
    other = discord.add_user("somebody")
    for name, options in (("admin edit", {"lecture": "3"}), ("admin add", {})):
        refused = await discord.interactions.command(name, options, user=other, locale="en-US")
        assert (refused.type, refused.content.replace("\\", "")) == (4, phrases("en")("access.not_named"))
    opened = await discord.interactions.command("admin edit", {"lecture": "3"}, locale="en-US")
    opened.interaction.user = other
    forged = await discord.interactions.submit_modal(opened, {"title": "x"}, locale="en-US")
    assert forged.content.replace("\\", "") == phrases("en")("access.not_named")
    assert at.room.text == FILE


async def test_a_form_outlives_a_restart(discord: DiscordStandIn, at: Table) -> None:
    async with serving(discord, at.router) as platform:
        opened = await discord.interactions.command("admin edit", {"lecture": "3"}, locale="en-US")
        assert platform._client
        assert platform._client._connection._view_store._modals == {}
    async with serving(discord, at.router):
        shown = await discord.interactions.submit_modal(opened, {"title": "渦巻銀河"}, locale="en-US")
        assert shown.content.startswith("Change lecture 3 like this?")


async def test_a_form_of_an_earlier_version_says_that_it_is_out_of_date(
    discord: DiscordStandIn, bot: DiscordPlatform
) -> None:
    opened = await discord.interactions.command("admin edit", {"lecture": "3"}, locale="en-US")
    assert opened.modal
    opened.modal["custom_id"] = "vote:7"
    answer = await discord.interactions.submit_modal(opened, {}, locale="en-US")
    assert answer.content == mentioned(discord, phrases("en")("discord.outdated"))


class _Slow(CommandRouter):
    """A router that takes its time before it acts."""

    def __init__(self, at: Table) -> None:
        super().__init__(lambda: at.room.schedule.series, at.room.clock.now, numbered_calendar)
        self._at: Final = at
        self.slow = True

    async def execute(self, request: Request) -> Reply:
        await asyncio.sleep(1.7 if self.slow else 0)
        return await self._at.router.execute(request)


async def test_a_form_that_comes_too_late_for_discord_is_opened_by_a_button(discord: DiscordStandIn, at: Table) -> None:
    router = _Slow(at)
    async with serving(discord, router):
        late = await discord.interactions.command("admin edit", {"lecture": "3"}, locale="en-US")
        assert late.type == 5
        await late.finished()
        assert late.content == "Lecture 3 as it is today."
        router.slow = False
        opened = await discord.interactions.click(late, label="Open the form", locale="en-US")
        assert fields(opened)["Title"] == "銀河"


async def test_a_text_that_is_too_long_for_a_modal_is_named_and_stays_as_it_is(
    discord: DiscordStandIn, at: Table
) -> None:
    await at.room.sets(3, ("abstract",), "あ" * 4001)
    async with serving(discord, at.router):
        opened = await discord.interactions.command("admin edit", {"lecture": "3", "field": "texts"}, locale="en-US")
        assert opened.modal
        assert [each.get("content") for each in opened.modal["components"]] == [
            None,
            "Abstract: too long to be edited in this form.",
            None,
        ]
        shown = await discord.interactions.submit_modal(opened, {"notes": "Bring a pen."}, locale="en-US")
        await discord.interactions.click(shown, label="Save", locale="en-US")
        assert "あ" * 4001 in at.room.text.replace("\n", "").replace(" ", "")


def test_a_form_without_room_for_any_text_is_a_message() -> None:
    long = Form("Edit", (FormField("notes", "Notes", "x" * 4001, line="admin edit 3 notes"),), "admin edit 3")
    reply = Reply("Lecture 3 as it is today.", form=long)
    shown = payload(reply, "en", True)["data"]
    assert [each["label"] for each in shown["components"][0]["components"]] == ["Open the form"]
    assert modal(long, "en") is None
    assert modal(replace(long, fields=(FormField("notes", "Notes"),), line="x" * 96), "en") is None
