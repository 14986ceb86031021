"""What is wrong with a schedule file, as values: where, in which field, and what to say about it."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final, get_args

from pydantic import BaseModel, ValidationError

from bot.domain.called import Called
from bot.domain.edits import FieldPath
from bot.domain.secret import secret_in

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

    A field is named as in the file, a lecture by its number or id: `lectures[number 12].venue.name`. One without
    either is named by its position (`lectures[entry 12]`), as are the items of other lists (`materials[2]`);
    positions are counted from 1. `called` are the nouns of the series, if they could be read.
    """

    file: str
    line: int
    field: str
    name: str
    values: Mapping[str, Value] = dataclasses.field(default_factory=dict)
    called: Called | None = None


class InvalidScheduleError(Exception):
    """A schedule file that can't be taken over, with everything that is wrong with it, by line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(tuple(problems))
        self.problems: Final = tuple(problems)

    def __str__(self) -> str:
        first = self.problems[0]
        return f"{len(self.problems)} problem(s), first {first.file}:{first.line}: {first.field}: {first.name}"


class RefusedValueError(ValueError):
    """Raised by the type of a field for a value that it does not take; paths are relative to the field."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__()
        self.findings: Final = findings


def refusal(name: str, **values: Value) -> RefusedValueError:
    """A refusal of the field's value as a whole."""
    return RefusedValueError(Finding((), name, values))


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


def text_of(value: object, name: str, **values: Value) -> str:
    """The value as text; anything else is refused in the words for a wrong value of that kind."""
    if not isinstance(value, str):
        raise refusal(name, understood=understood(value), **values)
    return value.strip()


_EXAMPLES: Final = frozenset(
    {"series", "lectures", "name", "timezone", "number", "label", "speaker", "venue", "materials", "organizers"}
    | {"closes", "expects", "page", "links", "rules", "also_for", "announcements"}
)
"""Fields with others inside and fields that must not be missing: there is an example of each in both languages."""


_MOST_SUGGESTED: Final = 100
"""Faults of one mapping up to which a key that is likely meant is looked for: that takes long."""


def findings(error: ValidationError, model: type[BaseModel]) -> list[Finding]:
    """Everything pydantic found wrong with a value that should have fitted the model; paths are relative to it."""
    found: list[Finding] = []
    for each in error.errors(include_url=False):
        path, kind = tuple(each["loc"]), each["type"]
        refused = each.get("ctx", {}).get("error")
        if isinstance(refused, RefusedValueError):
            found += [one.within(path) for one in refused.findings]
        else:
            name, values = _told(kind, path, each["input"])
            if kind == "extra_forbidden":
                nearest = _nearest(str(path[-1]), model, path[:-1]) if len(found) < _MOST_SUGGESTED else None
                name, values = ("unknown_key_near", values | {"nearest": nearest}) if nearest else (name, values)
            found.append(Finding(path, name, values))
    return found


def _nearest(key: str, model: type[BaseModel], path: FieldPath) -> str | None:
    """The key that is likely meant by one that the mapping at `path` can't have."""
    near = get_close_matches(key, _keys(model, path), 1) if len(key) <= _SHOWN else None
    return near[0] if near else None


def _keys(model: type[BaseModel], path: FieldPath) -> list[str]:
    """The keys that the mapping at `path` may have."""
    for part in path:
        if isinstance(part, str):
            inner = model_in(model.model_fields[part].annotation)
            if inner is None:
                return []
            model = inner
    return list(model.model_fields)


def model_in(annotation: object) -> type[BaseModel] | None:
    """The model that a field or the items of its list are of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((inner for inner in map(model_in, get_args(annotation)) if inner), None)


def _told(kind: str, path: FieldPath, value: object) -> tuple[str, dict[str, Value]]:
    """The name of the phrase for one of pydantic's own complaints, and what it is about."""
    names = [part for part in path if isinstance(part, str)]
    if kind == "extra_forbidden":
        return "unknown_key", {"key": shown(names[-1])}
    example = Term(f"example.{'venue_name' if names[-2:] == ['venue', 'name'] else names[-1]}") if names else None
    if kind == "missing":
        return "missing", {"example": example or ""}
    name = "list" if kind == "list_type" else "mapping"
    values: dict[str, Value] = {"understood": understood(value)}
    return (f"{name}_like", values | {"example": example}) if example and names[-1] in _EXAMPLES else (name, values)
