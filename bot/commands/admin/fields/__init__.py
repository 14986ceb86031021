"""Reads what organizers type as a field's value into edits of lectures.yaml; FieldError says what is wrong with it."""

from bot.commands.admin.fields.dates import date_edits, date_label, example_date, lecture_date, own_date, query_text
from bot.commands.admin.fields.errors import FieldError
from bot.commands.admin.fields.form_text import form_edits, text_in_form
from bot.commands.admin.fields.moments import moment_ahead
from bot.commands.admin.fields.parser import TYPED_FIELDS, VERBS, field_edits
from bot.commands.admin.fields.several import (
    LONG,
    field_named,
    is_labelled,
    labelled_edits,
    on_date,
    taken_apart,
    with_lecture,
)
from bot.commands.admin.fields.texts import cleaned
from bot.commands.admin.fields.wording import wording

__all__ = [
    "LONG",
    "TYPED_FIELDS",
    "VERBS",
    "FieldError",
    "cleaned",
    "date_edits",
    "date_label",
    "example_date",
    "field_edits",
    "field_named",
    "form_edits",
    "is_labelled",
    "labelled_edits",
    "lecture_date",
    "moment_ahead",
    "on_date",
    "own_date",
    "query_text",
    "taken_apart",
    "text_in_form",
    "with_lecture",
    "wording",
]
