"""First lines of news of one lecture: the most important change in a sentence of its own, others by their values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.announcements.news_kinds import kind_of_news
from bot.announcements.post import FIRST_LINE
from bot.announcements.texts.called_off import called_off
from bot.announcements.texts.clauses import MOST_IMPORTANT_FIRST, clause
from bot.announcements.texts.materials import materials_sentence
from bot.announcements.texts.naming import apposed, begins, joined, named, place
from bot.announcements.texts.registration import closed_sentence, is_closed, is_usable, register_by
from bot.announcements.texts.reminders import with_place
from bot.cards.dates import day_said, moment_said, time_said
from bot.cards.view import View
from bot.domain.changes import (
    Aspect,
    Change,
    MaterialChange,
    deadline_in_force,
    deadline_told,
    has_final_title,
    new_speakers,
)
from bot.domain.lecture import Field, Lecture, Mode, Status
from bot.domain.reminder_times import News
from bot.i18n.excerpts import units

_AT_SHORT_NOTICE: Final = timedelta(days=2)

_REGISTER_BY: Final = frozenset({Field.FORM, Field.DEADLINE, Field.IN_PERSON})
"""What is told by saying until when to register."""

_PLACE: Final = frozenset({Field.VENUE, Field.ROOM, Field.VENUE_TENTATIVE})
_TEXTS: Final = frozenset({Field.TITLE, Field.SUMMARY, Field.ABSTRACT})


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one lecture: as it was, as it is, what differs, and when (aware, in the series' zone)."""

    before: Lecture
    lecture: Lecture
    aspects: tuple[Aspect, ...]
    at: datetime


def changed_headline(told: Told, view: View) -> str:
    """What leads, then as many of the other changes as there is room for, then until when to register."""
    first, *others = sorted(told.aspects, key=MOST_IMPORTANT_FIRST.index)
    lead, said = LEADS.get(first, _changed)(_nameless(told) if Field.TITLE in others else told, view)
    register = _register(told, first, view)
    if register or is_closed([told.lecture], view):
        said |= _REGISTER_BY
    rest = [each for each in others if each not in said]
    clauses = _fitting([clause(each, told.before, told.lecture, view) for each in rest], lead, register, view)
    others_told = view.say("news.also", changes=view.say("join.clauses").join(clauses)) if clauses else ""
    return joined([lead, others_told, register], view)


_Lead = tuple[str, frozenset[Aspect]]
"""A sentence, and the aspects that it has told."""


def _nameless(told: Told) -> Told:
    """The same without the title, for a sentence after which it is told."""
    return replace(told, lecture=replace(told.lecture, title=None, title_tentative=False))


def _fitting(clauses: Sequence[str], lead: str, register: str, view: View) -> list[str]:
    """As many of the clauses as a first line has room for; what is left out stands in the list below it."""
    kept: list[str] = []
    room = FIRST_LINE - units(lead) - units(register)
    for each in dict.fromkeys(clauses):
        room -= units(each) + units(view.say("join.clauses"))
        if room < 0:
            break
        kept.append(each)
    return kept


def _register(told: Told, first: Aspect, view: View) -> str:
    """Until when to register, or that a lecture that moved can't be registered for any more."""
    lecture = told.lecture
    if lecture.status is not Status.PLANNED or isinstance(first, MaterialChange) or first is Field.MATERIALS:
        return ""
    if is_usable(lecture, view):
        return "" if first in (Field.FORM, Field.DEADLINE, Field.IN_PERSON) else register_by(lecture, view)
    closes = deadline_in_force(lecture, view.series)
    moved = first in (Field.STATUS, Field.STARTS) and view.series.form(lecture)
    return view.say("news.closed_already") if moved and closes and closes.astimezone(UTC) <= told.at else ""


