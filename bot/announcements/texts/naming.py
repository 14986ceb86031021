"""What first lines are made of: lectures, moments and places, as they are said in a sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from bot.announcements.post import FIRST_LINE
from bot.cards.dates import day_said, time_said
from bot.cards.naming import has_name, reference, sole_title
from bot.cards.people import names
from bot.cards.venues import remarked, room_and_name
from bot.cards.view import View
from bot.domain.lecture import Lecture, Mode, Venue
from bot.i18n.excerpts import shortened, units

_ENOUGH: Final = 60
"""Characters that a sentence shows of a text written by others."""


def named(
    lecture: Lecture,
    view: View,
    *,
    dated: bool = False,
    clock: bool = True,
    title: bool = True,
    beside_day: bool = False,
) -> str:
    """A lecture by number, title and speaker, with its day where `dated` and the time where `clock`; a tentative title
    is never told as the title. `beside_day`, its day is told already and never names it."""
    say, own = view.say, has_name(lecture)
    shown = sole_title(lecture) if title or not own else None
    name = reference(lecture, say, alone=not (dated or beside_day))
    name = name if own else brief(name)
    if shown and own:
        name = say("post.subject_title", lecture=name, title=brief(shown.into(view.language)))
    if not (own or shown or dated or beside_day):
        return name
    about = [say("talks.count", count=len(lecture.talks))] if len(lecture.talks) > 1 and not shown else []
    about += [names(lecture.people, say)] if lecture.people else []
    about += [begins(lecture, view, clock=clock)] if dated and lecture.day else []
    details = say("join.comma").join(about)
    if shown and lecture.title_tentative:
        details = say("post.working_title", about=details) if details else say("post.working_title_alone")
    return say("post.about", subject=name, about=details) if details else name


def apposed(lectures: Lecture | Iterable[Lecture], view: View, *, dated: bool = False) -> str:
    """The same as what something is said of: in English a comma ends what began with one, the title behind a name."""
    several = [lectures] if isinstance(lectures, Lecture) else list(lectures)
    row = all_named(several, view, dated=dated)
    return view.say("post.apposed", subject=row) if any(each.title and has_name(each) for each in several) else row


def all_named(lectures: Iterable[Lecture], view: View, *, dated: bool = False, beside_day: bool = False) -> str:
    """Several lectures in a row, as `named` has them; without their titles if those would take too much room."""
    several = list(lectures)
    row = say_row([named(each, view, dated=dated, beside_day=beside_day) for each in several], view)
    if len(several) == 1 or units(row) <= FIRST_LINE - _ENOUGH:
        return row
    return say_row([named(each, view, dated=dated, title=False, beside_day=beside_day) for each in several], view)


def say_row(parts: Sequence[str], view: View) -> str:
    """Several things one after the other."""
    return view.say("join.list").join(parts)


def begins(lecture: Lecture, view: View, *, clock: bool = True) -> str:
    """When a lecture begins: 4/25(木) 13:00〜; the day alone while the time is to be announced."""
    if not lecture.day:
        return view.say("date.undecided")
    day = day_said(lecture.day, view)
    return view.say("post.from", day=day, time=time_said(lecture.starts, view)) if lecture.starts and clock else day


def place(lecture: Lecture, view: View) -> str:
    """Where it takes place, an unusual venue called so; empty as long as that is undecided."""
    where = venue_said(lecture.venue, view, unusual=view.series.is_unusual(lecture)) if lecture.venue else ""
    return _online(where, view.say("post.online"), view) if lecture.mode is Mode.ONLINE else where


def _online(where: str, online: str, view: View) -> str:
    """That it is online, with a place that is given nevertheless, such as where it is shown."""
    return view.say("post.online_at", online=online, place=where) if where else online


def venue_said(venue: Venue, view: View, *, unusual: bool = False) -> str:
    """A venue with its room."""
    return remarked(brief(room_and_name(venue, view.say)), venue, view.say, unusual=unusual)


def how_to_attend(lecture: Lecture, view: View) -> str:
    """On the day, when nothing is tentative any more: the place and how to join online."""
    say, venue = view.say, replace(lecture.venue, tentative=False) if lecture.venue else None
    where = venue_said(venue, view, unusual=view.series.is_unusual(lecture)) if venue else ""
    if lecture.mode not in (Mode.HYBRID, Mode.ONLINE):
        return where
    by_mail = "post.joining" if view.series.form(lecture) else "post.online"
    online = say("post.joining_here" if view.series.join_address(lecture) else by_mail)
    if lecture.mode is Mode.ONLINE:
        return _online(where, online, view)
    return say("post.place_or_online", place=where, online=online) if where else online


def brief(text: str) -> str:
    """A text within a sentence: in one line, not too long, its own full stop left out."""
    return shortened(" ".join(text.split()).rstrip("。."), _ENOUGH)


def joined(sentences: Iterable[str], view: View) -> str:
    """The sentences one after the other, each with a capital letter, all but the last ended; empty ones left out."""
    told = ""
    for each in sentences:
        sentence = each[:1].upper() + each[1:]
        if told and sentence:
            ended = told if told.endswith(_STOPS) else view.say("join.stop", sentence=told)
            sentence = view.say("join.sentences", first=ended, second=sentence)
        told = sentence or told
    return told


_STOPS: Final = (".", "。", "!", "！", "?", "？", ".”", "…")
