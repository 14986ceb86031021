"""The announcement of one lecture for a mailing list: its subject, and its body laid out for plain text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.cards.abstract import linked
from bot.cards.dates import date_text
from bot.cards.lecture import talk_line
from bot.cards.naming import has_name, reference, references, sole_title
from bot.cards.people import everybody, names, person
from bot.cards.registration import form_link
from bot.cards.venues import venue_name
from bot.cards.view import View
from bot.domain.deadlines import RegistrationState, RegistrationStatus, registration_status
from bot.domain.expectations import Expected
from bot.domain.language import Language, Localized
from bot.domain.lecture import TO_COME, Lecture, Mode, Phase, Status
from bot.domain.message import Countdown, Link, Span, Text, When
from bot.domain.missing import expects_a_place
from bot.domain.registration import Closing, Form, mail_address
from bot.domain.series import Series
from bot.domain.text import one_line
from bot.i18n import Phrases, day_and_month, written
from bot.i18n.languages import language_name
from bot.i18n.line_breaking import wrapped

Block = list[str]
"""Lines that stand together, each as long as it likes."""


def blocks(lecture: Lecture, view: View) -> list[Block]:
    """The mail's body from the greeting to the names of the organizers."""
    status = registration_status(view.series, lecture, view.now)
    takes_place = lecture.phase(view.now) in TO_COME
    made = [[view.say("mail.greeting")], list(_opening(lecture, status, view)), list(_facts(lecture, view))]
    if takes_place or lecture.phase(view.now) is Phase.OVER:
        made.append(list(_abstract(lecture, view)))
    if lecture.talks:
        made.append([_heading("label.talks", view.say), *(talk_line(each, view.say) for each in lecture.talks)])
    if lecture.all_materials:
        made.append([_heading("label.materials", view.say), *_materials(lecture, view.say)])
    if takes_place:
        made += _taking_part(lecture, status, view)
    made.append(list(_ending(view)))
    return [block for block in made if block]


def _opening(lecture: Lecture, status: RegistrationStatus, view: View) -> Iterator[str]:
    say, phase = view.say, lecture.phase(view.now)
    series, name = view.series.name.into(view.language), _name(lecture, say)
    if phase in TO_COME:
        kind = "undated" if phase is Phase.UNDATED else "ahead"
        yield say(f"mail.opening_{kind}", series=series, lecture=name)
    else:
        planned = replace(lecture, status=Status.PLANNED)  # a postponed lecture's date is the one that it had
        when = _plain(date_text(planned, say), say)
        yield say(f"mail.opening_{phase}", series=series, lecture=name, when=when)
    if phase in TO_COME and view.series.is_unusual(lecture):
        yield say("notice.unusual_venue")
    if phase in TO_COME and status.state is not RegistrationState.NONE:
        yield _invitation(status, view)


def _name(lecture: Lecture, say: Phrases) -> str:
    """What it is called as one of the series: a title alone is told with what it is the title of."""
    title = sole_title(lecture)
    if title and not has_name(lecture):
        return say("mail.titled", title=one_line(title.into(say.language)))
    return reference(lecture, say)


def _invitation(status: RegistrationStatus, view: View) -> str:
    """Where registration stands, and what to do by when."""
    say, state = view.say, status.state
    until = written(When(status.closes), view.language) if isinstance(status.closes, datetime) else ""
    if status.form and until:
        return say("mail.register_online" if status.in_person_full else "mail.register", until=until)
    if state is RegistrationState.NOT_YET_OPEN and until:
        return say("mail.register_later", until=until)
    if status.opens:
        return say("mail.register_from", when=written(When(status.opens), view.language))
    if status.form and status.form.is_for_all:
        return say("mail.register_once")
    if status.form and status.closes is Closing.START:
        return say("mail.register_start_online" if status.in_person_full else "mail.register_start")
    only_online = "online_" if status.form and status.in_person_full else ""
    return say(f"registration.sentence.{only_online}{state}")


def _facts(lecture: Lecture, view: View) -> Iterator[str]:
    say, takes_place = view.say, lecture.phase(view.now) in TO_COME
    if lecture.status is not Status.CANCELLED:
        known = lecture.day or lecture.status is Status.POSTPONED
        yield _fact("label.date", _plain(date_text(lecture, say), say) if known else None, say)
    if lecture.people or (takes_place and view.series.expects_of(lecture, Expected.SPEAKER)):
        yield _fact("label.speaker", everybody(lecture.people, say), say, count=max(len(lecture.people), 1))
    if sole_title(lecture) or (takes_place and not lecture.talks and view.series.expects_of(lecture, Expected.TITLE)):
        yield _fact("mail.title", _title(lecture, view), say)
    place_awaited = not lecture.venue and view.series.expects_of(lecture, Expected.VENUE)
    if lecture.mode or (takes_place and place_awaited):
        yield _fact("label.mode", say(f"mode.{lecture.mode}") if lecture.mode else None, say)
    if takes_place and (lecture.venue or expects_a_place(Expected.VENUE, lecture, view.series)):
        yield _fact("label.venue", _venue(lecture, view), say)
        if lecture.venue and lecture.venue.url:
            yield lecture.venue.url
    join = view.series.join_address(lecture)
    if join and takes_place:
        yield _fact("label.join", join, say)
    if lecture.language:
        yield _fact("label.language", language_name(lecture.language, say.language), say)
    if lecture.notes and takes_place:
        yield _fact("label.notes", lecture.notes.into(view.language), say)
    texts = lecture.abstract or lecture.summary or lecture.talks
    if takes_place and not texts and view.series.expects_of(lecture, Expected.ABSTRACT):
        yield _fact("mail.abstract", None, say)


