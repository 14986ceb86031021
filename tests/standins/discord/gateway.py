"""Discord's gateway: sessions, heartbeats, resuming, and every way a connection can end."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import zlib
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from .refusals import Json
from .world import GUILD_MEMBERS, GUILDS, Guild, World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE_STATE = range(5)
RESUME, RECONNECT, REQUEST_MEMBERS, INVALID_SESSION, HELLO, HEARTBEAT_ACK = range(6, 12)
GUILD_PRESENCES, MESSAGE_CONTENT = 1 << 8, 1 << 15
_PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT


class _CloseError(Exception):
    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


class Connection:
    """One websocket, with a queue so that whoever has something to say need not wait."""

    def __init__(self, request: web.Request, ws: web.WebSocketResponse) -> None:
        self.ws = ws
        self.session: Session | None = None
        self.closed_with: int | None = None
        self._transport = request.transport
        self._queue: asyncio.Queue[str] = asyncio.Queue()
        compressed = request.query.get("compress") == "zlib-stream"
        self._compressor = zlib.compressobj() if compressed else None

    def send(self, frame: str) -> None:
        self._queue.put_nowait(frame)

    async def write(self) -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                frame = await self._queue.get()
                if self._compressor is None:
                    await self.ws.send_str(frame)
                else:
                    packed = self._compressor.compress(frame.encode()) + self._compressor.flush(zlib.Z_SYNC_FLUSH)
                    await self.ws.send_bytes(packed)

    def abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    async def close(self, code: int, reason: str = "") -> None:
        self.closed_with = code
        await self.ws.close(code=code, message=reason.encode())

    @property
    def ends_session(self) -> bool:
        """Whether it was closed, by whichever side, with a code after which nothing can be resumed."""
        return (self.closed_with or self.ws.close_code) in (1000, 1001)


@dataclass(eq=False)
class Session:
    """What a bot resumes: everything it was sent, numbered."""

    id: str
    shard: tuple[int, int]
    intents: int
    connection: Connection | None = None
    sent: list[str] = field(default_factory=list)

    def push(self, event: str, data: Json) -> None:
        frame = _frame(DISPATCH, data, event, len(self.sent) + 1)
        self.sent.append(frame)
        if self.connection is not None:
            self.connection.send(frame)


def _frame(op: int, data: Any, event: str | None = None, sequence: int | None = None) -> str:
    return json.dumps({"op": op, "d": data, "s": sequence, "t": event}, ensure_ascii=False)


class Gateway:
    """`identifies` and `resumes` hold the payloads as they came; `heartbeat_interval` is in seconds. The next
    connections are greeted with the `hellos`, as long as there are some."""

    def __init__(self, world: World, token: str) -> None:
        self._world = world
        self.token = token
        self.revoked = False
        self.url = ""
        self.heartbeat_interval = 41.25
        self.hellos: list[Any] = []
        self.acknowledges = True
        self.allowed_privileged = 0
        self.identify_limit = 1000
        self.heartbeats = 0
        self.identifies: list[Json] = []
        self.resumes: list[Json] = []
        self.presences: list[Json] = []
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        self._change = asyncio.Condition()

    @property
    def intents(self) -> int:
        """The intents of the last identify."""
        return int(self.identifies[-1].get("intents") or 0)

    @property
    def live(self) -> list[Session]:
        return [session for session in self.sessions.values() if session.connection is not None]

    async def ready(self, within: float = 10.0, *, sessions: int = 1) -> None:
        """Waits until so many sessions are connected and have had their READY or RESUMED."""
        async with self._change, asyncio.timeout(within):
            await self._change.wait_for(lambda: len(self.live) >= sessions)

    async def gone(self, within: float = 10.0) -> None:
        """Waits until no session is connected any more."""
        async with self._change, asyncio.timeout(within):
            await self._change.wait_for(lambda: not self.live)

    def emit(self, event: str, data: Json, guild: Guild | None, intent: int) -> None:
        """To every session that has the intent (0: all have it) and the shard, connected or to be resumed."""
        for session in self.sessions.values():
            number, count = session.shard
            if (intent and not session.intents & intent) or (guild.id >> 22 if guild else 0) % count != number:
                continue
            session.push(event, self._readable(event, data, session))

    def _readable(self, event: str, data: Json, session: Session) -> Json:
        """Without the message-content intent the words of others come empty, unless they are meant for the bot."""
        if event not in ("MESSAGE_CREATE", "MESSAGE_UPDATE") or session.intents & MESSAGE_CONTENT:
            return data
        bot = str(self._world.bot.id)
        meant = "guild_id" not in data or any(user["id"] == bot for user in data["mentions"])
        if meant or data["author"]["id"] == bot:
            return data
        return {**data, "content": "", "embeds": [], "attachments": [], "components": []}

    async def drop(self, code: int | None = None) -> None:
        """Breaks every connection, or closes it with a code; sessions stay and can be resumed."""
        for connection in list(self.connections):
            if code is None:
                connection.abort()
            else:
                await connection.close(code)
        await self.gone()

    def say(self, frame: str) -> None:
        """Sends a frame as it is, whatever that may be."""
        for connection in self.connections:
            connection.send(frame)

    def ask_to_reconnect(self) -> None:
        for connection in self.connections:
            connection.send(_frame(RECONNECT, None))

    def invalidate(self, *, resumable: bool = False) -> None:
        """Op 9. If not resumable, discord.py identifies anew at `DiscordWebSocket.DEFAULT_GATEWAY`: set that first."""
        for connection in self.connections:
            if not resumable and connection.session is not None:
                self.sessions.pop(connection.session.id, None)
            connection.send(_frame(INVALID_SESSION, resumable))

    async def close(self) -> None:
        for connection in list(self.connections):
            await connection.close(WSCloseCode.GOING_AWAY)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        ws = web.WebSocketResponse(timeout=0.5)
        await ws.prepare(request)
        connection = Connection(request, ws)
        self.connections.add(connection)
        writer = asyncio.create_task(connection.write())
        usual = {"heartbeat_interval": round(self.heartbeat_interval * 1000)}
        connection.send(_frame(HELLO, self.hellos.pop(0) if self.hellos else usual))
        try:
            async for message in ws:
                if message.type is WSMsgType.TEXT:
                    await self._received(connection, _parsed(message.data))
        except _CloseError as close:
            await connection.close(close.code, close.reason)
        finally:
            writer.cancel()
            self.connections.discard(connection)
            if connection.session is not None and connection.session.connection is connection:
                connection.session.connection = None
                if connection.ends_session:
                    self.sessions.pop(connection.session.id, None)
            async with self._change:
                self._change.notify_all()
        return ws

    async def _received(self, connection: Connection, frame: Json) -> None:
        op, data = frame.get("op"), frame.get("d")
        if op == HEARTBEAT:
            self.heartbeats += 1
            if self.acknowledges:
                connection.send(_frame(HEARTBEAT_ACK, None))
            return
        if op not in (IDENTIFY, RESUME, PRESENCE, VOICE_STATE, REQUEST_MEMBERS):
            raise _CloseError(4001, "Unknown opcode.")
        if not isinstance(data, dict):
            raise _CloseError(4002, "Error while decoding payload.")
        if op == IDENTIFY:
            self._identify(connection, data)
        elif op == RESUME:
            self._resume(connection, data)
        elif connection.session is None:
            raise _CloseError(4003, "Not authenticated.")
        elif op == PRESENCE:
            self.presences.append(data)
        elif op == REQUEST_MEMBERS:
            self._members(connection.session, data)
        async with self._change:
            self._change.notify_all()

    def _identify(self, connection: Connection, data: Json) -> None:
        if connection.session is not None:
            raise _CloseError(4005, "Already authenticated.")
        self.identifies.append(data)
        if self.revoked or data.get("token") != self.token:
            raise _CloseError(4004, "Authentication failed.")
        if len(self.identifies) > self.identify_limit:
            self.revoked = True
            raise _CloseError(4004, "Authentication failed.")
        shard = data.get("shard") or [0, 1]
        if not 0 <= shard[0] < shard[1]:
            raise _CloseError(4010, "Invalid shard.")
        intents = data.get("intents")
        if not isinstance(intents, int) or intents < 0:
            raise _CloseError(4013, "Invalid intent(s).")
        if intents & _PRIVILEGED & ~self.allowed_privileged:
            raise _CloseError(4014, "Disallowed intent(s).")
        session = Session(secrets.token_hex(16), (shard[0], shard[1]), intents, connection)
        connection.session = session
        self.sessions[session.id] = session
        self._greet(session)

    def _greet(self, session: Session) -> None:
        world, (number, count) = self._world, session.shard
        known = [guild for guild in world.guilds.values() if world.bot.id in guild.members]
        guilds = [guild for guild in known if (guild.id >> 22) % count == number]
        ready = {
            "v": 10,
            "user": world.user_payload(world.bot),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": [number, count],
            "application": {"id": str(world.application_id), "flags": 0},
        }
        session.push("READY", ready)
        if session.intents & GUILDS:
            for guild in guilds:
                session.push("GUILD_CREATE", world.guild_payload(guild))

    def _resume(self, connection: Connection, data: Json) -> None:
        self.resumes.append(data)
        if self.revoked or data.get("token") != self.token:
            raise _CloseError(4004, "Authentication failed.")
        session = self.sessions.get(str(data.get("session_id")))
        if session is None:
            connection.send(_frame(INVALID_SESSION, False))
            return
        seen = data.get("seq") or 0
        if seen > len(session.sent):
            raise _CloseError(4007, "Invalid seq.")
        if session.connection is not None:
            session.connection.abort()
        for frame in session.sent[seen:]:
            connection.send(frame)
        session.connection = connection
        connection.session = session
        session.push("RESUMED", {"_trace": []})

    def _members(self, session: Session, data: Json) -> None:
        guild = self._world.guilds[int(data["guild_id"])]
        wanted = {int(each) for each in data.get("user_ids") or []}
        members = [m for m in guild.members.values() if not wanted or m.user.id in wanted]
        chunk = {
            "guild_id": str(guild.id),
            "members": [self._world.member_payload(member) for member in members],
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": [],
            "nonce": data.get("nonce"),
        }
        session.push("GUILD_MEMBERS_CHUNK", chunk)


def _parsed(text: str) -> Json:
    try:
        frame = json.loads(text)
    except ValueError:
        frame = None
    if not isinstance(frame, dict):
        raise _CloseError(4002, "Error while decoding payload.")
    return frame
