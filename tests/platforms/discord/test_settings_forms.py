"""Settings that are chosen in modals: what a channel receives, and what somebody is reminded of."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.language import Language
from bot.domain.subscriptions import Topic
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


def inputs(opened: Answer) -> dict[str, tuple[int, list[str]]]:
    """The inputs of a modal, each with its kind and what is chosen in it."""
    assert opened.modal
    found = [each["component"] for each in opened.modal["components"]]
    return {
        each["custom_id"]: (each["type"], [one["value"] for one in each.get("options", ()) if one.get("default")])
        for each in found
    }


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_what_a_channel_receives_is_chosen_in_a_modal_and_answered_in_place(
    discord: DiscordStandIn, bot: DiscordPlatform, at: Table, language: Language
) -> None:
    say = phrases(language)
    role = discord.add_role("listeners", mentionable=True)
    followed = await discord.interactions.command("follow", locale=language)
    opened = await discord.interactions.click(followed, label=say("action.settings"), locale=language)
    assert inputs(opened) == {
        "topics": (22, ["deadlines", "reminders", "changes", "materials"]),
        "language": (21, ["ja"]),
        "ping": (6, []),
        "card": (21, ["unpin"]),
    }
    chosen: dict[str, str | list[str]] = {"topics": ["changes"], "language": ["en"], "ping": [str(role.id)]}
    changed = await discord.interactions.submit_modal(opened, chosen, locale=language)
    assert (changed.type, say("follow.changed") in changed.texts) == (7, True)
    here = somewhere(f"discord:{discord.channel.id}")
    follower = await at.room.store.followers.follower(here)
    assert follower
    assert (follower.topics, follower.language, follower.ping) == (frozenset({Topic.CHANGES}), "en", str(role.id))
    again = await discord.interactions.click(changed, label=say("action.settings"), locale=language)
    await discord.interactions.submit_modal(again, {"ping": []}, locale=language)
    follower = await at.room.store.followers.follower(here)
    assert follower
    assert (follower.language, follower.ping) == ("en", None)


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_what_somebody_is_reminded_of_is_chosen_in_a_modal(
    discord: DiscordStandIn, bot: DiscordPlatform, at: Table, language: Language
) -> None:
    say = phrases(language)
    shown = await discord.interactions.command("notify", {"what": "all", "state": "on"}, locale=language)
    opened = await discord.interactions.click(shown, label=say("action.notify_topics"), locale=language)
    assert inputs(opened) == {"topics": (22, ["deadlines", "reminders", "changes"])}
    changed = await discord.interactions.submit_modal(opened, {"topics": ["materials"]}, locale=language)
    assert (changed.type, say("notify.changed") in changed.texts) == (7, True)
    person = somewhere(f"discord:user:{discord.user.id}")
    follower = await at.room.store.followers.follower(person)
    assert follower
    assert follower.topics == {Topic.MATERIALS}
    again = await discord.interactions.click(changed, label=say("action.notify_topics"), locale=language)
    off = await discord.interactions.submit_modal(again, {"topics": []}, locale=language)
    assert off.content == say("notify.off")
    assert await at.room.store.followers.follower(person) is None
