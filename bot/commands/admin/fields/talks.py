"""One of several talks of a lecture, from what an organizer typed: `2 title Waves`, `3 speaker Ada`, `2 remove`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.cards.lecture import talk_line
from bot.cards.naming import reference
from bot.cards.view import View
from bot.commands.admin.fields.errors import FieldError, shown
from bot.commands.admin.fields.materials import material_edits
from bot.commands.admin.fields.speakers import speaker_edits
from bot.commands.admin.fields.texts import abstract_edits, is_undecided, title_edits
from bot.domain.edits import FieldEdit
from bot.domain.language import LANGUAGES
from bot.domain.lecture import Field, Lecture, Talk
from bot.domain.talk_lines import TalkLine, talk_in
from bot.domain.text import folded, one_line
from bot.i18n import phrases

_POSITION: Final = re.compile(r"(?:#|no\.?\s*)?(\d{1,2})(?:番目?|件目)?(?=\s|$)\s*", re.IGNORECASE)


def talk_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """A field of the talk with that number, as they are shown, from 1; the number after the last adds one.

    なし in place of a field removes the talk.
    """
    found = _POSITION.match(text)
    number = int(found[1]) if found else 0
    if not found or not 1 <= number <= len(lecture.talks) + 1:
        raise _no_such(lecture, view)
    is_new = number > len(lecture.talks)
    talk = Talk(position=len(lecture.talks)) if is_new else lecture.talks[number - 1]
    said = text[found.end() :]
    if is_undecided(said) and not is_new:
        return (FieldEdit(lecture.id, ("talks", talk.position), None),)
    name, _, value = said.replace("\n", " \n", 1).partition(" ")
    field = next((each for each in _PARSERS if folded(name).rstrip(":：=") in _names(each)), None)
    if field is None or not value.strip():
        names = view.say("join.comma").join(view.say(f"fields.name.{each}") for each in _PARSERS)
        raise FieldError("unusable.talk_field", _example(view, number), names=names, typed=shown(name))
    try:
        edits = _PARSERS[field](value.strip(), _as_lecture(talk, lecture), view)
    except FieldError as unusable:
        example = f"{number} {name} {unusable.example}" if unusable.example else _example(view, number)
        raise FieldError(unusable.name, example, **unusable.values) from None
    return tuple(
        FieldEdit(each.lecture, ("talks", talk.position, *each.path), each.value)
        for each in edits
        if each.path != Field.TITLE_TENTATIVE.path
    )


def _as_lecture(talk: Talk, lecture: Lecture) -> Lecture:
    """The talk in the shape that the readers of fields know."""
    return replace(
        lecture,
        starts=talk.starts,
        ends=talk.ends,
        speakers=talk.speakers,
        title=talk.title,
        title_tentative=False,
        abstract=talk.abstract,
        materials=talk.materials,
        talks=(),
    )


def _time_edits(text: str, talk: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """The start, perhaps with the end: `13:00-13:45`; 未定 removes both."""
    said = TalkLine() if is_undecided(text) else talk_in(one_line(text))
    if said.title or not (said.starts or is_undecided(text)):
        raise FieldError("problem.time", "13:00-13:45", understood=shown(text))
    times = ((Field.STARTS, talk.starts, said.starts), (Field.ENDS, talk.ends, said.ends))
    return tuple(
        FieldEdit(talk.id, field.path, f"{now:%H:%M}" if now else None)
        for field, had, now in times
        if (had and had.timetz().replace(tzinfo=None)) != now
    )


_PARSERS: Final[Mapping[Field, Callable[[str, Lecture, View], tuple[FieldEdit, ...]]]] = {
    Field.TITLE: title_edits,
    Field.SPEAKER: speaker_edits,
    Field.STARTS: _time_edits,
    Field.ABSTRACT: abstract_edits,
    Field.MATERIALS: material_edits,
}


def _names(field: Field) -> set[str]:
    return {str(field), *(folded(phrases(each)(f"fields.name.{field}")) for each in LANGUAGES)}


def _no_such(lecture: Lecture, view: View) -> FieldError:
    """What talks there are, and how another one is added."""
    number = len(lecture.talks) + 1
    if not lecture.talks:
        return FieldError("unusable.no_talks", _example(view, number), lecture=reference(lecture, view.say))
    lines = (f"{position} {talk_line(each, view.say)}" for position, each in enumerate(lecture.talks, 1))
    talks = view.say("join.comma").join(lines)
    return FieldError("unusable.no_talk", _example(view, 1), talks=talks, next=number)


def _example(view: View, number: int) -> str:
    return view.say("fields.example.talk", number=number)
