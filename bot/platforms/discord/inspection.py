"""Discord as `lecturebot doctor` looks at it: asked over the REST API, without a session that would take requests."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import discord
from discord.abc import GuildChannel
from discord.http import Route

from bot.domain.subscriptions import Address, AddressKind, Follower
from bot.platforms import CredentialsRefusedError
from bot.platforms.discord.command_tree import CommandTree, are_same, logged_in, registered
from bot.platforms.discord.http import RequestTrace
from bot.platforms.discord.rights import missing_rights
from bot.platforms.inspection import Expectations, Finding, Inspection, note, well, wrong

_TIMEOUT: Final = 60.0
"""Seconds for all questions together; discord.py asks up to five times."""

_ADMIN: Final = "admin"


@dataclass(frozen=True, slots=True)
class _Server:
    """A server with its roles, and the bot as its member."""

    guild: discord.Guild
    me: discord.Member


async def inspect(token: str, api_url: str | None, expected: Expectations) -> Inspection:
    """What Discord says of the token, the commands, the channels to which posts go, and the organizers."""
    trace = RequestTrace()
    findings: list[Finding] = []
    try:
        async with asyncio.timeout(_TIMEOUT), logged_in(token, api_url, trace.config) as client:
            findings += [each async for each in _findings(client, expected)]
    except CredentialsRefusedError:
        findings.append(wrong("cli.refused.discord", setting="DISCORD_TOKEN"))
    except (OSError, TimeoutError, discord.DiscordException) as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        findings.append(wrong("doctor.discord.unreachable", "doctor.unreachable.mend", reason=reason))
    return Inspection(tuple(findings), trace.clock_skew)


async def _findings(client: discord.Client, expected: Expectations) -> AsyncIterator[Finding]:
    servers = await _servers(client)
    if not servers:
        yield wrong("doctor.discord.nowhere", "doctor.discord.nowhere.mend")
        return
    yield well("doctor.discord.servers", servers=", ".join(each.guild.name for each in servers.values()))
    yield expected.home_found({str(number): each.guild.name for number, each in servers.items()})
    if client.application and client.application.bot_public:
        yield note("doctor.discord.public", "doctor.discord.public.mend")
    for finding in await _commands(client, [*servers.values()], expected):
        yield finding
    for follower in expected.followers:
        async for finding in _channel(client, servers, follower):
            yield finding
    for address in expected.organizers:
        yield await _organizer([*servers.values()], address)


async def _servers(client: discord.Client) -> Mapping[int, _Server]:
    """All servers that the bot is in, by id."""
    found = {}
    async for each in client.fetch_guilds(limit=None):
        guild = await client.fetch_guild(each.id, with_counts=False)
        found[each.id] = _Server(guild, await guild.fetch_member(client.user.id if client.user else 0))
    return found


async def _commands(client: discord.Client, servers: Sequence[_Server], expected: Expectations) -> list[Finding]:
    """Whether the commands are there as they should be, and `/admin` for those who may use it."""
    named = bool(expected.organizers)
    there = await registered(client)
    admin = next((each for each in there if each["name"] == _ADMIN), None)
    if named and admin and admin.get("default_member_permissions") is not None:
        return [wrong("doctor.discord.admin_hidden", "doctor.discord.commands.mend")]
    if not are_same(there, await CommandTree(client, series=expected.series, named_organizers=named).payload()):
        return [note("doctor.discord.commands", "doctor.discord.commands.mend")]
    hidden = [each.guild.name for each in servers if admin and await _is_hidden(client, each, admin["id"], expected)]
    return [
        well("doctor.discord.commands.well"),
        *(
            wrong("doctor.discord.admin_hidden_there", "doctor.discord.admin_hidden_there.mend", server=each)
            for each in hidden
        ),
    ]


async def _is_hidden(client: discord.Client, server: _Server, command: str, expected: Expectations) -> bool:
    """Whether the server's own settings hide a command from everybody, the organizers included."""
    path = "/applications/{application_id}/guilds/{guild_id}/commands/permissions"
    route = Route("GET", path, application_id=client.application_id, guild_id=server.guild.id)
    rules: dict[str, Mapping[str, bool]] = {
        str(each["id"]): {str(rule["id"]): bool(rule["permission"]) for rule in each["permissions"]}
        for each in await client.http.request(route)
    }
    rule = rules.get(command) or rules.get(str(client.application_id)) or {}
    organizers = [rule.get(each.id) for each in expected.organizers]
    return False in organizers or (rule.get(str(server.guild.id)) is False and True not in organizers)


