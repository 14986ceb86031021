"""`ask`."""

import json
from collections.abc import Mapping
from typing import Any

import click

from bot.app import ask
from bot.cli.command import DONE, FORMATS, NO, ROLES, command
from bot.commands.context import Reply, ReplyStatus
from bot.domain.language import Language
from bot.i18n import Phrases
from bot.options import Options


def commands(say: Phrases) -> list[click.Command]:
    """The commands, explained in the language of these phrases."""
    line = click.Argument(["line"], nargs=-1, required=True)
    role = click.Option(["--as", "role"], type=click.Choice([*ROLES]), default="member", help=say("cli.option.as"))
    yes = click.Option(["--yes"], is_flag=True, help=say("cli.option.yes"))
    form = click.Option(
        ["--format", "form"],
        type=click.Choice([*FORMATS, "discord", "slack"]),
        default="text",
        help=say("cli.option.format"),
    )
    return [command("ask", _ask, say("cli.ask.help"), say, line, role, yes, form)]


def _ask(options: Options, line: tuple[str, ...], role: str, form: str, yes: bool) -> int:
    asked = " ".join(line).encode("utf-8", "replace").decode("utf-8")
    reply = ask.answer(options, asked, ROLES[role], confirmed=yes)
    if form == "text":
        if not ask.show(options, reply):
            return NO
    else:
        click.echo(json.dumps(_payload(reply, form, options.language), ensure_ascii=False, indent=2))
    return DONE if reply.outcome is ReplyStatus.DONE else NO


def _payload(reply: Reply, form: str, language: Language) -> Mapping[str, Any]:
    """The reply as that platform is sent it, privately; only the platform asked for is loaded."""
    if form == "discord":
        from bot.platforms import discord

        return discord.payload(reply, language, private=True)
    if form == "slack":
        from bot.platforms import slack

        return slack.payload(reply, language, private=True)
    from bot.platforms.terminal.structure import structure

    return structure(reply)
