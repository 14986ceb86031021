"""`plan` and `rehearse`."""

import json
import sys
from pathlib import Path

import click

from bot.app import plan
from bot.app.plan import audience
from bot.app.rehearse import rehearse
from bot.cli.command import DONE, FORMATS, command
from bot.i18n import Phrases
from bot.options import Options
from bot.settings import read_settings


def commands(say: Phrases) -> list[click.Command]:
    """The commands, explained in the language of these phrases."""
    since = click.Option(["--from", "since"], metavar="ISO", help=say("cli.option.from"))
    until = click.Option(["--to", "until"], metavar="ISO", help=say("cli.option.to"))
    form = click.Option(["--format", "form"], type=click.Choice(FORMATS), default="text", help=say("cli.option.format"))
    begin = click.Option(["--from", "since"], metavar="ISO", required=True, help=say("cli.option.from_needed"))
    end = click.Option(["--to", "until"], metavar="ISO", required=True, help=say("cli.option.to_needed"))
    pages = click.Option(["--pages"], type=Path, metavar="DIR", help=say("cli.option.pages"))
    told_as = click.Option(["--format", "form"], type=click.Choice(FORMATS), help=say("cli.option.told_as"))
    return [
        command("plan", _plan, say("cli.plan.help"), say, since, until, form),
        command("rehearse", _rehearse, say("cli.rehearse.help"), say, begin, end, pages, told_as),
    ]


def _plan(options: Options, since: str | None, until: str | None, form: str) -> int:
    posts = plan.previewed(options, since, until, audience(options, read_settings()))
    if form == "json":
        click.echo(json.dumps([each.structure for each in posts], ensure_ascii=False, indent=2))
    else:
        plan.show(posts, options.language)
    return DONE


def _rehearse(options: Options, since: str, until: str, pages: Path | None, form: str | None) -> int:
    usual = "text" if sys.stdout.isatty() else "json"
    rehearse(options, since, until, audience(options, read_settings()), pages, form or usual)
    return DONE
