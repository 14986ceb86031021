"""From the sections `series` and `announcements` to the series."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Final

from bot.domain.called import LECTURE, Called, english, japanese
from bot.domain.expectations import USUALLY, Expected, expectations
from bot.domain.language import LANGUAGES, Language, Localized
from bot.domain.lecture import Lecture
from bot.domain.registration import NOBODY, Closing, ClosingRule, RegistrationPolicy
from bot.domain.reminder_times import SETTLING, TIMINGS, News, Stage, Timing
from bot.domain.series import Links, NamedLink, Rules, Series
from bot.domain.text import language_written
from bot.schedule.lecture_builder import person
from bot.schedule.schema.announcements import (
    AnnouncementsEntry,
    AtTime,
    DaysBefore,
    HoursBefore,
    MinutesBefore,
    Settled,
)
from bot.schedule.schema.called import CalledEntry
from bot.schedule.schema.entry import Entry
from bot.schedule.schema.expectations import ExpectsEntry
from bot.schedule.schema.registration import ClosingEntry, PolicyEntry
from bot.schedule.schema.series import MeetingLinks, SeriesEntry

DAYS_END: Final = time(23, 59)
"""When registration closes on a day for which no time is given."""


def series(entry: SeriesEntry, announcements: AnnouncementsEntry, lectures: Iterable[Lecture] = ()) -> Series:
    """The series that the sections `series` and `announcements` describe.

    The holidays of a country are not looked up here: only days that are listed are among the series' holidays.
    """
    rules = entry.rules
    return Series(
        name=entry.name,
        timezone=entry.timezone,
        language=entry.language or language_usual(entry.name),
        called=nouns(entry.called),
        links=Links(
            page=entry.page.url if entry.page else None,
            named=tuple(NamedLink(name, each.url, each.label) for name, each in (entry.links or {}).items()),
        ),
        organizers=tuple(map(person, entry.organizers or ())),
        usual_venue=entry.usual_venue,
        registration=_policy(entry.registration) if entry.registration else NOBODY,
        join=entry.join,
        meeting_links_public=entry.meeting_links is MeetingLinks.PUBLIC,
        expects=expected(entry.expects),
        rules=Rules(
            tuple(rules.registration or ()),
            tuple(rules.in_person or ()),
            tuple(rules.online or ()),
            tuple(rules.everyone or ()),
        )
        if rules
        else Rules(),
        timings=dict(_timings(announcements)),
        settling=dict(_settling(announcements)),
        closes_posts=announcements.closed is not False,
        holidays=frozenset(each for each in entry.holidays or () if isinstance(each, date)),
        lectures=tuple(lectures),
    )


def language_usual(name: Localized) -> Language:
    """The language of a series that names none: Japanese if its name is there in that, else the first of its name's; of
    a name without languages ja or en, by its letters."""
    tags = name.languages
    return "ja" if "ja" in tags else (*tags, language_written(name.variants[0], LANGUAGES) or "en")[0]


def _policy(entry: PolicyEntry) -> RegistrationPolicy:
    closes = entry.closes or Closing.START
    rule = ClosingRule(closes.days_before, closes.at or DAYS_END) if isinstance(closes, ClosingEntry) else closes
    return RegistrationPolicy(True, entry.url, rule)


def expected(entry: ExpectsEntry | None) -> frozenset[Expected]:
    """What is expected of the lectures of a series."""
    return expectations(entry.said if entry else {}, USUALLY)


def _timings(announcements: AnnouncementsEntry) -> Iterator[tuple[Stage, Timing]]:
    """When each stage is due, unless it is switched off."""
    for stage, usual in TIMINGS.items():
        entry = getattr(announcements, stage.value)
        if entry is False:
            continue
        first, *others = (
            [_timing(each, usual) for each in entry] if isinstance(entry, list) else [_timing(entry, usual)]
        )
        yield stage, replace(first, again=tuple(others))


def _timing(entry: Entry | None, usual: Timing) -> Timing:
    """The usual time of a stage, with what is said otherwise."""
    timing = usual
    if isinstance(entry, DaysBefore | AtTime) and entry.at:
        timing = replace(timing, at=entry.at)
    if isinstance(entry, DaysBefore) and entry.days:
        timing = replace(timing, days=entry.days)
    if isinstance(entry, HoursBefore) and entry.hours:
        timing = replace(timing, before=timedelta(hours=entry.hours))
    if isinstance(entry, MinutesBefore) and entry.minutes:
        timing = replace(timing, before=timedelta(minutes=entry.minutes))
    return timing


def nouns(entry: Called | CalledEntry | None) -> Called:
    """The nouns; a language for which there is none has that of the other."""
    if not isinstance(entry, CalledEntry):
        return entry or LECTURE
    ja, en = entry.ja or entry.en, entry.en or entry.ja
    if ja is None or en is None:
        return LECTURE
    return Called(japanese(ja.one, ja.numbered), english(en.one, en.many or f"{en.one}s", en.numbered))


def _settling(announcements: AnnouncementsEntry) -> Iterator[tuple[News, timedelta]]:
    """How long each kind of news waits for further changes, unless it is switched off."""
    for news, usual in SETTLING.items():
        entry = getattr(announcements, news.value)
        if entry is False:
            continue
        own = entry.minutes if isinstance(entry, Settled) else None
        yield news, usual if own is None else timedelta(minutes=own)
