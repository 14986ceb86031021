"""The stand-in's Web API, called by the real slack_sdk: what it refuses, keeps and notices."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.standins.refusals import refusal
from tests.standins.slack import ALL_SCOPES, SlackStandIn
from tests.standins.slack.example import MODAL, actions, button, option, plain, section

Json = dict[str, Any]


LONG = "x" * 3001
POSTS: list[tuple[Json, str, str]] = [
    ({}, "no_text", ""),
    ({"text": " "}, "no_text", ""),
    ({"text": "x" * 40_001}, "msg_too_long", ""),
    ({"blocks": "nonsense"}, "invalid_blocks_format", ""),
    ({"blocks": [{"type": "divider"}] * 51}, "invalid_blocks", "no more than 50 items allowed [json-pointer:/blocks]"),
    (
        {"blocks": [section(LONG)]},
        "invalid_blocks",
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    ({"blocks": [section("")]}, "invalid_blocks", "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    (
        {"blocks": [{"type": "section"}]},
        "invalid_blocks",
        "missing required field: text or fields [json-pointer:/blocks/0]",
    ),
    (
        {"blocks": [{"type": "section", "fields": [plain("x" * 2001)]}]},
        "invalid_blocks",
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    (
        {"blocks": [{"type": "section", "fields": [plain("x")] * 11}]},
        "invalid_blocks",
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    (
        {"blocks": [{"type": "header", "text": plain("x" * 151)}]},
        "invalid_blocks",
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        {"blocks": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]},
        "invalid_blocks",
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    (
        {"blocks": [{"type": "context", "elements": [plain("x")] * 11}]},
        "invalid_blocks",
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        {"blocks": [actions(*[button("1", action_id=str(n)) for n in range(26)])]},
        "invalid_blocks",
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        {"blocks": [actions(button("x" * 2001))]},
        "invalid_blocks",
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (
        {"blocks": [actions({"type": "button", "text": plain("x" * 76)})]},
        "invalid_blocks",
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (
        {"blocks": [actions(button("1", url="https://x.jp/" + LONG))]},
        "invalid_blocks",
        "must be less than 3001 characters [json-pointer:/blocks/0/elements/0/url]",
    ),
    (
        {"blocks": [actions(button("1", url="nowhere"))]},
        "invalid_blocks",
        "invalid url [json-pointer:/blocks/0/elements/0/url]",
    ),
    (
        {"blocks": [actions(button("1", action_id="a"), button("2", action_id="a"))]},
        "invalid_blocks",
        '`action_id` "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ),
    (
        {"blocks": [section("a", block_id="b"), section("c", block_id="b")]},
        "invalid_blocks",
        '`block_id` "b" already exists [json-pointer:/blocks/1/block_id]',
    ),
    (
        {"blocks": [section("a", block_id="b" * 256)]},
        "invalid_blocks",
        "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
    ),
    (
        {"blocks": [section("a", colour="red")]},
        "invalid_blocks",
        "invalid additional property: colour [json-pointer:/blocks/0]",
    ),
    ({"blocks": [{"type": "carousel"}]}, "invalid_blocks", "unsupported type: carousel [json-pointer:/blocks/0/type]"),
    (
        {"blocks": [actions({"type": "plain_text_input", "action_id": "a"})]},
        "invalid_blocks",
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
    ),
    (
        {"blocks": [actions({"type": "static_select", "options": [option(str(n)) for n in range(101)]})]},
        "invalid_blocks",
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        {"blocks": [actions({"type": "static_select", "options": [option("x" * 76)]})]},
        "invalid_blocks",
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]",
    ),
    (
        {"blocks": [actions({"type": "static_select", "options": [{**option("1"), "description": plain("x" * 76)}]})]},
        "invalid_blocks",
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/description/text]",
    ),
    (
        {"blocks": [actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]})]},
        "invalid_blocks",
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        {"blocks": [actions({"type": "static_select", "options": [option("a")], "initial_option": option("b")})]},
        "invalid_blocks",
        "initial_option must match an available option [json-pointer:/blocks/0/elements/0]",
    ),
    (
        {"blocks": [{"type": "image", "image_url": "https://x.jp/a.png"}]},
        "invalid_blocks",
        "missing required field: alt_text [json-pointer:/blocks/0]",
    ),
    ({"blocks": [section("x" * 2700)] * 5}, "msg_blocks_too_long", ""),
    ({"text": "x", "metadata": {"event_type": "post"}}, "invalid_metadata_format", ""),
    ({"text": "x", "thread_ts": "yesterday"}, "invalid_thread_ts", ""),
]


class TestRefusals:
    @pytest.mark.parametrize(("arguments", "error", "message"), POSTS)
    async def test_a_post_is_refused(
        self, slack: SlackStandIn, client: AsyncWebClient, arguments: Json, error: str, message: str
    ) -> None:
        data = await refusal(client.api_call("chat.postMessage", json={"channel": slack.channel.id, **arguments}))
        assert data["error"] == error
        assert data.get("errors", []) == ([message] if message else [])
        assert slack.channel.messages == []

    async def test_limits_are_inclusive(self, slack: SlackStandIn, client: AsyncWebClient) -> None:
        options = [{**option(str(n)), "description": plain("x" * 75)} for n in range(100)]
        menu = {"type": "static_select", "placeholder": plain("x" * 150), "options": options[:50]}
        buttons = [button("x" * 200, action_id=f"{n}" + "a" * 250) for n in range(24)]
        blocks = [section("x" * 3000), {"type": "header", "text": plain("x" * 150)}, actions(menu, *buttons)]
        blocks += [section("a", block_id=f"{n:0255d}") for n in range(47)]
        await client.chat_postMessage(channel=slack.channel.id, text="x", blocks=blocks)
        assert len(slack.channel.messages[0].blocks) == 50

    async def test_views_have_their_own_limits(self, slack: SlackStandIn, client: AsyncWebClient) -> None:
        async def complaints(view: Json) -> Any:
            data = await refusal(client.views_publish(user_id=slack.user.id, view=view))
            return data["error"], data["response_metadata"]["messages"]

        divider = {"type": "divider"}
        await client.views_publish(user_id=slack.user.id, view={"type": "home", "blocks": [divider] * 100})
        assert await complaints({"type": "home", "blocks": [divider] * 101}) == (
            "invalid_arguments",
            ["[ERROR] no more than 100 items allowed [json-pointer:/view/blocks]"],
        )
        assert await complaints(MODAL) == (
            "invalid_arguments",
            [
                "[ERROR] unsupported type: modal [json-pointer:/view/type]",
                "[ERROR] invalid additional property: title [json-pointer:/view]",
                "[ERROR] invalid additional property: submit [json-pointer:/view]",
                "[ERROR] invalid additional property: notify_on_close [json-pointer:/view]",
            ],
        )

    async def test_modals_need_a_fresh_trigger_and_a_short_title(
        self, slack: SlackStandIn, client: AsyncWebClient
    ) -> None:
        trigger = (await slack.command("/quiet")).trigger_id
        long = {**MODAL, "title": plain("x" * 25)}
        data = await refusal(client.views_open(trigger_id=trigger, view=long))
        assert data["response_metadata"]["messages"] == [
            "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
        ]
        view = (await client.views_open(trigger_id=trigger, view=MODAL))["view"]
        again = await refusal(client.views_open(trigger_id=trigger, view=MODAL))
        assert again["error"] == "exchanged_trigger_id"
        late = (await slack.command("/quiet")).trigger_id
        slack.clock.advance(4)
        assert (await refusal(client.views_open(trigger_id=late, view=MODAL)))["error"] == "expired_trigger_id"
        assert (await refusal(client.views_open(trigger_id="1.2", view=MODAL)))["error"] == "invalid_trigger_id"
        stale = await refusal(client.views_update(view_id=view["id"], hash="old", view=MODAL))
        assert stale["error"] == "hash_conflict"
        await client.views_update(view_id=view["id"], hash=view["hash"], view={**MODAL, "title": plain("New")})
        shown = slack.modal()
        assert shown is not None
        assert shown.body["title"] == plain("New")

    async def test_channels_that_can_not_be_written_to(self, slack: SlackStandIn, client: AsyncWebClient) -> None:
        closed = {
            "C0": "channel_not_found",
            slack.channels.add("a", bot_is_member=False).id: "not_in_channel",
            slack.channels.add("b", bot_is_member=False, private=True).id: "channel_not_found",
            slack.channels.add("c", archived=True).id: "is_archived",
        }
        refused = {each: (await refusal(client.chat_postMessage(channel=each, text="x")))["error"] for each in closed}
        assert refused == closed

    async def test_tokens(self, slack: SlackStandIn, client: AsyncWebClient) -> None:
        assert (await refusal(client.auth_test(token="xoxb-wrong")))["error"] == "invalid_auth"
        assert (await refusal(client.users_list(token=slack.app_token)))["error"] == "not_allowed_token_type"
        assert (await client.auth_test())["user_id"] == slack.bot_user_id
        async with aiohttp.ClientSession() as session:
            async with session.post(f"{slack.api_url}auth.test", data={"token": slack.bot_token}) as answer:
                assert (await answer.json())["bot_id"] == slack.bot_id
            async with session.post(f"{slack.api_url}auth.test") as answer:
                assert (await answer.json())["error"] == "not_authed"
        slack.revoke("account_inactive")
        assert (await refusal(client.auth_test()))["error"] == "account_inactive"

    async def test_a_missing_scope_is_named(self, slack: SlackStandIn, client: AsyncWebClient) -> None:
        slack.scopes.discard("groups:history")
        secret = slack.channels.add("secret", private=True)
        data = await refusal(client.conversations_history(channel=secret.id))
        provided = ",".join(sorted(ALL_SCOPES - {"groups:history"}))
        assert data == {"ok": False, "error": "missing_scope", "needed": "groups:history", "provided": provided}
        assert (await client.conversations_history(channel=slack.channel.id))["messages"] == []

    async def test_unknown_methods_and_arguments_are_noticed(self, slack: SlackStandIn, client: AsyncWebClient) -> None:
        assert (await refusal(client.api_call("chat.shout")))["error"] == "unknown_method"
        assert slack.unknown_methods == ["chat.shout"]
        await client.chat_postMessage(channel=slack.channel.id, text="x", colour="red")
        assert slack.flaws == ["chat.postMessage has no argument colour"]


class TestMessages:
    @pytest.mark.parametrize(
        ("arguments", "pinged"),
        [
            ({"text": "&lt;!here&gt; @here"}, []),
            ({"text": "<!here> <!channel|all> <!everyone>"}, ["<!here>", "<!channel>", "<!everyone>"]),
            ({"text": "<!subteam^S12|@staff> <@U12>"}, ["<!subteam^S12>", "<@U12>"]),
            ({"text": "x", "blocks": [section("<!here>")]}, ["<!here>"]),
            (
                {"text": "x", "blocks": [{"type": "context", "elements": [{"type": "mrkdwn", "text": "<@W1>"}]}]},
                ["<@W1>"],
            ),
            ({"text": "x", "blocks": [{"type": "header", "text": plain("<!here> @here")}]}, []),
            ({"text": "@here @alice a@here.jp", "link_names": True}, ["@here", "@alice"]),
            ({"text": "@channel", "parse": "full"}, ["@channel"]),
            ({"text": "x", "attachments": [{"text": "<!here>"}]}, ["<!here>"]),
        ],
    )
    async def test_what_would_ping(
        self, slack: SlackStandIn, client: AsyncWebClient, arguments: Json, pinged: list[str]
    ) -> None:
        await client.chat_postMessage(channel=slack.channel.id, **arguments)
        assert slack.channel.messages[0].pinged == slack.pinged == pinged

    @pytest.mark.parametrize(
        ("arguments", "flaws"),
        [
            ({"text": "<!date^1721620800^{date_long} {time}|July 22>"}, []),
            ({"text": "<!date^1721620800^{date_long}^https://x.jp/|July 22>"}, []),
            (
                {"text": "<!date^1721620800^{dates}|July 22>"},
                ["malformed date in text: <!date^1721620800^{dates}|July 22>"],
            ),
            ({"text": "<!date^1721620800^{date}>"}, ["malformed date in text: <!date^1721620800^{date}>"]),
            ({"text": "a &amp; <https://x.jp/?a=1&b=2|c>"}, []),
            ({"text": "a & b"}, ["unescaped & in text: 'a & b'"]),
            ({"text": "a <b>"}, ["unescaped < > in text: <b>"]),
            (
                {"text": "x", "blocks": [{"type": "header", "text": plain("<!date^1^{date}|x>")}]},
                ["mark-up is shown as it is in plain_text: '<!date^1^{date}|x>'"],
            ),
            (
                {"text": "x", "blocks": [section("@here")]},
                ["may be parsed as a mention without verbatim: '@here'"],
            ),
        ],
    )
    async def test_what_would_look_wrong(
        self, slack: SlackStandIn, client: AsyncWebClient, arguments: Json, flaws: list[str]
    ) -> None:
        await client.chat_postMessage(channel=slack.channel.id, **arguments)
        assert slack.channel.messages[0].flaws == slack.flaws == flaws

    async def test_history_gives_back_markers(self, slack: SlackStandIn, client: AsyncWebClient) -> None:
        marker = {"event_type": "post", "event_payload": {"key": "7/morning"}}
        for number in range(3):
            block = section("x", block_id=f"b{number}")
            await client.chat_postMessage(channel=slack.channel.id, text=str(number), blocks=[block], metadata=marker)
        await client.chat_postMessage(channel=slack.channel.id, text="reply", thread_ts=slack.channel.messages[0].ts)
        page = await client.conversations_history(channel=slack.channel.id, limit=2, include_all_metadata=True)
        assert [each["blocks"][0]["block_id"] for each in page["messages"]] == ["b2", "b1"]
        assert [each["metadata"] for each in page["messages"]] == [marker, marker]
        cursor = page["response_metadata"]["next_cursor"]
        rest = await client.conversations_history(channel=slack.channel.id, cursor=cursor)
        assert [(each["text"], "metadata" in each) for each in rest["messages"]] == [("0", False)]
        since = await client.conversations_history(channel=slack.channel.id, oldest=slack.channel.messages[1].ts)
        assert [each["text"] for each in since["messages"]] == ["2"]

    async def test_edits_and_deletions(self, slack: SlackStandIn, client: AsyncWebClient) -> None:
        marker = {"event_type": "post", "event_payload": {}}
        where: Json = {"channel": slack.channel.id}
        posted = await client.chat_postMessage(**where, text="a", blocks=[section("a")], metadata=marker)
        (message,) = slack.channel.messages
        await client.chat_update(**where, ts=posted["ts"], text="b")
        assert (message.text, message.blocks, message.metadata) == ("b", [], marker)
        assert [each["text"] for each in message.versions] == ["a"]
        await client.chat_delete(**where, ts=posted["ts"])
        assert (slack.channel.messages, slack.channel.deleted, message.deleted) == ([], [message], True)
        gone = await refusal(client.chat_update(**where, ts=posted["ts"], text="c"))
        assert gone["error"] == "message_not_found"
        theirs = (await slack.mention("x")).payload["event"]["ts"]
        assert (await refusal(client.chat_delete(**where, ts=theirs)))["error"] == "cant_delete_message"

    async def test_ephemeral_messages_are_kept_apart(self, slack: SlackStandIn, client: AsyncWebClient) -> None:
        await client.chat_postEphemeral(channel=slack.channel.id, user=slack.user.id, text="psst")
        assert [each.text for each in slack.channel.ephemeral] == ["psst"]
        assert (await client.conversations_history(channel=slack.channel.id))["messages"] == []
        absent = slack.users.add()
        slack.channel.absent.add(absent.id)
        data = await refusal(client.chat_postEphemeral(channel=slack.channel.id, user=absent.id, text="psst"))
        assert data["error"] == "user_not_in_channel"

    async def test_files_come_in_three_steps(self, slack: SlackStandIn, client: AsyncWebClient) -> None:
        await client.files_upload_v2(
            channel=slack.channel.id, filename="a.ics", content="BEGIN:VCALENDAR", initial_comment="calendar"
        )
        (message,) = slack.channel.messages
        (file,) = message.files
        assert (message.text, file.name, file.content) == ("calendar", "a.ics", b"BEGIN:VCALENDAR")

    async def test_people_and_conversations(self, slack: SlackStandIn, client: AsyncWebClient) -> None:
        user = slack.users.add("hanako", locale="ja-JP", admin=True)
        staff = slack.usergroups.add("staff", [user])
        assert (await client.usergroups_users_list(usergroup=staff.id))["users"] == [user.id]
        told = (await client.users_info(user=user.id, include_locale=True))["user"]
        assert (told["locale"], told["tz"], told["tz_offset"], told["is_admin"]) == ("ja-JP", "Asia/Tokyo", 32400, True)
        assert "locale" not in (await client.users_info(user=user.id))["user"]
        members = [each["id"] async for page in await client.users_list(limit=1) for each in page["members"]]
        assert members == [each.id for each in slack.users]
        channel = (await client.conversations_info(channel=slack.channel.id))["channel"]
        assert (channel["name"], channel["is_member"]) == ("general", True)
        direct = (await client.conversations_open(users=user.id))["channel"]["id"]
        await client.chat_postMessage(channel=user.id, text="hello")
        assert [each.text for each in slack.channels[direct].messages] == ["hello"]
        assert (await client.bots_info(bot=slack.bot_id))["bot"]["user_id"] == slack.bot_user_id
