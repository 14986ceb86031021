"""Looking at the series: what is next, one lecture, the lists, the materials."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from bot.cards.abstract import abstract_pages, has_more
from bot.cards.lecture import countdown, heading, lecture_card, list_entry, material_spans, person, standing_sentence
from bot.cards.missing import passed_over
from bot.commands.context import Question, Reply, ReplyStatus
from bot.commands.parser import choice_meant
from bot.domain.lecture import Lecture, Phase
from bot.domain.lookup import match
from bot.domain.message import Action, Card, Choice, Entry, Fact, Link, Listing, Option, Section, Text, When
from bot.domain.text import folded
from bot.i18n import written

MOST_OPTIONS = 25
"""Lectures offered to choose from: as many as a menu holds on the strictest platform (Discord)."""


def lecture_meant(question: Question) -> Lecture | Reply:
    """The lecture that the question's argument names; if it names none or several, a reply that offers some."""
    typed, say = question.invocation.argument, question.say
    found = match(question.series, typed, question.now)
    if len(found.lectures) == 1:
        return found.lectures[0]
    if found.lectures:
        return Reply(
            headline=say("lookup.several", typed=typed, count=len(found.lectures)),
            choice=lecture_choice(found.lectures, question),
        )
    headline = say("lookup.none", typed=typed)
    if not found.nearest:
        return Reply(headline=headline, note=say("lookup.hint"), outcome=ReplyStatus.NOT_FOUND)
    return Reply(
        headline=say("lookup.none_but_near", none=headline),
        choice=lecture_choice(found.nearest, question),
        note=say("lookup.hint"),
        outcome=ReplyStatus.NOT_FOUND,
    )


def lecture_choice(lectures: Iterable[Lecture], question: Question, command: str | None = None) -> Choice:
    """A choice among lectures; choosing one runs `command`, by default the one that was asked."""
    name = command or question.invocation.command
    options = tuple(_option(lecture, name, question) for lecture in lectures)[:MOST_OPTIONS]
    return Choice(question.say("lookup.prompt"), options)


