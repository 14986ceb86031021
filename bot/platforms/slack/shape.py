"""Whether what comes from Slack has the form that it documents: what hasn't is refused before anybody looks into it."""

from collections.abc import Iterable, Iterator, Mapping
from types import UnionType
from typing import Any, Final

_TEXTS: Final = (
    *("action_id", "api_app_id", "block_id", "bot_id", "callback_id", "channel_id", "channel_type", "command"),
    *("event_id", "hash", "message_ts", "private_metadata", "response_url", "subtype", "team_id", "thread_ts"),
    *("trigger_id", "ts", "type", "user_id", "view_id"),
)
_OBJECTS: Final = ("container", "event", "message", "selected_option", "state", "values", "view")
_LISTS: Final = ("actions", "blocks", "elements", "selected_options")
_TYPES: Final[Mapping[str, type]] = {
    **dict.fromkeys(_TEXTS, str),
    **dict.fromkeys(_OBJECTS, dict),
    **dict.fromkeys(_LISTS, list),
}
"""What a field of that name holds, wherever it stands, if it holds anything."""

_COMMAND: Final = ("channel_id", "command", "response_url", "trigger_id", "user_id")
_EVENT: Final = ("event", "event_id")
_INTERACTION: Final = ("trigger_id", "type", "user")
"""The fields that each must have."""


_SAID: Final = ("app_mention", "app_home_opened", "message")
"""The events that name a person and a channel by their ids; others bring them whole."""


def misshapen(body: Any) -> str | None:
    """The name of a field that is missing or holds something else than it should; None if all is as documented."""
    if not isinstance(body, dict):
        return "body"
    if not body or body.get("type") == "url_verification" or "ssl_check" in body:
        return None
    return next(_wrong_types(body), None) or next(_faults(body), None)


def _faults(body: Mapping[str, Any]) -> Iterator[str]:
    if "command" in body:
        yield from _missing(body, _COMMAND)
        yield from _wrong(body, str, "text")
    elif body.get("type") == "event_callback" or "event" in body:
        yield from _missing(body, _EVENT)
        event = body["event"]
        yield from _wrong(event, str if event.get("type") in _SAID else str | dict, "user", "channel", "text")
    else:
        yield from _missing(body, _INTERACTION)
        yield from _wrong(body, dict, "user", "channel", "team")
        yield from _missing(body["user"], ("id",))
        yield from _wrong(body["user"], str, "id")
        for action in body.get("actions") or ([{}] if body["type"] == "block_actions" else []):
            yield from _missing(action, ("action_id",)) if isinstance(action, dict) else ("actions",)
            yield from _wrong(action, str, "value")


def _missing(fields: Mapping[str, Any], names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if not fields.get(name))


def _wrong(fields: Mapping[str, Any], kind: type | UnionType, *names: str) -> Iterator[str]:
    return (name for name in names if fields.get(name) is not None and not isinstance(fields[name], kind))


def _wrong_types(value: Any) -> Iterator[str]:
    """The names of fields that hold another type than theirs, from the outside in."""
    if isinstance(value, list):
        for each in value:
            yield from _wrong_types(each)
    elif isinstance(value, dict):
        for name, held in value.items():
            if held is not None and not isinstance(held, _TYPES.get(name, object)):
                yield str(name)
            yield from _wrong_types(held)
