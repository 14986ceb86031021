"""An answer as the message that discord.py sends."""

import io
import json
import sys
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import discord
from discord.webhook.async_ import interaction_message_response_params

from bot.domain.language import Language
from bot.domain.message import Card, File, Link, Listing, Message, Part, Section, Text, Tone
from bot.i18n.excerpts import units
from bot.platforms.discord import limits
from bot.platforms.discord.components import PreparedEmbed, PreparedView, controls
from bot.platforms.discord.markup import line, one_line, paragraph, plain, reader_times

_COLOURS = {Tone.PLAIN: 0x3B82C4, Tone.OPEN: 0x2F9E62, Tone.URGENT: 0xE0912F, Tone.OFF: 0x8B9099}
_WARNING = "⚠️ "
_MIN_ROOM = 24
"""Room below which a further line is left out rather than cut to a stump."""
_PARAGRAPH = "\n\n"


def embeds(
    parts: tuple[Part, ...],
    note: str | None,
    language: Language,
    as_buttons: Collection[Link],
) -> tuple[PreparedEmbed, ...]:
    """The parts as embeds within Discord's limits, `note` as the last one's footer.

    Links that are shown `as_buttons` below the message are not repeated in the text.
    """
    footer = plain(note or "", limits.EMBED_FOOTER)
    left = limits.EMBEDS_TOGETHER - units(footer)
    texts: list[tuple[str, str, int]] = []
    for part in parts[: limits.EMBEDS]:
        title = line(part.title, min(limits.EMBED_TITLE, left))
        room = min(limits.EMBED_DESCRIPTION, left - units(title))
        description = _description(part, _Column(language, room), as_buttons)
        if not title and not description:
            continue
        colour = _COLOURS[part.tone if isinstance(part, Card) else Tone.PLAIN]
        texts.append((title, description, colour))
        left -= units(title) + units(description)
        if left < _MIN_ROOM:
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
        if room < min(_MIN_ROOM, units(whole)):
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


def _description(part: Part, column: _Column, as_buttons: Collection[Link]) -> str:
    if isinstance(part, Card):
        _write_card(part, column, as_buttons)
    elif isinstance(part, Listing):
        _write_listing(part, column)
    else:
        _write_section(part, column)
    return str(column)


def _write_card(card: Card, column: _Column, as_buttons: Collection[Link]) -> None:
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
        if target not in as_buttons:
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


NO_MENTIONS = discord.AllowedMentions.none()
_SUBTEXT = "\n-# "


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message, ready to be sent any number of times."""

    content: str | None
    embeds: tuple[PreparedEmbed, ...] = ()
    view: PreparedView | None = None
    file: File | None = None

    @property
    def create_arguments(self) -> dict[str, Any]:
        """The arguments with which discord.py sends it, apart from who may see it."""
        message: dict[str, Any] = {"content": self.content, "allowed_mentions": NO_MENTIONS}
        if self.embeds:
            message["embeds"] = self.embeds
        if self.view:
            message["view"] = self.view
        if self.file:
            message["file"] = _attached(self.file)
        return message

    @property
    def edit_arguments(self) -> dict[str, Any]:
        """The arguments with which discord.py puts it in the place of another message, nothing of that one left."""
        return {
            "content": self.content,
            "embeds": self.embeds,
            "view": self.view,
            "attachments": [_attached(self.file)] if self.file else [],
            "allowed_mentions": NO_MENTIONS,
        }


def rendered(
    message: Message, language: Language, *, private: bool, marker: str | None = None, before: str = ""
) -> Rendered:
    """An answer as a message; a `private` one can be shown to the whole channel by a button, if it can be repeated.

    A `marker` is hidden in one of the buttons; `before` is Markdown to begin with.
    """
    view, as_buttons = controls(message, language, shareable=private, marker=marker)
    shown = embeds(message.parts, message.note, language, as_buttons)
    note = "" if shown else message.note or ""
    subtext = "".join(_SUBTEXT + line(each, limits.EMBED_FOOTER // 2) for each in note.splitlines() if each)
    content = before + line(message.headline, limits.CONTENT - units(before + subtext)) + subtext
    if not content and not shown and not message.file:
        content = "…"
    return Rendered(content or None, shown, view, message.file)


def payload(message: Message, language: Language, private: bool) -> dict[str, Any]:
    """The JSON body with which discord.py answers an interaction: `type` and, under `data`, the message.

    It needs no event loop. A file's bytes travel beside the JSON and are not in it.
    """
    flags = discord.MessageFlags(ephemeral=True) if private else discord.utils.MISSING
    parameters = interaction_message_response_params(
        type=discord.InteractionResponseType.channel_message.value,
        flags=flags,
        **rendered(message, language, private=private).create_arguments,
    )
    body: dict[str, Any] = parameters.payload or json.loads((parameters.multipart or [])[0]["value"])
    return body


def _attached(file: File) -> discord.File:
    return discord.File(io.BytesIO(file.content), filename=file.name)
