"""The stand-in as a server on loopback."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType
from typing import Self

from aiohttp import web

from . import chat, files, methods, views  # noqa: F401 - importing them fills the table of methods
from .faults import Faults
from .http_mode import HttpMode
from .play import Play
from .socket_mode import SocketMode
from .state import ALL_SCOPES, Workspace
from .web_api import Api, Call


class SlackStandIn(Play):
    """Slack for one app in one workspace: `async with SlackStandIn() as slack: …`."""

    def __init__(self, *, scopes: Iterable[str] = ALL_SCOPES, port: int = 0) -> None:
        ws = Workspace(frozenset(scopes))
        self._port = port
        self._api = Api(ws, Faults())
        self._runner: web.AppRunner | None = None
        super().__init__(ws, self._api, SocketMode(ws), HttpMode("standin-signing-secret"))
        self._api.open_socket = self.socket.open
        self.users, self.channels, self.usergroups = ws.users, ws.channels, ws.usergroups
        self.homes, self.files, self.flaws, self.scopes = ws.homes, ws.files, ws.flaws, ws.scopes
        self.clock, self.team_id, self.app_id, self.bot_id = ws.clock, ws.team_id, ws.app_id, ws.bot_id
        self.bot_user_id = ws.bot_user.id
        self.faults, self.rate_limits = self._api.faults, self._api.rate_limits
        self.calls, self.unknown_methods = self._api.calls, self._api.unknown_methods

    @property
    def api_url(self) -> str:
        return f"{self._api.base_url}/api/"

    @property
    def bot_token(self) -> str:
        return self._api.bot_token

    @property
    def app_token(self) -> str:
        return self._api.app_token

    @property
    def signing_secret(self) -> str:
        return self.http.signing_secret

    def revoke(self, error: str = "token_revoked") -> None:
        """From now on the bot token is refused (`token_revoked`, `account_inactive`)."""
        self._api.revoked = error

    def restore(self) -> None:
        """The bot token is good again."""
        self._api.revoked = None

    def calls_of(self, method: str) -> list[Call]:
        return [each for each in self.calls if each.method == method]

    @property
    def pinged(self) -> list[str]:
        """Everything that would have notified somebody, in all messages, ephemeral and deleted ones too."""
        messages = (m for c in self.channels for m in [*c.messages, *c.ephemeral, *c.deleted])
        return [ping for message in messages for ping in message.pinged]

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024**2)

        async def upload(request: web.Request) -> web.StreamResponse:
            return await files.receive(self._api, request)

        app.router.add_route("*", "/api/{method}", self._api.handle)
        app.router.add_post("/response/{key}", self._urls.handle)
        app.router.add_route("*", "/upload/{file_id}", upload)
        app.router.add_get("/link/", self.socket.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        port = self._runner.addresses[0][1]
        self._api.base_url, self.socket.host = f"http://127.0.0.1:{port}", f"127.0.0.1:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stop_redelivering()
        await self.socket.close()
        await self.http.close()
        if self._runner is not None:
            await self._runner.cleanup()
