"""`doctor`."""

import click

from bot.app import doctor
from bot.cli.command import DONE, NO, command
from bot.i18n import Phrases
from bot.logs import no_logs
from bot.options import Options


def commands(say: Phrases) -> list[click.Command]:
    """The command, explained in the language of these phrases."""
    as_json = click.Option(["--json", "as_json"], is_flag=True, help=say("doctor.option.json"))
    return [command("doctor", _doctor, say("doctor.help"), say, as_json)]


def _doctor(options: Options, as_json: bool) -> int:
    with no_logs():
        diagnosis = doctor.diagnosed(options)
    doctor.show(diagnosis, options.language, as_json)
    return DONE if diagnosis.well else NO
