"""Any answer whatever becomes a message and a view that Slack takes, that are shown as written and ping nobody."""

import re
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.context import Reply
from bot.domain.language import Language
from bot.platforms.slack import payload
from bot.platforms.slack.blocks import home_view, modal_view
from bot.platforms.slack.text import safe_url
from tests.platforms import generated
from tests.standins.slack.blocks import checked_blocks, checked_view
from tests.standins.slack.mrkdwn import flaws, pings, texts_of

_TEXT = generated.texts(
    *("<!channel>", "<@U123456>", "<!subteam^S123>", "<#C123|general>", "@channel", "@alice", "<!date^1^{time}|x>"),
    *("<https://a.example|b>", "&lt;!here&gt;", "&", "*bold*", "_it_", "~no~", "`code`", "```\n", "\n> quote"),
    *("\n- point", ":tada:", "::", "\ud800", "あ" * 400, "long " * 700, "x" * 3100),
)
_ADDRESSES = (
    *("https://a.example/b c", "https://ä.example/ü", "HTTP://A.example", "https://a.example/" + "x" * 3000),
    *("mailto:a@b.example", "javascript:alert(1)", "https://u@evil.example", "", "http://[", "https://a\u202eb/"),
)
_URL = st.sampled_from(_ADDRESSES) | _TEXT
_REPLIES = generated.replies(_TEXT, _URL)
_LANGUAGES: st.SearchStrategy[Language] = st.sampled_from(["ja", "en"])


def _new_id() -> str:
    return "b"


def _letters(blocks: list[dict[str, Any]]) -> int:
    return sum(len(each.text) for each in texts_of(blocks))


@settings(deadline=None, max_examples=100)
@given(_REPLIES, _LANGUAGES, st.booleans())
def test_every_message_is_taken_and_pings_nobody(reply: Reply, language: Language, private: bool) -> None:
    message = payload(reply, language, private)
    assert orjson.loads(orjson.dumps(message)) == message
    assert 0 < len(message["text"]) < 15_000
    assert message["blocks"]
    checked_blocks(message["blocks"], _new_id)
    assert _letters(message["blocks"]) < 10_000
    assert pings(message["text"], message["blocks"], link_names=False) == []
    assert flaws(message["text"], []) == []
    assert not any(each.markup != "plain" for each in texts_of(message["blocks"]))
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", "".join(_strings(message)))


@settings(deadline=None, max_examples=30)
@given(_REPLIES, _REPLIES, _LANGUAGES)
def test_every_view_is_taken(reply: Reply, another: Reply, language: Language) -> None:
    checked_view(home_view([reply, another], language, "hint"), "home", _new_id)
    checked_view(modal_view(reply, language), "modal", _new_id)


@given(_URL)
def test_a_link_leads_to_the_web_or_a_mailbox(url: str) -> None:
    safe = safe_url(url)
    if safe is not None:
        assert re.fullmatch(r"(https?://[A-Za-z0-9.:\[\]-]+(/|\?|#|$)|mailto:)[!-~]*", safe)
        assert safe_url(safe) == safe


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in _strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in _strings(each)]
    return [value] if isinstance(value, str) else []
