"""What a source states, as values: its lectures in the structure of lectures.yaml, and what could not be understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from bot.domain.edits import FieldEdit, FieldPath
from bot.domain.language import Localized
from bot.domain.lecture import Person, Venue
from bot.schedule.problems import Value
from bot.schedule.yaml_reader import Tree
from bot.sources.columns import Column


@dataclass(frozen=True, slots=True)
class SourceWarning:
    """Something that people should look at, of a lecture or of the source as a whole.

    `line` is that of the source, from 1, and 0 for what shows only in comparison; `name` is that of the phrase
    `page.…`.
    """

    line: int
    lecture: str | None
    name: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceLecture:
    """What the source states of a lecture.

    `fields` has exactly that, under the names of lectures.yaml. `undecided` are fields that the source calls so, by
    dotted name (`starts`, `title`, `venue.room`); `unclear` those, by their first name, that it has but that could not
    be understood: they are to be left as they were. `number` is the source's own, if it numbers them.
    """

    id: str
    line: int
    number: int | None = None
    fields: Mapping[str, Tree] = field(default_factory=dict)
    undecided: frozenset[str] = frozenset()
    unclear: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SourceReading:
    """What the source states, its lectures by id and its warnings by line.

    Of tables, `columns` says what the column under each heading was taken for; None is nothing. `silent` are the
    fields, by their first name, that this kind of source has no place for: it withdraws none of them.
    """

    lectures: Mapping[str, SourceLecture]
    warnings: tuple[SourceWarning, ...] = ()
    columns: Mapping[str, Column | None] = field(default_factory=dict)
    silent: frozenset[str] = frozenset()

    @property
    def collisions(self) -> tuple[SourceWarning, ...]:
        """Of lectures that are there twice: nothing that would be written could be right."""
        return tuple(each for each in self.warnings if each.name == "twice")


class SourceRefusedError(Exception):
    """A text that is refused as a whole; `name` is that of the phrase `page.refused.…` that says why."""

    def __init__(self, name: str, **values: Value) -> None:
        super().__init__(name)
        self.name: Final = name
        self.values: Final[Mapping[str, Value]] = values


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that the source has otherwise than the schedule, each side in the file's structure, None for nothing.

    An empty path is the lecture as a whole, which is new. `edit` makes ours like theirs.
    """

    lecture: str
    path: FieldPath
    ours: Tree
    theirs: Tree
    edit: FieldEdit


_NOTHING: Final[Mapping[str, Tree]] = {}


def tree(text: Localized | None) -> Tree:
    """A text as the file has it."""
    value = text.tree if text else None
    return {**value} if isinstance(value, dict) else value


def written(moment: datetime | date | None) -> str | None:
    """A moment or a mere day as the file has it."""
    if isinstance(moment, datetime):
        return f"{moment:%Y-%m-%dT%H:%M}"
    return moment.isoformat() if moment else None


def field_name(path: FieldPath) -> str:
    """The field at the path as phrases call it; that of a talk as that of a lecture."""
    own = path[2:] if path[0] == "talks" and len(path) > 2 else path
    return ".".join(map(str, own))


def mapping(value: Tree) -> Mapping[str, Tree]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else _NOTHING


def items(value: Tree) -> list[Tree]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def who(people: Sequence[Person]) -> Tree:
    """Speakers as edits have them: one as a mapping, several as a list."""
    several = [
        _filled({"name": tree(each.name), "affiliation": tree(each.affiliation), "reading": tree(each.reading)})
        for each in people
    ]
    return several if len(several) > 1 else next(iter(several), None)


def where(venue: Venue | None) -> Tree:
    """A venue as the file has it."""
    if venue is None:
        return None
    tentative = "true" if venue.tentative else None
    return _filled({"name": tree(venue.name), "room": tree(venue.room), "url": venue.url, "tentative": tentative})


def _filled(fields: dict[str, Tree]) -> Tree:
    return {name: value for name, value in fields.items() if value is not None}
