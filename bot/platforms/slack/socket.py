"""Socket Mode: slack_sdk's client, made to hold on, and Bolt's way of answering over it."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

import aiohttp
import orjson
import structlog
from slack_bolt.adapter.socket_mode.async_base_handler import AsyncBaseSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.domain.backoff import Backoff
from bot.platforms import CredentialsRefusedError
from bot.platforms.slack import limits
from bot.platforms.slack.client import LIBRARY_LOGGER, SlackRefusedError, SlackUnreachableError, Web
from bot.platforms.slack.shape import misshapen
from bot.platforms.slack.tasks import BackgroundTasks
from bot.platforms.slack.timings import Timings
from bot.platforms.slack.tokens import TokenStatus

_log: Final = structlog.get_logger(__name__)

FAULTS: Final = (SlackRefusedError, SlackUnreachableError, aiohttp.ClientError, TimeoutError, OSError)
"""What may pass when it is tried again."""

_CLOSING: Final = aiohttp.ClientWSTimeout(ws_close=2.0)


class SocketClient(SocketModeClient):
    """slack_sdk's client, which differs in that

    - each attempt to connect has a fresh address, as one serves only once;
    - the old connection is read until Slack closes it, and the end of one is noticed at once;
    - an answer goes over the connection that stands when it is ready;
    - it is written as UTF-8: in ASCII, a Japanese one is twice as long.
    """

    def __init__(self, web: Web, address: Callable[[], Awaitable[str]], token: TokenStatus, timings: Timings) -> None:
        super().__init__("", LIBRARY_LOGGER, ping_interval=timings.ping)
        self.trouble = "reconnecting"
        """Why there is no connection."""
        self._web: Final = web
        self._address: Final = address
        self._token: Final = token
        self._timings: Final = timings
        self._backoff: Final = Backoff(timings.first_wait, timings.longest_reconnect)
        self._connected_at: float | None = None
        self._farewells: Final = BackgroundTasks()

    @property
    def connected(self) -> bool:
        """Whether there is a connection that answers pings."""
        return self.current_session is not None and not self.current_session.closed

    async def issue_new_wss_url(self) -> str:
        """A fresh address, asked for until there is one.

        Raises CredentialsRefusedError before the first connection, ConnectionError once the client is closed.
        """
        await self._calm_down()
        while not self.closed:
            try:
                address = await self._address()
            except CredentialsRefusedError as refused:
                if self.current_session is None:
                    raise
                self.trouble = str(refused)
                await asyncio.sleep(self._token.refuse(refused))
            except FAULTS as error:
                await self._wait_after(error)
            else:
                self._token.accept()
                return address
        raise ConnectionError("closed")

    async def connect(self) -> None:
        """Opens a connection, however often it takes, and puts it into use."""
        while not self.closed:
            address, self.wss_uri = self.wss_uri or await self.issue_new_wss_url(), None
            try:
                session = await self._web.session.ws_connect(
                    address, autoping=False, heartbeat=self.ping_interval, timeout=_CLOSING
                )
            except FAULTS as error:
                await self._wait_after(error)
            else:
                self._use(session)
                return

    async def receive_messages(self) -> None:
        """Reads until the connection ends, and opens another if there is none by then."""
        session = self.current_session
        with contextlib.suppress(ConnectionError):
            if session is not None:
                await self._read(session)
        with contextlib.suppress(ConnectionError):
            await self.connect_to_new_endpoint()

    async def send_message(self, message: str) -> None:
        """Writes over the connection in use, or over the next if it turns out to be gone."""
        try:
            await self._write(message)
        except ConnectionError:
            await self.connect_to_new_endpoint()
            await self._write(message)

    async def send_socket_mode_response(self, response: SocketModeResponse | dict[str, Any]) -> None:
        """Sends an acknowledgement."""
        said = response.to_dict() if isinstance(response, SocketModeResponse) else response
        await self.send_message(orjson.dumps(said).decode())

    async def close(self) -> None:
        """Closes all connections."""
        await asyncio.gather(super().close(), self._farewells.finish(0))  # type: ignore[no-untyped-call]

    async def _write(self, message: str) -> None:
        if self.current_session is not None:
            await self.current_session.send_str(message)

    def _use(self, session: aiohttp.ClientWebSocketResponse) -> None:
        if self.current_session is not None:
            self._farewells.start(self._close_later(self.current_session))
        if self.current_session_monitor is not None:
            self.current_session_monitor.cancel()
        self.current_session, self.stale, self.last_ping_pong_time = session, False, None
        self._connected_at, self.trouble = time.monotonic(), "reconnecting"
        self.current_session_monitor = asyncio.ensure_future(self.monitor_current_session())
        self.message_receiver = asyncio.ensure_future(self.receive_messages())

    async def _read(self, session: aiohttp.ClientWebSocketResponse) -> None:
        async for message in session:
            if message.type is aiohttp.WSMsgType.PING:
                await session.pong(message.data)
            elif message.type is aiohttp.WSMsgType.PONG:
                self.last_ping_pong_time = time.time()
            elif message.type is aiohttp.WSMsgType.TEXT and (
                session is self.current_session or '"envelope_id"' in message.data
            ):  # that an old connection is to be replaced is known
                await self.enqueue_message(message.data)

    async def _close_later(self, session: aiohttp.ClientWebSocketResponse) -> None:
        try:
            await asyncio.sleep(self._timings.farewell)
        finally:
            await session.close()

    async def _calm_down(self) -> None:
        """Waits if the last connection didn't last."""
        since, self._connected_at = self._connected_at, None
        if since is None:
            return
        if time.monotonic() - since > self._timings.settled:
            self._backoff.reset()
        else:
            await asyncio.sleep(self._backoff.next())

    async def _wait_after(self, error: Exception) -> None:
        self.trouble = f"not connected: {error}"
        await wait_after(error, self._backoff)


async def wait_after(error: Exception, backoff: Backoff) -> None:
    """Waits before another attempt to get through: for as long as Slack asks for, if that is longer."""
    asked = error.wait if isinstance(error, SlackRefusedError) else None
    wait = max(asked or 0.0, backoff.next())
    _log.warning("slack.not_connected", problem=str(error), retry_in=round(wait, 1))
    await asyncio.sleep(wait)


class SocketHandler(AsyncBaseSocketModeHandler):
    """Hands envelopes to Bolt and its answers back."""

    app: AsyncApp
    client: SocketClient

    def __init__(self, app: AsyncApp, client: SocketClient, web: Web, tasks: BackgroundTasks) -> None:
        self.app = app
        self.client = client
        self._web: Final = web
        self._tasks: Final = tasks
        self._leaving = False
        client.socket_mode_request_listeners.append(self.handle)

    def leave(self) -> None:
        """Takes no more envelopes; Slack sends them again, to whoever is connected then."""
        self._leaving = True

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """Answers an envelope; what Bolt refuses isn't acknowledged, so Slack sends it again."""
        if not self._leaving:
            await self._tasks.start(self._answer(client, req))

    async def _answer(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        if fault := misshapen(req.payload):
            _log.warning("slack.request_misshapen", field=fault)
            await client.send_socket_mode_response(SocketModeResponse(req.envelope_id))
            return
        response = await run_async_bolt_app(self.app, req)
        url = req.payload.get("response_url")
        if not url or len(response.body.encode()) <= limits.ANSWER:
            await send_async_response(client, req, response, time.time())
            return
        await client.send_socket_mode_response(SocketModeResponse(req.envelope_id))
        with contextlib.suppress(SlackRefusedError, SlackUnreachableError):
            await self._web.respond(url, response.body, private=True)
