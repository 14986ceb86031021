"""Socket Mode: the WebSocket over which Slack sends envelopes and takes acknowledgements."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
import uuid
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from .delivery import EVENT, Acknowledgement, NotAcknowledgedError, Retry
from .refusals import Json
from .state import Workspace

MOST_CONNECTIONS = 10


@dataclass(eq=False)
class Connection:
    """One WebSocket of the bot."""

    request: web.Request
    ws: web.WebSocketResponse
    number: int
    retiring: bool = False  # gets no further envelopes
    dropped: bool = False
    stalled: bool = False  # stays open, but neither speaks nor answers
    envelopes: list[str] = field(default_factory=list)  # ids sent over it
    pings: int = 0  # from the bot
    pongs: int = 0  # of the bot
    closing: asyncio.Task[None] | None = None

    async def disconnect(self, reason: str = "refresh_requested", grace: float = 10.0) -> None:
        """Asks the bot to go (`warning`, `refresh_requested`, `link_disabled`) and closes after the grace."""
        self.retiring = reason != "warning"
        await self.ws.send_json(
            {"type": "disconnect", "reason": reason, "debug_info": {"host": f"applink-{self.number}"}}
        )
        if reason != "warning":
            self.closing = asyncio.create_task(self._close_after(grace))

    async def _close_after(self, grace: float) -> None:
        await asyncio.sleep(grace)
        with contextlib.suppress(ConnectionError):
            await self.ws.close()

    def drop(self) -> None:
        """Breaks the connection without a word."""
        self.retiring = self.dropped = True
        if self.request.transport is not None:
            self.request.transport.abort()


@dataclass(eq=False)
class _Sent:
    envelope_id: str
    over: Connection
    at: float
    answered: asyncio.Future[Acknowledgement]


class SocketMode:
    def __init__(self, ws: Workspace) -> None:
        self._workspace = ws
        self._tickets: set[str] = set()
        self._pending: dict[str, _Sent] = {}
        self._turn = 0
        self._opened = 0
        self.host = ""
        self.connections: list[Connection] = []
        self.lost_acks = 0  # so many of the next acknowledgements get lost on the way
        self.failing_handshakes = 0  # so many of the next connections are refused, their addresses used up
        self.stray_acks: list[Json] = []  # too late, or for envelopes never sent

    def open(self) -> str:
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return f"ws://{self.host}/link/?ticket={ticket}&app_id={self._workspace.app_id}"

    async def connected(self, count: int = 1, within: float = 5.0) -> list[Connection]:
        """Waits for so many usable connections."""
        await self._workspace.pulse.until(
            lambda: len(self._usable()) >= count, within, f"connecting {count} times in Socket Mode"
        )
        return self._usable()

    def _usable(self) -> list[Connection]:
        return [each for each in self.connections if not each.retiring]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403, text="bad ticket")
        self._tickets.discard(ticket)
        if self.failing_handshakes > 0:
            self.failing_handshakes -= 1
            return web.Response(status=503)
        ws = web.WebSocketResponse(autoping=False)
        await ws.prepare(request)
        self._opened += 1
        connection = Connection(request, ws, self._opened)
        if len(self.connections) >= MOST_CONNECTIONS:
            await connection.disconnect("too_many_websockets", grace=0)
            await ws.receive()
            return ws
        hello = {
            "type": "hello",
            "num_connections": len(self.connections) + 1,
            "debug_info": {
                "host": f"applink-{self._opened}",
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": self._workspace.app_id},
        }
        await ws.send_json(hello)
        await ws.ping(b"Ping from applink")
        self.connections.append(connection)
        self._workspace.pulse.beat()
        try:
            await self._listen(connection)
        finally:
            self.connections.remove(connection)
            for sent in self._pending.values():
                if connection.dropped and sent.over is connection and not sent.answered.done():
                    sent.answered.set_exception(NotAcknowledgedError("connection_closed"))
            if connection.closing is not None:
                connection.closing.cancel()
            self._workspace.pulse.beat()
        return ws

    async def _listen(self, connection: Connection) -> None:
        async for frame in connection.ws:
            if connection.stalled:
                continue
            if frame.type == WSMsgType.PING:
                connection.pings += 1
                await connection.ws.pong(frame.data)
            elif frame.type == WSMsgType.PONG:
                connection.pongs += 1
            elif frame.type == WSMsgType.TEXT:
                self._acknowledged(json.loads(frame.data))
            self._workspace.pulse.beat()

    def _acknowledged(self, ack: Json) -> None:
        if self.lost_acks > 0:
            self.lost_acks -= 1
            return
        sent = self._pending.pop(str(ack.get("envelope_id")), None)
        if sent is None or sent.answered.done():
            self.stray_acks.append(ack)
            return
        sent.answered.set_result(Acknowledgement(time.perf_counter() - sent.at, ack.get("payload")))

    async def send(
        self, kind: str, payload: Json, *, retry: Retry | None, within: float, accepts: bool
    ) -> Acknowledgement:
        usable = self._usable()
        if not usable:
            raise NotAcknowledgedError("dispatch_failed")
        self._turn += 1
        connection = usable[self._turn % len(usable)]
        envelope_id = str(uuid.uuid4())
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": accepts,
        }
        if kind == EVENT:
            envelope["retry_attempt"] = retry.attempt if retry else 0
            envelope["retry_reason"] = retry.reason if retry else ""
        answered: asyncio.Future[Acknowledgement] = asyncio.get_running_loop().create_future()
        sent = _Sent(envelope_id, connection, time.perf_counter(), answered)
        self._pending[envelope_id] = sent
        connection.envelopes.append(envelope_id)
        self._workspace.pulse.beat()
        try:
            if not connection.stalled:
                await connection.ws.send_str(json.dumps(envelope))
            return await asyncio.wait_for(sent.answered, within)
        except (TimeoutError, ConnectionError):
            raise NotAcknowledgedError("timeout") from None
        finally:
            self._pending.pop(envelope_id, None)

    async def close(self) -> None:
        for each in list(self.connections):
            each.drop()
        await self._workspace.pulse.until(lambda: not self.connections, 5.0, "closing the sockets")
