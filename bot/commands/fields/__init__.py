"""What organizers type as a field's value becomes edits in the structure of lectures.yaml, or is refused helpfully."""

from bot.commands.fields.parsing import Field, field_edits
from bot.commands.fields.unusable import Unusable

__all__ = ["Field", "Unusable", "field_edits"]
