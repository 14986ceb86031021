"""From entries to the sections that their fields are read from: with their days settled, and each with its id."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from bot.cards.naming import has_name, reference
from bot.domain.called import LECTURE, Called
from bot.domain.language import LANGUAGES
from bot.domain.lecture import Field, Lecture
from bot.domain.material_words import kind_of
from bot.domain.materials import MaterialKind
from bot.domain.text import essence, one_line, plain
from bot.i18n import phrases
from bot.schedule.problems import RefusedValueError, shown
from bot.schedule.scalars import lecture_id
from bot.sources.columns import Column, ColumnMapping
from bot.sources.days import Told, Written, canonical, told
from bot.sources.document import Anchor, Line
from bot.sources.fields.links import is_form_link, is_generic
from bot.sources.fields.remarks import Remark, remark, remarks_in, trimmed, without_remarks
from bot.sources.fields.sections import SourceSection, Statement
from bot.sources.headed import divided
from bot.sources.identities import Known, ids
from bot.sources.rows import Entry, Notice, restarting_numbers
from bot.sources.sessions import sessions as talks_together

_ABOUT: Final[Mapping[Column, Field]] = {
    Column.SPEAKER: Field.SPEAKER,
    Column.AFFILIATION: Field.AFFILIATION,
    Column.TITLE: Field.TITLE,
    Column.ABSTRACT: Field.ABSTRACT,
    Column.TALKS: Field.TALKS,
    Column.VENUE: Field.VENUE,
    Column.ROOM: Field.ROOM,
    Column.MODE: Field.MODE,
    Column.LANGUAGE: Field.LANGUAGE,
    Column.REGISTRATION: Field.FORM,
    Column.DEADLINE: Field.DEADLINE,
    Column.JOIN: Field.JOIN,
    Column.NOTES: Field.NOTES,
}
"""The fields that are read as they stand; days, numbers, labels and links take more."""

_NUMBER: Final = re.compile(r"(?:第|#|no\.?|nr\.?|n°|№)?\s*(\d{1,4})\s*(?:回|[.)])?", re.IGNORECASE)
_STATUS: Final = frozenset({Remark.CANCELLED, Remark.POSTPONED})
_SHORT: Final = 20
"""Characters of a label that says nothing but of what kind a link is."""

_DASH: Final = re.compile(r"(?<=\s)(?:-{1,3}|[–—])(?=\s)")


@dataclass(frozen=True, slots=True)
class Context:
    """What a source is read with, beside its text: the series' zone, today, and what the schedule has already.

    Relative links are meant from `base_url`. `meetings_are_public` says that links into meetings may be passed on.
    """

    zone: ZoneInfo
    today: date
    base_url: str | None = None
    mapping: ColumnMapping = field(default_factory=dict)
    lectures: tuple[Lecture, ...] = ()
    meetings_are_public: bool = False
    called: Called = LECTURE

    def names(self, id: str) -> frozenset[str]:  # noqa: A002 - as the lecture calls it
        """What the schedule calls the lecture in all languages, if it has it: no title, where it stands as one."""
        lecture = next((each for each in self.lectures if each.id == id), None)
        if lecture is None or (lecture.title and not has_name(lecture)):
            return frozenset()
        said = [reference(lecture, phrases(each, self.called)) for each in LANGUAGES]
        return frozenset(essence(each).casefold() for whole in said for each in (whole, divided(whole)[1]) if each)


def sections(found: Sequence[Entry], context: Context, text: str) -> tuple[list[SourceSection], list[Notice]]:
    """A section for each entry that can be identified, and what is to be told of the others. `text` is the source."""
    days = told(
        [_written(each) for each in found],
        zone=context.zone,
        today=context.today,
        known=[each.day for each in context.lectures if each.day],
        text=text,
    )
    numbered = not restarting_numbers(found)
    made: list[SourceSection] = []
    notices = list(_guesses(found, days))
    if numbered:
        together = talks_together(found, days)
        found, days = [entry for entry, _ in together], [day for _, day in together]
    known = [_known(each, day, numbered=numbered) for each, day in zip(found, days, strict=True)]
    for entry, day, each, lecture in zip(found, days, known, ids(known, context.lectures), strict=True):
        if lecture is None:
            notices.append(Notice(entry.line, "unidentified", {"understood": shown(_summary(entry))}))
        else:
            made.append(_section(entry, day, each, lecture, context.names(lecture)))
            notices += _remarks_on_day(entry, day)
    return made, notices


def _summary(entry: Entry) -> str:
    texts = (entry.text(each) for each in (Column.STARTS, Column.TIME, Column.TITLE, Column.SPEAKER))
    return ", ".join(filter(None, texts)) or "…"


def _written(entry: Entry) -> Written:
    day, at, until = (entry.text(each) for each in (Column.STARTS, Column.TIME, Column.ENDS))
    return Written(day, at, until, entry.under)


def _known(entry: Entry, day: Told, *, numbered: bool) -> Known:
    number = _NUMBER.fullmatch(plain(entry.text(Column.NUMBER))) if numbered else None
    title, speaker = entry.text(Column.TITLE), entry.text(Column.SPEAKER)
    own = entry.text(Column.ID)
    return Known(int(number[1]) if number else None, day.day, day.starts, title, speaker, _own_id(own))


def _own_id(written: str) -> str:
    """The id, if it is one that a schedule can have; digits alone would be a number."""
    with suppress(RefusedValueError):
        return "" if written.isdecimal() else lecture_id(written)
    return ""


def _guesses(found: Sequence[Entry], days: Sequence[Told]) -> Iterator[Notice]:
    """That nothing tells the year, once for all."""
    guessed = [(entry.line, day.day) for entry, day in zip(found, days, strict=True) if day.is_guessed and day.day]
    if guessed:
        years = sorted({day.year for _, day in guessed})
        yield Notice(guessed[0][0], "date.guessed", {"years": "/".join(map(str, years)), "count": len(guessed)})


def _remarks_on_day(entry: Entry, day: Told) -> Iterator[Notice]:
    label = shown(entry.names.get(Column.STARTS, ""))
    if day.is_several:
        yield Notice(entry.line, "date.several", {"understood": shown(entry.text(Column.STARTS))})
    if day.day:
        for beside in day.beside:
            if remarks_in(beside) is None:
                yield Notice(entry.line, "remark", {"label": label, "understood": shown(beside)})


# ---- statements


def _section(entry: Entry, day: Told, known: Known, lecture: str, names: Collection[str]) -> SourceSection:
    section = SourceSection(lecture, entry.line, number=known.number, label=_label(entry, known))
    said = _statements(entry, section.loose)
    section.statements += [
        *_when(entry, day),
        *(each for each in said if not _is_name(each, names)),
        *_links(entry.links),
    ]
    section.loose += [each for each in entry.cells.get(Column.STATUS, ()) if remarks_in(each.text)]
    section.loose += entry.rest
    return section


def _is_name(said: Statement, names: Collection[str]) -> bool:
    """Whether a title is only what the lecture is called anyway."""
    return said.about is Field.TITLE and essence(said.lines[0].text).casefold() in names


def _label(entry: Entry, known: Known) -> str | None:
    label = entry.text(Column.LABEL)
    if not label and known.number is None and re.search(r"[^\W\d_]|\d\D+\d", entry.text(Column.NUMBER)):
        label = entry.text(Column.NUMBER)
    return label or None


def _when(entry: Entry, day: Told) -> Iterator[Statement]:
    """The day as the reader of fields has it; or, where it is not understood, as it is written."""
    name = entry.names.get(Column.STARTS, entry.names.get(Column.TIME, ""))
    written = one_line(" ".join(entry.text(each) for each in (Column.STARTS, Column.TIME, Column.ENDS)))
    if written:
        yield Statement(Field.STARTS, name, entry.line, [Line(entry.line, (canonical(day) or written,))])


def _statements(entry: Entry, loose: list[Line]) -> Iterator[Statement]:
    for column, lines in entry.cells.items():
        about = _ABOUT.get(column)
        if about is None:
            continue
        said = list(lines)
        if column in (Column.SPEAKER, Column.TITLE):
            said = [Line(lines[0].number, (_joined(lines, "; " if column is Column.SPEAKER else " "),))]
        if column is Column.JOIN and any(is_form_link(each) for line in lines for each in line.anchors):
            about = Field.FORM
        if column is Column.TITLE:
            said = [Line(said[0].number, (one_line(_without_materials(lines)) or said[0].text,))]
            said = [_without_status(said[0], loose)]
        yield Statement(about, entry.names.get(column, ""), lines[0].number, said)


def _without_materials(lines: Sequence[Line]) -> str:
    """The text without links to materials that stand behind it: `Waves [slides](w.pdf)`."""
    spans = (span for line in lines for span in (*line.spans, " "))
    texts = [
        span if isinstance(span, str) else span.label
        for span in spans
        if isinstance(span, str) or not _is_material(span)
    ]
    return trimmed("".join(texts).replace("[]", " ").replace("()", " "))


def _is_material(anchor: Anchor) -> bool:
    return len(anchor.label) <= _SHORT and kind_of(anchor.label) is not None


def _joined(lines: Sequence[Line], separator: str) -> str:
    text = lines[0].text
    for line in lines[1:]:
        text += (" " if line.wrapped else separator) + line.text
    return one_line(text)


def _without_status(title: Line, loose: list[Line]) -> Line:
    """The title without a remark in brackets, or after a dash at its end, that the lecture is put off or called off."""
    text, said = without_remarks(title.text, among=_STATUS)
    *rest, last = _DASH.split(text)
    kind = remark(last.strip())
    if rest and kind in _STATUS:
        text, said = text[: text.rindex(last)].rstrip(" -–—"), said | {kind}
    loose += [Line(title.number, (each.value,)) for each in said]
    return Line(title.number, (text,))


def _links(links: Iterable[tuple[str, Line]]) -> Iterator[Statement]:
    """The links, by the heading under which they stand, with labels that tell what they are."""
    for name, lines in _by_heading(links).items():
        labels: set[str] = set()
        said = [_told(line, name, labels) for line in lines]
        if any(said):
            yield Statement(Field.MATERIALS, name, lines[0].number, [each for each in said if each])


def _by_heading(links: Iterable[tuple[str, Line]]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for name, line in links:
        found.setdefault(name, []).append(line)
    return found


def _told(line: Line, name: str, labels: set[str]) -> Line | None:
    """The line with a label for its link; None for a link of which nobody can tell what it is."""
    if not line.anchors or is_form_link(line.anchors[0]):
        return line
    anchor = line.anchors[0]
    own = "" if is_generic(anchor.label) or anchor.label == anchor.url else one_line(anchor.label)
    if not own and (is_generic(name) or kind_of(name) is None):
        kind = kind_of("", anchor.url)
        if kind is None:
            return None if is_generic(name) or not name else _labelled(line, name, anchor, labels)
        return _labelled(line, name if not is_generic(name) else kind.value.capitalize(), anchor, labels)
    label = own or name
    if own and kind_of(own) is None and kind_of(name) not in (None, MaterialKind.DOCUMENT):
        label = f"{name} ({own})"
    return _labelled(line, label, anchor, labels)


def _labelled(line: Line, label: str, anchor: Anchor, labels: set[str]) -> Line:
    number = 2
    told_as = label
    while told_as in labels:
        told_as, number = f"{label} {number}", number + 1
    labels.add(told_as)
    return Line(line.number, (Anchor(told_as, anchor.url), *line.spans[1:]))
