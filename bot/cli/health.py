"""`health`."""

from datetime import UTC, datetime

import click

from bot.cli.command import DONE, NO, command
from bot.i18n import Phrases
from bot.options import Options
from bot.web.health import health


def commands(say: Phrases) -> list[click.Command]:
    """The command, explained in the language of these phrases."""
    return [command("health", _health, say("cli.health.help"), say)]


def _health(options: Options) -> int:
    well, line = health(options.data, options.language, datetime.now(UTC))
    click.echo(line)
    return DONE if well else NO
