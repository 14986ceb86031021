"""Looking at the series: what is next, one lecture, the lists, the materials."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from bot.cards.abstract import abstract_pages, has_more
from bot.cards.lecture import (
    countdown,
    heading,
    lecture_card,
    list_entry,
    material_spans,
    person,
    registration_sentence,
)
from bot.cards.missing import passed_over
from bot.commands.context import QueryContext, Reply, ReplyStatus
from bot.commands.parser import choice_meant
from bot.domain.lecture import Lecture, Phase
from bot.domain.lookup import match
from bot.domain.message import Action, Card, Choice, Entry, Fact, Link, Listing, Option, Section, Text, When
from bot.domain.text import folded
from bot.i18n import written

MOST_OPTIONS = 25
"""Lectures offered to choose from: as many as a menu holds on the strictest platform (Discord)."""


def lecture_meant(query: QueryContext) -> Lecture | Reply:
    """The lecture that the question's argument names; if it names none or several, a reply that offers some."""
    typed, say = query.invocation.argument, query.say
    found = match(query.series, typed, query.now)
    if len(found.lectures) == 1:
        return found.lectures[0]
    if found.lectures:
        return Reply(
            headline=say("lookup.several", typed=typed, count=len(found.lectures)),
            choice=lecture_choice(found.lectures, query),
        )
    headline = say("lookup.none", typed=typed)
    if not found.nearest:
        return Reply(headline=headline, note=say("lookup.hint"), outcome=ReplyStatus.NOT_FOUND)
    return Reply(
        headline=say("lookup.none_but_near", none=headline),
        choice=lecture_choice(found.nearest, query),
        note=say("lookup.hint"),
        outcome=ReplyStatus.NOT_FOUND,
    )


def lecture_choice(lectures: Iterable[Lecture], query: QueryContext, command: str | None = None) -> Choice:
    """A choice among lectures; choosing one runs `command`, by default the one that was asked."""
    name = command or query.invocation.command
    options = tuple(_option(lecture, name, query) for lecture in lectures)[:MOST_OPTIONS]
    return Choice(query.say("lookup.prompt"), options)


def _option(lecture: Lecture, command: str, query: QueryContext) -> Option:
    details = []
    if lecture.day:
        details.append(written(When(lecture.day), query.language))
    if lecture.speaker:
        details.append(lecture.speaker.name.into(query.language))
    return Option(heading(lecture, query), f"{command} {lecture.number}", " · ".join(details))


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


_LECTURES_A_PAGE = 6
_ARCHIVE_A_PAGE = 5


def next_lecture(query: QueryContext) -> Reply:
    """`/next`: the lecture under way or the next one; with nothing ahead, what there was last."""
    series, say = query.series, query.say
    lecture = series.current_or_next(query.now)
    if not lecture:
        return nothing_ahead(query)
    phase = lecture.phase(query.now)
    name = "next.under_way" if phase is Phase.UNDER_WAY else "next.ahead"
    headline = say(
        "join.sentences",
        first=say(name, number=lecture.number, countdown=countdown(lecture, query)),
        second=registration_sentence(lecture, query),
    )
    return Reply(
        headline=headline,
        parts=(lecture_card(lecture, query, notices=passed_over(lecture, query)),),
        actions=(*_lecture_actions(lecture, query), Action(say("action.lectures"), "lectures")),
        line=query.invocation.line,
    )


def one_lecture(query: QueryContext) -> Reply:
    """`/lecture`: one lecture, or with `part=abstract` its whole abstract."""
    lecture = _meant_or_near(query)
    if isinstance(lecture, Reply):
        return lecture
    if query.invocation.settings.get("part") == "abstract":
        return _abstract(lecture, query)
    return Reply(
        headline=_state_sentence(lecture, query),
        parts=(lecture_card(lecture, query),),
        actions=_lecture_actions(lecture, query),
        line=f"lecture {lecture.number}",
    )


