"""Edits of lectures in the structure of lectures.yaml, shared by those who decide on them and those who write them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FieldPath = tuple[str | int, ...]
"""Keys of lectures.yaml and positions from 0 that lead to a value: `("venue", "room")`, `("materials", 1)`."""

FieldValue = str | int | bool | None | Sequence["FieldValue"] | Mapping[str, "FieldValue"]
"""What a field can be set to; a date is given as the text that is to be written."""


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """The new value of one field of one lecture; None removes it.

    The position after the last of a list appends. What is missing on the way is made, what is left empty is removed. An
    empty path is the lecture as a whole.
    """

    lecture: str
    path: FieldPath
    value: FieldValue
