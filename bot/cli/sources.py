"""`init` and `import`."""

import click

from bot.app import init
from bot.app.import_ import NotImportedError, imported
from bot.cli.command import DONE, NO, command
from bot.i18n import Phrases, phrases
from bot.logs import set_up_logs
from bot.options import Options
from bot.settings import read_settings

_INIT = ("name", "timezone", "language", "called", "registration", "starts", "speaker", "title", "venue")
"""What `init` asks for, and takes as options."""


def commands(say: Phrases) -> list[click.Command]:
    """The commands, explained in the language of these phrases."""
    source = click.Argument(["source"], required=False)
    told = [click.Option([f"--{each}"], metavar=each.upper(), help=say(f"init.option.{each}")) for each in _INIT]
    required = click.Argument(["source"])
    writes = click.Option(["--write"], is_flag=True, help=say("sync.import.option.write"))
    quiet = click.Option(["--quietly"], is_flag=True, help=say("sync.import.option.quietly"))
    return [
        command("init", _init, say("init.help"), say, source, *told),
        command("import", _import, say("sync.import.help"), say, required, writes, quiet),
    ]


def _init(options: Options, source: str | None, **given: str | None) -> int:
    say = phrases(options.language)
    try:
        init.target(options)
        init.made(options, init.answers(options, given, has_source=source is not None), source)
    except init.NotMadeError as refusal:
        click.echo(say(refusal.phrase, **refusal.values), err=True)
        return NO
    except NotImportedError as refusal:
        click.echo("\n".join(refusal.sentences), err=True)
        return NO
    return DONE


def _import(options: Options, source: str, write: bool, quietly: bool) -> int:
    settings = read_settings()
    set_up_logs(settings.log_format, settings.secrets)
    try:
        lines = imported(options, source, settings.database(options.data), takes_over=write, quietly=quietly)
    except NotImportedError as refusal:
        lines = [*refusal.sentences]
        code = NO
    else:
        code = DONE
    for line in lines:
        click.echo(line, err=code != DONE)
    return code
