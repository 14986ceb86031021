"""From when until when one can register, as an organizer types it: `opens 6/1`, 7/11 12:00 まで, `close`, `open`."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Final

from bot.cards.naming import reference
from bot.cards.view import View
from bot.commands.admin.fields.dates import in_file, not_a_date
from bot.commands.admin.fields.errors import FieldError, shown
from bot.commands.admin.fields.form_sharing import EXAMPLE_FORM
from bot.domain.date_parsing import NotADateError
from bot.domain.date_scanning import written_date
from bot.domain.dates import FAR
from bot.domain.edits import FieldEdit
from bot.domain.lecture import Field, Lecture, Phase
from bot.domain.registration import Closing, ClosingRule
from bot.domain.text import folded
from bot.domain.written_date import Oddity, WrittenDate

REMOVE: Final = frozenset(map(folded, ("remove", "delete", "remove form", "削除", "取り消し", "フォーム削除")))
_USUAL: Final = frozenset(map(folded, ("usual", "as usual", "default", "通常", "通常どおり", "通常通り", "規定どおり")))

_AT_START: Final = frozenset(
    map(folded, ("start", "the start", "at start", "at the start", "開始", "講義の開始", "開始時", "開始時刻"))
)
_NO_DEADLINE: Final = frozenset(map(folded, ("none", "never", "no deadline", "なし", "締切なし")))

_DEADLINE: Final = re.compile(
    r"(?:closes|closing|deadline|until|by|締め?切り?|〆切|期限)\s*+[:：はを]?\s*+(?P<after>.+?)(?:まで)?|(?P<before>.+?)(?<!\s)\s*+(?:に\s*+)?(?:締め?切り?|〆切|まで)",
    re.IGNORECASE,
)
_OPENS: Final = re.compile(
    r"(?:\bopens|\bopening|受付開始|登録開始)\s*+[:：は]?\s*+(?P<after>[^,、，]+?)(?=[,、，]|\s(?:closes|until|締め?切り?|〆切)|$)"
    r"|(?P<before>\d[^,、，]{0,30})(?:から受付|受付開始)",
    re.IGNORECASE,
)
_IRRELEVANT: Final = frozenset({Oddity.NIGHT, Oddity.LONG, Oddity.END})
"""What is odd about a lecture, but not about a deadline, which may well be at midnight."""


def opening_edits(text: str, lecture: Lecture, view: View) -> tuple[list[FieldEdit], str] | None:
    """What the text says of when the form opens, and its rest; None if it says nothing. Raises FieldError."""
    opens = _OPENS.search(text)
    if not opens:
        return None
    when = (opens["after"] or opens["before"]).strip(" 　:：")
    return [*_opening(when, lecture, view)], text.replace(opens[0], " ")


def deadline_edits(text: str, lecture: Lecture, view: View) -> list[FieldEdit] | None:
    """What the text makes of the lecture's own deadline; None if it is none. Raises FieldError."""
    deadline = _DEADLINE.fullmatch(text)
    if not deadline:
        return None
    when, had = (deadline["after"] or deadline["before"]).strip(" 　:："), lecture.registration.closes
    if folded(when) in _USUAL | REMOVE:
        return [FieldEdit(lecture.id, Field.DEADLINE.path, None)] if had else []
    word = Closing.START if folded(when) in _AT_START else Closing.NONE if folded(when) in _NO_DEADLINE else None
    if word:
        return [FieldEdit(lecture.id, Field.DEADLINE.path, word.value)] if had is not word else []
    closes = _deadline(when, lecture, view)
    return [] if closes is None else [closes]


def example_deadline(lecture: Lecture, view: View) -> str:
    """A deadline that can be set: the one in force or, where that has passed, one in a week; a form if it is over."""
    if _is_over(lecture, view):
        return EXAMPLE_FORM
    closes = view.series.deadline(lecture)
    if not closes or closes.astimezone(UTC) <= view.now.astimezone(UTC):
        closes = datetime.combine(view.now.date() + timedelta(days=7), _usual_time(view))
    return view.say("fields.example.closes", when=f"{closes.month}/{closes.day} {closes:%H:%M}")


def _usual_time(view: View) -> time:
    """The time of day at which registration closes by the series' rule or, where there is none, at noon."""
    rule = view.series.registration.closes
    return rule.at if isinstance(rule, ClosingRule) else time(12)


def closed(lecture: Lecture, view: View) -> Iterable[FieldEdit]:
    """Registration closes now, unless it has closed already."""
    if not view.series.form(lecture):
        raise FieldError("unusable.no_form", EXAMPLE_FORM, lecture=reference(lecture, view.say))
    if _is_over(lecture, view):
        raise FieldError("unusable.over", lecture=reference(lecture, view.say))
    deadline = view.series.deadline(lecture)
    if deadline and view.now.astimezone(UTC) >= deadline:
        return []
    return [_closing(view.now, lecture, view)]


def _is_over(lecture: Lecture, view: View) -> bool:
    return lecture.phase(view.now) is Phase.OVER


def reopened(lecture: Lecture, view: View) -> Iterator[FieldEdit]:
    """There are places, and a deadline of its own that has passed is none any more."""
    entry = lecture.registration
    if entry.in_person_full:
        yield FieldEdit(lecture.id, ("registration", "in_person"), None)
    if isinstance(entry.closes, datetime) and entry.closes.astimezone(UTC) <= view.now.astimezone(UTC):
        yield FieldEdit(lecture.id, ("registration", "closes"), None)


def _opening(when: str, lecture: Lecture, view: View) -> Iterator[FieldEdit]:
    """From when the form is offered; a day alone is that from its beginning."""
    opens = lecture.registration.opens
    if folded(when) in _USUAL | REMOVE | _NO_DEADLINE | {"now"}:
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
        raise not_a_date(refused, view, example_deadline(lecture, view)) from None
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
        example = _usable(odd.suggestions[0], lecture, view) if odd.suggestions else example_deadline(lecture, view)
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
    return example_deadline(lecture, view) if is_past else _closes(when, view)


def _closes(when: WrittenDate, view: View) -> str:
    """A deadline as it can be typed."""
    return view.say("fields.example.closes", when=when.text)


def _closing(closes: datetime, lecture: Lecture, view: View) -> FieldEdit:
    far = lecture.day is not None and lecture.day - closes.date() > FAR
    at = time(closes.hour, closes.minute)
    return FieldEdit(lecture.id, ("registration", "closes"), in_file(closes.date(), at, view, confirmed=far))
