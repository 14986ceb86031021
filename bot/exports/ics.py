"""Lectures as an iCalendar file (RFC 5545), which calendars can import again and again without doubling anything."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from icalendar import Calendar

from bot.cards.lecture import awaits_title
from bot.domain.deadlines import RegistrationState, registration_status
from bot.domain.language import Language
from bot.domain.lecture import Lecture, Phase
from bot.domain.series import Series
from bot.exports.ics_entries import CalendarContext, clean, entries
from bot.exports.vtimezone import vtimezone

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
