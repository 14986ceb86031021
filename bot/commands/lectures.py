"""`/next` and `/lecture`, and how a command finds the lecture that is meant."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from bot.cards.abstract import abstract_pages, has_more, teaser
from bot.cards.dates import spoken_day
from bot.cards.lecture import heading, lecture_card, material_spans, named, passed_over
from bot.cards.listing import list_entry
from bot.cards.naming import reference
from bot.cards.people import names
from bot.commands.context import QueryContext, Reply, ReplyStatus
from bot.commands.examples import example, with_example
from bot.commands.lookup import Match, match, mentioning
from bot.commands.parser import Invocation
from bot.commands.positions import is_next, number_meant
from bot.commands.stop_words import essential
from bot.domain.lecture import Lecture, Phase
from bot.domain.message import Action, Choice, Entry, Listing, Option, Section, Text, When
from bot.domain.text import without_end_marks
from bot.i18n import written

_TO_COME: Final = frozenset(["register", "calendar", "notify"])
"""Commands that are about lectures to come, if any of those that are meant is to come."""

MOST_OPTIONS = 25
"""Lectures offered to choose from: as many as a menu holds on the strictest platform (Discord)."""


def lecture_meant(query: QueryContext) -> Lecture | Reply:
    """The lecture that the question's argument names; if it names none or several, a reply that offers some."""
    found = match(query.series, query.invocation.argument, query.now)
    if query.invocation.command in _TO_COME and len(found.lectures) > 1:
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


def lecture_choice(lectures: Iterable[Lecture], query: QueryContext, command: str | None = None) -> Choice:
    """A choice among lectures; choosing one runs `command`, by default the one that was asked."""
    name = command or query.invocation.command
    options = tuple(_option(lecture, name, query) for lecture in lectures)[:MOST_OPTIONS]
    return Choice(query.say("lookup.prompt"), options)


def _option(lecture: Lecture, command: str, query: QueryContext) -> Option:
    details = []
    if lecture.day:
        details.append(written(When(lecture.day), query.language))
    if lecture.people:
        details.append(names(lecture.people, query.say))
    return Option(heading(lecture, query), f"{command} {lecture.id}", " · ".join(details))


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of the items, with the buttons that lead to the others and a note that says where one is."""

    items: Sequence[T]
    actions: tuple[Action, ...] = ()
    note: str | None = None


def page_of(items: Sequence[T], size: int, query: QueryContext) -> Page[T]:
    """The page that the question asks for; one beyond the last is the last."""
    last = max(1, -(-len(items) // size))
    page = min(query.page, last)
    shown = items[(page - 1) * size : page * size]
    if last == 1:
        return Page(shown)
    turns = [("page.previous", page - 1), ("page.next", page + 1)]
    actions = tuple(
        Action(query.say(name), query.invocation.with_setting("page", str(target)).line)
        for name, target in turns
        if 1 <= target <= last
    )
    return Page(shown, actions, query.say("page.position", page=page, last=last))


LECTURES_A_PAGE = 6


_COUNT: Final = re.compile(r"(\d{1,3}|[一二三四五六七八九十]{1,3})(?:回|つ|件|個|講義)?分?")


def next_lecture(query: QueryContext) -> Reply:
    """`/next`: the lecture under way or the next one, or the next so many; with nothing ahead, what there was last."""
    typed = essential(query.invocation.argument)
    if not typed or is_next(typed):
        return _next(query)
    written = _COUNT.fullmatch(typed)
    count = number_meant(written[1] if written else typed)
    if count:
        return _next(query) if count == 1 else _next_several(count, query)
    for which in (f"next {query.invocation.argument}", query.invocation.argument):
        found = match(query.series, which, query.now)
        if found.lectures or found.dated:
            return one_lecture(replace(query, invocation=Invocation("lecture", which)))
    return Reply(
        query.say("next.wrong_count", typed=query.invocation.argument),
        note=query.say("lookup.example", example=example(query.invocation.spec, query)),
        outcome=ReplyStatus.MISUNDERSTOOD,
    )


def _next(query: QueryContext) -> Reply:
    say = query.say
    lecture = query.series.current_or_next(query.now)
    if not lecture:
        return nothing_ahead(query)
    if lecture.phase(query.now) is Phase.UNDER_WAY:
        headline = say("lecture.under_way", lecture=reference(lecture, say))
    else:
        headline = _ahead("next.ahead", lecture, query)
    card = lecture_card(lecture, query, notices=passed_over(lecture, query))
    return Reply(
        headline=headline,
        parts=(replace(card, body=teaser(lecture, query.language)),),
        actions=_lecture_actions(lecture, query),
        line="next",
    )


def _next_several(count: int, query: QueryContext) -> Reply:
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


def one_lecture(query: QueryContext) -> Reply:
    """`/lecture`: one lecture, or with `part=abstract` its whole abstract."""
    lecture = _meant_or_near(query)
    if isinstance(lecture, Reply):
        found = () if lecture.choice else mentioning(query.series, query.invocation.argument)
        return _mentioned(found, query) if found else lecture
    if query.invocation.settings.get("part") == "abstract":
        return _abstract(lecture, query)
    return Reply(
        headline=_state_sentence(lecture, query),
        parts=(lecture_card(lecture, query),),
        actions=_lecture_actions(lecture, query),
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


def _lecture_actions(lecture: Lecture, query: QueryContext) -> tuple[Action, ...]:
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


def _abstract(lecture: Lecture, query: QueryContext) -> Reply:
    say = query.say
    named = replace(query, invocation=replace(query.invocation, argument=str(lecture.id)))
    pages = abstract_pages(lecture, query.language)
    if not pages:
        return Reply(say("lecture.no_abstract", lecture=reference(lecture, say)), line=named.invocation.line)
    page = page_of(pages, 1, named)
    return Reply(
        headline=say("lecture.abstract", lecture=reference(lecture, say)),
        parts=(Section(heading(lecture, query), page.items[0]),),
        actions=page.actions,
        note=page.note,
        line=named.invocation.line,
    )


def lecture_day(lecture: Lecture) -> Text:
    """The lecture's day, where the hours don't matter."""
    return (When(lecture.day),) if lecture.day else ()


def _state_sentence(lecture: Lecture, query: QueryContext) -> str:
    """Where a lecture stands; of one to come who and when."""
    phase = lecture.phase(query.now)
    if phase is Phase.AHEAD:
        return _ahead("lecture.ahead", lecture, query)
    return query.say(f"lecture.{phase}", lecture=reference(lecture, query.say))


def _ahead(phrase: str, lecture: Lecture, query: QueryContext) -> str:
    name = named(lecture, query, beside_day=True)
    sentence = query.say(phrase, lecture=name, day=spoken_day(lecture, query))
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
