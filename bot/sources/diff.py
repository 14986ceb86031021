"""The source beside the schedule: everything that it has otherwise, by meaning, and the edits that make it so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.cards.known_names import known_names
from bot.domain.edits import FieldEdit
from bot.domain.language import Localized
from bot.domain.lecture import Lecture
from bot.domain.series import Series
from bot.domain.translations import translated
from bot.schedule.yaml_reader import Tree
from bot.sources.equivalence import is_akin, is_same
from bot.sources.lecture_diff import LectureDiff
from bot.sources.model import (
    Difference,
    SourceLecture,
    SourceReading,
    SourceRefusedError,
    SourceWarning,
    items,
    mapping,
    tree,
)

_NAMED: Final = frozenset({"speaker", "talks", "venue", "materials"})
_TEXTS: Final = frozenset({"name", "affiliation", "room", "label"})
"""Fields with names and labels, and these, that the schedule may know in both languages."""

_FEWEST: Final = 3
"""Lectures that have to be of somebody else on another day before a source is taken for that of another series."""


@dataclass(frozen=True, slots=True)
class Differences:
    """What the source has otherwise, by lecture, and what only shows beside the schedule."""

    differences: tuple[Difference, ...] = ()
    warnings: tuple[SourceWarning, ...] = ()


def differences(
    reading: SourceReading, series: Series, *, now: datetime, before: SourceReading | None = None
) -> Differences:
    """Where the source says something else than the schedule, at the aware instant `now`.

    `before` is the version of the source that was compared last, if there is one: what that stated and this one does
    not is withdrawn. Raises SourceRefusedError if most lectures of the schedule are gone from it, or are quite
    different ones.
    """
    gone = _gone(reading, series)
    if len(gone) * 2 > len(series.lectures):
        raise SourceRefusedError("refused.lost", lost=len(gone), known=len(series.lectures))
    if _is_of_another_series(reading, series):
        raise SourceRefusedError("refused.another")
    known = known_names(series)
    stating = {each for each, stated in reading.lectures.items() if stated.fields}
    lectures = frozenset(stating | {lecture.id for lecture in series.lectures})
    found: list[Difference] = []
    warnings = [SourceWarning(0, each, "missing") for each in gone if each not in reading.lectures]
    for lecture, stated in reading.lectures.items():
        ours = series.lecture(lecture)
        if ours:
            earlier = before.lectures.get(lecture) if before else None
            matching = LectureDiff(stated, ours, series, known, now, lectures, earlier, reading.silent)
            matching.match()
            found += matching.differences
            warnings += matching.warnings
        elif stated.fields:
            theirs: dict[str, Tree] = {**_identity(stated), **stated.fields}
            found.append(Difference(lecture, (), None, theirs, FieldEdit(lecture, (), _entry(theirs, known, lectures))))
    return Differences(tuple(found), tuple(sorted(warnings, key=lambda each: each.line)))


def _gone(reading: SourceReading, series: Series) -> list[str]:
    """The lectures that are not in the source, unless they all were before the first one that is: a season of its
    own."""
    gone = [lecture for lecture in series.lectures if not _is_there(reading.lectures.get(lecture.id))]
    days = [str(each.fields["starts"])[:10] for each in reading.lectures.values() if "starts" in each.fields]
    if days and all(each.day is not None and each.day.isoformat() < min(days) for each in gone):
        return []
    return [each.id for each in gone]


def _identity(stated: SourceLecture) -> dict[str, Tree]:
    number = None if stated.number is None else str(stated.number)
    own: dict[str, Tree] = {} if number is None else {"number": number}
    return own if number == stated.id else {**own, "id": stated.id}


def _entry(theirs: Mapping[str, Tree], known: Mapping[str, Localized], lectures: frozenset[str]) -> Tree:
    """A new lecture for the file; its form serves only lectures that are there."""
    entry = {name: _told(each, known) if name in _NAMED else each for name, each in theirs.items()}
    form = mapping(entry.get("registration"))
    served: list[Tree] = [each for each in items(form.get("also_for")) if str(each) in lectures]
    if form:
        rest = {name: each for name, each in form.items() if name != "also_for"}
        entry["registration"] = rest | ({"also_for": served} if served else {})
    return entry


def _told(value: Tree, known: Mapping[str, Localized]) -> Tree:
    """The value, in both languages where the schedule knows its names in both."""
    if isinstance(value, list):
        return [_told(each, known) for each in value]
    if not isinstance(value, dict):
        return value
    told: dict[str, Tree] = {}
    for name, each in value.items():
        both = translated(each, known) if isinstance(each, str) and name in _TEXTS else None
        told[name] = tree(both) if both else _told(each, known)
    return told


def _is_there(stated: SourceLecture | None) -> bool:
    return stated is not None and bool(stated.fields or stated.undecided or stated.unclear)


def _is_of_another_series(reading: SourceReading, series: Series) -> bool:
    """Whether most lectures that can be compared are of somebody else, about something else, on another day."""
    both = [(reading.lectures[each.id], each) for each in series.lectures if each.id in reading.lectures]
    verdicts = [verdict for verdict in (_is_another(stated, ours) for stated, ours in both) if verdict is not None]
    return sum(verdicts) >= _FEWEST and sum(verdicts) * 2 > len(verdicts)


def _is_another(stated: SourceLecture, ours: Lecture) -> bool | None:
    """Whether it is another lecture altogether; None if too little is known of either."""
    day, title, speaker = stated.fields.get("starts"), stated.fields.get("title"), stated.fields.get("speaker")
    if not isinstance(day, str) or not speaker or ours.day is None or not ours.speakers:
        return None
    is_titled_alike = isinstance(title, str) and is_same(title, ours.title)
    names = [str(mapping(each).get("name")) for each in items(speaker) or [speaker]]
    pairs = [(name, who.name) for name in names for who in ours.speakers]
    is_by_the_same = any(is_same(name, own) or is_akin(name, own) for name, own in pairs)
    return day[:10] != ours.day.isoformat() and not is_by_the_same and not is_titled_alike
