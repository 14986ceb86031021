"""A field's value as somebody types it, and what becomes of it."""

from datetime import datetime

import pytest

from bot.cards.view import View
from bot.commands.admin.fields import FieldError, field_edits
from bot.domain.edits import FieldEdit, FieldValue
from bot.domain.language import Language
from bot.domain.lecture import Field, Lecture
from bot.domain.series import Series
from tests.examples import BEFORE_THREE, EXAMPLE


def lecture(number: int, series: Series = EXAMPLE) -> Lecture:
    """A lecture that is there."""
    found = series.lecture(str(number))
    assert found
    return found


def edits(
    field: Field, text: str, number: int = 3, series: Series = EXAMPLE, now: datetime = BEFORE_THREE
) -> dict[str, FieldValue]:
    """The edits of a lecture by their paths (those of another one with its number before); the same in any language."""
    made = [field_edits(field, text, lecture(number, series), View(series, now, each)) for each in ("ja", "en")]
    assert made[0] == made[1]
    return {_place(edit, number): edit.value for edit in made[0]}


def refused(
    field: Field,
    text: str,
    number: int = 3,
    language: Language = "en",
    series: Series = EXAMPLE,
    now: datetime = BEFORE_THREE,
) -> str:
    """What is said instead; the example in it can be typed indeed, unless it is only the shape of a link."""
    view = View(series, now, language)
    with pytest.raises(FieldError) as raised:
        field_edits(field, text, lecture(number, series), view)
    example = raised.value.example
    if example and "…" not in example:
        field_edits(field, example, lecture(number, series), view)
    return raised.value.sentence(view.say)


def _place(edit: FieldEdit, number: int) -> str:
    path = ".".join(map(str, edit.path))
    return path if edit.lecture == str(number) else f"{edit.lecture}: {path}"
