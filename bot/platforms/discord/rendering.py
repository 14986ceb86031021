"""An answer as the message that discord.py sends."""

import io
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import discord
from discord.webhook.async_ import interaction_message_response_params

from bot.domain.language import Language
from bot.domain.message import Card, File, Link, Message, Part, Tone
from bot.i18n import phrases
from bot.i18n.excerpts import units
from bot.platforms.discord import limits
from bot.platforms.discord.column import MIN_ROOM, Column
from bot.platforms.discord.components import COLOURS, PreparedEmbed, PreparedView, controls
from bot.platforms.discord.layout import PreparedLayout, layout
from bot.platforms.discord.markup import line, plain
from bot.platforms.discord.mentions import NO_COMMANDS, CommandMentions, names_commands

M = TypeVar("M", bound=Message)


def embeds(
    parts: tuple[Part, ...],
    note: str | None,
    language: Language,
    as_buttons: Collection[Link],
    mentions: CommandMentions = NO_COMMANDS,
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
        column = Column(language, room)
        column.add_part(part, as_buttons)
        description = mentions.in_text(str(column), room) if names_commands(part) else str(column)
        if not title and not description:
            continue
        colour = COLOURS[part.tone if isinstance(part, Card) else Tone.PLAIN]
        texts.append((title, description, colour))
        left -= units(title) + units(description)
        if left < MIN_ROOM:
            break
    last = len(texts) - 1
    return tuple(
        PreparedEmbed(title=title, description=description, colour=colour, footer=footer if index == last else "")
        for index, (title, description, colour) in enumerate(texts)
    )


NO_MENTIONS = discord.AllowedMentions.none()
_SUBTEXT = "\n-# "


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message, ready to be sent any number of times."""

    content: str | None
    embeds: tuple[PreparedEmbed, ...] = ()
    view: PreparedView | PreparedLayout | None = None
    file: File | None = None

    @property
    def is_newer(self) -> bool:
        """Whether it is laid out in the newer components."""
        return isinstance(self.view, PreparedLayout)

    @property
    def create_arguments(self) -> dict[str, Any]:
        """The arguments with which discord.py sends it, apart from who may see it."""
        message: dict[str, Any] = {"allowed_mentions": NO_MENTIONS}
        if not self.is_newer:
            message["content"] = self.content
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


def with_event_links(message: M, events: Mapping[str, str], language: Language) -> M:
    """The message, whose cards of lectures that have a server event lead to it."""

    def linked(part: Part) -> Part:
        address = events.get(part.lecture or "") if isinstance(part, Card) else None
        if not isinstance(part, Card) or address is None:
            return part
        return replace(part, links=(*part.links, Link(phrases(language)("discord.event"), address)))

    return replace(message, parts=tuple(map(linked, message.parts))) if events else message


def rendered(
    message: Message,
    language: Language,
    *,
    private: bool,
    marker: str | None = None,
    after: str = "",
    newer: bool = False,
    mentions: CommandMentions = NO_COMMANDS,
) -> Rendered:
    """An answer as a message; a `private` one can be shown to the whole channel by a button, if it can be repeated.

    A private card is laid out in components, and with `newer` every private answer. Nothing else is, since a phone's
    notification of such a message is empty.
    A `marker` is hidden in one of the buttons; `after` is Markdown behind its first line. Commands become their
    `mentions`.
    """
    laid_out = layout(message, language, any_parts=newer, mentions=mentions) if private else None
    if laid_out:
        return Rendered(None, view=laid_out)
    view, as_buttons = controls(message, language, shareable=private, marker=marker)
    shown = embeds(message.parts, message.note, language, as_buttons, mentions)
    note = "" if shown else message.note or ""
    subtext = "".join(_SUBTEXT + line(each, limits.EMBED_FOOTER // 2) for each in note.splitlines() if each)
    content = line(message.headline, limits.CONTENT - units(after + subtext)) + after + subtext
    content = mentions.in_text(content, limits.CONTENT)
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
