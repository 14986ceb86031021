"""Taking part: registering, the house rules, the calendar file."""

from bot.cards.lecture import numbers, registration_card
from bot.cards.rules import all_rules, registration_rules
from bot.commands.context import Question, Reply
from bot.commands.lectures import lecture_meant, nothing_ahead
from bot.domain.deadlines import registration_standing
from bot.domain.lecture import Lecture, Phase
from bot.domain.message import Action, File, Link, Section


def register(question: Question) -> Reply:
    """`/register`: the form of one lecture, or of all whose registration is open."""
    say, series = question.say, question.series
    if question.invocation.argument:
        meant = lecture_meant(question)
        if isinstance(meant, Reply):
            return meant
        shown = [meant]
    else:
        ahead = series.upcoming(question.now)
        shown = [each for each in ahead if registration_standing(series, each, question.now).form]
        following = series.current_or_next(question.now)
        shown = shown or ([following] if following else [])
    if not shown:
        return nothing_ahead(question)
    if len(shown) == 1:
        only = shown[0]
        headline = _registration_sentence(only, question)
        line = f"register {only.number}" if question.invocation.argument else "register"
    else:
        which = numbers(tuple(each.number for each in shown), say)
        headline, line = say("register.several", lectures=which), "register"
    usable = [each for each in shown if registration_standing(series, each, question.now).form]
    contact = series.links.contact
    return Reply(
        headline=headline,
        parts=(*(registration_card(each, question) for each in shown), *registration_rules(usable, question)),
        actions=(Action(say("action.howto"), "howto"),),
        note=None if usable or not contact else say("register.ask"),
        line=line,
    )


def howto(question: Question) -> Reply:
    """`/howto`: the house rules."""
    say, links = question.say, question.series.links
    sections = all_rules(question)
    if links.contact:
        contact = say.text("howto.contact_text", form=Link(say("link.contact"), links.contact))
        sections += (Section(say("howto.contact"), (contact,)),)
    return Reply(
        headline=say("howto.headline" if sections else "howto.none"),
        parts=sections,
        actions=(Action(say("action.register"), "register"),),
        line="howto",
    )


def calendar(question: Question) -> Reply:
    """`/calendar`: lectures as a calendar file, and where to follow all of them."""
    say, series = question.say, question.series
    if question.invocation.argument:
        meant = lecture_meant(question)
        if isinstance(meant, Reply):
            return meant
        chosen, name = [meant], f"lecture-{meant.number}.ics"
        headline = say("calendar.one", number=meant.number)
        line = f"calendar {meant.number}"
    else:
        chosen, name, line = [each for each in series.lectures if each.day], "lectures.ics", "calendar"
        headline = say("calendar.all", count=len(chosen))
    if not any(lecture.day for lecture in chosen):
        return Reply(headline=say("calendar.undated"), parts=_feed(question), line=line)
    file = File(name, "text/calendar", question.calendar(series, chosen, question.language, question.now))
    return Reply(headline, _feed(question), file=file, note=say("calendar.hint"), line=line)


def _feed(question: Question) -> tuple[Section, ...]:
    """Where the calendar can be followed, in the reader's language."""
    if not question.feed:
        return ()
    say, address = question.say, question.feed
    if question.language != question.series.language:
        address = f"{address}?lang={question.language}"
    return (Section(say("calendar.feed"), (say.text("calendar.feed_text", address=Link(address, address)),)),)


def _registration_sentence(lecture: Lecture, question: Question) -> str:
    phase = lecture.phase(question.now)
    if phase in (Phase.OVER, Phase.CANCELLED, Phase.POSTPONED):
        return question.say(f"lecture.{phase}", number=lecture.number)
    state = registration_standing(question.series, lecture, question.now).state
    return question.say(f"register.{state}", number=lecture.number)
