"""Long answers, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.commands.question import Question
from bot.content import Action

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
