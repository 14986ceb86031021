"""`check` and `schema`."""

import json
from pathlib import Path

import click

from bot.cli.command import DONE, NO, command
from bot.i18n import Phrases, phrases
from bot.options import Options
from bot.schedule.json_schema import json_schema
from bot.schedule.problems import InvalidScheduleError
from bot.schedule.reader import read_file, written


def commands(say: Phrases) -> list[click.Command]:
    """The commands, explained in the language of these phrases."""
    file = click.Argument(["file"], required=False, type=Path)
    return [
        command("check", _check, say("cli.check.help"), say, file),
        command("schema", _schema, say("cli.schema.help"), say),
    ]


def _check(options: Options, file: Path | None) -> int:
    say, path = phrases(options.language), file or options.file
    try:
        series = read_file(path).series
    except InvalidScheduleError as invalid:
        for each in invalid.problems:
            click.echo(written(each, options.language))
        return NO
    click.echo(say("cli.check.well", file=str(path), count=len(series.lectures)))
    return DONE


def _schema(_: Options) -> int:
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return DONE
