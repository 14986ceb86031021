"""The page divided into its lectures, and each lecture into what is said of it line by line."""

import re
from collections.abc import Iterable
from itertools import zip_longest
from typing import Final

from bot.domain.lecture import Field
from bot.domain.material_words import kind_of
from bot.domain.text import one_line, plain
from bot.sources.document import Line
from bot.sources.fields.labels import RUNNING, Labelled, labelled, unknown_label
from bot.sources.fields.links import (
    announced,
    is_bare,
    is_form,
    is_link_line,
    is_map,
    is_marked,
    label_of,
    secret_of,
)
from bot.sources.fields.remarks import remarks_in
from bot.sources.fields.sections import Sections, SourceSection, Statement, is_left_open

_HEADING: Final = re.compile(
    r"(?:#{1,6}\s*+)?[\[【<(]?\s*+"
    r"(?:第\s*+(?P<ja>[0-9]{1,4}|[一二三四五六七八九十]{1,3})\s*+回|(?:lecture|no\.?|#)\s*+(?P<en>[0-9]{1,4})\b)"
    r"\s*+[\]】>)]?(?P<addition>.*)",
    re.IGNORECASE,
)
_ALIKE: Final = re.compile(r"(?:#{1,6}\s*+)?[\[【<(]?\s*+第.{1,8}回")
_MORE: Final = re.compile(r"\s*+(?:[・,、&~〜\-–—]|と|及び|および)\s*+第?\s*+[0-9]{1,4}\s*+回?")
_SECOND: Final = re.compile(r"\w[^第]{0,80}第\s*+[0-9]{1,4}\s*+回")
"""Another number, of another series, after words: 「第30回セミナー＋第82回研究会」."""

_BARE_ADDITION: Final = re.compile(r"\s*+(?:講義|講演|講演会|セミナー)?\s*+(?:[(\[【<].{0,30}[)\]】>])?\s*+")
_NOTICE: Final = re.compile(
    r"(?:今後の(?:講義|予定|開催)|次回以降|参加登録(?:等|など|について|に関して)|第\d+回以降).*"
    r"(?:お知らせ|連絡|案内|更新|掲載|決定次第|決まり次第).*"
)
"""Sentences about lectures to come, which stand after the last one of a section."""

_DIGITS: Final = "一二三四五六七八九"


def blocks(lines: Iterable[Line]) -> Sections:
    """The page by its lectures."""
    page, several = Sections(), list(lines)
    block: SourceSection | None = None
    statement: Statement | None = None
    for line, following in zip_longest(several, several[1:]):
        opened = _opened(line)
        if opened:
            block, statement = opened, None
            page.blocks.append(block)
        elif _is_unclear_heading(line):
            page.unclear.append(line)
            block = statement = None
        elif block is None:
            if is_link_line(line):
                page.links.append(line)
        elif line.level and line.level <= block.level and labelled(line) is None:
            block = statement = None
        elif _NOTICE.fullmatch(plain(line.text)):
            statement = None
        else:
            statement = _said(block, statement, line, following)
    return page


def _said(block: SourceSection, statement: Statement | None, line: Line, following: Line | None) -> Statement | None:
    """Files the line where it belongs; what the next one may go on with."""
    if statement is not None and is_left_open(statement):
        statement = None
    running = statement is not None and statement.about in RUNNING
    label = labelled(line)
    if label and not (running and _is_text(label, block, line)):
        said = Statement(label.about, label.label, line.number)
        addition = (f" ({label.addition})",) if label.addition and remarks_in(label.addition) else ()
        if label.value or addition:
            said.lines.append(Line(line.number, (*label.value, *addition)))
        block.statements.append(said)
        return said
    in_text = running and _is_link_in_text(line, following)
    if is_link_line(line) and not in_text and (is_form(line) or not _goes_on(statement, line)):
        block.links.append(line)
        return None
    if statement is None or not (running or _goes_on(statement, line)):
        block.loose.append(line)
        return None
    if not running and unknown_label(line):
        block.loose.append(line)
        return None
    statement.lines.append(line)
    return statement


def _is_text(label: Labelled, block: SourceSection, line: Line) -> bool:
    """Whether a line in the middle of a running text only looks like one with a label: that was there already."""
    if label.about is Field.MATERIALS:
        return not line.anchors and announced(line.text) is None
    return any(each.about is label.about for each in block.statements)


def _is_link_in_text(line: Line, following: Line | None) -> bool:
    """Whether links that stand alone in a running text belong to it: bare ones do, and those of no known kind do if the
    text goes on after them. Forms, materials and maps never do."""
    if not line.anchors or is_form(line) or secret_of(line):
        return False
    if any(is_marked(each) or is_map(each) for each in line.anchors):
        return False
    if all(map(is_bare, line.anchors)):
        return True
    if any(kind_of(label_of(each), each.url) for each in line.anchors):
        return False
    return following is not None and not (following.level or labelled(following) or is_link_line(following))


def _goes_on(statement: Statement | None, line: Line) -> bool:
    """Whether the line is the value of a label that stood alone, or the rest of a sentence that was wrapped."""
    if statement is None or statement.about in RUNNING:
        return False
    is_place = statement.about is Field.VENUE and all(is_map(each) or not is_marked(each) for each in line.anchors)
    return not statement.lines or (line.wrapped and not line.anchors) or is_place


def _opened(line: Line) -> SourceSection | None:
    """The lecture that the line is the heading of; one without a heading's mark has to stand alone."""
    text = plain(line.text)
    found = _HEADING.fullmatch(text) if len(text) < 200 else None
    if not found or line.anchors:
        return None
    addition = found["addition"]
    marked = line.level > 0 or text.startswith("#")
    if _MORE.match(addition) or not (marked or (found["ja"] and _BARE_ADDITION.fullmatch(addition))):
        return None
    level, heading = line.level or 1, one_line(line.text).lstrip("# ")
    if _SECOND.search(addition):
        return SourceSection("", line.number, level, label=heading)
    number = _number(found["ja"] or found["en"])
    return SourceSection(str(number), line.number, level, number, heading, addition.strip())


def _is_unclear_heading(line: Line) -> bool:
    text = plain(line.text)
    return (line.level > 0 or text.startswith("#")) and _ALIKE.match(text) is not None


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.partition("十")
    if not ten:
        return int("".join(str(_DIGITS.index(each) + 1) for each in written))
    return (_DIGITS.find(tens) + 1 or 1) * 10 + (_DIGITS.find(ones) + 1 if ones else 0)
