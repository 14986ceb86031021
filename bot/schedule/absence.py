"""What a version of the file lacks that the one before had: the file may be cut off, or just being written."""

from collections.abc import Iterator
from typing import Final

from bot.domain.edits import FieldPath
from bot.schedule.yaml_reader import Tree

_IDENTITIES: Final = ("id", "number")


def lacking(before: Tree, after: Tree, path: FieldPath = ()) -> FieldPath | None:
    """The first place, in the version before, of a value that is not there any more, or of a text that is cut short.

    Items of a list are compared by their identity if they have one, else by their position.
    """
    if before is None:
        return None
    if isinstance(before, str) and isinstance(after, str):
        return path if after != before and before.startswith(after) else None
    if isinstance(before, str) and after is not None:
        return None
    if type(before) is not type(after):
        return path
    found = (lacking(each, counterpart, (*path, key)) for key, each, counterpart in _pairs(before, after))
    return next((each for each in found if each is not None), None)


def _pairs(before: Tree, after: Tree) -> Iterator[tuple[str | int, Tree, Tree]]:
    """What is in a mapping or list, with what is there in the other one."""
    if isinstance(before, dict) and isinstance(after, dict):
        yield from ((key, value, after.get(key)) for key, value in before.items())
    elif isinstance(before, list) and isinstance(after, list):
        others = {_identity(each, position): each for position, each in enumerate(after)}
        for position, each in enumerate(before):
            yield position, each, others.get(_identity(each, position))


def _identity(item: Tree, position: int) -> str | int:
    own = (item.get(name) for name in _IDENTITIES) if isinstance(item, dict) else ()
    return next((each for each in own if isinstance(each, str)), position)
