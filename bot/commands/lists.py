"""`/lectures` and `/find`: several lectures in a list."""

from collections.abc import Sequence
from dataclasses import replace

from bot.cards.listing import list_entry
from bot.commands.arguments import choice_meant
from bot.commands.choices import lecture_choice, page_of
from bot.commands.context import QueryContext, Reply, ReplyStatus
from bot.commands.examples import example, with_example
from bot.commands.following import LECTURES_A_PAGE
from bot.commands.lecture_index import lecture_index
from bot.commands.lectures import none_meant
from bot.commands.lookup import Match, found_lectures, match
from bot.commands.material_kinds import kinds_meant
from bot.commands.scopes import scope_meant
from bot.commands.stop_words import cores, is_empty
from bot.domain.lecture import Lecture
from bot.domain.message import Action, Listing
from bot.domain.periods import period
from bot.domain.text import squeezed


def lectures(query: QueryContext) -> Reply:
    """`/lectures`: the list of those ahead, those past, all, or those of a year, a month, a place or a person."""
    say, series, now, typed = query.say, query.series, query.now, query.invocation.argument
    scope = "upcoming" if not squeezed(typed) else _scope(typed, query)
    if scope is None:
        return _matching(query)
    shown = {"upcoming": series.upcoming(now), "past": series.past(now), "all": list(series.lectures)}[scope]
    if not shown:
        return Reply(
            headline=say(f"lectures.no_{scope}"),
            actions=(Action(say("action.past"), "lectures past"),) if scope == "upcoming" else (),
            line=query.invocation.line,
        )
    return _listed(shown, say(f"lectures.{scope}", count=len(shown)), say(f"lectures.{scope}_title"), query)


def _scope(typed: str, query: QueryContext) -> str | None:
    choices = query.invocation.spec.parameters[0].choices
    for text in cores(typed):
        scope = choice_meant(choices, text) or scope_meant(text, alone=True)
        if scope:
            return scope
    return None


def _matching(query: QueryContext) -> Reply:
    say, typed = query.say, query.invocation.argument
    dated = period(typed, query.now.date())
    scope = _scope(dated.rest, query) if dated else None
    found = Match() if scope else match(query.series, typed, query.now)
    if dated and scope:
        of_scope = query.series.upcoming(query.now) if scope == "upcoming" else query.series.past(query.now)
        lectures = query.series.lectures if scope == "all" else of_scope
        found = Match(tuple(each for each in lectures if each.day and dated.holds(each.day)), dated=True)
    if not found.lectures:
        reply = none_meant(found, query)
        return reply if reply.choice or found.dated else _with_scopes(reply, query)
    shown = sorted(found.lectures, key=query.series.lectures.index)
    headline = say("lookup.several", typed=typed, count=len(shown))
    return _listed(shown, headline, say("lectures.matching_title", typed=typed), query)


def _with_scopes(reply: Reply, query: QueryContext) -> Reply:
    spec = query.invocation.spec
    return replace(
        reply,
        note=with_example(query.say("lectures.hint"), spec, query),
        actions=tuple(
            Action(query.say(f"choice.{value}"), f"{spec.name} {value}") for value in spec.parameters[0].choices
        ),
    )


def find(query: QueryContext) -> Reply:
    """`/find`: lectures that contain all the words, are of that kind of material, or on that date."""
    say, words = query.say, query.invocation.argument
    shown_example = say("lookup.example", example=example(query.invocation.spec, query))
    if not squeezed(words):
        return Reply(say("find.no_words"), note=shown_example, outcome=ReplyStatus.MISUNDERSTOOD)
    hits = _mentioning(words, query)
    if hits:
        return _listed(hits, say("find.hits", words=words, count=len(hits)), say("find.title", words=words), query)
    near = match(query.series, words, query.now).nearest
    return Reply(
        headline=say("find.none", words=words),
        choice=lecture_choice(near, query, "lecture") if near else None,
        note=None if near else with_example(say("find.hint"), query.invocation.spec, query),
        actions=(Action(say("action.all"), "lectures all"),),
        outcome=ReplyStatus.NOT_FOUND,
    )


def _mentioning(words: str, query: QueryContext) -> Sequence[Lecture]:
    """What mentions the words; else what is found by them, as where a lecture is named; else what has the material."""
    index = lecture_index(query.series)
    mentioning = next((found for found in map(index.mentioning, cores(words)) if found), None)
    hits: Sequence[Lecture] = mentioning or found_lectures(query.series, words, query.now)
    if hits:
        return hits
    kinds, rest = kinds_meant(words)
    if not kinds or not is_empty(rest):
        return ()
    return [
        each for each in query.series.newest_first if any(material.kind in kinds for material in each.all_materials)
    ]


def _listed(shown: Sequence[Lecture], headline: str, title: str, query: QueryContext) -> Reply:
    page = page_of(shown, LECTURES_A_PAGE, query)
    return Reply(
        headline=headline,
        parts=(Listing(title, tuple(list_entry(each, query) for each in page.items)),),
        choice=lecture_choice(page.items, query, "lecture"),
        actions=page.actions,
        note=page.note,
        line=query.invocation.line,
    )
