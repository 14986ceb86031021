"""`discord …` and `slack …`."""

import json
from collections.abc import Callable
from typing import TypeVar

import click

from bot.app.run import UnreachableError, discord_invite, discord_sync
from bot.cli.command import DONE, NO, command, common_options
from bot.domain.series import Series
from bot.i18n import Phrases, phrases
from bot.options import ConfigurationError, Options
from bot.platforms import CredentialsRefusedError
from bot.schedule.problems import InvalidScheduleError
from bot.schedule.reader import read_file
from bot.settings import Settings, read_settings

T = TypeVar("T")


def commands(say: Phrases) -> list[click.Command]:
    """The commands, explained in the language of these phrases."""
    discord = click.Group("discord", help=say("cli.discord.help"), params=common_options(say))
    discord.add_command(command("sync", _discord_sync, say("cli.discord_sync.help"), say))
    discord.add_command(command("invite", _discord_invite, say("cli.discord_invite.help"), say))
    url = click.Option(["--url"], metavar="URL", help=say("cli.option.url"))
    link = click.Option(["--link"], is_flag=True, help=say("cli.option.link"))
    slack = click.Group("slack", help=say("cli.slack.help"), params=common_options(say))
    slack.add_command(command("manifest", _slack_manifest, say("cli.slack_manifest.help"), say, url, link))
    return [discord, slack]


def _discord_sync(options: Options) -> int:
    def told(names: list[str], say: Phrases) -> str:
        return say("cli.discord.synced", count=len(names), names=" ".join(f"/{name}" for name in names))

    return _asked_of_discord(lambda settings: discord_sync(settings, _series(options)), told, options)


def _discord_invite(options: Options) -> int:
    return _asked_of_discord(discord_invite, lambda address, _: address, options)


def _asked_of_discord(ask: Callable[[Settings], T], told: Callable[[T, Phrases], str], options: Options) -> int:
    say, settings = phrases(options.language), read_settings()
    if not settings.discord_token:
        raise ConfigurationError("cli.discord.no_token")
    try:
        answer = ask(settings)
    except CredentialsRefusedError:
        raise ConfigurationError("cli.refused.discord", setting="DISCORD_TOKEN") from None
    except UnreachableError as error:
        click.echo(say("cli.discord.unreachable", reason=str(error)), err=True)
        return NO
    click.echo(told(answer, say))
    return DONE


def _slack_manifest(options: Options, url: str | None, link: bool) -> int:
    from bot.platforms import slack

    settings = read_settings()
    if url is not None and not slack.is_request_url(url):
        raise ConfigurationError("cli.slack_manifest.url", typed=url[:100])
    names = slack.CommandNames(
        settings.slack_command_prefix or "", slack.Declared(settings.slack_commands or "default")
    )
    made = slack.manifest(names, _phrases_served(options), url)
    click.echo(slack.creation_link(made) if link else json.dumps(made, ensure_ascii=False, indent=2))
    return DONE


def _series(options: Options) -> Series | None:
    """The series of the schedule, if that can be read."""
    try:
        return read_file(options.file).series
    except InvalidScheduleError:
        return None


def _phrases_served(options: Options) -> Phrases:
    """Sentences as the bot says them in public; where the schedule can't be read, in the language of the terminal."""
    try:
        series = read_file(options.file).series
    except InvalidScheduleError:
        return phrases(options.language)
    return phrases(options.chosen or series.language, series.called)
