"""`/register`, `/howto` and `/calendar`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.cards.calendar_links import event_links, feed_links
from bot.cards.dates import brief, moment_said
from bot.cards.lecture import named, registration_card
from bot.cards.naming import reference, references
from bot.cards.rules import all_rules, registration_rules
from bot.cards.view import View
from bot.commands.context import QueryContext, Reply
from bot.commands.following import nothing_ahead
from bot.commands.lectures import lecture_meant
from bot.domain.deadlines import RegistrationState, open_for_all, registration_status
from bot.domain.lecture import Lecture, Phase
from bot.domain.message import Action, File, Link, Section, Text, When
from bot.domain.registration import mail_address
from bot.i18n import written


def register(query: QueryContext) -> Reply:
    """`/register`: the form of one lecture, or of all whose registration is open."""
    say, series = query.say, query.series
    if query.invocation.argument:
        meant = lecture_meant(query)
        if isinstance(meant, Reply):
            return meant
        shown = [meant]
    else:
        shown = lectures_to_register_for(query)
    if not shown:
        return nothing_ahead(query)
    if len(shown) == 1:
        only = shown[0]
        headline = _registration_sentence(only, query)
        line = f"register {only.id}" if query.invocation.argument else "register"
    else:
        which = references((each.id for each in shown), series, say)
        headline, line = say("register.several", lectures=which), "register"
    usable = [each for each in shown if registration_status(series, each, query.now).form]
    ask = () if usable or not any(map(series.registers, shown)) else contact("", "register.ask", query)
    rules = registration_rules(usable, query)
    below = (Section("", rules, quoted=True),) if rules else ask
    return Reply(
        headline=headline,
        parts=(*(registration_card(each, query, alone=len(shown) == 1) for each in shown), *below),
        actions=(Action(say("action.howto"), "howto"),),
        line=line,
    )


_BY_MAIL: Final = {"register.ask": "register.ask_by_mail", "howto.contact_text": "howto.contact_text_by_mail"}
"""What is said where there is an address to write to in the place of a form."""


def contact(title: str, sentence: str, query: QueryContext) -> tuple[Section, ...]:
    """Where questions go: to the contact form, or to an address; nothing where there is neither."""
    say, contact = query.say, query.series.links.contact
    if not contact:
        return ()
    address = mail_address(contact)
    if address:
        return (Section(title, (say.text(_BY_MAIL[sentence], address=Link(address, contact)),)),)
    return (Section(title, (say.text(sentence, form=Link(say("link.contact"), contact)),)),)


def lectures_to_register_for(view: View) -> list[Lecture]:
    """Those whose registration is open, but of those with one form for all only the first; else the current or next
    lecture, if there is any."""
    series = view.series
    open_ = [each for each in series.upcoming(view.now) if registration_status(series, each, view.now).form]
    others = open_for_all(series, view.now)[1:]
    found = [each for each in open_ if each not in others]
    following = series.current_or_next(view.now)
    return found or ([following] if following else [])


def howto(query: QueryContext) -> Reply:
    """`/howto`: the ways in that are the same for all lectures, and the house rules."""
    say = query.say
    sections = (*all_rules(query), *contact(say("howto.contact"), "howto.contact_text", query))
    return Reply(
        headline=query.say_fitting("howto.headline") if sections else say("howto.none"),
        parts=sections,
        actions=(Action(say("action.register"), "register"),) if query.series.has_registration else (),
        line="howto",
    )


def calendar(query: QueryContext) -> Reply:
    """`/calendar`: lectures as a calendar file, and where to follow all of them."""
    say, series = query.say, query.series
    if query.invocation.argument:
        meant = lecture_meant(query)
        if isinstance(meant, Reply):
            return meant
        chosen, name = [meant], f"lecture-{meant.id}.ics"
        headline = say("calendar.one", lecture=reference(meant, say))
        line = f"calendar {meant.id}"
    else:
        chosen, name, line = [each for each in series.lectures if each.day], "lectures.ics", "calendar"
        headline = say("calendar.all", count=len(chosen))
    if not any(lecture.day for lecture in chosen):
        return Reply(say("calendar.undated"), _feed(query), line=line)
    file = File(name, "text/calendar", query.calendar(series, chosen, query.language, query.now))
    added = event_links(chosen[0], query) if query.invocation.argument else ()
    parts = (*([_added(added, query)] if added else []), *_feed(query))
    return Reply(headline, parts, file=file, note=say("calendar.hint"), line=line)


def _feed(query: QueryContext) -> tuple[Section, ...]:
    """Where the calendar can be followed, in the reader's language."""
    if not query.feed:
        return ()
    say, address = query.say, query.feed
    if query.language != query.series.language:
        address = f"{address}?lang={query.language}"
    followed = feed_links(address, query.series.name.into(query.language))
    told = say.text("calendar.feed_text", address=Link(address, address))
    return (Section(say("calendar.feed"), (told, _beside(followed))),)


def _added(links: Sequence[Link], query: QueryContext) -> Section:
    """Where the lecture can be added without a file."""
    return Section(query.say("calendar.add"), (_beside(links),))


def _beside(links: Sequence[Link]) -> Text:
    return tuple(span for link in links for span in (" · ", link))[1:]


def _registration_sentence(lecture: Lecture, query: QueryContext) -> str:
    phase = lecture.phase(query.now)
    if phase in (Phase.OVER, Phase.CANCELLED, Phase.POSTPONED):
        return query.say(f"lecture.{phase}", lecture=reference(lecture, query.say))
    say, name = query.say, named(lecture, query)
    status = registration_status(query.series, lecture, query.now)
    if not query.series.registers(lecture):
        return say("register.nobody", lecture=name)
    if status.state is RegistrationState.NONE:
        return say("register.begun", lecture=name)
    if status.opens:
        return say("register.opens", lecture=name, when=written(brief(When(status.opens), query), query.language))
    if not query.series.form(lecture):
        return say("register.no_form", lecture=name)
    if status.form and status.form.is_for_all:
        return say("register.for_all", lecture=name)
    if status.form and isinstance(status.closes, datetime):
        until = "register.until_online" if status.in_person_full else "register.until"
        return say(until, lecture=name, until=moment_said(status.closes, query))
    return say(f"register.{status.state}", lecture=name)
