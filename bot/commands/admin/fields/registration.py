"""A lecture's registration, from what an organizer typed: its form, whom else that serves, its deadline, places."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.cards.naming import reference
from bot.cards.view import View
from bot.commands.admin.fields.addresses import taken_out
from bot.commands.admin.fields.errors import FieldError, shown
from bot.commands.admin.fields.form_sharing import EXAMPLE_FORM, shared, sharing_edits, typed_reference
from bot.commands.admin.fields.registration_times import (
    REMOVE,
    closed,
    deadline_edits,
    example_deadline,
    opening_edits,
    reopened,
)
from bot.domain.edits import FieldEdit
from bot.domain.lecture import Field, Lecture
from bot.domain.links import ADDRESS, plain_link, readers_form, without_punctuation
from bot.domain.registration import BY_MAIL, Closing
from bot.domain.text import folded, one_line

_FULL: Final = frozenset(map(folded, ("full", "in person full", "満席", "対面満席", "満員", "定員に達しました")))
_OPEN: Final = frozenset(map(folded, ("open", "reopen", "not full", "空席あり", "空席", "再開", "受付再開", "受付中")))
_CLOSE: Final = frozenset(
    map(folded, ("close", "close now", "closed", "締め切る", "締切る", "受付終了", "終了", "今すぐ締め切る"))
)
_NOBODY: Final = frozenset(
    map(folded, ("none", "no registration", "not needed", "なし", "不要", "登録不要", "参加登録不要", "登録なし"))
)
_MAIL: Final = re.compile(r"(?<![\w.+/@-])(?:mailto:)?([\w.+-]++@[\w-]++(?:\.[\w-]++)++)", re.IGNORECASE)
_LABEL: Final = re.compile(r"^(?:form|url|link|フォーム|参加登録|登録)\s*+[:：]?\s*+$", re.IGNORECASE)
_LOOSE: Final = " 　,，、。;；"


def registration_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """A form's link or an address to write to, `opens 6/1`, `closes 7/11 12:00`, `full`, `open`, `also 11`, `close`,
    `remove`, `none`; a link may go with others."""
    line = one_line(text)
    if folded(line) in _NOBODY:
        return tuple(_waived(lecture, view))
    url, rest = _form_in(line, lecture, view)
    edits = [*_form_edits(url, lecture, view)] if url else []
    others = sharing_edits(rest, lecture, view, owns=url is not None)
    if others:
        edits, rest = [*edits, *others[0]], others[1]
    opening = opening_edits(rest, lecture, view)
    if opening:
        edits, rest = [*edits, *opening[0]], opening[1]
    rest = one_line(rest).strip(_LOOSE)
    if rest and not (url and _LABEL.match(rest)):
        edits += _said(rest, lecture, view, has_form=url is not None)
    elif not (url or others or opening):
        raise FieldError("unusable.registration", example_deadline(lecture, view), typed=shown(line))
    return tuple(edits)


def _form_in(line: str, lecture: Lecture, view: View) -> tuple[str | None, str]:
    """The form's link and the rest; a link for editors is refused with that for readers, if it can be told."""
    found = ADDRESS.search(line)
    readers = readers_form(without_punctuation(found[0])) if found else None
    if readers:
        raise FieldError("unusable.form_editor", readers)
    mail = None if found else _MAIL.search(line)
    return (f"{BY_MAIL}{mail[1]}", line.replace(mail[0], " ")) if mail else taken_out(line, EXAMPLE_FORM)


def _form_edits(url: str, lecture: Lecture, view: View) -> Iterator[FieldEdit]:
    """The form, unless it is that of another lecture already, which is told by `also` instead."""
    number = lecture.id
    for each in view.series.lectures:
        theirs = each.registration.url
        if each.id != number and theirs and plain_link(theirs) == plain_link(url):
            example = view.say("fields.example.also", lecture=typed_reference(each, view.say))
            raise FieldError("unusable.other_form", example, lecture=reference(each, view.say))
    if url != lecture.registration.url:
        yield FieldEdit(number, ("registration", "url"), url)


def _said(rest: str, lecture: Lecture, view: View, *, has_form: bool) -> Iterable[FieldEdit]:
    said, entry = folded(rest), lecture.registration
    if said in _FULL:
        return [] if entry.in_person_full else [FieldEdit(lecture.id, ("registration", "in_person"), "full")]
    if said in _OPEN:
        return reopened(lecture, view)
    if said in _CLOSE and not has_form:
        return closed(lecture, view)
    if said in REMOVE and not has_form:
        return _removed(lecture, view)
    closing = deadline_edits(rest, lecture, view)
    if closing is None:
        raise FieldError("unusable.registration", example_deadline(lecture, view), typed=shown(rest))
    return closing


def _removed(lecture: Lecture, view: View) -> Iterator[FieldEdit]:
    """No form any more, be it the lecture's own or one of another lecture; nor that there is none to be."""
    if lecture.registration.waived:
        yield FieldEdit(lecture.id, Field.REGISTRATION.path, None)
        return
    form = view.series.form(lecture)
    owner = view.series.lecture(form.owner) if form and form.owner is not None else None
    if owner and owner.id != lecture.id:
        yield from shared((each for each in owner.registration.also_for if each != lecture.id), owner)
        return
    if lecture.registration.url:
        yield FieldEdit(lecture.id, ("registration", "url"), None)
    yield from shared((), lecture)


def _waived(lecture: Lecture, view: View) -> Iterator[FieldEdit]:
    """Nobody registers for this lecture: where one does for each, that is said; else it is enough to have no form."""
    if not view.series.registration.needed:
        yield from _removed(lecture, view)
    elif not lecture.registration.waived:
        yield FieldEdit(lecture.id, Field.REGISTRATION.path, Closing.NONE.value)
