"""A lecture's registration, from what an organizer typed: its form, its deadline, places, whom else the form serves."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from bot.cards.naming import reference, referred
from bot.cards.view import View
from bot.commands.admin.fields.addresses import taken_out
from bot.commands.admin.fields.dates import in_file, not_a_date
from bot.commands.admin.fields.errors import FieldError, shown
from bot.domain.date_scanning import NotADateError, Oddity, WrittenDate, written_date
from bot.domain.dates import FAR
from bot.domain.edits import FieldEdit
from bot.domain.language import language_of
from bot.domain.lecture import Field, Lecture, Phase, in_order
from bot.domain.links import ADDRESS, plain_link, readers_form, without_punctuation
from bot.domain.registration import BY_MAIL, Closing, ClosingRule
from bot.domain.series import Series
from bot.domain.text import folded, one_line
from bot.i18n import Phrases

_FULL: Final = frozenset(map(folded, ("full", "in person full", "満席", "対面満席", "満員", "定員に達しました")))
_OPEN: Final = frozenset(map(folded, ("open", "reopen", "not full", "空席あり", "空席", "再開", "受付再開", "受付中")))
_CLOSE: Final = frozenset(
    map(folded, ("close", "close now", "closed", "締め切る", "締切る", "受付終了", "終了", "今すぐ締め切る"))
)
_REMOVE: Final = frozenset(map(folded, ("remove", "delete", "remove form", "削除", "取り消し", "フォーム削除")))
_NOBODY: Final = frozenset(
    map(folded, ("none", "no registration", "not needed", "なし", "不要", "登録不要", "参加登録不要", "登録なし"))
)
_USUAL: Final = frozenset(map(folded, ("usual", "as usual", "default", "通常", "通常どおり", "通常通り", "規定どおり")))

_AT_START: Final = frozenset(
    map(folded, ("start", "the start", "at start", "at the start", "開始", "講義の開始", "開始時"))
)
_NO_DEADLINE: Final = frozenset(map(folded, ("none", "never", "no deadline", "なし", "締切なし")))

NUMBER: Final = r"\d{1,6}"
_ALONE: Final = re.compile(r"(?:also|共通|兼用)\s*+[:：]?\s*+(?:none|なし|解除)|not shared|共通解除", re.IGNORECASE)
_DEADLINE: Final = re.compile(
    r"(?:closes|closing|deadline|until|by|締め?切り?|〆切|期限)\s*+[:：はを]?\s*+(?P<after>.+)|(?P<before>.+?)(?<!\s)\s*+(?:に\s*+)?(?:締め?切り?|〆切|まで)",
    re.IGNORECASE,
)
_OPENS: Final = re.compile(
    r"(?:\bopens|\bopening|受付開始|登録開始)\s*+[:：は]?\s*+(?P<after>[^,、，]+?)(?=[,、，]|\s(?:closes|until|締め?切り?|〆切)|$)"
    r"|(?P<before>\d[^,、，]{0,30})(?:から受付|受付開始)",
    re.IGNORECASE,
)
_MAIL: Final = re.compile(r"(?<![\w.+/@-])(?:mailto:)?([\w.+-]++@[\w-]++(?:\.[\w-]++)++)", re.IGNORECASE)
_LABEL: Final = re.compile(r"^(?:form|url|link|フォーム|参加登録|登録)\s*+[:：]?\s*+$", re.IGNORECASE)
_FORM: Final = "https://forms.gle/…"
_LOOSE: Final = " 　,，、。;；"
_IRRELEVANT: Final = frozenset({Oddity.NIGHT, Oddity.LONG, Oddity.END})
"""What is odd about a lecture, but not about a deadline, which may well be at midnight."""


def registration_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """A form's link or an address to write to, `opens 6/1`, `closes 7/11 12:00`, `full`, `open`, `also 11`, `close`,
    `remove`, `none`; a link may go with others."""
    line = one_line(text)
    if folded(line) in _NOBODY:
        return tuple(_waived(lecture, view))
    url, rest = _form_in(line, lecture, view)
    edits = [*_form_edits(url, lecture, view)] if url else []
    alone = _ALONE.search(rest)
    one = _names(view.series)
    also = None if alone else sharing_pattern(one).search(rest)
    if alone:
        edits += _shared((), lecture)
        rest = rest.replace(alone[0], " ")
    elif also:
        named = re.findall(one, also["after"] or also["before"])
        edits += _shared_with(named, lecture, view, owns=url is not None)
        rest = rest.replace(also[0], " ")
    opens = _OPENS.search(rest)
    if opens:
        edits += _opening((opens["after"] or opens["before"]).strip(" 　:："), lecture, view)
        rest = rest.replace(opens[0], " ")
    rest = one_line(rest).strip(_LOOSE)
    if rest and not (url and _LABEL.match(rest)):
        edits += _said(rest, lecture, view, has_form=url is not None)
    elif not (url or alone or also or opens):
        raise FieldError("unusable.registration", _example(lecture, view), typed=shown(line))
    return tuple(edits)


def _names(series: Series) -> str:
    """The pattern of what names one lecture: its id, if that is not its number, or a number."""
    own = (each.id for each in series.lectures if each.id != str(each.number))
    return "|".join((*map(re.escape, sorted(own, key=len, reverse=True)), NUMBER))


@lru_cache(maxsize=16)
def sharing_pattern(one: str) -> re.Pattern[str]:
    """The pattern of what says which lectures share the form; `one` is that of what names one of them."""
    first = rf"(?:(?:第|#|lectures?\s)\s*+)?(?:{one})\s*+[回集]?"
    several = rf"{first}(?:\s*+(?:[・、,&+]|と|and)\s*+(?:第|#)?\s*+(?:{one})\s*+[回集]?){{0,50}}+"
    return re.compile(
        rf"(?:also(?:\s++for)?|shared\s++with|共通)\s*+[:：]?\s*+(?P<after>{several})|(?P<before>{several})\s*+と?\s*+(?:も\s*+)?(?:共通|兼用|共用)",
        re.IGNORECASE,
    )


def _example(lecture: Lecture, view: View) -> str:
    """A deadline that can be set: the one in force or, where that has passed, one in a week; a form if it is over."""
    if _is_over(lecture, view):
        return _FORM
    closes = view.series.deadline(lecture)
    if not closes or closes.astimezone(UTC) <= view.now.astimezone(UTC):
        closes = datetime.combine(view.now.date() + timedelta(days=7), _usual_time(view))
    return view.say("fields.example.closes", when=f"{closes.month}/{closes.day} {closes:%H:%M}")


def _usual_time(view: View) -> time:
    """The time of day at which registration closes by the series' rule or, where there is none, at noon."""
    rule = view.series.registration.closes
    return rule.at if isinstance(rule, ClosingRule) else time(12)


