"""Setting, adding and removing one value in the text of one lecture; the rest of that text stays as it is."""

import re
from typing import Final

from bot.domain.edits import FieldPath
from bot.schedule.editing.layout import Layout, is_typed, order_of, ordered
from bot.schedule.editing.nodes import Node, Step, node_of
from bot.schedule.editing.yaml_text import line_end, line_start, next_line, one_line, previous_line
from bot.schedule.yaml_reader import Tree

_COLON: Final = re.compile(r"\s*:")
_HEADER: Final = re.compile(r"[|>][-+0-9]*")


def entry_in(text: str) -> Node:
    """The lecture that a block is about."""
    root = node_of(text)
    return root.items[0] if root.items else root


def with_step(text: str, step: Step, layout: Layout) -> str:
    """The block after one step."""
    value = ordered(step.value, step.path)
    if step.kind == "set":
        return _with_value(text, step.path, value, layout)
    if step.kind == "key":
        return _with_key(text, step.path, value, layout)
    if step.kind == "item":
        return _with_item(text, step.path, value, layout)
    return _without_value(text, step.path)


def settled(text: str, column: int) -> str:
    """The block with nothing below its last value that would count as the next lecture's.

    What had been in its middle may stand at its end after an edit: empty lines there go, comments are indented.
    """
    tail = next_line(text, entry_in(text).end)
    lines = _lines(text[tail:])
    while lines and not lines[-1].strip():
        lines.pop()
    deep = [_indented_below(line, column) for line in lines]
    return text[:tail] + "".join(deep)


def _with_value(text: str, path: FieldPath, value: Tree, layout: Layout) -> str:
    """The block with that value at the path, where there is one already."""
    parent, node = _chain(text, path)[-2:]
    if not parent.is_block:
        return _with_value_in_brackets(text, path, value, layout)
    colon = _colon(text, parent, path[-1])
    opens = (_dash(text, parent, node) if colon is None else colon) + 1
    if node.is_block and colon is None:  # an item whose first key is on the line of the dash
        return text[:opens] + " " + _inline(value, path, layout, "") + text[line_end(text, node.end) :]
    gap, remark, end = _around(text, node, opens)
    if isinstance(value, str) and node.style in ("'", '"') and "\n" not in value:
        first, more = one_line(value, in_brackets=False, typed=is_typed(path), style=node.style), []
    else:
        first, *more = layout.value(value, path, parent.column, in_brackets=colon is None)
    return text[:opens] + (gap + first if first else "") + remark + _below(more, layout) + text[end:]


def _with_value_in_brackets(text: str, path: FieldPath, value: Tree, layout: Layout) -> str:
    parent, node = _chain(text, path)[-2:]
    colon = _colon(text, parent, path[-1])
    written = _inline(value, path, layout, node.style)
    if colon is None:
        return text[: node.start] + written + text[node.end :]
    if not text.startswith(":", colon):
        return text[:colon] + ": " + written + text[colon:]  # a key alone
    gap = text[colon + 1 : node.start]
    if gap.strip(" ") or (not gap and (node.start == node.end or written[0] not in "\"'[{")):
        gap = " "  # it may be missing where the key and the value are in quotes
    return text[: colon + 1] + gap + written + text[node.end :]


def _with_key(text: str, path: FieldPath, value: Tree, layout: Layout) -> str:
    """The block with one more key: the last of the path, after those that usually come before it."""
    parent = _chain(text, path[:-1])[-1]
    key = str(path[-1])
    before = _predecessor(parent, key, path[:-1])
    if not parent.is_block:
        (written,) = layout.pair(key, value, path, 0, in_brackets=True)
        if before is None:
            inner = parent.start + 1
            return text[:inner] + written + (", " if parent.pairs else "") + text[inner:]
        return text[: before.end] + ", " + written + text[before.end :]
    indent = " " * parent.column
    first, *more = layout.pair(key, value, path, parent.column)
    start = parent.pairs[0][1].start
    line = line_start(text, start)
    if before is None and not text[line:start].strip(" "):
        return text[:line] + layout.newline.join([indent + first, *more, ""]) + text[line:]
    end = line_end(text, (before or parent.pairs[0][2]).end)
    return text[:end] + _below([indent + first, *more], layout) + text[end:]


