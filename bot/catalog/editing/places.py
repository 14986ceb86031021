"""Putting whole lectures into the list and taking them out; blocks are taken as they are."""

import re
from collections.abc import Mapping
from typing import Final

from bot.catalog.editing.faults import CannotEdit
from bot.catalog.editing.lines import is_broken, newline_of, without_break
from bot.catalog.editing.outline import Outline, border_below, outline_of
from bot.catalog.editing.splices import entry_in

_NOTHING: Final = " []"
_COMMA: Final = re.compile(r"\s*,")


def place_of(outline: Outline, number: int) -> int:
    """The position for a new lecture: by number, in the direction in which the file counts."""
    numbers = [block.number for block in outline.blocks]
    if len(numbers) > 1 and numbers == sorted(numbers, reverse=True):
        return sum(each > number for each in numbers)
    smaller = [each for each in numbers if each < number]
    return numbers.index(max(smaller)) + 1 if smaller else 0


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


def checked(text: str, expected: Mapping[int, str], exact: int | None = None) -> str:
    """The text, if these are its lectures' blocks. Raises CannotEdit for a file that can't be edited in this way.

    What may differ is the break after the last block, and in brackets the blanks around the commas; but not what
    the lecture `exact` says.
    """
    outline = outline_of(text)
    bare = str.strip if outline.bracketed else without_break
    found = outline.texts()
    if found.keys() != expected.keys() or any(bare(found[each]) != bare(expected[each]) for each in found):
        raise CannotEdit("editing.impossible")
    if exact is not None and entry_in(found[exact]).tree != entry_in(expected[exact]).tree:
        raise CannotEdit("editing.impossible")
    return text
