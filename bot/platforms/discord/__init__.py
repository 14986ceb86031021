"""Discord: slash commands, embeds and buttons."""

from bot.platforms.discord.command_tree import invite, sync
from bot.platforms.discord.platform import DiscordPlatform
from bot.platforms.discord.rendering import payload

__all__ = ["DiscordPlatform", "invite", "payload", "sync"]
