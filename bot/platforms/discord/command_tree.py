"""Making the commands known to Discord, which offers them from then on."""

import inspect
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final

import aiohttp
import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.http import Route

from bot.commands.completion import completes
from bot.commands.registry import COMMANDS, MAX_TEXT, MAX_WORDS, CommandSpec, Parameter, ParameterKind
from bot.domain.called import LECTURE, Called
from bot.domain.series import Series
from bot.i18n import phrases
from bot.platforms import CredentialsRefusedError
from bot.platforms.discord.gateway import install
from bot.platforms.discord.interactions import Interaction, Interactions

_CONTEXTS: Final = {
    in_servers_only: app_commands.AppCommandContext(guild=True, dm_channel=not in_servers_only)
    for in_servers_only in (True, False)
}
_INSTALLS: Final = app_commands.AppInstallationType(guild=True)
_IN_SERVERS: Final = frozenset({"follow", "unfollow"})
"""Commands about the channel in which they are typed; they are in servers only, as is what is for organizers."""

_REGISTER: Final = "register"

Callback = Callable[..., Coroutine[Any, Any, None]]
Completing = Callable[[Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]


class CommandTree(app_commands.CommandTree[discord.Client]):
    """The commands of all servers; without `answers` it can be registered, but not asked, and needs to be told of which
    `series`.

    `/register` is known, but not registered, as long as nobody registers for any lecture.

    With `named_organizers` what is for organizers is shown to everybody, since Discord can't know who they are.
    """

    def __init__(
        self,
        client: discord.Client,
        answers: Interactions | None = None,
        *,
        series: Series | None = None,
        named_organizers: bool = False,
    ) -> None:
        super().__init__(
            client,
            allowed_contexts=_CONTEXTS[False],
            allowed_installs=_INSTALLS,
        )
        self._interactions: Final = answers
        self._series: Final = series
        shown = self._served
        called = shown.called if shown else LECTURE
        groups: dict[str, app_commands.Group] = {}
        for spec in COMMANDS:
            if spec.terminal_only or spec.pressed:
                continue
            if spec.group:
                groups[spec.group].add_command(_command(spec, answers, called))
            elif any(each.group == spec.name for each in COMMANDS):
                groups[spec.name] = _group(spec, called, named_organizers=named_organizers)
                self.add_command(groups[spec.name])
            else:
                self.add_command(_command(spec, answers, called))

    async def payload(self) -> list[dict[str, Any]]:
        """What registering them sends, in both languages."""
        translator, series = Localization(), self._served
        offered = [
            each for each in self.get_commands() if each.name != _REGISTER or series is None or series.has_registration
        ]
        return [await command.get_translated_payload(self, translator) for command in offered]

    @property
    def _served(self) -> Series | None:
        return self._interactions.series if self._interactions else self._series

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Answers commands that Discord still offers and this version doesn't know; answering raises no error else."""
        if self._interactions:
            await self._interactions.outdated(interaction)


class Localization(app_commands.Translator):
    """Gives the Japanese wording that a localizable string carries along; English is what all others see."""

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """The wording for `locale`, if there is an own one."""
        ja: str | None = string.extras.get("ja")
        return ja if locale is discord.Locale.japanese else None


def _group(spec: CommandSpec, called: Called, *, named_organizers: bool) -> app_commands.Group:
    """A command with verbs. Discord shows it to those who manage the server, unless organizers are named otherwise or
    a server decides otherwise; who may use it is decided by the core."""
    return app_commands.Group(
        name=locale_str(spec.name, ja=phrases("ja")(f"command.{spec.key}.name")),
        description=_localized(f"command.{spec.key}", called),
        default_permissions=None if named_organizers else discord.Permissions(manage_guild=True),
        allowed_contexts=_CONTEXTS[True],
        allowed_installs=_INSTALLS,
        auto_locale_strings=False,
    )


def _command(spec: CommandSpec, answers: Interactions | None, called: Called) -> app_commands.Command[Any, ..., None]:
    return app_commands.Command(
        name=locale_str(spec.name.rpartition(" ")[2], ja=phrases("ja")(f"command.{spec.key}.name")),
        description=_localized(f"command.{spec.key}", called),
        callback=_callback(spec, answers, called),
        allowed_contexts=_CONTEXTS[True] if spec.name in _IN_SERVERS else None,
        auto_locale_strings=False,
    )


def _callback(spec: CommandSpec, answers: Interactions | None, called: Called) -> Callback:
    """The function that discord.py calls; it reads the options to offer from its signature."""

    async def ask(interaction: Interaction, **typed: Any) -> None:
        if answers:
            values = [
                parameter.label + _word(typed[parameter.name])
                for parameter in spec.parameters
                if typed.get(parameter.name)
            ]
            await answers.command(interaction, " ".join([spec.name, *values]))

    longest = MAX_TEXT if spec.acts else MAX_WORDS
    asking = inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    options = [_option(parameter, longest) for parameter in spec.parameters]
    ask.__signature__ = inspect.Signature([asking, *options])  # type: ignore[attr-defined]
    callback: Callback = ask
    for parameter in spec.parameters:
        name = parameter.name
        callback = app_commands.describe(**{name: _localized(f"command.{spec.key}.{name}", called)})(callback)
        callback = app_commands.rename(**{name: locale_str(name, ja=phrases("ja")(f"option.{name}"))})(callback)
        if parameter.kind is ParameterKind.CHOICE:
            callback = app_commands.choices(**{name: _choices(parameter)})(callback)
        elif completes(parameter):
            callback = app_commands.autocomplete(**{name: _completing(parameter, answers)})(callback)
    return callback


def _completing(parameter: Parameter, answers: Interactions | None) -> Completing:
    async def completed(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return answers.completions(interaction, parameter, current) if answers else []

    return completed


def _option(parameter: Parameter, longest: int) -> inspect.Parameter:
    words: Any = app_commands.Range[str, 1, parameter.most or longest]
    kind: Any = {ParameterKind.ROLE: discord.Role, ParameterKind.CHOICE: str}.get(parameter.kind, words)
    return inspect.Parameter(
        parameter.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if parameter.required else None,
        annotation=kind if parameter.required else kind | None,
    )


def _word(value: Any) -> str:
    """An option's value as it is typed on a line."""
    return f"<@&{value.id}>" if isinstance(value, discord.Role) else str(value)


def _choices(parameter: Parameter) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=_localized(f"choice.{value}"), value=value) for value in parameter.choices]


