"""Edits of lectures.yaml by the bot that leave everything else in the file as it is, byte for byte.

Nothing is dumped but the values that change; they are spliced into the text at the places where the parser says the
old ones are. Every lecture has a block of lines of its own, with its comments, and no edit moves the borders between
blocks; so putting a block back undoes whatever happened to that lecture.
"""

from bot.schedule.editing.apply import edited, entry_of, with_lecture, without_lecture
from bot.schedule.editing.undo import Entry, entry, merged, with_entries, with_entry
from bot.schedule.editing.yaml_text import CannotEditError

__all__ = [
    "CannotEditError",
    "Entry",
    "edited",
    "entry",
    "entry_of",
    "merged",
    "with_entries",
    "with_entry",
    "with_lecture",
    "without_lecture",
]
