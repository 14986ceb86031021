"""An entry of the section `lectures`."""

from typing import Annotated

from bot.domain.lecture import Status
from bot.schedule.schema.entry import Entry
from bot.schedule.schema.expectations import ExpectsEntry
from bot.schedule.schema.fields import (
    Flag,
    LectureId,
    MaybeAddress,
    MaybeEnd,
    MaybeLine,
    MaybeSpan,
    MaybeTag,
    MaybeText,
    Number,
    one_of,
)
from bot.schedule.schema.materials import MaterialEntry
from bot.schedule.schema.people import People
from bot.schedule.schema.registration import RegistrationField
from bot.schedule.schema.talks import Talks
from bot.schedule.schema.venue import ModeWord, VenueField


class LectureEntry(Entry):
    number: Number = None
    id: LectureId = None
    label: MaybeLine = None
    status: Annotated[Status, one_of(Status, Status.PLANNED)] = Status.PLANNED
    reason: MaybeLine = None
    starts: MaybeSpan = None
    ends: MaybeEnd = None
    speaker: People = None
    speakers: People = None
    talks: Talks = None
    title: MaybeLine = None
    title_tentative: Flag = False
    mode: ModeWord | None = None
    venue: VenueField = None
    summary: MaybeText = None
    abstract: MaybeText = None
    notes: MaybeText = None
    lecture_language: MaybeTag = None
    registration: RegistrationField = None
    join: MaybeAddress = None
    materials: list[MaterialEntry] | None = None
    expects: ExpectsEntry | None = None
