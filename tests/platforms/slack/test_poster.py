"""Posts, edits, direct messages and pings, over real sockets."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from bot.announcements.poster import NotSent, Posted, Poster, Refusal, Refused, Unreadable
from bot.domain.message import Message
from bot.domain.subscriptions import Address, AddressKind
from bot.platforms.slack import SlackPlatform, client, payload
from tests.platforms.slack.posting import POST, a_minute_ago, channel, here, marker, person, sent_with, serving
from tests.standins.slack import ALL_SCOPES, SlackStandIn


@pytest.fixture
async def platform(slack: SlackStandIn) -> AsyncIterator[SlackPlatform]:
    """The bot as it posts."""
    async with serving(slack) as bot:
        yield bot


@pytest.mark.parametrize("socket", [False, True])
async def test_a_post_is_the_message_with_its_marker(slack: SlackStandIn, socket: bool) -> None:
    async with serving(slack, socket=socket) as bot:
        outcome = await bot.poster.post(here(slack), POST, "ja", marker(here(slack)))
    (message,) = slack.channel.messages
    assert outcome == Posted(message.ts)
    shown = payload(POST, "ja", private=False)
    assert message.text == "本日正午締切：第3回の参加登録"
    assert [{**block, "block_id": ""} for block in message.blocks] == [
        {**block, "block_id": ""} for block in shown["blocks"]
    ]
    assert message.blocks[0]["block_id"] == marker(here(slack))
    assert message.metadata == {
        "event_type": "lecturebot_post",
        "event_payload": {"marker": marker(here(slack))},
    }
    arguments = sent_with(slack, "chat.postMessage")
    assert sorted(arguments) == ["blocks", "channel", "metadata", "text", "unfurl_links", "unfurl_media"]
    assert (arguments["unfurl_links"], arguments["unfurl_media"]) == (False, False)


async def test_a_post_is_found_by_its_marker(slack: SlackStandIn, platform: SlackPlatform) -> None:
    address = here(slack)
    sent = await platform.poster.post(address, POST, "ja", marker(address))
    slack.say(marker(address))
    assert await platform.poster.find(address, marker(address), a_minute_ago()) == sent
    assert await platform.poster.find(address, marker(address, "another"), a_minute_ago()) is None
    oldest = float(slack.calls_of("conversations.history")[0].args["oldest"])
    assert oldest == pytest.approx(time.time() - 18 * 60, abs=5)


@pytest.mark.parametrize("kept", ["metadata", "blocks"])
async def test_either_mark_is_enough_to_find_a_post(slack: SlackStandIn, platform: SlackPlatform, kept: str) -> None:
    address = here(slack)
    sent = await platform.poster.post(address, POST, "ja", marker(address))
    (message,) = slack.channel.messages
    if kept == "metadata":
        message.blocks = []
    else:
        message.metadata = None
    assert await platform.poster.find(address, marker(address), a_minute_ago()) == sent


async def test_what_somebody_else_says_with_the_marker_is_no_post(slack: SlackStandIn, platform: SlackPlatform) -> None:
    address = here(slack)
    await platform.poster.post(address, POST, "ja", marker(address))
    (message,) = slack.channel.messages
    message.user, message.bot_id = slack.user.id, None
    assert await platform.poster.find(address, marker(address), a_minute_ago()) is None


async def test_a_post_is_found_far_back_in_a_busy_channel(slack: SlackStandIn, platform: SlackPlatform) -> None:
    address = here(slack)
    sent = await platform.poster.post(address, POST, "ja", marker(address))
    for number in range(450):
        slack.say(f"{number}")
    assert await platform.poster.find(address, marker(address), a_minute_ago()) == sent
    assert len(slack.calls_of("conversations.history")) == 3


async def test_too_long_a_history_is_not_searched_for_ever(slack: SlackStandIn, platform: SlackPlatform) -> None:
    for number in range(2001):
        slack.say(f"{number}")
    found = await platform.poster.find(here(slack), marker(here(slack)), a_minute_ago())
    assert found == Unreadable("more than 2000 messages since then", lasting=True)
    assert len(slack.calls_of("conversations.history")) == 10


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(hours=3)])
async def test_a_clock_that_was_ahead_hides_no_message(
    slack: SlackStandIn, platform: SlackPlatform, monkeypatch: pytest.MonkeyPatch, ahead: timedelta
) -> None:
    address = here(slack)
    monkeypatch.setattr(client, "time", SimpleNamespace(time=lambda: time.time() + ahead.total_seconds()))
    sent = await platform.poster.post(address, POST, "ja", marker(address))
    assert platform.clock_skew == pytest.approx(-ahead.total_seconds(), abs=5)
    since = datetime.now(UTC) + ahead + timedelta(minutes=16)
    assert await platform.poster.find(address, marker(address), since) == sent


@pytest.mark.parametrize("scope", ["channels:history", "groups:history", "im:history"])
async def test_without_the_scope_nothing_follows_from_the_history(
    slack: SlackStandIn, platform: SlackPlatform, scope: str
) -> None:
    private = channel(slack.channels.add("private", private=True))
    address = {"channels": here(slack), "groups": private, "im": person(slack.user)}[scope.partition(":")[0]]
    assert await platform.poster.find(address, marker(address), a_minute_ago()) is None
    slack.scopes.remove(scope)
    assert await platform.poster.find(address, marker(address), a_minute_ago()) == Unreadable(
        "missing_scope", lasting=True
    )


async def test_a_channel_that_the_bot_has_left_proves_nothing(slack: SlackStandIn, platform: SlackPlatform) -> None:
    address = here(slack)
    slack.channel.bot_is_member = False
    assert await platform.poster.find(address, marker(address), a_minute_ago()) == Unreadable(
        "not_in_channel", lasting=True
    )
    outcome = await platform.poster.post(address, POST, "ja", marker(address))
    assert outcome == Refused(Refusal.RIGHTS, "not_in_channel")
    slack.channel.private = True
    outcome = await platform.poster.post(address, POST, "ja", marker(address))
    assert outcome == Refused(Refusal.GONE, "channel_not_found")


async def test_an_archived_channel_is_gone(slack: SlackStandIn, platform: SlackPlatform) -> None:
    address = here(slack)
    sent = await platform.poster.post(address, POST, "ja", marker(address))
    assert isinstance(sent, Posted)
    slack.channel.archived = True
    gone = Refused(Refusal.GONE, "is_archived")
    assert await platform.poster.post(address, POST, "ja", marker(address)) == gone
    assert await platform.poster.edit(address, sent.message, POST, "ja", marker(address)) == gone


async def test_an_edit_replaces_all_but_the_mark(slack: SlackStandIn, platform: SlackPlatform) -> None:
    address = here(slack)
    sent = await platform.poster.post(address, POST, "ja", marker(address))
    assert isinstance(sent, Posted)
    bare = Message("登録は締め切りました。")
    assert await platform.poster.edit(address, sent.message, bare, "ja", marker(address)) == sent
    (message,) = slack.channel.messages
    assert (message.text, message.shown) == ("登録は締め切りました。", "登録は締め切りました。")
    assert message.metadata == message.versions[0]["metadata"]
    (block,) = message.blocks
    assert block["block_id"].partition(".")[0] == marker(address) != block["block_id"]
    message.metadata = None
    assert await platform.poster.find(address, marker(address), a_minute_ago()) == sent
    assert sorted(sent_with(slack, "chat.update")) == ["blocks", "channel", "parse", "text", "ts"]


async def test_an_edit_takes_any_headline(slack: SlackStandIn, platform: SlackPlatform) -> None:
    address = here(slack)
    sent = await platform.poster.post(address, POST, "ja", marker(address))
    assert isinstance(sent, Posted)
    assert await platform.poster.edit(address, sent.message, Message("&" * 5000), "ja", marker(address)) == sent


async def test_a_message_that_is_gone_or_not_ours_is_refused(slack: SlackStandIn, platform: SlackPlatform) -> None:
    address = here(slack)
    edited = await platform.poster.edit(address, "1.000001", POST, "ja", marker(address))
    assert edited == Refused(Refusal.MESSAGE, "message_not_found")
    theirs = slack.say("hello")
    edited = await platform.poster.edit(address, theirs.ts, POST, "ja", marker(address))
    assert edited == Refused(Refusal.RIGHTS, "cant_update_message")


async def test_a_direct_message_opens_one_conversation(slack: SlackStandIn, platform: SlackPlatform) -> None:
    address = person(slack.user)
    sent = await platform.poster.post(address, POST, "en", marker(address), ping="S0GROUP")
    again = await platform.poster.post(address, POST, "en", marker(address, "another"))
    direct = slack.channels.direct(slack.user)
    assert [sent, again] == [Posted(f"{direct.id}:{message.ts}") for message in direct.messages]
    assert direct.messages[0].text == "本日正午締切：第3回の参加登録"
    assert len(slack.calls_of("conversations.open")) == 1
    assert await platform.poster.find(address, marker(address), a_minute_ago()) == sent
    assert await platform.poster.missing_rights(address) == ()
    poster: Poster = platform.poster
    assert await poster.set_group(address, here(slack), "S0GROUP", member=True) is None


async def test_a_direct_message_is_edited_after_a_restart_too(slack: SlackStandIn) -> None:
    address = person(slack.user)
    async with serving(slack) as bot:
        sent = await bot.poster.post(address, POST, "en", marker(address))
    assert isinstance(sent, Posted)
    async with serving(slack) as bot:
        assert await bot.poster.edit(address, sent.message, Message("later"), "en", marker(address)) == sent
    assert slack.channels.direct(slack.user).messages[0].text == "later"
    assert len(slack.calls_of("conversations.open")) == 1


async def test_who_can_not_be_written_to_is_closed_or_gone(slack: SlackStandIn, platform: SlackPlatform) -> None:
    left, robot = slack.users.add("left"), slack.users.add("robot", bot=True)
    left.deleted = True
    nobody = Address("slack", AddressKind.USER, "U0NOBODY")
    group = Address("slack", AddressKind.ROLE, "S0GROUP")
    for address, outcome in (
        (person(left), Refused(Refusal.CLOSED, "user_disabled")),
        (person(robot), Refused(Refusal.CLOSED, "cannot_dm_bot")),
        (nobody, Refused(Refusal.GONE, "user_not_found")),
        (group, Refused(Refusal.GONE, "no channel and no person")),
        (Address("slack", AddressKind.CHANNEL, "C0NOWHERE"), Refused(Refusal.GONE, "channel_not_found")),
    ):
        assert await platform.poster.post(address, POST, "en", marker(address)) == outcome


async def test_no_text_pings_anybody(slack: SlackStandIn, platform: SlackPlatform) -> None:
    sly = f"<!here> <!channel> @everyone <@{slack.user.id}> @{slack.user.name} <!subteam^S0GROUP> &lt;!here&gt;"
    said = Message(sly, (POST.parts[0], replace(POST.parts[0], title=sly)), actions=POST.actions, note=sly)
    address = here(slack)
    for number, ping in enumerate((None, "everyone", "!here", "S1> <!here", "U0USER")):
        sent = await platform.poster.post(address, said, "ja", marker(address, f"{number}"), ping)
        assert isinstance(sent, Posted)
        assert await platform.poster.edit(address, sent.message, said, "ja", marker(address)) == sent
    assert slack.pinged == []
    slack.flaws.clear()  # the sly text is shown as it is, which is what was wanted


async def test_a_group_is_pinged_and_nobody_else() -> None:
    async with SlackStandIn() as slack, serving(slack) as bot:
        group, other = slack.usergroups.add("wanted", [slack.user]), slack.usergroups.add("other", [slack.user])
        sly = Message(f"<!here> <@{slack.user.id}> <!subteam^{other.id}>")
        address = here(slack)
        sent = await bot.poster.post(address, sly, "ja", marker(address), group.id)
        (message,) = slack.channel.messages
        assert isinstance(sent, Posted)
        assert set(message.pinged) == {f"<!subteam^{group.id}>"}
        assert message.text.startswith(f"<!subteam^{group.id}> &lt;!here&gt; ")
        assert message.blocks[0]["elements"][0]["elements"][0] == {"type": "usergroup", "usergroup_id": group.id}
        await bot.poster.edit(address, sent.message, sly, "ja", marker(address))
        assert message.pinged == []


async def test_what_is_lacking_is_told_by_name(slack: SlackStandIn, platform: SlackPlatform) -> None:
    address = here(slack)
    assert await platform.poster.missing_rights(address) == ()
    slack.scopes.remove("channels:history")
    assert await platform.poster.missing_rights(address) == ("rights.slack.channels_history",)
    slack.scopes.remove("pins:write")
    assert await platform.poster.missing_rights(address) == ("rights.slack.channels_history", "rights.slack.pins_write")
    slack.scopes.add("pins:write")
    slack.channel.bot_is_member = False
    assert await platform.poster.missing_rights(address) == ("rights.slack.member",)
    slack.channel.archived = True
    assert await platform.poster.missing_rights(address) == ("rights.slack.archived",)
    private = slack.channels.add("private", private=True)
    assert await platform.poster.missing_rights(channel(private)) == ()
    private.bot_is_member = False
    assert await platform.poster.missing_rights(channel(private)) == ("rights.slack.member",)
    slack.scopes.remove("channels:read")
    assert await platform.poster.missing_rights(address) == ()


async def test_who_administrates_and_who_is_in_a_group_is_asked_once_in_a_while(
    slack: SlackStandIn, platform: SlackPlatform
) -> None:
    chief = slack.users.add("chief", admin=True)
    group = slack.usergroups.add("organizers", [chief, slack.user])
    web = platform._web
    for _ in range(2):
        assert (await web.person(chief.id)).administrates
        assert not (await web.person(slack.user.id)).administrates
        assert await web.group_members(group.id) == {chief.id, slack.user.id}
    assert len(slack.calls_of("users.info")) == 2
    assert len(slack.calls_of("usergroups.users.list")) == 1


async def test_while_not_running_every_call_says_so_at_once(slack: SlackStandIn) -> None:
    async with serving(slack) as bot:
        poster: Poster = bot.poster
        assert poster.ready
    await _expect_offline(poster, here(slack))
    never_run = SlackPlatform(slack.bot_token, None, slack.signing_secret, slack.api_url)
    await _expect_offline(never_run.poster, person(slack.user))
    assert slack.calls_of("chat.postMessage") == []


async def _expect_offline(poster: Poster, address: Address) -> None:
    assert not poster.ready
    async with asyncio.timeout(0.5):
        await poster.turn(address, 0)
        assert await poster.post(address, POST, "ja", marker(address)) == NotSent("not connected")
        assert await poster.edit(address, "1", POST, "ja", marker(address)) == NotSent("not connected")
        assert await poster.find(address, marker(address), a_minute_ago()) == Unreadable("not connected")
        assert await poster.missing_rights(address) == ()


async def test_a_message_is_pinned_once_and_removed(slack: SlackStandIn, platform: SlackPlatform) -> None:
    address = here(slack)
    sent = await platform.poster.post(address, POST, "ja", marker(address))
    assert isinstance(sent, Posted)
    assert [await platform.poster.pin(address, sent.message) for _ in range(2)] == [sent, sent]
    assert [message.ts for message in slack.channel.pinned] == [sent.message]
    assert await platform.poster.remove(address, sent.message) == sent
    assert (slack.channel.pinned, slack.channel.messages) == ([], [])
    gone = Refused(Refusal.MESSAGE, "message_not_found")
    assert [await platform.poster.remove(address, sent.message), await platform.poster.pin(address, sent.message)] == [
        gone,
        gone,
    ]


async def test_without_the_scope_nothing_is_pinned() -> None:
    async with SlackStandIn(scopes=ALL_SCOPES - {"pins:write"}) as slack, serving(slack) as platform:
        address = here(slack)
        sent = await platform.poster.post(address, POST, "ja", marker(address))
        assert isinstance(sent, Posted)
        assert await platform.poster.pin(address, sent.message) == Refused(Refusal.RIGHTS, "missing_scope")
