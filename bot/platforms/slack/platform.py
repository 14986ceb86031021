"""Slack as a platform: connects, answers, and says how it is doing."""

import asyncio
import contextlib
import logging
import random
import re
import time
from collections.abc import Awaitable, Callable, Collection
from typing import Any, Final, TypeVar

import aiohttp
from aiohttp import web
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.router import CommandRouter
from bot.platforms import CredentialsRefusedError, Health
from bot.platforms.slack.client import Identity, SlackRefusedError, SlackUnreachableError, Web
from bot.platforms.slack.command_text import CommandNames
from bot.platforms.slack.handlers import Body, Handlers
from bot.platforms.slack.poster import SlackPoster
from bot.platforms.slack.socket import PATH, Backoff, Inbox, Payload, Socket
from bot.platforms.slack.tasks import BackgroundTasks

_ANY = re.compile("")


def bolt_app(answers: Handlers) -> AsyncApp:
    """The app. Requests come to it verified, and none makes it call Slack: who we are is known from the start.

    `process_before_response` has listeners' answers sent as they come; without it, Bolt looks for them every 10 ms.
    """

    async def authorize() -> AuthorizeResult:
        known = answers.identity
        return AuthorizeResult(
            enterprise_id=None,
            team_id=known.team if known else None,
            bot_user_id=known.user if known else None,
            bot_id=known.bot if known else None,
        )

    app = AsyncApp(
        name="lecturebot",
        logger=_LOGGER,
        client=AsyncWebClient(logger=_LOGGER),
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    async def command(body: Body) -> BoltResponse:
        return await answers.command(body)

    async def click(body: Body) -> BoltResponse:
        return await answers.click(body)

    async def submit(body: Body) -> BoltResponse:
        return await answers.submit(body)

    async def mention(body: Body) -> BoltResponse:
        return await answers.mention(body)

    async def home(body: Body) -> BoltResponse:
        return await answers.home(body)

    async def whatever(body: dict[str, Any]) -> BoltResponse:
        """Takes note of what was never asked for, so that Slack doesn't send it again."""
        return BoltResponse(status=200)

    app.command(_ANY)(command)
    app.action(_ANY)(click)
    app.view(_ANY)(submit)
    app.event("app_mention")(mention)
    app.event("app_home_opened")(home)
    app.event(_ANY)(whatever)
    return app


_LOGGER = logging.getLogger(f"{__name__}.library")
_LOGGER.setLevel(logging.CRITICAL)  # we log what matters ourselves, on one line and without payloads


logger = logging.getLogger(__name__)

T = TypeVar("T")

_LAST_ERRANDS = 4.0
"""Seconds that answers under way get when the platform closes."""

_FAULTS = (SlackRefusedError, SlackUnreachableError, aiohttp.ClientError, TimeoutError, OSError)


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
        prefix: str = "",
        groups: Collection[str] = (),
        *,
        backoff: Backoff | None = None,
    ) -> None:
        if not app_token and not signing_secret:
            raise ValueError("Slack needs an app token (Socket Mode) or a signing secret (HTTP mode)")
        self._backoff: Final = backoff or Backoff()
        self._tasks: Final = BackgroundTasks()
        self._web: Final = Web(bot_token, api_url, self._refuse)
        self._command_names: Final = CommandNames(prefix)
        self._groups: Final = groups
        self._poster: Final = SlackPoster(self._web, self._us)
        self._signing_secret: Final = signing_secret if not app_token else None
        self._answers: Handlers | None = None
        self._inbox: Inbox | None = None
        self._app_token: Final = app_token
        self._socket: Socket | None = None
        self._closing: Final = asyncio.Event()
        self._doubtful: Final = asyncio.Event()
        self._ended: Final = asyncio.Event()
        self._ended.set()
        self._refusal: asyncio.Future[None] | None = None
        self._trouble = "not started"

    @property
    def health(self) -> Health:
        """Connected means: the socket is open and speaks; in HTTP mode: Slack took the token when last asked."""
        if self._trouble:
            return Health(False, self._trouble)
        if self._socket:
            connection = self._socket.current
            if not connection:
                return Health(False, "reconnecting")
            if connection.age > self._backoff.silence:
                return Health(False, f"no frame for {connection.age:.0f} s")
        return Health(True)

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
        return [web.post(PATH, self._receive)] if self._signing_secret else []

    async def _receive(self, request: web.Request) -> web.Response:
        """Takes a request of Slack's; before `run` nobody answers it."""
        return await self._inbox.receive(request) if self._inbox else web.Response(status=503)

    async def run(self, router: CommandRouter) -> None:
        """Serves the answers until `close` is called; raises CredentialsRefusedError if Slack takes a token no more."""
        self._ended.clear()
        self._answers = answers = Handlers(router, self._web, self._command_names, self._tasks, self._groups)
        app = bolt_app(answers)
        self._inbox = Inbox(self._signing_secret, app.async_dispatch) if self._signing_secret else None
        self._web.open()
        self._refusal = asyncio.get_running_loop().create_future()
        serving = asyncio.create_task(self._serve(answers, app))
        closing = asyncio.create_task(self._closing.wait())
        homes = asyncio.create_task(answers.homes.keep_true(self._backoff.glance))
        try:
            ends: list[asyncio.Future[Any]] = [serving, closing, self._refusal]
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            if self._refusal.done():
                self._refusal.result()
            if serving.done():
                serving.result()
        finally:
            self._trouble = "closed"
            await _ended(serving, closing, homes)
            if self._refusal.done() and not self._refusal.cancelled():
                self._refusal.exception()
            await self._finish()
            self._ended.set()

    async def close(self) -> None:
        """Ends `run`: answers under way are finished, connections closed."""
        self._closing.set()
        await self._ended.wait()
        await self._finish()

    def _us(self) -> Identity | None:
        """Who the bot is, while it serves."""
        ended = self._ended.is_set() or self._closing.is_set()
        return self._answers.identity if self._answers and not ended else None

    async def _finish(self) -> None:
        if self._socket:
            self._socket.hush()
        await self._tasks.finish(_LAST_ERRANDS)
        if self._socket:
            await self._socket.close()
        await self._web.close()

    async def _serve(self, answers: Handlers, app: AsyncApp) -> None:
        answers.identity = await self._insisting(self._web.identity)
        if not self._app_token:
            self._trouble = ""
            await self._watch_token()
            return
        self._socket = self._new_socket(self._app_token, app)
        watching = asyncio.create_task(self._watch_token())
        try:
            await self._hold(self._socket)
        finally:
            await _ended(watching)

    async def _hold(self, socket: Socket) -> None:
        wait = self._backoff.shortest_wait
        while True:
            connection = await self._insisting(socket.connect)
            self._trouble = ""
            since = time.monotonic()
            await connection.leaving.wait()
            self._doubtful.set()
            if connection.crowded:
                await socket.leave()
            if time.monotonic() - since > self._backoff.settled:
                wait = self._backoff.shortest_wait
                continue
            await asyncio.sleep(wait)
            wait = min(wait * 2, self._backoff.longest_wait)

    async def _watch_token(self) -> None:
        """Tries the token now and then, and when a connection has ended.

        Answers that go out with acknowledgements never tell that it was revoked.
        """
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._backoff.check):
                    await self._doubtful.wait()
            self._doubtful.clear()
            try:
                await self._web.identity()
            except _FAULTS as error:
                if self._inbox:
                    self._trouble = str(error)
            else:
                if self._inbox:
                    self._trouble = ""

    async def _insisting(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Its result, however often it takes; the waits between attempts grow and vary."""
        wait = self._backoff.shortest_wait
        while True:
            try:
                return await attempt()
            except _FAULTS as error:
                asked = error.wait if isinstance(error, SlackRefusedError) else None
                pause = max(asked or 0.0, wait * random.uniform(0.75, 1.25))  # noqa: S311 - no secret
                if not (self._socket and self._socket.current):
                    self._trouble = f"not connected: {error}"
                logger.warning("slack unreachable, next try in %.1f s: %s", pause, error)
                await asyncio.sleep(pause)
                wait = min(wait * 2, self._backoff.longest_wait)

    def _new_socket(self, app_token: str, app: AsyncApp) -> Socket:
        async def address() -> str:
            return await self._web.socket_address(app_token)

        async def dispatch(payload: Payload) -> BoltResponse:
            return await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=payload))

        async def respond(response_url: str, body: str) -> None:
            with contextlib.suppress(SlackRefusedError, SlackUnreachableError):
                await self._web.respond(response_url, body, private=True)

        return Socket(address, lambda: self._web.session, dispatch, respond, self._tasks, self._backoff)

    def _refuse(self, error: CredentialsRefusedError) -> None:
        if self._refusal and not self._refusal.done():
            self._refusal.set_exception(error)


async def _ended(*tasks: asyncio.Task[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
