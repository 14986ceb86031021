"""Which of several posts goes first, and for which people are pinged."""

from collections.abc import Mapping
from typing import Final

from bot.announcements.post import ChangeSubject, PostSubject, kinds
from bot.domain.reminder_times import News, Stage

_RANKS: Final[Mapping[str, int]] = {
    News.CANCELLED: 0,
    News.POSTPONED: 0,
    Stage.CLOSING_TODAY: 1,
    Stage.STARTING: 2,
    Stage.LAST_WEEKDAY: 2,
    Stage.CLOSING_SOON: 3,
    Stage.MORNING: 3,
    News.CHANGED: 4,
    News.REGISTRATION_OPENED: 4,
}
_OTHERS: Final = 5
LEAST_URGENT: Final = 9

PINGING: Final = frozenset({Stage.CLOSING_TODAY, News.POSTPONED, News.CANCELLED})
"""Kinds for which the role that a channel named is pinged, besides urgent changes."""


def urgency(subject: PostSubject) -> int:
    """The rank among posts that are due together: 0 goes first."""
    if isinstance(subject, ChangeSubject) and subject.urgent:
        return 0
    return min(map(kind_rank, kinds(subject)), default=_OTHERS)


def kind_rank(kind: str) -> int:
    """The rank of a post of this kind."""
    return _RANKS.get(kind, _OTHERS)


def pings(subject: PostSubject) -> bool:
    """Whether the post is important enough for a ping, where one was asked for."""
    return (isinstance(subject, ChangeSubject) and subject.urgent) or bool(PINGING & set(kinds(subject)))
