"""A speaker's text: its paragraphs and links, its excerpt for a card, its pages."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bot.domain.language import Language, Localized
from bot.domain.lecture import Lecture
from bot.domain.links import MARKDOWN_LINK
from bot.domain.message import Link, Span, Text
from bot.i18n.excerpts import shortened

EXCERPT: Final[Mapping[Language, int]] = {"ja": 120, "en": 240}
"""Characters of an abstract that a card shows, in other languages as many as in English: six lines on a phone."""

TEASER: Final[Mapping[Language, int]] = {"ja": 75, "en": 70}
"""Characters of it where who, when and where matter most: so many that on a phone nothing has to be scrolled."""

PAGE = 1400
"""Characters of an abstract that one page shows, so that it fits on every platform."""

_SENTENCE = re.compile(r"\S.*?(?:[。．！？!?]+[」』）)]*|\.(?=\s)|$)\s*", re.DOTALL)


def linked(text: str) -> Text:
    """Text in which Markdown links to web addresses have become links; everything else is literal."""
    spans: list[Span] = []
    end = 0
    for found in MARKDOWN_LINK.finditer(text):
        if found.start() > end:
            spans.append(text[end : found.start()])
        spans.append(Link(found[1], found[2]))
        end = found.end()
    return (*spans, text[end:]) if end < len(text) else tuple(spans)


def excerpt(lecture: Lecture, language: Language) -> tuple[Text, ...]:
    """A few sentences on the lecture: the summary, or else the beginning of the abstract."""
    if lecture.summary:
        return (linked(lecture.summary.into(language)),)
    paragraphs = _lines(lecture.abstract, language)
    if not paragraphs:
        return ()
    first = _pages(paragraphs[:1], EXCERPT.get(language, EXCERPT["en"]))
    return first[0] if len(first) == 1 else ((*first[0][0], "…"),)


def teaser(lecture: Lecture, language: Language) -> tuple[Text, ...]:
    """The beginning of the excerpt, without links."""
    text = "".join(
        each.label if isinstance(each, Link) else str(each) for line in excerpt(lecture, language) for each in line
    )
    return ((shortened(text, TEASER[language]),),) if text else ()


def has_more(lecture: Lecture, language: Language) -> bool:
    """Whether the abstract says more than the excerpt."""
    paragraphs = tuple(_paragraphs(lecture, language))
    return bool(paragraphs) and paragraphs != excerpt(lecture, language)


def abstract_pages(lecture: Lecture, language: Language) -> list[tuple[Text, ...]]:
    """The whole abstract as pages of paragraphs; a paragraph too long for a page is divided between sentences."""
    return _pages(_paragraphs(lecture, language), PAGE)


def _paragraphs(lecture: Lecture, language: Language) -> list[Text]:
    """The lecture's own abstract, then those of its talks, each below its title."""
    found = _lines(lecture.abstract, language)
    for talk in lecture.talks:
        lines = _lines(talk.abstract, language)
        found += [(talk.title.into(language),), *lines] if lines and talk.title else lines
    return found


def _lines(text: Localized | None, language: Language) -> list[Text]:
    lines = text.into(language).splitlines() if text else []
    return [linked(line.strip()) for line in lines if line.strip()]


def _pages(paragraphs: list[Text], size: int) -> list[tuple[Text, ...]]:
    pages: list[list[Text]] = [[]]
    used = 0
    for paragraph in paragraphs:
        taken: list[Span] = []
        for piece in _pieces(paragraph, size):
            length = len(piece.label if isinstance(piece, Link) else str(piece))
            if used and used + length > size:
                pages[-1] += [tuple(taken)] if taken else []
                pages.append([])
                taken, used = [], 0
            taken.append(piece)
            used += length
        pages[-1].append(tuple(taken))
    return [tuple(page) for page in pages if page]


def _pieces(paragraph: Text, size: int) -> Iterator[Span]:
    """The paragraph's sentences and links, none longer than `size` characters of text."""
    for span in paragraph:
        if not isinstance(span, str):
            yield span
            continue
        end = 0
        for sentence in _SENTENCE.finditer(span):
            text = span[end : sentence.end()]
            end = sentence.end()
            yield from (text[start : start + size] for start in range(0, len(text), size))
