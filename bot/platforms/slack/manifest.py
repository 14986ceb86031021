"""The app manifest: what Slack must be told once, in the app's settings, for the bot to work."""

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlsplit

from bot.commands.registry import BY_NAME, CommandSpec, ParameterKind
from bot.i18n import Phrases
from bot.i18n.excerpts import shortened
from bot.platforms.slack import conversations, limits
from bot.platforms.slack.command_text import ONE, CommandNames
from bot.platforms.slack.http import PATH
from bot.platforms.slack.scopes import SCOPES

NAME = "lecturebot"
CREATE: Final = "https://api.slack.com/apps?new_app=1&manifest_json="
"""Where Slack asks whether to create the app that the manifest behind it describes."""

EVENTS = ("app_home_opened", "app_mention", "message.im", *conversations.EVENTS)

SHORTCUT: Final = "next"
"""The shortcut that is offered everywhere, by the command line for which it stands."""


def manifest(command_names: CommandNames, say: Phrases, request_url: str | None = None) -> dict[str, Any]:
    """The manifest for Socket Mode or, with the bot's own public address (`…/slack/events`), for HTTP mode.

    `say` is the language in which Slack lists the commands. Raises ValueError for names that Slack doesn't take.
    """
    url = {"url": request_url} if request_url else {}
    target = {"request_url": request_url} if request_url else {}
    commands = [_command(BY_NAME[name], command_names, say) | url for name in command_names.declared]
    commands.append(_one(command_names, say) | url)
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": NAME,
            "description": shortened(say("slack.app_description"), limits.APP_DESCRIPTION),
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,  # for the files that people asked for, and to ask by words
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "shortcuts": [
                {
                    "name": shortened(say("slack.shortcut"), limits.SHORTCUT),
                    "type": "global",
                    "callback_id": SHORTCUT,
                    "description": shortened(say("slack.shortcut_description"), limits.SHORTCUT_DESCRIPTION),
                }
            ],
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


def creation_link(made: Mapping[str, Any]) -> str:
    """The address at which Slack creates the app that a manifest describes."""
    return CREATE + quote(json.dumps(made, ensure_ascii=False, separators=(",", ":")), safe="")


def is_request_url(url: str) -> bool:
    """Whether Slack can call the bot there: HTTPS, a host, and the path at which the bot listens."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    plain = "@" not in parts.netloc and not parts.query and not parts.fragment and url.isascii() and " " not in url
    return parts.scheme == "https" and bool(host) and plain and parts.path.endswith(PATH)


def _command(spec: CommandSpec, command_names: CommandNames, say: Phrases) -> dict[str, Any]:
    usage = say(f"usage.{spec.name}").partition(" ")[2] if spec.parameters or spec.organizers else ""
    escapes = any(parameter.kind is ParameterKind.ROLE for parameter in spec.parameters)
    return _declared(command_names.slash(spec.name), say(f"command.{spec.name}"), usage, escapes=escapes)


def _one(command_names: CommandNames, say: Phrases) -> dict[str, Any]:
    """The command that takes all others, among them one with a user group."""
    return _declared(command_names.slash(ONE), say("slack.one"), say("slack.one_usage"), escapes=True)


def _declared(name: str, description: str, usage: str, *, escapes: bool) -> dict[str, Any]:
    if len(name) > limits.COMMAND:
        raise ValueError(f"{name} is longer than the {limits.COMMAND} characters that Slack takes")
    declared = {
        "command": name,
        "description": shortened(description, limits.COMMAND_DESCRIPTION),
        "should_escape": escapes,
    }
    return {**declared, "usage_hint": shortened(usage, limits.USAGE_HINT)} if usage else declared
