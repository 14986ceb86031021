"""A lecture's registration, from what an organizer typed: its form, its deadline, places, whom else the form serves."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from typing import Final

from bot.cards.view import View
from bot.commands.fields.dates import in_file, not_a_date
from bot.commands.fields.links import taken_out
from bot.commands.fields.unusable import Unusable, shown
from bot.commands.fields.wordings import one_line
from bot.domain.addresses import readers_form
from bot.domain.days import FAR
from bot.domain.edits import FieldEdit
from bot.domain.folding import folded
from bot.domain.lecture import Lecture, Status
from bot.domain.likeness import plain_link
from bot.domain.written_dates import NotADate, Oddity, WrittenDate, written_date

_FULL: Final = frozenset(map(folded, ("full", "in person full", "満席", "対面満席", "満員", "定員に達しました")))
_OPEN: Final = frozenset(map(folded, ("open", "reopen", "not full", "空席あり", "空席", "再開", "受付再開", "受付中")))
_CLOSE: Final = frozenset(
    map(folded, ("close", "close now", "closed", "締め切る", "締切る", "受付終了", "終了", "今すぐ締め切る"))
)
_REMOVE: Final = frozenset(
    map(folded, ("remove", "delete", "remove form", "none", "削除", "取り消し", "なし", "フォーム削除"))
)
_USUAL: Final = frozenset(map(folded, ("usual", "as usual", "default", "通常", "通常どおり", "通常通り", "規定どおり")))

_NUMBERS: Final = r"(?:第|#|lectures?\s+)?\s*\d{1,6}\s*回?(?:\s*(?:[・、,&+]|と|and)\s*(?:第|#)?\s*\d{1,6}\s*回?)*"
_ALSO: Final = re.compile(
    rf"(?:also(?:\s+for)?|shared\s+with|共通)\s*[:：]?\s*(?P<after>{_NUMBERS})|(?P<before>{_NUMBERS})\s*と?\s*(?:も\s*)?(?:共通|兼用|共用)",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(r"(?:also|共通|兼用)\s*[:：]?\s*(?:none|なし|解除)|not shared|共通解除", re.IGNORECASE)
_DEADLINE: Final = re.compile(
    r"(?:closes|closing|deadline|until|by|締め?切り?|〆切|期限)\s*[:：はを]?\s*(?P<after>.+)|(?P<before>.+?)\s*(?:に)?\s*(?:締め?切り?|〆切|まで)",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"^(?:form|url|link|フォーム|参加登録|登録)\s*[:：]?\s*$", re.IGNORECASE)
_FORM: Final = "https://forms.gle/…"
_LOOSE: Final = " 　,，、;；"
_IRRELEVANT: Final = frozenset({Oddity.NIGHT, Oddity.LONG, Oddity.END})
"""What is odd about a lecture, but not about a deadline, which may well be at midnight."""


def registration_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """A form's link, `closes 7/11 12:00`, `full`, `open`, `also 11`, `close`, `remove`; a link may go with another."""
    line = one_line(text)
    url, rest = _form_in(line, view)
    edits = [*_form_edits(url, line, lecture, view)] if url else []
    alone = _ALONE.search(rest)
    also = None if alone else _ALSO.search(rest)
    if alone:
        edits += _shared((), lecture)
        rest = rest.replace(alone[0], " ")
    elif also:
        numbers = [int(each) for each in re.findall(r"\d+", also["after"] or also["before"])]
        edits += _shared_with(numbers, lecture, view, owns=url is not None)
        rest = rest.replace(also[0], " ")
    rest = one_line(rest).strip(_LOOSE)
    if rest and not (url and _LABEL.match(rest)):
        edits += _said(rest, lecture, view, has_form=url is not None)
    elif not (url or alone or also):
        raise Unusable("unusable.registration", _example(view), typed=shown(line))
    return tuple(edits)


def _example(view: View) -> str:
    return "締切 7/11 12:00" if view.language == "ja" else "closes 7/11 12:00"


def _form_in(line: str, view: View) -> tuple[str | None, str]:
    """The form's link and the rest; a link for editors is refused with that for readers, if it can be told."""
    found = re.search(r"https?://[^\s<>]+", line)
    readers = readers_form(found[0]) if found else None
    if readers:
        raise Unusable("unusable.form_editor", readers)
    return taken_out(line, _example(view))


def _form_edits(url: str, line: str, lecture: Lecture, view: View) -> Iterator[FieldEdit]:
    """The form, unless it is that of another lecture already, which is told by `also` instead."""
    number = lecture.number
    for each in view.series.lectures:
        theirs = each.registration.url
        if each.number != number and theirs and plain_link(theirs) == plain_link(url):
            example = f"第{each.number}回と共通" if view.language == "ja" else f"also {each.number}"
            raise Unusable("unusable.other_form", example, other=each.number)
    if url != lecture.registration.url:
        yield FieldEdit(number, ("registration", "url"), url)


def _said(rest: str, lecture: Lecture, view: View, *, has_form: bool) -> Iterable[FieldEdit]:
    said, entry = folded(rest), lecture.registration
    if said in _FULL:
        return [] if entry.in_person_full else [FieldEdit(lecture.number, ("registration", "in_person"), "full")]
    if said in _OPEN:
        return _reopened(lecture, view)
    if said in _CLOSE and not has_form:
        return _closed(lecture, view)
    if said in _REMOVE and not has_form:
        return _removed(lecture, view)
    deadline = _DEADLINE.fullmatch(rest)
    if not deadline:
        raise Unusable("unusable.registration", _example(view), typed=shown(rest))
    when = (deadline["after"] or deadline["before"]).strip(" 　:：")
    if folded(when) in _USUAL | _REMOVE:
        return [FieldEdit(lecture.number, ("registration", "closes"), None)] if entry.closes else []
    closes = _deadline(when, lecture, view)
    return [] if closes is None else [closes]


