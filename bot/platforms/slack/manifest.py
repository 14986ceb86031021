"""The app manifest: what Slack must be told once, in the app's settings, for the bot to work."""

from typing import Any

from bot.commands.registry import COMMANDS, CommandSpec, ParameterKind
from bot.domain.called import LECTURE, Called
from bot.i18n import Phrases, phrases
from bot.i18n.excerpts import shortened
from bot.platforms.slack import limits
from bot.platforms.slack.command_text import CommandNames

NAME = "lecturebot"

SCOPES = (
    "app_mentions:read",  # @lecturebot next
    "channels:history",  # whether a post is there whose answer got lost: in a public channel,
    "channels:read",  # whether the bot is in a public channel, before somebody relies on its posts there
    "chat:write",  # answers and posts
    "commands",
    "files:write",  # the calendar file
    "groups:history",  # … in a private channel
    "groups:read",  # … in a private one
    "im:history",  # … and among the direct messages
    "im:write",  # reminders and files as direct messages
    "pins:write",  # the card of the next lecture, where a channel wants it
    "usergroups:read",  # who is in a user group of organizers
    "users:read",  # the language a person reads; who administrates the workspace
)

EVENTS = ("app_home_opened", "app_mention")


def manifest(prefix: str = "", request_url: str | None = None, called: Called = LECTURE) -> dict[str, Any]:
    """The manifest for Socket Mode or, with the bot's own public address (`…/slack/events`), for HTTP mode.

    `prefix` goes before the names of the commands, for a workspace where some are taken. Lectures are `called` so in
    what the commands are described by.
    """
    command_names = CommandNames(prefix)
    url = {"url": request_url} if request_url else {}
    target = {"request_url": request_url} if request_url else {}
    commands = [
        _command(spec, command_names, phrases("en", called)) | url
        for spec in COMMANDS
        if not spec.terminal_only and not spec.group
    ]
    if len(commands) > limits.COMMANDS:
        raise ValueError(f"Slack takes at most {limits.COMMANDS} commands")
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": NAME,
            "description": shortened(phrases("en")("slack.app_description"), limits.APP_DESCRIPTION),
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,  # without it nobody sees the files they asked for
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "slash_commands": commands,
        },
        "oauth_config": {"scopes": {"bot": [*SCOPES]}},
        "settings": {
            "event_subscriptions": {**target, "bot_events": [*EVENTS]},
            "interactivity": {"is_enabled": True, **target},
            "org_deploy_enabled": False,
            "socket_mode_enabled": request_url is None,
            "token_rotation_enabled": False,
        },
    }


def _command(spec: CommandSpec, command_names: CommandNames, say: Phrases) -> dict[str, Any]:
    name = command_names.command(spec.name)
    if len(name) > limits.COMMAND:
        raise ValueError(f"{name} is longer than the {limits.COMMAND} characters that Slack takes")
    command = {
        "command": name,
        "description": shortened(say(f"command.{spec.name}"), limits.COMMAND_DESCRIPTION),
        "should_escape": any(parameter.kind is ParameterKind.ROLE for parameter in spec.parameters),
    }
    if spec.parameters or spec.organizers:
        usage = say(f"usage.{spec.name}").partition(" ")[2]
        command["usage_hint"] = shortened(usage, limits.USAGE_HINT)
    return command