def _fact(label: str, value: str | None, say: Phrases, *, count: int = 1) -> str:
    return say("mail.fact", label=say(label, count=count), value=value or say("mail.undecided"))


def _title(lecture: Lecture, view: View) -> str | None:
    found = sole_title(lecture)
    title = found.into(view.language) if found else None
    return view.say("mail.title_tentative", title=title) if title and lecture.title_tentative else title


def _venue(lecture: Lecture, view: View) -> str | None:
    say, venue = view.say, lecture.venue
    if not venue:
        return None
    if not venue.room and not venue.tentative and expects_a_place(Expected.ROOM, lecture, view.series):
        return say("mail.room_undecided", venue=venue.name.into(say.language))
    return venue_name(venue, say)


def _abstract(lecture: Lecture, view: View) -> Iterator[str]:
    say, text = view.say, lecture.abstract or lecture.summary
    if text:
        yield _heading("mail.abstract", say)
        for line in text.into(view.language).strip().splitlines():
            yield _plain(linked(line.strip()), say)


def _materials(lecture: Lecture, say: Phrases) -> Iterator[str]:
    for material in lecture.all_materials:
        label = material.label.into(say.language)
        yield say("mail.fact", label=label, value=material.url or say("mail.in_preparation"))


def _taking_part(lecture: Lecture, status: RegistrationStatus, view: View) -> Iterator[Block]:
    """How to register, and the rules that apply to those who do and to those who come."""
    rules, mode = view.series.rules, lecture.mode
    if status.form:
        form = _form(lecture, status.form, status, view)
        yield [_heading("howto.registration", view.say), *form]
        yield _points(rules.registration, view)
    elif status.state is RegistrationState.NOT_YET_OPEN:
        yield _section("howto.registration", rules.registration, view)
    yield _section("howto.in_person", rules.in_person if mode is not Mode.ONLINE else (), view)
    yield _section("howto.online", rules.online if mode is not Mode.IN_PERSON else (), view)
    yield _section("howto.everyone", rules.everyone, view)


def _section(heading: str, rules: tuple[Localized, ...], view: View) -> Block:
    return [_heading(heading, view.say), *_points(rules, view)] if rules else []


def _points(rules: tuple[Localized, ...], view: View) -> Block:
    return [view.say("mail.point", text=rule.into(view.language)) for rule in rules]


def _form(lecture: Lecture, form: Form, status: RegistrationStatus, view: View) -> Iterator[str]:
    """The form, named so that it is taken for no other lecture's."""
    say, link = view.say, form_link(view.series, form, lecture, view.say)
    others = tuple(each for each in form.serves if each != lecture.id)
    yield from (link.label,) if form.by_mail else (say("mail.form", label=link.label), link.url)
    if others:
        yield say("registration.shared_form", lectures=references(others, view.series, say)).strip()
    if isinstance(status.closes, datetime):
        yield say("mail.deadline", until=written(When(status.closes), view.language))


def _ending(view: View) -> Iterator[str]:
    say, links = view.say, view.series.links
    if links.page:
        yield _fact("link.page", links.page, say)
    if links.contact:
        yield _fact("howto.contact", mail_address(links.contact) or links.contact, say)
    organizers = [person(each, say) for each in view.series.organizers]
    if organizers:
        yield _fact("label.organizers", say("join.comma").join(organizers), say)


def _heading(name: str, say: Phrases) -> str:
    return say("mail.heading", title=say(name))


def _plain(text: Text, say: Phrases) -> str:
    """A text in which links show their addresses."""
    return "".join(_span(span, say) for span in text)


def _span(span: Span, say: Phrases) -> str:
    match span:
        case When():
            return written(span, say.language)
        case Link():
            return say("mail.link", label=span.label, url=span.url)
        case Countdown():
            return span.words
        case str():
            return span


COLUMNS: Final = 74
"""What a line may fill, wide characters counted as two; only addresses reach beyond, as they are to be clicked."""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_POINT: Final = re.compile(r"(?:・|- )(?=\S)")


def mail(series: Series, lecture: Lecture, now: datetime, languages: Sequence[Language]) -> str:
    """The mail with its subject in front and its body in each of the languages, one after the other."""
    views = [View(series, series.local(now), language) for language in languages]
    laid_out = [_subject(lecture, views[0]), *(view.say("mail.below") for view in views[1:])]
    for view in views:
        if view is not views[0]:
            laid_out.append("-" * COLUMNS)
        laid_out += ["\n".join(_lines(block)) for block in blocks(lecture, view)]
    return "\n\n".join(laid_out) + "\n"


def _subject(lecture: Lecture, view: View) -> str:
    say, phase = view.say, lecture.phase(view.now)
    about = day_and_month(lecture.day, view.language) if lecture.day else say("date.undecided")
    if lecture.people:
        phrase = "mail.about" if len(lecture.people) == 1 else "mail.about_several"
        about = say(phrase, day=about, speaker=names(lecture.people, say))
    kind = "ahead" if phase in TO_COME else phase
    series = view.series.name.into(view.language)
    subject = say(f"mail.subject_{kind}", series=series, lecture=reference(lecture, say, alone=False), about=about)
    return say("mail.header", subject=" ".join(subject.split()))


def _lines(block: Block) -> Iterator[str]:
    """The block's lines as they fit; those of a point in a list are set in below its first."""
    for text in block:
        clean = _CONTROL.sub(" ", text).rstrip()
        yield from wrapped(clean, COLUMNS, hanging=2 if _POINT.match(clean) else 0)
