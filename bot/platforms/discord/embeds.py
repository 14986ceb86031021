"""The parts of an answer as embeds: what must not be overlooked first, then facts line by line, then running text."""

import sys
from collections.abc import Collection

from bot.content import Card, Link, Listing, Part, Section, Text, Tone
from bot.domain.excerpt import units
from bot.domain.language import Language
from bot.platforms.discord import limits
from bot.platforms.discord.markup import line, one_line, paragraph, plain, reader_times
from bot.platforms.discord.prepared import PreparedEmbed

_COLOURS = {Tone.PLAIN: 0x3B82C4, Tone.OPEN: 0x2F9E62, Tone.URGENT: 0xE0912F, Tone.OFF: 0x8B9099}
_WARNING = "⚠️ "
_LEAST = 24
"""Room below which a further line is left out rather than cut to a stump."""
_PARAGRAPH = "\n\n"


def embeds(
    parts: tuple[Part, ...],
    note: str | None,
    language: Language,
    pressed: Collection[Link],
) -> tuple[PreparedEmbed, ...]:
    """The parts as embeds within Discord's limits, `note` as the last one's footer.

    The links of cards that are `pressed`, that is, buttons below the message, are not repeated in the text.
    """
    footer = plain(note or "", limits.EMBED_FOOTER)
    left = limits.EMBEDS_TOGETHER - units(footer)
    texts: list[tuple[str, str, int]] = []
    for part in parts[: limits.EMBEDS]:
        title = line(part.title, min(limits.EMBED_TITLE, left))
        room = min(limits.EMBED_DESCRIPTION, left - units(title))
        description = _description(part, _Column(language, room), pressed)
        if not title and not description:
            continue
        colour = _COLOURS[part.tone if isinstance(part, Card) else Tone.PLAIN]
        texts.append((title, description, colour))
        left -= units(title) + units(description)
        if left < _LEAST:
            break
    last = len(texts) - 1
    return tuple(
        PreparedEmbed(title=title, description=description, colour=colour, footer=footer if index == last else "")
        for index, (title, description, colour) in enumerate(texts)
    )


class _Column:
    """Lines of Markdown below each other, as many as there is room for."""

    def __init__(self, language: Language, room: int) -> None:
        self._language = language
        self._room = room
        self._written: list[str] = []

    def add(
        self, text: Text, *, gap: str = "\n", before: str = "", after: str = "", several_lines: bool = False
    ) -> None:
        """Adds a line, the reader's own times below it; what has no room is cut, and nothing comes after it."""
        gap = gap if self._written else ""
        times = reader_times(text, self._language)
        times = f"\n{times}" if times else ""
        room = self._room - units(gap + before + after)
        text = text if several_lines else tuple(one_line(each) if isinstance(each, str) else each for each in text)
        whole = paragraph(text, self._language, sys.maxsize)
        if not whole:
            return
        if room < min(_LEAST, units(whole)):
            self._room = 0
            return
        if units(whole + times) <= room:
            self._written.append(gap + before + whole + after + times)
            self._room = room - units(whole + times)
            return
        cut = paragraph(text, self._language, room)
        self._written.append(gap + before + cut + after)
        self._room = 0

    def __str__(self) -> str:
        return "".join(self._written)


def _description(part: Part, column: _Column, pressed: Collection[Link]) -> str:
    if isinstance(part, Card):
        _write_card(part, column, pressed)
    elif isinstance(part, Listing):
        _write_listing(part, column)
    else:
        _write_section(part, column)
    return str(column)


def _write_card(card: Card, column: _Column, pressed: Collection[Link]) -> None:
    for index, notice in enumerate(card.notices):
        column.add(notice, before="**" if index else f"{_WARNING}**", after="**")
    gap = _PARAGRAPH
    for fact in card.facts:
        label = line(fact.label, limits.EMBED_TITLE)
        column.add(fact.value, gap=gap, before=f"**{label}** " if label else "", several_lines=True)
        gap = "\n"
    for text in card.body:
        column.add(text, gap=_PARAGRAPH, several_lines=True)
    gap = _PARAGRAPH
    for target in card.links:
        if target not in pressed:
            column.add((target,), gap=gap)
            gap = "\n"


def _write_listing(listing: Listing, column: _Column) -> None:
    for entry in listing.entries:
        column.add((entry.title,), gap=_PARAGRAPH, before="**", after="**")
        for text in entry.lines:
            column.add(text)


def _write_section(section: Section, column: _Column) -> None:
    for text in section.paragraphs:
        if section.bulleted:
            column.add(text, before="- ")
        else:
            column.add(text, gap=_PARAGRAPH, several_lines=True)
