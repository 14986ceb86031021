"""From the document's plain values to its sections: as much as can be understood of each, and everything that can't."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.domain.edits import FieldPath
from bot.domain.lecture import Lecture
from bot.schedule.lecture_builder import Translation
from bot.schedule.problems import Finding, findings, model_in, understood
from bot.schedule.schema.announcements import AnnouncementsEntry
from bot.schedule.schema.entry import Entry
from bot.schedule.schema.file import FileEntry
from bot.schedule.schema.lecture import LectureEntry
from bot.schedule.schema.registration import ClosingEntry
from bot.schedule.schema.series import DefaultsEntry, SeriesEntry
from bot.schedule.series_builder import DAYS_END, expected
from bot.schedule.times import faults_of_order
from bot.schedule.yaml_reader import Tree


class Placed(NamedTuple):
    """A lecture as far as it could be read, its position in the file, and where it could not be."""

    entry: LectureEntry
    position: int
    unknown: frozenset[FieldPath] = frozenset()

    @property
    def names(self) -> dict[str, str]:
        """What identifies it, by the field that says so; what could not be read does not."""
        own, number = self.entry.id, self.entry.number
        return ({"id": own} if own else {}) | ({} if number is None else {"number": str(number)})

    @property
    def id(self) -> str:
        """The lecture's id; one that no other has if there is none."""
        return next(iter(self.names.values()), f"?{self.position}")


def faults_between(lectures: Sequence[Placed]) -> Iterator[Finding]:
    """Everything that shows only when the lectures are seen together."""
    named: dict[str, Placed] = {}
    are_all_known = True
    for lecture in lectures:
        for field, name in lecture.names.items():
            if named.setdefault(name, lecture) is not lecture:
                twice = "number.twice" if field == "number" else "id.twice"
                yield Finding(("lectures", lecture.position, field), twice, {field: name})
        if lecture.unknown & {("number",), ("id",)}:
            are_all_known = False
        elif not lecture.names:
            yield Finding(("lectures", lecture.position, "number"), "lecture.unnamed")
    for lecture in lectures:
        yield from _faults_of_form(lecture, named if are_all_known else None)
    dated = [(each.position, each.entry.starts) for each in ordered(lectures) if each.names and each.entry.starts]
    days = [starts for _, starts in dated]
    for index, fault in faults_of_order(days):
        path = ("lectures", dated[index][0], "starts")
        yield from (each.within(path) for each in fault.findings)


def ordered(lectures: Sequence[Placed]) -> list[Placed]:
    """By number; those without one behind what stands before them in the file. Where none has one, in the order of the
    file, which may have the latest first."""
    if all(each.entry.number is None for each in lectures):
        dated = [each.entry.starts.day for each in lectures if each.entry.starts]
        return list(reversed(lectures) if dated and dated[0] > dated[-1] else lectures)
    before, keyed = -1, []
    for each in lectures:
        before = before if each.entry.number is None else each.entry.number
        keyed.append((before, each.position, each))
    return [each for *_, each in sorted(keyed, key=lambda key: key[:2])]


def _faults_of_form(lecture: Placed, named: dict[str, Placed] | None) -> Iterator[Finding]:
    entry = lecture.entry
    served = entry.registration.also_for if entry.registration else None
    for place, name in enumerate(served or ()):
        path = ("lectures", lecture.position, "registration", "also_for", place)
        if name in lecture.names.values():
            yield Finding(path, "also_for.itself", {"number": name})
        elif named is not None and name not in named:
            yield Finding(path, "also_for.unknown", {"number": name})


_Model = TypeVar("_Model", bound=Entry)

_LECTURES: Final = TypeAdapter(list[LectureEntry])
_STAND_INS: Final[dict[str, Any]] = {
    "series": {},
    "lectures": [],
    "name": "?",
    "label": "?",
    "timezone": "UTC",
    "days_before": "0",
}
"""For required fields that could not be read, so that the rest can be checked all the same."""


