"""The values of a small piece of YAML together with the places where they are written."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from yaml import YAMLError
from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from bot.domain.edits import FieldPath, FieldValue
from bot.schedule.editing.yaml_text import BREAKS, CannotEditError, without_break
from bot.schedule.yaml_reader import NOTHING, Tree, events_of

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
    """The one value in the text. Raises CannotEditError where a schedule file could not say so."""
    try:
        events = events_of(text)
        events.get_event()
        events.get_event()
        return _node(text, events.get_event(), events.get_event, 0)
    except (YAMLError, ValueError) as error:
        raise CannotEditError("editing.unreadable") from error


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
        raise CannotEditError("editing.unreadable")
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
        raise CannotEditError("editing.unreadable")
    end = end_of(event) if opening else pairs[-1][2].end if pairs else start
    return Node(tree, start, end, column, opening, pairs=pairs)


"""What a field can be set to; a date is given as the text that is to be written."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change of one value: setting one that is there, adding a key or an item, removing either."""

    kind: Literal["set", "key", "item", "remove"]
    path: FieldPath
    value: Tree = None


def plain(value: FieldValue) -> Tree:
    """The value as the file will say it: every scalar a text, and nothing that is empty."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool | int):
        return str(value).lower()
    if isinstance(value, Mapping):
        pairs = {key: plain(each) for key, each in value.items()}
        return {key: each for key, each in pairs.items() if each is not None} or None
    return [each for each in map(plain, value) if each is not None] or None


def changed(tree: Tree, path: FieldPath, value: Tree) -> Tree:
    """The tree with that value at the path; None removes what is there, and what is empty without it."""
    if not path:
        return value
    part, rest = path[0], path[1:]
    if isinstance(part, int):
        if not isinstance(tree, list | None):
            raise CannotEditError("editing.no_list", {"field": named(path)})
        items = list(tree or ())
        if not 0 <= part < len(items) + (value is not None):
            raise CannotEditError("editing.no_item", {"position": part + 1, "length": len(items)})
        inner = changed(items[part] if part < len(items) else None, rest, value)
        items[part : part + 1] = [] if inner is None else [inner]
        return items or None
    if not isinstance(tree, dict | None):
        raise CannotEditError("editing.no_mapping", {"field": named(path)})
    inner = changed((tree or {}).get(part), rest, value)
    pairs = {key: each for key, each in (tree or {}).items() if key != part or inner is not None}
    return (pairs | ({part: inner} if inner is not None else {})) or None


def steps(old: Tree, new: Tree, path: FieldPath = ()) -> Iterator[Step]:
    """What leads from one tree to the other, one after the other, and touches nothing that is in both."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        for key, value in new.items():
            if key in old:
                yield from steps(old[key], value, (*path, key))
            else:
                yield Step("key", (*path, key), value)
        for key in old.keys() - new.keys():
            yield Step("remove", (*path, key))
    elif isinstance(old, list) and isinstance(new, list) and old and new:
        yield from _steps_of_list(old, new, path)
    else:
        yield Step("set", path, new)


def named(path: FieldPath) -> str:
    """The field at the path as people name it, positions counted from 1."""
    written = ""
    for part in path:
        written += f".{part}" if isinstance(part, str) else f"[{part + 1}]"
    return written.removeprefix(".")


def _steps_of_list(old: list[Tree], new: list[Tree], path: FieldPath) -> Iterator[Step]:
    """Items that are the same at the beginning and at the end are left alone."""
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    kept = 0
    while kept < min(len(old), len(new)) - same and old[-1 - kept] == new[-1 - kept]:
        kept += 1
    common = min(len(old), len(new)) - kept
    for position in range(same, common):
        yield from steps(old[position], new[position], (*path, position))
    for position in range(common, len(new) - kept):
        yield Step("item", (*path, position), new[position])
    for position in reversed(range(common, len(old) - kept)):
        yield Step("remove", (*path, position))
