"""From the rows of tables to entries: what each cell is about, and which rows are no entries at all."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.domain.text import one_line, plain
from bot.schedule.problems import Value, shown
from bot.sources.alignment import aligned
from bot.sources.columns import Column, ColumnMapping, columns, is_heading, label_of
from bot.sources.document import Anchor, Cell, Document, Line, Row, Table, text_of
from bot.sources.fields.links import is_form_link

_NO_MEETING: Final = re.compile(
    r"[\W_]*+(?:"
    r"no (?:class(?:es)?|(?:meeting|seminar|lecture|talk|session|colloquium)s?)\b|thanksgiving|reading week|"
    r"(?:\w+ ){0,3}(?:holidays?|break|recess|vacations?)(?: ?\(|$)|"
    r"休講|お?休み|祝日|停课|放假|휴강|방학|"
    r"keine? (?:seminar|vortrag|vorlesung|treffen|sitzung|termin|veranstaltung)\b|\w*ferien\b|feiertag|"
    r"pas de (?:séance|séminaire|cours|réunion|exposé)\b|vacances|(?:jour )?férié|no hay \w+|festivo|vacaciones|"
    r"nessun\w? \w+|vacanz[ae]|sem (?:aula|seminário|sessão)\b|feriado|férias|geen \w+|vakantie).*",
    re.IGNORECASE,
)
_DITTO: Final = re.compile(r"同上|〃|々|″|ditto|dito|idem|same as above", re.IGNORECASE)
_CALLED: Final = re.compile(r"(?:meeting|meetup|session|lecture|class|seminar|colloquium|event|talk)s?", re.IGNORECASE)
_ONLY_NUMBER: Final = re.compile(r"#?\d{1,4}")
_NOTES: Final = frozenset({"note", "notes"})
"""Headings of links, or of remarks where a cell has none."""

_NOTHING: Final = re.compile(r"[-–—―/.…_*\s]*|n/?a|none|keine?|なし|無し|无|無|없음", re.IGNORECASE)
_UNAVAILABLE: Final = re.compile(r"(?:no|not|kein\w?|pas de|sin|nessun\w?|sem|geen)\b.{0,40}", re.IGNORECASE)
_ONLY_YEAR: Final = re.compile(r"\D*(?:19|20)\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?\D*")
_HEADING_ROWS: Final = 4
_LONGEST_LABEL: Final = 120
_RUNNING: Final = frozenset({Column.ABSTRACT, Column.NOTES})


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that people should look at; `name` is that of the phrase `page.…`."""

    line: int
    name: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a table or a section of a page: what stands under each heading, and its links with theirs.

    `under` are the headings above it, the outermost first, `rest` are lines of which nothing says what they are about.
    """

    line: int
    cells: Mapping[Column, Cell]
    names: Mapping[Column, str] = field(default_factory=dict)
    links: tuple[tuple[str, Line], ...] = ()
    under: tuple[str, ...] = ()
    rest: tuple[Line, ...] = ()

    def text(self, column: Column) -> str:
        """What stands there, in one line."""
        return text_of(self.cells.get(column, ()))


@dataclass(slots=True)
class Found:
    """The entries of a document, what was left out and why, and which heading was taken for what.

    A page has a place for everything, other sources only for what they have columns or links for.
    """

    entries: list[Entry] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    columns: dict[str, Column | None] = field(default_factory=dict)
    is_page: bool = False

    @property
    def silent(self) -> frozenset[str]:
        """The fields with links that there is no place for: not to have them withdraws nothing."""
        if self.is_page:
            return frozenset()
        anchors = [each for entry in self.entries for _, line in entry.links for each in line.anchors]
        has_form = any(map(is_form_link, anchors))
        has_material = not all(map(is_form_link, anchors))
        places = {*self.columns.values()}
        silent = set() if has_material or Column.MATERIALS in places else {"materials"}
        return frozenset(
            silent if has_form or places & {Column.REGISTRATION, Column.JOIN} else {*silent, "registration"}
        )


def entries(document: Document, mapping: ColumnMapping) -> Found:
    """The entries of all tables of lectures in the document."""
    found = Found()
    for table in document.tables:
        _take(table, mapping, found)
    return found


def _take(table: Table, mapping: ColumnMapping, found: Found) -> None:
    grid = [Row(table.line, tuple(_as_cell(each, table.line) for each in table.headings)), *table.rows]
    first = next((at for at, row in enumerate(grid[:_HEADING_ROWS]) if is_heading(_texts(row), mapping)), None)
    if first is None:
        return
    headings, under = _texts(grid[first]), table.under
    block: list[tuple[Row, tuple[str, ...]]] = []
    for row in grid[first + 1 :]:
        texts = _texts(row)
        said = {each for each in texts if each}
        if texts == headings or not said:
            continue
        if is_heading(texts, mapping):
            _take_rows(headings, block, mapping, found)
            headings, block = texts, []
        elif len(said) == 1 and len(texts) > 1 and not _is_dated(texts, headings, mapping):
            title = said.pop()
            if _NO_MEETING.fullmatch(title):
                found.notices.append(Notice(row.line, "no_meeting", {"understood": shown(title)}))
            else:
                under = (*table.under, title)
        else:
            block.append((row, under))
    _take_rows(headings, block, mapping, found)


def _is_dated(texts: Sequence[str], headings: Sequence[str], mapping: ColumnMapping) -> bool:
    """Whether the only text of the row is its day or number, and not a heading for all rows that follow."""
    about = columns(headings, mapping)
    filled = [(about[at], text) for at, text in enumerate(texts[: len(about)]) if text]
    if len(filled) != 1 or filled[0][0] not in (Column.STARTS, Column.NUMBER):
        return False
    return re.search(r"\d", filled[0][1]) is not None and not _ONLY_YEAR.fullmatch(filled[0][1])


def _take_rows(
    headings: Sequence[str], block: Sequence[tuple[Row, tuple[str, ...]]], mapping: ColumnMapping, found: Found
) -> None:
    about = _settled(columns(headings, mapping))
    about = _numbered(about, headings, [row for row, _ in block])
    if block:
        found.columns |= {heading: column for heading, column in zip(headings, about, strict=True) if heading}
    last = max((at for at, name in enumerate(headings) if name), default=-1) + 1
    names = [label_of(each, mapping) for each in headings]
    rows = aligned([row for row, _ in block], about[:last])
    displaced = [row.line for row, (original, _) in zip(rows, block, strict=True) if row is not original]
    if displaced:
        found.notices.append(Notice(displaced[0], "row.displaced", {"count": len(displaced)}))
    for row, (_, under) in zip(_with_repeated(rows), block, strict=True):
        _take_row(row, list(zip(about[:last], headings, names, strict=False)), under, found)


def _with_repeated(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, with the cell above in the place of 「同上」 and the like."""
    above: tuple[Cell, ...] = ()
    for row in rows:
        cells = (
            above[at] if at < len(above) and _DITTO.fullmatch(text_of(cell)) else cell
            for at, cell in enumerate(row.cells)
        )
        above = tuple(cells)
        yield replace(row, cells=above)