_MOST_LEFT_OUT: Final = 100
"""Faults of one mapping that are left out one by one; with more, the whole fields are."""


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections of a file; where there are findings, stand-ins are among them."""

    settings: SeriesEntry
    announcements: AnnouncementsEntry
    lectures: list[Lecture]
    findings: list[Finding]


def sections(tree: Tree) -> Sections:
    """The sections of the document."""
    found: list[Finding] = []
    if not isinstance(tree, dict):
        found.append(Finding((), "file.mapping", {"understood": understood(tree)}) if tree else _EMPTY)
        return Sections(_sound(SeriesEntry, {}, (), [])[0], AnnouncementsEntry(), [], found)
    whole, missing = _sound(FileEntry, tree, (), found)
    settings, unknown = _sound(SeriesEntry, whole.series, ("series",), [] if ("series",) in missing else found)
    announcements, _ = _sound(AnnouncementsEntry, whole.announcements or {}, ("announcements",), found)
    placed = _placed(whole.lectures, found)
    ids = {name: each.id for each in placed for name in each.names.values()}
    translation = Translation(
        settings.timezone,
        settings.page.url if settings.page else None,
        ids,
        settings.defaults or DefaultsEntry(),
        expected(settings.expects),
    )
    lectures = [
        translation.lecture(each.id, each.entry, ("lectures", each.position), each.unknown) for each in ordered(placed)
    ]
    irrelevant: set[str] = set()
    if ("timezone",) in unknown or ("series",) in missing:
        irrelevant |= {"date.offset", "date.skipped"}
    if unknown & {("page",), ("page", "url")} or ("series",) in missing:
        irrelevant.add("link.relative")
    found += [each for each in translation.findings if each.name not in irrelevant]
    found += faults_between(placed)
    found += _faults_of_rule(settings, lectures)
    return Sections(settings, announcements, lectures, found)


_EMPTY: Final = Finding((), "file.empty")


def _placed(entries: list[Any], found: list[Finding]) -> list[Placed]:
    """The lectures that are mappings at least; all at once if nothing is wrong with any, which is far faster."""
    try:
        return [Placed(entry, position) for position, entry in enumerate(_LECTURES.validate_python(entries))]
    except ValidationError:
        placed = []
        for position, entry in enumerate(entries):
            path = ("lectures", position)
            if not isinstance(entry, dict):
                found.append(Finding(path, "lecture", {"understood": understood(entry)}))
                continue
            lecture, unknown = _sound(LectureEntry, entry, path, found)
            placed.append(Placed(lecture, position, unknown))
        return placed


def _sound(
    model: type[_Model], tree: dict[str, Any], path: FieldPath, found: list[Finding]
) -> tuple[_Model, frozenset[FieldPath]]:
    """The mapping without what is wrong in it, and where that was; what is wrong goes to `found`."""
    try:
        return model.model_validate(tree), frozenset()
    except ValidationError as error:
        faults = findings(error, model)
    found += [fault.within(path) for fault in faults]
    tree = {key: value for key, value in tree.items() if key in model.model_fields}
    wrong = [fault.path for fault in faults if fault.path[0] in model.model_fields]
    whole = list(dict.fromkeys(each[:1] for each in wrong))
    try:
        sound = model.model_validate(_without_all(model, tree, whole if len(wrong) > _MOST_LEFT_OUT else wrong))
    except ValidationError:  # what is left of a mapping says too little
        sound = model.model_validate(_without_all(model, tree, whole))
    return sound, frozenset(fault.path for fault in faults)


def _without_all(model: type[BaseModel], tree: dict[str, Any], paths: Iterable[FieldPath]) -> dict[str, Any]:
    for each in paths:
        tree = _without(model, tree, each)
    return tree


def _without(model: type[BaseModel], tree: dict[str, Any], path: FieldPath) -> dict[str, Any]:
    """The mapping without the innermost field on the path; one that is required gets a stand-in."""
    name = str(path[0])
    value, field = tree.get(name), model.model_fields.get(name)
    inner = model_in(field.annotation) if field else None
    if inner and isinstance(value, dict) and len(path) > 1:
        return {**tree, name: _without(inner, value, path[1:])}
    if inner and isinstance(value, list) and len(path) > 1:
        position = int(path[1])
        item = value[position]
        if isinstance(item, dict) and len(path) > 2:
            sound = _without(inner, item, path[2:])
        else:
            sound = {each: _STAND_INS[each] for each in inner.model_fields if inner.model_fields[each].is_required()}
        return {**tree, name: [*value[:position], sound, *value[position + 1 :]]}
    rest = {key: each for key, each in tree.items() if key != name}
    return {**rest, name: _STAND_INS[name]} if field and field.is_required() else rest


def _faults_of_rule(settings: SeriesEntry, lectures: list[Lecture]) -> list[Finding]:
    """A rule by which registration closes on the day itself, but after a lecture has ended."""
    rule = settings.registration.closes if settings.registration else None
    if not isinstance(rule, ClosingEntry) or rule.days_before > 0:
        return []
    for lecture in lectures:
        if not lecture.day or not lecture.ends or lecture.registration.closes:
            continue
        if datetime.combine(lecture.day, rule.at or DAYS_END, settings.timezone) > lecture.ends:
            values = {"number": lecture.id}
            return [Finding(("series", "registration", "closes"), "closes.rule_too_late", values)]
    return []
