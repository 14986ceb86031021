"""The small parts: text, names of commands, twins, readers, the manifest."""

import asyncio
import json
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.commands.context import Reply
from bot.commands.registry import COMMANDS
from bot.domain.language import language_of
from bot.domain.message import (
    Action,
    Card,
    Choice,
    Entry,
    Fact,
    Form,
    FormField,
    Link,
    Listing,
    Option,
    Section,
)
from bot.i18n import phrases
from bot.platforms.slack import creation_link, is_request_url, manifest
from bot.platforms.slack.blocks import Messages
from bot.platforms.slack.cache import Deduplicator, TtlCache
from bot.platforms.slack.command_text import CommandNames, Declared
from bot.platforms.slack.tasks import BackgroundTasks
from bot.platforms.slack.text import cleaned, escaped, one_line, safe_url, unescaped
from bot.platforms.slack.users import LocaleCache


def test_text_loses_what_deceives_and_keeps_what_is_read() -> None:
    assert cleaned("a\u202eb\x00\r\nc\u2028\u2028\n\n\nd 👩\u200d👧") == "ab\nc\n\nd 👩\u200d👧"
    assert one_line(" a\n  b\tc ") == "a b c"


def test_what_was_escaped_can_be_read_again() -> None:
    assert escaped("<!here> & co") == "&lt;!here&gt; &amp; co"
    assert unescaped(escaped("&lt;<>&amp;")) == "&lt;<>&amp;"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        ("https://a.example/第3回 資料.pdf", "https://a.example/%E7%AC%AC3%E5%9B%9E%20%E8%B3%87%E6%96%99.pdf"),
        ("https://a.example/%E7", "https://a.example/%E7"),
        ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
        ("https://日本.example/", "https://xn--wgv71a.example/"),
        ("HTTPS://a.example:8080", "https://a.example:8080"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("https://a.example@evil.example/", None),
        ("javascript:alert(1)", None),
        ("/relative", None),
        ("http://[", None),
        ("https://a.example/" + "x" * 3000, None),
    ],
)
def test_only_safe_addresses_become_links(url: str, safe: str | None) -> None:
    assert safe_url(url) == safe


@pytest.mark.parametrize("prefix", ["lec", "lec-", "/lec", " LEC- "])
def test_a_prefix_goes_before_the_name_and_is_taken_off_again(prefix: str) -> None:
    command_names = CommandNames(prefix)
    assert command_names.command("next") == "/lec-next"
    assert command_names.line("/lec-lecture", "7 &amp; 8 ") == "lecture 7 & 8"


def test_a_link_in_a_command_is_its_address() -> None:
    text = "registration 9 <https://f.example/9?a=1&amp;b=2|f.example/9>, <mailto:a@f.example|a@f.example>"
    line = "admin registration 9 https://f.example/9?a=1&b=2, a@f.example"
    assert CommandNames().line("/admin", text) == line
    assert CommandNames().line("/lecturebot", f"admin {text}") == line
    assert CommandNames().mentioned(f"<@U1> admin {text}", "U1") == line


def test_one_command_takes_all() -> None:
    command_names = CommandNames("lec", Declared.ONE)
    assert command_names.command("next") == "/lec-lecturebot next"
    assert command_names.line("/lec-lecturebot", " next 2") == "next 2"
    assert command_names.line("/lec-lecturebot", "") == ""
    assert command_names.mentioned("<@U1> /lec-lecturebot lecture 9", "U1") == "lecture 9"


def test_channels_and_people_in_a_command_are_named_and_a_user_group_stays_known() -> None:
    text = "follow <!subteam^S1|@all> see <#C1|general>, ask <@U2|mia> <#C2>"
    assert CommandNames().line("/lecturebot", text) == "follow <!subteam^S1|@all> see #general, ask @mia <#C2>"


@pytest.mark.parametrize(
    ("declared", "sentence", "spelled"),
    [
        (Declared.DEFAULT, "/next か/followで", "/next か/lecturebot followで"),
        (Declared.DEFAULT, "`/admin move 9 7/22`, /lectures 2023", "`/lecturebot admin move 9 7/22`, /lectures 2023"),
        (Declared.DEFAULT, "https://a.example/講義/follow and/or follow/unfollow", None),
        (Declared.DEFAULT, "/followers /clock /find-me //follow", None),
        (Declared.ALL, "/follow", None),
        (Declared.ONE, "/register 9", "/lecturebot register 9"),
    ],
)
def test_a_command_is_told_as_it_is_typed(declared: Declared, sentence: str, spelled: str | None) -> None:
    assert CommandNames(declared=declared).spelled(Reply(sentence)) == Reply(spelled or sentence)