def _form_in(line: str, lecture: Lecture, view: View) -> tuple[str | None, str]:
    """The form's link and the rest; a link for editors is refused with that for readers, if it can be told."""
    found = ADDRESS.search(line)
    readers = readers_form(without_punctuation(found[0])) if found else None
    if readers:
        raise FieldError("unusable.form_editor", readers)
    mail = None if found else _MAIL.search(line)
    return (f"{BY_MAIL}{mail[1]}", line.replace(mail[0], " ")) if mail else taken_out(line, _FORM)


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
        return _reopened(lecture, view)
    if said in _CLOSE and not has_form:
        return _closed(lecture, view)
    if said in _REMOVE and not has_form:
        return _removed(lecture, view)
    deadline = _DEADLINE.fullmatch(rest)
    if not deadline:
        raise FieldError("unusable.registration", _example(lecture, view), typed=shown(rest))
    when = (deadline["after"] or deadline["before"]).strip(" 　:：")
    if folded(when) in _USUAL | _REMOVE:
        return [FieldEdit(lecture.id, Field.DEADLINE.path, None)] if entry.closes else []
    word = Closing.START if folded(when) in _AT_START else Closing.NONE if folded(when) in _NO_DEADLINE else None
    if word:
        return [FieldEdit(lecture.id, Field.DEADLINE.path, word.value)] if entry.closes is not word else []
    closes = _deadline(when, lecture, view)
    return [] if closes is None else [closes]


# ---- forms that serve several lectures


