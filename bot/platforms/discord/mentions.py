"""The bot's commands where its texts name them: Discord shows `</next:ID>` as something to press."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.domain.message import Card, Listing, Part
from bot.i18n.excerpts import units

_SUBCOMMAND: Final = 1
_OPENING: Final = "“「『"
_CLOSING: Final = "”」』"
_NAMED: Final = re.compile(
    r"https?://\S+"  # no command is named in an address, nor in a mention
    r"|<[^<>\s]{1,200}>"
    r"|(?<![\w/.\\])/(?P<name>[a-z]{1,32}(?: [a-z]{1,32})?)(?![\w/-])"
)


class CommandMentions:
    """Mentions of the commands that are registered, as Discord lists them; without any, all stays text."""

    def __init__(self, registered: Iterable[Mapping[str, Any]] = ()) -> None:
        self._mentions: Final = dict(_mentions(registered))

    def in_text(self, markdown: str, limit: int) -> str:
        """The Markdown with the commands in it as mentions; as it was if that is longer than `limit`."""
        if not self._mentions:
            return markdown
        mentioned = "".join(map(self._in_line, markdown.splitlines(keepends=True)))
        return mentioned if units(mentioned) <= limit else markdown

    def _in_line(self, line: str) -> str:
        """What stands between its first and its last quotation mark was written by others."""
        opened = min((at for sign in _OPENING if (at := line.find(sign)) >= 0), default=len(line))
        closed = max(map(line.rfind, _CLOSING)) + 1
        end = closed if closed > opened else len(line)
        return _NAMED.sub(self._mention, line[:opened]) + line[opened:end] + _NAMED.sub(self._mention, line[end:])

    def _mention(self, found: re.Match[str]) -> str:
        """`/admin move 9` names a command of two words, `/next für` one of one."""
        name = found["name"] or ""
        first, _, second = name.partition(" ")
        if name in self._mentions:
            return self._mentions[name]
        if first in self._mentions:
            return f"{self._mentions[first]} {second}".rstrip()
        return found[0]


def names_commands(part: Part) -> bool:
    """Whether the part is in the bot's own words: what others wrote, as in cards and lists, never becomes markup."""
    if isinstance(part, Card):
        return False
    if isinstance(part, Listing):
        return all(entry.title.startswith("/") for entry in part.entries)
    return not part.quoted


def _mentions(registered: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, str]]:
    """Each command and verb with its mention. A command with verbs can't be pressed alone."""
    for command in registered:
        verbs = [each for each in command.get("options") or () if each.get("type") == _SUBCOMMAND]
        for name in [f"{command['name']} {each['name']}" for each in verbs] or [str(command["name"])]:
            yield name, f"</{name}:{command['id']}>"


NO_COMMANDS: Final = CommandMentions()
"""As long as Discord hasn't told the ids."""
