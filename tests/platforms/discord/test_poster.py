"""Posts, edits, direct messages and roles, over real sockets."""

import asyncio
import time
from dataclasses import replace
from datetime import datetime
from functools import partial
from types import SimpleNamespace

import pytest

from bot.announcements.poster import NotSent, Posted, Poster, Refusal, Refused, Unreadable
from bot.commands.parser import Request
from bot.domain.message import Action, Message
from bot.domain.subscriptions import Address, AddressKind
from bot.platforms.discord import DiscordPlatform, http
from tests.platforms.discord.conftest import first_line, router_with, serving, until
from tests.platforms.discord.posting import POST, a_minute_ago, channel, here, marker, person
from tests.standins.discord import DiscordStandIn, Right
from tests.standins.discord.message_form import SILENT


async def test_a_post_is_content_embeds_links_and_buttons(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    outcome = await bot.poster.post(here(discord), POST, "ja", marker(here(discord)))
    (message,) = discord.messages
    assert outcome == Posted(str(message.id))
    assert message.channel is discord.channel
    assert message.content == "本日正午締切：第3回の参加登録"
    assert [(embed["title"], embed["description"]) for embed in message.embeds] == [("第3回", "講師：大空 翼")]
    assert [[each.get("url") or each["custom_id"] for each in row["components"]] for row in message.components] == [
        ["https://forms.example/3", f"ask@{marker(here(discord))}:materials 3", "ask:calendar 3"],
    ]
    assert discord.unknown_routes == []


async def test_the_marker_is_an_enforced_nonce(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    await bot.poster.post(here(discord), POST, "ja", marker(here(discord)))
    (call,) = discord.calls_of("POST", "/messages")
    assert (call.body["nonce"], call.body["enforce_nonce"]) == (marker(here(discord)), True)


async def test_what_is_silent_buzzes_nobody(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    address = here(discord)
    await bot.poster.post(address, replace(POST, silent=True), "ja", marker(address))
    await bot.poster.post(address, POST, "ja", marker(address, "starting/3/2030-04-18T04:00"))
    assert [message.flags & SILENT for message in discord.messages] == [SILENT, 0]


async def test_a_second_post_with_the_marker_is_the_first(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    address = here(discord)
    first = await bot.poster.post(address, POST, "ja", marker(address))
    assert await bot.poster.post(address, POST, "ja", marker(address)) == first
    assert len(discord.messages) == 1
    other = await bot.poster.post(address, POST, "ja", marker(address, "starting/3/2030-04-18T04:00"))
    assert other != first
    assert len(discord.messages) == 2


async def test_a_post_that_somebody_deleted_is_not_sent_again(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    address = here(discord)
    await bot.poster.post(address, POST, "ja", marker(address))
    discord.delete(discord.messages[0])
    outcome = await bot.poster.post(address, POST, "ja", marker(address))
    assert isinstance(outcome, Posted)
    assert discord.messages == []
    edited = await bot.poster.edit(address, outcome.message, POST, "ja", marker(address))
    assert edited == Refused(Refusal.MESSAGE, "404 10008 Unknown Message")


@pytest.mark.parametrize(
    "said",
    [
        Message("題のない知らせ"),
        replace(POST, actions=()),
        replace(POST, actions=(Action("長い", "find " + "月" * 90),)),
        replace(POST, actions=tuple(Action(f"第{number}回", f"lecture {number}") for number in range(1, 30))),
        replace(POST, actions=(Action("長め", "find " + "月" * 88), Action("短い", "find 月"))),
    ],
)
async def test_a_post_is_found_by_its_marker_whatever_it_says(
    discord: DiscordStandIn, bot: DiscordPlatform, said: Message
) -> None:
    address = here(discord)
    sent = await bot.poster.post(address, said, "ja", marker(address))
    discord.say(discord.user, marker(address))
    assert isinstance(sent, Posted)
    assert await bot.poster.find(address, marker(address), a_minute_ago()) == sent
    assert await bot.poster.find(address, marker(address, "another"), a_minute_ago()) is None


async def test_a_post_is_found_far_back_in_a_busy_channel(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    address, before = here(discord), a_minute_ago()
    for number in range(250):
        discord.say(discord.user, f"{number}")
    sent = await bot.poster.post(address, POST, "ja", marker(address))
    discord.say(discord.user, "later")
    assert await bot.poster.find(address, marker(address), before) == sent
    assert len(discord.calls_of("GET", "/messages")) == 3


async def test_too_long_a_history_is_not_searched_for_ever(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    discord.limits.off()
    for number in range(1000):
        discord.say(discord.user, f"{number}")
    found = await bot.poster.find(here(discord), marker(here(discord)), a_minute_ago())
    assert found == Unreadable("more than 1000 messages since then", lasting=True)
    assert len(discord.calls_of("GET", "/messages")) == 10


async def test_without_the_right_to_read_the_history_nothing_follows_from_it(
    discord: DiscordStandIn, bot: DiscordPlatform
) -> None:
    address = here(discord)
    await bot.poster.post(address, POST, "ja", marker(address))
    discord.deny(discord.channel, Right.READ_MESSAGE_HISTORY)
    await until(lambda: _lacks(bot, address, "read_message_history"))
    found = await bot.poster.find(address, marker(address), a_minute_ago())
    assert found == Unreadable("no right to read the message history", lasting=True)
    unknown = Address("discord", AddressKind.CHANNEL, "1")
    assert await bot.poster.find(unknown, marker(unknown), a_minute_ago()) == Unreadable(
        "unknown channel", lasting=True
    )


async def test_a_clock_that_was_ahead_hides_no_message(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    address = here(discord)
    sent = await bot.poster.post(address, POST, "ja", marker(address))
    ahead = datetime.fromisoformat("2999-01-01T00:00:00+00:00")
    assert await bot.poster.find(address, marker(address), ahead) == sent


async def test_an_edit_replaces_all_but_the_marker(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    address = here(discord)
    sent = await bot.poster.post(address, POST, "ja", marker(address))
    assert isinstance(sent, Posted)
    bare = Message("登録は締め切りました。")
    assert await bot.poster.edit(address, sent.message, bare, "ja", marker(address)) == sent
    (message,) = discord.messages
    assert (message.content, message.embeds) == ("登録は締め切りました。", [])
    assert [row["components"][0]["custom_id"] for row in message.components] == [f"ask@{marker(address)}:help"]
    assert await bot.poster.find(address, marker(address), a_minute_ago()) == sent
    assert len(discord.calls_of("PATCH")) == 1
    assert "attachments" not in discord.calls_of("PATCH")[0].body


async def test_buttons_of_posts_answer_also_after_a_restart(discord: DiscordStandIn) -> None:
    address = here(discord)
    async with serving(discord) as bot:
        await bot.poster.post(address, POST, "ja", marker(address))
    async with serving(discord, router_with()) as bot:
        (message,) = discord.messages
        for label, line in (("資料", "materials 3"), ("カレンダー", "calendar 3")):
            answer = await discord.interactions.click(message, label=label, locale="ja")
            assert (answer.type, answer.ephemeral) == (4, True)
            assert answer.content == first_line(router_with().answer(Request(line, "ja")))
        assert await bot.poster.find(address, marker(address), a_minute_ago()) == Posted(str(message.id))


async def test_a_direct_message_opens_one_conversation(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    address = person(discord.user)
    sent = await bot.poster.post(address, POST, "en", marker(address), ping="123")
    again = await bot.poster.post(address, POST, "en", marker(address, "another"))
    assert [str(message.id) for message in discord.dm(discord.user).messages] == [
        each.message for each in (sent, again) if isinstance(each, Posted)
    ]
    assert discord.messages[0].content == "本日正午締切：第3回の参加登録"
    assert await bot.poster.find(address, marker(address), a_minute_ago()) == sent
    assert len(discord.calls_of("POST", "/users/@me/channels")) == 1
    assert await bot.poster.missing_rights(address) == ()


async def test_whoever_takes_no_direct_messages_is_closed(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    discord.user.accepts_dms = False
    address = person(discord.user)
    outcome = await bot.poster.post(address, POST, "en", marker(address))
    assert outcome == Refused(Refusal.CLOSED, "403 50007 Cannot send messages to this user")


async def test_nobody_is_gone(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    address = Address("discord", AddressKind.USER, "1")
    outcome = await bot.poster.post(address, POST, "en", marker(address))
    assert outcome == Refused(Refusal.GONE, "404 10013 Unknown User")
    role = Address("discord", AddressKind.ROLE, "1")
    assert await bot.poster.post(role, POST, "en", marker(role)) == Refused(Refusal.GONE, "no channel and no person")


async def test_a_deleted_channel_is_gone_and_a_deleted_message_too(
    discord: DiscordStandIn, bot: DiscordPlatform
) -> None:
    address = here(discord)
    sent = await bot.poster.post(address, POST, "ja", marker(address))
    assert isinstance(sent, Posted)
    discord.delete(discord.messages[0])
    edited = await bot.poster.edit(address, sent.message, POST, "ja", marker(address))
    assert edited == Refused(Refusal.MESSAGE, "404 10008 Unknown Message")
    discord.delete_channel(discord.channel)
    outcome = await bot.poster.post(address, POST, "ja", marker(address))
    assert outcome == Refused(Refusal.GONE, "404 10003 Unknown Channel")


async def test_lost_rights_are_told_apart_by_name(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    address = here(discord)
    assert await bot.poster.missing_rights(address) == ()
    for right, name, flag in (
        (Right.READ_MESSAGE_HISTORY, "history", "read_message_history"),
        (Right.EMBED_LINKS, "embed", "embed_links"),
        (Right.SEND_MESSAGES, "send", "send_messages"),
        (Right.VIEW_CHANNEL, "view", "read_messages"),
    ):
        discord.deny(discord.channel, right)
        await until(partial(_lacks, bot, address, flag))
        assert await bot.poster.missing_rights(address) == (f"rights.discord.{name}",)
        discord.allow(discord.channel, right)
        await until(partial(_has, bot, address, flag))
    assert await bot.poster.missing_rights(Address("discord", AddressKind.CHANNEL, "1")) == ()
    discord.deny(discord.channel, Right.SEND_MESSAGES)
    outcome = await bot.poster.post(address, POST, "ja", marker(address))
    assert outcome == Refused(Refusal.RIGHTS, "403 50013 Missing Permissions")
    discord.deny(discord.channel, Right.VIEW_CHANNEL)
    outcome = await bot.poster.post(address, POST, "ja", marker(address))
    assert outcome == Refused(Refusal.RIGHTS, "403 50001 Missing Access")


@pytest.mark.parametrize("ping", [None, "role"])
async def test_no_text_pings_anybody_but_the_role_that_was_asked_for(
    discord: DiscordStandIn, bot: DiscordPlatform, ping: str | None
) -> None:
    wanted, other = discord.add_role("wanted"), discord.add_role("other", mentionable=True)
    await until(lambda: _knows_role(bot, other.id))
    sly = f"@everyone @here <@{discord.user.id}> <@&{other.id}> <@&{wanted.id}>"
    said = Message(sly, (POST.parts[0], replace(POST.parts[0], title=sly)), POST.choice, POST.actions)
    address = here(discord)
    sent = await bot.poster.post(address, said, "ja", marker(address), str(wanted.id) if ping else None)
    (message,) = discord.messages
    assert (message.pinged.everyone, message.pinged.users) == (False, frozenset())
    assert message.pinged.roles == (frozenset({wanted.id}) if ping else frozenset())
    first, *others = message.content.splitlines()
    assert first.startswith("@\u200beveryone")
    assert first.endswith(f" <@&{wanted.id}>") == bool(ping)
    assert ["pings off" in each for each in others] == [True] * bool(ping)
    assert isinstance(sent, Posted)
    before = message.pinged
    await bot.poster.edit(address, sent.message, said, "ja", marker(address))
    assert message.pinged == before
    assert not message.content.startswith("<")


async def test_everybody_is_no_role_to_ping_nor_one_that_is_gone(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    address = here(discord)
    for number, role in enumerate((str(discord.guild.id), "1", "everyone")):
        await bot.poster.post(address, POST, "ja", marker(address, f"{number}"), role)
    assert [message.content for message in discord.messages] == ["本日正午締切：第3回の参加登録"] * 3
    assert discord.pinged == []


async def test_a_ping_leaves_room_for_itself(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    role = discord.add_role("wanted")
    await until(lambda: _knows_role(bot, role.id))
    address = here(discord)
    outcome = await bot.poster.post(address, Message("月" * 3000), "ja", marker(address), str(role.id))
    assert isinstance(outcome, Posted)
    assert len(discord.messages[0].content) == 2000


async def test_a_role_is_given_and_taken(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    role = discord.add_role("reminders")
    user, guild = discord.user, discord.guild
    ids = (str(user.id), str(guild.id), str(role.id))
    outcome = await bot.poster.set_role(*ids, True)
    assert outcome == Refused(Refusal.RIGHTS, "403 50013 Missing Permissions")
    discord.set_role(
        guild, guild.members[discord.bot.id], discord.add_role("high", rights=Right.MANAGE_ROLES), has=True
    )
    for has in (True, True, False, False):
        assert await bot.poster.set_role(*ids, has) == Posted(str(role.id))
        assert (role in guild.members[user.id].roles) == has
    higher = discord.add_role("higher")
    outcome = await bot.poster.set_role(ids[0], ids[1], str(higher.id), True)
    assert outcome == Refused(Refusal.RIGHTS, "403 50013 Missing Permissions")
    assert await bot.poster.set_role("1", *ids[1:], True) == Refused(Refusal.GONE, "404 10007 Unknown Member")


async def test_while_not_connected_every_call_says_so_at_once(discord: DiscordStandIn) -> None:
    async with serving(discord) as bot:
        poster: Poster = bot.poster
        await bot.close()
        await until(lambda: not bot.health.connected)
        await _expect_offline(poster, here(discord))
    await _expect_offline(poster, here(discord))
    await _expect_offline(DiscordPlatform(discord.token).poster, here(discord))
    assert discord.messages == []


async def _expect_offline(poster: Poster, address: Address) -> None:
    async with asyncio.timeout(0.5):
        await poster.turn(address, 0)
        assert await poster.post(address, POST, "ja", marker(address)) == NotSent("not connected")
        assert await poster.edit(address, "1", POST, "ja", marker(address)) == NotSent("not connected")
        assert await poster.find(address, marker(address), a_minute_ago()) == Unreadable("not connected")
        assert await poster.missing_rights(address) == ()


async def test_the_difference_of_the_clocks_is_known_from_the_login_on(
    discord: DiscordStandIn, bot: DiscordPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bot.clock_skew is not None
    assert abs(bot.clock_skew) < 5
    earlier = SimpleNamespace(time=lambda: time.time() - 3600, monotonic=time.monotonic)
    monkeypatch.setattr(http, "time", earlier)
    await bot.poster.post(here(discord), POST, "ja", marker(here(discord)))
    assert bot.clock_skew == pytest.approx(3600, abs=5)


async def test_posts_to_other_channels_are_kept_apart(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    other = channel(discord.add_channel("other"))
    sent = await bot.poster.post(here(discord), POST, "ja", marker(here(discord)))
    elsewhere = await bot.poster.post(other, POST, "en", marker(other))
    assert sent != elsewhere
    await until(lambda: bot._client and bot._client.get_channel(int(other.id)))
    assert await bot.poster.find(other, marker(here(discord)), a_minute_ago()) is None
    assert await bot.poster.find(other, marker(other), a_minute_ago()) == elsewhere


def _lacks(bot: DiscordPlatform, address: Address, right: str) -> bool:
    """Whether the client has heard that the bot lacks a right."""
    assert bot._client is not None
    found = bot._client.get_channel(int(address.id))
    assert found is not None
    rights = found.permissions_for(found.guild.me)  # type: ignore[union-attr]
    return not getattr(rights, right)


def _has(bot: DiscordPlatform, address: Address, right: str) -> bool:
    return not _lacks(bot, address, right)


def _knows_role(bot: DiscordPlatform, role: int) -> bool:
    assert bot._client is not None
    return any(guild.get_role(role) for guild in bot._client.guilds)


async def test_a_message_is_pinned_once_and_removed(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    address = here(discord)
    sent = await bot.poster.post(address, POST, "ja", marker(address))
    assert isinstance(sent, Posted)
    refused = Refused(Refusal.RIGHTS, "403 50013 Missing Permissions")
    assert await bot.poster.pin(address, sent.message) == refused
    discord.allow(discord.channel, Right.PIN_MESSAGES)
    assert [await bot.poster.pin(address, sent.message) for _ in range(2)] == [sent, sent]
    (message, told) = discord.messages
    assert (message.pinned, told.kind) == (True, 6)
    assert await bot.poster.remove(address, sent.message) == sent
    gone = Refused(Refusal.MESSAGE, "404 10008 Unknown Message")
    assert [await bot.poster.remove(address, sent.message), await bot.poster.pin(address, sent.message)] == [gone, gone]
    assert discord.unknown_routes == []
