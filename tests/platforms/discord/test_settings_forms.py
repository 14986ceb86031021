"""Settings that are chosen in modals: what a channel receives, and what somebody is reminded of."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.announcements.poster import Poster
from bot.commands.channels import Channels
from bot.domain.language import Language
from bot.domain.subscriptions import Topic
from bot.i18n import phrases
from tests.commands.admin.table import Table, table
from tests.platforms.discord.conftest import serving
from tests.schedule.editing_room import FILE, somewhere
from tests.standins.discord import Answer, DiscordStandIn, Refuse, Right


@pytest.fixture
async def at(discord: DiscordStandIn, tmp_path: Path) -> AsyncIterator[Table]:
    """The table at which the bot serves; the user who is there from the start is an organizer."""
    admins = frozenset({somewhere(f"discord:user:{discord.user.id}")})
    posters: dict[str, Poster] = {}
    channels = Channels(posters, lambda: None)
    at_table = table(tmp_path / "lectures.yaml", FILE, admins=admins, channels=channels)
    async with at_table as here, serving(discord, here.router) as bot:
        posters["discord"] = bot.poster
        yield here


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
    discord: DiscordStandIn, at: Table, language: Language
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
    discord: DiscordStandIn, at: Table, language: Language
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


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_a_role_that_cannot_be_pinged_is_refused_by_its_name(
    discord: DiscordStandIn, at: Table, language: Language
) -> None:
    say, everyone = phrases(language), discord.guild.roles[discord.guild.id]
    bots = next(each for each in discord.guild.roles.values() if each.managed)
    bots.rights &= ~Right.MENTION_EVERYONE
    discord.emit(
        "GUILD_ROLE_UPDATE", {"guild_id": str(discord.guild.id), "role": discord.role_payload(bots)}, discord.guild
    )
    quiet = discord.add_role("quiet")
    for role, trouble in ((everyone, "everybody"), (bots, "managed"), (quiet, "not_mentionable")):
        refused = await discord.interactions.command("follow", {"ping": role}, locale=language)
        name = role.name if role is everyone else f"@{role.name}"
        told = refused.content.replace("\\", "").replace("\u200b", "")
        assert told in (say(f"pings.{trouble}", role=name), say(f"pings.{trouble}", role=f"@{name}"))
    assert await at.room.store.followers.follower(somewhere(f"discord:{discord.channel.id}")) is None


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_who_asks_for_reminders_gets_a_message_at_once_or_is_told_which_setting_refuses_it(
    discord: DiscordStandIn, at: Table, language: Language
) -> None:
    say, me = phrases(language), somewhere(f"discord:user:{discord.user.id}")
    await discord.interactions.command("notify", {"state": "on"}, locale=language)
    name = at.room.schedule.series.name.into(language)
    assert [each.content for each in discord.dm(discord.user).messages] == [say("notify.welcome", series=name)]
    await discord.interactions.command("notify", {"state": "off"}, locale=language)
    discord.faults.add("POST", "/messages", Refuse(403, 50007, "Cannot send messages to this user"))
    told = await discord.interactions.command("notify", {"state": "on"}, locale=language)
    assert any(say("notify.no_message.discord") in text for text in told.texts)
    assert await at.room.store.followers.follower(me)
