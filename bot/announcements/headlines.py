"""The first line of news, which may be all that a lock screen shows: what is new, and what to do by when."""

from collections.abc import Sequence

from bot.announcements.posts import subject
from bot.announcements.sentences import joined, moment, register_by, sentence, what_to_do
from bot.cards.lecture import standing_sentence
from bot.cards.view import View
from bot.domain.changes import Aspect
from bot.domain.lecture import Lecture, Status
from bot.domain.timings import News
from bot.phrases import day_and_month

_MOST_NAMED = 4
"""Lectures that the first line names; more of them would push its end off the screen."""

_REGISTERING = frozenset({Aspect.DEADLINE, Aspect.FORM})
"""What is told with a new date by saying until when to register."""


def changed_headline(aspects: Sequence[Aspect], before: Lecture, lecture: Lecture, view: View) -> str:
    """What the changes of one lecture come to, given the weightiest first: that one in full, the others by name."""
    first, *others = aspects
    sentences = [sentence(first, before, lecture, view)]
    moved = first in (Aspect.STATUS, Aspect.DATE) or (first is Aspect.TIME and not _REGISTERING.isdisjoint(others))
    if lecture.status is Status.PLANNED and moved:
        sentences.append(what_to_do(lecture, view))
    told = {first, *(_REGISTERING if moved else ())}
    names = [view.say(f"news.label.{each}") for each in others if each not in told]
    if names:
        sentences.append(view.say("news.others", labels=view.say("join.comma").join(dict.fromkeys(names))))
    if Aspect.VENUE in aspects and view.series.is_unusual(lecture):
        sentences.append(view.say("notice.unusual_venue"))
    return joined(sentences, view)


def listed_headline(lecture: Lecture, view: View) -> str:
    """That a lecture is new in the schedule, and where its registration stands."""
    named = subject([lecture], view)
    if lecture.status is not Status.PLANNED:
        return view.say(f"post.{lecture.status}", subject=named)
    if not lecture.day:
        return view.say("news.listed_undated", subject=named)
    told = view.say("news.listed", subject=named, when=moment(lecture, view))
    return joined([told, register_by(lecture, view) or standing_sentence(lecture, view)], view)


def several_listed_headline(lectures: Sequence[Lecture], view: View) -> str:
    """How many lectures are new in the schedule, and the first of them by number and day."""
    say = view.say
    named = [
        say(
            "news.among",
            number=each.number,
            day=day_and_month(each.day, view.language) if each.day else say("date.undecided"),
        )
        for each in lectures[:_MOST_NAMED]
    ]
    row = say("join.comma").join(named)
    if len(lectures) > len(named):
        row = say("news.and_more", first=row)
    return say("news.several_listed", count=len(lectures), lectures=row)


def taken_back_headline(kind: News, lecture: Lecture, view: View) -> str:
    """That what a post said does not hold any more, and what holds instead."""
    say, number = view.say, lecture.number
    if kind in (News.POSTPONED, News.CANCELLED) and lecture.status is Status.PLANNED and lecture.day:
        told = say(f"news.not_{kind}", number=number, when=moment(lecture, view))
        return joined([told, register_by(lecture, view)], view)
    return say("news.materials_taken_back" if kind is News.MATERIALS else "news.taken_back", number=number)
