"""The card that stands pinned in a channel: the lecture under way or the next one, as long as it stays that."""

from typing import Final

from bot.announcements.sentences import joined, moment, what_to_do
from bot.cards.lecture import lecture_card, list_entry
from bot.cards.passed_over import passed_over
from bot.cards.view import View
from bot.content import Action, Listing, Message
from bot.domain.lecture import Lecture, Phase

_MOST: Final = 6
"""Lectures without a date that are named where nothing is ahead; more of them are behind a button."""


def next_card(view: View) -> Message:
    """The card as it is right at `view.now`. It says nothing that is true for today only, such as the days left."""
    say, lecture = view.say, view.series.current_or_next(view.now)
    if lecture is None:
        waiting = view.series.upcoming(view.now)[:_MOST]
        entries = tuple(list_entry(each, view) for each in waiting)
        parts = (Listing(say("card.waiting"), entries),) if entries else ()
        return Message(say("next.nothing_ahead"), parts, actions=(Action(say("action.archive"), "materials"),))
    card = lecture_card(lecture, view, notices=passed_over(lecture, view), lasting=True)
    return Message(_headline(lecture, view), (card,), actions=_actions(lecture, view))


def _headline(lecture: Lecture, view: View) -> str:
    if lecture.phase(view.now) is Phase.UNDER_WAY:
        return view.say("next.under_way", number=lecture.number)
    told = view.say("card.next", number=lecture.number, when=moment(lecture, view))
    return joined([told, what_to_do(lecture, view)], view)


def _actions(lecture: Lecture, view: View) -> tuple[Action, ...]:
    say, number = view.say, lecture.number
    ahead = lecture.phase(view.now) is Phase.AHEAD
    remind = (Action(say("action.remind_me"), f"notify {number} on"),) if ahead else ()
    calendar, others = Action(say("action.calendar"), f"calendar {number}"), Action(say("action.lectures"), "lectures")
    return (*remind, calendar, others)