def test_commands_are_named_right_wherever_a_message_tells_them() -> None:
    words, right = "Type /follow.", "Type /lecturebot follow."
    link = Link("https://a.example/ /follow", "https://a.example/ /follow")

    def message(text: str) -> Reply:
        return Reply(
            text,
            (
                Card("/follow", ((text,),), (Fact(text, (text, link)),), ((text,),), (link,), call=(text,)),
                Listing(text, (Entry(text, ((text,),)),)),
                Section(text, ((text,),)),
            ),
            Choice(text, (Option(text, "/follow", text),)),
            (Action(text, "/follow"),),
            note=text,
            line="/follow",
            form=Form(text, (FormField("/follow", text, "/follow", hint=text, line="/follow"),), "/follow"),
        )

    assert CommandNames().spelled(message(words)) == message(right)


def test_a_prefix_of_strange_letters_is_refused() -> None:
    with pytest.raises(ValueError, match="letters"):
        CommandNames("lec ture")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<@U1> next", "next"),
        ("<@U1|lecturebot>   lecture 7", "lecture 7"),
        ("<@U1>", ""),
        ("next <@U1>", "next"),
        ("hello <@U1> /next", "next"),
        ("<@U1> /lec-next", "next"),
        (
            "<@U1> find <https://a.example|a.example> &lt;b&gt; <@U2> <#C1|general>",
            "find https://a.example <b>  general",
        ),
        ("<@U2> <@U1> next", "next"),
        ("<@U1>: next", "next"),
        ("<@U1>、次回", "次回"),
        ("<@U1>！ *next*", "next"),
        ("<@U1> `next`", "next"),
        ("<@U1>, _lecture 9_?", "lecture 9?"),
        ("<@U1> /lecture *9*", "lecture 9"),
        ("<@U1> materials 2*3", "materials 2*3"),
        ("<@U1> find snake_case_name", "find snake_case_name"),
        ("next", "next"),
    ],
)
def test_a_mention_is_followed_by_a_command_line(text: str, line: str) -> None:
    assert CommandNames("lec").mentioned(text, "U1") == line


def test_any_mention_will_do_until_the_bot_knows_itself() -> None:
    assert CommandNames().mentioned("<@U7> next", None) == "next"


def test_only_the_latest_deliveries_are_remembered() -> None:
    deduplicator = Deduplicator(most=2)
    assert [deduplicator.first(each) for each in "abacda"] == [True, True, False, True, True, True]
    deduplicator.forget("a")
    assert deduplicator.first("a")


def test_what_was_made_of_a_reply_is_kept_for_it_and_its_language() -> None:
    messages, reply = Messages(CommandNames()), Reply("H", line="next")
    made = messages.showing(reply, "ja", private=True)
    assert messages.showing(reply, "ja", private=True) is made
    assert messages.showing(reply, "en", private=True).json != made.json
    assert json.loads(made.json) == made.arguments
    for _ in range(1100):
        messages.showing(Reply("H"), "en", private=True)
    assert messages.showing(reply, "ja", private=True) is not made


class _Profiles:
    """Locales of people, and how often they were asked for."""

    def __init__(self) -> None:
        self.locales: dict[str, str | Exception | None] = {}
        self.asked: list[str] = []
        self.now = 0.0

    async def __call__(self, person: str) -> str | None:
        self.asked.append(person)
        await asyncio.sleep(0)
        locale = self.locales[person]
        if isinstance(locale, Exception):
            raise locale
        return locale


@pytest.fixture
def profiles() -> _Profiles:
    return _Profiles()


@pytest.fixture
def readers(profiles: _Profiles) -> LocaleCache:
    return LocaleCache(profiles, partial(language_of, default="ja"), BackgroundTasks(), lambda: profiles.now)


async def test_a_language_is_asked_for_once(profiles: _Profiles, readers: LocaleCache) -> None:
    profiles.locales["U1"] = "en-GB"
    both = await asyncio.gather(readers.language("U1", 1), readers.language("U1", 1))
    assert [*both] == ["en", "en"]
    assert (readers.known("U1"), profiles.asked) == ("en", ["U1"])


async def test_a_language_a_day_old_is_asked_for_again_without_waiting(
    profiles: _Profiles, readers: LocaleCache
) -> None:
    profiles.locales["U1"] = "en-GB"
    await readers.language("U1", 1)
    profiles.now, profiles.locales["U1"] = 86_400.0, "ja-JP"
    assert readers.known("U1") == "en"
    for _ in range(5):
        await asyncio.sleep(0)
    assert (readers.known("U1"), profiles.asked) == ("ja", ["U1", "U1"])


async def test_a_failure_is_forgotten_after_minutes_and_takes_no_known_language_away(
    profiles: _Profiles, readers: LocaleCache
) -> None:
    profiles.locales |= {"U1": OSError(), "U2": "en-US", "U3": None}
    assert [await readers.language(person, 1) for person in ("U1", "U2", "U3")] == ["ja", "en", "ja"]
    profiles.locales["U2"] = OSError()
    profiles.now = 86_400.0
    assert (readers.known("U1"), readers.known("U2")) == ("ja", "en")
    for _ in range(5):
        await asyncio.sleep(0)
    assert (readers.known("U2"), profiles.asked) == ("en", ["U1", "U2", "U3", "U1", "U2"])


