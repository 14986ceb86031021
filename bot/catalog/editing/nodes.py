"""The values of a small piece of YAML together with the places where they are written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from yaml import YAMLError
from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from bot.catalog.document import NOTHING, Tree, events_of
from bot.catalog.editing.faults import CannotEdit
from bot.catalog.editing.lines import BREAKS, without_break

_BEGINNINGS: Final = (ScalarEvent, SequenceStartEvent, MappingStartEvent)
_DEEPEST: Final = 20
"""Levels of a value; a lecture has four."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value, where it begins and ends, and in which column; a block ends with the last value in it.

    `style` is the first character of a scalar that is not plain, and the opening bracket of what is in brackets.
    """

    tree: Tree
    start: int
    end: int
    column: int
    style: str = ""
    pairs: list[tuple[str, "Node", "Node"]] = field(default_factory=list)
    items: list["Node"] = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        """Whether it is a list or mapping without brackets, which takes lines of its own."""
        return isinstance(self.tree, list | dict) and not self.style

    @property
    def is_literal(self) -> bool:
        """Whether it is a text after `|` or `>`."""
        return self.style in ("|", ">")

    def value(self, key: str) -> "Node | None":
        """What a mapping has under that key."""
        return next((value for name, _, value in self.pairs if name == key), None)


def node_of(text: str) -> Node:
    """The one value in the text. Raises CannotEdit where a schedule file could not say so."""
    try:
        events = events_of(text)
        events.get_event()
        events.get_event()
        return _node(text, events.get_event(), events.get_event, 0)
    except (YAMLError, ValueError) as error:
        raise CannotEdit("editing.unreadable") from error


def end_of(event: Any) -> int:
    """Where the parser says that the event ends."""
    return int(event.end_mark.index)


def content_end(text: str, event: Any) -> int:
    """Where the line breaks off in which the scalar ends: after a literal the parser's mark stands some lines below."""
    end = end_of(event)
    if not event.style or event.style not in "|>":
        return end
    start = int(event.start_mark.index)
    written = text[start:end]
    kept = "+" in written[:3]
    return start + len(without_break(written) if kept else written.rstrip(" \t" + BREAKS))


def _node(text: str, event: Any, get_event: Callable[[], Any], depth: int) -> Node:
    kind = event.__class__
    if kind not in _BEGINNINGS or event.anchor is not None or event.tag is not None or depth > _DEEPEST:
        raise CannotEdit("editing.unreadable")
    start, column = int(event.start_mark.index), int(event.start_mark.column)
    if kind is ScalarEvent:
        style = event.style or ""
        nothing = not style and event.value in NOTHING
        return Node(None if nothing else event.value, start, content_end(text, event), column, style)
    opening = text[start] if event.flow_style else ""
    if kind is SequenceStartEvent:
        items = []
        while (event := get_event()).__class__ is not SequenceEndEvent:
            items.append(_node(text, event, get_event, depth + 1))
        end = end_of(event) if opening else items[-1].end if items else start
        return Node([item.tree for item in items], start, end, column, opening, items=items)
    pairs = []
    while (event := get_event()).__class__ is ScalarEvent:
        key = _node(text, event, get_event, depth + 1)
        pairs.append((event.value, key, _node(text, get_event(), get_event, depth + 1)))
    tree: Tree = {name: value.tree for name, _, value in pairs}
    if event.__class__ is not MappingEndEvent or len(pairs) > len({name for name, _, _ in pairs}):
        raise CannotEdit("editing.unreadable")
    end = end_of(event) if opening else pairs[-1][2].end if pairs else start
    return Node(tree, start, end, column, opening, pairs=pairs)
