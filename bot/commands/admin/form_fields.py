"""Which fields stand together in a form, and the command lines that set one of them alone."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from bot.commands.admin.fields import VERBS
from bot.domain.lecture import Field

EDIT: Final = "admin edit"
ADD: Final = "admin add"


class FormKind(StrEnum):
    """Which fields stand together: at most five, which is what a form holds on the strictest platform (Discord)."""

    MAIN = "main"
    TEXTS = "texts"
    NEW = "new"


FORM_FIELDS: Final[Mapping[FormKind, tuple[Field, ...]]] = {
    FormKind.MAIN: (Field.STARTS, Field.SPEAKER, Field.TITLE, Field.VENUE, Field.REGISTRATION),
    FormKind.TEXTS: (Field.SUMMARY, Field.ABSTRACT, Field.NOTES),
    FormKind.NEW: (Field.NUMBER, Field.STARTS, Field.SPEAKER, Field.TITLE, Field.VENUE),
}


LONGEST: Final[Mapping[Field, int]] = {
    Field.NUMBER: 40,
    Field.STARTS: 200,
    **dict.fromkeys((Field.SPEAKER, Field.TITLE, Field.VENUE), 1000),
    Field.REGISTRATION: 2500,
}
"""Characters of a field's text in a form; the longer texts have as many as the platform takes."""


def form_line(kind: FormKind, lecture: str) -> str:
    """The command line that opens the form, and that is run when it is filled in."""
    if kind is FormKind.NEW:
        return ADD
    return f"{EDIT} {lecture}{f' {FormKind.TEXTS}' if kind is FormKind.TEXTS else ''}"


def field_line(field: Field, lecture: str) -> str:
    """The command line that sets one field of a lecture, up to the field's text."""
    return f"admin {VERBS[field]} {lecture}" if field in VERBS else f"{EDIT} {lecture} {field}"
