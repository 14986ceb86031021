"""Whatever a platform or a person sends, what reads it fails in no other way than its caller expects."""

from contextlib import suppress
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.discord import http
from bot.platforms.discord.components import marker_of
from bot.platforms.discord.history import history_page
from bot.platforms.discord.http import Response
from bot.platforms.slack import history
from bot.platforms.slack.client import Identity
from bot.platforms.slack.command_text import CommandNames
from bot.platforms.slack.shape import misshapen

NAMES: Final = (
    *("id", "author", "components", "custom_id", "message", "code", "errors", "_errors", "retry_after", "user", "type"),
    *("event", "event_id", "actions", "action_id", "view", "channel", "command", "trigger_id", "blocks", "block_id"),
    *("metadata", "event_type", "event_payload", "bot_id", "ts", "marker"),
)
TEXT: Final = st.text(max_size=20) | st.sampled_from(
    ["\0", "\u2028", "\ud800", "post", "message", "block_actions", "1"]
)
JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES) | TEXT, inner, max_size=6),
    max_leaves=20,
)


@given(JSON)
def test_a_request_of_any_form_is_judged(body: Any) -> None:
    assert misshapen(body) is None or isinstance(misshapen(body), str)


@given(st.integers(100, 599), JSON)
def test_an_answer_of_discord_of_any_form_is_told_in_few_words(status: int, body: Any) -> None:
    response = Response(status, body, {})
    assert len(http.detail(response)) <= 200
    assert isinstance(http.code(response), int)
    assert isinstance(http.failure(response).detail, str)
    http.id_in(response)


@given(JSON)
def test_a_history_of_any_form_is_read_or_is_none(body: Any) -> None:
    with suppress(KeyError, TypeError, ValueError):
        history_page(body)
    with suppress(KeyError, TypeError, AttributeError):
        history.found(body, "marker", Identity("T1", "U1", "B1"))


@given(TEXT, st.text(max_size=200))
def test_whatever_is_typed_is_a_line(command: str, text: str) -> None:
    assert isinstance(CommandNames("ml-").line(command, text), str)
    marker_of(text)
