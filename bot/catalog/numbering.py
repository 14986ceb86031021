"""What is wrong between lectures: numbers given twice, forms for lectures that are none, dates that break the order."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.catalog.dates import faults_of_order
from bot.catalog.entries import LectureEntry
from bot.catalog.problems import FieldPath, Finding


class Placed(NamedTuple):
    """A lecture as far as it could be read, its position in the file, and where it could not be."""

    entry: LectureEntry
    position: int
    unknown: frozenset[FieldPath] = frozenset()


def faults_between(lectures: Sequence[Placed]) -> Iterator[Finding]:
    """Everything that shows only when the lectures are seen together."""
    numbered: dict[int, Placed] = {}
    for lecture in lectures:
        number = lecture.entry.number
        if ("number",) not in lecture.unknown and numbered.setdefault(number, lecture) is not lecture:
            yield Finding(("lectures", lecture.position, "number"), "number.twice", {"number": number})
    all_numbers_known = all(("number",) not in lecture.unknown for lecture in lectures)
    for lecture in lectures:
        yield from _faults_of_form(lecture, numbered if all_numbers_known else None)
    dated = [
        (numbered[number].position, numbered[number].entry.starts)
        for number in sorted(numbered)
        if numbered[number].entry.starts
    ]
    days = [starts for _, starts in dated if starts]
    for index, fault in faults_of_order(days):
        path = ("lectures", dated[index][0], "starts")
        yield from (each.within(path) for each in fault.findings)


def _faults_of_form(lecture: Placed, numbered: dict[int, Placed] | None) -> Iterator[Finding]:
    entry = lecture.entry
    served = entry.registration.also_for if entry.registration else None
    for place, number in enumerate(served or ()):
        path = ("lectures", lecture.position, "registration", "also_for", place)
        if number == entry.number:
            yield Finding(path, "also_for.itself", {"number": number})
        elif numbered is not None and number not in numbered:
            yield Finding(path, "also_for.unknown", {"number": number})
