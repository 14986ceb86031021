"""The routes about the bot itself, its guilds and its commands."""

from __future__ import annotations

from collections.abc import Callable

from .command_form import check_commands
from .refusals import (
    Form,
    Json,
    missing_access,
    missing_permissions,
    not_found,
    unknown_guild,
    unknown_member,
    unknown_role,
    unknown_user,
)
from .rest import Call, Route
from .rights import Right
from .world import Guild, World


class ApplicationRoutes:
    """`commands` holds what is registered, by guild or (under None) everywhere; `command_permissions` what a guild's
    own settings say of who may use it."""

    def __init__(self, world: World, gateway_url: Callable[[], str], session_start_limit: Callable[[], Json]) -> None:
        self._world = world
        self._gateway_url = gateway_url
        self._session_start_limit = session_start_limit
        self.shards = 1
        self.commands: dict[int | None, list[Json]] = {None: []}
        self.command_permissions: dict[int, list[Json]] = {}

    def routes(self) -> list[Route]:
        everywhere = "/applications/{application}/commands"
        in_guild = "/applications/{application}/guilds/{guild}/commands"
        role = "/guilds/{guild}/members/{user}/roles/{role}"
        return [
            Route("GET", "/gateway", self.gateway, needs_token=False),
            Route("GET", "/gateway/bot", self.gateway_bot),
            Route("GET", "/users/@me", self.me),
            Route("GET", "/users/@me/guilds", self.own_guilds),
            Route("GET", "/users/{user}", self.user),
            Route("GET", "/applications/@me", self.application),
            Route("GET", "/oauth2/applications/@me", self.application),
            *(Route("GET", path, self.registered) for path in (everywhere, in_guild)),
            *(Route("PUT", path, self.overwrite, payload="commands") for path in (everywhere, in_guild)),
            Route("GET", f"{in_guild}/permissions", self.permissions),
            Route("GET", "/guilds/{guild}", self.guild),
            Route("GET", "/guilds/{guild}/channels", self.guild_channels),
            Route("GET", "/guilds/{guild}/roles", self.guild_roles),
            Route("GET", "/guilds/{guild}/members/{user}", self.guild_member),
            Route("PUT", role, self.give_role, bucket="guild"),
            Route("DELETE", role, self.take_role, bucket="guild"),
        ]

    async def gateway(self, call: Call) -> Json:
        return {"url": self._gateway_url()}

    async def gateway_bot(self, call: Call) -> Json:
        limit = self._session_start_limit()
        return {"url": self._gateway_url(), "shards": self.shards, "session_start_limit": limit}

    async def me(self, call: Call) -> Json:
        more = {"mfa_enabled": True, "verified": True, "email": None, "flags": 0, "locale": "en-US"}
        return self._world.user_payload(self._world.bot) | more

    async def own_guilds(self, call: Call) -> list[Json]:
        """The servers that the bot is in, 200 at a time."""
        after = int(call.query.get("after", "0"))
        ours = sorted(each.id for each in self._world.guilds.values() if self._world.bot.id in each.members)
        return [{"id": str(each), "name": "", "features": []} for each in ours if each > after][:200]

    async def user(self, call: Call) -> Json:
        user = self._world.users.get(call.id("user"))
        if user is None:
            raise unknown_user()
        return self._world.user_payload(user)

    async def application(self, call: Call) -> Json:
        return {
            "id": str(self._world.application_id),
            "name": self._world.bot.name,
            "icon": None,
            "description": "",
            "summary": "",
            "bot_public": False,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "owner": self._world.user_payload(self._world.owner),
            "team": None,
            "flags": 0,
            "interactions_endpoint_url": None,
            "approximate_guild_count": len(self._world.guilds),
        }

    def register(self, commands: list[Json], guild_id: int | None = None) -> list[Json]:
        """Takes commands over as a bulk overwrite does; one of the same name keeps its id."""
        check_commands(commands)
        known = {(each["type"], each["name"]): each["id"] for each in self.commands.get(guild_id, [])}
        kept = []
        for command in commands:
            kind = command.get("type") or 1
            stored: Json = {
                "contexts": None,
                "integration_types": [0],
                "nsfw": False,
                "name_localizations": None,
                "description_localizations": None,
                "default_member_permissions": None,
                "description": "",
                **command,
                "id": known.get((kind, command["name"])) or str(self._world.snowflake()),
                "application_id": str(self._world.application_id),
                "version": str(self._world.snowflake()),
                "type": kind,
            }
            if stored["default_member_permissions"] is not None:
                stored["default_member_permissions"] = str(stored["default_member_permissions"])
            if guild_id is not None:
                stored["guild_id"] = str(guild_id)
            kept.append(stored)
        self.commands[guild_id] = kept
        return kept

    def _own(self, call: Call) -> int | None:
        """The guild the path names, None if it names none; another application's commands are none of ours."""
        if call.id("application") != self._world.application_id:
            raise not_found()
        return self._guild(call).id if "guild" in call.names else None

    async def registered(self, call: Call) -> list[Json]:
        return self.commands.get(self._own(call), [])

    async def permissions(self, call: Call) -> list[Json]:
        return self.command_permissions.get(self._guild(call).id, [])

    async def overwrite(self, call: Call) -> list[Json]:
        guild_id = self._own(call)
        if not isinstance(call.json, list) or not all(isinstance(each, dict) for each in call.json):
            form = Form()
            form.wrong((), "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            form.finish()
        return self.register(call.json, guild_id)

    def _guild(self, call: Call) -> Guild:
        guild = self._world.guilds.get(call.id("guild"))
        if guild is None:
            raise unknown_guild()
        if self._world.bot.id not in guild.members:
            raise missing_access()
        return guild

    async def guild(self, call: Call) -> Json:
        left_out = ("channels", "members", "member_count", "large", "unavailable", "joined_at", "threads", "presences")
        payload = self._world.guild_payload(self._guild(call))
        return {key: value for key, value in payload.items() if key not in left_out}

    async def guild_channels(self, call: Call) -> list[Json]:
        return [self._world.channel_payload(channel) for channel in self._guild(call).channels.values()]

    async def guild_roles(self, call: Call) -> list[Json]:
        return [self._world.role_payload(role) for role in self._guild(call).roles.values()]

    async def guild_member(self, call: Call) -> Json:
        member = self._guild(call).members.get(call.id("user"))
        if member is None:
            raise unknown_user()
        return self._world.member_payload(member)

    async def give_role(self, call: Call) -> None:
        self._set_role(call, has=True)

    async def take_role(self, call: Call) -> None:
        self._set_role(call, has=False)

    def _set_role(self, call: Call, *, has: bool) -> None:
        """Only roles below the bot's own highest one, and none that belongs to an integration or to everybody."""
        guild = self._guild(call)
        role, member = guild.roles.get(call.id("role")), guild.members.get(call.id("user"))
        if role is None:
            raise unknown_role()
        if member is None:
            raise unknown_member()
        highest = max(each.position for each in guild.members[self._world.bot.id].roles)
        may = guild.rights_of(self._world.bot) & Right.MANAGE_ROLES
        if not may or role.position >= highest or role.managed or role.id == guild.id:
            raise missing_permissions()
        self._world.set_role(guild, member, role, has=has)
