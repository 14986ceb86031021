"""A lecture in posts: in one row where they are about one thing only, and as a whole."""

from dataclasses import replace

from bot.cards.lecture import View, date_text, form_link, heading, lecture_card, venue_text
from bot.domain.changes import without_placeholder
from bot.domain.deadlines import registration_status
from bot.domain.lecture import Lecture, Mode, Status
from bot.domain.message import Card, Text, Tone


def brief_card(lecture: Lecture, view: View, *, urgent: bool = False) -> Card:
    """Day, place and mode in one row, and the form while it can be used; `urgent` is about its deadline."""
    form = registration_status(view.series, lecture, view.now).form
    links = (form_link(view.series, form, lecture, view.say),) if form else ()
    tone = Tone.URGENT if urgent else Tone.OPEN
    if not form:
        tone = Tone.PLAIN if lecture.status is Status.PLANNED else Tone.OFF
    return Card(heading(lecture, view), body=(_row(lecture, view),), links=links, tone=tone)


def whole_card(lecture: Lecture, view: View) -> Card:
    """All about the lecture as it stands in a channel for weeks; of registration nothing unless there is a form."""
    card = lecture_card(without_placeholder(lecture), view, lasting=True, materials=False)
    if view.series.form(lecture):
        return card
    label = view.say("label.registration")
    return replace(card, facts=tuple(each for each in card.facts if each.label != label), tone=_quiet(card.tone))


def _quiet(tone: Tone) -> Tone:
    return tone if tone is Tone.OFF else Tone.PLAIN


def _row(lecture: Lecture, view: View) -> Text:
    row = date_text(lecture, view.say)
    if lecture.status is not Status.PLANNED:
        return row
    if lecture.venue and lecture.mode is not Mode.ONLINE:
        row += (" · ", *venue_text(lecture.venue, view.say))
    return (*row, " · ", view.say(f"mode.{lecture.mode}")) if lecture.mode else row
