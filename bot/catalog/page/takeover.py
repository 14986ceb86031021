"""The schedule's file with what the page has otherwise."""

from collections.abc import Iterable

from bot.catalog.editing import Edit as FileEdit
from bot.catalog.editing import edited, with_lecture
from bot.catalog.page.sides import Edit, mapping


def taken_over(text: str, edits: Iterable[Edit]) -> str:
    """The file's text with these edits in it. Raises CannotEdit."""
    changed: list[FileEdit] = []
    for each in edits:
        if each.path:
            changed.append(FileEdit(each.number, each.path, each.value))
        else:
            text = with_lecture(text, mapping(each.value))
    return edited(text, changed) if changed else text
