"""`/next`: the lecture under way or the one that follows, or the next so many."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from bot.cards.abstract import has_more, teaser
from bot.cards.dates import spoken_day
from bot.cards.lecture import heading, lecture_card, material_spans, named, passed_over
from bot.cards.listing import list_entry
from bot.cards.naming import reference
from bot.cards.people import names
from bot.commands.choices import MOST_OPTIONS, lecture_choice
from bot.commands.context import QueryContext, Reply
from bot.commands.handlers import loaded
from bot.domain.lecture import Lecture, Phase
from bot.domain.message import Action, Entry, Listing, Text, When

LECTURES_A_PAGE = 6


def next_lecture(query: QueryContext) -> Reply:
    """`/next`; what is typed behind it is looked up elsewhere."""
    reply: Reply = loaded("lectures:next_meant")(query) if query.invocation.argument else following(query)
    return reply


def following(query: QueryContext) -> Reply:
    """The lecture under way or the next one; with nothing ahead, what there was last."""
    lecture = query.series.current_or_next(query.now)
    if not lecture:
        return nothing_ahead(query)
    together = query.series.beginning_with(lecture, query.now) if lecture.starts else []
    if len(together) > 1:
        return _together(together, query)
    card = lecture_card(lecture, query, notices=passed_over(lecture, query))
    return Reply(
        headline=first_line(lecture, query, "next.ahead"),
        parts=(replace(card, body=teaser(lecture, query.language)),),
        actions=lecture_actions(lecture, query),
        line="next",
    )


def _together(lectures: Sequence[Lecture], query: QueryContext) -> Reply:
    """Lectures that begin at one moment."""
    say, shown = query.say, lectures[:MOST_OPTIONS]
    if lectures[0].phase(query.now) is Phase.AHEAD:
        subjects = say("join.and").join(named(each, query, beside_day=True) for each in shown)
        headline = begun(say("next.ahead", lecture=subjects, day=spoken_day(lectures[0], query)))
    else:
        lines = [first_line(each, query) for each in shown]
        headline = reduce(lambda first, second: say("join.sentences", first=first, second=second), lines)
    cards = tuple(replace(lecture_card(each, query), body=()) for each in shown)
    return Reply(headline, cards, choice=lecture_choice(shown, query, "lecture"), line="next")


def next_several(count: int, query: QueryContext) -> Reply:
    """The next so many that have a date."""
    say, attending = query.say, (Phase.UNDER_WAY, Phase.AHEAD)
    ahead = [each for each in query.series.upcoming(query.now) if each.phase(query.now) in attending]
    if not ahead:
        return nothing_ahead(query)
    shown = ahead[: min(count, MOST_OPTIONS)]
    return Reply(
        headline=say("next.several" if len(shown) == count else "lectures.upcoming", count=len(shown)),
        parts=(Listing(say("lectures.upcoming_title"), tuple(list_entry(each, query) for each in shown)),),
        choice=lecture_choice(shown, query, "lecture"),
        actions=(Action(say("action.lectures"), "lectures"),),
        line=f"next {count}",
    )


def lecture_actions(lecture: Lecture, query: QueryContext) -> tuple[Action, ...]:
    """What can be asked next about the lecture."""
    say, number = query.say, lecture.id
    actions = []
    if has_more(lecture, query.language):
        actions.append(Action(say("action.abstract"), f"lecture {number} part=abstract"))
    if lecture.all_materials:
        actions.append(Action(say("action.materials"), f"materials {number}"))
    if lecture.day and lecture.phase(query.now) in (Phase.AHEAD, Phase.UNDER_WAY):
        actions.append(Action(say("action.calendar"), f"calendar {number}"))
    if lecture.phase(query.now) in (Phase.AHEAD, Phase.UNDATED, Phase.POSTPONED):
        actions.append(Action(say("action.remind_me"), f"notify {number} on"))
    return tuple(actions)


def lecture_day(lecture: Lecture) -> Text:
    """The lecture's day, where the hours don't matter."""
    return (When(lecture.day),) if lecture.day else ()


def first_line(lecture: Lecture, query: QueryContext, ahead: str = "lecture.ahead") -> str:
    """What was asked of the lecture; else where it stands, by the phrase `ahead` if it is to come: who and when."""
    if query.invocation.settings.get("asked") or not (query.invocation.argument or "1").isdecimal():
        told: str | None = loaded("asked:told")(lecture, query)
        if told:
            return told
    phase = lecture.phase(query.now)
    if phase is not Phase.AHEAD:
        return query.say(f"lecture.{phase}", lecture=reference(lecture, query.say))
    return begun(query.say(ahead, lecture=named(lecture, query, beside_day=True), day=spoken_day(lecture, query)))


def begun(sentence: str) -> str:
    """The sentence with a capital letter."""
    return sentence[:1].upper() + sentence[1:]


def nothing_ahead(query: QueryContext) -> Reply:
    """Nothing that has a date is ahead: says so, and offers the last lecture's materials and what has no date yet."""
    say, series = query.say, query.series
    upcoming = series.upcoming(query.now)
    cancelled = [each for each in upcoming if each.phase(query.now) is Phase.CANCELLED]
    undated = [each for each in upcoming if each.phase(query.now) in (Phase.UNDATED, Phase.POSTPONED)]
    parts: list[Listing] = []
    for name, listed in (("lectures.upcoming_title", cancelled), ("next.undated_title", undated)):
        if listed:
            entries = tuple(list_entry(each, query) for each in listed[:LECTURES_A_PAGE])
            parts.append(Listing(say(name), entries))
    latest = series.latest(query.now)
    if latest:
        when = (*lecture_day(latest), *((" · ", names(latest.people, say)) if latest.people else ()))
        offered = material_spans(latest.all_materials, say) or (say("materials.none_yet"),)
        parts.append(Listing(say("next.latest_title"), (Entry(heading(latest, query), (when, offered)),)))
    return Reply(
        headline=say("next.nothing_ahead"),
        parts=tuple(parts),
        actions=(Action(say("action.archive"), "materials"), Action(say("action.past"), "lectures past")),
        line=query.invocation.command,
    )
