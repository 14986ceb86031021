"""How the stand-in says no: the error codes and extra fields of Slack's answers."""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]


class RefusedError(Exception):
    """Ends a Web API call with `{"ok": false, "error": …}`."""

    def __init__(self, error: str, *, messages: list[str] | None = None, **fields: Any) -> None:
        super().__init__(error, *(messages or []))
        self.error = error
        self.fields: Json = dict(fields)
        if messages:
            self.fields["response_metadata"] = {"messages": [f"[ERROR] {each}" for each in messages]}

    def body(self) -> Json:
        return {"ok": False, "error": self.error, **self.fields}


class Args(dict[str, Any]):
    """The arguments of one call, whichever way they were encoded."""

    def need(self, name: str) -> str:
        value = self.get(name)
        if value is None or value == "":
            raise RefusedError("invalid_arguments", messages=[f"missing required field: {name}"])
        return str(value)

    def flag(self, name: str) -> bool:
        return self.get(name) in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int) -> int:
        value = self.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise RefusedError("invalid_arguments", messages=[f"must be an integer: {name}"]) from None

    def parsed(self, name: str, refusal: str) -> Any:
        """A structured argument, which form encoding carries as a JSON string."""
        value = self.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise RefusedError(refusal) from None
