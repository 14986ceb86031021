"""What becomes of what the source has otherwise: taken over by itself, asked about, or left as people decided.

The version of the source that was dealt with last stands between the two: what it had already is nothing new on the
page, so that somebody has decided otherwise in the schedule.
"""

import asyncio
import json
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import pairwise
from typing import Final

from bot.domain.edits import FieldPath
from bot.domain.subscriptions import address
from bot.schedule.absence import lacking
from bot.schedule.editing import CannotEditError, entry_of
from bot.schedule.revisions import Revision, Revisions
from bot.schedule.yaml_reader import Tree
from bot.sources.diff import Differences
from bot.sources.model import Difference, SourceReading, SourceWarning

Place = tuple[str, FieldPath]
"""The number of a lecture and a field of it."""

_TOKEN: Final = 10
_POSTPONED: Final = "postponed"
_STARTS: Final = ("starts",)
_ENDS: Final = ("ends",)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The source beside the schedule on that day, and the version of it that was dealt with last, if any was."""

    today: date
    reading: SourceReading
    found: Differences
    before: SourceReading | None
    former: Differences

    @property
    def news(self) -> tuple[Difference, ...]:
        """What the source has otherwise, and had not before."""
        known = {_stated(each) for each in self.former.differences}
        return tuple(each for each in self.found.differences if _stated(each) not in known)


@dataclass(frozen=True, slots=True)
class Review:
    """What becomes of each difference.

    `plain` raises no question and `doubtful` does; for `conflicts`, people decided otherwise. `fresh` are those of the
    `warnings` that the version before did not have.
    """

    plain: tuple[Difference, ...]
    doubtful: tuple[Difference, ...]
    conflicts: tuple[Difference, ...]
    warnings: tuple[SourceWarning, ...]
    fresh: tuple[SourceWarning, ...]

    @property
    def open(self) -> tuple[Difference, ...]:
        """What is still to be decided, by whomever."""
        return (*self.plain, *self.doubtful)

    @property
    def lacking(self) -> frozenset[str]:
        """What the source has not, and the schedule or the source's version before has: it may be a bad copy."""
        gone = {_stated(each) for each in self.open if lacking(each.ours, each.theirs) is not None}
        return frozenset(gone | {_what(each) for each in self.fresh if each.name == "missing"})

    @property
    def token(self) -> str:
        """A word that stands for all differences as they are."""
        told = sorted(_written(each) for each in (*self.open, *self.conflicts))
        return sha256("\n".join(told).encode()).hexdigest()[:_TOKEN]


def reviewed(comparison: Comparison, decided: Collection[Place]) -> Review:
    """What becomes of it, if people have `decided` on these fields since the source last changed there."""
    news = [each for each in comparison.news if (each.lecture, each.path) not in decided]
    doubtful = [each for each in news if _raises_question(each, comparison)]
    unsure = {
        each.lecture
        for each in comparison.found.differences
        if each.path == _STARTS and (each not in news or each in doubtful)
    }
    doubtful += [each for each in news if each.path == _ENDS and each.lecture in unsure]
    warnings = sorted((*comparison.reading.warnings, *comparison.found.warnings), key=lambda each: each.line)
    earlier = comparison.before.warnings if comparison.before else ()
    known = {_what(each) for each in (*earlier, *comparison.former.warnings)}
    return Review(
        plain=tuple(each for each in news if each not in doubtful),
        doubtful=tuple(doubtful),
        conflicts=tuple(each for each in comparison.found.differences if each not in news),
        warnings=tuple(warnings),
        fresh=tuple(each for each in warnings if _what(each) not in known),
    )


def warnings_key(warnings: Collection[SourceWarning]) -> str:
    """What identifies these warnings, wherever in the source they stand."""
    return "\n".join(sorted(map(_what, warnings)))


def _raises_question(difference: Difference, comparison: Comparison) -> bool:
    """Whether somebody should look first: where the source may only lack something, where a form may be the wrong one
    or a date is past by now, and where only an undecided date speaks for a postponement, which would be told at
    once."""
    if difference.path == _STARTS and isinstance(difference.theirs, str):
        is_past = date.fromisoformat(difference.theirs[:10]) < comparison.today
        was_past = isinstance(difference.ours, str) and date.fromisoformat(difference.ours[:10]) < comparison.today
        return is_past and not was_past
    if comparison.before is None and difference.theirs is None:
        return True
    if difference.path == ("status",) and difference.theirs == _POSTPONED:
        return "status" not in comparison.reading.lectures[difference.lecture].fields
    shared = {each.lecture for each in comparison.reading.warnings if each.name == "form_shared"}
    return difference.path == ("registration", "url") and difference.lecture in shared


def _stated(difference: Difference) -> str:
    return json.dumps([difference.lecture, difference.path, difference.theirs], sort_keys=True)


def _written(difference: Difference) -> str:
    return json.dumps([difference.lecture, difference.path, difference.ours, difference.theirs], sort_keys=True)


def _what(warning: SourceWarning) -> str:
    return repr((warning.lecture, warning.name, sorted(warning.values.items(), key=str)))


_LOOKED_AT: Final = 24
"""Versions of a lecture in which is looked for the one that set a field."""


async def decided(revisions: Revisions, differences: Iterable[Difference], since: datetime | None) -> frozenset[Place]:
    """The fields among these whose present value people set from chat, after that instant if there is one.

    Raises LedgerUnavailable.
    """
    paths: dict[str, set[FieldPath]] = {}
    for each in differences:
        if each.path:
            paths.setdefault(each.lecture, set()).add(each.path)
    found: set[Place] = set()
    for lecture, some in paths.items():
        versions = await revisions.latest(_LOOKED_AT, lecture)
        if versions and (before := await revisions.revision(versions[-1].id - 1)):
            versions.append(before)
        found |= await asyncio.to_thread(_set_by_people, versions, lecture, some, since)
    return frozenset(found)


def _set_by_people(
    versions: Sequence[Revision], lecture: str, paths: Collection[FieldPath], since: datetime | None
) -> set[Place]:
    """`versions` are the latest first; each has the one before it behind it."""
    entries = [_entry(each.text, lecture) for each in versions]
    found: set[Place] = set()
    for path in paths:
        values = [_value(each, path) for each in entries]
        for version, (after, before) in zip(versions, pairwise(values), strict=False):
            if after != before:
                if address(version.author) and (since is None or version.created_at > since):
                    found.add((lecture, path))
                break
    return found


def _entry(text: str, lecture: str) -> Tree:
    with suppress(CannotEditError):
        return entry_of(text, lecture)
    return None


def _value(tree: Tree, path: FieldPath) -> Tree:
    for part in path:
        tree = tree.get(part) if isinstance(tree, dict) and isinstance(part, str) else None
    return tree
