"""Reads a typed text into edits of a field. Every text is checked for meeting links and passcodes first."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from bot.cards.view import View
from bot.commands.admin.fields.errors import FieldError, refuse_secrets
from bot.commands.admin.fields.joining import join_edits
from bot.commands.admin.fields.materials import material_edits
from bot.commands.admin.fields.registration import registration_edits
from bot.commands.admin.fields.speakers import speaker_edits
from bot.commands.admin.fields.talks import talk_edits
from bot.commands.admin.fields.texts import (
    abstract_edits,
    cleaned,
    label_edits,
    language_edits,
    mode_edits,
    notes_edits,
    reason_edits,
    summary_edits,
    title_edits,
)
from bot.commands.admin.fields.venue import venue_edits
from bot.domain.edits import FieldEdit, FieldValue
from bot.domain.lecture import Field, Lecture
from bot.domain.secret import Secret, secret_in

_PARSERS: Final[Mapping[Field, Callable[[str, Lecture, View], tuple[FieldEdit, ...]]]] = {
    Field.VENUE: venue_edits,
    Field.TITLE: title_edits,
    Field.SPEAKER: speaker_edits,
    Field.NOTES: notes_edits,
    Field.REASON: reason_edits,
    Field.SUMMARY: summary_edits,
    Field.ABSTRACT: abstract_edits,
    Field.LANGUAGE: language_edits,
    Field.MODE: mode_edits,
    Field.MATERIALS: material_edits,
    Field.REGISTRATION: registration_edits,
    Field.JOIN: join_edits,
    Field.TALKS: talk_edits,
    Field.LABEL: label_edits,
}
"""A date is read by `bot.commands.admin.fields.dates`, which may have to ask back."""

TYPED_FIELDS: Final = tuple(_PARSERS)
"""What of a lecture can be typed under its name."""

VERBS: Final[Mapping[Field, str]] = {
    Field.STARTS: "move",
    Field.VENUE: "venue",
    Field.TITLE: "title",
    Field.SPEAKER: "speaker",
    Field.MATERIALS: "material",
    Field.REGISTRATION: "registration",
}
"""Fields with a verb of `/admin` of their own; the others are set by `/admin edit`."""


def field_edits(field: Field, text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """What the text makes of one of `TYPED_FIELDS`; nothing if it is so already. Raises FieldError."""
    typed = cleaned(text)
    _refuse_secrets(typed, field, view)
    if not typed:
        raise FieldError("unusable.empty")
    edits = _PARSERS[field](typed, lecture, view)
    for edit in edits:
        for value in _texts(edit.value):
            _refuse_secrets(value, field, view)
    return edits


def _refuse_secrets(text: str, field: Field, view: View) -> None:
    """Meeting links are none in the one field for them, where the organizers publish them."""
    if field is Field.JOIN and view.series.meeting_links_public:
        return
    if field is Field.JOIN and secret_in(text) is Secret.MEETING_LINK:
        raise FieldError("problem.secret.join")
    refuse_secrets(text)


def _texts(value: FieldValue) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif value is not None and not isinstance(value, bool | int):
        for each in value:
            yield from _texts(each)
