"""What first lines say of registration: nothing where there is no form."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.announcements.texts.naming import all_named, apposed
from bot.cards.dates import moment_said
from bot.cards.view import View
from bot.domain.deadlines import RegistrationState, registration_status
from bot.domain.lecture import Lecture
from bot.domain.registration import Closing


def usable_until(lecture: Lecture, view: View) -> datetime | None:
    """Until when one can register; None if one can't, or while no moment is told."""
    status = registration_status(view.series, lecture, view.now)
    return status.closes if status.form and isinstance(status.closes, datetime) else None


def is_usable(lecture: Lecture, view: View) -> bool:
    """Whether one can register."""
    return registration_status(view.series, lecture, view.now).form is not None


_ENDED: Final = frozenset({RegistrationState.CLOSED, RegistrationState.FULL, RegistrationState.SUSPENDED})


def is_closed(lectures: Sequence[Lecture], view: View) -> bool:
    """Whether there was a form for the lectures, and it can't be used any more."""
    states = (registration_status(view.series, each, view.now).state for each in lectures if view.series.form(each))
    return [state in _ENDED for state in states] == [True] * len(lectures)


def was_closed_at(instant: datetime, lectures: Sequence[Lecture], view: View) -> bool:
    """Whether the deadline of all of them was past at that instant, so that it is no news that it is past."""
    states = (registration_status(view.series, each, view.series.local(instant)).state for each in lectures)
    return all(state is RegistrationState.CLOSED for state in states)


def register_by(lecture: Lecture, view: View) -> str:
    """Until when to register, as a sentence; empty if one can't, or if one form for all has no deadline."""
    status = registration_status(view.series, lecture, view.now)
    if not status.form or (status.form.is_for_all and isinstance(status.closes, Closing)):
        return ""
    online = "_online" if status.in_person_full else ""
    if isinstance(status.closes, datetime):
        return view.say(f"post.register_by{online}", until=moment_said(status.closes, view))
    return view.say(f"post.register_{status.closes}{online}") if status.closes else ""


def register_once(lecture: Lecture, view: View) -> str:
    """That one registers once for all lectures, if that is so and one can."""
    form = registration_status(view.series, lecture, view.now).form
    return view.say("post.register_once") if form and form.is_for_all else ""


def closed_sentence(lectures: Sequence[Lecture], view: View, *, dated: bool = False) -> str:
    """That registration is over, and why if that was not the deadline."""
    first = lectures[0]
    state = registration_status(view.series, first, view.now).state
    name = {RegistrationState.FULL: "full", RegistrationState.NOT_YET_OPEN: "withdrawn"}.get(state, "closed")
    subject = (apposed if len(lectures) == 1 else all_named)(lectures, view, dated=dated)
    return view.say(f"post.{name}", subject=subject, count=len(lectures))
