"""Reading a source of any kind; of which it is, is found out from what is in it."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from bot.sources.calendar import calendar_entries, is_calendar
from bot.sources.columns import is_heading
from bot.sources.document import LONGEST, Document
from bot.sources.entries import Context, sections
from bot.sources.fields.sections import Sections
from bot.sources.headed import headed_entries
from bot.sources.markdown import lines, printable
from bot.sources.model import SourceReading, SourceRefusedError, SourceWarning
from bot.sources.page.reader import page_reading
from bot.sources.page.sections import blocks
from bot.sources.rows import Found, entries
from bot.sources.sessions import headed as talks_below_headings
from bot.sources.stated import stated
from bot.sources.tables.delimited import delimited
from bot.sources.tables.html import html
from bot.sources.tables.lists import lists
from bot.sources.tables.markdown import markdown
from bot.sources.tables.rst import is_rst, rst

_MOST_LINES: Final = 20_000
_MOST_BRACKETS: Final = 20_000
"""So many may cost seconds to read, and no list of lectures has a tenth of them."""

_MOST_ALIKE: Final = 3
"""Warnings of one kind that have one reason; more of them are told as one."""

_MOST_ENTRIES: Final = 2_000
_HTML: Final = ("<!doctype", "<html", "<head", "<body", "<table", "<?xml", "<div", "<h1", "<h2")


def source_reading(text: str, context: Context) -> SourceReading:
    """What the source states. Raises SourceRefusedError for a text in which there are no lectures, and says why."""
    text = printable(text)
    if len(text) > LONGEST or text.count("\n") > _MOST_LINES or text.count("[") > _MOST_BRACKETS:
        raise SourceRefusedError("refused.too_long")
    if _is_page(text):
        return page_reading(
            text,
            zone=context.zone,
            base_url=context.base_url,
            today=context.today,
            lectures=context.lectures,
            public=context.meetings_are_public,
        )
    found = next((each for each in _readings(text, context) if each.entries), None)
    if found is None:
        raise SourceRefusedError("refused.no_lectures")
    if len(found.entries) > _MOST_ENTRIES:
        raise SourceRefusedError("refused.too_long")
    identified, notices = sections([*talks_below_headings(found.entries)], context, text)
    known = {each.id for each in context.lectures}
    by_id, warnings = stated(
        Sections(identified),
        zone=context.zone,
        base_url=context.base_url,
        known=known,
        public=context.meetings_are_public,
    )
    warnings += [SourceWarning(each.line, None, each.name, each.values) for each in (*found.notices, *notices)]
    told = tuple(sorted(_summed(warnings), key=lambda each: each.line))
    return SourceReading(by_id, told, found.columns, found.silent)


def _summed(warnings: list[SourceWarning]) -> list[SourceWarning]:
    """The warnings with one for all links that can't be followed because nothing says where they are meant from."""
    relative = [each for each in warnings if each.name == "link.relative"]
    if len(relative) <= _MOST_ALIKE:
        return warnings
    first = min(each.line for each in relative)
    one = SourceWarning(first, None, "link.all_relative", {"count": len(relative)})
    return [one, *(each for each in warnings if each.name != "link.relative")]


def _is_page(text: str) -> bool:
    """Whether it is a source in Markdown whose headings say which lecture they are of."""
    return (
        not _begins(text, _HTML)
        and any("回" in line or "#" in line for line in text.split("\n"))
        and bool(blocks(lines(text).lines).blocks)
    )


def _begins(text: str, marks: tuple[str, ...]) -> bool:
    return text.lstrip()[:9].lower().startswith(marks)


def _readings(text: str, context: Context) -> Iterator[Found]:
    """What each reader that the text may be for finds in it, the likeliest first."""
    if is_calendar(text):
        yield calendar_entries(text, context.zone)
        return
    for document in _documents(text, context):
        yield entries(document, context.mapping)
        yield headed_entries(document.lines, context.mapping)


def _documents(text: str, context: Context) -> Iterator[Document]:
    if _begins(text, _HTML):
        yield html(text)
        return
    readers: list[Callable[[str], Document | None]] = [
        lists,
        markdown,
        partial(delimited, is_heading=_check(context)),
        rst,
    ]
    for reader in [rst, *readers] if is_rst(text) else readers:
        document = reader(text)
        if document:
            yield document


def _check(context: Context) -> Callable[[list[str]], bool]:
    return lambda cells: is_heading(cells, context.mapping)
