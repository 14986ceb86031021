"""What organizers type as a field's value becomes edits in the structure of lectures.yaml, or is refused helpfully."""

from bot.commands.fields.dates import date_edits, date_label, lecture_date, query_text
from bot.commands.fields.parsing import Field, field_edits
from bot.commands.fields.unusable import Unusable
from bot.commands.fields.values import edit_lines
from bot.commands.fields.whole import whole_date, whole_edits, whole_text
from bot.commands.fields.wordings import cleaned

__all__ = [
    "Field",
    "Unusable",
    "cleaned",
    "date_edits",
    "date_label",
    "edit_lines",
    "field_edits",
    "lecture_date",
    "query_text",
    "whole_date",
    "whole_edits",
    "whole_text",
]