def materials(query: QueryContext) -> Reply:
    """`/materials`: those of one lecture, or the archive of all, newest first."""
    if not query.invocation.argument:
        return _archive(query)
    lecture, say = lecture_meant(query), query.say
    if isinstance(lecture, Reply):
        return lecture
    title = heading(lecture, query)
    if not lecture.materials:
        return Reply(
            headline=say("materials.none", number=lecture.number),
            actions=(Action(say("action.archive"), "materials"),),
            line=f"materials {lecture.number}",
        )
    facts = [Fact(say("label.date"), _date(lecture))] if lecture.day else []
    facts += [Fact(say("label.speaker"), (person(lecture.speaker, say),))] if lecture.speaker else []
    waiting = [material.label.into(query.language) for material in lecture.materials if material.in_preparation]
    if waiting:
        facts.append(Fact(say("label.in_preparation"), (say("join.comma").join(waiting),)))
    published = tuple(Link(each.label.into(query.language), each.url) for each in lecture.materials if each.url)
    name = "materials.of" if published else "materials.only_in_preparation"
    return Reply(
        headline=say(name, number=lecture.number),
        parts=(Card(title, facts=tuple(facts), links=published),),
        actions=(Action(say("action.archive"), "materials"),),
        line=f"materials {lecture.number}",
    )


def lectures(query: QueryContext) -> Reply:
    """`/lectures`: the list of those ahead, those past, or all."""
    say, series, now = query.say, query.series, query.now
    scope = _choice_meant(query, default="upcoming")
    if scope is None:
        return _wrong_choice(query)
    shown = {"upcoming": series.upcoming(now), "past": series.past(now), "all": list(series.lectures)}[scope]
    if not shown:
        return Reply(
            headline=say(f"lectures.no_{scope}"),
            actions=(Action(say("action.past"), "lectures past"),) if scope == "upcoming" else (),
            line=query.invocation.line,
        )
    page = page_of(shown, _LECTURES_A_PAGE, query)
    return Reply(
        headline=say(f"lectures.{scope}", count=len(shown)),
        parts=(Listing(say(f"lectures.{scope}_title"), tuple(list_entry(each, query) for each in page.items)),),
        choice=lecture_choice(page.items, query, "lecture"),
        actions=page.actions,
        note=page.note,
        line=query.invocation.line,
    )


def find(query: QueryContext) -> Reply:
    """`/find`: lectures that contain all the words."""
    say, words = query.say, query.invocation.argument
    if not words:
        return Reply(headline=say("find.no_words"), outcome=ReplyStatus.MISUNDERSTOOD)
    hits = query.series.mentioning(words)
    if not hits:
        return Reply(
            headline=say("find.none", words=words),
            note=say("find.hint"),
            actions=(Action(say("action.all"), "lectures all"),),
            outcome=ReplyStatus.NOT_FOUND,
        )
    page = page_of(hits, _LECTURES_A_PAGE, query)
    return Reply(
        headline=say("find.hits", words=words, count=len(hits)),
        parts=(Listing(say("find.title", words=words), tuple(list_entry(each, query) for each in page.items)),),
        choice=lecture_choice(page.items, query, "lecture"),
        actions=page.actions,
        note=page.note,
        line=query.invocation.line,
    )


def _meant_or_near(query: QueryContext) -> Lecture | Reply:
    """The lecture meant; without an argument the current or next one, else the latest."""
    if query.invocation.argument:
        return lecture_meant(query)
    series, now = query.series, query.now
    return series.current_or_next(now) or series.latest(now) or nothing_ahead(query)


def _lecture_actions(lecture: Lecture, query: QueryContext) -> tuple[Action, ...]:
    say, number = query.say, lecture.number
    actions = []
    if has_more(lecture, query.language):
        actions.append(Action(say("action.abstract"), f"lecture {number} part=abstract"))
    if lecture.materials:
        actions.append(Action(say("action.materials"), f"materials {number}"))
    if lecture.day and lecture.phase(query.now) in (Phase.AHEAD, Phase.UNDER_WAY):
        actions.append(Action(say("action.calendar"), f"calendar {number}"))
    if lecture.phase(query.now) in (Phase.AHEAD, Phase.UNDATED, Phase.POSTPONED):
        actions.append(Action(say("action.remind_me"), f"notify {number} on"))
    return tuple(actions)


