"""What a page states, as values: its lectures in the structure of lectures.yaml, and what could not be understood."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.catalog.document import Tree
from bot.catalog.problems import Value


@dataclass(frozen=True, slots=True)
class PageWarning:
    """Something that people should look at, of a lecture or of the page as a whole.

    `line` is that of the page, from 1, and 0 for what shows only in comparison; `name` is that of the phrase `page.…`.
    """

    line: int
    number: int | None
    name: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageLecture:
    """What the page states of a lecture.

    `fields` has exactly that, under the names of lectures.yaml. `undecided` are fields that the page calls so, by
    dotted name (`starts`, `title`, `venue.room`); `unclear` those, by their first name, that it has but that could not
    be understood: they are to be left as they were.
    """

    number: int
    line: int
    fields: Mapping[str, Tree] = field(default_factory=dict)
    undecided: frozenset[str] = frozenset()
    unclear: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PageReading:
    """What the page states, its lectures by number and its warnings by line."""

    lectures: Mapping[int, PageLecture]
    warnings: tuple[PageWarning, ...] = ()


class NotThePage(Exception):
    """A text that is refused as a whole; `name` is that of the phrase `page.refused.…` that says why."""

    def __init__(self, name: str, **values: Value) -> None:
        super().__init__(name)
        self.name: Final = name
        self.values: Final[Mapping[str, Value]] = values


def merged(one: PageLecture, other: PageLecture) -> PageLecture:
    """A lecture that the page has twice: what both places agree on or only one of them states."""
    disputed = {name for name in one.fields.keys() & other.fields.keys() if one.fields[name] != other.fields[name]}
    if disputed & {"starts", "ends"}:
        disputed |= {"starts", "ends"}
    return dataclasses.replace(
        one,
        fields={name: each for name, each in {**other.fields, **one.fields}.items() if name not in disputed},
        undecided=frozenset(one.undecided | other.undecided) - one.fields.keys() - other.fields.keys(),
        unclear=one.unclear | other.unclear | disputed,
    )
