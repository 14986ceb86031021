"""The format of lectures.yaml as a JSON Schema, for editors; what it can't say is said by `lecturebot check`."""

from typing import Any

from pydantic.json_schema import models_json_schema

from bot.schedule.schema.announcements import AnnouncementsEntry
from bot.schedule.schema.entry import Entry
from bot.schedule.schema.lecture import LectureEntry
from bot.schedule.schema.series import SeriesEntry


def json_schema() -> dict[str, Any]:
    """The schema; every mapping of the file stands in it by its name."""
    models = sorted(Entry.__subclasses__(), key=lambda each: each.__name__)
    _, told = models_json_schema([(each, "validation") for each in models])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "lectures.yaml",
        "type": "object",
        "additionalProperties": False,
        "required": ["series", "lectures"],
        "properties": {
            "series": _of(SeriesEntry),
            "announcements": {"anyOf": [_of(AnnouncementsEntry), {"type": "null"}]},
            "lectures": {"type": "array", "items": _of(LectureEntry)},
        },
        "$defs": _without_labels(told["$defs"]),
    }


def _without_labels(told: Any) -> Any:
    """The schema without the titles and defaults that pydantic gives each field: they say nothing that isn't there."""
    if isinstance(told, list):
        return [_without_labels(each) for each in told]
    if not isinstance(told, dict):
        return told
    fields = told.get("properties", {})
    kept = {key: _without_labels(each) for key, each in told.items() if key not in ("title", "default", "properties")}
    return kept | ({"properties": {name: _without_labels(each) for name, each in fields.items()}} if fields else {})


def _of(model: type[Entry]) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{model.__name__}"}
