"""What all commands share: options, exit codes, how it is told that something went wrong."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from bot.commands.parser import Role
from bot.domain.language import Language
from bot.i18n import Phrases
from bot.i18n.languages import right_tag
from bot.options import ConfigurationError, Options
from bot.schedule.problems import InvalidScheduleError
from bot.schedule.reader import written
from bot.web.health import DATA

DONE: Final = 0
NO: Final = 1
WRONG: Final = 2
ROLES: Final = {"member": Role.MEMBER, "admin": Role.ORGANIZER}
FORMATS: Final = ("text", "json")
_EXAMINED: Final = ("cli.data.", "cli.database.", "cli.refused.", "cli.run.", "cli.settings.", "store.")
"""How the phrases begin of what `doctor` looks at, too."""


def command(
    name: str, function: Callable[..., int], told: str, say: Phrases, *params: click.Parameter
) -> click.Command:
    """A command that calls the function with the options and its own parameters, and ends with the code it returns."""
    every, callback = [*params, *common_options(say)], _guarded(function, say)
    return click.Command(name, callback=callback, params=every, help=told, short_help=told)


def common_options(say: Phrases) -> list[click.Parameter]:
    """The options that are taken before and after a command's name; the last one given counts."""

    def option(*names: str, **attributes: Any) -> click.Option:
        return click.Option(names, expose_value=False, callback=_keep, **attributes)

    return [
        option("--lectures", type=Path, metavar="FILE", help=say("cli.option.lectures")),
        option("--data", type=Path, metavar="DIR", help=say("cli.option.data")),
        option("--now", metavar="ISO", help=say("cli.option.now")),
        option("--speed", type=float, metavar="N", help=say("cli.option.speed")),
        option("--lang", metavar="TAG", help=say("cli.option.lang")),
    ]


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value is not None:
        context.meta[f"lecturebot.{parameter.name}"] = value


def _options(context: click.Context, language: Language) -> Options:
    given = {name: context.meta.get(f"lecturebot.{name}") for name in ("lectures", "now", "speed")}
    speed = given["speed"]
    if speed is not None and not (math.isfinite(speed) and speed > 0):
        raise ConfigurationError("cli.speed.wrong", typed=f"{speed:g}")
    chosen: str | None = context.meta.get("lecturebot.lang")
    example = right_tag(chosen) if chosen else None
    if chosen and example:
        raise ConfigurationError("cli.lang.wrong", typed=chosen, example=example)
    return Options(language, context.meta.get("lecturebot.data", Path(DATA)), **given, chosen=chosen)


def _guarded(function: Callable[..., int], say: Phrases) -> Callable[..., None]:
    """The command as click calls it: what went wrong is told in a line, and the exit code says of what sort it was."""

    def command(**parameters: Any) -> None:
        context = click.get_current_context()
        try:
            code = function(_options(context, say.language), **parameters)
        except ConfigurationError as error:
            told = say(error.phrase, **error.values)
            click.echo(say("cli.see_doctor", told=told) if error.phrase.startswith(_EXAMINED) else told, err=True)
            code = WRONG
        except InvalidScheduleError as invalid:
            for each in invalid.problems:
                click.echo(written(each, say.language), err=True)
            code = NO
        context.exit(code)

    return command
