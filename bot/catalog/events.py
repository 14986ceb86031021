"""One lecture's entries in a calendar: its own, and that of its registration deadline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from icalendar import Alarm, Event

from bot.content import When
from bot.domain.language import Language
from bot.domain.lecture import Lecture, Mode, Status
from bot.domain.series import CLOSING_SOON
from bot.phrases import Phrases, phrases, written

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_STAMP: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The instant of the last revision of a lecture that has none: the same file for the same schedule, whenever asked."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a lecture's entries take from the series and from the present, beside the lecture itself.

    `identity` is what every identifier ends with. `starts`, `ends` and `deadline` are in the zone in which the file
    is to tell them; `deadline` is there as long as registration is possible or will be, `form` as long as it can be
    used. `revision` and `modified` say how often the lecture has changed, and when it last did.
    """

    identity: str
    starts: datetime | None
    ends: datetime | None
    deadline: datetime | None
    form: str | None
    page: str | None
    unusual: bool
    over: bool
    revision: int
    modified: datetime | None


@lru_cache(maxsize=4096)
def entries(lecture: Lecture, context: Context, language: Language) -> bytes:
    """The entries of a lecture with a date, as the file has them; kept, as writing them takes half a millisecond."""
    say = phrases(language)
    made = [_lecture_entry(lecture, context, say)]
    if context.deadline:
        made.append(_deadline_entry(lecture, context.deadline, context, say))
    return b"".join(entry.to_ical() for entry in made)


def clean(text: str) -> str:
    """The text without control characters, which calendars refuse."""
    return _CONTROL.sub("", text)


def _lecture_entry(lecture: Lecture, context: Context, say: Phrases) -> Event:
    entry = _entry("lecture", lecture, context)
    if context.starts:
        entry.add("dtstart", context.starts)
        if context.ends:
            entry.add("dtend", context.ends)
    elif lecture.day:
        entry.add("dtstart", lecture.day)
        entry.add("dtend", lecture.day + timedelta(days=1))
    heading = _heading(lecture, say)
    if lecture.status is not Status.PLANNED:
        heading = say(f"calendar.{lecture.status}", heading=heading)
    entry.add("summary", clean(heading))
    location = _location(lecture, say)
    if location:
        entry.add("location", clean(location))
    entry.add("description", clean("\n".join(_description(lecture, context, say))))
    entry.add("status", _status(lecture, context))
    if lecture.status is not Status.PLANNED or not lecture.starts:
        entry.add("transp", "TRANSPARENT")
    return entry


def _deadline_entry(lecture: Lecture, deadline: datetime, context: Context, say: Phrases) -> Event:
    entry = _entry("registration", lecture, context)
    heading = say("calendar.deadline", heading=_heading(lecture, say))
    form = say("calendar.form", url=context.form) if context.form else say("calendar.not_yet_open")
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


def _entry(kind: str, lecture: Lecture, context: Context) -> Event:
    """An entry with its identity and its revision: calendars take over what is newer by these, and nothing else."""
    entry = Event()
    entry.add("uid", f"{kind}-{lecture.number}{context.identity}")
    entry.add("sequence", context.revision)
    entry.add("dtstamp", context.modified or _STAMP)
    if context.modified:
        entry.add("last-modified", context.modified)
    if context.page:
        entry.add("url", context.page)
    return entry


def _status(lecture: Lecture, context: Context) -> str:
    """What calendars make of the entry.

    A postponed lecture doesn't take place at the time that its entry still shows: as a cancelled one it vanishes from
    some calendars and is struck out in others, and with its new date, under the same UID, it is back in all of them.
    """
    if lecture.status is not Status.PLANNED:
        return "CANCELLED"
    tentative = not lecture.starts or lecture.title_tentative or (lecture.venue and lecture.venue.tentative)
    return "TENTATIVE" if tentative and not context.over else "CONFIRMED"


def _heading(lecture: Lecture, say: Phrases) -> str:
    if not lecture.title:
        return say("lecture.heading_untitled", number=lecture.number)
    name = "lecture.heading_tentative" if lecture.title_tentative else "lecture.heading"
    return say(name, number=lecture.number, title=lecture.title.into(say.language))


def _location(lecture: Lecture, say: Phrases) -> str:
    if lecture.mode is Mode.ONLINE:
        return say("calendar.online")
    if not lecture.venue:
        return ""
    venue = lecture.venue.name.into(say.language)
    if lecture.venue.room:
        venue = f"{venue} {lecture.venue.room.into(say.language)}"
    return say("venue.tentative", venue=venue) if lecture.venue.tentative else venue


def _description(lecture: Lecture, context: Context, say: Phrases) -> Iterator[str]:
    if lecture.status is not Status.PLANNED:
        yield say(f"calendar.when_{lecture.status}")
    elif not lecture.starts:
        yield say("calendar.time_undecided")
    elif not lecture.ends:
        yield say("calendar.end_undecided")
    if context.unusual:
        yield say("notice.unusual_venue")
    yield from _speaker(lecture, say)
    if lecture.mode:
        yield say("calendar.mode", mode=say(f"mode.{lecture.mode}"))
    if context.deadline:
        yield say("calendar.closes", when=written(When(context.deadline), say.language))
    if context.page:
        yield say("calendar.page", url=context.page)


def _occasion(lecture: Lecture, say: Phrases) -> Iterator[str]:
    """Which lecture the form is for: several may be open at once."""
    day = lecture.starts or lecture.day
    if day:
        yield say("calendar.lecture_at", when=written(When(day, lecture.ends), say.language))
    yield from _speaker(lecture, say)


def _speaker(lecture: Lecture, say: Phrases) -> Iterator[str]:
    if not lecture.speaker:
        return
    speaker = lecture.speaker.name.into(say.language)
    if lecture.speaker.affiliation:
        affiliation = lecture.speaker.affiliation.into(say.language)
        speaker = say("person.affiliated", name=speaker, affiliation=affiliation)
    yield say("calendar.speaker", speaker=speaker)
