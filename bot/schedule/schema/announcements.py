"""The section `announcements`: the stages, and how the time of each is set."""

from typing import Annotated, Literal

from bot.schedule.problems import refusal, understood
from bot.schedule.scalars import several
from bot.schedule.schema.entry import OFF, Entry, Model, checked, mapping_schema
from bot.schedule.schema.fields import ClockTime, Parsed, optional, whole_number


class DaysBefore(Entry):
    """So many days before the start, at this time."""

    days: Annotated[int, whole_number(1, 60)] | None = None
    at: ClockTime | None = None


class AtTime(Entry):
    """On the day that the stage itself names, at this time."""

    at: ClockTime | None = None


class HoursBefore(Entry):
    """So many hours before the deadline."""

    hours: Annotated[int, whole_number(1, 168)] | None = None


class MinutesBefore(Entry):
    """So many minutes before the start."""

    minutes: Annotated[int, whole_number(1, 1440)] | None = None


class Settled(Entry):
    """When nothing more has been changed for so many minutes."""

    minutes: Annotated[int, whole_number(0, 1440)] | None = None


class Fixed(Entry):
    """A stage that can be switched off, but not moved."""


def _stage(model: type[Model], *, repeats: bool = False) -> Parsed:
    """The type of a stage's mapping, of several of them if it `repeats`, or of the word that switches the stage off."""

    def one(value: object) -> Model:
        if not isinstance(value, dict):
            raise refusal("stage", understood=understood(value))
        return checked(model, value)

    def stage(value: object) -> Model | list[Model] | Literal[False]:
        if isinstance(value, str) and value.strip() in ("false", "False", "FALSE"):
            return False
        return several(value, one) if repeats and isinstance(value, list) and value else one(value)

    return optional(stage, mapping_schema(model, OFF, several=repeats))


_DaysBefore = Annotated[DaysBefore | list[DaysBefore] | Literal[False] | None, _stage(DaysBefore, repeats=True)]
_AtTime = Annotated[AtTime | list[AtTime] | Literal[False] | None, _stage(AtTime, repeats=True)]
_HoursBefore = Annotated[HoursBefore | list[HoursBefore] | Literal[False] | None, _stage(HoursBefore, repeats=True)]
_MinutesBefore = Annotated[
    MinutesBefore | list[MinutesBefore] | Literal[False] | None, _stage(MinutesBefore, repeats=True)
]
_Settled = Annotated[Settled | Literal[False] | None, _stage(Settled)]
_Fixed = Annotated[Fixed | Literal[False] | None, _stage(Fixed)]


class AnnouncementsEntry(Entry):
    """The stages of a lecture, each as usual, changed or switched off."""

    listed: _Settled = None
    registration_opened: _Settled = None
    details: _Settled = None
    materials: _Settled = None
    week_before: _DaysBefore = None
    last_weekday: _AtTime = None
    closing_soon: _HoursBefore = None
    closing_today: _AtTime = None
    closed: _Fixed = None
    morning: _AtTime = None
    starting: _MinutesBefore = None
    changed: _Settled = None
    postponed: _Fixed = None
    cancelled: _Fixed = None