def _status(told: Told, view: View) -> _Lead:
    before, lecture = told.before, told.lecture
    if lecture.status is Status.PLANNED:
        said = frozenset({Field.STATUS, Field.STARTS, Field.ENDS, Field.DEADLINE, *_PLACE})
        name = f"news.restored_{before.status}" if lecture.day else f"news.restored_{before.status}_undated"
        when = with_place(begins(lecture, view), place(lecture, view), view)
        return view.say(name, subject=named(lecture, view), when=when), said
    planned = before.status is Status.PLANNED and before.day is not None
    when = _was_to_begin(before, told.at, view) if planned else ""
    soon = planned and before.day is not None and timedelta() <= before.day - told.at.date() < _AT_SHORT_NOTICE
    sorry = view.say("news.short_notice") if soon else ""
    return joined([called_off(lecture, view, when), sorry], view), frozenset(told.aspects)


def _was_to_begin(before: Lecture, at: datetime, view: View) -> str:
    if before.day != at.date() or not before.starts:
        return view.say("news.from", when=begins(before, view).removesuffix("〜"))
    return view.say("news.from_today", time=time_said(before.starts, view))


def _starts(told: Told, view: View) -> _Lead:
    before, lecture = told.before, told.lecture
    if not lecture.day:
        return view.say("news.undated", subject=apposed(lecture, view), before=begins(before, view)), _DATE
    if lecture.day == before.day and before.starts and not lecture.starts:
        subject = apposed(lecture, view, dated=True)
        return view.say("news.time_open", subject=subject, before=time_said(before.starts, view)), _DATE
    only = set(told.aspects) <= _DATE
    if only and lecture.starts and before.starts and lecture.day == before.day:
        times = {"before": time_said(before.starts, view), "after": time_said(lecture.starts, view)}
        return view.say("news.new_time", subject=named(lecture, view, dated=True, clock=False), **times), _DATE
    if only and lecture.starts and before.starts and before.day and lecture.starts.time() == before.starts.time():
        days = {"before": day_said(before.day, view), "after": day_said(lecture.day, view)}
        time = time_said(lecture.starts, view)
        return view.say("news.new_day", subject=named(lecture, view, title=False), time=time, **days), _DATE
    when = begins(lecture, view)
    if not before.day or (lecture.day == before.day and not before.starts):
        return view.say("news.dated", subject=apposed(lecture, view), when=when), frozenset({*_DATE})
    if before.starts and not lecture.starts:
        when = view.say("news.time_to_come", day=when)
    said = frozenset({*_DATE})
    if _PLACE & set(told.aspects) and lecture.mode is not Mode.ONLINE and lecture.venue:
        venue = clause(Field.VENUE, before, lecture, view)
        return view.say("news.moved_to", subject=apposed(lecture, view), when=when, venue=venue), said | _PLACE
    return view.say("news.moved", subject=apposed(lecture, view), when=when), said


_DATE: Final = frozenset({Field.STARTS, Field.ENDS, Field.DEADLINE})


def _form(told: Told, view: View) -> _Lead:
    before, lecture = told.before, told.lecture
    said = frozenset({Field.FORM, Field.DEADLINE, Field.IN_PERSON})
    if not lecture.registration.url:
        return view.say("news.form_withdrawn", subject=apposed(lecture, view, dated=True)), said
    if not is_usable(lecture, view):
        return closed_sentence([lecture], view), said
    closes, form = deadline_told(lecture, view.series), view.series.form(lecture)
    subject = named(lecture, view, dated=True, clock=False)
    if before.registration.url:
        return joined([view.say("news.form_new", subject=subject), register_by(lecture, view)], view), said
    if form and form.is_for_all:
        return view.say("news.registration_opened_for_all"), said
    name = "news.registration_opened" + ("_online" if lecture.registration.in_person_full else "")
    if not isinstance(closes, datetime):
        return view.say(f"{name}_undated", subject=subject), said
    return view.say(name, subject=subject, until=moment_said(closes, view)), said


