"""What is to be told to one follower now, and what has become pointless: at most one belated post a lecture."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.announcements.matter import Matter, NewsMatter, PublicMatter, StageMatter, is_late, keys, kinds
from bot.domain.audience import Address, Follower
from bot.domain.timings import News, Stage


class Reason(StrEnum):
    """Why something is not told."""

    STALE = "stale"
    """It came too late to be of use."""
    SUPERSEDED = "superseded"
    """Another post to the same place says what matters of it."""
    NO_LONGER_TRUE = "no_longer_true"
    """The schedule was changed: it doesn't hold any more."""
    UNFOLLOWED = "unfollowed"
    """Nobody there wants to hear it any more."""
    NOTHING_MISSING = "nothing_missing"
    """There was nothing to be told."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """The posts to be sent to one follower, most urgent first, and what is skipped, with the reason."""

    posts: tuple[PublicMatter, ...]
    skipped: tuple[tuple[PublicMatter, Reason], ...]


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


def urgency(matter: Matter) -> int:
    """The rank among posts that are due together: 0 goes first."""
    if isinstance(matter, NewsMatter) and matter.urgent:
        return 0
    return min((_RANKS.get(kind, _OTHERS) for kind in kinds(matter)), default=_OTHERS)


def pings(matter: Matter) -> bool:
    """Whether the post is important enough for a ping, where one was asked for."""
    return (isinstance(matter, NewsMatter) and matter.urgent) or bool(PINGING & set(kinds(matter)))


def wanted_by(follower: Follower, matter: Matter) -> PublicMatter | None:
    """What of the matter is for this follower: only what became due since it follows, and lectures it asked for."""
    if not isinstance(matter, PublicMatter):
        return None
    if matter.due < follower.since:
        return None
    urgent = isinstance(matter, NewsMatter) and matter.urgent
    if not follower.wants(tuple(kinds(matter)), urgent=urgent):
        return None
    return _about(matter, follower.concerned(matter.lectures))


def agenda(
    follower: Follower, matters: Iterable[Matter], taken: Collection[tuple[str, Address]], now: datetime
) -> Agenda:
    """What is to be done for one follower, given all that is due by `now` and what was taken before.

    Several things that are due for one lecture become one post: news of it say all there is to say, else the latest
    stage does, and of two at one moment the more urgent.
    """
    fresh = [
        left
        for matter in matters
        if (wanted := wanted_by(follower, matter)) and (left := _untold(wanted, follower.address, taken))
    ]
    skipped: list[tuple[PublicMatter, Reason]] = [(each, Reason.STALE) for each in fresh if _is_stale(each, now)]
    useful = sorted((each for each in fresh if not _is_stale(each, now)), key=_weight)
    posts: list[PublicMatter] = []
    covered: set[int] = set()
    for matter in useful:
        yields = isinstance(matter, StageMatter) and (is_late(matter, now) or _meets_another(matter, posts))
        doubled = tuple(number for number in matter.lectures if number in covered) if yields else ()
        if doubled and (redundant := _about(matter, doubled)):
            skipped.append((redundant, Reason.SUPERSEDED))
        left = _about(matter, tuple(number for number in matter.lectures if number not in doubled))
        if left:
            posts.append(left)
            covered |= set(matter.lectures)
    return Agenda(tuple(sorted(posts, key=lambda each: (urgency(each), each.due))), tuple(skipped))


def _weight(matter: PublicMatter) -> tuple[bool, float, int]:
    """News first, then stages from the latest to the earliest, of one moment the most urgent."""
    return isinstance(matter, StageMatter), -matter.due.timestamp(), urgency(matter)


def _meets_another(matter: StageMatter, posts: Iterable[PublicMatter]) -> bool:
    return any(isinstance(each, StageMatter) and each.due == matter.due for each in posts)


def _is_stale(matter: PublicMatter, now: datetime) -> bool:
    return isinstance(matter, StageMatter) and now >= matter.until


def _untold(matter: PublicMatter, address: Address, taken: Collection[tuple[str, Address]]) -> PublicMatter | None:
    """The part of the matter that this address was not told yet."""
    if isinstance(matter, StageMatter):
        pairs = zip(matter.lectures, keys(matter), strict=True)
        return _about(matter, tuple(number for number, key in pairs if (key, address) not in taken))
    return None if any((key, address) in taken for key in keys(matter)) else matter


def _about(matter: PublicMatter, lectures: tuple[int, ...]) -> PublicMatter | None:
    """The matter with only these of its lectures; None if none are left."""
    if lectures == matter.lectures:
        return matter if lectures else None
    if not lectures:
        return None
    if isinstance(matter, StageMatter):
        return replace(matter, lectures=lectures)
    pairs = zip(matter.lectures, matter.news, strict=True)
    return replace(matter, lectures=lectures, news=tuple(news for number, news in pairs if number in lectures))
