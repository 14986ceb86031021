"""Several fields of a lecture in one line: `5/2 13:00-17:00 venue: East Hall form: https://…`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Final

from bot.cards.view import View
from bot.commands.admin.fields.dates import date_edits
from bot.commands.admin.fields.errors import FieldError
from bot.commands.admin.fields.parser import TYPED_FIELDS, field_edits
from bot.domain.edits import FieldEdit, FieldPath
from bot.domain.language import LANGUAGES
from bot.domain.lecture import Field, Lecture, Status
from bot.domain.links import ADDRESS
from bot.domain.text import folded
from bot.domain.written_date import WrittenDate
from bot.i18n import phrases

LONG: Final = frozenset((Field.SUMMARY, Field.ABSTRACT, Field.NOTES))
"""Texts that may contain anything, so that nothing else can be told apart behind them."""

_OTHER_NAMES: Final[Mapping[str, Field]] = {
    **dict.fromkeys(("date", "日時", "日程"), Field.STARTS),
    **dict.fromkeys(("form", "フォーム", "登録"), Field.REGISTRATION),
}
_ROOM: Final = ("room", "教室", "部屋", "講義室")
"""A part of the venue, which can be said alone."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line taken apart: what stands before the first label, and what is said of each field, as it was typed."""

    before: str
    fields: Mapping[Field, str]

    @property
    def rest(self) -> str:
        """What is labelled, but for the date, as it can be typed again."""
        return " ".join(f"{field}: {text}" for field, text in self.fields.items() if field is not Field.STARTS)


@cache
def _names() -> Mapping[str, Field]:
    typed = {phrases(language)(f"fields.name.{each}"): each for each in TYPED_FIELDS for language in LANGUAGES}
    return {**{each.value: each for each in TYPED_FIELDS}, **typed, **_OTHER_NAMES}


@cache
def _folded_names() -> Mapping[str, Field]:
    return {folded(name): field for name, field in _names().items()}


@cache
def label_pattern() -> re.Pattern[str]:
    """The name of a field, or the word for a room, before a colon."""
    names = "|".join(sorted(map(re.escape, {*_names(), *_ROOM}), key=len, reverse=True))
    return re.compile(rf"(?<!\S)({names})[:：](?!//)", re.IGNORECASE)


def field_named(typed: str) -> Field | None:
    """The field of that name, in either language."""
    return _folded_names().get(folded(typed).rstrip(":：="))


def is_labelled(text: str) -> bool:
    """Whether a line begins with a label."""
    return label_pattern().match(text) is not None


def taken_apart(text: str) -> Labelled:
    """The line with what is labelled in it; an address at the end of what is not labelled is that of the form.

    Raises FieldError for a field that is said twice.
    """
    found = _labels(text)
    ends = [*(each.start() for each, _ in found[1:]), len(text)]  # one, too, where there is no label
    before = text[: found[0][0].start()].strip() if found else text.strip()
    fields: dict[Field, str] = {}
    first, _, last = before.rpartition(" ")
    if first and ADDRESS.fullmatch(last):
        before, fields[Field.REGISTRATION] = first.strip(), last
    for (label, field), end in zip(found, ends, strict=False):
        begin = label.start() if label[1].lower() in _ROOM else label.end()
        if field in fields:
            raise FieldError("unusable.twice", typed=label[1])
        fields[field] = text[begin:end].strip()
    return Labelled(before, fields)


def _labels(text: str) -> list[tuple[re.Match[str], Field]]:
    """The labels with their fields; behind that of a long text, nothing is a label."""
    labels: list[tuple[re.Match[str], Field]] = []
    for label in label_pattern().finditer(text):
        is_room = label[1].lower() in _ROOM
        if labels and (labels[-1][1] in LONG or (is_room and labels[-1][1] is Field.VENUE)):
            continue
        labels.append((label, Field.VENUE if is_room else _folded_names()[folded(label[1])]))
    return labels


def on_date(meant: WrittenDate, lecture: Lecture, view: View) -> tuple[Lecture, tuple[FieldEdit, ...]]:
    """The lecture on that date, where a postponed one takes place again, and the edits that bring it there."""
    edits = date_edits(meant, lecture, view)
    entry, zone = lecture.registration, view.series.timezone
    if any(each.path == ("registration", "closes") for each in edits):
        entry = replace(entry, closes=None)
    moved = replace(
        lecture,
        status=Status.PLANNED if lecture.status is Status.POSTPONED else lecture.status,
        day=meant.day,
        starts=datetime.combine(meant.day, meant.start, zone) if meant.start else None,
        ends=None if meant.end is None else datetime.combine(meant.last_day, meant.end, zone),
        registration=entry,
    )
    return moved, edits


def with_lecture(lecture: Lecture, view: View) -> View:
    """The view with the lecture as it would be."""
    others = (lecture if each.id == lecture.id else each for each in view.series.lectures)
    return View(replace(view.series, lectures=tuple(others)), view.now, view.language)


def labelled_edits(fields: Mapping[Field, str], lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """What is said of fields other than the date; of several edits of one value the last one counts.

    Raises FieldError, with the field.
    """
    edits: list[FieldEdit] = []
    for field, text in fields.items():
        if field is Field.STARTS:
            continue
        try:
            edits += field_edits(field, text, lecture, view)
        except FieldError as unusable:
            unusable.field = field
            raise
    return merged(edits)


def merged(edits: Iterable[FieldEdit]) -> tuple[FieldEdit, ...]:
    """The edits without those that a later one makes void."""
    last: dict[tuple[str, FieldPath], FieldEdit] = {}
    for each in edits:
        last[each.lecture, each.path] = each
    return tuple(last.values())
