"""First lines of lectures that are new in the schedule, and of several whose registration opens."""

from collections.abc import Sequence
from typing import Final

from bot.announcements.texts.called_off import called_off
from bot.announcements.texts.naming import all_named, begins, joined, named, place, say_row
from bot.announcements.texts.registration import closed_sentence, is_usable, register_by, usable_until
from bot.announcements.texts.reminders import with_place
from bot.cards.dates import moment_said
from bot.cards.view import View
from bot.domain.lecture import Lecture, Status

_MOST_NAMED: Final = 4
"""Lectures that the first line names; more of them would push its end off the screen."""


def listed_headline(lecture: Lecture, view: View) -> str:
    """That a lecture is new in the schedule, when and where it is, and until when to register."""
    if lecture.status is not Status.PLANNED:
        return called_off(lecture, view)
    if not lecture.day:
        return view.say("news.listed_undated", subject=named(lecture, view))
    when = with_place(begins(lecture, view), place(lecture, view), view)
    told = view.say("news.listed", subject=named(lecture, view), when=when)
    return joined([told, register_by(lecture, view)], view)


def several_listed_headline(lectures: Sequence[Lecture], view: View) -> str:
    """How many lectures are new in the schedule, and the first of them."""
    row = all_named(lectures[:_MOST_NAMED], view, dated=True)
    if len(lectures) > _MOST_NAMED:
        row = view.say("news.and_more", first=row)
    return view.say("news.several_listed", count=len(lectures), lectures=row)


def several_opened_headline(lectures: Sequence[Lecture], view: View) -> str:
    """That registration is open for several lectures, and until when for each; once if they all have one form."""
    closed = [each for each in lectures if not is_usable(each, view)]
    forms = [view.series.form(each) for each in lectures]
    if not closed and all(form and form.is_for_all for form in forms):
        return view.say("news.registration_opened_for_all")
    row = [_open_until(each, view) for each in lectures if each not in closed]
    told = view.say("news.several_opened", lectures=say_row(row, view)) if row else ""
    return joined([told, closed_sentence(closed, view) if closed else ""], view)


def _open_until(lecture: Lecture, view: View) -> str:
    until, subject = usable_until(lecture, view), named(lecture, view, dated=True, clock=False)
    return view.say("news.open_until", subject=subject, until=moment_said(until, view)) if until else subject
