"""The command line: what `lecturebot` can do, and how it is typed."""

import json
import math
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.app import ask, export
from bot.commands.context import Reply, ReplyStatus
from bot.commands.parser import Role
from bot.domain.called import LECTURE, Called
from bot.domain.language import Language, language_of
from bot.domain.locales import locale_in
from bot.i18n import Phrases, phrases
from bot.i18n.languages import right_tag
from bot.options import ConfigurationError, Options
from bot.platforms import CredentialsRefusedError
from bot.schedule.problems import InvalidScheduleError
from bot.web.health import DATA, health

if TYPE_CHECKING:
    from bot.settings import Settings

T = TypeVar("T")

_DONE, _NO, _WRONG = 0, 1, 2
_ROLES = {"member": Role.MEMBER, "admin": Role.ORGANIZER}
_FORMATS = ("text", "json", "discord", "slack")
_EXAMINED = ("cli.data.", "cli.database.", "cli.refused.", "cli.run.", "cli.settings.", "store.")
"""How the phrases begin of what `doctor` looks at, too."""
_INIT = ("name", "timezone", "language", "called", "registration", "starts", "speaker", "title", "venue")
"""What `init` asks for, and takes as options."""


def main() -> None:
    """Runs the command that the process was started with, and ends the process."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    language = language_wanted(sys.argv[1:], os.environ)
    command_line(language).main(prog_name="lecturebot")


def language_wanted(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language of a person who typed these arguments in this environment; click checks the option itself."""
    wanted = None
    for option, value in zip(arguments, [*arguments[1:], ""], strict=False):
        name, given, attached = option.partition("=")
        typed = attached if given else value
        if name == "--lang" and right_tag(typed) is None:
            wanted = typed
    return wanted or language_of(locale_in(environment))


def command_line(language: Language) -> click.Group:
    """All commands, explained in `language`."""
    say = phrases(language)
    group = click.Group("lecturebot", help=say("cli.help"), params=_common(say))
    discord = click.Group("discord", help=say("cli.discord.help"), params=_common(say))
    slack = click.Group("slack", help=say("cli.slack.help"), params=_common(say))

    def add(to: click.Group, name: str, function: Callable[..., int], told: str, *params: click.Parameter) -> None:
        every, callback = [*params, *_common(say)], _guarded(function, say)
        to.add_command(click.Command(name, callback=callback, params=every, help=told, short_help=told))

    role = click.Option(["--as", "role"], type=click.Choice([*_ROLES]), default="member", help=say("cli.option.as"))
    line = click.Argument(["line"], nargs=-1, required=True)
    yes = click.Option(["--yes"], is_flag=True, help=say("cli.option.yes"))
    form = click.Option(
        ["--format", "form"], type=click.Choice(_FORMATS), default="text", help=say("cli.option.format")
    )
    http = click.Option(["--http"], metavar="HOST:PORT", help=say("cli.option.http"))
    file = click.Argument(["file"], required=False, type=Path)
    since = click.Option(["--from", "since"], metavar="ISO", help=say("cli.option.from"))
    until = click.Option(["--to", "until"], metavar="ISO", help=say("cli.option.to"))
    plan_form = click.Option(
        ["--format", "form"], type=click.Choice(_FORMATS[:2]), default="text", help=say("cli.option.format")
    )
    begin = click.Option(["--from", "since"], metavar="ISO", required=True, help=say("cli.option.from_needed"))
    end = click.Option(["--to", "until"], metavar="ISO", required=True, help=say("cli.option.to_needed"))
    export_form = click.Argument(["form"], type=click.Choice([*export.FORMS]))
    lecture = click.Option(["--lecture"], metavar="N", help=say("export.option.lecture"))
    url = click.Option(["--url"], metavar="URL", help=say("cli.option.url"))
    add(group, "run", _run, say("cli.run.help"), http)
    add(group, "chat", _chat, say("cli.chat.help"), role)
    add(group, "ask", _ask, say("cli.ask.help"), line, role, yes, form)
    add(group, "check", _check, say("cli.check.help"), file)
    add(group, "schema", _schema, say("cli.schema.help"))
    add(group, "plan", _plan, say("cli.plan.help"), since, until, plan_form)
    pages = click.Option(["--pages"], type=Path, metavar="DIR", help=say("cli.option.pages"))
    told_as = click.Option(["--format", "form"], type=click.Choice(_FORMATS[:2]), help=say("cli.option.told_as"))
    add(group, "rehearse", _rehearse, say("cli.rehearse.help"), begin, end, pages, told_as)
    told = [click.Option([f"--{each}"], metavar=each.upper(), help=say(f"init.option.{each}")) for each in _INIT]
    add(group, "init", _init, say("init.help"), click.Argument(["source"], required=False), *told)
    template = click.Option(["--template"], type=Path, metavar="FILE", help=say("export.option.template"))
    add(group, "export", _export, say("export.help"), export_form, lecture, template)
    source = click.Argument(["source"])
    writes = click.Option(["--write"], is_flag=True, help=say("sync.import.option.write"))
    quiet = click.Option(["--quietly"], is_flag=True, help=say("sync.import.option.quietly"))
    add(group, "import", _import, say("sync.import.help"), source, writes, quiet)
    as_json = click.Option(["--json", "as_json"], is_flag=True, help=say("doctor.option.json"))
    add(group, "doctor", _doctor, say("doctor.help"), as_json)
    add(group, "health", _health, say("cli.health.help"))
    add(discord, "sync", _discord_sync, say("cli.discord_sync.help"))
    add(discord, "invite", _discord_invite, say("cli.discord_invite.help"))
    link = click.Option(["--link"], is_flag=True, help=say("cli.option.link"))
    add(slack, "manifest", _slack_manifest, say("cli.slack_manifest.help"), url, link)
    group.add_command(discord)
    group.add_command(slack)
    return group


