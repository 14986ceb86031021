"""Where registration for a lecture stands at some instant."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from bot.domain.lecture import Lecture, Mode, Phase
from bot.domain.registration import Closing, Form
from bot.domain.series import CLOSING_SOON, Series


class RegistrationState(StrEnum):
    """Where registration for a lecture stands."""

    NONE = "none"
    """Nobody registers, or nothing is to be said of it any more."""
    NOT_YET_OPEN = "not_yet_open"
    OPEN = "open"
    CLOSING_SOON = "closing_soon"
    CLOSED = "closed"
    FULL = "full"
    """The room is full, and there is no other way to attend."""
    SUSPENDED = "suspended"
    """The lecture is postponed or cancelled: its form, if any, must not be offered."""


@dataclass(frozen=True, slots=True)
class RegistrationStatus:
    """Registration for one lecture at one instant.

    `form` is present exactly while it can be used; `closes` is aware, in the series' zone, or what is told instead, and
    unknown for a lecture without a date. `opens` is when a form can be used that is known but not yet open.
    """

    state: RegistrationState
    closes: datetime | Closing | None = None
    form: Form | None = None
    in_person_full: bool = False
    opens: datetime | None = None


def is_closing_told(series: Series, lecture: Lecture) -> bool:
    """Whether people are told that registration is closed when it is: not if there was no deadline, and not if the same
    form goes on serving for the lectures to come."""
    closes, form = series.closing(lecture), series.form(lecture)
    return isinstance(closes, datetime) or (closes is Closing.START and not (form and form.is_for_all))


def open_for_all(series: Series, now: datetime) -> list[Lecture]:
    """The lectures to come for which one can register by the one form for all, at the aware instant `now`."""
    forms = [(each, registration_status(series, each, now).form) for each in series.upcoming(now)]
    return [each for each, form in forms if form and form.is_for_all]


def registration_status(series: Series, lecture: Lecture, now: datetime) -> RegistrationStatus:
    """Where registration for `lecture` stands at the aware instant `now`.

    The clock closes registration, whatever the page still shows: organizers leave the form's link standing.
    """
    if not series.registers(lecture):
        return RegistrationStatus(RegistrationState.NONE)
    closes, deadline, form = series.closing(lecture), series.deadline(lecture), series.form(lecture)
    instant = now.astimezone(UTC)
    phase = lecture.phase(series.local(now))
    if phase in (Phase.POSTPONED, Phase.CANCELLED):
        return RegistrationStatus(RegistrationState.SUSPENDED)
    if phase in (Phase.OVER, Phase.UNDER_WAY) or (deadline and instant >= deadline):
        state = RegistrationState.CLOSED if is_closing_told(series, lecture) else RegistrationState.NONE
        return RegistrationStatus(state, closes)
    if not form or not form.is_offered(instant):
        return RegistrationStatus(RegistrationState.NOT_YET_OPEN, closes, opens=form.opens if form else None)
    if lecture.registration.in_person_full and lecture.mode is Mode.IN_PERSON:
        return RegistrationStatus(RegistrationState.FULL, closes)
    soon = isinstance(closes, datetime) and instant >= closes - CLOSING_SOON
    state = RegistrationState.CLOSING_SOON if soon else RegistrationState.OPEN
    return RegistrationStatus(state, closes, form, lecture.registration.in_person_full)