def _with_item(text: str, path: FieldPath, value: Tree, layout: Layout) -> str:
    """The block with one more item in a list that has some: at the position that ends the path."""
    parent = _chain(text, path[:-1])[-1]
    position = int(path[-1])
    before = parent.items[position - 1] if position else None
    if not parent.is_block:
        (written,) = layout.value(value, path, 0, in_brackets=True)
        if before is None:
            return text[: parent.start + 1] + written + ", " + text[parent.start + 1 :]
        return text[: before.end] + ", " + written + text[before.end :]
    lines = layout.item(value, path, parent.column)
    if before is None:
        line = line_start(text, _dash(text, parent, parent.items[0]))
        return text[:line] + layout.newline.join([*lines, ""]) + text[line:]
    end = line_end(text, before.end)
    return text[:end] + _below(lines, layout) + text[end:]


def _without_value(text: str, path: FieldPath) -> str:
    """The block without the key or item at the path, which must not be the only one there."""
    parent, node = _chain(text, path)[-2:]
    children = [(key.start, value.end) for _, key, value in parent.pairs] or [(i.start, i.end) for i in parent.items]
    start = node.start if parent.items else _key(parent, path[-1]).start
    position = next(at for at, child in enumerate(children) if child[0] == start)
    if not parent.is_block:
        if position == len(children) - 1:
            return text[: children[position - 1][1]] + text[node.end :]
        return text[:start] + text[children[position + 1][0] :]
    if parent.items:
        start = _dash(text, parent, node)
    line, end = line_start(text, start), line_end(text, node.end)
    if text[line:start].strip(" "):  # the first key, on the line of the dash: the next one takes its place
        return text[:start] + text[children[position + 1][0] :]
    return text[:line] + text[next_line(text, end) :]


def _lines(text: str) -> list[str]:
    lines, at = [], 0
    while at < len(text):
        following = next_line(text, at)
        lines.append(text[at:following])
        at = following
    return lines


def _indented_below(line: str, column: int) -> str:
    remark = line.lstrip(" \t")
    return line if len(line) - len(remark) > column or not remark.strip() else " " * (column + 2) + remark


def _chain(text: str, path: FieldPath) -> list[Node]:
    """The nodes on the way to the value, the lecture first."""
    chain = [entry_in(text)]
    for part in path:
        inner = chain[-1].items[part] if isinstance(part, int) else chain[-1].value(part)
        if inner is None:
            raise LookupError(path)
        chain.append(inner)
    return chain


def _key(parent: Node, name: str | int) -> Node:
    return next(key for each, key, _ in parent.pairs if each == name)


def _colon(text: str, parent: Node, name: str | int) -> int | None:
    """Where the colon after the key is, or would be; None for an item of a list."""
    if isinstance(name, int):
        return None
    end = _key(parent, name).end
    found = _COLON.match(text, end)
    return found.end() - 1 if found else end


def _dash(text: str, parent: Node, item: Node) -> int:
    """Where the dash of an item is."""
    line = item.start - item.column
    while not text.startswith("-", line + parent.column):
        if line <= parent.start - parent.column:
            raise LookupError(item.start)
        line = previous_line(text, line)
    return line + parent.column


def _around(text: str, node: Node, opens: int) -> tuple[str, str, int]:
    """What stands between the colon and a value, what stands behind the value, and where its last line ends."""
    end = line_end(text, node.end)
    if node.is_block:
        return " ", text[opens : line_end(text, opens)], end
    if node.start == node.end:
        return " ", text[opens:end], end
    gap = text[opens : node.start]
    if node.is_literal:
        header = _HEADER.match(text, node.start)
        remark = text[header.end() if header else node.end : line_end(text, node.start)]
        return gap, remark, max(node.end, line_end(text, node.start))
    return gap if gap.strip(" ") == "" else " ", text[node.end : end], end


def _inline(value: Tree, path: FieldPath, layout: Layout, style: str) -> str:
    """A value in brackets, or as an item of a list that is none."""
    if isinstance(value, str):
        return one_line(value, in_brackets=True, typed=is_typed(path), style=style)
    (written,) = layout.value(value, path, 0, in_brackets=True)
    return written


def _below(lines: list[str], layout: Layout) -> str:
    """Lines that follow another one."""
    return "".join(layout.newline + line for line in lines)


def _predecessor(parent: Node, key: str, path: FieldPath) -> Node | None:
    """The value after which a new key goes; None if it goes first."""
    order = order_of(path)
    if key not in order:
        return parent.pairs[-1][2] if parent.pairs else None
    rank = order.index(key)
    earlier = [(order.index(name), value) for name, _, value in parent.pairs if name in order[:rank]]
    return max(earlier, key=lambda each: each[0])[1] if earlier else None
