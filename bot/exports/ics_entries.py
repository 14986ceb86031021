"""A lecture and its deadline as entries of an iCalendar file (RFC 5545)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Alarm, Event, vText, vUri

from bot.cards import naming
from bot.cards.lecture import talk_line
from bot.cards.people import everybody
from bot.cards.venues import remarked
from bot.domain.called import Called
from bot.domain.language import Language
from bot.domain.lecture import Lecture, Mode, Status
from bot.domain.message import When
from bot.domain.registration import Form
from bot.domain.series import CLOSING_SOON
from bot.i18n import Phrases, phrases, written

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
OWN_ID: Final = "x-lecturebot-id"
OWN_TITLE: Final = "x-lecturebot-title"
"""Properties by which an entry of ours is read again: what its UID and its heading contain beside other things."""

_STAMP: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The instant of the last revision of a lecture that has none: the same file for the same schedule, whenever asked."""


@dataclass(frozen=True, slots=True)
class CalendarContext:
    """What a lecture's entries take from the series and from the present, beside the lecture itself.

    `zone` is the series': equal instants of different zones are equal, and would be told in the wrong one. `identity`
    is what every identifier ends with. `starts`, `ends` and `deadline` are in the zone in which the file is to tell
    them; `deadline` is there as long as registration is possible or will be, `form` as long as it can be used, `join`
    until the lecture is over. `revision` and `modified` say how often the lecture has changed, and when it last did.
    """

    zone: ZoneInfo
    identity: str
    starts: datetime | None
    ends: datetime | None
    deadline: datetime | None
    form: Form | None
    join: str | None
    page: str | None
    called: Called
    unusual: bool
    over: bool
    awaits_title: bool
    revision: int
    modified: datetime | None


@lru_cache(maxsize=4096)
def entries(lecture: Lecture, context: CalendarContext, language: Language) -> bytes:
    """The entries of a lecture with a date, as the file has them; kept, as writing them takes half a millisecond."""
    say = phrases(language, context.called)
    made = [_lecture_entry(lecture, context, say)]
    if context.deadline:
        made.append(_deadline_entry(lecture, context.deadline, context, say))
    return b"".join(entry.to_ical() for entry in made)


def clean(text: str) -> str:
    """The text without control characters, which calendars refuse."""
    return _CONTROL.sub("", text)


def _lecture_entry(lecture: Lecture, context: CalendarContext, say: Phrases) -> Event:
    entry = _entry("lecture", lecture, context)
    entry.add(OWN_ID, vText(lecture.id))
    if lecture.title:
        title = lecture.title.into(say.language)
        told = say("block.title_tentative", title=title) if lecture.title_tentative else title
        entry.add(OWN_TITLE, vText(clean(told)))
    if context.starts:
        entry.add("dtstart", context.starts)
        if context.ends:
            entry.add("dtend", context.ends)
    elif lecture.day:
        entry.add("dtstart", lecture.day)
        entry.add("dtend", lecture.day + timedelta(days=1))
    heading = naming.heading(lecture, say, awaited=context.awaits_title)
    if lecture.status is not Status.PLANNED:
        heading = say(f"calendar.{lecture.status}", heading=heading)
    entry.add("summary", clean(heading))
    location = _location(lecture, context, say)
    if location:
        entry.add("location", clean(location))
    if context.join:
        label = {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": say("calendar.join_label")}
        entry.add("conference", vUri(context.join), label)
    entry.add("description", clean("\n".join(_description(lecture, context, say))))
    entry.add("status", _status(lecture, context))
    if lecture.status is not Status.PLANNED or not lecture.starts:
        entry.add("transp", "TRANSPARENT")
    return entry


def _deadline_entry(lecture: Lecture, deadline: datetime, context: CalendarContext, say: Phrases) -> Event:
    entry = _entry("registration", lecture, context)
    heading = say("calendar.deadline", heading=naming.heading(lecture, say, awaited=context.awaits_title))
    form = _form(context.form, say) if context.form else say("calendar.not_yet_open")
    entry.add("dtstart", deadline)
    entry.add("summary", clean(heading))
    entry.add("description", clean("\n".join([form, *_occasion(lecture, say)])))
    entry.add("status", "CONFIRMED")
    entry.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -CLOSING_SOON)
    alarm.add("description", clean(heading))
    entry.add_component(alarm)
    return entry


def _form(form: Form, say: Phrases) -> str:
    if form.by_mail:
        return say("registration.by_mail", address=form.mail_address)
    return say("calendar.form", url=form.url)


def _entry(kind: str, lecture: Lecture, context: CalendarContext) -> Event:
    """An entry with its identity and its revision: calendars take over what is newer by these, and nothing else."""
    entry = Event()
    entry.add("uid", f"{kind}-{lecture.id}{context.identity}")
    entry.add("sequence", context.revision)
    entry.add("dtstamp", context.modified or _STAMP)
    if context.modified:
        entry.add("last-modified", context.modified)
    if context.page:
        entry.add("url", context.page)
    return entry


def _status(lecture: Lecture, context: CalendarContext) -> str:
    """What calendars make of the entry.

    A postponed lecture doesn't take place at the time that its entry still shows: as a cancelled one it vanishes from
    some calendars and is struck out in others, and with its new date, under the same UID, it is back in all of them.
    """
    if lecture.status is not Status.PLANNED:
        return "CANCELLED"
    tentative = not lecture.starts or lecture.title_tentative or (lecture.venue and lecture.venue.tentative)
    return "TENTATIVE" if tentative and not context.over else "CONFIRMED"


def _location(lecture: Lecture, context: CalendarContext, say: Phrases) -> str:
    """The place or, of a lecture that is online only, how to join it."""
    if lecture.venue:
        name = lecture.venue.full_name.into(say.language)  # as `import` reads it again
        return remarked(name, lecture.venue, say)
    return context.join or say("calendar.online") if lecture.mode is Mode.ONLINE else ""


def _description(lecture: Lecture, context: CalendarContext, say: Phrases) -> Iterator[str]:
    if lecture.status is not Status.PLANNED:
        yield say(f"calendar.when_{lecture.status}")
    elif not lecture.starts:
        yield say("calendar.time_undecided")
    elif not lecture.ends:
        yield say("calendar.end_undecided")
    if context.unusual:
        yield say("notice.unusual_venue")
    if lecture.talks:
        yield from (talk_line(each, say) for each in lecture.talks)
    else:
        yield from _speaker(lecture, say)
    if lecture.mode:
        yield say("calendar.mode", mode=say(f"mode.{lecture.mode}"))
    if context.join:
        yield say("calendar.join", url=context.join)
    if context.deadline:
        yield say("calendar.closes", when=written(When(context.deadline), say.language))
    elif context.form:
        yield _form(context.form, say)
    if context.page:
        yield say("calendar.page", url=context.page)


def _occasion(lecture: Lecture, say: Phrases) -> Iterator[str]:
    """Which lecture the form is for: several may be open at once."""
    day = lecture.starts or lecture.day
    if day:
        yield say("calendar.lecture_at", when=written(When(day, lecture.ends), say.language))
    yield from _speaker(lecture, say)


def _speaker(lecture: Lecture, say: Phrases) -> Iterator[str]:
    if lecture.people:
        yield say("calendar.speaker", speaker=everybody(lecture.people, say), count=len(lecture.people))
