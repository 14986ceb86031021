"""What can go wrong between a request and its answer, scripted by tests."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import web

from .refusals import Json

Apply = Callable[[], Awaitable[web.StreamResponse]]


class Action(Protocol):
    """Stands around the applying of a request, and may keep it from happening or from being answered."""

    async def around(self, request: web.Request, apply: Apply) -> web.StreamResponse: ...


@dataclass(frozen=True, slots=True)
class Status:
    """An HTTP error; with `applied` one that came after the work was done."""

    code: int
    applied: bool = False

    async def around(self, request: web.Request, apply: Apply) -> web.StreamResponse:
        if self.applied:
            await apply()
        return web.Response(status=self.code, body=b"<html>error</html>", content_type="text/html")


@dataclass(frozen=True, slots=True)
class Refuse:
    """A refusal of Discord's own kind, such as `Refuse(403, 50013, "Missing Permissions")`."""

    status: int
    code: int
    message: str

    async def around(self, request: web.Request, apply: Apply) -> web.StreamResponse:
        body = {"message": self.message, "code": self.code}
        return web.Response(status=self.status, body=json.dumps(body).encode(), content_type="application/json")


@dataclass(frozen=True, slots=True)
class TooMany:
    """A rate limit; without `via` it looks like a ban of the address, which discord.py does not wait out."""

    retry_after: float = 0.1
    everywhere: bool = False
    via: bool = True

    async def around(self, request: web.Request, apply: Apply) -> web.StreamResponse:
        return too_many(self.retry_after, everywhere=self.everywhere, via=self.via)


@dataclass(frozen=True, slots=True)
class Drop:
    """The connection breaks before anything is applied; with `reset` the client sees ECONNRESET."""

    reset: bool = False

    async def around(self, request: web.Request, apply: Apply) -> web.StreamResponse:
        return _cut(request, reset=self.reset)


@dataclass(frozen=True, slots=True)
class LoseAnswer:
    """The request is applied; the connection breaks instead of an answer."""

    reset: bool = False

    async def around(self, request: web.Request, apply: Apply) -> web.StreamResponse:
        await apply()
        return _cut(request, reset=self.reset)


@dataclass(frozen=True, slots=True)
class Delay:
    """Waits, then applies (also when the client has gone meanwhile); or applies first and answers late."""

    seconds: float
    applied_first: bool = False

    async def around(self, request: web.Request, apply: Apply) -> web.StreamResponse:
        answer = await apply() if self.applied_first else None
        await asyncio.sleep(self.seconds)
        return answer if answer is not None else await apply()


@dataclass(slots=True)
class Hold:
    """Keeps a request until the test calls `release()`, then applies it, or `lose()`, then nothing comes of it; with
    `applied_first` it is only the answer that is kept. `arrived` is set when there is something to let go."""

    applied_first: bool = False
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _lost: bool = False

    def release(self) -> None:
        self._over.set()

    def lose(self) -> None:
        self._lost = True
        self._over.set()

    async def around(self, request: web.Request, apply: Apply) -> web.StreamResponse:
        answer = await apply() if self.applied_first else None
        self.arrived.set()
        await self._over.wait()
        if self._lost:
            return _cut(request, reset=False)
        return answer if answer is not None else await apply()


def too_many(retry_after: float, *, everywhere: bool = False, via: bool = True, scope: str = "user") -> web.Response:
    headers = {"Retry-After": str(max(1, round(retry_after))), "X-RateLimit-Scope": "global" if everywhere else scope}
    if via:
        headers["Via"] = "1.1 google"
    if everywhere:
        headers["X-RateLimit-Global"] = "true"
    body = {"message": "You are being rate limited.", "retry_after": round(retry_after, 3), "global": everywhere}
    return web.Response(status=429, body=json.dumps(body).encode(), content_type="application/json", headers=headers)


def _cut(request: web.Request, *, reset: bool) -> web.Response:
    if request.transport is not None:
        sock = request.transport.get_extra_info("socket")
        if reset and sock is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()
    return web.Response()


@dataclass(eq=False)
class Fault:
    """One entry of the script; `used` counts how often it struck."""

    method: str
    path: re.Pattern[str]
    action: Action
    left: int
    only_if: Callable[[Json], bool]
    used: int = 0


@dataclass
class Faults:
    """The scripted queue: the first fault that fits a request is used up by it."""

    waiting: list[Fault] = field(default_factory=list)

    def add(
        self,
        method: str,
        path_regex: str,
        action: Action,
        *,
        times: int = 1,
        only_if: Callable[[Json], bool] = lambda body: True,
    ) -> Fault:
        """`method` may be "*"; the pattern is searched in the path after `/api/v10`; `only_if` looks at the body."""
        fault = Fault(method, re.compile(path_regex), action, times, only_if)
        self.waiting.append(fault)
        return fault

    def take(self, method: str, path: str, body: Json) -> Action | None:
        for fault in self.waiting:
            if fault.left > 0 and fault.method in (method, "*") and fault.path.search(path) and fault.only_if(body):
                fault.left -= 1
                fault.used += 1
                return fault.action
        return None

    def clear(self) -> None:
        self.waiting.clear()
