"""Any answer whatever becomes a message that Discord takes and that pings nobody."""

import re
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.context import Reply
from bot.i18n.excerpts import units
from bot.platforms.discord import payload
from bot.platforms.discord.markup import clean, literal
from tests.platforms import generated
from tests.standins.discord.components_form import walk
from tests.standins.discord.mentions import Audience, pinged_by
from tests.standins.discord.message_form import File as Upload
from tests.standins.discord.message_form import check_message

_EVERYBODY = Audience(frozenset({123}), {456: True}, may_ping_all=True)
_TEXT = generated.texts(
    *("<@123>", "<@&456>", "<#789>", "<t:0:R>", "</next:1>", "<:a:1>", "**", "__", "~~", "||", "`", "```\n"),
    *("\n# ", "\n> ", "\n- ", "[x](https://y)", "*" * 70),
)
_URL = st.sampled_from(["https://a.example/b", "https://a.example/" + "ü" * 200, "mailto:a@b", "", "http://["]) | _TEXT


@settings(deadline=None, max_examples=40)
@given(generated.replies(_TEXT, _URL), st.sampled_from(["ja", "en"]), st.booleans())
def test_every_limit_holds(reply: Reply, language: Any, private: bool) -> None:
    message = payload(reply, language, private)["data"]
    check_message(message, {0: Upload("a.ics", b"", "text/calendar")} if reply.file else {})
    assert not pinged_by([message.get("content") or ""], message["allowed_mentions"], _EVERYBODY, None)
    laid_out = message.get("flags", 0) & _COMPONENTS_V2
    if laid_out:
        assert private
        _check_layout(message)
    else:
        _check_text(message)
        _check_components(message.get("components", []))
    assert message["allowed_mentions"] == {"parse": []}
    assert message.get("flags", 0) & ~_COMPONENTS_V2 == (64 if private else 0)
    assert orjson.loads(orjson.dumps(message)) == message


_COMPONENTS_V2 = 1 << 15


def _check_layout(message: dict[str, Any]) -> None:
    """A message of the newer components: nothing of the older ones, and what its texts and buttons may hold."""
    assert not {"content", "embeds", "attachments"} & message.keys()
    every = list(walk(message["components"]))
    texts = [each["content"] for each in every if each["type"] == 10]
    assert len(every) <= 40
    assert sum(map(units, texts)) <= 4000
    for text in texts:
        _check_markdown(text)
    rows = [each for each in every if each["type"] == 1]
    _check_components(rows + [{"type": 1, "components": [each["accessory"]]} for each in every if "accessory" in each])


def _check_text(message: dict[str, Any]) -> None:
    content, embeds = message.get("content") or "", message.get("embeds", [])
    assert content or embeds or message.get("attachments")
    assert units(content) <= 2000
    assert len(embeds) <= 10
    total = 0
    for embed in embeds:
        title, description = embed.get("title", ""), embed.get("description", "")
        footer = embed.get("footer", {"text": ""})["text"]
        assert title or description
        assert units(title) <= 256
        assert units(description) <= 4096
        assert units(footer) <= 2048
        total += units(title + description + footer)
    assert total <= 6000
    for text in (content, *(embed.get(part, "") for embed in embeds for part in ("title", "description"))):
        _check_markdown(text)


def _check_markdown(text: str) -> None:
    """Nothing that pings, deceives or is a format that others have written."""
    unescaped = re.sub(r"\\[^0-9A-Za-z\s]", "x", text)
    assert not re.search("@(everyone|here)", text)
    assert not re.search(r"<(?!t:-?\d+:R>|https?://)", unescaped)
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", text)


def _check_components(rows: list[dict[str, Any]]) -> None:
    assert len(rows) <= 5
    ids = [each["custom_id"] for row in rows for each in row["components"] if "custom_id" in each]
    assert len(ids) == len({*ids})
    assert all(0 < units(each) <= 100 for each in ids)
    for row in rows:
        assert row["type"] == 1
        if row["components"][0]["type"] == 3:
            (menu,) = row["components"]
            options = menu["options"]
            assert 1 <= len(options) <= 25
            assert len({option["value"] for option in options}) == len(options)
            assert units(menu.get("placeholder", "")) <= 150
            for option in options:
                assert 1 <= units(option["label"]) <= 100
                assert 1 <= units(option["value"]) <= 100
                assert units(option.get("description", "")) <= 100
            continue
        assert 1 <= len(row["components"]) <= 5
        for button in row["components"]:
            assert 1 <= units(button["label"]) <= 80
            assert ("url" in button) != ("custom_id" in button)
            assert re.fullmatch(r"https?://[A-Za-z0-9.-]+[!-~]*", button.get("url", "http://a"))
            assert len(button.get("url", "")) <= 512


@given(_TEXT)
def test_an_escaped_text_is_read_as_itself(text: str) -> None:
    markdown = literal(clean(text))
    unescaped = re.sub(r"\\[^0-9A-Za-z\s]", "x", markdown)
    assert not re.search(r"[\\*_~|`<\[\]]|@(everyone|here)|://|(?m:^ *([#>-]|\d+[.)]))", unescaped)
    assert re.sub(r"\\([^0-9A-Za-z\s])", r"\1", markdown).replace("@\u200b", "@") == clean(text)
