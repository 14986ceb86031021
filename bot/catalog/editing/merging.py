"""Lectures taken over from another version of the file."""

from collections.abc import Iterable, Mapping

from bot.catalog.editing.edits import MARK
from bot.catalog.editing.outline import outline_of
from bot.catalog.editing.undo import entry, with_entry


def with_entries(text: str, source: str, numbers: Iterable[int]) -> str:
    """The text with these lectures as they are in another one. Raises CannotEdit."""
    for number in numbers:
        kept = entry(source, number)
        if kept.text is not None or entry(text, number).text is not None:
            text = with_entry(text, kept)
    return text


def merged(text: str, base: str, other: str) -> str:
    """The text with the lectures that others have changed since both were `base`, but those that it changed itself.

    Raises CannotEdit.
    """
    ours, theirs, before = _lectures(text), _lectures(other), _lectures(base)
    numbers = sorted({*theirs, *before})
    changed = (each for each in numbers if theirs.get(each) != before.get(each) and ours.get(each) == before.get(each))
    return with_entries(text, other, changed)


def _lectures(text: str) -> Mapping[int, str]:
    return outline_of(text.removeprefix(MARK)).texts()
