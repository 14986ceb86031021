"""`export`."""

from pathlib import Path

import click

from bot.app import export
from bot.cli.command import DONE, NO, command
from bot.i18n import Phrases
from bot.options import Options


def commands(say: Phrases) -> list[click.Command]:
    """The command, explained in the language of these phrases."""
    form = click.Argument(["form"], type=click.Choice([*export.FORMS]))
    lecture = click.Option(["--lecture"], metavar="N", help=say("export.option.lecture"))
    template = click.Option(["--template"], type=Path, metavar="FILE", help=say("export.option.template"))
    return [command("export", _export, say("export.help"), say, form, lecture, template)]


def _export(options: Options, form: str, lecture: str | None, template: Path | None) -> int:
    try:
        click.echo(export.exported(options, form, lecture, template), nl=False)
    except export.NothingToExportError as nothing:
        click.echo(nothing.sentence(options.language), err=True)
        return NO
    return DONE
