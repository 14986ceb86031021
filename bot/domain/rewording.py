"""All that a message tells, word by word: for platforms on which something is called otherwise."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from bot.domain.message import (
    Action,
    Card,
    Choice,
    Entry,
    Fact,
    Form,
    FormField,
    Listing,
    Message,
    Option,
    Section,
)

M = TypeVar("M", bound=Message)

_WORDS: Final[Mapping[type, tuple[str, ...]]] = {
    Message: ("headline", "parts", "choice", "actions", "note", "form"),
    Card: ("notices", "facts", "body", "call"),
    Listing: ("title", "entries"),
    Section: ("title", "paragraphs"),
    Entry: ("title", "lines"),
    Fact: ("label", "value"),
    Action: ("label",),
    Choice: ("prompt", "options"),
    Option: ("label", "description"),
    Form: ("title", "fields"),
    FormField: ("label", "hint"),
}
"""Where each of them holds words, or others that do. What is run, opened or filled in is none."""


def reworded(message: M, change: Callable[[str], str]) -> M:
    """The message with every text in it changed, but for links and what controls stand for."""
    changed: M = _reworded(message, change)
    return changed


def _reworded(value: Any, change: Callable[[str], str]) -> Any:
    if type(value) is str:
        return change(value)
    if isinstance(value, tuple):
        return tuple(_reworded(each, change) for each in value)
    names = next((_WORDS[kind] for kind in type(value).__mro__ if kind in _WORDS), ())
    return replace(value, **{name: _reworded(getattr(value, name), change) for name in names}) if names else value
