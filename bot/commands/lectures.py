"""`/next` and `/lecture`, and how a command finds the lecture that is meant."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.cards.abstract import abstract_pages
from bot.cards.lecture import heading, lecture_card
from bot.cards.naming import reference
from bot.commands.choices import MOST_OPTIONS, lecture_choice, page_of
from bot.commands.context import QueryContext, Reply, ReplyStatus
from bot.commands.examples import example, with_example
from bot.commands.following import first_line, following, lecture_actions, next_several, nothing_ahead
from bot.commands.lookup import Match, match, mentioning
from bot.commands.parser import Invocation
from bot.commands.positions import is_next, number_meant
from bot.commands.scopes import scope_meant
from bot.commands.stop_words import essential
from bot.domain.lecture import Lecture, Phase
from bot.domain.message import Action, Section
from bot.domain.text import without_end_marks

_TO_COME: Final = frozenset(["register", "calendar", "notify"])
"""Commands that are about lectures to come, if any of those that are meant is to come."""


def lecture_meant(query: QueryContext) -> Lecture | Reply:
    """The lecture that the question's argument names; if it names none or several, a reply that offers some."""
    found = match(query.series, query.invocation.argument, query.now)
    if (found.yearly or query.invocation.command in _TO_COME) and len(found.lectures) > 1:
        to_come = tuple(each for each in found.lectures if each.phase(query.now) is not Phase.OVER)
        found = Match(to_come or found.lectures)
    if len(found.lectures) == 1:
        return found.lectures[0]
    return several_meant(found, query) if found.lectures else none_meant(found, query)


def several_meant(found: Match, query: QueryContext) -> Reply:
    """Asks which of several lectures is meant."""
    headline = query.say("lookup.several", typed=query.invocation.argument, count=len(found.lectures))
    return Reply(headline=headline, choice=lecture_choice(found.lectures, query))


def none_meant(found: Match, query: QueryContext) -> Reply:
    """Says that there is no such lecture; with those that may have been meant, or else with what can be typed."""
    say, headline = query.say, _no_lecture(found, query)
    if found.nearest:
        return Reply(
            headline=say("lookup.none_but_near", none=headline),
            choice=lecture_choice(found.nearest, query),
            outcome=ReplyStatus.NOT_FOUND,
        )
    if found.dated:
        return Reply(headline, actions=(Action(say("action.lectures"), "lectures"),))
    return Reply(
        headline=headline,
        note=with_example(query.say_how_to_name("lookup.hint"), query.invocation.spec, query),
        outcome=ReplyStatus.NOT_FOUND,
    )


def _no_lecture(found: Match, query: QueryContext) -> str:
    say, typed, known = query.say, query.invocation.argument, query.series.lectures
    number = number_meant(without_end_marks(typed))
    if number is not None and known and not found.dated:
        numbers = sorted(each.number for each in known if each.number is not None)
        name = say.numbered(number)
        if not numbers:
            return say("lookup.no_number_none", lecture=name)
        first, last = (
            say.numbered(each) if query.language == "ja" else str(each) for each in (numbers[0], numbers[-1])
        )
        return say("lookup.no_number", lecture=name, first=first, last=last)
    return say("lookup.none_then" if found.dated else "lookup.none", typed=typed)


_COUNT: Final = re.compile(r"(\d{1,3}|[一二三四五六七八九十]{1,3})(?:回|つ|件|個|講義)?分?")


def next_meant(query: QueryContext) -> Reply:
    """`/next` with something behind it: the next so many, or one that is to come."""
    typed = essential(query.invocation.argument)
    if not typed or is_next(typed):
        return following(query)
    if scope_meant(typed, alone=True) in ("all", "upcoming"):
        return next_several(MOST_OPTIONS, query)
    written = _COUNT.fullmatch(typed)
    count = number_meant(written[1] if written else typed)
    if count:
        return following(query) if count == 1 else next_several(count, query)
    for which in (f"next {query.invocation.argument}", query.invocation.argument):
        found = match(query.series, which, query.now)
        if found.lectures or found.dated:
            return one_lecture(replace(query, invocation=Invocation("lecture", which)))
    return Reply(
        query.say("next.wrong_count", typed=query.invocation.argument),
        note=query.say("lookup.example", example=example(query.invocation.spec, query)),
        outcome=ReplyStatus.MISUNDERSTOOD,
    )


def one_lecture(query: QueryContext) -> Reply:
    """`/lecture`: one lecture, or with `part=abstract` its whole abstract."""
    lecture = _meant_or_near(query)
    if isinstance(lecture, Reply):
        found = () if lecture.choice else mentioning(query.series, query.invocation.argument)
        return _mentioned(found, query) if found else lecture
    if query.invocation.settings.get("part") == "abstract":
        return _abstract(lecture, query)
    return Reply(
        headline=first_line(lecture, query),
        parts=(lecture_card(lecture, query),),
        actions=lecture_actions(lecture, query),
        line=f"lecture {lecture.id}",
    )


def _meant_or_near(query: QueryContext) -> Lecture | Reply:
    """The lecture meant; without an argument the current or next one, else the latest."""
    if query.invocation.argument:
        return lecture_meant(query)
    series, now = query.series, query.now
    return series.current_or_next(now) or series.latest(now) or nothing_ahead(query)


def _mentioned(lectures: Sequence[Lecture], query: QueryContext) -> Reply:
    """What is no name or title, but stands in what is said of these lectures."""
    headline = query.say("find.hits", words=query.invocation.argument, count=len(lectures))
    return Reply(headline, choice=lecture_choice(lectures, query))


def _abstract(lecture: Lecture, query: QueryContext) -> Reply:
    say = query.say
    named = replace(query, invocation=replace(query.invocation, argument=str(lecture.id)))
    pages = abstract_pages(lecture, query.language)
    if not pages:
        return Reply(say("lecture.no_abstract", lecture=reference(lecture, say)), line=named.invocation.line)
    page = page_of(pages, 1, named)
    return Reply(
        headline=say("lecture.abstract", lecture=reference(lecture, say)),
        parts=(Section(heading(lecture, query), page.items[0], quoted=True),),
        actions=page.actions,
        note=page.note,
        line=named.invocation.line,
    )
