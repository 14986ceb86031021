"""What is wrong with a schedule file, as values: where, in which field, and what to say about it."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.domain.secrets import secret_in

FieldPath = tuple[str | int, ...]
"""The keys and positions that lead to a value in the file, such as `("lectures", 11, "venue", "name")`."""

_SHOWN: Final = 40
"""Characters of the file's own text that a message repeats."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word that each language has its own for; `name` is that of its phrase, `problem.term.…`."""

    name: str


Value = str | int | date | Term
"""What a message is about; a date, with or without a time, is shown as the file writes it, with its weekday."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault at some place of the document, not yet told in lines. `name` is that of its phrase."""

    path: FieldPath
    name: str
    values: Mapping[str, Value] = dataclasses.field(default_factory=dict)
    line: int | None = None

    def within(self, path: FieldPath) -> "Finding":
        """The same fault, seen from further out."""
        return Finding(path + self.path, self.name, self.values, self.line)


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of a file, for people: line (from 1), field, and the phrase that says what is wrong.

    A field is named as in the file, a lecture by its number: `lectures[number 12].venue.name`. One without a valid
    number is named by its position (`lectures[entry 12]`), as are the items of other lists (`materials[2]`);
    positions are counted from 1.
    """

    file: str
    line: int
    field: str
    name: str
    values: Mapping[str, Value] = dataclasses.field(default_factory=dict)


class InvalidSchedule(Exception):
    """A schedule file that can't be taken over, with everything that is wrong with it, by line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(tuple(problems))
        self.problems: Final = tuple(problems)

    def __str__(self) -> str:
        first = self.problems[0]
        return f"{len(self.problems)} problem(s), first {first.file}:{first.line}: {first.field}: {first.name}"


class Refusal(ValueError):
    """Raised by the type of a field for a value that it does not take; paths are relative to the field."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__()
        self.findings: Final = findings


def refusal(name: str, **values: Value) -> Refusal:
    """A refusal of the field's value as a whole."""
    return Refusal(Finding((), name, values))


def shown(text: str) -> str:
    """The file's own text as a message may repeat it: in one line, short, and never a secret."""
    if secret_in(text):
        return "…"
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def understood(value: object) -> Value:
    """A value of the file as a message names it."""
    if value is None:
        return Term("nothing")
    if isinstance(value, list):
        return Term("list")
    return Term("mapping") if isinstance(value, dict) else shown(str(value))
