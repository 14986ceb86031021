"""`/materials`: what can be read and watched, of one lecture or of all, of every kind or of some."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.cards.lecture import heading, material_spans, talk_line
from bot.cards.naming import reference
from bot.cards.people import everybody, names
from bot.commands.choices import lecture_choice, page_of
from bot.commands.context import QueryContext, Reply
from bot.commands.following import lecture_day
from bot.commands.lectures import none_meant
from bot.commands.lookup import match
from bot.commands.material_kinds import kinds_meant
from bot.commands.scopes import scope_meant
from bot.commands.stop_words import cores, is_empty
from bot.domain.lecture import Lecture, Talk
from bot.domain.materials import MaterialKind
from bot.domain.message import Action, Card, Entry, Fact, Link, Listing, Part

_A_PAGE: Final = 5


def materials(query: QueryContext) -> Reply:
    """`/materials`: those of one lecture, or the archive of all or of those of a time, newest first."""
    kinds, rest = kinds_meant(query.invocation.argument)
    if is_empty(rest) or any(map(_is_everything, cores(rest))):
        return _archive(query.series.newest_first, kinds, query)
    found = match(query.series, rest, query.now)
    if len(found.lectures) == 1:
        return _of_one(found.lectures[0], kinds, query)
    if not found.lectures:
        return none_meant(found, query)
    meant = {lecture.id for lecture in found.lectures}
    return _archive([each for each in query.series.newest_first if each.id in meant], kinds, query)


def _is_everything(text: str) -> bool:
    """Whether it stands for all that there is: what is to come has no materials."""
    return scope_meant(text) == "past" or scope_meant(text, alone=True) == "all"


def _of_one(lecture: Lecture, kinds: Sequence[MaterialKind], query: QueryContext) -> Reply:
    say, shown = query.say, _only(lecture, kinds)
    line = " ".join(["materials", str(lecture.id), *kinds])
    archive = (Action(say("action.archive"), "materials"),)
    if not lecture.all_materials:
        return Reply(headline=say("materials.none", lecture=reference(lecture, say)), actions=archive, line=line)
    asked = _named(kinds, query) or say("materials.any")
    if not shown.all_materials:
        headline, shown = say("materials.none_of_kind", lecture=reference(lecture, say), kind=asked), lecture
    elif any(material.url for material in shown.all_materials):
        headline = say("materials.of", lecture=reference(lecture, say), kind=asked)
    else:
        headline = say("materials.only_in_preparation", lecture=reference(lecture, say), kind=asked)
    parts: tuple[Part, ...] = (_card(shown, query), *_of_talks(shown, query))
    return Reply(headline, parts=parts, actions=archive, line=line)


def _of_talks(lecture: Lecture, query: QueryContext) -> tuple[Listing, ...]:
    """Those of each talk below its name."""
    say = query.say
    entries = [Entry(talk_line(talk, say), (material_spans(talk.materials, say),)) for talk in _with_any(lecture)]
    return (Listing(say("label.talks"), tuple(entries)),) if entries else ()


def _card(lecture: Lecture, query: QueryContext) -> Card:
    say = query.say
    facts = [Fact("", (everybody(lecture.speakers, say),))] if lecture.speakers else []
    facts += [Fact("", lecture_day(lecture), beside=bool(facts))] if lecture.day else []
    waiting = [material.label.into(query.language) for material in lecture.materials if material.in_preparation]
    if waiting:
        facts.append(Fact(say("label.in_preparation"), (say("join.comma").join(waiting),)))
    published = tuple(Link(each.label.into(query.language), each.url) for each in lecture.materials if each.url)
    return Card(heading(lecture, query), facts=tuple(facts), links=published)


def _with_any(lecture: Lecture) -> list[Talk]:
    """The talks that have any."""
    return [talk for talk in lecture.talks if talk.materials]


def _archive(lectures: Sequence[Lecture], kinds: Sequence[MaterialKind], query: QueryContext) -> Reply:
    say = query.say
    held = [shown for shown in (_only(each, kinds) for each in lectures) if shown.all_materials]
    if not held:
        empty = Reply(headline=say("materials.empty"), line=query.invocation.line)
        if not query.invocation.argument:
            return empty
        return replace(
            empty,
            headline=say("materials.none_matching", typed=query.invocation.argument),
            actions=(Action(say("action.archive"), "materials"),),
        )
    page = page_of(held, _A_PAGE, query)
    entries = []
    for each in page.items:
        speaker = (" · ", names(each.people, say)) if each.people else ()
        lines = [material_spans(each.materials, say)] if each.materials else []
        lines += [(talk_line(talk, say), " · ", *material_spans(talk.materials, say)) for talk in _with_any(each)]
        entries.append(Entry(heading(each, query), ((*lecture_day(each), *speaker), *lines)))
    asked = _named(kinds, query)
    return Reply(
        headline=say("materials.archive_of_kind" if asked else "materials.archive", count=len(held), kind=asked),
        parts=(Listing(asked[:1].upper() + asked[1:] or say("materials.title"), tuple(entries)),),
        choice=lecture_choice(page.items, query),
        actions=page.actions,
        note=page.note,
        line=query.invocation.line,
    )


def _only(lecture: Lecture, kinds: Sequence[MaterialKind]) -> Lecture:
    """The lecture with its materials of these kinds; with all of them where none is named."""
    if not kinds:
        return lecture
    return lecture.with_materials(lambda each: each.kind in kinds)


def _named(kinds: Sequence[MaterialKind], query: QueryContext) -> str:
    return query.say("join.comma").join(query.say(f"choice.{kind}") for kind in kinds)