def _option(lecture: Lecture, command: str, question: Question) -> Option:
    details = []
    if lecture.day:
        details.append(written(When(lecture.day), question.language))
    if lecture.speaker:
        details.append(lecture.speaker.name.into(question.language))
    return Option(heading(lecture, question), f"{command} {lecture.number}", " · ".join(details))


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of the items, with the buttons that lead to the others and a note that says where one is."""

    items: Sequence[T]
    actions: tuple[Action, ...] = ()
    note: str | None = None


def page_of(items: Sequence[T], size: int, question: Question) -> Page[T]:
    """The page that the question asks for; one beyond the last is the last."""
    last = max(1, -(-len(items) // size))
    page = min(question.page, last)
    shown = items[(page - 1) * size : page * size]
    if last == 1:
        return Page(shown)
    turns = [("page.previous", page - 1), ("page.next", page + 1)]
    actions = tuple(
        Action(question.say(name), question.invocation.with_setting("page", str(target)).line)
        for name, target in turns
        if 1 <= target <= last
    )
    return Page(shown, actions, question.say("page.position", page=page, last=last))


_LECTURES_A_PAGE = 6
_ARCHIVE_A_PAGE = 5


def next_lecture(question: Question) -> Reply:
    """`/next`: the lecture under way or the next one; with nothing ahead, what there was last."""
    series, say = question.series, question.say
    lecture = series.current_or_next(question.now)
    if not lecture:
        return nothing_ahead(question)
    phase = lecture.phase(question.now)
    name = "next.under_way" if phase is Phase.UNDER_WAY else "next.ahead"
    headline = say(
        "join.sentences",
        first=say(name, number=lecture.number, countdown=countdown(lecture, question)),
        second=standing_sentence(lecture, question),
    )
    return Reply(
        headline=headline,
        parts=(lecture_card(lecture, question, notices=passed_over(lecture, question)),),
        actions=(*_lecture_actions(lecture, question), Action(say("action.lectures"), "lectures")),
        line=question.invocation.line,
    )


def one_lecture(question: Question) -> Reply:
    """`/lecture`: one lecture, or with `part=abstract` its whole abstract."""
    lecture = _meant_or_near(question)
    if isinstance(lecture, Reply):
        return lecture
    if question.invocation.settings.get("part") == "abstract":
        return _abstract(lecture, question)
    return Reply(
        headline=_state_sentence(lecture, question),
        parts=(lecture_card(lecture, question),),
        actions=_lecture_actions(lecture, question),
        line=f"lecture {lecture.number}",
    )


def materials(question: Question) -> Reply:
    """`/materials`: those of one lecture, or the archive of all, newest first."""
    if not question.invocation.argument:
        return _archive(question)
    lecture, say = lecture_meant(question), question.say
    if isinstance(lecture, Reply):
        return lecture
    title = heading(lecture, question)
    if not lecture.materials:
        return Reply(
            headline=say("materials.none", number=lecture.number),
            actions=(Action(say("action.archive"), "materials"),),
            line=f"materials {lecture.number}",
        )
    facts = [Fact(say("label.date"), _date(lecture))] if lecture.day else []
    facts += [Fact(say("label.speaker"), (person(lecture.speaker, say),))] if lecture.speaker else []
    waiting = [material.label.into(question.language) for material in lecture.materials if material.in_preparation]
    if waiting:
        facts.append(Fact(say("label.in_preparation"), (say("join.comma").join(waiting),)))
    published = tuple(Link(each.label.into(question.language), each.url) for each in lecture.materials if each.url)
    name = "materials.of" if published else "materials.only_in_preparation"
    return Reply(
        headline=say(name, number=lecture.number),
        parts=(Card(title, facts=tuple(facts), links=published),),
        actions=(Action(say("action.archive"), "materials"),),
        line=f"materials {lecture.number}",
    )


def lectures(question: Question) -> Reply:
    """`/lectures`: the list of those ahead, those past, or all."""
    say, series, now = question.say, question.series, question.now
    scope = _choice_meant(question, default="upcoming")
    if scope is None:
        return _wrong_choice(question)
    shown = {"upcoming": series.upcoming(now), "past": series.past(now), "all": list(series.lectures)}[scope]
    if not shown:
        return Reply(
            headline=say(f"lectures.no_{scope}"),
            actions=(Action(say("action.past"), "lectures past"),) if scope == "upcoming" else (),
            line=question.invocation.line,
        )
    page = page_of(shown, _LECTURES_A_PAGE, question)
    return Reply(
        headline=say(f"lectures.{scope}", count=len(shown)),
        parts=(Listing(say(f"lectures.{scope}_title"), tuple(list_entry(each, question) for each in page.items)),),
        choice=lecture_choice(page.items, question, "lecture"),
        actions=page.actions,
        note=page.note,
        line=question.invocation.line,
    )


def find(question: Question) -> Reply:
    """`/find`: lectures that contain all the words."""
    say, words = question.say, question.invocation.argument
    if not words:
        return Reply(headline=say("find.no_words"), outcome=ReplyStatus.MISUNDERSTOOD)
    hits = question.series.mentioning(words)
    if not hits:
        return Reply(
            headline=say("find.none", words=words),
            note=say("find.hint"),
            actions=(Action(say("action.all"), "lectures all"),),
            outcome=ReplyStatus.NOT_FOUND,
        )
    page = page_of(hits, _LECTURES_A_PAGE, question)
    return Reply(
        headline=say("find.hits", words=words, count=len(hits)),
        parts=(Listing(say("find.title", words=words), tuple(list_entry(each, question) for each in page.items)),),
        choice=lecture_choice(page.items, question, "lecture"),
        actions=page.actions,
        note=page.note,
        line=question.invocation.line,
    )


def _meant_or_near(question: Question) -> Lecture | Reply:
    """The lecture meant; without an argument the current or next one, else the latest."""
    if question.invocation.argument:
        return lecture_meant(question)
    series, now = question.series, question.now
    return series.current_or_next(now) or series.latest(now) or nothing_ahead(question)


def _lecture_actions(lecture: Lecture, question: Question) -> tuple[Action, ...]:
    say, number = question.say, lecture.number
    actions = []
    if has_more(lecture, question.language):
        actions.append(Action(say("action.abstract"), f"lecture {number} part=abstract"))
    if lecture.materials:
        actions.append(Action(say("action.materials"), f"materials {number}"))
    if lecture.day and lecture.phase(question.now) in (Phase.AHEAD, Phase.UNDER_WAY):
        actions.append(Action(say("action.calendar"), f"calendar {number}"))
    if lecture.phase(question.now) in (Phase.AHEAD, Phase.UNDATED, Phase.POSTPONED):
        actions.append(Action(say("action.remind_me"), f"notify {number} on"))
    return tuple(actions)


def _abstract(lecture: Lecture, question: Question) -> Reply:
    say = question.say
    named = replace(question, invocation=replace(question.invocation, argument=str(lecture.number)))
    pages = abstract_pages(lecture, question.language)
    if not pages:
        return Reply(say("lecture.no_abstract", number=lecture.number), line=named.invocation.line)
    page = page_of(pages, 1, named)
    return Reply(
        headline=say("lecture.abstract", number=lecture.number),
        parts=(Section(heading(lecture, question), page.items[0]),),
        actions=page.actions,
        note=page.note,
        line=named.invocation.line,
    )


def _archive(question: Question) -> Reply:
    say = question.say
    held = [each for each in question.series.newest_first if each.materials]
    if not held:
        return Reply(say("materials.empty"), line="materials")
    page = page_of(held, _ARCHIVE_A_PAGE, question)
    entries = []
    for each in page.items:
        speaker = (" · ", each.speaker.name.into(question.language)) if each.speaker else ()
        entries.append(Entry(heading(each, question), ((*_date(each), *speaker), material_spans(each, say))))
    return Reply(
        headline=say("materials.archive", count=len(held)),
        parts=(Listing(say("materials.title"), tuple(entries)),),
        choice=lecture_choice(page.items, question),
        actions=page.actions,
        note=page.note,
        line=question.invocation.line,
    )


def _date(lecture: Lecture) -> Text:
    """The lecture's day, where the hours don't matter."""
    return (When(lecture.day),) if lecture.day else ()


def _state_sentence(lecture: Lecture, question: Question) -> str:
    say, phase = question.say, lecture.phase(question.now)
    if phase not in (Phase.AHEAD, Phase.UNDER_WAY):
        return say(f"lecture.{phase}", number=lecture.number)
    return say(
        "join.sentences",
        first=say(f"lecture.{phase}", number=lecture.number, countdown=countdown(lecture, question)),
        second=standing_sentence(lecture, question),
    )


def _choice_meant(question: Question, default: str) -> str | None:
    """The value of the parameter with choices, or the default where nothing was typed."""
    typed, parameter = question.invocation.argument, question.invocation.spec.parameter
    if not folded(typed):
        return default
    return choice_meant(parameter.choices, typed) if parameter else None


def _wrong_choice(question: Question) -> Reply:
    parameter = question.invocation.spec.parameter
    choices = parameter.choices if parameter else ()
    command = question.invocation.command
    return Reply(
        headline=question.say("command.wrong_choice", typed=question.invocation.argument, command=command),
        actions=tuple(Action(question.say(f"choice.{value}"), f"{command} {value}") for value in choices),
        outcome=ReplyStatus.MISUNDERSTOOD,
    )


def nothing_ahead(question: Question) -> Reply:
    """Nothing that has a date is ahead: says so, and offers the last lecture's materials and what has no date yet."""
    say, series = question.say, question.series
    upcoming = series.upcoming(question.now)
    cancelled = [each for each in upcoming if each.phase(question.now) is Phase.CANCELLED]
    undated = [each for each in upcoming if each.phase(question.now) in (Phase.UNDATED, Phase.POSTPONED)]
    parts: list[Listing] = []
    for name, listed in (("lectures.upcoming_title", cancelled), ("next.undated_title", undated)):
        if listed:
            entries = tuple(list_entry(each, question) for each in listed[:_LECTURES_A_PAGE])
            parts.append(Listing(say(name), entries))
    latest = series.latest(question.now)
    if latest:
        when = (*_date(latest), *((" · ", latest.speaker.name.into(question.language)) if latest.speaker else ()))
        offered = material_spans(latest, say) or (say("materials.none_yet"),)
        parts.append(Listing(say("next.latest_title"), (Entry(heading(latest, question), (when, offered)),)))
    return Reply(
        headline=say("next.nothing_ahead"),
        parts=tuple(parts),
        actions=(Action(say("action.archive"), "materials"), Action(say("action.past"), "lectures past")),
        line=question.invocation.line,
    )
