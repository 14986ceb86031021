"""Posts in channels of all kinds: announcement channels, threads that sleep, forums."""

from dataclasses import replace

from bot.announcements.poster import Posted, Refusal, Refused
from bot.domain.subscriptions import Address, AddressKind
from bot.platforms.discord import DiscordPlatform
from tests.platforms.discord.conftest import until
from tests.platforms.discord.posting import POST, channel, marker
from tests.standins.discord import DiscordStandIn, Refuse
from tests.standins.discord.message_form import CROSSPOSTED
from tests.standins.discord.world import ANNOUNCEMENTS, FORUM, Channel


async def added(discord: DiscordStandIn, bot: DiscordPlatform, kind: int) -> Channel:
    """A channel of that kind of which the bot has heard."""
    made = discord.add_channel("news", kind=kind)
    await until(lambda: bot._client and bot._client.get_channel(made.id))
    return made


async def asleep(discord: DiscordStandIn, bot: DiscordPlatform) -> Channel:
    """A thread that sleeps, of which the client knows nothing any more."""
    thread = discord.add_thread("questions")
    await until(lambda: bot._client and bot._client.get_channel(thread.id))
    discord.set_archived(thread, archived=True)
    await until(lambda: bot._client and not bot._client.get_channel(thread.id))
    return thread


async def test_posts_of_an_announcement_channel_are_published(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    there = await added(discord, bot, ANNOUNCEMENTS)
    address = channel(there)
    await bot.poster.post(address, POST, "ja", marker(address))
    await bot.poster.post(address, replace(POST, silent=True), "ja", marker(address, "card/0"))
    assert [message.flags & CROSSPOSTED for message in there.messages] == [CROSSPOSTED, 0]


async def test_ten_posts_an_hour_are_published(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    there = await added(discord, bot, ANNOUNCEMENTS)
    address = channel(there)
    bot.poster._published[address.id] = 9
    for number in range(2):
        assert isinstance(await bot.poster.post(address, POST, "ja", marker(address, f"{number}")), Posted)
    assert [message.flags & CROSSPOSTED for message in there.messages] == [CROSSPOSTED, 0]


async def test_what_cannot_be_published_is_posted_all_the_same(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    there = await added(discord, bot, ANNOUNCEMENTS)
    discord.faults.add("POST", "/crosspost", Refuse(403, 50013, "Missing Permissions"))
    address = channel(there)
    assert isinstance(await bot.poster.post(address, POST, "ja", marker(address)), Posted)


async def test_a_thread_that_sleeps_is_woken_for_a_ping(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    role = discord.add_role("listeners", mentionable=True)
    thread = await asleep(discord, bot)
    address = channel(thread)
    assert isinstance(await bot.poster.post(address, POST, "ja", marker(address), str(role.id)), Posted)
    (message,) = thread.messages
    assert message.pinged.roles == {role.id}


async def test_a_thread_that_sleeps_is_woken_for_an_edit(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    thread = discord.add_thread("questions")
    address = channel(thread)
    posted = await bot.poster.post(address, POST, "ja", marker(address))
    assert isinstance(posted, Posted)
    discord.set_archived(thread, archived=True)
    edited = await bot.poster.edit(address, posted.message, replace(POST, headline="別"), "ja", marker(address))
    assert (edited, thread.messages[0].content, thread.archived) == (posted, "別", False)


async def test_a_forum_takes_no_message_and_says_what_to_do(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    address = channel(await added(discord, bot, FORUM))
    outcome = await bot.poster.post(address, POST, "ja", marker(address))
    assert isinstance(outcome, Refused)
    assert (outcome.why, "follow in one of its posts" in outcome.detail) == (Refusal.RIGHTS, True)
    assert await bot.poster.missing_rights(address) == ("rights.discord.forum",)
    assert discord.calls_of("POST", "/messages") == []


async def test_channels_and_roles_are_called_as_on_discord(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    role = discord.add_role("listeners")
    there = await added(discord, bot, 0)
    thread = discord.add_thread("questions", there)
    await until(lambda: bot._client and bot._client.get_channel(thread.id))
    named = Address("discord", AddressKind.ROLE, str(role.id))
    called = [bot.poster.name_of(each) for each in (channel(there), channel(thread), named)]
    assert called == ["#news", "#questions", "@listeners"]
    unknown = Address("discord", AddressKind.CHANNEL, "7")
    assert bot.poster.name_of(unknown) == str(unknown)
    other = discord.add_guild("Other")
    await until(lambda: bot._client and bot._client.get_guild(other.id))
    assert bot.poster.name_of(channel(there)) == f"#news ({discord.guild.name})"
