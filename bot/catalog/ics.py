"""Lectures as an iCalendar file (RFC 5545), which calendars can import again and again without doubling anything."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from icalendar import Alarm, Calendar, Event

from bot.content import When
from bot.domain.language import Language
from bot.domain.lecture import Lecture, Mode, Status
from bot.domain.series import CLOSING_SOON, Form, Series
from bot.phrases import Phrases, phrases, written

_END: Final = b"END:VCALENDAR\r\n"
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_STAMP: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""What stands for the instant of an entry's last revision as long as no revisions are kept: the same file for the same
schedule, whenever it is asked for."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What an entry takes from the series, beside the lecture itself."""

    host: str
    page: str | None
    deadline: datetime | None
    form: Form | None


def calendar(series: Series, lectures: Sequence[Lecture], language: Language) -> bytes:
    """The file's content, UTF-8; lectures without a date are left out.

    A lecture that can be registered for comes with an entry for its deadline, which reminds of it a day ahead.
    """
    empty = _head(series, language).to_ical().removesuffix(_END)
    host = _host(series)
    entries = [
        _entries(lecture, _Context(host, series.links.page, series.deadline(lecture), series.form(lecture)), language)
        for lecture in lectures
        if lecture.day
    ]
    return b"".join((empty, *entries, _END))


def _head(series: Series, language: Language) -> Calendar:
    head = Calendar()
    head.add("prodid", f"-//lecturebot//{_host(series)}//{language.upper()}")
    head.add("version", "2.0")
    head.add("calscale", "GREGORIAN")
    head.add("method", "PUBLISH")
    head.add("x-wr-calname", _clean(series.name.into(language)))
    head.add("x-wr-timezone", series.timezone.key)
    return head


def _host(series: Series) -> str:
    """What makes identifiers unique to the series: the host of its page, else its name."""
    host = urlsplit(series.links.page).hostname if series.links.page else None
    name = series.name.en
    return host or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or hashlib.sha256(name.encode()).hexdigest()[:16]


@lru_cache(maxsize=4096)
def _entries(lecture: Lecture, context: _Context, language: Language) -> bytes:
    """The lecture's entries as they stand in the file; kept, as writing them takes half a millisecond."""
    say = phrases(language)
    entries = [_lecture_entry(lecture, context, say)]
    if context.form and context.deadline and lecture.status is Status.PLANNED:
        entries.append(_deadline_entry(lecture, context.form, context.deadline, context, say))
    return b"".join(entry.to_ical() for entry in entries)


def _lecture_entry(lecture: Lecture, context: _Context, say: Phrases) -> Event:
    entry = _entry(f"lecture-{lecture.number}@{context.host}", context)
    if lecture.starts:
        entry.add("dtstart", lecture.starts.astimezone(UTC))
        if lecture.ends:
            entry.add("dtend", lecture.ends.astimezone(UTC))
    elif lecture.day:
        entry.add("dtstart", lecture.day)
        entry.add("dtend", lecture.day + timedelta(days=1))
    heading = _heading(lecture, say)
    if lecture.status is not Status.PLANNED:
        heading = say(f"calendar.{lecture.status}", heading=heading)
    entry.add("summary", _clean(heading))
    location = _location(lecture, say)
    if location:
        entry.add("location", _clean(location))
    entry.add("description", _clean("\n".join(_description(lecture, context, say))))
    entry.add("status", _status(lecture))
    return entry


def _deadline_entry(lecture: Lecture, form: Form, deadline: datetime, context: _Context, say: Phrases) -> Event:
    entry = _entry(f"registration-{lecture.number}@{context.host}", context)
    heading = _heading(lecture, say)
    entry.add("dtstart", deadline.astimezone(UTC))
    entry.add("summary", _clean(say("calendar.deadline", heading=heading)))
    lines = [say("calendar.form", url=form.url), *_occasion(lecture, say)]
    entry.add("description", _clean("\n".join(lines)))
    entry.add("status", "CONFIRMED")
    entry.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -CLOSING_SOON)
    alarm.add("description", _clean(say("calendar.deadline", heading=heading)))
    entry.add_component(alarm)
    return entry


def _entry(uid: str, context: _Context) -> Event:
    """An entry with its identity. The number and the instant of its revision (SEQUENCE, DTSTAMP) belong here."""
    entry = Event()
    entry.add("uid", uid)
    entry.add("dtstamp", _STAMP)
    if context.page:
        entry.add("url", context.page)
    return entry


def _status(lecture: Lecture) -> str:
    if lecture.status is Status.CANCELLED:
        return "CANCELLED"
    unsettled = lecture.status is Status.POSTPONED or not lecture.starts or (lecture.venue and lecture.venue.tentative)
    return "TENTATIVE" if unsettled else "CONFIRMED"


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


def _description(lecture: Lecture, context: _Context, say: Phrases) -> Iterator[str]:
    if lecture.status is not Status.PLANNED:
        yield say(f"calendar.when_{lecture.status}")
    elif not lecture.starts:
        yield say("calendar.time_undecided")
    elif not lecture.ends:
        yield say("calendar.end_undecided")
    yield from _speaker(lecture, say)
    if lecture.mode:
        yield say("calendar.mode", mode=say(f"mode.{lecture.mode}"))
    if context.deadline and lecture.status is Status.PLANNED:
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


def _clean(text: str) -> str:
    """The text without control characters, which calendars refuse."""
    return _CONTROL.sub("", text)
