"""How Discord says no: the shapes of its error answers, and a form that collects what is wrong with a payload."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]
Path = tuple[str | int, ...]


class RefusalError(Exception):
    """An answer that is an error; `code` is Discord's own, not the HTTP status."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} ({code}): {message} {errors or ''}".rstrip())
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    def body(self) -> Json:
        body: Json = {"message": self.message, "code": self.code}
        if self.errors:
            body["errors"] = self.errors
        return body


def unauthorised() -> RefusalError:
    return RefusalError(401, 0, "401: Unauthorized")


def not_found() -> RefusalError:
    return RefusalError(404, 0, "404: Not Found")


def unknown_channel() -> RefusalError:
    return RefusalError(404, 10003, "Unknown Channel")


def unknown_guild() -> RefusalError:
    return RefusalError(404, 10004, "Unknown Guild")


def unknown_member() -> RefusalError:
    return RefusalError(404, 10007, "Unknown Member")


def unknown_role() -> RefusalError:
    return RefusalError(404, 10011, "Unknown Role")


def unknown_message() -> RefusalError:
    return RefusalError(404, 10008, "Unknown Message")


def unknown_user() -> RefusalError:
    return RefusalError(404, 10013, "Unknown User")


def unknown_webhook() -> RefusalError:
    return RefusalError(404, 10015, "Unknown Webhook")


def unknown_interaction() -> RefusalError:
    return RefusalError(404, 10062, "Unknown interaction")


def already_acknowledged() -> RefusalError:
    return RefusalError(400, 40060, "Interaction has already been acknowledged.")


def too_large() -> RefusalError:
    return RefusalError(413, 40005, "Request entity too large")


def missing_access() -> RefusalError:
    return RefusalError(403, 50001, "Missing Access")


def not_the_author() -> RefusalError:
    return RefusalError(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> RefusalError:
    return RefusalError(400, 50006, "Cannot send an empty message")


def closed_to_messages() -> RefusalError:
    return RefusalError(403, 50007, "Cannot send messages to this user")


def thread_archived() -> RefusalError:
    return RefusalError(400, 50083, "Thread is archived")


def wrong_kind_of_channel() -> RefusalError:
    return RefusalError(400, 50024, "Cannot execute action on this channel type")


def no_text_channel() -> RefusalError:
    return RefusalError(400, 50008, "Cannot send messages in a non-text channel")


def missing_permissions() -> RefusalError:
    return RefusalError(403, 50013, "Missing Permissions")


def expired_webhook_token() -> RefusalError:
    return RefusalError(401, 50027, "Invalid Webhook Token")


def invalid_json() -> RefusalError:
    return RefusalError(400, 50109, "The request body contains invalid JSON.")


def reply_without_history() -> RefusalError:
    return RefusalError(400, 160002, "Cannot reply without permission to read message history")


class Form:
    """Collects everything wrong with one payload, each at its place, and refuses it as a whole."""

    def __init__(self) -> None:
        self._errors: Json = {}

    def wrong(self, path: Path, code: str, message: str) -> None:
        node = self._errors
        for step in path:
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def finish(self) -> None:
        """Raises the refusal if anything was wrong."""
        if self._errors:
            raise RefusalError(400, 50035, "Invalid Form Body", self._errors)

    def text(self, path: Path, value: object, *, most: int, least: int = 0) -> str:
        """Checks a text and gives it stripped as Discord stores it. Absent counts as empty."""
        if value is None:
            value = ""
        if not isinstance(value, str):
            self.wrong(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
            return ""
        stripped = value.strip()
        if least and not stripped:
            self.wrong(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif least and not least <= len(stripped) <= most:
            self.wrong(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        elif len(stripped) > most:
            self.wrong(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        return stripped

    def number(self, path: Path, value: object, least: int, most: int) -> int | None:
        """Checks a whole number; None stays None."""
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            self.wrong(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
            return None
        if not least <= value <= most:
            self.wrong(path, "NUMBER_TYPE_RANGE", f"int value should be between {least} and {most}.")
        return value

    def items(self, path: Path, value: object, *, most: int, least: int = 0) -> list[Json]:
        """Checks a list of objects; what is no object is reported and left out."""
        if value is None:
            value = []
        if not isinstance(value, list):
            self.wrong(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return []
        if not least <= len(value) <= most:
            self.wrong(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        objects = []
        for index, item in enumerate(value):
            if isinstance(item, dict):
                objects.append(item)
            else:
                self.wrong((*path, index), "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
        return objects

    def url(self, path: Path, value: object, *, schemes: tuple[str, ...] = ("http", "https"), most: int = 2048) -> None:
        """Checks the address of a web page or a picture; absent is fine."""
        if value is None:
            return
        address = self.text(path, value, most=most, least=1)
        if not address:
            return
        try:
            parts = urlsplit(address)
        except ValueError:
            self.wrong(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
            return
        if parts.scheme not in schemes:
            named = ", ".join(f"'{scheme}'" for scheme in schemes)
            text = f'Scheme "{parts.scheme}" not supported. Scheme must be one of ({named}).'
            self.wrong(path, "URL_TYPE_INVALID_SCHEME", text)
        elif not parts.netloc or any(c.isspace() for c in address):
            self.wrong(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
