"""Making the commands known to Discord, which offers them from then on."""

from typing import Any

import discord
from discord.http import Route

from bot.platforms import CredentialsRefused
from bot.platforms.discord.tree import CommandTree

REFUSED = (
    "Discord refuses the bot's token. Copy it anew from the Developer Portal (your application, page Bot) "
    "and set it as DISCORD_TOKEN."
)


def configure(api_url: str | None) -> None:
    """Sets what discord.py knows only for the whole process: another API, and that nobody misses voice."""
    if api_url:
        Route.BASE = api_url.rstrip("/")
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


async def sync(token: str, api_url: str | None = None) -> list[str]:
    """Registers the commands and returns their names.

    Raises CredentialsRefused for a refused token, discord.HTTPException or OSError if Discord can't be asked.
    """
    configure(api_url)
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            await client.login(token)
        except discord.LoginFailure:
            raise CredentialsRefused(REFUSED) from None
        tree = CommandTree(client)
        await _register(client, await tree.payload())
        return [command.name for command in tree.get_commands()]


async def sync_if_changed(client: discord.Client, tree: CommandTree) -> bool:
    """Registers the commands unless Discord has them as they are; returns whether it did."""
    wanted = await tree.payload()
    registered = await client.http.request(_route("GET", client), params={"with_localizations": "true"})
    if _by_name(registered) == _by_name(wanted):
        return False
    await _register(client, wanted)
    return True


async def _register(client: discord.Client, commands: list[dict[str, Any]]) -> None:
    await client.http.request(_route("PUT", client), json=commands)


def _route(method: str, client: discord.Client) -> Route:
    return Route(method, "/applications/{application_id}/commands", application_id=client.application_id)


def _by_name(commands: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {str(command["name"]): _essence(command) for command in commands}


def _essence(command: dict[str, Any]) -> dict[str, Any]:
    """What the two sides say of a command, without ids, versions and whatever is left at its default."""
    rights = command.get("default_member_permissions")
    return {
        **_named(command),
        "type": command.get("type", 1),
        "contexts": sorted(command.get("contexts") or ()),
        "integration_types": sorted(command.get("integration_types") or ()),
        "rights": None if rights is None else str(rights),
        "options": [_option(option) for option in command.get("options") or ()],
    }


def _option(option: dict[str, Any]) -> dict[str, Any]:
    return {
        **_named(option),
        "options": [_option(each) for each in option.get("options") or ()],
        "type": option["type"],
        "required": bool(option.get("required")),
        "autocomplete": bool(option.get("autocomplete")),
        "length": (option.get("min_length"), option.get("max_length")),
        "choices": [
            (choice["name"], choice["value"], choice.get("name_localizations") or {})
            for choice in option.get("choices") or ()
        ],
    }


def _named(it: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": it["name"],
        "description": it.get("description", ""),
        "localized": (it.get("name_localizations") or {}, it.get("description_localizations") or {}),
    }
