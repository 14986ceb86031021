"""What a user does with the elements of a block: which one, and what it then reports."""

from __future__ import annotations

from typing import Any

from .blocks import interactive
from .elements import offered
from .refusals import Json
from .state import Message, User, View

_FIELDS = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
}
_ONE = ("static_select", "external_select", "radio_buttons", "overflow")
_MANY = ("multi_static_select", "multi_external_select", "checkboxes")
_TEXT = ("plain_text_input", "email_text_input", "url_text_input", "number_input")


def find(
    where: Message | View, action_id: str | None, value: str | None, text: str | None, *, button: bool
) -> tuple[Json, Json]:
    """The block and element meant; `LookupError` says what there is."""
    there = []
    for block in where.blocks:
        for element in interactive(block):
            if (element["type"] == "button") != button:
                continue
            label = element.get("text", {}).get("text") if button else None
            there.append((element["action_id"], element.get("value"), label))
            fits = action_id in (None, element["action_id"]) and text in (None, label)
            if button:
                fits = fits and value in (None, element.get("value"))
            elif action_id is None and value is not None and element["type"] in (*_ONE, *_MANY):
                fits = any(value in (each.get("value"), each["text"]["text"]) for each in offered(element))
            if fits:
                return block, element
    raise LookupError(f"no such {'button' if button else 'menu'}; there are {there}")


def reported(element: Json, value: Any) -> Json:
    """What an element says in `actions` and in a view's state, given what the user chose or typed."""
    kind = element["type"]
    if kind in _TEXT:
        return {"type": kind, "value": element.get("initial_value") if value is None else str(value)}
    if kind in _FIELDS:
        name, initial = _FIELDS[kind]
        chosen = element.get(initial) if value is None else value
        return {"type": kind, name: chosen.id if isinstance(chosen, User) else chosen}
    if kind in _ONE:
        chosen = element.get("initial_option") if value is None else _option(element, value)
        return {"type": kind, "selected_option": chosen}
    if kind in _MANY:
        initial_options = element.get("initial_options") or []
        options = initial_options if value is None else [_option(element, each) for each in value]
        return {"type": kind, "selected_options": options}
    raise LookupError(f"a user can't choose a value of {kind}")


def _option(element: Json, value: Any) -> Json:
    if element["type"] in ("external_select", "multi_external_select"):
        if isinstance(value, dict):
            return value
        return {"text": {"type": "plain_text", "text": str(value), "emoji": True}, "value": str(value)}
    for option in offered(element):
        if value in (option.get("value"), option["text"]["text"]):
            return dict(option)
    raise LookupError(f"{value!r} is not offered, but {[each.get('value') for each in offered(element)]}")


def state(where: Message | View, values: dict[str, Any]) -> dict[str, Json]:
    """`state.values` by block and action; `values` by action_id or block_id, the rest as initially set."""
    known: set[str] = set()
    found: dict[str, Json] = {}
    for block in where.blocks:
        for element in interactive(block):
            if element["type"] in ("button", "overflow"):
                continue
            names = (element["action_id"], block["block_id"])
            known.update(names)
            value = next((values[name] for name in names if name in values), None)
            found.setdefault(block["block_id"], {})[element["action_id"]] = reported(element, value)
    if unknown := set(values) - known:
        raise LookupError(f"no such field: {sorted(unknown)}; there are {sorted(known)}")
    return found


def missing(view: View, values: dict[str, Json]) -> list[str]:
    """Fields that Slack's own form would not let go: empty though required, or too short or long."""
    found = []
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        said = values[block["block_id"]][element["action_id"]]
        (content,) = (value for name, value in said.items() if name != "type")
        label = block["label"]["text"]
        if content in (None, "", []):
            if not block.get("optional"):
                found.append(f"{label}: required")
        elif element["type"] == "plain_text_input":
            least, most = element.get("min_length", 0), element.get("max_length", 3000)
            if not least <= len(content) <= most:
                found.append(f"{label}: {least} to {most} characters")
    return found
