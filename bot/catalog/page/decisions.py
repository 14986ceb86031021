"""Which fields people have set from chat, found in the versions of the schedule."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import pairwise
from typing import Final

from bot.catalog.document import Tree
from bot.catalog.editing import CannotEdit, entry_of
from bot.catalog.page.judging import Place
from bot.catalog.page.sides import Difference, Path
from bot.commands.revisions import Revision, Revisions
from bot.domain.audience import address

_LOOKED_AT: Final = 24
"""Versions of a lecture in which is looked for the one that set a field."""


async def decided(revisions: Revisions, differences: Iterable[Difference], since: datetime | None) -> frozenset[Place]:
    """The fields among these whose present value people set from chat, after that instant if there is one.

    Raises LedgerUnavailable.
    """
    paths: dict[int, set[Path]] = {}
    for each in differences:
        if each.path:
            paths.setdefault(each.number, set()).add(each.path)
    found: set[Place] = set()
    for number, some in paths.items():
        versions = await revisions.latest(_LOOKED_AT, number)
        if versions and (before := await revisions.revision(versions[-1].id - 1)):
            versions.append(before)
        found |= await asyncio.to_thread(_set_by_people, versions, number, some, since)
    return frozenset(found)


def _set_by_people(
    versions: Sequence[Revision], number: int, paths: Collection[Path], since: datetime | None
) -> set[Place]:
    """`versions` are the latest first; each has the one before it behind it."""
    entries = [_entry(each.text, number) for each in versions]
    found: set[Place] = set()
    for path in paths:
        values = [_value(each, path) for each in entries]
        for version, (after, before) in zip(versions, pairwise(values), strict=False):
            if after != before:
                if address(version.who) and (since is None or version.at > since):
                    found.add((number, path))
                break
    return found


def _entry(text: str, number: int) -> Tree:
    with suppress(CannotEdit):
        return entry_of(text, number)
    return None


def _value(tree: Tree, path: Path) -> Tree:
    for part in path:
        tree = tree.get(part) if isinstance(tree, dict) and isinstance(part, str) else None
    return tree
