"""Where each lecture stands in the file, with the comments that belong to it.

A comment below a lecture that is indented deeper than its dash belongs to it. What else stands between two lectures,
empty lines and comments, belongs to the one that follows; after the last lecture, to none.
"""

import collections
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple

from yaml import YAMLError
from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from bot.schedule.editing.nodes import content_end, end_of
from bot.schedule.editing.yaml_text import BREAKS, CannotEditError, next_line, previous_line
from bot.schedule.yaml_reader import events_of

_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,5}")
_REMARK: Final = re.compile(f"[ \t]*(?:#[^{BREAKS}]*)?(?:\r\n|[{BREAKS}]|\\Z)")
_TO_COMMA: Final = re.compile(f"(?:(?<=\\s)#[^{BREAKS}]*|[^,#])*")


@dataclass(frozen=True, slots=True)
class Block:
    """The part of the file that is one lecture's."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The list of lectures: their blocks, whether the list is in brackets, and else the column of its dashes.

    The blocks of a list without brackets are whole lines, one after the other. `colon` is the place behind the colon
    after `lectures`, `opens` where the first block begins, or would; `nested` that the whole file is in brackets.
    """

    text: str
    blocks: tuple[Block, ...]
    bracketed: bool
    nested: bool
    column: int
    colon: int
    opens: int

    def block(self, lecture: str) -> Block:
        """The block of that lecture. Raises CannotEditError where there is none."""
        found = next((block for block in self.blocks if block.id == lecture), None)
        if found is None:
            raise CannotEditError("editing.unknown", {"id": lecture})
        return found

    def written(self, block: Block) -> str:
        """The text of a block."""
        return self.text[block.start : block.end]

    def with_texts(self, texts: Mapping[str, str]) -> str:
        """The file with these texts for its blocks."""
        pieces, end = [], 0
        for block in self.blocks:
            pieces += [self.text[end : block.start], texts[block.id]]
            end = block.end
        return "".join([*pieces, self.text[end:]])

    def texts(self) -> dict[str, str]:
        """Every block's text."""
        return {block.id: self.written(block) for block in self.blocks}


class _Item(NamedTuple):
    start: int
    column: int
    end: int
    id: str


class _List(NamedTuple):
    """What the events say of the list of lectures."""

    key_end: int
    start: int
    column: int
    bracketed: bool
    nested: bool
    items: list[_Item]


def lecture_id(number: str, own: str) -> str:
    """The id of a lecture with these values, each empty where there is none; empty where they are none of a lecture."""
    return own or (str(int(number)) if _NUMBER.fullmatch(number) else "")


def outline_of(text: str) -> Outline:
    """The outline of a file's text without byte order mark. Raises CannotEditError where the bot could not read the
    file."""
    try:
        found = _list_in(text)
    except (YAMLError, ValueError) as error:
        raise CannotEditError("editing.unreadable") from error
    ids = [each.id for each in found.items] if found else [""]
    if found is None or not all(ids) or len(set(ids)) < len(ids):
        raise CannotEditError("editing.unreadable")
    spans = _spans_between_commas(text, found) if found.bracketed else _spans_of_lines(text, found)
    blocks = tuple(Block(lecture, start, end) for lecture, (start, end) in zip(ids, spans, strict=True))
    opens = blocks[0].start if blocks else found.start + 1
    colon = text.index(":", found.key_end) + 1
    return Outline(text, blocks, found.bracketed, found.nested, found.column, colon, opens)


def _list_in(text: str) -> _List | None:
    get_event: Callable[[], Any] = events_of(text).get_event
    get_event()
    get_event()
    root: Any = get_event()
    if root.__class__ is not MappingStartEvent:
        return None
    found = None
    while (key := get_event()).__class__ is ScalarEvent:
        value = get_event()
        if key.value == "lectures" and value.__class__ is SequenceStartEvent and found is None:
            _refuse_properties(value)
            items = list(_items(text, get_event))
            in_brackets = bool(value.flow_style), bool(root.flow_style)
            found = _List(end_of(key), *_start(value), *in_brackets, items)
        elif value.__class__ is not ScalarEvent:
            _end_of(text, value, get_event)
    if key.__class__ is not MappingEndEvent:
        return None
    collections.deque(iter(get_event, None), maxlen=0)  # what is wrong with the rest of the file raises YAMLError
    return found


def _items(text: str, get_event: Callable[[], Any]) -> Iterator[_Item]:
    while (event := get_event()).__class__ is MappingStartEvent:
        _refuse_properties(event)
        end, number, own = _end_of(text, event, get_event)
        yield _Item(*_start(event), end, lecture_id(number, own))
    if event.__class__ is not SequenceEndEvent:
        raise CannotEditError("editing.unreadable")


def _refuse_properties(event: Any) -> None:
    """Anchors and tags are no part of a schedule, and the marks of events have them in different places."""
    if event.anchor is not None or event.tag is not None:
        raise CannotEditError("editing.unreadable")


def _start(event: Any) -> tuple[int, int]:
    """The place and the column at which an event begins."""
    return event.start_mark.index, event.start_mark.column


def _end_of(text: str, opening: object, get_event: Callable[[], Any]) -> tuple[int, str, str]:
    """Where a list or mapping ends, and the number and id in it. One loop, as it runs for every word of the file."""
    depth, awaits_key, key, found = 1, True, "", {"number": "", "id": ""}
    last: Any = opening
    while depth:
        event = get_event()
        kind = event.__class__
        if kind is ScalarEvent:
            last = event
            if depth == 1:
                if awaits_key:
                    key = event.value
                elif key in found:
                    found[key] = event.value
                awaits_key = not awaits_key
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            depth += 1
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            depth -= 1
            awaits_key = True
            if event.end_mark.index > event.start_mark.index:
                last = event
        else:
            raise CannotEditError("editing.unreadable")
    end = content_end(text, last) if last.__class__ is ScalarEvent else end_of(last)
    return end, found["number"], found["id"]


def _spans_of_lines(text: str, found: _List) -> Iterator[tuple[int, int]]:
    before = found.key_end
    starts = []
    for item in found.items:
        line = item.start - item.column
        while not text.startswith("-", line + found.column):  # the dash has a line of its own
            if line <= before:
                raise CannotEditError("editing.impossible")
            line = previous_line(text, line)
        starts.append(_border(text, before, line, found.column))
        before = item.end
    starts.append(border_below(text, before, found.column))
    return pairwise(starts)


def border_below(text: str, end: int, column: int) -> int:
    """Where what belongs to the last lecture ends, whose last value ends there."""
    remarks = next_line(text, end)
    while remarks < len(text) and (remark := _REMARK.match(text, remarks)):
        remarks = remark.end()
    return _border(text, end, remarks, column)


def _border(text: str, end: int, line: int, column: int) -> int:
    """Where what belongs to the lecture that ends there gives way to what belongs to the one that begins below."""
    border = next_line(text, end)
    if "#" not in text[border:line]:
        return border
    at = border
    while at < line:
        following = next_line(text, at)
        remark = text[at:following]
        if len(remark) - len(remark.lstrip(" \t")) > column and remark.strip():
            border = following
        at = following
    return border


def _spans_between_commas(text: str, found: _List) -> Iterator[tuple[int, int]]:
    start = found.start + 1
    for item in found.items[:-1]:
        comma = _TO_COMMA.match(text, item.end)
        end = comma.end() if comma else item.end
        yield start, end
        start = end + 1
    if found.items:
        yield start, found.items[-1].end
