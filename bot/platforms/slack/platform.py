"""Slack as a platform: connects, answers, and says how it is doing."""

import asyncio
import contextlib
from collections.abc import Collection
from typing import Any, Final

import structlog
from aiohttp import web
from slack_bolt.async_app import AsyncApp

from bot.commands.router import CommandRouter
from bot.domain.backoff import Backoff
from bot.domain.subscriptions import Address, AddressKind
from bot.platforms import CredentialsRefusedError, Health
from bot.platforms.slack.app import bolt_app
from bot.platforms.slack.client import Identity, Web
from bot.platforms.slack.command_text import CommandNames
from bot.platforms.slack.conversations import Conversations
from bot.platforms.slack.handlers import Handlers
from bot.platforms.slack.http import EventsEndpoint
from bot.platforms.slack.poster import SlackPoster
from bot.platforms.slack.scopes import crippling, lacking, right
from bot.platforms.slack.socket import FAULTS, SocketClient, SocketHandler, wait_after
from bot.platforms.slack.tasks import BackgroundTasks
from bot.platforms.slack.timings import Timings
from bot.platforms.slack.tokens import TokenStatus

_log: Final = structlog.get_logger(__name__)

_LAST_ANSWERS: Final = 4.0
"""Seconds that answers under way get when the platform closes."""


