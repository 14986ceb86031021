"""What the bot does to lectures: setting and removing fields, adding and removing whole lectures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from bot.catalog.document import Tree
from bot.catalog.editing.faults import CannotEdit
from bot.catalog.editing.layout import Layout, layout_of, ordered, texts_in
from bot.catalog.editing.lines import BREAKS, newline_of
from bot.catalog.editing.outline import Outline, outline_of
from bot.catalog.editing.places import broken, checked, place_of, takes_lines, with_block, without_block
from bot.catalog.editing.splices import entry_in, settled, with_step
from bot.catalog.editing.values import Value, changed, plain, steps
from bot.catalog.problems import FieldPath

MARK: Final = "\ufeff"
"""The byte order mark that some editors put before everything."""

_EXAMPLES: Final = 8
"""Lectures from which is learnt how the file is laid out."""

_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,5}")
_EMPTY_LINES: Final = re.compile(f"(?:[ \t]*(?:\r\n|[{BREAKS}]))*")


@dataclass(frozen=True, slots=True)
class Edit:
    """The new value of one field of one lecture; None removes it.

    `path` leads to it by the keys of lectures.yaml and positions from 0: `("venue", "room")`, `("materials", 1)`. The
    position after the last one appends. What is missing on the way is made, what is left empty is removed.
    """

    number: int
    path: FieldPath
    value: Value


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The file's text after these edits. Raises CannotEdit, and nothing else, if one of them can't be made.

    What the values mean is not looked at: that is up to who reads the result.
    """
    body = text.removeprefix(MARK)
    outline = outline_of(body)
    texts = outline.texts()
    for number in dict.fromkeys(edit.number for edit in edits):
        block = outline.block(number)
        tree = entry_in(texts[number]).tree
        for edit in edits:
            if edit.number == number:
                tree = _after(tree, edit)
        layout = _layout(outline, outline.blocks.index(block))
        texts[number] = _rewritten(texts[number], tree, layout, None if outline.bracketed else outline.column)
    return text[: len(text) - len(body)] + checked(outline.with_texts(texts), texts)


def with_lecture(text: str, entry: Mapping[str, Value]) -> str:
    """The file's text with one more lecture, in the order of the numbers. Raises CannotEdit."""
    body = text.removeprefix(MARK)
    outline = outline_of(body)
    tree = _encodable(plain(entry))
    number = number_in(tree)
    texts = outline.texts()
    if number in texts:
        raise CannotEdit("editing.known", {"number": number})
    position = place_of(outline, number)
    column = (outline.column if outline.blocks else 2) if takes_lines(outline) else None
    for written in _new_blocks(outline, position, tree, column):
        with suppress(CannotEdit):
            if entry_in(written).tree == tree:
                result = with_block(outline, position, written, column)
                return text[: len(text) - len(body)] + checked(result, {**texts, number: written}, number)
    raise CannotEdit("editing.impossible")


def without_lecture(text: str, number: int) -> str:
    """The file's text without that lecture and the comments that belong to it. Raises CannotEdit."""
    body = text.removeprefix(MARK)
    outline = outline_of(body)
    position = outline.blocks.index(outline.block(number))
    texts = outline.texts()
    del texts[number]
    return text[: len(text) - len(body)] + checked(without_block(outline, position), texts)


def entry_of(text: str, number: int) -> Tree:
    """What the file says of that lecture, every scalar as the text that is written. Raises CannotEdit."""
    outline = outline_of(text.removeprefix(MARK))
    return entry_in(outline.written(outline.block(number))).tree


def _after(tree: Tree, edit: Edit) -> Tree:
    after = changed(tree, edit.path, _encodable(plain(edit.value)))
    if number_in(after) != edit.number:
        raise CannotEdit("editing.number")
    return after


def number_in(tree: Tree) -> int:
    """The number in a lecture's values. Raises CannotEdit where there is none."""
    number = tree.get("number") if isinstance(tree, dict) else None
    if not isinstance(number, str) or not _NUMBER.fullmatch(number):
        raise CannotEdit("editing.number")
    return int(number)


def _encodable(tree: Tree) -> Tree:
    """The tree, if it can be saved: half a character, which some programs make of an emoji, can't."""
    try:
        for text in texts_in(tree):
            text.encode()
    except UnicodeEncodeError as error:
        raise CannotEdit("editing.character") from error
    return tree


def _rewritten(text: str, tree: Tree, layout: Layout, column: int | None) -> str:
    """The block of a lecture with these values; `column` is that of its dash, if it has one."""
    before = entry_in(text).tree
    for attempt in (layout, replace(layout, literals=False)):
        try:
            written = text
            for step in steps(before, tree):
                written = with_step(written, step, attempt)
            if column is not None and written != text:
                written = settled(written, column)
            if entry_in(written).tree == tree:
                return written
        except (LookupError, ValueError, CannotEdit):
            continue  # the text is written in a way that the splices don't expect
    raise CannotEdit("editing.impossible")


def _new_blocks(outline: Outline, position: int, tree: Tree, column: int | None) -> Iterator[str]:
    """The block of a new lecture: as in the rest of the file, or else simpler."""
    layout = _layout(outline, position - 1)
    entry = ordered(tree)
    if column is None:
        yield (" " if outline.blocks and position else "") + layout.value(entry, (), 0, in_brackets=True)[0]
        return
    lines = layout.newline.join(layout.item(entry, (), column))
    yield broken(_separator(outline, position, layout) + lines, layout.newline)
    yield broken(lines, layout.newline)
    yield layout.newline.join(replace(layout, literals=False).item(entry, (), column))


def _separator(outline: Outline, position: int, layout: Layout) -> str:
    """The empty lines before a new lecture, as there are before its neighbour; none before the first."""
    if position == 0:
        return ""
    if len(outline.blocks) == 1:
        return "" if layout.bracketed.get(()) else layout.newline
    neighbour = outline.written(outline.blocks[max(1, position - 1)])
    found = _EMPTY_LINES.match(neighbour)
    return found[0] if found else ""


def _layout(outline: Outline, position: int) -> Layout:
    """The manner of the file around a lecture."""
    near = sorted(range(len(outline.blocks)), key=lambda each: abs(each - position))[:_EXAMPLES]
    entries = [entry_in(outline.written(outline.blocks[each])) for each in near]
    dash = 2 if outline.bracketed else outline.column
    return layout_of(entries, newline_of(outline.text), dash)
