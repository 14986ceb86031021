"""A lecture in posts: what to press, in one row where they are about one thing only, and as a whole."""

from collections.abc import Sequence
from dataclasses import replace

from bot.cards.dates import date_text, near
from bot.cards.lecture import begun, heading, lecture_card, tone
from bot.cards.registration import form_links, join_links
from bot.cards.venues import venue_text
from bot.cards.view import View
from bot.domain.changes import without_placeholder
from bot.domain.lecture import Lecture, Status
from bot.domain.message import Card, Text, When


def brief_card(lecture: Lecture, view: View, *, titled: bool = True) -> Card:
    """Day, place and mode in one row, and what to press: the form while it can be used, on the day the way to join.

    `titled` unless the first line names the lecture.
    """
    title = heading(lecture, view) if titled else ""
    links = form_links(lecture, view)
    if not links or lecture.day == view.now.date():
        links += join_links(lecture, view)
    return Card(title, body=(_row(lecture, view),), links=links, tone=tone(lecture, view, lasting=True))


def forms_card(lectures: Sequence[Lecture], view: View) -> Card:
    """Nothing but the forms of these lectures, at least one, while they can be used; a shared one once."""
    links = {link.url: link for each in reversed(lectures) for link in form_links(each, view)}
    return Card("", links=tuple(reversed(links.values())), tone=tone(lectures[0], view, lasting=True))


def whole_card(lecture: Lecture, view: View) -> Card:
    """All about the lecture as it stands in a channel for weeks."""
    return lecture_card(without_placeholder(lecture), view, lasting=True, materials=False)


def _row(lecture: Lecture, view: View) -> Text:
    row = begun(tuple(near(span, view) if isinstance(span, When) else span for span in date_text(lecture, view.say)))
    if lecture.status is not Status.PLANNED:
        return row
    if lecture.venue:
        settled = lecture.day == view.now.date()  # on the day nothing is tentative any more
        venue = replace(lecture.venue, tentative=False) if settled else lecture.venue
        row += (" · ", *venue_text(venue, view.say))
    return (*row, " · ", view.say(f"mode.{lecture.mode}")) if lecture.mode else row
