"""Who organizes on Discord: those who manage the home server, wherever else the bot is invited to."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.language import Language
from bot.i18n import phrases
from tests.commands.admin.table import Table, table
from tests.platforms.discord.conftest import serving, until
from tests.schedule.editing_room import FILE, somewhere
from tests.standins.discord import DiscordStandIn, Right


@pytest.fixture
async def at(tmp_path: Path) -> AsyncIterator[Table]:
    """A table whose organizers are those who manage the server that is joined first."""
    async with table(tmp_path / "lectures.yaml", FILE, homes=()) as here:
        yield here


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_a_stranger_who_invites_the_bot_organizes_nothing_not_even_after_it_left_home(
    discord: DiscordStandIn, at: Table, language: Language
) -> None:
    chief = discord.add_user("chief", rights=Right.MANAGE_GUILD)
    elsewhere = f"discord:{discord.guild.id}"
    async with serving(discord, at.router):
        await until(lambda: at.access.homes.of("discord"))
        other = discord.add_guild("elsewhere")
        there = discord.add_channel("there", guild=other)
        stranger = discord.add_user("stranger", rights=Right.ADMINISTRATOR, guild=other)
        shown = await discord.interactions.command("admin help", user=chief, locale=language)
        assert shown.content == phrases(language)("managing.overview")
        refused = await discord.interactions.command("admin todo", user=stranger, channel=there, locale=language)
        assert refused.content.replace("\\", "") == phrases(language)("access.elsewhere", home=elsewhere)
        discord.remove_bot(discord.guild)
        await discord.interactions.command("next", user=stranger, channel=there)
    async with serving(discord, at.router):
        refused = await discord.interactions.command("admin todo", user=stranger, channel=there, locale=language)
        assert refused.content.replace("\\", "") == phrases(language)("access.elsewhere", home=elsewhere)


async def test_the_role_that_everybody_has_makes_nobody_an_organizer(discord: DiscordStandIn, tmp_path: Path) -> None:
    everyone = frozenset({somewhere(f"discord:role:{discord.guild.id}")})
    async with table(tmp_path / "lectures.yaml", FILE, admins=everyone) as here, serving(discord, here.router):
        refused = await discord.interactions.command("admin todo", locale="en-US")
        assert refused.content.replace("\\", "") == phrases("en")("access.not_named")
