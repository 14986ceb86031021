"""The posts that come by the clock alone: their kinds, and when each is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Timing:
    """When a stage is due, counted back from its anchor (the lecture's start or its registration deadline).

    With `at`, on the day `days` before the anchor's, at that local time; otherwise `before` the anchor.
    """

    days: int = 0
    at: time | None = None
    before: timedelta = timedelta()


TIMINGS: Mapping[Stage, Timing] = {
    Stage.WEEK_BEFORE: Timing(days=7, at=time(9)),
    Stage.LAST_WEEKDAY: Timing(at=time(12)),
    Stage.CLOSING_SOON: Timing(before=timedelta(hours=24)),
    Stage.CLOSING_TODAY: Timing(at=time(9)),
    Stage.MORNING: Timing(at=time(8)),
    Stage.STARTING: Timing(before=timedelta(minutes=30)),
}
"""The stages' usual timing; a series may change or switch off each."""
