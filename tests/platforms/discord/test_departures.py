"""Channels that are deleted, and servers that the bot is removed from, follow no more, and organizers are told."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.announcements.alerts import Alerts
from bot.announcements.departures import Departures
from bot.announcements.doubts import CONFIRMED
from bot.announcements.poster import Poster
from bot.commands.context import CommandServices
from bot.commands.router import CommandRouter
from bot.domain.language import Language
from bot.domain.subscriptions import Follower
from bot.i18n import phrases
from bot.platforms.discord import DiscordPlatform
from bot.storage import Store, open_store
from tests.commands.acting import SeenChannels
from tests.examples import BEFORE_THREE, EXAMPLE
from tests.platforms.discord.conftest import calendar, serving, until
from tests.platforms.discord.posting import channel
from tests.standins.discord import Channel, DiscordStandIn


@dataclass
class Followed:
    """A bot whose channels follow, and what its organizers are told."""

    discord: DiscordStandIn
    store: Store
    alerts: Alerts
    departures: Departures
    bot: DiscordPlatform
    passed: list[float]

    async def a_minute_passes(self, *gone: Channel) -> None:
        """Waits until the bot knows these channels no more; a minute later that is believed."""
        await until(lambda: all(self.bot.poster.name_of(channel(each)) == str(channel(each)) for each in gone))
        await self.departures.settle()
        assert self.told() == []
        self.passed.append(CONFIRMED)
        await self.departures.settle()

    async def follows(self, there: Channel) -> None:
        """Has a channel follow."""
        await self.store.followers.follow(Follower(channel(there), BEFORE_THREE), "t", BEFORE_THREE)

    async def following(self) -> list[str]:
        """The ids of the channels that follow."""
        return [each.address.id for each in await self.store.followers.followers()]

    def told(self, language: Language = "en") -> list[str]:
        """What organizers were told."""
        found = self.alerts.troubles(EXAMPLE, BEFORE_THREE, None)
        return [phrases(language)(each.phrase, **each.values) for each in found]


@pytest.fixture
async def at(discord: DiscordStandIn) -> AsyncIterator[Followed]:
    """The bot in a server."""
    async with open_store("sqlite://", EXAMPLE.timezone) as store:
        alerts, channels = Alerts(), SeenChannels()
        posters: dict[str, Poster] = {}
        passed: list[float] = []
        departures = Departures(
            store.followers, store.ledger, alerts, posters, lambda: BEFORE_THREE, lambda: sum(passed), channels.wake
        )
        services = CommandServices(store.followers, channels, departures=departures)
        router = CommandRouter(lambda: EXAMPLE, lambda: BEFORE_THREE, calendar, lambda: services)
        async with serving(discord, router) as bot:
            posters["discord"] = bot.poster
            yield Followed(discord, store, alerts, departures, bot, passed)


async def test_a_channel_that_is_deleted_follows_no_more_and_is_told_once(at: Followed) -> None:
    gone, other = at.discord.add_channel("old"), at.discord.add_channel("unknown")
    for each in (gone, at.discord.channel):
        await at.follows(each)
    at.discord.delete_channel(gone)
    at.discord.delete_channel(other)
    await at.a_minute_passes(gone, other)
    assert await at.following() == [str(at.discord.channel.id)]
    where = f"#old ({at.discord.guild.name})"
    (told,) = at.told()
    assert told.startswith(f"{where} is gone, or the bot was removed from the server: it gets no more posts.")
    assert at.told("ja")[0].startswith(f"{where} がなくなったか、")


async def test_channels_of_a_server_that_the_bot_was_removed_from_follow_no_more(at: Followed) -> None:
    thread = at.discord.add_thread("questions")
    for each in (thread, at.discord.channel):
        await at.follows(each)
    at.discord.remove_bot(at.discord.guild)
    await at.a_minute_passes(thread, at.discord.channel)
    assert len(at.told()) == 2
    assert await at.following() == []


async def test_channels_of_a_server_to_which_the_bot_returns_within_a_minute_go_on_following(at: Followed) -> None:
    guild, here = at.discord.guild, channel(at.discord.channel)
    await at.follows(at.discord.channel)
    kept = guild.members[at.discord.bot.id]
    at.discord.remove_bot(guild)
    await until(lambda: at.bot.poster.name_of(here) == str(here))
    guild.members[at.discord.bot.id] = kept
    at.discord.emit("GUILD_CREATE", at.discord.guild_payload(guild), guild)
    await until(lambda: at.bot.poster.name_of(here) != str(here))
    await at.a_minute_passes()
    assert (at.told(), await at.following()) == ([], [here.id])


async def test_channels_of_a_server_that_is_out_of_order_go_on_following(at: Followed) -> None:
    await at.follows(at.discord.channel)
    at.discord.emit("GUILD_DELETE", {"id": str(at.discord.guild.id), "unavailable": True}, at.discord.guild)
    assert (await at.discord.interactions.command("next", guild=None)).type == 4
    assert await at.following() == [str(at.discord.channel.id)]
    assert at.told() == []


async def test_a_role_that_is_deleted_is_pinged_no_more_and_told_by_name(at: Followed) -> None:
    role = at.discord.add_role("listeners", mentionable=True)
    there = channel(at.discord.channel)
    await at.store.followers.follow(Follower(there, BEFORE_THREE, ping=str(role.id)), "t", BEFORE_THREE)
    await until(lambda: at.bot._client and at.bot._client.guilds[0].get_role(role.id))
    at.discord.delete_role(role)
    await until(at.told)
    follower = await at.store.followers.follower(there)
    assert follower
    assert follower.ping is None
    for language in ("en", "ja"):
        (told,) = at.told(language)
        assert "@listeners" in told
        assert f"#{at.discord.channel.name}" in told
