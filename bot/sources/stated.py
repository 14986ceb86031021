"""From sections to what a source states of its lectures: fields, dates that can be meant, links where they belong."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.lecture import rank
from bot.schedule.moments import Moment
from bot.schedule.problems import RefusedValueError, shown
from bot.schedule.times import fault_of_day, faults_of_order, local
from bot.schedule.yaml_reader import Tree
from bot.sources.fields.materials import same_forms, take_links, take_loose_forms
from bot.sources.fields.reader import FieldReader
from bot.sources.fields.sections import Sections, SourceSection
from bot.sources.fields.talks import within, without_times
from bot.sources.fields.values import Span
from bot.sources.model import SourceLecture, SourceRefusedError, SourceWarning, items, mapping

_ORDER: Final = (
    *("label", "status", "starts", "ends", "speaker", "talks", "title", "title_tentative", "mode", "venue", "abstract"),
    *("notes", "lecture_language", "registration", "join", "materials"),
)
"""In which lectures.yaml names the fields."""

_DATE_FAULTS: Final = frozenset({"date.weekday", "date.order", "date.year"})

_Taken = Sequence[tuple[SourceSection, FieldReader]]


def stated(
    found: Sections,
    *,
    zone: ZoneInfo,
    base_url: str | None,
    known: Collection[str] | None = None,
    public: bool = False,
) -> tuple[dict[str, SourceLecture], list[SourceWarning]]:
    """The lectures by their ids, in the order of these, and what should be looked at.

    A lecture that is there twice and not alike is not among them, as nobody can tell which is right. Of one that is
    not among the `known` ids, if these are given, materials are taken even where one of them is not clear: there are
    none yet that could be lost. `public` are links into meetings, if so. Raises SourceRefusedError if nothing is
    stated.
    """
    taken = [(section, FieldReader(section.id, zone, base_url, public)) for section in found.blocks]
    several = _lectures(taken, found, known)
    if not any(map(_says_something, several)):
        raise SourceRefusedError("refused.no_fields")
    lectures, twice = _each_once(several)
    warnings = [warning for _, statements in taken for warning in statements.warnings]
    warnings += [*twice, *same_forms([statements for _, statements in sorted(taken, key=_by_id)])]
    warnings += [SourceWarning(each.line, each.id, "empty") for each in lectures.values() if not _says_something(each)]
    return lectures, warnings


def _by_id(each: tuple[SourceSection, FieldReader]) -> tuple[bool, int, str]:
    return rank(each[0].id)


def _says_something(lecture: SourceLecture) -> bool:
    return bool(lecture.fields or lecture.undecided or lecture.unclear)


def _lectures(taken: _Taken, found: Sections, known: Collection[str] | None) -> list[SourceLecture]:
    by_id: dict[str, FieldReader] = {}
    for section, statements in taken:
        statements.take(section)
        by_id.setdefault(statements.id, statements)
    _take_days(taken)
    for section, statements in taken:
        others = by_id if section.number is not None else {}
        take_links(section, statements, {**others, statements.id: statements})
        if known is not None and statements.id not in known:
            statements.unclear.discard("materials")
            statements.warnings = [each for each in statements.warnings if each.name != "link.left_out"]
        _settle_talks(section, statements)
    take_loose_forms(found.links, by_id)
    return [_lecture(section, statements) for section, statements in sorted(taken, key=_by_id)]


def _each_once(several: Iterable[SourceLecture]) -> tuple[dict[str, SourceLecture], list[SourceWarning]]:
    """The lectures by id, without those that are there twice and not alike; and these."""
    lectures: dict[str, SourceLecture] = {}
    twice: dict[str, SourceWarning] = {}
    for each in sorted(several, key=lambda each: (rank(each.id), each.line)):
        first = lectures.setdefault(each.id, each)
        if first is not each and (first.fields, first.unclear) != (each.fields, each.unclear):
            twice[each.id] = SourceWarning(each.line, each.id, "twice", {"first": first.line})
    return {id_: each for id_, each in lectures.items() if id_ not in twice}, [*twice.values()]


def _settle_talks(section: SourceSection, statements: FieldReader) -> None:
    """Takes the times from talks that they can't be of."""
    fields = {name: each for name, each in statements.fields.items() if name not in statements.unclear}
    settled: list[Tree] = []
    for talk in map(mapping, items(fields.get("talks"))):
        if within(talk, fields.get("starts"), fields.get("ends")):
            settled.append(dict(talk))
        else:
            if "starts" in fields:
                title = str(talk.get("title") or talk.get("starts"))
                statements.warn(section.line, "talk_time", understood=shown(title))
            settled.append(without_times(talk))
    if settled:
        statements.fields["talks"] = settled


def _lecture(section: SourceSection, statements: FieldReader) -> SourceLecture:
    fields = statements.fields
    return SourceLecture(
        id=statements.id,
        line=section.line,
        number=section.number,
        fields={name: fields[name] for name in _ORDER if name in fields and name not in statements.unclear},
        undecided=frozenset(statements.undecided - statements.unclear),
        unclear=frozenset(statements.unclear),
    )


def _take_days(taken: _Taken) -> None:
    """Takes over the dates that can be meant: those whose weekday, and place among the others, does not belie them."""
    dated = sorted((each for each in taken if each[1].when), key=_by_id)
    moments = [_moment(statements.when) for _, statements in dated]
    is_numbered = all(section.number is not None for section, _ in dated)
    faults: Mapping[int, RefusedValueError] = dict(faults_of_order(moments)) if is_numbered else {}
    for position, ((_, statements), written) in enumerate(zip(dated, moments, strict=True)):
        fault = faults.get(position) or fault_of_day(written) or _fault_of_time(statements, written)
        if fault:
            finding = fault.findings[0]
            name = finding.name if finding.name in _DATE_FAULTS else "date.skipped"
            statements.warn(statements.when_line, name, **finding.values)
            statements.unclear |= {"starts", "ends"}
        elif statements.when:
            statements.fields |= dict(_days(statements.when))


def _moment(when: Span | None) -> Moment:
    day = when.day if when else date.min
    text = f"{day.year}/{day.month}/{day.day}"
    return Moment(day, when.starts if when else None, when.weekday if when else None, None, text)


def _days(when: Span) -> Iterator[tuple[str, str]]:
    if when.starts is None:
        yield "starts", when.day.isoformat()
        return
    yield "starts", f"{datetime.combine(when.day, when.starts):%Y-%m-%dT%H:%M}"
    if when.ends:
        yield "ends", f"{datetime.combine(when.last_day, when.ends):%Y-%m-%dT%H:%M}"


def _fault_of_time(statements: FieldReader, written: Moment) -> RefusedValueError | None:
    """Whether the zone's clocks never show that time."""
    try:
        if written.at:
            local(written, statements.zone)
    except RefusedValueError as fault:
        return fault
    return None
