"""How to register for a lecture and how to join it: links, and what is said beside them."""

from datetime import datetime

from bot.cards import naming
from bot.cards.dates import brief
from bot.cards.people import names
from bot.cards.view import View
from bot.domain.deadlines import RegistrationState, registration_status
from bot.domain.lecture import TO_COME, Lecture
from bot.domain.message import Link, Text, When
from bot.domain.registration import Closing, Form
from bot.domain.series import Series
from bot.i18n import Phrases, day_and_month


def form_link(series: Series, form: Form, lecture: Lecture, say: Phrases) -> Link:
    """The form under a label with number, date and speaker, as several may be open; briefly beside its lecture.

    A form for all lectures names none of them. An address to write to is seen, as no platform has buttons for it.
    """
    if form.by_mail:
        label = say("registration.by_mail", address=form.mail_address)
        return Link(label, form.url, label)
    if form.is_for_all:
        label = say("registration.form_for_all")
        return Link(label, form.url, label)
    day = day_and_month(lecture.day, say.language) if lecture.day else say("date.undecided")
    speaker = names(lecture.people, say) if lecture.people else say("speaker.undecided")
    label = say("registration.form", lecture=naming.reference(lecture, say, alone=False), day=day, speaker=speaker)
    return Link(label, form.url, say("registration.form_brief"))


def form_links(lecture: Lecture, view: View) -> tuple[Link, ...]:
    """The form, if it can be used."""
    form = registration_status(view.series, lecture, view.now).form
    return (form_link(view.series, form, lecture, view.say),) if form else ()


def join_links(lecture: Lecture, view: View) -> tuple[Link, ...]:
    """Where one joins online, if that is known and the lecture is to take place; under a label with its number."""
    address = view.series.join_address(lecture)
    if not address or lecture.phase(view.now) not in TO_COME:
        return ()
    return (
        Link(
            view.say("join.online", lecture=naming.reference(lecture, view.say, alone=False)),
            address,
            view.say("join.online_brief"),
        ),
    )


def registration_text(lecture: Lecture, view: View) -> Text:
    """Until when the form can be used, or why not; nothing where no form is known or nobody registers any more."""
    say, status = view.say, registration_status(view.series, lecture, view.now)
    if lecture.phase(view.now) not in TO_COME or not view.series.form(lecture):
        return ()
    if status.opens:
        return say.text("registration.opens", when=brief(When(status.opens), view))
    if not status.form:
        return (say(f"registration.{status.state}"),) if status.state is not RegistrationState.NONE else ()
    online = "_online" if status.in_person_full else ""
    if isinstance(status.closes, datetime):
        text = say.text(f"registration.open{online}", until=brief(When(status.closes), view))
    elif status.form.is_for_all:
        text = (say(f"registration.for_all{online}"),)
    else:
        start = "_start" if status.closes is Closing.START else "_undated"
        text = (say(f"registration.open{start}{online}"),)
    others = tuple(each for each in status.form.serves if each != lecture.id)
    return (
        (*text, say("registration.shared_form", lectures=naming.references(others, view.series, say)))
        if others
        else text
    )
