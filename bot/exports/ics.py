"""Lectures as an iCalendar file (RFC 5545), which calendars can import again and again without doubling anything."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vText, vUri

from bot.cards import naming
from bot.cards.lecture import awaits_title, talk_line, venue_name
from bot.cards.people import everybody
from bot.domain.called import Called
from bot.domain.deadlines import RegistrationState, registration_status
from bot.domain.language import Language
from bot.domain.lecture import Lecture, Mode, Phase, Status
from bot.domain.message import When
from bot.domain.registration import Form
from bot.domain.series import CLOSING_SOON, Series
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
        return venue_name(lecture.venue, say)
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


class _Zone(Timezone):
    """Finds changes of the clocks that are eight days apart, not 64 only: Morocco's are a month apart."""

    _from_tzinfo_skip_search = Timezone._from_tzinfo_skip_search[3:]


@lru_cache(maxsize=64)
def vtimezone(zone: ZoneInfo, first: int, last: int) -> bytes:
    """The zone's offsets from the year before `first`, in which a deadline may be, to the end of `last`.

    icalendar says at what time clocks are after they were put forward; RFC 5545 wants the time before (3.6.5).
    """
    whole = _Zone.from_tzinfo(zone, zone.key, date(first - 1, 1, 1), date(last + 1, 1, 1))
    del whole["COMMENT"]
    for observance in whole.subcomponents:
        forward = max(observance.TZOFFSETTO - observance.TZOFFSETFROM, timedelta())
        observance.DTSTART -= forward
        if "RDATE" in observance:
            observance.add("RDATE", [each.dt - forward for each in observance.pop("RDATE").dts])
    written: bytes = whole.to_ical()
    return written


_END: Final = b"END:VCALENDAR\r\n"
_FRESH: Final = timedelta(hours=1)
"""How long a calendar that follows the feed may go without looking again."""

_REGISTRABLE: Final = frozenset(
    {RegistrationState.NOT_YET_OPEN, RegistrationState.OPEN, RegistrationState.CLOSING_SOON}
)
_AHEAD: Final = frozenset({Phase.AHEAD, Phase.UNDER_WAY})
_UNCHANGED: Final[Mapping[str, int]] = MappingProxyType({})
_NEVER: Final[Mapping[str, datetime]] = MappingProxyType({})


def calendar(
    series: Series,
    lectures: Sequence[Lecture],
    language: Language,
    now: datetime,
    revisions: Mapping[str, int] = _UNCHANGED,
    modified: Mapping[str, datetime] = _NEVER,
) -> bytes:
    """The file's content, UTF-8; lectures without a date are left out.

    A lecture that can be registered for, now or later, comes with an entry for its deadline, which reminds of it a
    day ahead. `revisions` says how often the lecture of each id has changed, `modified` when it last did.
    """
    identity, made = _identity(series), []
    years = {lecture.day.year for lecture in lectures if lecture.day} or {series.today(now).year}
    for lecture in lectures:
        if lecture.day:
            revision, changed = revisions.get(lecture.id, 0), modified.get(lecture.id)
            made.append(entries(lecture, _context(series, identity, lecture, now, revision, changed), language))
    head = _head(series, language).to_ical().removesuffix(_END)
    return b"".join((head, vtimezone(series.timezone, min(years), max(years)), *made, _END))


def _head(series: Series, language: Language) -> Calendar:
    head = Calendar()
    head.add("prodid", f"-//lecturebot//{_host(series)}//{language.upper()}")
    head.add("version", "2.0")
    head.add("calscale", "GREGORIAN")
    head.add("method", "PUBLISH")
    head.add("name", clean(series.name.into(language)))
    head.add("x-wr-calname", clean(series.name.into(language)))
    head.add("x-wr-timezone", series.timezone.key)
    head.add("refresh-interval", _FRESH, {"VALUE": "DURATION"})
    head.add("x-published-ttl", f"PT{_FRESH // timedelta(hours=1)}H")
    return head


def _context(
    series: Series, identity: str, lecture: Lecture, now: datetime, revision: int, modified: datetime | None
) -> CalendarContext:
    status, phase = registration_status(series, lecture, now), lecture.phase(series.local(now))
    closes = status.closes if status.state in _REGISTRABLE else None
    deadline = closes if isinstance(closes, datetime) else None
    starts, ends = _told(lecture.starts, lecture.ends)
    return CalendarContext(
        zone=series.timezone,
        identity=identity,
        starts=starts,
        ends=ends,
        deadline=_told(deadline)[0],
        form=status.form,
        join=series.join_address(lecture) if phase in _AHEAD else None,
        page=series.links.page,
        called=series.called,
        unusual=phase in _AHEAD and series.is_unusual(lecture),
        over=phase is Phase.OVER,
        awaits_title=awaits_title(series, lecture),
        revision=revision,
        modified=modified.astimezone(UTC).replace(microsecond=0) if modified else None,
    )


def _told(*instants: datetime | None) -> tuple[datetime | None, ...]:
    """The instants by the clocks of the series, but in UTC where these are put forward or back that night."""
    if any(each and _is_ambiguous(each) for each in instants):
        return tuple(each and each.astimezone(UTC) for each in instants)
    return instants


def _is_ambiguous(instant: datetime) -> bool:
    """Whether clocks show that time for the second time, or skip it, as they may a deadline that a rule sets."""
    shown = instant.astimezone(UTC).astimezone(instant.tzinfo)
    return bool(instant.fold) or shown.replace(tzinfo=None) != instant.replace(tzinfo=None)


def _host(series: Series) -> str:
    """The host of the series' page, else its name."""
    host = urlsplit(series.links.page).hostname if series.links.page else None
    name = series.name.into("en")
    return host or _slug(name.lower()) or hashlib.sha256(name.encode()).hexdigest()[:16]


def _identity(series: Series) -> str:
    """What makes identifiers unique to the series: the address of its page, as several may share its host."""
    address = urlsplit(series.links.page or "")
    path = _slug(f"{address.path} {address.query}")
    return f".{path}@{_host(series)}" if path else f"@{_host(series)}"


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")
