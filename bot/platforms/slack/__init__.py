"""Slack: slash commands, mentions, buttons, App Home, over Socket Mode or signed HTTP requests."""

from bot.platforms.slack.blocks import payload
from bot.platforms.slack.command_text import CommandNames, Declared
from bot.platforms.slack.manifest import creation_link, is_request_url, manifest
from bot.platforms.slack.platform import SlackPlatform

__all__ = ["CommandNames", "Declared", "SlackPlatform", "creation_link", "is_request_url", "manifest", "payload"]
