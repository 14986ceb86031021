"""Command lines as they are spoken on Slack: the name behind the slash, a mention, and back."""

import re
from dataclasses import replace
from typing import Final, TypeVar

from bot.commands.registry import COMMANDS
from bot.domain.message import Entry, Listing, Message, Part
from bot.platforms.slack.text import unescaped

_PREFIX = re.compile(r"[a-z0-9_-]*")
_COMMAND = re.compile(rf"(?<![\w/])/(?=(?:{'|'.join(spec.name for spec in COMMANDS if not spec.group)})\b)")
_LINK = re.compile(r"<((?:https?|mailto):[^<>|]*)(?:\|([^<>]*))?>")
_FORMAT = re.compile(r"(?<!\w)([*_~`]+)(?=\S)|(?<=\S)[*_~`]+(?!\w)")
_SIGNS = " \t\n\u3000:：,、，。.!！;・"
_TOKEN = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")

M = TypeVar("M", bound=Message)


class CommandNames:
    """How commands are spelled in a workspace: with a prefix where their names are taken (`lec`: `/lec-next`)."""

    def __init__(self, prefix: str = "") -> None:
        wanted = prefix.strip().lstrip("/").rstrip("-").lower()
        if not _PREFIX.fullmatch(wanted):
            raise ValueError(f"a prefix of Slack commands has letters, digits, - and _ only: {prefix!r}")
        self._prefix: Final = f"{wanted}-" if wanted else ""

    def command(self, name: str) -> str:
        """The slash command for a command of ours."""
        return f"/{self._prefix}{name}"

    def spelled(self, message: M) -> M:
        """The message, with commands that it tells people to type spelled as they are called here."""
        if not self._prefix:
            return message
        return replace(
            message,
            headline=self._in(message.headline),
            note=self._in(message.note) if message.note else None,
            parts=tuple(self._listed(part) for part in message.parts),
        )

    def line(self, command: str, text: str) -> str:
        """The command line that a slash command and its text stand for."""
        return f"{command.lstrip('/').removeprefix(self._prefix)} {unescaped(_LINK.sub(_target, text))}".strip()

    def mentioned(self, text: str, bot: str | None) -> str:
        """The command line in a message that mentions the bot: what follows the mention, else what precedes it.

        `bot` is the bot's user id; as long as it is unknown, the first mention of anybody counts.
        """
        mention = re.search(rf"<@{re.escape(bot) if bot else '[A-Z0-9]+'}(\|[^<>]*)?>", text)
        before, after = (text[: mention.start()], text[mention.end() :]) if mention else ("", text)
        line = _said(after) or _said(before)
        return line[1:].removeprefix(self._prefix) if line.startswith("/") else line

    def _listed(self, part: Part) -> Part:
        if not isinstance(part, Listing):
            return part
        return replace(part, entries=tuple(Entry(self._in(each.title), each.lines) for each in part.entries))

    def _in(self, sentence: str) -> str:
        return _COMMAND.sub(f"/{self._prefix}", sentence)


def _said(text: str) -> str:
    """Text without mark-up and without signs around it; links are addresses, mentions of people are left out."""

    def shown(token: re.Match[str]) -> str:
        target, label = token[1], token[2] or ""
        return "" if target.startswith(("@", "!")) else label or target.lstrip("#")

    said = unescaped(_TOKEN.sub(shown, _LINK.sub(_target, text)))
    return _FORMAT.sub("", said).strip(_SIGNS)


def _target(link: re.Match[str]) -> str:
    """The address of a link, whatever its label."""
    return link[1].removeprefix("mailto:") if link[2] == link[1].removeprefix("mailto:") else link[1]