# ---- forms that serve several lectures


def _shared_with(numbers: list[int], lecture: Lecture, view: View, *, owns: bool) -> Iterable[FieldEdit]:
    """This lecture's form serves others, too; or theirs this one, if it has none itself."""
    for number in numbers:
        if number == lecture.number:
            raise Unusable("unusable.also_itself", _also_example(lecture, view), number=number)
        if not view.series.lecture(number):
            raise Unusable("unusable.also_unknown", _also_example(lecture, view), number=number)
    if owns or lecture.registration.url:
        return _shared((*lecture.registration.also_for, *numbers), lecture)
    owners = [each for number in numbers if (each := view.series.lecture(number)) and each.registration.url]
    if len(owners) != 1:
        raise Unusable("unusable.no_form", _FORM, number=lecture.number)
    return _shared((*owners[0].registration.also_for, lecture.number), owners[0])


def _shared(numbers: Iterable[int], owner: Lecture) -> list[FieldEdit]:
    served = sorted(set(numbers))
    if served == list(owner.registration.also_for):
        return []
    return [FieldEdit(owner.number, ("registration", "also_for"), served or None)]


def _also_example(lecture: Lecture, view: View) -> str:
    others = [each.number for each in view.series.lectures if each.number != lecture.number]
    other = min(others, key=lambda number: abs(number - lecture.number), default=lecture.number + 1)
    return f"第{other}回と共通" if view.language == "ja" else f"also {other}"


# ---- opening and closing


def _closed(lecture: Lecture, view: View) -> Iterable[FieldEdit]:
    """Registration closes now, unless it has closed already."""
    over_at, deadline = view.series.over_at(lecture), view.series.deadline(lecture)
    instant = view.now.astimezone(UTC)
    if lecture.status is Status.PLANNED and over_at and instant >= over_at:
        raise Unusable("unusable.over", number=lecture.number)
    if deadline and instant >= deadline:
        return []
    return [_closing(view.now, lecture, view)]


def _reopened(lecture: Lecture, view: View) -> Iterator[FieldEdit]:
    """There are places, and a deadline of its own that has passed is none any more."""
    entry = lecture.registration
    if entry.in_person_full:
        yield FieldEdit(lecture.number, ("registration", "in_person"), None)
    if entry.closes and entry.closes.astimezone(UTC) <= view.now.astimezone(UTC):
        yield FieldEdit(lecture.number, ("registration", "closes"), None)


def _removed(lecture: Lecture, view: View) -> Iterator[FieldEdit]:
    """No form any more, be it the lecture's own or one of another lecture."""
    form = view.series.form(lecture)
    owner = view.series.lecture(form.owner) if form else None
    if owner and owner.number != lecture.number:
        yield from _shared((each for each in owner.registration.also_for if each != lecture.number), owner)
        return
    if lecture.registration.url:
        yield FieldEdit(lecture.number, ("registration", "url"), None)
    yield from _shared((), lecture)


def _deadline(when: str, lecture: Lecture, view: View) -> FieldEdit | None:
    """The lecture's own deadline. Raises Unusable for one that is odd, with the one that may be meant."""
    so_far = view.series.deadline(lecture)
    known = Lecture(lecture.number, day=so_far.date(), starts=so_far) if so_far else None
    word = "締切" if view.language == "ja" else "closes"
    try:
        meant = written_date(when, now=view.now, current=known, others=[lecture.day] if lecture.day else [])
    except NotADate as refused:
        raise not_a_date(refused, view, _example(view)) from None
    if meant.end:
        raise Unusable("unusable.deadline_span", f"{word} {WrittenDate(meant.day, meant.start).text}")
    odd = next((query for query in meant.queries if query.oddity not in _IRRELEVANT), None)
    if not meant.start:
        usual = so_far.time() if so_far else view.series.closing.at
        raise Unusable("unusable.deadline_time", f"{word} {WrittenDate(meant.day, usual).text}")
    if odd:
        near = odd.suggestions[0] if odd.suggestions else None
        raise Unusable(
            f"unusable.deadline_{odd.oddity}",
            f"{word} {near.text}" if near else ("締め切る" if view.language == "ja" else "close"),
            typed=shown(when),
        )
    over_at = view.series.over_at(lecture)
    closes = datetime.combine(meant.day, meant.start, view.series.timezone)
    if over_at and closes.astimezone(UTC) > over_at:
        last = view.series.begins(lecture) or over_at
        latest = WrittenDate(last.date(), time(last.hour, last.minute))
        raise Unusable("unusable.deadline_late", f"{word} {latest.text}", number=lecture.number)
    return None if closes == lecture.registration.closes else _closing(closes, lecture, view)


def _closing(closes: datetime, lecture: Lecture, view: View) -> FieldEdit:
    far = lecture.day is not None and lecture.day - closes.date() > FAR
    at = time(closes.hour, closes.minute)
    return FieldEdit(lecture.number, ("registration", "closes"), in_file(closes.date(), at, view, confirmed=far))
