"""Rows that are the talks of one session, as the source itself says: one entry for all of them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from bot.domain.text import one_line
from bot.sources.columns import Column
from bot.sources.days import Told
from bot.sources.document import Anchor, Cell, Line
from bot.sources.fields.links import is_form_link
from bot.sources.headed import divided
from bot.sources.rows import Entry

_OF_TALKS: Final = frozenset(
    {Column.TITLE, Column.SPEAKER, Column.AFFILIATION, Column.ABSTRACT, Column.TIME, Column.ENDS}
)
_NUMBER: Final = re.compile(r"(?:第|#|No\.?\s?)(\d{1,4})(?!\d)", re.IGNORECASE)
_NAMES: Final = (Column.NUMBER, Column.ID, Column.LABEL)

Dated = tuple[Entry, Told]


def sessions(entries: Sequence[Entry], days: Sequence[Told]) -> list[Dated]:
    """The entries with what is told of their days; those with the same number, id or label on one day are one,
    unless they are in different places.

    Two of them with the same title and speaker are not talks, but the same thing twice.
    """
    found: list[Dated] = []
    for _, rows in groupby(zip(entries, days, strict=True), key=_session):
        several = [*rows]
        rows_alone = [entry for entry, _ in several]
        are_apart = len({*map(_what, rows_alone)}) == len(several) and not any(
            _contradict(rows_alone, each) for each in (Column.VENUE, Column.ROOM)
        )
        found += [_together(several)] if len(several) > 1 and are_apart and _session(several[0]) else several
    return found


def headed(entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries; those below one heading with a date, which have only times themselves, are one."""
    for under, rows in groupby(entries, key=lambda each: each.under):
        several = [*rows]
        date, rest = divided(under[-1]) if under else ("", "")
        if not date or any(Column.STARTS in each.cells and not _is_time(each) for each in several):
            yield from several
            continue
        line = several[0].line
        cells: dict[Column, Cell] = {Column.STARTS: (Line(line, (date,)),)}
        number = _NUMBER.search(rest)
        if number:
            cells[Column.NUMBER] = (Line(line, (number[1],)),)
        elif rest:
            cells[Column.TITLE] = (Line(line, (rest,)),)
        timed = [replace(each, cells=_timed(each)) for each in several]
        cells = {**_shared(timed), **cells}
        yield Entry(line, {**cells, Column.TALKS: tuple(map(_line, timed))}, {}, _forms(timed), under[:-1])


def _session(row: Dated) -> tuple[object, ...]:
    """What rows of one session have in common; nothing that has no name or no day."""
    entry, day = row
    name = next((text for each in _NAMES if (text := entry.text(each))), "")
    return (name, day.day, entry.under) if name and day.day and Column.TALKS not in entry.cells else ()


def _what(entry: Entry) -> tuple[str, str]:
    return entry.text(Column.TITLE), entry.text(Column.SPEAKER)


def _together(rows: Sequence[Dated]) -> Dated:
    """One entry: its talks in lines, and what the first row that has it says of the rest."""
    entries, days = [entry for entry, _ in rows], [day for _, day in rows]
    shared = _shared(entries)
    starts = [each.starts for each in days if each.starts]
    ends = [(each.nights, each.ends) for each in days if each.ends and starts]
    nights, end = max((each for each in ends if each > (0, max(starts))), default=(0, None))
    talks = tuple(_line(entry, day) for entry, day in rows)
    cells = {**shared, Column.TALKS: talks, **dict(_abstracts(entries))}
    told = replace(days[0], starts=min(starts, default=None), ends=end, nights=nights)
    return replace(entries[0], cells=cells, links=_forms(entries)), told


def _shared(entries: Sequence[Entry]) -> dict[Column, Cell]:
    """What is said of the session as a whole: nothing that one of its rows says otherwise."""
    columns = {column for each in entries for column in each.cells if column not in _OF_TALKS}
    return {
        column: next(each.cells[column] for each in entries if column in each.cells)
        for column in columns
        if not _contradict(entries, column)
    }


def _contradict(entries: Iterable[Entry], column: Column) -> bool:
    return len({text for each in entries if (text := each.text(column))}) > 1


def _abstracts(entries: Iterable[Entry]) -> Iterator[tuple[Column, Cell]]:
    """The abstracts below each other, each under its title."""
    lines = [line for each in entries if Column.ABSTRACT in each.cells for line in _titled(each)]
    yield from [(Column.ABSTRACT, tuple(lines))] if lines else []


def _titled(entry: Entry) -> Cell:
    return (Line(entry.line, (entry.text(Column.TITLE),)), *entry.cells[Column.ABSTRACT])


def _line(entry: Entry, day: Told | None = None) -> Line:
    """A talk as a line of a program."""
    when = entry.text(Column.TIME)
    if day and day.starts:
        when = f"{day.starts:%H:%M}" + (f"-{day.ends:%H:%M}" if day.ends else "")
    title, speaker, of = (entry.text(each) for each in (Column.TITLE, Column.SPEAKER, Column.AFFILIATION))
    by = f"{speaker} ({of})" if speaker and of and "(" not in speaker else speaker
    anchors = [
        Anchor(_label(name, each), each.url)
        for name, line in entry.links
        for each in line.anchors
        if not is_form_link(each)
    ]
    return Line(entry.line, (one_line(f"{when} 「{title}」{by}"), *anchors))


def _label(name: str, anchor: Anchor) -> str:
    return name if name and anchor.label in ("", anchor.url) else anchor.label


def _forms(entries: Iterable[Entry]) -> tuple[tuple[str, Line], ...]:
    """The links to forms, which are for the session as a whole."""
    links = ((name, line) for each in entries for name, line in each.links)
    return tuple((name, line) for name, line in links if any(map(is_form_link, line.anchors)))


def _is_time(entry: Entry) -> bool:
    return not divided(entry.text(Column.STARTS))[0]


def _timed(entry: Entry) -> Mapping[Column, Cell]:
    """The cells, with the time in its own column where it is the only thing that is told of the day."""
    cells = dict(entry.cells)
    if Column.TIME not in cells and Column.STARTS in cells:
        cells[Column.TIME] = cells.pop(Column.STARTS)
    return cells