def _localized(name: str, called: Called = LECTURE) -> locale_str:
    return locale_str(phrases("en", called)(name), ja=phrases("ja", called)(name))


REFUSED = (
    "Discord refuses the bot's token. Copy it anew from the Developer Portal (your application, page Bot) "
    "and set it as DISCORD_TOKEN."
)


RIGHTS: Final = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
    pin_messages=True,
    create_events=True,
    manage_roles=True,
)
"""Everything that the bot uses; where one is taken away, what needs it is left out."""

_OF_SERVER: Final = "/applications/{application_id}/guilds/{guild_id}/commands"


def configure(api_url: str | None) -> None:
    """Sets what discord.py knows only for the whole process: another API, how it reads the gateway, and that nobody
    misses voice."""
    install()
    if api_url:
        Route.BASE = api_url.rstrip("/")
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


async def sync(
    token: str, api_url: str | None = None, *, series: Series | None = None, named_organizers: bool = False
) -> list[str]:
    """Registers the commands, removes those that an earlier bot left on single servers, and returns the names.

    Raises CredentialsRefusedError for a refused token, discord.HTTPException or OSError if Discord can't be asked.
    """
    async with logged_in(token, api_url) as client:
        tree = CommandTree(client, series=series, named_organizers=named_organizers)
        commands = await tree.payload()
        await _register(client, commands)
        async for guild in client.fetch_guilds(limit=None):
            there = Route("GET", _OF_SERVER, application_id=client.application_id, guild_id=guild.id)
            if await client.http.request(there):
                there = Route("PUT", _OF_SERVER, application_id=client.application_id, guild_id=guild.id)
                await client.http.request(there, json=[])
        return [command["name"] for command in commands]


async def invite(token: str, api_url: str | None = None) -> str:
    """The address at which the bot is added to a server, with the rights that it uses.

    Raises what `sync` raises.
    """
    async with logged_in(token, api_url) as client:
        return discord.utils.oauth_url(
            client.application_id or 0, permissions=RIGHTS, scopes=("bot", "applications.commands")
        )


@asynccontextmanager
async def logged_in(
    token: str, api_url: str | None, trace: aiohttp.TraceConfig | None = None
) -> AsyncIterator[discord.Client]:
    """A client that asks Discord's API and receives nothing, for the length of the block; `trace` sees its requests.

    Raises CredentialsRefusedError, and discord.HTTPException or OSError if Discord can't be asked.
    """
    configure(api_url)
    async with discord.Client(intents=discord.Intents.none(), http_trace=trace or aiohttp.TraceConfig()) as client:
        try:
            await client.login(token)
        except discord.LoginFailure:
            raise CredentialsRefusedError(REFUSED) from None
        yield client


async def registered(client: discord.Client) -> list[dict[str, Any]]:
    """The commands as Discord has them for all servers."""
    found: list[dict[str, Any]] = await client.http.request(
        _route("GET", client), params={"with_localizations": "true"}
    )
    return found


def are_same(some: list[dict[str, Any]], others: list[dict[str, Any]]) -> bool:
    """Whether people see the same commands in both."""
    return _by_name(some) == _by_name(others)


async def sync_if_changed(client: discord.Client, tree: CommandTree) -> tuple[list[dict[str, Any]], bool]:
    """Registers the commands unless Discord has them as they are; returns them with their ids, and whether it did."""
    wanted, present = await tree.payload(), await registered(client)
    if are_same(present, wanted):
        return present, False
    return await _register(client, wanted), True


async def _register(client: discord.Client, commands: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Registers these in the place of all; returns them with their ids."""
    put: list[dict[str, Any]] = await client.http.request(_route("PUT", client), json=commands)
    return put


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
        "options": [_option_fields(option) for option in command.get("options") or ()],
    }


def _option_fields(option: dict[str, Any]) -> dict[str, Any]:
    return {
        **_named(option),
        "options": [_option_fields(each) for each in option.get("options") or ()],
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
