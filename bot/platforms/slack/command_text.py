"""Command lines as they are spoken on Slack: the name behind the slash, a mention, and back."""

import re
from enum import StrEnum
from typing import Final, TypeVar

from bot.commands.registry import COMMANDS
from bot.domain.message import Message
from bot.domain.rewording import reworded
from bot.platforms.slack.text import unescaped

ONE: Final = "lecturebot"
"""The command that takes all others: `/lecturebot follow`."""

_ALL: Final = tuple(spec.name for spec in COMMANDS if not spec.terminal_only and not spec.group)
_PREFIX = re.compile(r"[a-z0-9_-]*")
_NAMED = re.compile(rf"https?://\S+|(?<![A-Za-z0-9_/.])/({'|'.join(sorted(_ALL, reverse=True))})(?![A-Za-z0-9_/-])")
_LINK = re.compile(r"<((?:https?|mailto):[^<>|]*)(?:\|([^<>]*))?>")
_FORMAT = re.compile(r"(?<!\w)([*_~`]+)(?=\S)|(?<=\S)[*_~`]+(?!\w)")
_SIGNS = " \t\n\u3000:：,、，。.!！;・"
_TOKEN = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")

M = TypeVar("M", bound=Message)


class Declared(StrEnum):
    """Which commands the manifest declares; each declares the one that takes all."""

    DEFAULT = "default"
    """Those that people type daily: all commands of a workspace share one space of names."""
    ALL = "all"
    ONE = "one"


_DECLARED: Final = {
    Declared.DEFAULT: ("next", "lecture", "lectures", "materials", "register", "notify"),
    Declared.ALL: _ALL,
    Declared.ONE: (),
}


class CommandNames:
    """How commands are spelled in a workspace: with a prefix where their names are taken (`lec`: `/lec-next`), and
    behind `/lecturebot` where they are not declared."""

    def __init__(self, prefix: str = "", declared: Declared = Declared.DEFAULT) -> None:
        wanted = prefix.strip().lstrip("/").rstrip("-").lower()
        if not _PREFIX.fullmatch(wanted):
            raise ValueError(f"a prefix of Slack commands has letters, digits, - and _ only: {prefix!r}")
        self._prefix: Final = f"{wanted}-" if wanted else ""
        self.declared: Final = _DECLARED[declared]
        """The commands with a slash command of their own, in the order in which they are listed."""

    def command(self, name: str) -> str:
        """What is typed for a command of ours."""
        return self.slash(name) if name in self.declared else f"{self.slash(ONE)} {name}"

    def slash(self, name: str) -> str:
        """The slash command of this name."""
        return f"/{self._prefix}{name}"

    def spelled(self, message: M) -> M:
        """The message, with commands that it tells people to type spelled as they are called here."""
        return reworded(message, self._in)

    def line(self, command: str, text: str) -> str:
        """The command line that a slash command and its text stand for."""
        return self._without_one(f"{command.lstrip('/').removeprefix(self._prefix)} {_typed(text)}".strip())

    def mentioned(self, text: str, bot: str | None) -> str:
        """The command line in a message that mentions the bot: what follows the mention, else what precedes it.

        `bot` is the bot's user id; as long as it is unknown, the first mention of anybody counts.
        """
        mention = re.search(rf"<@{re.escape(bot) if bot else '[A-Z0-9]+'}(\|[^<>]*)?>", text)
        before, after = (text[: mention.start()], text[mention.end() :]) if mention else ("", text)
        line = _said(after) or _said(before)
        return self._without_one(line[1:].removeprefix(self._prefix)) if line.startswith("/") else line

    def _without_one(self, line: str) -> str:
        name, _, rest = line.partition(" ")
        return rest.strip() if name == ONE else line

    def _in(self, sentence: str) -> str:
        return _NAMED.sub(lambda found: self.command(found[1]) if found[1] else found[0], sentence)


def _typed(text: str) -> str:
    """What somebody typed behind a slash command: channels and people by the names that Slack gives them. A user group
    stays a token, which tells which one it is."""

    def named(token: re.Match[str]) -> str:
        sign, label = token[1][:1], token[2]
        return f"{sign}{label}" if label and sign in ("#", "@") else token[0]

    return unescaped(_TOKEN.sub(named, _LINK.sub(_target, text)))


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
