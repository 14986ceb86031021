"""What people read of a message on either platform, as plain lines: the same lines where both say the same."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]

_COUNTDOWN = re.compile(r" <t:\d+:R>| ?[(（](?:あと\d+日|本日|明日|開催中|in \d+ days?|today|tomorrow|under way)[)）]")
"""How far away a time is: Discord tells it by itself, elsewhere only answers do."""

_BESIDE = " · "
"""What stands between facts in one line on Discord; on Slack they are fields."""


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
    """A message as the API gives it, in the older layout or, if it has no content, in the newer one."""
    if not message["content"] and message["components"] and message["components"][0]["type"] == _TEXT:
        return _laid_out(message["components"])
    headline, _, note = str(message["content"]).partition("\n-# ")
    parts = [tuple(_embed(each)) for each in message["embeds"]]
    pressed = [each for row in message["components"] for each in row["components"]]
    return Seen(_plain(headline), tuple([*parts, (_plain(note),)] if note else parts), *_pressed(pressed))


_TEXT, _BUTTON = 10, 2


def _laid_out(components: Iterable[Json]) -> Seen:
    first, *others = components
    parts = [[line for text in _texts([each]) for line in _lines(text)] for each in others]
    pressed = [each for each in _every(others) if each["type"] == _BUTTON]
    return Seen(_plain(str(first["content"])), tuple(tuple(each) for each in parts if each), *_pressed(pressed))


def _every(components: Iterable[Json]) -> Iterator[Json]:
    for each in components:
        yield each
        yield from _every([*each.get("components", ()), *([each["accessory"]] if each.get("accessory") else [])])


def _texts(components: Iterable[Json]) -> Iterator[str]:
    yield from (str(each["content"]) for each in _every(components) if each["type"] == _TEXT)


def _pressed(buttons: Iterable[Json]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    every = list(buttons)
    return (
        tuple(f"{each['label']}: {each['url']}" for each in every if "url" in each),
        tuple(each["label"] for each in every if "custom_id" in each and "label" in each),
    )


def _embed(embed: Json) -> Iterator[str]:
    if title := embed.get("title"):
        yield _plain(title)
    yield from _lines(embed.get("description") or "")
    if footer := embed.get("footer"):
        yield _plain(footer["text"])


def _lines(markdown: str) -> Iterator[str]:
    for line in _COUNTDOWN.sub("", markdown).split("\n"):
        for text in line.removeprefix("### ").removeprefix("-# ").split(_BESIDE):
            if text:
                bullet = text.removeprefix("- ")
                yield _plain((f"• {bullet}" if bullet != text else text).replace("**", ""))


def _plain(text: str) -> str:
    """Markdown as it is shown: commands by their names, without what keeps characters from being markup, with plain
    spaces and addresses."""
    text = re.sub(r"<(/[\w -]+):\d+>", r"\1", text)
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
            case "section" if "fields" in block:
                parts[-1] += [_field(each) for each in block["fields"]]
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
    for line in _COUNTDOWN.sub("", written).split("\n"):
        yield from (text for text in line.split(_BESIDE) if text)


def _field(field: Json) -> str:
    text = re.sub(r"<([^|>]+)\|([^>]+)>", r"\2: \1", field["text"]) if field["type"] == "mrkdwn" else field["text"]
    return _COUNTDOWN.sub("", str(text))


def _run(run: Json) -> str:
    if run["type"] == "emoji":
        return {"warning": "⚠️"}[run["name"]]
    return f"{run['text']}: {run['url']}" if run["type"] == "link" else str(run["text"])