class SlackPlatform:
    """The bot in one Slack workspace: in Socket Mode with an app token, in HTTP mode with a signing secret alone.

    In HTTP mode, whoever serves HTTP mounts `routes()`.
    """

    name: Final = "slack"

    def __init__(
        self,
        bot_token: str,
        app_token: str | None,
        signing_secret: str | None,
        api_url: str | None = None,
        command_names: CommandNames | None = None,
        groups: Collection[str] = (),
        timings: Timings | None = None,
    ) -> None:
        if not app_token and not signing_secret:
            raise ValueError("Slack needs an app token (Socket Mode) or a signing secret (HTTP mode)")
        self._timings: Final = timings or Timings()
        self._bot_token_status: Final = TokenStatus(self._timings)
        self._app_token_status: Final = TokenStatus(self._timings)
        self._tasks: Final = BackgroundTasks()
        self._web: Final = Web(bot_token, api_url, self._doubt)
        self._command_names: Final = command_names or CommandNames()
        self._groups: Final = groups
        self._poster: Final = SlackPoster(self._web, self._us, self._command_names)
        self._endpoint: Final = EventsEndpoint(signing_secret) if signing_secret and not app_token else None
        self._identity: Identity | None = None
        self._app_token: Final = app_token
        self._socket: SocketHandler | None = None
        self._closing: Final = asyncio.Event()
        self._doubtful: Final = asyncio.Event()
        self._ended: Final = asyncio.Event()
        self._ended.set()
        self._trouble = "not started"

    @property
    def health(self) -> Health:
        """Connected means: Slack took the token when last asked, it may write and, in Socket Mode, the socket answers
        pings."""
        trouble = self._trouble or self._bot_token_status.problem
        if not trouble and self._socket and not self._socket.client.connected:
            trouble = self._app_token_status.problem or self._socket.client.trouble
        trouble = trouble or crippling(self._identity.scopes if self._identity else None)
        return Health(not trouble, trouble, tuple(map(right, lacking(self._identity.scopes))) if self._identity else ())

    @property
    def poster(self) -> SlackPoster:
        """What posts, for as long as `run` serves."""
        return self._poster

    @property
    def clock_skew(self) -> float | None:
        """By how many seconds Slack's clock is ahead of this machine's, to about a second; None if not known yet."""
        return self._web.skew

    def routes(self) -> list[web.RouteDef]:
        """What an HTTP server must mount: `POST /slack/events` in HTTP mode, nothing in Socket Mode."""
        return self._endpoint.routes() if self._endpoint else []

    async def run(self, router: CommandRouter) -> None:
        """Serves its answers until `close` is called.

        Raises CredentialsRefusedError if Slack doesn't take a token at the start. A token that is revoked later is told
        in log and health, and tried again every few minutes.
        """
        self._ended.clear()
        self._web.open()
        serving = asyncio.create_task(self._serve(router))
        closing = asyncio.create_task(self._closing.wait())
        try:
            await asyncio.wait((serving, closing), return_when=asyncio.FIRST_COMPLETED)
            if serving.done():
                serving.result()
        finally:
            self._trouble = "closed"
            await _cancelled(serving, closing)
            await self._finish()
            self._ended.set()

    async def close(self) -> None:
        """Ends `run`: answers under way are finished, connections closed."""
        self._closing.set()
        await self._ended.wait()
        await self._finish()

    def _us(self) -> Identity | None:
        """Who the bot is, while it serves and its token is good."""
        serves = not (self._ended.is_set() or self._closing.is_set() or self._bot_token_status.doubted)
        return self._identity if serves else None

    async def _finish(self) -> None:
        if self._socket:
            self._socket.leave()
        await self._tasks.finish(_LAST_ANSWERS)
        if self._socket:
            await self._socket.client.close()
        await self._web.close()

    async def _serve(self, router: CommandRouter) -> None:
        self._identity = identity = await self._ask_identity()
        if lacked := lacking(identity.scopes):
            _log.warning("slack.scopes_lacking", scopes=[*lacked], mend="reinstall the app with the present manifest")
        await router.joined(self.name, [Address(self.name, AddressKind.COMMUNITY, identity.team)])
        self._tasks.start(self._poster.names.look_up())
        conversations = Conversations(router, self._poster.names, identity.user)
        handlers = Handlers(identity, router, self._web, self._command_names, self._tasks, self._groups)
        homes = asyncio.create_task(handlers.homes.keep_true(self._timings.home_check))
        try:
            await self._connect(bolt_app(handlers, conversations, identity))
        finally:
            await _cancelled(homes)

    async def _connect(self, app: AsyncApp) -> None:
        """Has requests come to the app, as long as it lasts."""
        if self._endpoint:
            self._endpoint.open(app)
        if self._app_token:
            client = SocketClient(self._web, self._address, self._app_token_status, self._timings)
            self._socket = SocketHandler(app, client, self._web, self._tasks)
            self._trouble = ""
            await client.connect()
        self._trouble = ""
        await self._watch_token()

    async def _ask_identity(self) -> Identity:
        """Who the token makes us, however often it takes to get that answered."""
        backoff = Backoff(self._timings.first_wait, self._timings.longest_wait)
        while True:
            try:
                return await self._web.identity()
            except FAULTS as error:
                self._trouble = f"not connected: {error}"
                await wait_after(error, backoff)

    async def _address(self) -> str:
        """An address for a connection. Where the one before has ended, the token may have been revoked."""
        self._doubtful.set()
        return await self._web.socket_address(self._app_token or "")

    async def _watch_token(self) -> None:
        """Tries the token now and then, and when there is doubt about it.

        Answers that go out with acknowledgements never tell that it was revoked.
        """
        self._doubtful.clear()
        wait = self._timings.token_check
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._doubtful.wait()
            wait = await self._try_token()
            self._doubtful.clear()

    async def _try_token(self) -> float:
        """Asks Slack whether it takes the token; returns the seconds after which to ask again."""
        try:
            self._identity = await self._web.identity()
        except CredentialsRefusedError as refused:
            return self._bot_token_status.refuse(refused)
        except FAULTS as error:
            self._trouble = "" if self._socket else str(error)
        else:
            self._bot_token_status.accept()
            self._trouble = ""
        return self._timings.token_check

    def _doubt(self, _: CredentialsRefusedError) -> None:
        """A call was refused for the token."""
        if not self._bot_token_status.doubted:
            self._doubtful.set()


async def _cancelled(*tasks: asyncio.Task[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