def _places(told: Told, view: View) -> _Lead:
    lecture, subject = told.lecture, named(told.lecture, view, dated=True, clock=False)
    said = frozenset(
        {Field.IN_PERSON, Field.FORM, Field.DEADLINE} - (set() if is_usable(lecture, view) else {Field.FORM})
    )
    if not lecture.registration.in_person_full:
        return joined([view.say("news.places", subject=subject), register_by(lecture, view)], view), said
    if lecture.mode is Mode.IN_PERSON:
        return view.say("news.full", subject=subject), said
    full, closes = view.say("news.full_in_person", subject=subject), deadline_told(lecture, view.series)
    if not is_usable(lecture, view):
        return full, said
    if not isinstance(closes, datetime):
        return joined([full, view.say("news.online_open")], view), said
    return joined([full, view.say("news.online_until", until=moment_said(closes, view))], view), said


def _deadline(told: Told, view: View) -> _Lead:
    before, lecture = told.before, told.lecture
    was, now = deadline_told(before, view.series), deadline_told(lecture, view.series)
    said = frozenset({Field.DEADLINE})
    if not is_usable(lecture, view):
        return view.say("news.closed_early", subject=apposed(lecture, view)), said
    subject = named(lecture, view, dated=True, clock=False)
    if not isinstance(was, datetime) or not isinstance(now, datetime):
        return joined([view.say("news.deadline_open", subject=subject), register_by(lecture, view)], view), said
    name = "news.deadline_later" if now.astimezone(UTC) > was.astimezone(UTC) else "news.deadline_earlier"
    after = time_said(now, view) if now.date() == was.date() else moment_said(now, view)
    moments = {"before": moment_said(was, view), "after": after}
    return view.say(name, subject=subject, **moments), said


def _materials(told: Told, view: View) -> _Lead:
    replaced = Field.MATERIALS not in told.aspects
    sentence = materials_sentence([(told.before, told.lecture)], view, replaced=replaced)
    return sentence, frozenset({Field.MATERIALS, MaterialChange.REPLACED})


def _texts(told: Told, view: View) -> _Lead:
    """Title, abstract or both: a title that is new stands in the name of the lecture."""
    before, lecture, aspects = told.before, told.lecture, set(told.aspects)
    subject = named(lecture, view, dated=True)
    if Field.TITLE in aspects and has_final_title(before) and lecture.title:
        changed = view.say(
            "news.changed",
            subject=named(lecture, view, dated=True, title=False),
            change=clause(Field.TITLE, before, lecture, view),
        )
        return changed, frozenset({Field.TITLE})
    text = bool(aspects & {Field.SUMMARY, Field.ABSTRACT})
    if Field.TITLE in aspects:
        return view.say("news.title_and_abstract" if text else "news.title", subject=subject), _TEXTS
    return view.say("news.abstract_revised" if before.abstract else "news.abstract", subject=subject), _TEXTS


def _changed(told: Told, view: View) -> _Lead:
    first = min(told.aspects, key=MOST_IMPORTANT_FIRST.index)
    said = _PLACE if first in _PLACE else frozenset({first})
    change = clause(first, told.before, told.lecture, view)
    came = new_speakers(told.before, told.lecture) if first is Field.SPEAKER else ()
    shown = replace(told.lecture, speakers=tuple(each for each in told.lecture.speakers if each not in came))
    decided = kind_of_news(Change(first, told.before, told.lecture)) is News.DETAILS
    name = "news.decided" if decided else "news.changed"
    return view.say(name, subject=named(shown, view, dated=True), change=change), said


LEADS: Final[Mapping[Aspect, Callable[[Told, View], _Lead]]] = {
    Field.STATUS: _status,
    Field.STARTS: _starts,
    Field.IN_PERSON: _places,
    Field.FORM: _form,
    Field.DEADLINE: _deadline,
    Field.MATERIALS: _materials,
    MaterialChange.REPLACED: _materials,
    Field.TITLE: _texts,
    Field.SUMMARY: _texts,
    Field.ABSTRACT: _texts,
}
"""How a first line begins whose most important change is that; others are told by their value after the lecture."""
