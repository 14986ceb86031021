"""A lecture as an item of a list."""

from typing import Final

from bot.cards.dates import brief_date
from bot.cards.lecture import begun, heading
from bot.cards.people import names
from bot.cards.venues import venue_name
from bot.cards.view import View
from bot.domain.deadlines import RegistrationState, registration_status
from bot.domain.lecture import TO_COME, Lecture, Phase
from bot.domain.message import Entry, Text, When

_USABLE: Final = (RegistrationState.OPEN, RegistrationState.CLOSING_SOON)


def list_entry(lecture: Lecture, view: View, *, lasting: bool = False) -> Entry:
    """A lecture in a list: heading, then in one line day, speaker and what there is to do or to see.

    A `lasting` one says nothing that is true for a day or an hour only.
    """
    say, phase = view.say, lecture.phase(view.now)
    line = _day(lecture, view, lasting=lasting)
    if lecture.people:
        line += (" · ", names(lecture.people, say))
    state = _state_in_list(lecture, view, lasting=lasting)
    if state:
        line += (" · ", state)
    if phase not in TO_COME or not lecture.venue or not view.series.is_unusual(lecture):
        return Entry(heading(lecture, view), (line,))
    place = venue_name(lecture.venue, say, unusual=True)
    return Entry(heading(lecture, view), (line, (place,)))


def _day(lecture: Lecture, view: View, *, lasting: bool) -> Text:
    if lecture.phase(view.now) is Phase.OVER and lecture.day and not lasting:
        return (When(lecture.day),)
    return begun(brief_date(lecture, view))


def _state_in_list(lecture: Lecture, view: View, *, lasting: bool) -> str:
    """What matters of a lecture in a list: open, closed, cancelled, or which materials there are."""
    say, phase = view.say, lecture.phase(view.now)
    if phase is Phase.CANCELLED or (phase is Phase.UNDER_WAY and not lasting):
        return say(f"list.{phase}")
    if phase is Phase.OVER:
        labels = [each.label.into(view.language) for each in lecture.all_materials if each.url]
        return say("join.comma").join(dict.fromkeys(labels))
    form = view.series.form(lecture)
    if phase not in TO_COME or not form or form.is_for_all:
        return ""
    state = registration_status(view.series, lecture, view.now).state
    if state is RegistrationState.NONE:
        return ""
    return say(f"list.{RegistrationState.OPEN if lasting and state in _USABLE else state}")
