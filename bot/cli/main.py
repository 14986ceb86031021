"""The command line: what `lecturebot` can do, and how it is typed."""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Final

import click

from bot.cli.command import common_options
from bot.domain.language import Language, language_of
from bot.domain.locales import locale_in
from bot.i18n import Phrases, phrases
from bot.i18n.languages import right_tag

_MODULES: Final = {
    "run": "serving",
    "chat": "serving",
    "ask": "asking",
    "check": "checking",
    "schema": "checking",
    "plan": "posts",
    "rehearse": "posts",
    "init": "sources",
    "import": "sources",
    "export": "exporting",
    "database": "database",
    "doctor": "doctor",
    "health": "health",
    "discord": "platforms",
    "slack": "platforms",
}
"""The commands, and which module of this package has each."""


def main() -> None:
    """Runs the command that the process was started with, and ends the process."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    language = language_wanted(sys.argv[1:], os.environ)
    CommandLine(phrases(language)).main(prog_name="lecturebot")


def language_wanted(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language of a person who typed these arguments in this environment; click checks the option itself."""
    wanted = None
    for option, value in zip(arguments, [*arguments[1:], ""], strict=False):
        name, given, attached = option.partition("=")
        typed = attached if given else value
        if name == "--lang" and right_tag(typed) is None:
            wanted = typed
    return wanted or language_of(locale_in(environment))


class CommandLine(click.Group):
    """All commands, explained in the language of these phrases."""

    def __init__(self, say: Phrases) -> None:
        super().__init__("lecturebot", help=say("cli.help"), params=common_options(say))
        self._say: Final = say

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all of them."""
        return sorted(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, whose module alone is loaded; with a name that none has all are, since the nearest is told."""
        wanted = [_MODULES[cmd_name]] if cmd_name in _MODULES else dict.fromkeys(_MODULES.values())
        for module in wanted:
            for each in import_module(f"bot.cli.{module}").commands(self._say):
                self.add_command(each)
        return self.commands.get(cmd_name)
