"""The posts to come, as they would be sent if nothing changed: of all that follow, with their first lines."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Final

from bot.announcements.agenda import agenda
from bot.announcements.matter import PublicMatter
from bot.announcements.news import settled, settling
from bot.announcements.plan import planned_news, planned_stages
from bot.announcements.situation import Situation
from bot.domain.audience import Address, Follower

_LAST: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """All that is to be told, what is waiting for its moment among it, and the situation in which it can be worded."""

    matters: tuple[PublicMatter, ...]
    situation: Situation


@dataclass(frozen=True, slots=True)
class OutlookPost:
    """A post to come; `text` is its first line as the first of the followers gets it."""

    matter: PublicMatter
    followers: tuple[Follower, ...]
    text: str


def foreseen(situation: Situation, now: datetime, looking_back: timedelta) -> Foreseen:
    """What is planned from so long ago on, with news as they would settle if nothing more changed."""
    series, remembered = situation.series, situation.remembered
    moments = settling(remembered, series, now)
    step = settled(remembered, series, max([now, *moments], key=lambda each: each.astimezone(UTC)))
    coming = [replace(item, id=-position) for position, item in enumerate(step.news if step else (), 1)]
    items = {**situation.items, **{item.id: item for item in coming}}
    recent = [item for item in items.values() if item.settled_at >= now - looking_back]
    stages = planned_stages(series, now - looking_back, _LAST, remembered)
    return Foreseen((*planned_news(series, recent), *stages), replace(situation, items=items))


def outlook(
    known: Foreseen,
    followers: Sequence[Follower],
    taken: Collection[tuple[str, Address]],
    now: datetime,
    most: int,
) -> list[OutlookPost]:
    """The first of the posts, soonest first: those that should be out by now, and then each at its moment."""
    posts: list[OutlookPost] = []
    for at, matters in _by_moment(known.matters, now):
        wanted: dict[PublicMatter, list[Follower]] = {}
        for follower in followers:
            for post in agenda(follower, matters, taken, at).posts:
                wanted.setdefault(post, []).append(follower)
        for matter, several in wanted.items():
            text = known.situation.message(matter, several[0], at, at).headline
            posts.append(OutlookPost(matter, tuple(several), text))
        if len(posts) >= most:
            break
    return posts[:most]


def _by_moment(matters: Sequence[PublicMatter], now: datetime) -> Iterator[tuple[datetime, list[PublicMatter]]]:
    def moment(matter: PublicMatter) -> datetime:
        return max(matter.due.astimezone(UTC), now.astimezone(UTC))

    for at, group in groupby(sorted(matters, key=moment), moment):
        yield at, list(group)