def _shared_with(names: list[str], lecture: Lecture, view: View, *, owns: bool) -> Iterable[FieldEdit]:
    """This lecture's form serves others, too; or theirs this one, if it has none itself."""
    named = []
    for name in names:
        other = view.series.named(name if not name.isdecimal() else str(int(name)))
        if not other:
            called = referred(name, view.series, view.say)
            raise FieldError("unusable.also_unknown", _also_example(lecture, view), lecture=called)
        if other.id == lecture.id:
            called = reference(lecture, view.say)
            raise FieldError("unusable.also_itself", _also_example(lecture, view), lecture=called)
        named.append(other)
    owners = [each for each in named if each.registration.url]
    if not owns and not lecture.registration.url:
        if not owners:
            raise FieldError("unusable.no_form", _FORM, lecture=reference(lecture, view.say))
        owner, *owners = owners
    else:
        owner = lecture
    if owners:
        raise FieldError("unusable.own_form", lecture=reference(owners[0], view.say))
    served = {*owner.registration.also_for, lecture.id, *(each.id for each in named)} - {owner.id}
    return _shared(served, owner)


def typed_reference(lecture: Lecture, say: Phrases) -> str:
    """A lecture as it is named in a line that is typed: 第9回, 9 or its id."""
    is_japanese = language_of(say.language) == "ja"
    return say.numbered(lecture.number) if is_japanese and lecture.number is not None else lecture.id


def _shared(ids: Iterable[str], owner: Lecture) -> list[FieldEdit]:
    served = [*in_order(ids)]
    if served == list(owner.registration.also_for):
        return []
    return [FieldEdit(owner.id, ("registration", "also_for"), served or None)]


def _also_example(lecture: Lecture, view: View) -> str:
    """The nearest lecture with which a form can be shared, rather one to come."""
    has_form = lecture.registration.url is not None
    ids = [each.id for each in view.series.lectures]
    here = ids.index(lecture.id) if lecture.id in ids else len(ids)
    near = [
        (abs(at - here), -at)
        for at, each in enumerate(view.series.lectures)
        if (each.registration.url is None) is has_form and at != here
    ]
    if not near:
        return _FORM
    nearest = view.series.lectures[-min(near)[1]]
    return view.say("fields.example.also", lecture=typed_reference(nearest, view.say))


# ---- opening and closing


def _closed(lecture: Lecture, view: View) -> Iterable[FieldEdit]:
    """Registration closes now, unless it has closed already."""
    if not view.series.form(lecture):
        raise FieldError("unusable.no_form", _FORM, lecture=reference(lecture, view.say))
    if _is_over(lecture, view):
        raise FieldError("unusable.over", lecture=reference(lecture, view.say))
    deadline = view.series.deadline(lecture)
    if deadline and view.now.astimezone(UTC) >= deadline:
        return []
    return [_closing(view.now, lecture, view)]


def _is_over(lecture: Lecture, view: View) -> bool:
    return lecture.phase(view.now) is Phase.OVER


def _reopened(lecture: Lecture, view: View) -> Iterator[FieldEdit]:
    """There are places, and a deadline of its own that has passed is none any more."""
    entry = lecture.registration
    if entry.in_person_full:
        yield FieldEdit(lecture.id, ("registration", "in_person"), None)
    if isinstance(entry.closes, datetime) and entry.closes.astimezone(UTC) <= view.now.astimezone(UTC):
        yield FieldEdit(lecture.id, ("registration", "closes"), None)


def _removed(lecture: Lecture, view: View) -> Iterator[FieldEdit]:
    """No form any more, be it the lecture's own or one of another lecture; nor that there is none to be."""
    if lecture.registration.waived:
        yield FieldEdit(lecture.id, Field.REGISTRATION.path, None)
        return
    form = view.series.form(lecture)
    owner = view.series.lecture(form.owner) if form and form.owner is not None else None
    if owner and owner.id != lecture.id:
        yield from _shared((each for each in owner.registration.also_for if each != lecture.id), owner)
        return
    if lecture.registration.url:
        yield FieldEdit(lecture.id, ("registration", "url"), None)
    yield from _shared((), lecture)


