"""`database …`."""

from collections.abc import Callable
from pathlib import Path

import click

from bot.app.database import backup, copy_to, restore
from bot.cli.command import DONE, NO, command, common_options
from bot.i18n import Phrases, phrases
from bot.logs import no_logs
from bot.options import Options
from bot.settings import Settings, read_settings
from bot.storage import CannotOpenError


def commands(say: Phrases) -> list[click.Command]:
    """The commands, explained in the language of these phrases."""
    database = click.Group("database", help=say("database.help"), params=common_options(say))
    file, url = click.Argument(["file"], type=Path), click.Argument(["url"])
    database.add_command(command("backup", _backup, say("database.backup.help"), say, file))
    database.add_command(command("restore", _restore, say("database.restore.help"), say, file))
    database.add_command(command("copy", _copy, say("database.copy.help"), say, url))
    return [database]


def _backup(options: Options, file: Path) -> int:
    return _done(options, lambda settings: backup(options, settings, file))


def _restore(options: Options, file: Path) -> int:
    return _done(options, lambda settings: restore(options, settings, file))


def _copy(options: Options, url: str) -> int:
    return _done(options, lambda settings: copy_to(options, settings, url))


def _done(options: Options, work: Callable[[Settings], list[str]]) -> int:
    """Does something with the database as a whole, and says what was done or why not."""
    say, settings = phrases(options.language), read_settings()
    try:
        with no_logs():
            lines = work(settings)
    except CannotOpenError as fault:
        click.echo(say(fault.phrase, **fault.values), err=True)
        return NO
    except OSError as error:
        reason = error.strerror or type(error).__name__
        click.echo(say("database.unwritable", file=str(error.filename), reason=reason), err=True)
        return NO
    for line in lines:
        click.echo(line)
    return DONE
