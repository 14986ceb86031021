"""Socket Mode: the connection over which Slack sends what people do, and takes the acknowledgements.

slack_sdk's client is not used, because it can't be made to hold on: it connects again and again to an address that
serves only once, closes the old connection before it opens the new one, notices a broken one only at its next ping,
and writes acknowledgements as ASCII, in which a Japanese answer is twice as long as a frame may be.
"""

import asyncio
import contextlib
import hashlib
import hmac
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
import orjson
from aiohttp import web
from slack_bolt import BoltResponse
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.platforms.slack import limits
from bot.platforms.slack.tasks import BackgroundTasks

PATH: Final = "/slack/events"


class Inbox:
    """Takes Slack's requests and hands on those that are genuine."""

    def __init__(self, signing_secret: str, dispatch: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]) -> None:
        self._secret: Final = signing_secret.encode()
        self._dispatch: Final = dispatch

    async def receive(self, request: web.Request) -> web.Response:
        """The answer to a request."""
        raw = await _read(request)
        if raw is None:
            return web.Response(status=413)
        if not self._genuine(request.headers, raw):
            return web.Response(status=401)
        try:
            asked = AsyncBoltRequest(
                body=raw.decode(),
                headers=dict(request.headers),
            )
        except (ValueError, TypeError, AttributeError):  # Bolt takes every body for a mapping
            return web.Response(status=400)
        answer = await self._dispatch(asked)
        if answer.status == 404:
            return web.Response()  # something we didn't ask for; an error would only bring it again
        kind = "application/json" if answer.body.startswith("{") else "text/plain"
        return web.Response(status=answer.status, text=answer.body, content_type=kind)

    def _genuine(self, headers: Mapping[str, str], raw: bytes) -> bool:
        timestamp = headers.get("X-Slack-Request-Timestamp", "")
        if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 20):
            return False
        if abs(time.time() - int(timestamp)) > limits.SIGNATURE_AGE:
            return False
        signed = hmac.new(self._secret, f"v0:{timestamp}:".encode() + raw, hashlib.sha256).hexdigest()
        claimed = headers.get("X-Slack-Signature", "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(f"v0={signed}".encode(), claimed)


async def _read(request: web.Request) -> bytes | None:
    """The body, or None if it is longer than any of Slack's."""
    if (request.content_length or 0) > limits.REQUEST:
        return None
    raw = bytearray()
    async for chunk in request.content.iter_any():
        raw += chunk
        if len(raw) > limits.REQUEST:
            return None
    return bytes(raw)


logger = logging.getLogger(__name__)

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Backoff:
    """How often the connection is tried and how long is waited, in seconds."""

    ping: float = 5.0
    silence: float = 15.0
    """A connection that neither speaks nor answers a ping for so long is dead."""
    shortest_wait: float = 0.5
    longest_wait: float = 60.0
    settled: float = 5.0
    """A connection that ends sooner is followed by a new one only after a wait."""
    farewell: float = 30.0
    """For how long Slack gets to close an old connection once there is a new one. If we did so, what was being sent
    over it would be lost."""
    check: float = 600.0
    """How often the bot token is tried."""
    glance: float = 30.0
    """How often is looked whether homes that people may be looking at are still true."""


class Connection:
    """One WebSocket. `leaving` is set when it should be replaced; `closed` when nothing more comes over it."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse, backoff: Backoff) -> None:
        self.leaving: Final = asyncio.Event()
        self.crowded = False
        self.last_frame = time.monotonic()
        self._ws: Final = ws
        self._backoff: Final = backoff

    @property
    def open(self) -> bool:
        """Whether frames can be sent."""
        return not self._ws.closed

    @property
    def age(self) -> float:
        """Seconds since the last frame came in."""
        return time.monotonic() - self.last_frame

    async def read(self, take: Callable[["Connection", Payload], None]) -> None:
        """Hands over envelopes until the connection ends."""
        pinging = asyncio.create_task(self._ping())
        try:
            while True:
                frame = await self._ws.receive()
                if frame.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSING, aiohttp.WSMsgType.CLOSED):
                    return
                if frame.type is aiohttp.WSMsgType.ERROR:
                    return
                self.last_frame = time.monotonic()
                if frame.type is aiohttp.WSMsgType.PING:
                    await self._ws.pong(frame.data)
                elif frame.type is aiohttp.WSMsgType.TEXT:
                    self._take(frame.data, take)
        except ConnectionError:
            return
        finally:
            self.leaving.set()
            pinging.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await pinging
            await self.close()

    async def send(self, text: str) -> bool:
        """Whether the text could be written."""
        try:
            await self._ws.send_str(text)
        except (ConnectionError, RuntimeError):
            return False
        return True

    async def close(self) -> None:
        """Ends the connection."""
        with contextlib.suppress(ConnectionError):
            await self._ws.close()

    def _take(self, text: str, take: Callable[["Connection", Payload], None]) -> None:
        try:
            message = orjson.loads(text)
        except orjson.JSONDecodeError:
            logger.warning("slack sent a frame that is no JSON")
            return
        if message.get("type") == "disconnect":
            self.crowded = message.get("reason") == "too_many_websockets"
            self.leaving.set()
        elif message.get("type") == "hello":
            others = int(message.get("num_connections") or 1) - 1
            logger.debug("slack connected, besides %s other connections", others)
        elif "envelope_id" in message:
            take(self, message)

    async def _ping(self) -> None:
        """Asks for a sign of life. After too long a silence the connection is closed, which ends the reading."""
        while True:
            await asyncio.sleep(self._backoff.ping)
            if self.age > self._backoff.silence:
                logger.warning("slack connection silent for %.1f s", self.age)
                self.leaving.set()
                await self.close()
                return
            with contextlib.suppress(ConnectionError):
                await self._ws.ping()


class Socket:
    """Keeps one connection open. A new one stands before the old one goes, so that no envelope is lost between them.

    `address` gives a fresh address; `connect` opens a WebSocket; `dispatch` answers a payload; `respond` delivers an
    answer that is too long for an acknowledgement over its `response_url`.
    """

    def __init__(
        self,
        address: Callable[[], Awaitable[str]],
        session: Callable[[], aiohttp.ClientSession],
        dispatch: Callable[[Payload], Awaitable[BoltResponse]],
        respond: Callable[[str, str], Awaitable[None]],
        tasks: BackgroundTasks,
        backoff: Backoff,
    ) -> None:
        self._address: Final = address
        self._session: Final = session
        self._dispatch: Final = dispatch
        self._respond: Final = respond
        self._tasks: Final = tasks
        self._backoff: Final = backoff
        self._readings: Final[dict[Connection, asyncio.Task[None]]] = {}
        self._farewells: Final = BackgroundTasks()
        self._current: Connection | None = None
        self._hushed = False

    @property
    def current(self) -> Connection | None:
        """The connection in use, if there is one."""
        return self._current if self._current and self._current.open else None

    async def connect(self) -> Connection:
        """Opens a connection and puts it into use, in place of the one before."""
        ws = await self._session().ws_connect(
            await self._address(), autoping=False, max_msg_size=0, timeout=aiohttp.ClientWSTimeout(ws_close=2.0)
        )
        connection = Connection(ws, self._backoff)
        previous, self._current = self._current, connection
        reading = asyncio.create_task(connection.read(self._take))
        self._readings[connection] = reading
        reading.add_done_callback(lambda _: self._readings.pop(connection, None))
        if previous:
            self._farewells.start(self._say_farewell(previous))
        return connection

    async def leave(self) -> None:
        """Closes the connection in use before there is a new one: Slack has too many of them."""
        if self._current:
            await self._current.close()

    def hush(self) -> None:
        """Takes no more envelopes; Slack sends them again, to whoever is connected then."""
        self._hushed = True

    async def close(self) -> None:
        """Closes all connections."""
        self.hush()
        await asyncio.gather(*(connection.close() for connection in [*self._readings]))
        await asyncio.gather(*self._readings.values(), return_exceptions=True)
        await self._farewells.finish(0)

    async def _say_farewell(self, previous: Connection) -> None:
        reading = self._readings.get(previous)
        if reading:
            await asyncio.wait({reading}, timeout=self._backoff.farewell)
        await previous.close()

    def _take(self, connection: Connection, envelope: Payload) -> None:
        if not self._hushed:
            self._tasks.start(self._answer(connection, envelope))

    async def _answer(self, connection: Connection, envelope: Payload) -> None:
        payload = envelope.get("payload") or {}
        response = await self._dispatch(payload)
        if response.status >= 500:
            return  # without an acknowledgement, Slack sends it again
        head = '{"envelope_id":' + orjson.dumps(envelope["envelope_id"]).decode()
        body = response.body if response.status == 200 and response.body else ""
        if not body:
            await connection.send(head + "}")
            return
        text = f'{head},"payload":{body}}}'
        accepted = envelope.get("accepts_response_payload", True) and len(text.encode()) <= limits.FRAME
        if accepted:
            await connection.send(text)
            return
        await connection.send(head + "}")
        if payload.get("response_url"):
            await self._respond(payload["response_url"], body)
