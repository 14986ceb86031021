"""The section `series`."""

from enum import StrEnum
from typing import Annotated

from bot.schedule.schema.called import CalledField
from bot.schedule.schema.entry import Entry
from bot.schedule.schema.expectations import ExpectsEntry
from bot.schedule.schema.fields import (
    ClockTime,
    Duration,
    Holidays,
    Line,
    MaybeAddress,
    MaybeLine,
    MaybeTag,
    TimeZone,
    one_of,
)
from bot.schedule.schema.links import LinksField
from bot.schedule.schema.page import PageEntry
from bot.schedule.schema.people import People
from bot.schedule.schema.registration import PolicyField
from bot.schedule.schema.venue import ModeWord, NamedVenueField


class MeetingLinks(StrEnum):
    """Where the addresses of online meetings may stand."""

    BY_MAIL = "by_mail"
    """Nowhere: they go by mail to those registered."""
    PUBLIC = "public"
    """In `join`: the organizers publish them."""


MeetingLinksWord = Annotated[MeetingLinks, one_of(MeetingLinks, MeetingLinks.BY_MAIL)]


class RulesEntry(Entry):
    registration: list[Line] | None = None
    in_person: list[Line] | None = None
    online: list[Line] | None = None
    everyone: list[Line] | None = None


class DefaultsEntry(Entry):
    """What holds for each lecture that does not say otherwise."""

    at: ClockTime | None = None
    lasts: Duration | None = None
    mode: ModeWord | None = None
    venue: NamedVenueField = None
    lecture_language: MaybeTag = None


class SeriesEntry(Entry):
    name: Line
    timezone: TimeZone
    language: MaybeTag = None
    called: CalledField = None
    page: PageEntry | None = None
    links: LinksField = None
    organizers: People = None
    usual_venue: MaybeLine = None
    registration: PolicyField = None
    meeting_links: MeetingLinksWord = MeetingLinks.BY_MAIL
    join: MaybeAddress = None
    defaults: DefaultsEntry | None = None
    expects: ExpectsEntry | None = None
    holidays: Holidays | None = None
    rules: RulesEntry | None = None
