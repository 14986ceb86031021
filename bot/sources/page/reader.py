"""Reading a Markdown page with a section for each lecture, whose heading says which one it is: 「第12回」."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.date_parsing import NotADateError, parse_date
from bot.domain.lecture import Field, Lecture
from bot.domain.text import one_line
from bot.schedule.problems import shown
from bot.sources.days import Told, Written, canonical, told
from bot.sources.document import LONGEST, Line
from bot.sources.fields.sections import Sections, SourceSection
from bot.sources.identities import Known, ids
from bot.sources.markdown import lines
from bot.sources.model import SourceReading, SourceRefusedError, SourceWarning
from bot.sources.page.sections import blocks
from bot.sources.stated import stated


def page_reading(
    text: str,
    *,
    zone: ZoneInfo,
    base_url: str | None,
    today: date | None = None,
    lectures: Sequence[Lecture] = (),
    public: bool = False,
) -> SourceReading:
    """What the page states; its times are those of `zone`, its relative links are meant from `base_url`.

    Dates without a year are seen from `today`, if that is given, and from the `lectures` that are known;
    `public` are links into meetings, if so. Raises SourceRefusedError for a text that is something else.
    """
    if len(text) > LONGEST:
        raise SourceRefusedError("refused.too_long")
    page = lines(text)
    found = blocks(page.lines)
    warnings = _identified(found, zone, today, lectures)
    if not found.blocks:
        raise SourceRefusedError("refused.no_lectures")
    by_id, more = stated(found, zone=zone, base_url=base_url, public=public)
    warnings += more
    warnings += [
        SourceWarning(line.number, None, "heading", {"understood": shown(line.text)}) for line in found.unclear
    ]
    if page.open_comment:
        warnings.append(SourceWarning(page.open_comment, None, "comment"))
    return SourceReading(by_id, tuple(sorted(warnings, key=lambda each: each.line)))


def _identified(
    found: Sections, zone: ZoneInfo, today: date | None, lectures: Sequence[Lecture]
) -> list[SourceWarning]:
    """Settles ids, labels and years of the sections. One with two numbers, of two series that meet there, has none of
    its own; then no number on the page identifies anything, as it may be of either."""
    are_labelled = any(each.number is None for each in found.blocks)
    for section in found.blocks:
        section.number = None if are_labelled else section.number
        section.label = section.label if are_labelled else None
        section.addition = "" if are_labelled else section.addition
    whens = [_when(section) for section in found.blocks]
    days = [Told()] * len(whens)
    if today and (are_labelled or any(map(_lacks_year, whens))):
        known_days = [each.day for each in lectures if each.day]
        days = told([Written(each) for each in whens], zone=zone, today=today, known=known_days)
    known = [_known(section, day) for section, day in zip(found.blocks, days, strict=True)]
    kept: list[SourceSection] = []
    warnings: list[SourceWarning] = []
    for section, when, day, id_ in zip(found.blocks, whens, days, ids(known, lectures), strict=True):
        if id_ is None:
            warnings.append(
                SourceWarning(section.line, None, "unidentified", {"understood": shown(section.label or "")})
            )
            continue
        section.id = id_
        kept.append(section)
        if day.day and _lacks_year(when):
            _settle(section, day)
    guessed = [(each, day.day) for each, day in zip(found.blocks, days, strict=True) if day.is_guessed and day.day]
    if guessed:
        years = "/".join(map(str, sorted({day.year for _, day in guessed})))
        warnings.append(
            SourceWarning(guessed[0][0].line, None, "date.guessed", {"years": years, "count": len(guessed)})
        )
    found.blocks = kept
    return warnings


def _said(section: SourceSection, about: Field) -> str:
    said = (each for each in section.statements if each.about is about)
    return " ".join(one_line(" ".join(line.text for line in each.lines)) for each in said)


def _when(section: SourceSection) -> str:
    return one_line(f"{_said(section, Field.STARTS)} {_said(section, Field.ENDS)}")


def _lacks_year(when: str) -> bool:
    try:
        parsed = parse_date(when)
    except NotADateError:
        return False
    return parsed.day is not None and parsed.year is None


def _known(section: SourceSection, day: Told) -> Known:
    title, speaker = _said(section, Field.TITLE), _said(section, Field.SPEAKER)
    return Known(section.number, day.day, day.starts, title, speaker)


def _settle(section: SourceSection, day: Told) -> None:
    """Puts the day with its year in the place of what is written."""
    first = next(each for each in section.statements if each.about in (Field.STARTS, Field.ENDS))
    rest = [each for each in section.statements if each.about not in (Field.STARTS, Field.ENDS)]
    line = Line(first.line, (canonical(day),))
    section.statements = [replace(first, about=Field.STARTS, lines=[line]), *rest]
