"""Several lectures to choose from, and lists of several pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.cards.lecture import heading
from bot.cards.people import names
from bot.commands.context import QueryContext
from bot.domain.lecture import Lecture
from bot.domain.message import Action, Choice, Option, When
from bot.i18n import written

MOST_OPTIONS = 25
"""Lectures offered to choose from: as many as a menu holds on the strictest platform (Discord)."""


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
