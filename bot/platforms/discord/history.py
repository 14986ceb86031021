"""The history of a channel, in which posts are found again by their markers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import discord

from bot.platforms.discord.components import marker_of

HISTORY_PAGE: Final = 100
"""Messages of one answer at most; a shorter one is the last."""

_CLOCK_TOLERANCE: Final = timedelta(minutes=2)
"""How far this machine's clock may have been ahead of Discord's without anybody having noticed."""
_LOOK_BACK: Final = timedelta(minutes=15)
"""So much of the past is read in any case: a clock that was wrong and has been put right is found out so."""


def history_start(since: datetime, skew: float | None) -> int:
    """The id after which messages are not older than `since`, whatever clock that was read from."""
    now = datetime.now(UTC) + timedelta(seconds=skew or 0.0)
    earliest = min(since + timedelta(seconds=min(skew or 0.0, 0.0)), now - _LOOK_BACK) - _CLOCK_TOLERANCE
    return discord.utils.time_snowflake(earliest)


@dataclass(frozen=True, slots=True)
class PastMessage:
    """A message of the history, and the markers in its buttons."""

    id: int
    author: int
    markers: frozenset[str]


def history_page(body: Any) -> list[PastMessage]:
    """The messages in Discord's answer; KeyError, TypeError or ValueError if it has another form."""
    if not isinstance(body, list):
        raise TypeError("no list")
    return [
        PastMessage(int(each["id"]), int(each["author"]["id"]), frozenset(_markers(each.get("components") or [])))
        for each in (dict(one) for one in body)
    ]


def _markers(components: list[dict[str, Any]]) -> Iterator[str]:
    for component in components:
        if marker := marker_of(str(component.get("custom_id", ""))):
            yield marker
        yield from _markers(component.get("components") or [])
