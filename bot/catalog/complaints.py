"""What pydantic complains of, as findings: its own words are for programmers and never shown."""

from difflib import get_close_matches
from typing import Final, get_args

from pydantic import BaseModel, ValidationError

from bot.catalog.problems import FieldPath, Finding, Refusal, Term, Value, shown, understood

_EXAMPLES: Final = frozenset(
    {"series", "lectures", "name", "timezone", "number", "label", "speaker", "venue", "materials", "organizers"}
    | {"closes", "page", "links", "rules", "also_for", "announcements"}
)
"""Fields with others inside and fields that must not be missing: there is an example of each in both languages."""


def findings(error: ValidationError, model: type[BaseModel]) -> list[Finding]:
    """Everything pydantic found wrong with a value that should have fitted the model; paths are relative to it."""
    found: list[Finding] = []
    for each in error.errors(include_url=False):
        path, kind = tuple(each["loc"]), each["type"]
        refused = each.get("ctx", {}).get("error")
        if isinstance(refused, Refusal):
            found += [one.within(path) for one in refused.findings]
        else:
            name, values = _told(kind, path, each["input"])
            if kind == "extra_forbidden":
                nearest = get_close_matches(str(path[-1]), _keys(model, path[:-1]), 1)
                name, values = ("unknown_key_near", values | {"nearest": nearest[0]}) if nearest else (name, values)
            found.append(Finding(path, name, values))
    return found


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
