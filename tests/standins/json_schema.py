"""Checks a payload against a JSON Schema (2020-12), as far as the platforms' payloads need it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import yaml

_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_BOUNDS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "const": lambda value, bound: _same(value, bound),
    "enum": lambda value, bound: any(_same(value, each) for each in bound),
    "minimum": lambda value, bound: bool(value >= bound),
    "maximum": lambda value, bound: bool(value <= bound),
    "minLength": lambda value, bound: len(value) >= bound,
    "maxLength": lambda value, bound: len(value) <= bound,
    "minItems": lambda value, bound: len(value) >= bound,
    "maxItems": lambda value, bound: len(value) <= bound,
    "pattern": lambda value, bound: re.search(bound, value) is not None,
}
"""Keywords that hold or don't for a value of the right type, apart from what is inside it."""

_INSIDE: Final = {"type", "$ref", "properties", "required", "additionalProperties", "items", "oneOf", "allOf"}
_NOTES: Final = {"$schema", "$id", "$defs", "title", "description"}


class SchemaFile:
    """The schemas under `$defs` of a file. A keyword that isn't known here raises LookupError."""

    def __init__(self, path: Path) -> None:
        self._definitions: Final[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["$defs"]

    def flaws(self, value: Any, name: str) -> list[str]:
        """What of a value isn't as the schema of that name says, each with its place."""
        return [*self._flaws(value, self._definitions[name], name)]

    def _flaws(self, value: Any, schema: dict[str, Any], at: str) -> Iterator[str]:
        if unknown := schema.keys() - _INSIDE - _NOTES - _BOUNDS.keys():
            raise LookupError(f"{at}: {unknown}")
        for each in (*([schema] if "$ref" in schema else ()), *schema.get("allOf", ())):
            inner = self._definitions[each["$ref"].rpartition("/")[2]] if "$ref" in each else each
            yield from self._flaws(value, inner, at)
        if "type" in schema and not _is(value, schema["type"]):
            yield f"{at}: {value!r} is no {schema['type']}"
            return
        for keyword, holds in _BOUNDS.items():
            if keyword in schema and value is not None and not holds(value, schema[keyword]):
                yield f"{at}: {keyword} {schema[keyword]} isn't kept by {value!r:.80}"
        if isinstance(value, dict):
            yield from self._in_object(value, schema, at)
        if isinstance(value, list) and "items" in schema:
            for index, each in enumerate(value):
                yield from self._flaws(each, schema["items"], f"{at}[{index}]")
        if "oneOf" in schema:
            yield from self._in_one_of(value, schema["oneOf"], at)

    def _in_object(self, value: dict[str, Any], schema: dict[str, Any], at: str) -> Iterator[str]:
        known = schema.get("properties", {})
        yield from (f"{at}: {name} is missing" for name in schema.get("required", ()) if name not in value)
        for name, each in value.items():
            if name in known:
                yield from self._flaws(each, known[name], f"{at}.{name}")
            elif isinstance(others := schema.get("additionalProperties", True), dict):
                yield from self._flaws(each, others, f"{at}.{name}")
            elif not others:
                yield f"{at}: {name} is unknown"

    def _in_one_of(self, value: Any, choices: list[dict[str, Any]], at: str) -> Iterator[str]:
        """The flaws by the choice that comes nearest, unless exactly one fits."""
        found = [[*self._flaws(value, each, at)] for each in choices]
        fitting = sum(not each for each in found)
        if fitting > 1:
            yield f"{at}: fits several"
        elif not fitting:
            wrong_kind = [any(f"{at}.type:" in flaw for flaw in each) for each in found]
            yield from min(zip(wrong_kind, map(len, found), found, strict=True))[2]


def _same(value: Any, bound: Any) -> bool:
    """Whether they are equal; to Python, True is 1."""
    return bool(value == bound) and isinstance(value, bool) == isinstance(bound, bool)


def _is(value: Any, types: str | list[str]) -> bool:
    names = [types] if isinstance(types, str) else types
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, _TYPES[name]) for name in names)
