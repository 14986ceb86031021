"""What organizers type as a field's value becomes edits in the structure of lectures.yaml, or is refused helpfully."""

from bot.commands.fields.dates import date_edits, date_label, lecture_date, query_text
from bot.commands.fields.parsing import Field, field_edits
from bot.commands.fields.unusable import Unusable
from bot.commands.fields.values import edit_lines

__all__ = [
    "Field",
    "Unusable",
    "date_edits",
    "date_label",
    "edit_lines",
    "field_edits",
    "lecture_date",
    "query_text",
]
