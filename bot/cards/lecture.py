"""A lecture as it is shown: its heading, its card, its line in a list."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cards.abstract import excerpt
from bot.domain.deadlines import RegistrationState, RegistrationStatus, registration_status
from bot.domain.language import Language
from bot.domain.lecture import Lecture, Mode, Person, Phase, Status, Venue
from bot.domain.message import Card, Entry, Fact, Link, Span, Text, Tone, When
from bot.domain.series import Form, Series
from bot.i18n import Phrases, day_and_month, phrases


@dataclass(frozen=True, slots=True)
class View:
    """What showing anything of the series needs to know; `now` is in the series' zone."""

    series: Series
    now: datetime
    language: Language

    @property
    def say(self) -> Phrases:
        """The sentences of the reader's language."""
        return phrases(self.language)


_TONES = {
    RegistrationState.OPEN: Tone.OPEN,
    RegistrationState.CLOSING_SOON: Tone.URGENT,
    RegistrationState.SUSPENDED: Tone.OFF,
}
_AHEAD = (Phase.AHEAD, Phase.UNDATED, Phase.UNDER_WAY)
"""Phases in which a lecture can still be attended, so that what is undecided or unusual matters."""


def heading(lecture: Lecture, view: View) -> str:
    """Number and title in one line, saying so if the title is tentative or, before the lecture, to be announced."""
    say = view.say
    if not lecture.title:
        over = lecture.phase(view.now) is Phase.OVER
        return say("lecture.heading_without_title" if over else "lecture.heading_untitled", number=lecture.number)
    name = "lecture.heading_tentative" if lecture.title_tentative else "lecture.heading"
    return say(name, number=lecture.number, title=lecture.title.into(view.language))


def person(who: Person, say: Phrases) -> str:
    """A person's name with affiliation."""
    name = who.name.into(say.language)
    if not who.affiliation:
        return name
    return say("person.affiliated", name=name, affiliation=who.affiliation.into(say.language))


def venue_name(venue: Venue, say: Phrases) -> str:
    """A venue with its room, saying so if it is tentative."""
    name = venue.full_name.into(say.language)
    return say("venue.tentative", venue=name) if venue.tentative else name


def language_name(code: str, say: Phrases) -> str:
    """The name of the language in which a lecture is held; a code without a name stays as it is."""
    return say(f"language.{code}") if code in ("ja", "en") else code


def form_link(series: Series, form: Form, lecture: Lecture, say: Phrases) -> Link:
    """The form under a label that names the lecture's number, date and speaker: several may be open at once."""
    day = day_and_month(lecture.day, say.language) if lecture.day else say("date.undecided")
    speaker = lecture.speaker.name.into(say.language) if lecture.speaker else say("speaker.undecided")
    return Link(say("registration.form", number=lecture.number, day=day, speaker=speaker), form.url)


def countdown(lecture: Lecture, view: View) -> str:
    """How far away a lecture with a date is: under way, today, tomorrow, or in so many days."""
    say = view.say
    if not lecture.day or lecture.phase(view.now) is Phase.UNDER_WAY:
        return say("countdown.under_way")
    days = (lecture.day - view.now.date()).days
    if days == 0:
        return say("countdown.today")
    return say("countdown.tomorrow") if days == 1 else say("countdown.days", count=days)


def lecture_card(
    lecture: Lecture,
    view: View,
    *,
    notices: tuple[Text, ...] = (),
    lasting: bool = False,
    materials: bool = True,
) -> Card:
    """All about one lecture; `notices` come before its own.

    A `lasting` card says nothing that is true for today only, such as the days left: it stands in a channel for weeks.
    Without `materials` it doesn't name them: they are told by a post of their own.
    """
    status = registration_status(view.series, lecture, view.now)
    if lasting and status.state is RegistrationState.CLOSING_SOON:
        status = replace(status, state=RegistrationState.OPEN)
    links = (form_link(view.series, status.form, lecture, view.say),) if status.form else ()
    when = date_text(lecture, view.say) if lasting else _date_with_countdown(lecture, view)
    return Card(
        title=heading(lecture, view),
        notices=(*notices, *_notices(lecture, view)),
        facts=tuple(_facts(lecture if materials else replace(lecture, materials=()), when, status, view)),
        body=excerpt(lecture, view.language),
        links=links,
        tone=_TONES.get(status.state, Tone.PLAIN),
    )


def registration_card(lecture: Lecture, view: View) -> Card:
    """What somebody who wants to register needs to know of one lecture."""
    card = lecture_card(lecture, view)
    return Card(card.title, card.notices, card.facts, (), card.links, card.tone)


def list_entry(lecture: Lecture, view: View, *, lasting: bool = False) -> Entry:
    """A lecture in a list: heading, then date and speaker, then what is special about it.

    A `lasting` one says nothing that is true for a day or an hour only.
    """
    say = view.say
    phase = lecture.phase(view.now)
    first = date_text(lecture, say)
    if phase is Phase.UNDER_WAY and not lasting:
        first = _date_with_countdown(lecture, view)
    elif phase is Phase.OVER and lecture.day and not lasting:
        first = (When(lecture.day),)
    if lecture.speaker:
        first += (" · ", lecture.speaker.name.into(view.language))
    lines = [first, *_notices(lecture, view)]
    status = registration_status(view.series, lecture, view.now)
    if lasting and status.state is RegistrationState.CLOSING_SOON:
        status = replace(status, state=RegistrationState.OPEN)
    if status.form:
        lines.append(say.text("list.registration", state=_registration_text(status, say)))
    return Entry(heading(lecture, view), tuple(lines))


