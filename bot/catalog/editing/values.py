"""Lectures as plain values: what an edit makes of them, and by which single steps their text can follow."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.catalog.document import Tree
from bot.catalog.editing.faults import CannotEdit
from bot.catalog.problems import FieldPath

Value = str | int | bool | None | Sequence["Value"] | Mapping[str, "Value"]
"""What a field can be set to; a date is given as the text that is to be written."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change of one value: setting one that is there, adding a key or an item, removing either."""

    kind: Literal["set", "key", "item", "remove"]
    path: FieldPath
    value: Tree = None


def plain(value: Value) -> Tree:
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
            raise CannotEdit("editing.no_list", {"field": named(path)})
        items = list(tree or ())
        if not 0 <= part < len(items) + (value is not None):
            raise CannotEdit("editing.no_item", {"position": part + 1, "length": len(items)})
        inner = changed(items[part] if part < len(items) else None, rest, value)
        items[part : part + 1] = [] if inner is None else [inner]
        return items or None
    if not isinstance(tree, dict | None):
        raise CannotEdit("editing.no_mapping", {"field": named(path)})
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
