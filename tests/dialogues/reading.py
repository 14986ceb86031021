"""What people read of a message on either platform, as plain lines: the same lines where both say the same."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]

_OWN_TIME = re.compile(
    r"\n-# (?:Your time|お使いの時間帯では)[^\n]*|\s*[\[［](?:your time|お使いの時間帯では)[^\]］]*[\]］]"
)
"""The reader's own time beside a time of the series: each client shows another."""

_LABEL_ENDS = "  "
"""What stands between a fact's label, in bold type, and its value on Slack."""


@dataclass(frozen=True)
class Seen:
    """A message as somebody sees it: the first line, the parts below it, and what can be pressed."""

    headline: str
    parts: tuple[tuple[str, ...], ...]
    links: tuple[str, ...]
    buttons: tuple[str, ...]

    @property
    def lines(self) -> Iterator[str]:
        """All of it, from above."""
        yield self.headline
        for part in self.parts:
            yield from part
        yield from self.links
        if self.buttons:
            yield self.button_line

    @property
    def button_line(self) -> str:
        """The buttons beside each other."""
        return " ".join(f"[{button}]" for button in self.buttons)


def on_discord(message: Json) -> Seen:
    """A message as the API gives it."""
    pressed = [each for row in message["components"] for each in row["components"]]
    headline, _, note = str(message["content"]).partition("\n-# ")
    parts = [tuple(_embed(each)) for each in message["embeds"]]
    return Seen(
        _plain(headline),
        tuple([*parts, (_plain(note),)] if note else parts),
        tuple(f"{each['label']}: {each['url']}" for each in pressed if "url" in each),
        tuple(each["label"] for each in pressed if "custom_id" in each and "label" in each),
    )


def _embed(embed: Json) -> Iterator[str]:
    if title := embed.get("title"):
        yield _plain(title)
    for line in _OWN_TIME.sub("", embed.get("description") or "").split("\n"):
        if line:
            fact = re.fullmatch(r"\*\*(.+?)\*\* (.+)", line)
            bullet = line.removeprefix("- ")
            marked = f"{fact[1]}: {fact[2]}" if fact else f"• {bullet}" if bullet != line else line
            yield _plain(marked.replace("**", ""))
    if footer := embed.get("footer"):
        yield _plain(footer["text"])


def _plain(text: str) -> str:
    """Markdown as it is shown: without what keeps characters from being markup, with plain spaces and addresses."""
    text = re.sub(r"(?<!\\)\[([^\]]+)\]\((\S+?)\)", r"\1: \2", text)
    return re.sub(r"\\([^\w\s])", r"\1", text).replace("\u200b", "").replace("\u3000", " ")


def on_slack(text: str, blocks: Iterable[Json]) -> Seen:
    """A message of blocks, of which the first repeats the text that notifications show."""
    parts: list[list[str]] = []
    links: list[str] = []
    buttons: list[str] = []
    for block in list(blocks)[1:]:
        match block["type"]:
            case "header":
                parts.append([str(block["text"]["text"])])
            case "rich_text":
                if not parts:
                    parts.append([])
                parts[-1] += [line for element in block["elements"] for line in _rich(element)]
            case "context":
                parts.append([str(each["text"]) for each in block["elements"]])
            case "actions":
                links += [f"{each['text']['text']}: {each['url']}" for each in block["elements"] if "url" in each]
                buttons += [each["text"]["text"] for each in block["elements"] if "url" not in each]
            case other:
                raise AssertionError(f"a block of type {other}")
    return Seen(text, tuple(map(tuple, parts)), tuple(links), tuple(buttons))


def _rich(element: Json) -> Iterator[str]:
    if element["type"] == "rich_text_list":
        for point in element["elements"]:
            yield from (f"• {line}" for line in _rich(point))
        return
    written = "".join(map(_run, element["elements"]))
    yield from (line for line in _OWN_TIME.sub("", written).replace(_LABEL_ENDS, ": ").split("\n") if line)


def _run(run: Json) -> str:
    if run["type"] == "date":
        return str(run["fallback"])
    if run["type"] == "emoji":
        return {"warning": "⚠️"}[run["name"]]
    return f"{run['text']}: {run['url']}" if run["type"] == "link" else str(run["text"])
