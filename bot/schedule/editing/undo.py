"""A lecture as it stands in the file, kept so that it can be put back: that is what undo does."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from bot.domain.edits import FieldEdit
from bot.domain.lecture import in_order
from bot.schedule.editing.apply import (
    MARK,
    broken,
    checked,
    edited,
    id_in,
    place_of,
    takes_lines,
    with_block,
    with_lecture,
    without_lecture,
)
from bot.schedule.editing.nodes import node_of
from bot.schedule.editing.outline import Outline, outline_of
from bot.schedule.editing.splices import entry_in
from bot.schedule.editing.yaml_text import CannotEditError, is_broken, newline_of, without_break


@dataclass(frozen=True, slots=True)
class Entry:
    """The exact text of a lecture with the comments that belong to it, and the id of the one before it.

    `text` is None where there is no such lecture; then putting it back takes the lecture out again. `open_end` tells
    of a file whose last line lacks its break.
    """

    lecture: str
    text: str | None
    after: str | None = None
    open_end: bool = False


def entry(text: str, lecture: str) -> Entry:
    """That lecture as it stands in the file. Raises CannotEditError if the file can't be read."""
    outline = outline_of(text.removeprefix(MARK))
    position = next((at for at, block in enumerate(outline.blocks) if block.id == lecture), None)
    if position is None:
        return Entry(lecture, None, open_end=not is_broken(text))
    before = outline.blocks[position - 1].id if position else None
    return Entry(lecture, outline.written(outline.blocks[position]), before, not is_broken(text))


def with_entry(text: str, kept: Entry) -> str:
    """The file's text with that lecture as it was, whatever has been done to it since. Raises CannotEditError.

    If nothing else in the file has changed since, the file is again what it was, byte for byte. If the file is laid
    out in another way by now, the lecture is written in that way, without its comments.
    """
    body = text.removeprefix(MARK)
    outline = outline_of(body)
    if kept.text is None:
        rest = without_lecture(text, kept.lecture)
        was_last = outline.block(kept.lecture).end == len(body)
        return without_break(rest) if kept.open_end and was_last else rest
    tree = entry_in(kept.text).tree
    if id_in(tree) != kept.lecture:
        raise CannotEditError("editing.number")
    with suppress(CannotEditError):
        return text[: len(text) - len(body)] + _put_back(outline, kept.lecture, kept.text, kept.after)
    if any(block.id == kept.lecture for block in outline.blocks):
        return edited(text, [FieldEdit(kept.lecture, (), tree)])
    return with_lecture(text, tree if isinstance(tree, dict) else {})


def _put_back(outline: Outline, lecture: str, written: str, after: str | None) -> str:
    root = node_of(written)
    column = root.column if root.is_block and root.items else None
    if outline.blocks and column != (None if outline.bracketed else outline.column):
        raise CannotEditError("editing.impossible")
    if not outline.blocks and column is not None and not takes_lines(outline):
        raise CannotEditError("editing.impossible")
    texts = outline.texts()
    if lecture in texts:
        if column is not None and outline.block(lecture).end < len(outline.text):
            written = broken(written, newline_of(outline.text))
        texts[lecture] = written
        return checked(outline.with_texts(texts), texts, lecture)
    position = 0
    if after is not None:
        position = list(texts).index(after) + 1 if after in texts else place_of(outline, lecture)
    return checked(with_block(outline, position, written, column), {**texts, lecture: written}, lecture)


def with_entries(text: str, source: str, lectures: Iterable[str]) -> str:
    """The text with these lectures as they are in another one. Raises CannotEditError."""
    for lecture in lectures:
        kept = entry(source, lecture)
        if kept.text is not None or entry(text, lecture).text is not None:
            text = with_entry(text, kept)
    return text


def merged(text: str, base: str, other: str) -> str:
    """The text with the lectures that others have changed since both were `base`, but those that it changed itself.

    Raises CannotEditError.
    """
    ours, theirs, before = _lectures(text), _lectures(other), _lectures(base)
    lectures = in_order((*theirs, *before))
    changed = (each for each in lectures if theirs.get(each) != before.get(each) and ours.get(each) == before.get(each))
    return with_entries(text, other, changed)


def _lectures(text: str) -> Mapping[str, str]:
    return outline_of(text.removeprefix(MARK)).texts()