def _common(say: Phrases) -> list[click.Parameter]:
    """The options that are taken before and after a command's name; the last one given counts."""

    def option(*names: str, **attributes: Any) -> click.Option:
        return click.Option(names, expose_value=False, callback=_lecture_states, **attributes)

    return [
        option("--lectures", type=Path, metavar="FILE", help=say("cli.option.lectures")),
        option("--data", type=Path, metavar="DIR", help=say("cli.option.data")),
        option("--now", metavar="ISO", help=say("cli.option.now")),
        option("--speed", type=float, metavar="N", help=say("cli.option.speed")),
        option("--lang", metavar="TAG", help=say("cli.option.lang")),
    ]


def _lecture_states(context: click.Context, parameter: click.Parameter, value: Any) -> None:
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
            code = _WRONG
        except InvalidScheduleError as invalid:
            for line in ask.problem_lines(invalid.problems, say.language):
                click.echo(line, err=True)
            code = _NO
        context.exit(code)

    return command


def _run(options: Options, http: str | None) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(_DONE))  # until the event loop takes over
    from bot.app import run
    from bot.settings import misspelled_names, read_settings
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
        chat.chat(trial, _ROLES[role])
    return _DONE


def _ask(options: Options, line: tuple[str, ...], role: str, form: str, yes: bool) -> int:
    asked = " ".join(line).encode("utf-8", "replace").decode("utf-8")
    reply = ask.answer(options, asked, _ROLES[role], confirmed=yes)
    if form == "text":
        if not ask.show(options, reply):
            return _NO
    else:
        click.echo(json.dumps(_payload(reply, form, options.language), ensure_ascii=False, indent=2))
    return _DONE if reply.outcome is ReplyStatus.DONE else _NO


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


def _check(options: Options, file: Path | None) -> int:
    say, path = phrases(options.language), file or options.file
    try:
        series = ask.series(path)
    except InvalidScheduleError as invalid:
        for line in ask.problem_lines(invalid.problems, options.language):
            click.echo(line)
        return _NO
    click.echo(say("cli.check.well", file=str(path), count=len(series.lectures)))
    return _DONE


def _schema(_: Options) -> int:
    from bot.schedule.json_schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return _DONE


def _plan(options: Options, since: str | None, until: str | None, form: str) -> int:
    from bot.app import plan
    from bot.app.plan import audience
    from bot.settings import read_settings

    posts = plan.previewed(options, since, until, audience(options, read_settings()))
    if form == "json":
        click.echo(json.dumps([each.structure for each in posts], ensure_ascii=False, indent=2))
    else:
        plan.show(posts, options.language)
    return _DONE


