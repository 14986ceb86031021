"""The page as its readers see it: lines of text and links without comments, tags, emphasis and what is struck out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.domain.links import ADDRESS
from bot.domain.text import visible
from bot.sources.document import Anchor, Line, Span

_UNPRINTABLE: Final = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no schedule file can hold."""

_NO_LINE_END: Final = re.compile("[\x0b\x0c\x85\u2028\u2029]")
"""Breaks that don't count as lines where the page is edited."""

_COMMENT: Final = re.compile(r"<!--(?:-?>|.*?(?:--!?>|(\Z)))", re.DOTALL)
_BREAK: Final = re.compile(r"</?br\s*/?>", re.IGNORECASE)
_LINKED: Final = re.compile(r"""<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*))""", re.IGNORECASE)
_LINK_END: Final = re.compile(r"</a\s*>", re.IGNORECASE)
_STRUCK: Final = re.compile(r"<(/?)(?:del|s|strike)\s*>", re.IGNORECASE)
_LABEL_BEFORE: Final = re.compile(r"(?<!\[)\[++([^\[\]]++)\]++\s*+[(（]?\s*+$")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a page; `open_comment` is where a comment begins that hides everything to the end."""

    lines: tuple[Line, ...]
    open_comment: int | None = None


def lines(text: str) -> Lines:
    """The page's lines."""
    visible, opened = visible_text(text)
    writer = Writer()
    for token in parser().parse(visible):
        writer.block(token)
    return Lines(tuple(writer.lines), opened)


def printable(text: str) -> str:
    """The text as somebody sees it, with one sign for the end of a line, and none that no schedule file can hold."""
    return _UNPRINTABLE.sub("\ufffd", visible(_NO_LINE_END.sub(" ", text)))


def visible_text(text: str) -> tuple[str, int | None]:
    """The text without its comments, each line where it was; and the line of a comment that is never closed."""
    text = printable(text)
    unclosed = next((found for found in _COMMENT.finditer(text) if found[1] is not None), None)
    opened = text.count("\n", 0, unclosed.start()) + 1 if unclosed else None
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text), opened


@cache
def parser(*, tables: bool = False) -> MarkdownIt:
    """CommonMark, but without the blocks that spacing alone makes: readers of this page's like never mean them.

    Links keep their addresses as written, whatever these are; they are judged later.
    """
    made = MarkdownIt("commonmark").enable("strikethrough").disable(["code", "html_block", "lheading"])
    made.normalizeLink = _as_it_is  # type: ignore[method-assign]
    made.validateLink = _any_link  # type: ignore[method-assign]
    return made.enable("table") if tables else made


def _as_it_is(url: str) -> str:
    return url


def _any_link(url: str) -> bool:
    return True


@dataclass(slots=True)
class Writer:
    """Puts the lines together while it follows the parser's tokens."""

    lines: list[Line] = field(default_factory=list)
    _level: int = 0
    _marker: str = ""
    _number: int = 1
    _spans: list[Span] = field(default_factory=list)
    _wrapped: bool = False
    _address: str | None = None
    _label: list[str] = field(default_factory=list)
    _struck: int = 0

    def block(self, token: Token) -> None:
        if token.type == "heading_open":
            self._level = int(token.tag[1:])
        elif token.type == "heading_close":
            self._level = 0
        elif token.type == "list_item_open":
            self._marker = f"{token.info}. " if token.info else "・"
        elif token.type == "fence":
            first = token.map[0] + 2 if token.map else 1
            self.lines += [
                Line(first + at, (each,)) for at, each in enumerate(token.content.split("\n")) if each.strip()
            ]
        elif token.type == "inline":
            self._number = token.map[0] + 1 if token.map else self._number
            self._add(self._marker)
            self._marker, self._address, self._struck = "", None, 0
            self._inline(token.children or ())
            self._close_link()
            self._end(wrapped=False)

    def _inline(self, children: Sequence[Token]) -> None:
        for token in children:
            kind = token.type
            if kind in ("text", "code_inline", "text_special"):
                self._add(token.content)
            elif kind in ("softbreak", "hardbreak"):
                self._end(wrapped=kind == "softbreak", lines=1)
            elif kind == "html_inline":
                self._tag(token.content)
            elif kind == "link_open":
                self._open_link(str(token.attrs.get("href", "")))
            elif kind == "link_close":
                self._close_link()
            elif kind in ("s_open", "s_close"):
                self._struck = max(0, self._struck + token.nesting)

    def _tag(self, tag: str) -> None:
        self._number += tag.count("\n")
        linked, struck = _LINKED.match(tag), _STRUCK.match(tag)
        if _BREAK.match(tag):
            self._end(wrapped=False)
        elif linked:
            self._open_link(unescape(linked[1] or linked[2] or linked[3] or ""))
        elif _LINK_END.match(tag):
            self._close_link()
        elif struck:
            self._struck = max(0, self._struck + (-1 if struck[1] else 1))

    def _add(self, written: str) -> None:
        text = visible(written)  # once more: an entity may stand for any character
        if self._struck or not text:
            return
        if self._address is not None:
            self._label.append(text)
        else:
            self._spans.append(text)

    def _open_link(self, address: str) -> None:
        self._close_link()
        self._address = visible(address).strip()

    def _close_link(self) -> None:
        if self._address is not None and not self._struck:
            self._spans.append(Anchor("".join(self._label).strip(), self._address))
        self._address = None
        self._label.clear()

    def _end(self, *, wrapped: bool, lines: int = 0) -> None:
        """Ends the line at hand; `wrapped` says whether the next one goes on with its sentence."""
        if self._address is not None:  # the label of a link goes over the end of a line
            self._label.append(" ")
            self._number += lines
            return
        spans = tuple(_spans(self._spans))
        self._spans.clear()
        if any(isinstance(span, Anchor) or span.strip() for span in spans):
            self.lines.append(Line(self._number, spans, self._level, self._wrapped))
            self._wrapped = wrapped
        else:
            self._wrapped = False
        self._number += lines


def _spans(written: Sequence[Span]) -> list[Span]:
    """The spans with neighbouring texts in one, addresses in the text as links, and no asterisks left of emphasis."""
    spans: list[Span] = []
    for span in written:
        if isinstance(span, str) and spans and isinstance(spans[-1], str):
            spans[-1] += span
        else:
            spans.append(span)
    return [each for span in spans for each in (_linked(span.replace("**", "")) if isinstance(span, str) else [span])]


def _linked(text: str) -> list[Span]:
    spans: list[Span] = []
    end = 0
    for found in ADDRESS.finditer(text):
        before = text[end : found.start()]
        label = _LABEL_BEFORE.search(before)
        spans += [before[: label.start()] if label else before, Anchor(label[1] if label else found[0], found[0])]
        end = found.end()
        if label and text[end : end + 1] in (")", "）"):
            end += 1
    return [span for span in [*spans, text[end:]] if span]
