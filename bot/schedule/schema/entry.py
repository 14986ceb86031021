"""What all mappings of the file have in common. A key that is left empty counts as left out, except for links."""

from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.schedule.problems import RefusedValueError, findings

Model = TypeVar("Model", bound="Entry")


class Entry(BaseModel):
    """A mapping of the file."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)


def reference(model: type[Entry]) -> dict[str, Any]:
    """The mapping in `lecturebot schema`, where all of them stand by their names."""
    return {"$ref": f"#/$defs/{model.__name__}"}


WORD: Final = {"type": "string"}
OFF: Final = {"const": False}


def mapping_schema(model: type[Entry], short: dict[str, Any], *, several: bool = False) -> dict[str, Any]:
    """How editors are told of a mapping that may be left empty or have a `short` form."""
    one = [short, reference(model)]
    listed = [{"type": "array", "items": {"anyOf": one}}] if several else []
    return {"anyOf": [*one, *listed, {"type": "null"}]}


def checked(model: type[Model], value: object) -> Model:
    """The mapping; what is wrong with it is refused as that of any other field."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise RefusedValueError(*findings(error, model)) from None
