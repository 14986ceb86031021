"""`run` and `chat`."""

import signal
import sys
from dataclasses import replace

import click

from bot.cli.command import DONE, ROLES, command
from bot.i18n import Phrases, phrases
from bot.options import ConfigurationError, Options
from bot.settings import misspelled_names, read_settings


def commands(say: Phrases) -> list[click.Command]:
    """The commands, explained in the language of these phrases."""
    http = click.Option(["--http"], metavar="HOST:PORT", help=say("cli.option.http"))
    role = click.Option(["--as", "role"], type=click.Choice([*ROLES]), default="member", help=say("cli.option.as"))
    return [
        command("run", _run, say("cli.run.help"), say, http),
        command("chat", _chat, say("cli.chat.help"), say, role),
    ]


def _run(options: Options, http: str | None) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(DONE))  # until the event loop takes over
    from bot.app import run
    from bot.web.server import address

    settings, say = read_settings(), phrases(options.language)
    for name, meant in misspelled_names():
        click.echo(say("cli.settings.misspelled", name=name, meant=meant), err=True)
    where = address(http) if http is not None else None
    if http is not None and where is None:
        raise ConfigurationError("cli.http.wrong", typed=http)
    settings.check_slack(http=where is not None)
    if settings.has_platform:
        return run.run(replace(options, lectures=options.served), settings, where)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ConfigurationError("cli.run.no_token_here")
    click.echo(say("cli.run.no_token"), err=True)
    return _chat(options, "member")


def _chat(options: Options, role: str) -> int:
    from bot.app import chat

    with options.trial() as trial:
        chat.chat(trial, ROLES[role])
    return DONE
