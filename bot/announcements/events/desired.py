"""The events that a server should have: one for each lecture to come, as its members should read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.cards.lecture import heading, lecture_card, lecture_facts
from bot.cards.venues import venue_name
from bot.cards.view import View
from bot.domain.language import Language
from bot.domain.lecture import ASSUMED_LENGTH, Field, Lecture, Mode, Phase, Status, rank
from bot.domain.message import Countdown, Link, Text, When
from bot.domain.series import Series
from bot.i18n.excerpts import shortened, units

_PLACEHOLDERS: Final = timedelta(days=14)
_AWAY: Final = timedelta(days=28)
_SHOWN: Final = (Field.STARTS, Field.VENUE, Field.MATERIALS)
"""What an event shows by itself, or what comes after it."""
"""The event of a lecture without a date stands four to six weeks ahead and is moved on every two weeks, on days that
are the same whoever counts: it would start by itself on the day that it shows."""

NAME: Final = 100
LOCATION: Final = 100
"""Code units that calendars of servers have room for."""


@dataclass(frozen=True, slots=True)
class Event:
    """A lecture's event. `lines` are its description, the most important first; `starts` and `ends` are aware.

    One that is not `new` is only put in the place of an event that is there already.
    """

    lecture: str
    name: str
    location: str
    lines: tuple[Text, ...]
    starts: datetime
    ends: datetime
    new: bool = True


@dataclass(frozen=True, slots=True)
class DesiredEvents:
    """The events that there should be, soonest first, and the lectures whose events are to be called off."""

    events: tuple[Event, ...]
    cancelled: frozenset[str]


def desired_events(series: Series, now: datetime, language: Language) -> DesiredEvents:
    """What a server whose members read that language should have at the aware instant `now`.

    A lecture without a start gets no event; one that has lost its start keeps it, at a placeholder. What is over ends
    by itself, and what vanished from the schedule may be a slip of the editor: neither is touched.
    """
    view = View(series, series.local(now), language)
    events = [event for lecture in series.lectures if (event := _event(lecture, view))]
    cancelled = frozenset(each.id for each in series.lectures if each.status is Status.CANCELLED)
    return DesiredEvents(tuple(sorted(events, key=lambda each: (each.starts, rank(each.lecture)))), cancelled)


def _event(lecture: Lecture, view: View) -> Event | None:
    if lecture.status is Status.CANCELLED or lecture.phase(view.now) is Phase.OVER:
        return None
    if lecture.status is Status.POSTPONED or not lecture.starts:
        return _undated(lecture, view)
    ends = lecture.ends or lecture.starts + ASSUMED_LENGTH
    if ends.astimezone(UTC) <= view.now.astimezone(UTC):
        return None
    name, lines = heading(lecture, view), tuple(_lines(lecture, view))
    return _made(lecture, view, name, lines, lecture.starts, ends, new=True)


def _undated(lecture: Lecture, view: View) -> Event:
    """The event of a lecture that has no start any more, on a day far enough ahead that it never begins."""
    say = view.say
    if lecture.status is Status.POSTPONED:
        state, why = "postponed", say.text("event.postponed_why")
    elif lecture.day:
        state, why = "untimed", say.text("event.untimed_why", day=When(lecture.day))
    else:
        state, why = "undated", say.text("event.undated_why")
    day = date.fromordinal((view.now.date().toordinal() // _PLACEHOLDERS.days) * _PLACEHOLDERS.days)
    starts = datetime.combine(day + _PLACEHOLDERS + _AWAY, time(), view.series.timezone)
    name = say(f"event.{state}", heading=heading(lecture, view))
    return _made(lecture, view, name, (why, *_lines(lecture, view)), starts, starts + timedelta(days=1), new=False)


def _made(
    lecture: Lecture, view: View, name: str, lines: tuple[Text, ...], starts: datetime, ends: datetime, *, new: bool
) -> Event:
    location = shortened(_location(lecture, view), LOCATION)
    instants = starts.astimezone(UTC), ends.astimezone(UTC)
    return Event(lecture.id, shortened(name, NAME), location, lines, *instants, new)


def _location(lecture: Lecture, view: View) -> str:
    """Where to go, in one line: an event must say something."""
    say = view.say
    if lecture.venue:
        return venue_name(lecture.venue, say)
    if lecture.mode is not Mode.ONLINE:
        return say("event.nowhere_yet")
    join = view.series.join_address(lecture)
    return join if join and units(join) <= LOCATION else say("event.online")


def _lines(lecture: Lecture, view: View) -> Iterator[Text]:
    """What is on the lecture's card but for what the event shows anyway; addresses are written out, as not every
    calendar can hide them behind a label."""
    say, card = view.say, lecture_card(lecture, view, lasting=True)
    yield from card.notices
    for fact in lecture_facts(lecture, view, lasting=True, without=_SHOWN):
        yield _plain(fact.value)
    if card.call:
        yield _plain(card.call)
    for link in card.links:
        yield (say("event.link", label=link.label, url=link.url),)
    if view.series.links.page:
        yield (say("event.link", label=say("event.page"), url=view.series.links.page),)
    yield from (_plain(text) for text in card.body)


def _plain(text: Text) -> Text:
    """The text without links, and without how far away anything is."""
    spans = (span.label if isinstance(span, Link) else span for span in text)
    return tuple(span for span in spans if not isinstance(span, Countdown))
