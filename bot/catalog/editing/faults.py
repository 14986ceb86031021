"""Why an edit can't be made, as a value that can be told in both languages."""

from collections.abc import Mapping
from typing import Final


class CannotEdit(Exception):
    """An edit that can't be made; the text is left as it was. `name` is that of its phrase, `values` go into it."""

    def __init__(self, name: str, values: Mapping[str, str | int] | None = None) -> None:
        super().__init__(name, dict(values or {}))
        self.name: Final = name
        self.values: Final[Mapping[str, str | int]] = dict(values or {})
