"""The platforms that have a token, connected as the settings say; one without is not even loaded."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.announcements.events.calendar import EventCalendar
from bot.announcements.poster import Poster
from bot.app.services import Platforms
from bot.domain.subscriptions import AddressKind
from bot.platforms import Platform
from bot.settings import Settings

if TYPE_CHECKING:
    from aiohttp import web


@dataclass(frozen=True, slots=True)
class Connections:
    """The platforms, and what their HTTP modes need an HTTP server for."""

    platforms: Platforms
    routes: "list[web.RouteDef]" = field(default_factory=list)


def connections(settings: Settings) -> Connections:
    """Every platform that has a token."""
    platforms: dict[str, Platform] = {}
    posters: dict[str, Poster] = {}
    calendars: list[EventCalendar] = []
    routes: list[web.RouteDef] = []
    if settings.discord_token:
        from bot.platforms.discord import DiscordPlatform

        discord = DiscordPlatform(
            settings.discord_token.get_secret_value(),
            settings.discord_api_url,
            named_organizers=bool(settings.admins),
        )
        platforms[discord.name], posters[discord.name] = discord, discord.poster
        calendars.append(discord.poster.events)
    if settings.slack_bot_token:
        from bot.platforms.slack import CommandNames, Declared, SlackPlatform

        slack = SlackPlatform(
            settings.slack_bot_token.get_secret_value(),
            _clear(settings.slack_app_token),
            _clear(settings.slack_signing_secret),
            settings.slack_api_url,
            CommandNames(settings.slack_command_prefix or "", Declared(settings.slack_commands or "default")),
            [each.id for each in settings.admins if each.platform == "slack" and each.kind is AddressKind.ROLE],
        )
        platforms[slack.name], posters[slack.name] = slack, slack.poster
        routes.extend(slack.routes())
    return Connections(Platforms(platforms, posters, calendars), routes)


def _clear(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None
