"""What can go wrong between a request and its answer, scripted by tests."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import web

from .refusals import Args
from .state import Clock

Apply = Callable[[], Awaitable[web.StreamResponse]]


class Action(Protocol):
    """Stands around the applying of a request, and may keep it from happening or from being answered."""

    async def around(self, request: web.Request, apply: Apply) -> web.StreamResponse: ...


def _abort(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


@dataclass(frozen=True, slots=True)
class Status:
    """An HTTP error; with `applied` one that came after the work was done."""

    code: int
    retry_after: int | None = None
    applied: bool = False

    async def around(self, request: web.Request, apply: Apply) -> web.StreamResponse:
        if self.applied:
            await apply()
        if self.code == 429:
            return too_many(self.retry_after or 1)
        return web.Response(status=self.code, text="<html>error</html>", content_type="text/html")


@dataclass(frozen=True, slots=True)
class Error:
    """A refusal of the API's own kind, such as `fatal_error`, with HTTP 200."""

    code: str

    async def around(self, request: web.Request, apply: Apply) -> web.StreamResponse:
        return web.json_response({"ok": False, "error": self.code})


@dataclass(frozen=True, slots=True)
class Drop:
    """The connection breaks before anything is applied."""

    async def around(self, request: web.Request, apply: Apply) -> web.StreamResponse:
        return _abort(request)


@dataclass(frozen=True, slots=True)
class LoseAnswer:
    """The request is applied; the connection breaks instead of an answer."""

    async def around(self, request: web.Request, apply: Apply) -> web.StreamResponse:
        await apply()
        return _abort(request)


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
    """Keeps a call until the test calls `release()`, then applies it, or `lose()`, then nothing comes of it; with
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
            return _abort(request)
        return answer if answer is not None else await apply()


def too_many(retry_after: int) -> web.Response:
    return web.json_response(
        {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(retry_after)}
    )


@dataclass(eq=False)
class Fault:
    method: str
    action: Action
    left: int
    only_if: Callable[[Args], bool]
    used: int = 0


@dataclass
class Faults:
    """The scripted queue: the first fault that fits a call is used up by it."""

    waiting: list[Fault] = field(default_factory=list)

    def add(
        self,
        method: str,
        action: Action,
        times: int = 1,
        only_if: Callable[[Args], bool] = lambda args: True,
    ) -> Fault:
        """`method` is a Web API method, "response_url", "upload" or "*"; `only_if` looks at the arguments."""
        fault = Fault(method, action, times, only_if)
        self.waiting.append(fault)
        return fault

    def take(self, method: str, args: Args) -> Action | None:
        for fault in self.waiting:
            if fault.left > 0 and fault.method in (method, "*") and fault.only_if(args):
                fault.left -= 1
                fault.used += 1
                return fault.action
        return None

    def clear(self) -> None:
        self.waiting.clear()


@dataclass
class RateLimits:
    """One post a second and channel, with short bursts; off unless a test switches it on."""

    clock: Clock
    enabled: bool = False
    burst: int = 3
    per_second: float = 1.0
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)

    def wait_for(self, channel: str) -> int | None:
        """Seconds for `Retry-After`, or None if the post may pass."""
        if not self.enabled:
            return None
        now = self.clock.now()
        tokens, at = self._buckets.get(channel, (float(self.burst), now))
        tokens = min(float(self.burst), tokens + (now - at) * self.per_second)
        if tokens < 1:
            self._buckets[channel] = (tokens, now)
            return max(1, math.ceil((1 - tokens) / self.per_second))
        self._buckets[channel] = (tokens - 1, now)
        return None
