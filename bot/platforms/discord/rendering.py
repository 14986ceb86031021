"""An answer as the message that discord.py sends."""

import io
import json
from dataclasses import dataclass
from typing import Any

import discord
from discord.webhook.async_ import interaction_message_response_params

from bot.content import File, Message
from bot.domain.excerpt import units
from bot.domain.language import Language
from bot.platforms.discord import limits
from bot.platforms.discord.controls import controls
from bot.platforms.discord.embeds import embeds
from bot.platforms.discord.markup import line
from bot.platforms.discord.prepared import PreparedEmbed, PreparedView

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
    def new(self) -> dict[str, Any]:
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
    def instead(self) -> dict[str, Any]:
        """The arguments with which discord.py puts it in the place of another message, nothing of that one left."""
        return {
            "content": self.content,
            "embeds": self.embeds,
            "view": self.view,
            "attachments": [_attached(self.file)] if self.file else [],
            "allowed_mentions": NO_MENTIONS,
        }


def rendered(
    said: Message, language: Language, *, private: bool, marker: str | None = None, before: str = ""
) -> Rendered:
    """An answer as a message; a `private` one can be shown to the whole channel by a button, if it can be repeated.

    A `marker` is hidden in one of the buttons; `before` is Markdown to begin with.
    """
    view, pressed = controls(said, language, shareable=private, marker=marker)
    shown = embeds(said.parts, said.note, language, pressed)
    note = "" if shown else line(said.note or "", limits.EMBED_FOOTER // 2)
    subtext = _SUBTEXT + note if note else ""
    content = before + line(said.headline, limits.CONTENT - units(before + subtext)) + subtext
    if not content and not shown and not said.file:
        content = "…"
    return Rendered(content or None, shown, view, said.file)


def payload(said: Message, language: Language, private: bool) -> dict[str, Any]:
    """The JSON body with which discord.py answers an interaction: `type` and, under `data`, the message.

    It needs no event loop. A file's bytes travel beside the JSON and are not in it.
    """
    flags = discord.MessageFlags(ephemeral=True) if private else discord.utils.MISSING
    message = rendered(said, language, private=private).new
    parameters = interaction_message_response_params(
        type=discord.InteractionResponseType.channel_message.value, flags=flags, **message
    )
    body: dict[str, Any] = parameters.payload or json.loads((parameters.multipart or [])[0]["value"])
    return body


def _attached(file: File) -> discord.File:
    return discord.File(io.BytesIO(file.content), filename=file.name)
