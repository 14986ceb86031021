"""What is still missing of the series although it should be there by now: of lectures to come, and of those that are
over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.lecture import Field, Lecture, MaterialKind, Mode, Phase
from bot.domain.series import Series


class MaterialGap(StrEnum):
    """What may be missing of a lecture that has materials."""

    RECORDING = "recording"
    IN_PREPARATION = "in_preparation"
    """Something was announced to be in preparation, and still is."""


Gap = Field | MaterialGap
"""What is missing. A tentative venue counts as none, materials are there once they are announced."""

FORM_BEFORE: Final = 21
VENUE_BEFORE: Final = 14
ABSTRACT_BEFORE: Final = 7
"""Days before a lecture from which it counts as missing."""

MATERIALS_AFTER: Final = 7
RECORDING_AFTER: Final = 30
PREPARED_WITHIN: Final = 60
"""Days after a lecture from which it counts as missing."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that a lecture lacks; `days` are those left until it or, if it is `over`, those since."""

    gap: Gap
    lecture: int
    days: int
    over: bool = False


def missing(series: Series, now: datetime) -> tuple[Missing, ...]:
    """All that is missing at the aware instant `now`: first of lectures to come, the next one first, then of those that
    are over, the latest first. It changes at midnight and with the schedule only.

    What was postponed, cancelled or has no date lacks nothing: there is no day by which it should be there.
    """
    local, today = series.local(now), series.today(now)
    ahead: list[Missing] = []
    over: list[Missing] = []
    for lecture in reversed(series.newest_first):
        if lecture.day is None:
            continue
        days = (lecture.day - today).days
        phase = lecture.phase(local)
        if phase is Phase.AHEAD:
            ahead += (Missing(gap, lecture.number, days) for gap in _before(lecture, days, series))
        elif phase is Phase.OVER:
            over[:0] = [Missing(gap, lecture.number, -days, over=True) for gap in _after(lecture, -days)]
    return (*ahead, *over)


def _before(lecture: Lecture, days: int, series: Series) -> Iterator[Gap]:
    if days <= FORM_BEFORE and not series.form(lecture):
        yield Field.FORM
    undecided = lecture.venue is None or lecture.venue.tentative
    if days <= VENUE_BEFORE and undecided and lecture.mode is not Mode.ONLINE:
        yield Field.VENUE
    if days <= ABSTRACT_BEFORE and not lecture.abstract:
        yield Field.ABSTRACT


def _after(lecture: Lecture, days: int) -> Iterator[Gap]:
    if days >= MATERIALS_AFTER and not lecture.materials:
        yield Field.MATERIALS
    if days >= RECORDING_AFTER and all(each.kind is not MaterialKind.VIDEO for each in lecture.materials):
        yield MaterialGap.RECORDING
    if days >= PREPARED_WITHIN and any(each.in_preparation for each in lecture.materials):
        yield MaterialGap.IN_PREPARATION
