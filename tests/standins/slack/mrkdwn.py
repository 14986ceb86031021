"""Reads Slack's mark-up far enough to know what would ping, and what would look wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(r"<([^<>\n]*)>")
_BROADCASTS = ("!here", "!channel", "!everyone", "!group")
_BARE = re.compile(r"(?<![\w@<!^|.])@(here|channel|everyone|group)\b")
_DATE = re.compile(r"!date\^\d+\^(?P<format>[^|^]+)(\^https?://[^|^]+)?\|.+")
_DATE_FIELDS = frozenset(
    [
        "date_num",
        "date_slash",
        "date_long",
        "date_long_full",
        "date_long_pretty",
        "date",
        "date_pretty",
        "date_short",
        "date_short_pretty",
        "time",
        "time_secs",
        "ago",
        "day_divider_pretty",
    ]
)


@dataclass(frozen=True, slots=True)
class Text:
    """One run of text in blocks; `markup` is what Slack reads it as."""

    text: str
    markup: str  # mrkdwn, verbatim, markdown, plain, or ping for an element of rich text that pings


def texts_of(node: Any) -> Iterator[Text]:
    """Every text in the order in which it is read."""
    if isinstance(node, list):
        for each in node:
            yield from texts_of(each)
    elif isinstance(node, dict):
        match node.get("type"), node.get("text"):
            case "mrkdwn", str(text):
                yield Text(text, "verbatim" if node.get("verbatim") is True else "mrkdwn")
            case (("plain_text" | "text" | "link"), str(text)):
                yield Text(text, "plain")
            case "markdown", str(text):
                yield Text(text, "markdown")
            case "broadcast", _:
                yield Text(f"<!{node.get('range')}>", "ping")
            case "user", _:
                yield Text(f"<@{node.get('user_id')}>", "ping")
            case "usergroup", _:
                yield Text(f"<!subteam^{node.get('usergroup_id')}>", "ping")
            case _:
                for each in node.values():
                    if isinstance(each, dict | list):
                        yield from texts_of(each)


def tokens_that_ping(text: str) -> list[str]:
    """`<!here>`, `<!subteam^S1>`, `<@U1>` and so on, without their labels."""
    found = []
    for token in _TOKEN.findall(text):
        target = token.partition("|")[0]
        if target in _BROADCASTS or re.fullmatch(r"!subteam\^S\w+|@[UW]\w+", target):
            found.append(f"<{target}>")
    return found


def bare_names(text: str, names: tuple[str, ...] = ()) -> list[str]:
    """What `link_names` or `parse=full` turns into mentions: @here and the like, and the given user names."""
    found = [match.group() for match in _BARE.finditer(text)]
    return found + [f"@{name}" for name in names if re.search(rf"(?<![\w@<]){re.escape('@' + name)}\b", text)]


def pings(text: str, blocks: Any, *, link_names: bool, names: tuple[str, ...] = ()) -> list[str]:
    """Everything in a message that would notify somebody."""
    read = [text, *(each.text for each in texts_of(blocks) if each.markup != "plain")]
    found = [ping for each in read for ping in tokens_that_ping(each)]
    if link_names:
        read += [each.text for each in texts_of(blocks) if each.markup == "plain"]
        found += [ping for each in read for ping in bare_names(each, names)]
    return found


def flaws(text: str, blocks: Any) -> list[str]:
    """What Slack accepts without a word and then shows wrongly."""
    found = _flaws_of_mrkdwn(text, "text")
    for each in texts_of(blocks):
        if each.markup == "plain" and re.search(r"<!date\^|<[@#!][A-Za-z]\w*", each.text):
            found.append(f"mark-up is shown as it is in plain_text: {each.text!r}")
        if each.markup in ("mrkdwn", "verbatim"):
            found += _flaws_of_mrkdwn(each.text, "mrkdwn")
        if each.markup == "mrkdwn" and bare_names(each.text):
            found.append(f"may be parsed as a mention without verbatim: {each.text!r}")
    return found


def _flaws_of_mrkdwn(text: str, where: str) -> list[str]:
    found = []
    for token in _TOKEN.findall(text):
        if token.startswith("!date"):
            match = _DATE.fullmatch(token)
            fields = re.findall(r"\{(\w*)\}", match["format"]) if match else []
            if not fields or not set(fields) <= _DATE_FIELDS:
                found.append(f"malformed date in {where}: <{token}>")
        elif not re.match(
            r"https?://|mailto:|tel:|slack://|[#@][A-Z]\w+|!(here|channel|everyone|group|subteam\^)", token
        ):
            found.append(f"unescaped < > in {where}: <{token}>")
    rest = _TOKEN.sub("", text)
    if "<" in rest:
        found.append(f"unescaped < in {where}: {text!r}")
    if re.search(r"&(?!(amp|lt|gt);)", rest):
        found.append(f"unescaped & in {where}: {text!r}")
    return found
