"""Taking part: registering, the house rules, the calendar file."""

from bot.cards.lecture import numbers, registration_card
from bot.commands.browse import nothing_ahead
from bot.commands.lookup import lecture_meant
from bot.commands.question import Question
from bot.commands.replies import Reply
from bot.content import Action, File, Link, Section, Text
from bot.domain.deadlines import registration_standing
from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Mode, Phase


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
        parts=(*(registration_card(each, question) for each in shown), *_rules_that_apply(usable, question)),
        actions=(Action(say("action.howto"), "howto"),),
        note=None if usable or not contact else say("register.ask"),
        line=line,
    )


def howto(question: Question) -> Reply:
    """`/howto`: the house rules."""
    say, rules, links = question.say, question.series.rules, question.series.links
    sections = _rules(
        question,
        registration=rules.registration,
        in_person=rules.in_person,
        online=rules.online,
        everyone=rules.everyone,
    )
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
    """`/calendar`: lectures as a calendar file."""
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
        return Reply(headline=say("calendar.undated"), line=line)
    content = question.calendar(series, chosen, question.language)
    return Reply(headline, file=File(name, "text/calendar", content), note=say("calendar.hint"), line=line)


def _registration_sentence(lecture: Lecture, question: Question) -> str:
    phase = lecture.phase(question.now)
    if phase in (Phase.OVER, Phase.CANCELLED, Phase.POSTPONED):
        return question.say(f"lecture.{phase}", number=lecture.number)
    state = registration_standing(question.series, lecture, question.now).state
    return question.say(f"register.{state}", number=lecture.number)


def _rules_that_apply(open_for: list[Lecture], question: Question) -> tuple[Section, ...]:
    """The rules for those who register for these lectures."""
    if not open_for:
        return ()
    rules = question.series.rules
    in_person = any(lecture.mode is not Mode.ONLINE for lecture in open_for)
    online = any(lecture.mode is not Mode.IN_PERSON for lecture in open_for)
    return _rules(
        question,
        registration=rules.registration,
        in_person=rules.in_person if in_person else (),
        online=rules.online if online else (),
    )


def _rules(question: Question, **by_audience: tuple[Localized, ...]) -> tuple[Section, ...]:
    return tuple(
        Section(question.say(f"howto.{audience}"), _sentences(sentences, question), bulleted=True)
        for audience, sentences in by_audience.items()
        if sentences
    )


def _sentences(rules: tuple[Localized, ...], question: Question) -> tuple[Text, ...]:
    return tuple((rule.into(question.language),) for rule in rules)
