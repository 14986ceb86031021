"""As which kind of news a change is told."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.domain.changes import Aspect, Change, has_final_title
from bot.domain.lecture import Lecture, Status
from bot.domain.timings import News

WEIGHTIEST_FIRST: Final = (
    News.CANCELLED,
    News.POSTPONED,
    News.CHANGED,
    News.REGISTRATION_OPENED,
    News.LISTED,
    News.DETAILS,
    News.MATERIALS,
)

_ALWAYS: Final[Mapping[Aspect, News]] = {
    Aspect.ADDED: News.LISTED,
    Aspect.SUMMARY: News.DETAILS,
    Aspect.ABSTRACT: News.DETAILS,
    Aspect.MATERIALS: News.MATERIALS,
    Aspect.REPLACED: News.MATERIALS,
    Aspect.IN_PREPARATION: News.MATERIALS,
    Aspect.RELABELLED: News.MATERIALS,
    Aspect.WITHDRAWN: News.MATERIALS,
}

_UNDECIDED: Final[Mapping[Aspect, Callable[[Lecture], bool]]] = {
    Aspect.VENUE: lambda before: before.venue is None,
    Aspect.ROOM: lambda before: before.venue is None or before.venue.room is None,
    Aspect.CERTAINTY: lambda before: before.venue is not None and before.venue.tentative,
    Aspect.MODE: lambda before: before.mode is None,
    Aspect.SPEAKER: lambda before: before.speaker is None,
    Aspect.TITLE: lambda before: not has_final_title(before),
    Aspect.LANGUAGE: lambda before: before.language is None,
    Aspect.NOTES: lambda before: before.notes is None,
}
"""What is a detail when it is decided, and a change when it is exchanged later. A date is never a mere detail."""


def kind_of_news(change: Change) -> News:
    """The kind by which followers choose whether to hear of it."""
    if change.aspect in _ALWAYS:
        return _ALWAYS[change.aspect]
    before, after = change.before, change.after
    if before is None or after is None:
        return News.CHANGED
    if change.aspect is Aspect.STATUS and after.status is not Status.PLANNED:
        return News.CANCELLED if after.status is Status.CANCELLED else News.POSTPONED
    if change.aspect is Aspect.FORM and not before.registration.url:
        return News.REGISTRATION_OPENED
    undecided = _UNDECIDED.get(change.aspect)
    return News.DETAILS if undecided and undecided(before) else News.CHANGED
