"""Which blocks a message or a view may hold, and what Slack complains about otherwise."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

from .elements import AS_ACCESSORY, IMAGE, IN_ACTIONS, IN_INPUT, plain, text
from .mrkdwn import texts_of
from .refusals import Json, RefusedError
from .schema import (
    Report,
    Rule,
    anything,
    array,
    choice,
    exactly_one,
    flag,
    integer,
    one_or_more,
    shape,
    string,
    tagged,
    url,
)

LETTERS_IN_ALL = 13_000
_ID = {"block_id": string(255)}

_STYLE = shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), flag))
_RICH_LEAF = tagged(
    {
        "text": shape({"text": string()}, {"style": _STYLE}),
        "link": shape({"url": url()}, {"text": string(), "style": _STYLE, "unsafe": flag}),
        "emoji": shape({"name": string()}, {"unicode": string(), "style": _STYLE, "skin_tone": integer(2, 6)}),
        "user": shape({"user_id": string()}, {"style": _STYLE}),
        "usergroup": shape({"usergroup_id": string()}, {"style": _STYLE}),
        "channel": shape({"channel_id": string()}, {"style": _STYLE}),
        "broadcast": shape({"range": choice("here", "channel", "everyone")}, {"style": _STYLE}),
        "date": shape({"timestamp": integer(0, 10**10 - 1), "format": string()}, {"url": url(), "fallback": string()}),
        "color": shape({"value": string()}),
    }
)
_RICH_SECTION = shape({"elements": array(_RICH_LEAF, least=0)})
_BORDERED = shape({"elements": array(_RICH_LEAF, least=0)}, {"border": integer(0, 1)})
_RICH = {
    "rich_text_section": _RICH_SECTION,
    "rich_text_quote": _BORDERED,
    "rich_text_preformatted": _BORDERED,
    "rich_text_list": shape(
        {"elements": array(tagged({"rich_text_section": _RICH_SECTION})), "style": choice("bullet", "ordered")},
        {"indent": integer(0, 8), "offset": integer(0, 10_000), "border": integer(0, 1)},
    ),
}

EVERYWHERE: dict[str, Rule] = {
    "section": shape(
        {},
        {
            **_ID,
            "text": text(3000),
            "fields": array(text(2000), 10),
            "accessory": tagged(AS_ACCESSORY),
            "expand": flag,
        },
        one_or_more("text", "fields"),
    ),
    "header": shape({"text": plain(150)}, {**_ID, "level": integer(1, 4)}),
    "divider": shape({}, _ID),
    "context": shape(
        {
            "elements": array(
                tagged(
                    {
                        "image": IMAGE,
                        "plain_text": shape({"text": string(3000)}, {"emoji": flag}),
                        "mrkdwn": shape({"text": string(3000)}, {"verbatim": flag}),
                    }
                ),
                10,
            )
        },
        _ID,
    ),
    "actions": shape({"elements": array(tagged(IN_ACTIONS), 25)}, _ID),
    "image": shape(
        {"alt_text": string(2000)},
        {**_ID, "image_url": url(), "slack_file": anything, "title": plain(2000)},
        exactly_one("image_url", "slack_file"),
    ),
    "rich_text": shape({"elements": array(tagged(_RICH))}, _ID),
    "input": shape(
        {"label": plain(2000), "element": tagged(IN_INPUT)},
        {**_ID, "hint": plain(2000), "optional": flag, "dispatch_action": flag},
    ),
    "video": shape(
        {"alt_text": string(), "title": plain(199), "thumbnail_url": url(), "video_url": url()},
        {
            **_ID,
            "title_url": url(),
            "description": plain(199),
            "provider_icon_url": url(),
            "provider_name": string(),
            "author_name": string(49),
        },
    ),
}
_IN_MESSAGES = array(tagged({**EVERYWHERE, "markdown": shape({"text": string(12_000)}, _ID)}), 50, least=0)
_IN_VIEWS = array(tagged(EVERYWHERE), 100)
_VIEW = {
    **dict.fromkeys(("callback_id", "external_id"), string(255, least=0)),
    "private_metadata": string(3000, least=0),
}
_HOME = shape({"blocks": _IN_VIEWS}, _VIEW)
_MODAL = shape(
    {"blocks": _IN_VIEWS, "title": plain(24)},
    {
        **_VIEW,
        "close": plain(24),
        "submit": plain(24),
        **dict.fromkeys(("clear_on_close", "notify_on_close", "submit_disabled"), flag),
    },
)


def interactive(block: Json) -> list[Json]:
    """The elements of a block that a user can act on."""
    found = [*(block.get("elements") or []), block.get("accessory"), block.get("element")]
    return [each for each in found if isinstance(each, dict) and each.get("type") in {**IN_ACTIONS, **IN_INPUT}]


def _doubles(blocks: Any, path: str, report: Report) -> None:
    if not isinstance(blocks, list):
        return
    block_ids: set[str] = set()
    for index, block in enumerate(blocks):
        if not isinstance(block, dict):
            continue
        block_id = block.get("block_id")
        if isinstance(block_id, str) and block_id in block_ids:
            report.say(f'`block_id` "{block_id}" already exists', f"{path}/{index}/block_id")
        block_ids.add(str(block_id))
        action_ids: set[str] = set()
        for number, element in enumerate(interactive(block)):
            action_id = element.get("action_id")
            if isinstance(action_id, str) and action_id in action_ids:
                where = f"{path}/{index}/elements/{number}/action_id"
                report.say(f'`action_id` "{action_id}" already exists', where)
            action_ids.add(str(action_id))


def checked_blocks(blocks: Any, fresh_id: Callable[[], str]) -> list[Json]:
    """The blocks as Slack stores them (ids filled in), or `RefusedError`."""
    if not isinstance(blocks, list):
        raise RefusedError("invalid_blocks_format")
    report = Report()
    _IN_MESSAGES(blocks, "/blocks", report)
    _doubles(blocks, "/blocks", report)
    if report.messages:
        raise RefusedError("invalid_blocks", errors=report.messages, messages=report.messages)
    if sum(len(each.text) for each in texts_of(blocks)) > LETTERS_IN_ALL:
        raise RefusedError("msg_blocks_too_long")
    return _with_ids(blocks, fresh_id)


def checked_view(view: Any, kind: str, fresh_id: Callable[[], str]) -> Json:
    """A view's own fields as Slack stores them, or `RefusedError`."""
    if not isinstance(view, dict):
        raise RefusedError("invalid_arguments", messages=["must provide an object [json-pointer:/view]"])
    report = Report()
    if view.get("type") != kind:
        report.say(f"unsupported type: {view.get('type')}", "/view/type")
    (_HOME if kind == "home" else _MODAL)(view, "/view", report)
    _doubles(view.get("blocks"), "/view/blocks", report)
    if kind == "modal" and "submit" not in view and any(_asks(view)):
        report.say("missing required field: submit", "/view")
    if report.messages:
        raise RefusedError("invalid_arguments", messages=report.messages)
    if len(json.dumps(view)) > 250_000:
        raise RefusedError("view_too_large")
    return {**view, "blocks": _with_ids(view["blocks"], fresh_id)}


def _asks(view: Json) -> Iterator[bool]:
    blocks = view.get("blocks")
    for block in blocks if isinstance(blocks, list) else []:
        yield isinstance(block, dict) and block.get("type") == "input"


def _with_ids(blocks: list[Json], fresh_id: Callable[[], str]) -> list[Json]:
    stored = copy.deepcopy(blocks)
    for block in stored:
        block.setdefault("block_id", fresh_id())
        for element in interactive(block):
            element.setdefault("action_id", fresh_id())
    return stored
