"""Calendars (iCalendar, RFC 5545): each event is an entry."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar.error import BrokenCalendarProperty

from bot.domain.talk_lines import talk_in
from bot.domain.text import one_line
from bot.exports.ics_entries import OWN_ID, OWN_TITLE
from bot.schedule.problems import shown
from bot.sources.columns import Column, column_of
from bot.sources.document import Anchor, Cell, Line, text_of
from bot.sources.fields.remarks import Remark, remark
from bot.sources.rows import Entry, Found, Notice
from bot.sources.tables import html, plain

_BEGIN: Final = re.compile(r"\s*BEGIN:VCALENDAR", re.IGNORECASE)
_EVENT: Final = re.compile(r"BEGIN:VEVENT\s*", re.IGNORECASE)
_LABELLED: Final = re.compile(r"\s*+([^:：\n]{1,30}?)(?<!\s)\s*+[:：]\s*+(\S.*)")
_ADDRESS: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_AS_PART_OF: Final = re.compile(r"by ([^\n]{2,200}?) as part of \S[^\n]*")
_LONGEST_HEADING: Final = 20
_FROM_TEXT: Final = frozenset(
    {Column.SPEAKER, Column.AFFILIATION, Column.ABSTRACT, Column.MODE, Column.LANGUAGE, Column.TITLE}
)
"""What a line of the description may state; when and where is in fields of its own."""

_OURS_SAYS: Final = frozenset({Column.SPEAKER, Column.MODE})
"""What a description of ours has of the lecture itself; the rest is for readers."""


def is_calendar(text: str) -> bool:
    """Whether the text is a calendar."""
    return _BEGIN.match(text) is not None


def calendar_entries(text: str, zone: ZoneInfo) -> Found:
    """The events of the calendar, in times of the zone."""
    found = Found()
    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, LookupError, TypeError, AttributeError):
        return found
    lines = [number for number, line in enumerate(text.splitlines(), 1) if _EVENT.fullmatch(line)]
    events = [(event, "lecturebot" in str(each.get("prodid"))) for each in calendars for event in each.walk("VEVENT")]
    for position, (event, is_ours) in enumerate(events):
        line = lines[position] if position < len(lines) else 1
        if "RRULE" in event:
            found.notices.append(Notice(line, "event.repeats", {"understood": shown(_text(event, "SUMMARY"))}))
        else:
            entry = _entry(event, line, zone, is_ours=is_ours)
            found.entries += [entry] if entry else []
    return found


def _entry(event: Any, line: int, zone: ZoneInfo, *, is_ours: bool) -> Entry | None:
    cells: dict[Column, Cell] = {}

    def say(column: Column, text: str) -> None:
        if text.strip():
            cells[column] = plain.lines_of([one_line(text)], line)

    status, title = _status(event, _text(event, "SUMMARY"))
    if is_ours:
        own = _text(event, OWN_ID)
        if not own:  # a deadline
            return None
        say(Column.NUMBER if own.isdecimal() else Column.ID, own)
        title = _text(event, OWN_TITLE)
    say(Column.STARTS, _when(event, zone))
    say(Column.TITLE, title)
    place = _text(event, "LOCATION")
    links = [
        ("", Line(line, (Anchor(each, each),))) for each in (_text(event, "URL"), place) if _ADDRESS.fullmatch(each)
    ]
    say(Column.VENUE, "" if _ADDRESS.fullmatch(place) else place)
    say(Column.STATUS, status)
    described: dict[Column, Cell] = {}
    for column, cell in _described(event, line):
        described[column] = (*described.get(column, ()), *cell) if column is Column.ABSTRACT else cell
    if not is_ours and Column.TITLE in described:
        cells.pop(Column.TITLE, None)
    for column, cell in described.items():
        if column not in cells and not (is_ours and column not in _OURS_SAYS):
            cells[column] = cell
    if not is_ours and Column.SPEAKER not in cells:
        cells |= _by_whom(cells.get(Column.TITLE, ()), line)
    return Entry(line, cells, {}, () if is_ours else tuple(links))


def _by_whom(title: Cell, line: int) -> dict[Column, Cell]:
    """Title and speakers, where one text has both and each of them an affiliation: `Jane Doe (MIT): Waves`."""
    said = talk_in(text_of(title))
    if not said.title or said.starts or not said.people or not all(each.affiliation for each in said.people):
        return {}
    people = "; ".join(f"{each.name} ({each.affiliation})" for each in said.people)
    return {Column.TITLE: plain.lines_of([said.title], line), Column.SPEAKER: plain.lines_of([people], line)}


def _status(event: Any, title: str) -> tuple[str, str]:
    """What the event or a word before its title says of whether it takes place, and the title without that word."""
    before, colon, after = title.partition(": ")
    kind = remark(before) if colon else None
    if kind in (Remark.CANCELLED, Remark.POSTPONED):
        return kind.value, after
    return "cancelled" if _text(event, "STATUS").upper() == "CANCELLED" else "", title


def _described(event: Any, line: int) -> Iterator[tuple[Column, Cell]]:
    """What the lines of the description say; those without a label are the abstract."""
    text = str(event.get("DESCRIPTION") or "")
    lines = html.cell(text, line) if html.has_markup(text) else plain.lines_of(text.split("\n"), line)
    rest: list[Line] = []
    for each in lines:
        if column_of(each.text.strip()) is Column.ABSTRACT and len(each.text) < _LONGEST_HEADING:
            rest = []  # a heading; what stands above is about the calendar
            continue
        series = _AS_PART_OF.fullmatch(each.text)
        if series:
            yield Column.SPEAKER, plain.lines_of([series[1]], line)
            continue
        labelled = _LABELLED.fullmatch(each.text)
        column = column_of(labelled[1]) if labelled else None
        if labelled and column in _FROM_TEXT and column:
            yield column, plain.lines_of([labelled[2]], line)
        else:
            rest.append(each)
    yield from [(Column.ABSTRACT, tuple(rest))] if rest else []


def _when(event: Any, zone: ZoneInfo) -> str:
    """The start, and the end if that is on the same day."""
    starts, ends, length = (_value(event, name) for name in ("DTSTART", "DTEND", "DURATION"))
    if not isinstance(starts, datetime):
        return starts.isoformat() if isinstance(starts, date) else _text(event, "DTSTART")
    try:
        begins = _local(starts, zone)
        if isinstance(length, timedelta):
            ends = starts + length
        finishes = _local(ends, zone) if isinstance(ends, datetime) else begins
    except (OverflowError, ValueError):
        return _text(event, "DTSTART")
    written = f"{begins:%Y-%m-%d %H:%M}"
    return f"{written}-{finishes:%H:%M}" if finishes.date() == begins.date() and finishes > begins else written


def _value(event: Any, name: str) -> object:
    """A date or a length of time; None for what is neither."""
    try:
        return getattr(event.get(name), "dt", None)
    except BrokenCalendarProperty:
        return None


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """By the clocks of the zone; a time without one is told by them already."""
    return (moment.astimezone(zone) if moment.tzinfo else moment).replace(tzinfo=None)


def _text(event: Any, name: str) -> str:
    value = event.get(name)
    return one_line(str(value[0] if isinstance(value, list) else value)) if value else ""