def _rehearse(options: Options, since: str, until: str, pages: Path | None, form: str | None) -> int:
    from bot.app.plan import audience
    from bot.app.rehearse import rehearse
    from bot.settings import read_settings

    usual = "text" if sys.stdout.isatty() else "json"
    rehearse(options, since, until, audience(options, read_settings()), pages, form or usual)
    return _DONE


def _export(options: Options, form: str, lecture: str | None, template: Path | None) -> int:
    try:
        click.echo(export.exported(options, form, lecture, template), nl=False)
    except export.NothingToExportError as nothing:
        click.echo(nothing.sentence(options.language), err=True)
        return _NO
    return _DONE


def _init(options: Options, source: str | None, **given: str | None) -> int:
    from bot.app import init
    from bot.app.import_ import NotImportedError

    say = phrases(options.language)
    try:
        init.target(options)
        init.made(options, init.answers(options, given, has_source=source is not None), source)
    except init.NotMadeError as refusal:
        click.echo(say(refusal.phrase, **refusal.values), err=True)
        return _NO
    except NotImportedError as refusal:
        click.echo("\n".join(refusal.sentences), err=True)
        return _NO
    return _DONE


def _import(options: Options, source: str, write: bool, quietly: bool) -> int:
    from bot.app.import_ import NotImportedError, imported
    from bot.logs import set_up_logs
    from bot.settings import read_settings

    settings = read_settings()
    set_up_logs(settings.log_format, settings.secrets)
    try:
        lines = imported(options, source, settings.database(options.data), takes_over=write, quietly=quietly)
    except NotImportedError as refusal:
        lines = [*refusal.sentences]
        code = _NO
    else:
        code = _DONE
    for line in lines:
        click.echo(line, err=code != _DONE)
    return code


def _doctor(options: Options, as_json: bool) -> int:
    from bot.app import doctor
    from bot.logs import no_logs

    with no_logs():
        diagnosis = doctor.diagnosed(options)
    doctor.show(diagnosis, options.language, as_json)
    return _DONE if diagnosis.well else _NO


def _health(options: Options) -> int:
    well, line = health(options.data, options.language, datetime.now(UTC))
    click.echo(line)
    return _DONE if well else _NO


def _discord_sync(options: Options) -> int:
    from bot.app.run import discord_sync

    def told(names: list[str], say: Phrases) -> str:
        return say("cli.discord.synced", count=len(names), names=" ".join(f"/{name}" for name in names))

    return _asked_of_discord(lambda settings: discord_sync(settings, _called(options)), told, options)


def _discord_invite(options: Options) -> int:
    from bot.app.run import discord_invite

    return _asked_of_discord(discord_invite, lambda address, _: address, options)


def _asked_of_discord(ask: Callable[["Settings"], T], told: Callable[[T, Phrases], str], options: Options) -> int:
    from bot.app.run import UnreachableError
    from bot.settings import read_settings

    say, settings = phrases(options.language), read_settings()
    if not settings.discord_token:
        raise ConfigurationError("cli.discord.no_token")
    try:
        answer = ask(settings)
    except CredentialsRefusedError:
        raise ConfigurationError("cli.refused.discord", setting="DISCORD_TOKEN") from None
    except UnreachableError as error:
        click.echo(say("cli.discord.unreachable", reason=str(error)), err=True)
        return _NO
    click.echo(told(answer, say))
    return _DONE


def _slack_manifest(options: Options, url: str | None, link: bool) -> int:
    from bot.platforms import slack
    from bot.settings import read_settings

    settings = read_settings()
    if url is not None and not slack.is_request_url(url):
        raise ConfigurationError("cli.slack_manifest.url", typed=url[:100])
    names = slack.CommandNames(
        settings.slack_command_prefix or "", slack.Declared(settings.slack_commands or "default")
    )
    made = slack.manifest(names, _phrases_served(options), url)
    click.echo(slack.creation_link(made) if link else json.dumps(made, ensure_ascii=False, indent=2))
    return _DONE


def _called(options: Options) -> Called:
    """What the lectures of the schedule are called; where it can't be read, lectures."""
    try:
        return ask.series(options.file).called
    except InvalidScheduleError:
        return LECTURE


def _phrases_served(options: Options) -> Phrases:
    """Sentences as the bot says them in public; where the schedule can't be read, in the language of the terminal."""
    try:
        series = ask.series(options.file)
    except InvalidScheduleError:
        return phrases(options.language)
    return phrases(options.chosen or series.language, series.called)
