"""What the bot does to lectures: setting and removing fields, adding and removing whole lectures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final

from bot.domain.edits import FieldEdit, FieldValue
from bot.domain.lecture import rank
from bot.schedule.editing.layout import Layout, layout_of, ordered, texts_in
from bot.schedule.editing.nodes import changed, plain, steps
from bot.schedule.editing.outline import Outline, border_below, lecture_id, outline_of
from bot.schedule.editing.shorthand import in_full, in_short
from bot.schedule.editing.splices import entry_in, settled, with_step
from bot.schedule.editing.yaml_text import BREAKS, CannotEditError, is_broken, newline_of, without_break
from bot.schedule.yaml_reader import Tree

_NOTHING: Final = " []"
_COMMA: Final = re.compile(r"\s*,")


def place_of(outline: Outline, lecture: str) -> int:
    """The position for a new lecture: by its id, in the direction in which the file counts."""
    ranks = [rank(block.id) for block in outline.blocks]
    if len(ranks) > 1 and ranks == sorted(ranks, reverse=True):
        return sum(each > rank(lecture) for each in ranks)
    smaller = [each for each in ranks if each < rank(lecture)]
    return ranks.index(max(smaller)) + 1 if smaller else 0


def takes_lines(outline: Outline) -> bool:
    """Whether a lecture in this file is a block of lines, or will be as the first one."""
    if outline.blocks or outline.nested:
        return not outline.bracketed
    return outline.text.startswith(_NOTHING, outline.colon)


def with_block(outline: Outline, position: int, written: str, column: int | None) -> str:
    """The file with another block at that position; `column` is that of its dash, None for one in brackets."""
    text = outline.text
    if column is None:
        if not outline.blocks:
            return text[: outline.opens] + written + text[outline.opens :]
        if position == 0:
            return text[: outline.opens] + written + "," + text[outline.opens :]
        at = outline.blocks[position - 1].end
        return text[:at] + "," + written + text[at:]
    if outline.blocks:
        at = outline.blocks[position - 1].end if position else outline.opens
    else:
        text = text[: outline.colon] + text[outline.colon + len(_NOTHING) :]
        at = border_below(text, outline.colon, column)
    if at == len(text):
        return broken(text, newline_of(text)) + written
    return text[:at] + broken(written, newline_of(text)) + text[at:]


def without_block(outline: Outline, position: int) -> str:
    """The file without the block at that position."""
    text, block = outline.text, outline.blocks[position]
    start, end = block.start, block.end
    if outline.bracketed:
        if len(outline.blocks) == 1:
            comma = _COMMA.match(text, end)
            return text[:start] + text[comma.end() if comma else end :]
        if position == len(outline.blocks) - 1:
            return text[: outline.blocks[position - 1].end] + text[end:]
        return text[:start] + text[end + 1 :]
    nothing = _NOTHING if len(outline.blocks) == 1 else ""
    return text[: outline.colon] + nothing + text[outline.colon : start] + text[end:]


def broken(written: str, newline: str) -> str:
    """The text with a break at its end."""
    return written if is_broken(written) else written + newline


def checked(text: str, expected: Mapping[str, str], exact: str | None = None) -> str:
    """The text, if these are its lectures' blocks. Raises CannotEditError for a file that can't be edited in this way.

    What may differ is the break after the last block, and in brackets the blanks around the commas; but not what
    the lecture `exact` says.
    """
    outline = outline_of(text)
    bare = str.strip if outline.bracketed else without_break
    found = outline.texts()
    if found.keys() != expected.keys() or any(bare(found[each]) != bare(expected[each]) for each in found):
        raise CannotEditError("editing.impossible")
    if exact is not None and entry_in(found[exact]).tree != entry_in(expected[exact]).tree:
        raise CannotEditError("editing.impossible")
    return text


MARK: Final = "\ufeff"
"""The byte order mark that some editors put before everything."""

_EXAMPLES: Final = 8
"""Lectures from which is learnt how the file is laid out."""

_EMPTY_LINES: Final = re.compile(f"(?:[ \t]*(?:\r\n|[{BREAKS}]))*")


def edited(text: str, edits: Sequence[FieldEdit]) -> str:
    """The file's text after these edits. Raises CannotEditError, and nothing else, if one of them can't be made.

    What the values mean is not looked at: that is up to who reads the result.
    """
    body = text.removeprefix(MARK)
    outline = outline_of(body)
    texts = outline.texts()
    for lecture in dict.fromkeys(edit.lecture for edit in edits):
        block = outline.block(lecture)
        tree = entry_in(texts[lecture]).tree
        for edit in edits:
            if edit.lecture == lecture:
                tree = _after(tree, edit)
        layout = _layout(outline, outline.blocks.index(block))
        texts[lecture] = _rewritten(texts[lecture], tree, layout, None if outline.bracketed else outline.column)
    return text[: len(text) - len(body)] + checked(outline.with_texts(texts), texts)


def with_lecture(text: str, entry: Mapping[str, FieldValue]) -> str:
    """The file's text with one more lecture, in the order of the ids. Raises CannotEditError."""
    body = text.removeprefix(MARK)
    outline = outline_of(body)
    tree = in_short(_encodable(plain(entry)))
    lecture = id_in(tree)
    texts = outline.texts()
    if lecture in texts:
        raise CannotEditError("editing.known", {"id": lecture})
    position = place_of(outline, lecture)
    column = (outline.column if outline.blocks else 2) if takes_lines(outline) else None
    for written in _new_blocks(outline, position, tree, column):
        with suppress(CannotEditError):
            if entry_in(written).tree == tree:
                result = with_block(outline, position, written, column)
                return text[: len(text) - len(body)] + checked(result, {**texts, lecture: written}, lecture)
    raise CannotEditError("editing.impossible")


def without_lecture(text: str, lecture: str) -> str:
    """The file's text without that lecture and the comments that belong to it. Raises CannotEditError."""
    body = text.removeprefix(MARK)
    outline = outline_of(body)
    position = outline.blocks.index(outline.block(lecture))
    texts = outline.texts()
    del texts[lecture]
    return text[: len(text) - len(body)] + checked(without_block(outline, position), texts)


def entry_of(text: str, lecture: str) -> Tree:
    """What the file says of that lecture, every scalar as the text that is written. Raises CannotEditError."""
    outline = outline_of(text.removeprefix(MARK))
    return entry_in(outline.written(outline.block(lecture))).tree


def _after(tree: Tree, edit: FieldEdit) -> Tree:
    after = in_short(changed(in_full(tree, edit.path), edit.path, _encodable(plain(edit.value))))
    if id_in(after) != edit.lecture:
        raise CannotEditError("editing.number")
    return after


def id_in(tree: Tree) -> str:
    """The id in a lecture's values. Raises CannotEditError where there is none."""
    if isinstance(tree, dict):
        number, own = (each if isinstance(each, str) else "" for each in (tree.get("number"), tree.get("id")))
        if found := lecture_id(number, own):
            return found
    raise CannotEditError("editing.number")


def _encodable(tree: Tree) -> Tree:
    """The tree, if it can be saved: half a character, which some programs make of an emoji, can't."""
    try:
        for text in texts_in(tree):
            text.encode()
    except UnicodeEncodeError as error:
        raise CannotEditError("editing.character") from error
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
        except (LookupError, ValueError, CannotEditError):
            continue  # the text is written in a way that the splices don't expect
    raise CannotEditError("editing.impossible")


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
