"""Pages with a section for each entry, whose headings are dates or titles: what is said under each of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.domain.date_parsing import NotADateError, parse_date
from bot.domain.date_words import in_english
from bot.domain.text import one_line
from bot.sources.columns import Column, ColumnMapping, column_of
from bot.sources.document import Cell, Line
from bot.sources.fields.links import is_prepared
from bot.sources.fields.remarks import trimmed
from bot.sources.rows import Entry, Found

_LABELLED: Final = re.compile(
    r"[\s・●■◆*+–-]*+[\[【(]?\s*+([^\s:：\]】)][^:：\]】)]{0,40}+)[\]】)]?\s{0,4}[:：]\s*+(.*)", re.DOTALL
)
_DATE: Final = re.compile(r"\d")
_LONGEST: Final = 200
_LONGEST_LABEL: Final = 40
_RUNNING: Final = frozenset({Column.ABSTRACT, Column.NOTES, Column.TALKS})
_NOTES: Final = frozenset({"note", "notes"})
"""What is said under these, without a link, are no notes of a lecture but remarks."""

_SINGLE: Final = re.compile(r"(?:第\s*(\d{1,4})\s*回|(?:no\.?|#)\s*(\d{1,4})\b)\s*[:：.]?\s*", re.IGNORECASE)
_PIECES: Final = re.compile(r"[,，、]\s*")
_GOES_ON: Final = re.compile(
    r"\s*+[（(]\s*+(?:[月火水木金土日]|mon|tue|wed|thu|fri|sat|sun)|"
    r"[\s,，、(（|–-]*+\d{1,2}(?:[:：]\d\d|時| ?[ap]\.?m\b| ?Uhr\b)",
    re.IGNORECASE,
)
"""How the rest of a date begins: with a weekday in brackets or a time."""

_AROUND: Final = " \t-–—·"
_SPEAKER: Final = re.compile(r"[^()（）\d]{2,60}[(（][^()（）]{2,80}[)）]")
"""A name with an affiliation."""


@dataclass(slots=True)
class _Section:
    """A heading, what is said under labels below it, and lines without any."""

    heading: Line
    said: dict[Column, list[Line]] = field(default_factory=dict)
    names: dict[Column, str] = field(default_factory=dict)
    links: list[tuple[str, Line]] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)
    under: tuple[str, ...] = ()
    running: Column | None = None


def headed_entries(lines: Sequence[Line], mapping: ColumnMapping) -> Found:
    """An entry for each heading that is a date, or below which a date is told."""
    found = Found(is_page=True)
    for section in _sections(lines, mapping):
        entry = _entry(section)
        found.entries += [entry] if entry else []
    return found


def _sections(lines: Sequence[Line], mapping: ColumnMapping) -> Iterator[_Section]:
    """The sections in their order; a heading that is a label, such as 「Abstract」, belongs to the section it is in."""
    section: _Section | None = None
    above: list[Line] = []
    for line in lines:
        if not line.level:
            if section:
                _take(section, line, mapping)
            continue
        about = _about(line.text, mapping)
        if section and about and line.level > section.heading.level and not _is_dated(line.text):
            section.running = about
            section.names.setdefault(about, one_line(line.text))
            continue
        if section:
            yield section
        above = [*(each for each in above if each.level < line.level), line]
        section = _Section(line, under=tuple(one_line(each.text) for each in above[:-1]))
    if section:
        yield section


def _take(section: _Section, line: Line, mapping: ColumnMapping) -> None:
    labelled = _LABELLED.fullmatch(line.text)
    about = _about(labelled[1], mapping) if labelled else None
    if labelled and about is Column.MATERIALS and not line.anchors and one_line(labelled[1]).lower() in _NOTES:
        about = Column.NOTES
    if labelled and about is Column.MATERIALS:
        beside = (line.beside,) if is_prepared(line.beside) else ()
        section.links += [(one_line(labelled[1]), Line(line.number, (each, *beside))) for each in line.anchors]
        section.running = None
    elif labelled and about and about not in section.said:
        section.said[about] = [_value(line, labelled[2])] if labelled[2].strip() else []
        section.names[about] = one_line(labelled[1])
        section.running = about if about in _RUNNING or not labelled[2].strip() else None
    elif section.running is Column.MATERIALS or (line.anchors and not line.beside.strip(" ,;|/・、[]()")):
        section.links += [("", Line(line.number, (each,))) for each in line.anchors]
    elif section.running and (section.running in _RUNNING or not section.said.get(section.running)):
        section.said.setdefault(section.running, []).append(line)
    else:
        section.rest.append(line)


def _value(line: Line, text: str) -> Line:
    """The line without its label."""
    first = line.spans[0]
    if isinstance(first, str) and len(first) >= len(line.text) - len(text):
        start = len(line.text) - len(text)
        return Line(line.number, (first[start:], *line.spans[1:]), wrapped=line.wrapped)
    return Line(line.number, (text,), wrapped=line.wrapped)


def _about(text: str, mapping: ColumnMapping) -> Column | None:
    chosen = mapping.get(one_line(text))
    if chosen:
        return chosen if isinstance(chosen, Column) else Column.MATERIALS
    return column_of(text) if len(text) <= _LONGEST_LABEL else None


def _entry(section: _Section) -> Entry | None:
    """The entry, if it is one: with a date in its heading or below it."""
    heading = one_line(section.heading.text)
    date, rest = divided(heading)
    cells: dict[Column, Cell] = {about: tuple(lines) for about, lines in section.said.items() if lines}
    when = " ".join(line.text for about in (Column.STARTS, Column.TIME) for line in cells.get(about, ()))
    if not date and not _DATE.search(when):
        return None
    line = section.heading.number
    if date and Column.STARTS not in cells:
        cells[Column.STARTS] = (Line(line, (date,)),)
    number = _SINGLE.match(rest)
    if number and Column.NUMBER not in cells and "回" not in rest[number.end() :]:
        cells[Column.NUMBER] = (Line(line, (number[1] or number[2],)),)
        rest = rest[number.end() :].strip(_AROUND)
    others = section.rest
    if Column.SPEAKER not in cells and _SPEAKER.fullmatch(rest):
        cells[Column.SPEAKER] = (Line(line, (rest,)),)
        rest, others = (others[0].text, others[1:]) if others and len(others[0].text) < _LONGEST else ("", others)
    if rest and Column.TITLE not in cells:
        cells[Column.TITLE] = (Line(line, (rest,)),)
    names = {Column.STARTS: heading, **section.names}
    return Entry(line, cells, names, tuple(section.links), section.under, tuple(others))


def divided(heading: str) -> tuple[str, str]:
    """The date in a heading, and the rest of it; the date is empty if there is none."""
    if not _is_dated(heading):
        return "", heading
    for pattern in (r"[:：]\s++", r"(?<!\s)\s++[-–—|]++\s++", r"(?<!\s)\s*+[（(]", r"\s++"):
        for found in re.finditer(pattern, heading):
            before, after = heading[: found.start()], heading[found.start() :]
            if _is_dated(before) and not _rest(before) and not (_is_dated(after) or _GOES_ON.match(after)):
                return before, trimmed(after.strip(_AROUND))
    pieces = [each.strip() for each in _PIECES.split(heading)]
    dated = [each for each in pieces if _is_when(each)]
    if any(map(_is_dated, dated)):
        return ", ".join(dated), ", ".join(each for each in pieces if each not in dated)
    return heading, trimmed(one_line(_rest(heading)).strip(_AROUND))


def _is_when(text: str) -> bool:
    """Whether it is a date or a time and nothing else."""
    return _DATE.search(text) is not None and not one_line(_rest(text))


def _rest(text: str) -> str:
    try:
        return parse_date(in_english(text)).rest
    except NotADateError:
        return text


def _is_dated(text: str) -> bool:
    if len(text) > _LONGEST or not _DATE.search(text):
        return False
    try:
        return parse_date(in_english(text)).day is not None
    except NotADateError:
        return False
