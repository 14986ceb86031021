"""The kinds of posts: those that come by the clock, and those that come with a change; when each is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    """A kind of post, named as in lectures.yaml."""

    WEEK_BEFORE = "week_before"
    LAST_WEEKDAY = "last_weekday"
    CLOSING_SOON = "closing_soon"
    CLOSING_TODAY = "closing_today"
    MORNING = "morning"
    STARTING = "starting"

    @property
    def concerns_registration(self) -> bool:
        """Whether it is about the registration deadline, not about the lecture itself."""
        return self in (Stage.LAST_WEEKDAY, Stage.CLOSING_SOON, Stage.CLOSING_TODAY)


class News(StrEnum):
    """A kind of post that a change of the schedule causes, named as in lectures.yaml."""

    LISTED = "listed"
    REGISTRATION_OPENED = "registration_opened"
    DETAILS = "details"
    MATERIALS = "materials"
    CHANGED = "changed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


Kind = Stage | News


def kind_of(name: str) -> Kind:
    """The kind of that name. Raises ValueError."""
    return Stage(name) if name in set(Stage) else News(name)


@dataclass(frozen=True, slots=True)
class Timing:
    """When a stage is due, counted back from its anchor (the lecture's start or its registration deadline).

    With `at`, on the day `days` before the anchor's, at that local time; otherwise `before` the anchor. `again` are the
    further times of a stage that is repeated.
    """

    days: int = 0
    at: time | None = None
    before: timedelta = timedelta()
    again: tuple["Timing", ...] = ()

    @property
    def mark(self) -> str:
        """What tells this time from others of the same stage: `1d1800`, `90m`."""
        return f"{self.days}d{self.at:%H%M}" if self.at else f"{self.before // timedelta(minutes=1)}m"


TIMINGS: Mapping[Stage, Timing] = {
    Stage.WEEK_BEFORE: Timing(days=7, at=time(9)),
    Stage.LAST_WEEKDAY: Timing(at=time(12)),
    Stage.CLOSING_SOON: Timing(before=timedelta(hours=24)),
    Stage.CLOSING_TODAY: Timing(at=time(9)),
    Stage.MORNING: Timing(at=time(8)),
    Stage.STARTING: Timing(before=timedelta(minutes=30)),
}
"""The stages' usual timing; a series may change or switch off each."""

DAY_BEGINS: Final = time(8)
NIGHT_BEGINS: Final = time(21)
"""The hours between which posts go out, save those that can't wait."""

EVENING: Final = time(18)
"""When a post goes out that would be of no use on the next morning."""

TOGETHER: Final = timedelta(hours=3)
"""What is due of one lecture within this time is one post."""

_A_QUARTER: Final = timedelta(minutes=15)

SETTLING: Mapping[News, timedelta] = {
    News.LISTED: _A_QUARTER,
    News.REGISTRATION_OPENED: _A_QUARTER,
    News.DETAILS: _A_QUARTER,
    News.MATERIALS: _A_QUARTER,
    News.CHANGED: _A_QUARTER,
    News.POSTPONED: timedelta(),
    News.CANCELLED: timedelta(),
}
"""How long nothing more must change before a change is told; a series may change or switch off each."""