def _numbered(about: list[Column | None], headings: Sequence[str], rows: Sequence[Row]) -> list[Column | None]:
    """The columns, with numbers in one that is headed by what each is called, such as `Meetup`, and has only those."""
    if Column.NUMBER in about:
        return about
    for at, heading in enumerate(headings):
        texts = [text_of(row.cells[at]) for row in rows if at < len(row.cells)]
        if about[at] is None and _CALLED.fullmatch(heading) and texts and all(map(_ONLY_NUMBER.fullmatch, texts)):
            return [*about[:at], Column.NUMBER, *about[at + 1 :]]
    return about


def _settled(about: list[Column | None]) -> list[Column | None]:
    """The columns, where those of times are of days and those of rooms of places if no other column is."""
    for whole, part in ((Column.STARTS, Column.TIME), (Column.VENUE, Column.ROOM)):
        if whole not in about:
            about = [whole if each is part else each for each in about]
    return about


def _take_row(row: Row, about: Sequence[tuple[Column | None, str, str]], under: tuple[str, ...], found: Found) -> None:
    """`about` says of each column what it is about, its heading, and what its links are called."""
    cells: dict[Column, Cell] = {}
    called: dict[Column, str] = {}
    links: list[tuple[str, Line]] = []
    for cell, (column, heading, name) in zip(row.cells, about, strict=False):
        if not cell or column is Column.IGNORED or _NOTHING.fullmatch(text_of(cell)):
            continue
        if column is Column.MATERIALS and heading.lower() in _NOTES and not any(line.anchors for line in cell):
            column = Column.NOTES
        only_links = all(line.anchors and not line.beside.strip(" ,;|/・、") for line in cell)
        if column is Column.MATERIALS or (only_links and (column is None or column in _RUNNING)):
            links += [(name, line) for line in _links(cell)]
            found.columns[heading] = Column.MATERIALS
        elif column:
            if not (column is Column.TITLE and _is_address(cell)):
                cells[column], called[column] = cell, name
            if column is Column.TITLE:
                links += [(name, Line(line.number, (each,))) for line in cell for each in line.anchors]
    entry = Entry(row.line, cells, called, tuple(links), under)
    title, speaker = entry.text(Column.TITLE), entry.text(Column.SPEAKER)
    alone = title or speaker
    if (not (title and speaker) or title == speaker) and _NO_MEETING.fullmatch(alone):
        found.notices.append(Notice(row.line, "no_meeting", {"understood": shown(alone)}))
    elif cells or links:
        found.entries.append(_with_abstract(entry))


def _is_address(cell: Cell) -> bool:
    """Whether there is nothing in it but addresses, without any label."""
    return all(line.anchors and line.text.strip() == line.anchors[0].url for line in cell)


def _links(cell: Cell) -> Iterator[Line]:
    """A line for each link of the cell; words beside a single one are part of its label."""
    for line in cell:
        if len(line.anchors) == 1 and len(line.text) <= _LONGEST_LABEL:
            yield Line(line.number, (Anchor(one_line(line.text), line.anchors[0].url),))
        elif line.anchors:
            yield from (Line(line.number, (each,)) for each in line.anchors)
        elif not _UNAVAILABLE.fullmatch(plain(line.text)):
            yield line


def _with_abstract(entry: Entry) -> Entry:
    """The entry with only the first line of its title as such, if the others can be its abstract."""
    lines = entry.cells.get(Column.TITLE, ())
    end = next((at for at, line in enumerate(lines) if at and not line.wrapped), len(lines))
    if end == len(lines) or Column.ABSTRACT in entry.cells:
        return entry
    return replace(entry, cells={**entry.cells, Column.TITLE: lines[:end], Column.ABSTRACT: lines[end:]})


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(map(text_of, row.cells))


def _as_cell(text: str, line: int) -> Cell:
    return (Line(line, (text,)),) if text else ()


def restarting_numbers(found: Sequence[Entry]) -> bool:
    """Whether the entries are numbered anew under each heading, so that a number names none of them."""
    numbers = Counter(number for each in found if (number := each.text(Column.NUMBER)))
    within = Counter((number, each.under) for each in found if (number := each.text(Column.NUMBER)))
    return any(count > 1 for count in numbers.values()) and all(count == 1 for count in within.values())
