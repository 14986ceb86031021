"""Parts of an answer as lines of Markdown below each other, within the room that there is."""

import sys
from collections.abc import Collection, Iterator
from typing import Final

from bot.domain.language import Language
from bot.domain.message import Card, Fact, Link, Listing, Part, Section, Text
from bot.i18n import phrases
from bot.i18n.excerpts import units
from bot.platforms.discord.markup import one_line, paragraph

MIN_ROOM: Final = 24
"""Room below which a further line is left out rather than cut to a stump."""

_PARAGRAPH: Final = "\n\n"
_WARNING: Final = "⚠️ "
_BESIDE: Final = " · "


class Column:
    """Lines of Markdown, as many as there is room for."""

    def __init__(self, language: Language, room: int = sys.maxsize) -> None:
        self._language = language
        self._room = room
        self._written: list[str] = []

    def add(
        self, text: Text, *, gap: str = "\n", before: str = "", after: str = "", several_lines: bool = False
    ) -> None:
        """Adds a line; what has no room is cut, and nothing comes after it."""
        gap = gap if self._written else ""
        room = self._room - units(gap + before + after)
        text = text if several_lines else tuple(one_line(each) if isinstance(each, str) else each for each in text)
        whole = paragraph(text, self._language, sys.maxsize)
        if not whole:
            return
        if room < min(MIN_ROOM, units(whole)):
            self._room = 0
            return
        fits = units(whole) <= room
        self._written.append(gap + before + (whole if fits else paragraph(text, self._language, room)) + after)
        self._room = room - units(whole) if fits else 0

    def add_part(self, part: Part, as_buttons: Collection[Link]) -> None:
        """Adds all that stands below a part's title; links that are shown `as_buttons` are not repeated."""
        if isinstance(part, Card):
            self.add_facts(part)
            self.add(part.call)
            self.add_body(part)
            self.add_links(part, as_buttons)
        elif isinstance(part, Listing):
            self._add_listing(part)
        else:
            self._add_section(part)

    def add_facts(self, card: Card) -> None:
        """Adds what must not be overlooked of a card, and its facts."""
        for index, notice in enumerate(card.notices):
            self.add(notice, before="**" if index else f"{_WARNING}**", after="**")
        for row in rows(card.facts, self._language):
            self.add(row, several_lines=True)

    def add_body(self, card: Card) -> None:
        """Adds the running text of a card."""
        for text in card.body:
            self.add(text, gap=_PARAGRAPH, several_lines=True)

    def add_links(self, card: Card, as_buttons: Collection[Link]) -> None:
        """Adds those links of a card that are no buttons, each in a line."""
        gap = _PARAGRAPH
        for target in card.links:
            if target not in as_buttons:
                self.add((target,), gap=gap)
                gap = "\n"

    def _add_listing(self, listing: Listing) -> None:
        for entry in listing.entries:
            self.add((entry.title,), gap=_PARAGRAPH, before="**", after="**")
            for text in entry.lines:
                self.add(text)

    def _add_section(self, section: Section) -> None:
        for text in section.paragraphs:
            if section.bulleted:
                self.add(text, before="- ")
            else:
                self.add(text, gap=_PARAGRAPH, several_lines=True)

    def __str__(self) -> str:
        return "".join(self._written)


def rows(facts: Collection[Fact], language: Language) -> Iterator[Text]:
    """The lines of a card's facts, each with its label, if any; those beside others share a line."""
    row: Text = ()
    for fact in facts:
        label = " ".join(fact.label.split())
        text = phrases(language).text("label.line", label=label, value=fact.value) if label else fact.value
        if fact.beside and row:
            row += (_BESIDE, *text)
            continue
        if row:
            yield row
        row = text
    if row:
        yield row
