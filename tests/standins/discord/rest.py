"""The way of every request through the stand-in: read, faults, token, limits, the work, the answer."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import BodyPartReader, web

from tests.standins.json_schema import SchemaFile

from .faults import Faults
from .limits import Limits, banned_answer
from .message_form import File
from .refusals import Json, RefusalError, invalid_json, not_found, unauthorised

BASE = "/api/v10"
_PAYLOADS = SchemaFile(Path(__file__).with_name("payloads.schema.yaml"))
_FILES = re.compile(r"files\[(\d+)\]")


@dataclass(eq=False)
class Call:
    """One request as the test may look at it later; `status` is None while it is not answered, or never was."""

    method: str
    path: str
    query: Mapping[str, str]
    json: Any
    files: Mapping[int, File]
    token: str | None
    arrived: float
    names: Mapping[str, str]
    status: int | None = None

    @property
    def body(self) -> Json:
        return self.json if isinstance(self.json, dict) else {}

    def id(self, name: str) -> int:
        """A number in the path; what is no number names nothing that exists."""
        try:
            return int(self.names[name])
        except ValueError:
            raise not_found() from None


Handler = Callable[[Call], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Route:
    """`bucket` names the part of the path by which its rate limit is kept; with None it has no limit of its own.

    `payload` names the schema of what the bot sends there.
    """

    method: str
    path: str
    handler: Handler
    bucket: str | None = None
    needs_token: bool = True
    payload: str | None = None


@dataclass
class Rest:
    token: str
    faults: Faults = field(default_factory=Faults)
    limits: Limits = field(default_factory=Limits)
    calls: list[Call] = field(default_factory=list)
    unknown_routes: list[str] = field(default_factory=list)
    broken: list[Exception] = field(default_factory=list)
    flaws: list[str] = field(default_factory=list)
    revoked: bool = False

    def add_to(self, app: web.Application, routes: list[Route]) -> None:
        for route in routes:
            app.router.add_route(route.method, BASE + route.path, self._handler(route))
        app.router.add_route("*", "/{tail:.*}", self._handler(None))

    def _handler(self, route: Route | None) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            return await self._answer(route, request)

        return handle

    async def _answer(self, route: Route | None, request: web.Request) -> web.StreamResponse:
        arrived = time.perf_counter()
        try:
            call = await _read(request, arrived)
        except RefusalError as refusal:
            return _refused(refusal)
        self.calls.append(call)

        async def apply() -> web.StreamResponse:
            return await self._apply(route, call)

        action = self.faults.take(call.method, call.path, call.body)
        response = await (action.around(request, apply) if action else apply())
        call.status = response.status if request.transport is not None and not request.transport.is_closing() else None
        self.limits.note(response.status)
        return response

    async def _apply(self, route: Route | None, call: Call) -> web.StreamResponse:
        if self.limits.banned:
            return banned_answer()
        if route is None:
            self.unknown_routes.append(f"{call.method} {call.path}")
            return _refused(not_found())
        if route.needs_token and (self.revoked or call.token != f"Bot {self.token}"):
            return _refused(unauthorised())
        major = call.names[route.bucket] if route.bucket else ""
        bucket = f"{route.method} {route.path}" if route.bucket else None
        refused, headers = self.limits.admit(bucket, major, counts_in_all=route.needs_token)
        if refused is not None:
            refused.headers.update(headers)
            return refused
        try:
            response = _answered(await route.handler(call))
        except RefusalError as refusal:
            response = _refused(refusal)
        except Exception as broken:
            self.broken.append(broken)
            raise
        else:
            self.flaws += _flaws(route, call)
        response.headers.update(headers)
        return response


def _flaws(route: Route, call: Call) -> list[str]:
    """What of an accepted payload isn't as Discord describes it."""
    if call.json is None or route.method == "GET":
        return []
    if route.payload is None:
        return [f"{route.method} {route.path}: no payload is described"]
    return [f"{route.method} {route.path}: {flaw}" for flaw in _PAYLOADS.flaws(call.json, route.payload)]


def _answered(body: Any) -> web.Response:
    """Exactly `application/json`: with a charset discord.py would take it for text."""
    if body is None:
        return web.Response(status=204)
    return web.Response(body=json.dumps(body, ensure_ascii=False).encode(), content_type="application/json")


def _refused(refusal: RefusalError) -> web.Response:
    body = json.dumps(refusal.body()).encode()
    return web.Response(status=refusal.status, body=body, content_type="application/json")


async def _read(request: web.Request, arrived: float) -> Call:
    files: dict[int, File] = {}
    if request.content_type == "multipart/form-data":
        text = await _read_parts(request, files)
    else:
        text = await request.text()
    try:
        body = json.loads(text) if text.strip() else None
    except ValueError:
        raise invalid_json() from None
    path = request.path.removeprefix(BASE)
    token = request.headers.get("Authorization")
    return Call(request.method, path, dict(request.query), body, files, token, arrived, dict(request.match_info))


async def _read_parts(request: web.Request, files: dict[int, File]) -> str:
    text = ""
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.name == "payload_json":
            text = await part.text()
        elif found := _FILES.fullmatch(part.name or ""):
            data = bytes(await part.read())
            kind = part.headers.get("Content-Type", "application/octet-stream")
            files[int(found[1])] = File(part.filename or "unknown", data, kind)
    return text
