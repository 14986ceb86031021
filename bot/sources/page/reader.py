"""Reading the organizers' page: every lecture it states, or the reason why it can't be that page."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.schedule.moments import Moment
from bot.schedule.problems import RefusedValueError, shown
from bot.schedule.times import fault_of_day, faults_of_order, local
from bot.sources.model import NotThePageError, PageLecture, PageReading, PageWarning, merged
from bot.sources.page.fields import FieldReader
from bot.sources.page.markdown import lines
from bot.sources.page.materials import same_forms, take_links, take_loose_forms
from bot.sources.page.sections import PageSection, Sections, blocks
from bot.sources.page.values import Span

_LONGEST: Final = 400_000
"""Characters of a page; the real one has 17,000."""

_HTML: Final = re.compile(r"\s*<(?:!doctype\s+html|html|head|\?xml)\b", re.IGNORECASE)
_ORDER: Final = (
    *("status", "starts", "ends", "speaker", "title", "title_tentative", "mode", "venue", "abstract", "notes"),
    *("lecture_language", "registration", "materials"),
)
"""In which lectures.yaml names the fields."""

_DATE_FAULTS: Final = frozenset({"date.weekday", "date.order", "date.year"})


def page_reading(text: str, *, zone: ZoneInfo, base_url: str | None) -> PageReading:
    """What the page states; its times are those of `zone`, its relative links are meant from `base_url`.

    Raises NotThePageError for a text that is something else.
    """
    if len(text) > _LONGEST:
        raise NotThePageError("refused.too_long")
    if _HTML.match(text.removeprefix("\ufeff")):
        raise NotThePageError("refused.html")
    page = lines(text)
    found = blocks(page.lines)
    if not found.blocks:
        raise NotThePageError("refused.no_lectures")
    taken = [(block, FieldReader(str(block.number), zone, base_url)) for block in found.blocks]
    lectures = _lectures(taken, found)
    if not any(lecture.fields or lecture.undecided or lecture.unclear for lecture in lectures.values()):
        raise NotThePageError("refused.no_fields")
    warnings = [warning for _, statements in taken for warning in statements.warnings]
    warnings += [PageWarning(line.number, None, "heading", {"understood": shown(line.text)}) for line in found.unclear]
    warnings += _faults_of_page(taken, lectures)
    if page.open_comment:
        warnings.append(PageWarning(page.open_comment, None, "comment"))
    return PageReading(lectures, tuple(sorted(warnings, key=lambda each: each.line)))


def _lectures(taken: list[tuple[PageSection, FieldReader]], found: Sections) -> dict[str, PageLecture]:
    by_id: dict[str, FieldReader] = {}
    for block, statements in taken:
        statements.take(block)
        by_id.setdefault(statements.id, statements)
    _take_days(taken)
    for block, statements in taken:
        take_links(block, statements, {**by_id, statements.id: statements})
    take_loose_forms(found.links, by_id)
    lectures: dict[str, PageLecture] = {}
    for block, statements in sorted(taken, key=lambda each: each[0].number):
        lecture = _lecture(block, statements)
        earlier = lectures.get(lecture.id)
        lectures[lecture.id] = merged(earlier, lecture) if earlier else lecture
    return lectures


def _lecture(block: PageSection, statements: FieldReader) -> PageLecture:
    stated = statements.fields
    return PageLecture(
        id=statements.id,
        line=block.line,
        fields={name: stated[name] for name in _ORDER if name in stated and name not in statements.unclear},
        undecided=frozenset(statements.undecided - statements.unclear),
        unclear=frozenset(statements.unclear),
    )


def _take_days(taken: list[tuple[PageSection, FieldReader]]) -> None:
    """Takes over the dates that can be meant: those whose weekday, and place among the others, does not belie them."""
    dated = sorted((each for each in taken if each[1].when), key=lambda each: each[0].number)
    moments = [_moment(statements.when) for _, statements in dated if statements.when]
    faults = dict(faults_of_order(moments))
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
        yield "ends", f"{datetime.combine(when.day, when.ends):%Y-%m-%dT%H:%M}"


def _fault_of_time(statements: FieldReader, written: Moment) -> RefusedValueError | None:
    """Whether the zone's clocks never show that time."""
    try:
        if written.at:
            local(written, statements.zone)
    except RefusedValueError as fault:
        return fault
    return None


def _faults_of_page(
    taken: list[tuple[PageSection, FieldReader]], lectures: Mapping[str, PageLecture]
) -> Iterator[PageWarning]:
    """What shows only when the lectures are seen together, or of one as a whole."""
    first: dict[str, int] = {}
    for block, statements in taken:
        if first.setdefault(statements.id, block.line) != block.line:
            yield PageWarning(block.line, statements.id, "twice", {"first": first[statements.id]})
    yield from same_forms([statements for _, statements in sorted(taken, key=lambda each: each[0].number)])
    for lecture in lectures.values():
        if not (lecture.fields or lecture.undecided or lecture.unclear):
            yield PageWarning(lecture.line, lecture.id, "empty")
