"""What organizers type as a field's value becomes edits in the structure of lectures.yaml, or is refused helpfully."""

from bot.commands.admin.fields.common import FieldError
from bot.commands.admin.fields.dates import date_edits, date_label, lecture_date, query_text
from bot.commands.admin.fields.form_text import whole_date, whole_edits, whole_text
from bot.commands.admin.fields.parser import Field, field_edits
from bot.commands.admin.fields.texts import cleaned

__all__ = [
    "Field",
    "FieldError",
    "cleaned",
    "date_edits",
    "date_label",
    "field_edits",
    "lecture_date",
    "query_text",
    "whole_date",
    "whole_edits",
    "whole_text",
]