async def test_an_answer_is_good_for_a_while_and_an_error_for_no_time() -> None:
    asked = list[str]()

    async def ask() -> str:
        asked.append("asked")
        if len(asked) == 1:
            raise ZeroDivisionError
        return f"answer {len(asked)}"

    kept, stale = TtlCache[str](60.0), TtlCache[str](0.0)
    with pytest.raises(ZeroDivisionError):
        await kept.known("U1", ask)
    assert [await kept.known("U1", ask) for _ in range(2)] == ["answer 2", "answer 2"]
    assert await kept.known("U2", ask) == "answer 3"
    assert [await stale.known("U1", ask) for _ in range(2)] == ["answer 4", "answer 5"]


async def test_tasks_that_take_too_long_are_cancelled() -> None:
    tasks = BackgroundTasks()
    quick, slow = tasks.start(asyncio.sleep(0, "done")), tasks.start(asyncio.sleep(60))
    await tasks.finish(0.01)
    assert (quick.result(), slow.cancelled()) == ("done", True)


def test_the_manifest_asks_for_no_more_than_is_used() -> None:
    made = manifest(CommandNames(), phrases("en"))
    assert made["oauth_config"] == {
        "scopes": {
            "bot": [
                *("app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:write"),
                *("groups:history", "groups:read", "im:history", "im:write", "mpim:history", "mpim:read", "pins:write"),
                *("usergroups:read", "users:read"),
            ],
        }
    }
    assert made["settings"] == {
        "event_subscriptions": {
            "bot_events": [
                *("app_home_opened", "app_mention", "message.im"),
                *("channel_archive", "channel_deleted", "channel_left", "channel_rename", "channel_unarchive"),
                *("group_archive", "group_deleted", "group_left", "group_rename", "group_unarchive"),
                "member_joined_channel",
            ]
        },
        "interactivity": {"is_enabled": True},
        "org_deploy_enabled": False,
        "socket_mode_enabled": True,
        "token_rotation_enabled": False,
    }


def test_the_manifest_holds_every_command_within_slacks_limits() -> None:
    made = manifest(CommandNames("lec", Declared.ALL), phrases("en"))
    commands: list[dict[str, Any]] = made["features"]["slash_commands"]
    assert [each["command"] for each in commands] == [
        *(f"/lec-{each.name}" for each in COMMANDS if not each.terminal_only and not each.group),
        "/lec-lecturebot",
    ]
    assert commands[1] == {
        "command": "/lec-lecture",
        "description": phrases("en")("command.lecture"),
        "should_escape": False,
        "usage_hint": phrases("en")("usage.lecture").removeprefix("/lecture "),
    }
    assert all(len(each["command"]) <= 32 and 0 < len(each["description"]) <= 2000 for each in commands)


def test_a_prefix_that_makes_names_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than"):
        manifest(CommandNames("x" * 30), phrases("en"))


@pytest.mark.parametrize(
    ("declared", "names"),
    [
        (Declared.DEFAULT, "/next /lecture /lectures /materials /register /notify /lecturebot"),
        (Declared.ONE, "/lecturebot"),
    ],
)
def test_the_manifest_declares_few_commands_in_the_language_of_the_series(declared: Declared, names: str) -> None:
    made = manifest(CommandNames(declared=declared), phrases("ja"))
    commands = made["features"]["slash_commands"]
    assert " ".join(each["command"] for each in commands) == names
    assert commands[-1] == {
        "command": "/lecturebot",
        "description": phrases("ja")("slack.one"),
        "should_escape": True,
        "usage_hint": phrases("ja")("slack.one_usage"),
    }
    assert made["display_information"]["description"] == phrases("ja")("slack.app_description")


def test_a_link_creates_the_app() -> None:
    made = manifest(CommandNames(), phrases("ja"))
    link = urlsplit(creation_link(made))
    assert (link.netloc, link.path) == ("api.slack.com", "/apps")
    assert json.loads(parse_qs(link.query)["manifest_json"][0]) == made
    assert len(link.geturl()) < 8000


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("https://bot.example.org/slack/events", True),
        ("https://bot.example.org:8443/bot/slack/events", True),
        ("http://bot.example.org/slack/events", False),
        ("https://bot.example.org", False),
        ("https:///slack/events", False),
        ("https://bot.example.org:99999/slack/events", False),
        ("https://a:b@bot.example.org/slack/events", False),
        ("https://bot.example.org/slack/events?x=1", False),
        ("bot.example.org/slack/events", False),
    ],
)
def test_only_an_address_that_slack_can_call_is_taken(url: str, right: bool) -> None:
    assert is_request_url(url) is right


def test_the_manifest_for_http_mode_names_the_address_everywhere() -> None:
    url = "https://bot.example/slack/events"
    made = manifest(CommandNames(), phrases("en"), url)
    assert {each["url"] for each in made["features"]["slash_commands"]} == {url}
    assert made["settings"]["event_subscriptions"]["request_url"] == url
    assert made["settings"]["interactivity"]["request_url"] == url
    assert made["settings"]["socket_mode_enabled"] is False
