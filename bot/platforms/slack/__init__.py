"""Slack: slash commands, mentions, buttons, App Home, over Socket Mode or signed HTTP requests."""

from bot.platforms.slack.blocks import payload
from bot.platforms.slack.manifest import manifest
from bot.platforms.slack.platform import SlackPlatform

__all__ = ["SlackPlatform", "manifest", "payload"]
