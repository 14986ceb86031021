"""Where one joins a lecture online, from what an organizer typed."""

from typing import Final

from bot.cards.view import View
from bot.commands.admin.fields.addresses import taken_out
from bot.commands.admin.fields.errors import FieldError, shown
from bot.commands.admin.fields.texts import is_undecided
from bot.domain.edits import FieldEdit
from bot.domain.lecture import Field, Lecture
from bot.domain.text import one_line

_EXAMPLE: Final = "https://www.youtube.com/watch?v=…"


def join_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """An address, or that there is none of the lecture's own."""
    if is_undecided(text):
        return (FieldEdit(lecture.id, Field.JOIN.path, None),) if lecture.join else ()
    url, rest = taken_out(one_line(text), _EXAMPLE)
    if not url or rest.strip():
        raise FieldError("unusable.link_type", _EXAMPLE, typed=shown(text))
    return () if url == lecture.join else (FieldEdit(lecture.id, Field.JOIN.path, url),)