def _abstract(lecture: Lecture, query: QueryContext) -> Reply:
    say = query.say
    named = replace(query, invocation=replace(query.invocation, argument=str(lecture.number)))
    pages = abstract_pages(lecture, query.language)
    if not pages:
        return Reply(say("lecture.no_abstract", number=lecture.number), line=named.invocation.line)
    page = page_of(pages, 1, named)
    return Reply(
        headline=say("lecture.abstract", number=lecture.number),
        parts=(Section(heading(lecture, query), page.items[0]),),
        actions=page.actions,
        note=page.note,
        line=named.invocation.line,
    )


def _archive(query: QueryContext) -> Reply:
    say = query.say
    held = [each for each in query.series.newest_first if each.materials]
    if not held:
        return Reply(say("materials.empty"), line="materials")
    page = page_of(held, _ARCHIVE_A_PAGE, query)
    entries = []
    for each in page.items:
        speaker = (" · ", each.speaker.name.into(query.language)) if each.speaker else ()
        entries.append(Entry(heading(each, query), ((*_date(each), *speaker), material_spans(each, say))))
    return Reply(
        headline=say("materials.archive", count=len(held)),
        parts=(Listing(say("materials.title"), tuple(entries)),),
        choice=lecture_choice(page.items, query),
        actions=page.actions,
        note=page.note,
        line=query.invocation.line,
    )


def _date(lecture: Lecture) -> Text:
    """The lecture's day, where the hours don't matter."""
    return (When(lecture.day),) if lecture.day else ()


def _state_sentence(lecture: Lecture, query: QueryContext) -> str:
    say, phase = query.say, lecture.phase(query.now)
    if phase not in (Phase.AHEAD, Phase.UNDER_WAY):
        return say(f"lecture.{phase}", number=lecture.number)
    return say(
        "join.sentences",
        first=say(f"lecture.{phase}", number=lecture.number, countdown=countdown(lecture, query)),
        second=registration_sentence(lecture, query),
    )


def _choice_meant(query: QueryContext, default: str) -> str | None:
    """The value of the parameter with choices, or the default where nothing was typed."""
    typed, parameter = query.invocation.argument, query.invocation.spec.parameter
    if not folded(typed):
        return default
    return choice_meant(parameter.choices, typed) if parameter else None


def _wrong_choice(query: QueryContext) -> Reply:
    parameter = query.invocation.spec.parameter
    choices = parameter.choices if parameter else ()
    command = query.invocation.command
    return Reply(
        headline=query.say("command.wrong_choice", typed=query.invocation.argument, command=command),
        actions=tuple(Action(query.say(f"choice.{value}"), f"{command} {value}") for value in choices),
        outcome=ReplyStatus.MISUNDERSTOOD,
    )


def nothing_ahead(query: QueryContext) -> Reply:
    """Nothing that has a date is ahead: says so, and offers the last lecture's materials and what has no date yet."""
    say, series = query.say, query.series
    upcoming = series.upcoming(query.now)
    cancelled = [each for each in upcoming if each.phase(query.now) is Phase.CANCELLED]
    undated = [each for each in upcoming if each.phase(query.now) in (Phase.UNDATED, Phase.POSTPONED)]
    parts: list[Listing] = []
    for name, listed in (("lectures.upcoming_title", cancelled), ("next.undated_title", undated)):
        if listed:
            entries = tuple(list_entry(each, query) for each in listed[:_LECTURES_A_PAGE])
            parts.append(Listing(say(name), entries))
    latest = series.latest(query.now)
    if latest:
        when = (*_date(latest), *((" · ", latest.speaker.name.into(query.language)) if latest.speaker else ()))
        offered = material_spans(latest, say) or (say("materials.none_yet"),)
        parts.append(Listing(say("next.latest_title"), (Entry(heading(latest, query), (when, offered)),)))
    return Reply(
        headline=say("next.nothing_ahead"),
        parts=tuple(parts),
        actions=(Action(say("action.archive"), "materials"), Action(say("action.past"), "lectures past")),
        line=query.invocation.line,
    )
