"""The stand-in as a server on loopback."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from aiohttp import web

from .applications import ApplicationRoutes
from .channels import ChannelRoutes
from .dispatched import InteractionRoutes
from .gateway import Gateway
from .interactions import Interactions
from .messages import Message, Messages
from .refusals import Json
from .rest import BASE, Call, Rest
from .scheduled_events import ScheduledEventRoutes
from .world import GUILDS, Channel, Guild, User, World


class DiscordStandIn(World):
    """Discord for one bot: `async with DiscordStandIn() as discord: …`. `clock` gives the time of messages and ids,
    the age of tokens and nonces; deadlines and rate limits go by real time. A `strict` one raises AssertionError at
    the end of the block unless all that it accepted was as `payloads.schema.yaml` says."""

    def __init__(self, *, clock: Callable[[], float] = time.time, port: int = 0, strict: bool = True) -> None:
        self.token = f"{secrets.token_urlsafe(18)}.{secrets.token_urlsafe(4)}.{secrets.token_urlsafe(20)}"
        self.gateway = Gateway(self, self.token)
        super().__init__(clock)
        self._port = port
        self._host = ""
        self._is_strict = strict
        self._runner: web.AppRunner | None = None
        self._rest = Rest(self.token)
        self._messages = Messages(self)
        self._callbacks = InteractionRoutes(self, self._messages)
        self._applications = ApplicationRoutes(self, lambda: self.gateway.url, self._session_start_limit)
        self._channels = ChannelRoutes(self, self._messages)
        self.scheduled_events = ScheduledEventRoutes(self)
        self.interactions = Interactions(self, self._messages, self._callbacks, self._offered)
        self.faults, self.limits = self._rest.faults, self._rest.limits
        self.calls, self.unknown_routes = self._rest.calls, self._rest.unknown_routes

    @property
    def api_url(self) -> str:
        return f"http://{self._host}{BASE}"

    @property
    def nonce_window(self) -> float:
        """For how many seconds a repeated nonce gives the first message back."""
        return self._channels.nonce_window

    @nonce_window.setter
    def nonce_window(self, seconds: float) -> None:
        self._channels.nonce_window = seconds

    @property
    def shards(self) -> int:
        """How many shards a bot is told to use."""
        return self._applications.shards

    @shards.setter
    def shards(self, count: int) -> None:
        self._applications.shards = count

    @property
    def commands(self) -> list[Json]:
        """The commands registered everywhere, as the API gives them."""
        return self._applications.commands[None]

    def commands_of(self, guild: Guild) -> list[Json]:
        return self._applications.commands.get(guild.id, [])

    def register(self, commands: list[Json], guild: Guild | None = None) -> list[Json]:
        """Registers commands as if the bot had; refused in the same way."""
        return self._applications.register(commands, guild.id if guild else None)

    def hide_commands(self, guild: Guild, rules: list[Json]) -> None:
        """What a guild's own settings say of who may use the commands, as the API gives it."""
        self._applications.command_permissions[guild.id] = rules

    def _offered(self, guild: Guild | None) -> list[Json]:
        return [*self.commands, *(self.commands_of(guild) if guild else [])]

    async def ready(self, within: float = 10.0) -> None:
        """Waits until the bot is connected to the gateway."""
        await self.gateway.ready(within)

    def say(self, user: User, content: str, channel: Channel | None = None) -> Message:
        """Somebody writes into a channel."""
        return self._messages.write(channel or self.channel, user, {"content": content}, {})

    def payload(self, message: Message) -> Json:
        """A stored message as the API gives it."""
        return self._messages.payload(message)

    def delete(self, message: Message) -> None:
        """Somebody deletes a message."""
        self._messages.delete(message)

    async def revoke_token(self) -> None:
        """From now on the token is refused, and whoever is connected with it is thrown out."""
        self._rest.revoked = self.gateway.revoked = True
        await self.gateway.drop(4004)

    def calls_of(self, method: str, path_part: str = "") -> list[Call]:
        return [call for call in self.calls if call.method == method and path_part in call.path]

    def emit(self, event: str, data: Json, guild: Guild | None, intent: int = GUILDS) -> None:
        self.gateway.emit(event, data, guild, intent)

    def _session_start_limit(self) -> Json:
        used, most = len(self.gateway.identifies), self.gateway.identify_limit
        return {"total": most, "remaining": max(0, most - used), "reset_after": 86_400_000, "max_concurrency": 1}

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024**2)
        app.router.add_get("/gateway/", self.gateway.handle)
        of_guilds = (*self._applications.routes(), *self.scheduled_events.routes())
        routes = [*of_guilds, *self._channels.routes(), *self._callbacks.routes()]
        self._rest.add_to(app, routes)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._host = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self.gateway.url = f"ws://{self._host}/gateway/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """A fault of the stand-in itself is raised here, lest a test blame the bot for it."""
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()
        if self._rest.broken and error is None:
            raise self._rest.broken[0]
        if self._is_strict and error is None:
            assert not self._rest.flaws, self._rest.flaws