def date_text(lecture: Lecture, say: Phrases) -> Text:
    """When the lecture takes place, saying so as far as that is undecided."""
    if lecture.status is Status.POSTPONED:
        return (say("date.postponed"),)
    if lecture.starts:
        return (When(lecture.starts, lecture.ends),)
    if lecture.day:
        return say.text("date.time_undecided", day=When(lecture.day))
    return (say("date.undecided"),)


def material_spans(lecture: Lecture, say: Phrases) -> Text:
    """The lecture's materials in a row, published ones as links."""
    spans: list[Span] = []
    for material in lecture.materials:
        label = material.label.into(say.language)
        if spans:
            spans.append(" · ")
        spans.append(Link(label, material.url) if material.url else say("materials.in_preparation", label=label))
    return tuple(spans)


def numbers(several: tuple[int, ...], say: Phrases) -> str:
    """Lecture numbers in a row: 第9回、第11回; lectures 9 and 11."""
    if len(several) == 1:
        return say("lecture.number", number=several[0])
    each = [say("lecture.among", number=number) for number in several]
    return say("lecture.numbers", numbers=say("join.last", first=say("join.comma").join(each[:-1]), last=each[-1]))


def registration_sentence(lecture: Lecture, view: View) -> str:
    """Where registration for a lecture stands, as a sentence for the headline."""
    status = registration_status(view.series, lecture, view.now)
    only_online = "online_" if status.form and status.in_person_full else ""
    return view.say(f"registration.sentence.{only_online}{status.state}")


def undecided(lecture: Lecture, say: Phrases) -> list[str]:
    """What the organizers have still to announce of a lecture, each by its name."""
    missing = []
    if not lecture.day:
        missing.append("date")
    elif not lecture.starts:
        missing.append("time")
    if not lecture.speaker:
        missing.append("speaker")
    if not lecture.title:
        missing.append("title")
    if lecture.mode is not Mode.ONLINE:
        if not lecture.venue:
            missing.append("venue")
        elif not lecture.venue.room and not lecture.venue.tentative:
            missing.append("room")
    if not lecture.summary and not lecture.abstract:
        missing.append("summary")
    return [say(f"undecided.{name}") for name in missing]


def _notices(lecture: Lecture, view: View) -> Iterator[Text]:
    say, phase = view.say, lecture.phase(view.now)
    if phase in (Phase.CANCELLED, Phase.POSTPONED):
        why = lecture.reason.into(view.language) if lecture.reason else ""
        yield (say(f"notice.{phase}_why", reason=why) if why else say(f"notice.{phase}"),)
    elif phase in _AHEAD and view.series.is_unusual(lecture):
        yield (say("notice.unusual_venue"),)


def _facts(lecture: Lecture, when: Text, status: RegistrationStatus, view: View) -> Iterator[Fact]:
    say, phase = view.say, lecture.phase(view.now)
    yield Fact(say("label.date"), when)
    if lecture.speaker:
        yield Fact(say("label.speaker"), (person(lecture.speaker, say),))
    if lecture.mode:
        yield Fact(say("label.mode"), (say(f"mode.{lecture.mode}"),))
    if lecture.venue and lecture.mode is not Mode.ONLINE:
        venue = lecture.venue if phase in _AHEAD else replace(lecture.venue, tentative=False)
        yield Fact(say("label.venue"), venue_text(venue, say))
    if lecture.language:
        yield Fact(say("label.language"), (language_name(lecture.language, say),))
    if phase in _AHEAD:
        yield from _registration_facts(lecture, status, say)
    if lecture.notes and phase in _AHEAD:
        yield Fact(say("label.notes"), (lecture.notes.into(view.language),))
    if lecture.materials:
        yield Fact(say("label.materials"), material_spans(lecture, say))
    missing = undecided(lecture, say) if phase in _AHEAD else []
    if missing:
        yield Fact(say("label.undecided"), (say("join.comma").join(missing),))


def _date_with_countdown(lecture: Lecture, view: View) -> Text:
    when, phase = date_text(lecture, view.say), lecture.phase(view.now)
    if phase is Phase.OVER:
        return view.say.text("date.over", when=when)
    if phase in (Phase.AHEAD, Phase.UNDER_WAY):
        return view.say.text("date.countdown", when=when, countdown=countdown(lecture, view))
    return when


def venue_text(venue: Venue, say: Phrases) -> Text:
    """A venue with its room, the name leading to its map."""
    name = venue.name.into(say.language)
    spans: Text = (Link(name, venue.url) if venue.url else name,)
    if venue.room:
        spans += (" ", venue.room.into(say.language))
    return say.text("venue.tentative", venue=spans) if venue.tentative else spans


def _registration_facts(lecture: Lecture, status: RegistrationStatus, say: Phrases) -> Iterator[Fact]:
    text = _registration_text(status, say)
    others = tuple(number for number in status.form.serves if number != lecture.number) if status.form else ()
    if others:
        text += (say("registration.shared_form", lectures=numbers(others, say)),)
    if status.form and status.in_person_full:
        yield Fact(say("label.registration_in_person"), (say("registration.full"),))
        yield Fact(say("label.registration_online"), text)
    else:
        yield Fact(say("label.registration"), text)


def _registration_text(status: RegistrationStatus, say: Phrases) -> Text:
    if status.state is RegistrationState.FULL:
        return (say("registration.full"),)
    if status.closes is None:
        return (say(f"registration.{status.state}_undated"),)
    return say.text(f"registration.{status.state}", until=When(status.closes))
