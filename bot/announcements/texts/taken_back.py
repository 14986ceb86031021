"""First lines of posts that take back what was announced."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.announcements.state import NewsItem
from bot.announcements.texts.clauses import MOST_IMPORTANT_FIRST, clause
from bot.announcements.texts.materials import kinds_said
from bot.announcements.texts.naming import apposed, begins, joined, named, place
from bot.announcements.texts.registration import register_by
from bot.announcements.texts.reminders import with_place
from bot.cards.dates import day_said
from bot.cards.view import View
from bot.domain.changes import Aspect, changes, lost_materials, new_materials, public
from bot.domain.lecture import Field, Lecture, Status
from bot.domain.reminder_times import News


def taken_back_headline(item: NewsItem, lecture: Lecture, view: View) -> str:
    """That what these news told does not hold any more, and what holds instead."""
    before, after = item.before, item.after
    if before is None or after is None:
        return view.say("post.removed", subject=apposed(lecture, view))
    if item.kinds == (News.MATERIALS,):
        gone = lost_materials(after, lecture) or new_materials(before, after)
        return view.say("news.materials_taken_back", subject=named(lecture, view), kinds=kinds_said(gone, view))
    found = [each.aspect for each in changes(before, after, view.series) if each.aspect in MOST_IMPORTANT_FIRST]
    first = min(found, key=MOST_IMPORTANT_FIRST.index, default=Field.NUMBER)
    return _of(first, before, after, public(lecture, view.series, view.now), view)


def undone(item: NewsItem, earlier: Sequence[NewsItem], view: View) -> NewsItem | None:
    """The earlier news of the same lecture that these news undo."""
    before, after = item.before, item.after
    if before is None or after is None:
        return None
    for each in reversed(earlier):
        if each.lecture == item.lecture and each.settled_at < item.settled_at and each.before and each.after:
            back = not changes(each.before, after, view.series) and not changes(each.after, before, view.series)
            return each if back and after.registration.in_person_full is before.registration.in_person_full else None
    return None


def _of(first: Aspect, before: Lecture, after: Lecture, lecture: Lecture, view: View) -> str:
    say, subject = view.say, named(lecture, view)
    if first is Field.STATUS:
        return _status(before, after, lecture, view)
    if first is Field.STARTS and after.day and lecture.day:
        told = say("news.move_taken_back", subject=subject, announced=begins(after, view))
        return joined([told, say("news.stays", when=begins(lecture, view))], view)
    if first is Field.NUMBER:
        return say("news.taken_back", subject=subject)
    told = say("news.change_taken_back", subject=subject, announced=clause(first, before, after, view))
    if first in (Field.FORM, Field.IN_PERSON):
        return joined([told, register_by(lecture, view)], view)
    decided = first in _VALUES and _VALUES[first](lecture) is not None
    return joined([told, say("news.as_before", change=clause(first, after, lecture, view)) if decided else ""], view)


_VALUES: Final[Mapping[Aspect, Callable[[Lecture], object]]] = {
    Field.ENDS: lambda lecture: lecture.ends,
    Field.VENUE: lambda lecture: lecture.venue,
    Field.ROOM: lambda lecture: lecture.venue,
    Field.MODE: lambda lecture: lecture.mode,
    Field.DEADLINE: lambda lecture: lecture.registration.closes,
    Field.SPEAKER: lambda lecture: lecture.speakers or None,
    Field.TITLE: lambda lecture: lecture.title,
    Field.LANGUAGE: lambda lecture: lecture.language,
}
"""What holds again once a change is taken back, if anything was decided before it."""


def _status(before: Lecture, after: Lecture, lecture: Lecture, view: View) -> str:
    say, subject = view.say, named(lecture, view)
    if after.status is Status.PLANNED:
        day = day_said(after.day, view) if after.day else say("date.undecided")
        told = say("news.restoring_taken_back", subject=subject, day=day)
        return joined([told, say(f"news.remains_{lecture.status}")], view)
    told = say(f"news.not_{after.status}", subject=subject)
    if lecture.status is not Status.PLANNED:
        return joined([told, say(f"news.remains_{lecture.status}")], view)
    when = with_place(begins(lecture, view), place(lecture, view), view)
    return joined([told, say("news.as_planned", when=when), register_by(lecture, view)], view)