def _waived(lecture: Lecture, view: View) -> Iterator[FieldEdit]:
    """Nobody registers for this lecture: where one does for each, that is said; else it is enough to have no form."""
    if not view.series.registration.needed:
        yield from _removed(lecture, view)
    elif not lecture.registration.waived:
        yield FieldEdit(lecture.id, Field.REGISTRATION.path, Closing.NONE.value)


def _opening(when: str, lecture: Lecture, view: View) -> Iterator[FieldEdit]:
    """From when the form is offered; a day alone is that from its beginning."""
    opens = lecture.registration.opens
    if folded(when) in _USUAL | _REMOVE | _NO_DEADLINE | {"now"}:
        yield from (FieldEdit(lecture.id, Field.OPENS.path, None),) if opens else ()
        return
    example = view.say("fields.example.opens", when=f"{view.now + timedelta(days=1):%m/%d} 09:00")
    try:
        meant = written_date(when, now=view.now, current=None, others=[lecture.day] if lecture.day else [])
    except NotADateError as refused:
        raise not_a_date(refused, view, example) from None
    deadline = view.series.deadline(lecture)
    moment = datetime.combine(meant.day, meant.start or time(), view.series.timezone)
    if deadline and moment.astimezone(UTC) >= deadline:
        raise FieldError("unusable.opens_late", example, opens=meant.text)
    if moment != opens:
        yield FieldEdit(lecture.id, Field.OPENS.path, in_file(meant.day, meant.start, view))


def _deadline(when: str, lecture: Lecture, view: View) -> FieldEdit | None:
    """The lecture's own deadline. Raises FieldError for one that is odd, with the one that may be meant."""
    if _is_over(lecture, view):
        raise FieldError("unusable.over", lecture=reference(lecture, view.say))
    so_far = view.series.deadline(lecture)
    known = Lecture(id=lecture.id, day=so_far.date(), starts=so_far) if so_far else None
    try:
        meant = written_date(when, now=view.now, current=known, others=[lecture.day] if lecture.day else [])
    except NotADateError as refused:
        raise not_a_date(refused, view, _example(lecture, view)) from None
    odd = next((query for query in meant.queries if query.oddity not in _IRRELEVANT), None)
    if meant.end:
        raise FieldError("unusable.deadline_span", _usable(WrittenDate(meant.day, meant.start), lecture, view))
    if not meant.start:
        usual = so_far.time() if so_far else _usual_time(view)
        raise FieldError("unusable.deadline_time", _usable(WrittenDate(meant.day, usual), lecture, view))
    closes = datetime.combine(meant.day, meant.start, view.series.timezone)
    if closes == lecture.registration.closes:
        return None
    if odd and odd.oddity is not Oddity.PAST:
        example = _usable(odd.suggestions[0], lecture, view) if odd.suggestions else _example(lecture, view)
        raise FieldError(f"unusable.deadline_{odd.oddity}", example, typed=shown(when), closes=meant.text)
    if closes.astimezone(UTC) <= view.now.astimezone(UTC):
        raise FieldError("unusable.deadline_past", view.say("fields.example.close"), closes=meant.text)
    over_at = view.series.over_at(lecture)
    if over_at and closes.astimezone(UTC) > over_at:
        last = view.series.begins(lecture) or over_at
        latest = WrittenDate(last.date(), time(last.hour, last.minute))
        raise FieldError(
            "unusable.deadline_late", _closes(latest, view), closes=meant.text, lecture=reference(lecture, view.say)
        )
    return _closing(closes, lecture, view)


def _usable(when: WrittenDate, lecture: Lecture, view: View) -> str:
    """That deadline as it can be typed or, where it has passed, another one."""
    closes = datetime.combine(when.day, when.start or time(), view.series.timezone)
    is_past = closes.astimezone(UTC) <= view.now.astimezone(UTC)
    return _example(lecture, view) if is_past else _closes(when, view)


def _closes(when: WrittenDate, view: View) -> str:
    """A deadline as it can be typed."""
    return view.say("fields.example.closes", when=when.text)


def _closing(closes: datetime, lecture: Lecture, view: View) -> FieldEdit:
    far = lecture.day is not None and lecture.day - closes.date() > FAR
    at = time(closes.hour, closes.minute)
    return FieldEdit(lecture.id, ("registration", "closes"), in_file(closes.date(), at, view, confirmed=far))