async def _channel(
    client: discord.Client, servers: Mapping[int, _Server], follower: Follower
) -> AsyncIterator[Finding]:
    """Whether posts can go to a channel, and ping whom they should."""
    address = follower.address
    try:
        channel = await client.fetch_channel(int(address.id))
    except discord.NotFound:
        yield wrong("doctor.channel.gone", "doctor.channel.gone.mend", channel=str(address))
        return
    except discord.Forbidden:
        yield _lacks(("rights.discord.view",), str(address))
        return
    server = servers.get(channel.guild.id) if isinstance(channel, GuildChannel | discord.Thread) else None
    if server is None or not isinstance(channel, GuildChannel | discord.Thread):
        yield wrong("doctor.channel.gone", "doctor.channel.gone.mend", channel=str(address))
        return
    rights, name = await _rights(server, channel), f"#{channel.name} ({server.guild.name})"
    if isinstance(channel, discord.ForumChannel):
        yield _lacks(("rights.discord.forum",), name)
    elif lacks := missing_rights(rights):
        yield _lacks(lacks, name)
    else:
        yield well("doctor.channel.well", channel=name)
    for finding in _ping(server, rights, follower, name):
        yield finding


async def _rights(server: _Server, channel: GuildChannel | discord.Thread) -> discord.Permissions:
    """What the bot may do there; in a thread what it may in the channel that this belongs to."""
    place = await server.guild.fetch_channel(channel.parent_id if isinstance(channel, discord.Thread) else channel.id)
    rights = place.permissions_for(server.me)
    if isinstance(channel, discord.Thread):
        rights.send_messages = rights.send_messages_in_threads
    return rights


def _lacks(rights: tuple[str, ...], channel: str) -> Finding:
    return wrong("doctor.channel.lacks", "doctor.channel.lacks.mend", rights, channel=channel)


def _ping(server: _Server, rights: discord.Permissions, follower: Follower, channel: str) -> Iterator[Finding]:
    """Whether the role that a channel wants pinged can be."""
    if not follower.ping:
        return
    role = server.guild.get_role(int(follower.ping))
    if role is None:
        yield wrong("doctor.ping.gone", "doctor.ping.gone.mend", channel=channel)
    elif not role.mentionable and not rights.mention_everyone:
        yield wrong("doctor.ping.silent", "doctor.ping.silent.mend", channel=channel, role=f"@{role.name}")


async def _organizer(servers: Sequence[_Server], address: Address) -> Finding:
    """Whether that person or role is in one of the servers."""
    for each in servers:
        if address.kind is AddressKind.ROLE:
            role = each.guild.get_role(int(address.id))
            if role and role.is_default():
                return wrong("doctor.organizer.everyone", "doctor.organizer.everyone.mend", organizer=str(address))
            if role:
                return well("doctor.organizer.well", organizer=f"@{role.name} ({each.guild.name})")
        elif member := await _member(each.guild, address.id):
            return well("doctor.organizer.well", organizer=f"{member.display_name} ({each.guild.name})")
    return wrong("doctor.organizer.unknown", "doctor.organizer.unknown.mend", organizer=str(address))


async def _member(guild: discord.Guild, person: str) -> discord.Member | None:
    try:
        return await guild.fetch_member(int(person))
    except discord.NotFound:
        return None
