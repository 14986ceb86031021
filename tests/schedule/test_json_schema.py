"""The schema that editors get: kept beside the shipped file, and true of what the reader accepts."""

import json
from typing import Any

import pytest

from bot.schedule.json_schema import json_schema
from bot.schedule.schema.announcements import AnnouncementsEntry
from bot.schedule.schema.lecture import LectureEntry
from bot.schedule.schema.series import SeriesEntry
from bot.schedule.yaml_reader import Tree, composed
from tests.processes import ROOT
from tests.schedule.test_reader import DEFAULTS, EVERYTHING

SCHEMA = json_schema()
TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}


def seen(value: Tree) -> Any:
    """A value of the file as an editor sees it: whole numbers and flags are none of the texts."""
    if isinstance(value, dict):
        return {key: seen(each) for key, each in value.items()}
    if isinstance(value, list):
        return [seen(each) for each in value]
    if value in ("true", "false"):
        return value == "true"
    return int(value) if value and value.isascii() and value.isdigit() else value


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a value is as the schema says, as far as ours go."""
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    types = schema.get("type", [])
    said = [
        "anyOf" not in schema or any(fits(value, each) for each in schema["anyOf"]),
        "const" not in schema or value is schema["const"],
        "enum" not in schema or value in schema["enum"],
        not types or any(is_of(value, each) for each in ([types] if isinstance(types, str) else types)),
        not isinstance(value, list) or all(fits(each, schema.get("items", {})) for each in value),
        not isinstance(value, dict) or have_fitting_values(value, schema),
    ]
    return all(said)


def have_fitting_values(value: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Whether a mapping has the keys that it must have, none that it must not, and values that fit."""
    known, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    pairs = [(each, known.get(key, others)) for key, each in value.items()]
    is_whole = all(key in value for key in schema.get("required", ()))
    return is_whole and all(each is not False and fits(inner, each) for inner, each in pairs)


def is_of(value: Any, kind: str) -> bool:
    """Whether it is of that type of JSON, in which a flag is no number."""
    if kind == "null":
        return value is None
    return isinstance(value, TYPES[kind]) and (kind == "boolean") is isinstance(value, bool)  # type: ignore[arg-type]


def test_the_file_beside_the_shipped_one_is_current() -> None:
    """`lecturebot schema > lectures.schema.json` makes it so."""
    assert json.loads((ROOT / "lectures.schema.json").read_text(encoding="utf-8")) == SCHEMA
    first = (ROOT / "lectures.yaml").read_text(encoding="utf-8").partition("\n")[0]
    assert first == "# yaml-language-server: $schema=lectures.schema.json"


@pytest.mark.parametrize("model", [SeriesEntry, LectureEntry, AnnouncementsEntry])
def test_every_key_is_told_and_no_other_is_taken(model: type[LectureEntry]) -> None:
    told = SCHEMA["$defs"][model.__name__]
    assert [*told["properties"]] == [*model.model_fields]
    assert told["additionalProperties"] is False
    assert all(told["properties"].values()), "something is said of each"


@pytest.mark.parametrize("text", [(ROOT / "lectures.yaml").read_text(encoding="utf-8"), EVERYTHING, DEFAULTS])
def test_what_the_reader_takes_fits(text: str) -> None:
    tree = seen(composed(text).tree)
    assert fits({**tree, "lectures": tree["lectures"] or []}, SCHEMA)


@pytest.mark.parametrize(
    "lecture",
    [
        "{number: 1, titel: T}",
        "{number: 1, mode: remote}",
        "{number: 1, venue: {nam: V}}",
        "{number: 1, talks: [{titel: T}]}",
        "{number: 1, materials: [{kind: slides}]}",
        "{number: one}",
    ],
)
def test_what_it_does_not_take_does_not_fit(lecture: str) -> None:
    tree = seen(composed(f"series: {{name: S, timezone: Asia/Tokyo}}\nlectures: [{lecture}]\n").tree)
    assert not fits(tree, SCHEMA)
    assert fits({**tree, "lectures": [{"number": 1, "mode": "in-person", "speaker": "Jane Doe"}]}, SCHEMA)
