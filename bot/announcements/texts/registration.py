"""What first lines say of registration: nothing where there is no form."""

from collections.abc import Sequence
from datetime import datetime

from bot.announcements.texts.naming import apposed, moment_said
from bot.cards.lecture import View
from bot.domain.deadlines import RegistrationState, registration_status
from bot.domain.lecture import Lecture


def usable_until(lecture: Lecture, view: View) -> datetime | None:
    """Until when one can register; None if one can't, or while the deadline is undecided."""
    status = registration_status(view.series, lecture, view.now)
    return status.closes if status.form else None


def is_usable(lecture: Lecture, view: View) -> bool:
    """Whether one can register."""
    return registration_status(view.series, lecture, view.now).form is not None


def is_closed(lectures: Sequence[Lecture], view: View) -> bool:
    """Whether there was a form for the lectures, and it can't be used any more."""
    return all(view.series.form(each) and not is_usable(each, view) for each in lectures)


def register_by(lecture: Lecture, view: View) -> str:
    """Until when to register, as a sentence; empty if one can't."""
    status = registration_status(view.series, lecture, view.now)
    if not status.form or not status.closes:
        return ""
    name = "post.register_by_online" if status.in_person_full else "post.register_by"
    return view.say(name, until=moment_said(status.closes, view))


def closed_sentence(lectures: Sequence[Lecture], view: View, *, dated: bool = False) -> str:
    """That registration is over, and why if that was not the deadline."""
    first = lectures[0]
    state = registration_status(view.series, first, view.now).state
    name = {RegistrationState.FULL: "full", RegistrationState.NOT_YET_OPEN: "withdrawn"}.get(state, "closed")
    return view.say(f"post.{name}", subject=apposed(lectures, view, dated=dated))
