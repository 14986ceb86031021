"""Slack's Web API: arguments, tokens, scopes, faults and limits around the methods."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from .faults import Faults, RateLimits, too_many
from .refusals import Args, Json, RefusedError
from .state import Workspace

Run = Callable[["Api", Args], Json]


@dataclass(frozen=True, slots=True)
class Method:
    run: Run
    scope: str | None
    by: str  # the token it needs: bot, app or any
    takes: frozenset[str]


METHODS: dict[str, Method] = {}


def method(name: str, takes: str = "", *, scope: str | None = None, by: str = "bot") -> Callable[[Run], Run]:
    """Registers a method; `takes` lists its arguments, so that a misspelt one is noticed."""

    def register(run: Run) -> Run:
        METHODS[name] = Method(run, scope, by, frozenset(takes.split()))
        return run

    return register


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot, as it came in."""

    method: str
    args: Args
    at: float


async def read_args(request: web.Request) -> Args:
    args = Args(request.query)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except json.JSONDecodeError:
            raise RefusedError("invalid_json") from None
        if not isinstance(body, dict):
            raise RefusedError("json_not_object")
        args.update(body)
    elif request.can_read_body:
        form = await request.post()
        args.update({name: value for name, value in form.items() if isinstance(value, str)})
    return args


class Api:
    """What the methods work on, and the door through which calls come in."""

    def __init__(self, ws: Workspace, faults: Faults) -> None:
        self.ws = ws
        self.faults = faults
        self.rate_limits = RateLimits(ws.clock)
        self.base_url = ""
        self.bot_token = f"xoxb-{ws.team_id}-{ws.bot_user.id}-standin"
        self.app_token = f"xapp-1-{ws.app_id}-standin"
        self.revoked: str | None = None
        self.calls: list[Call] = []
        self.unknown_methods: list[str] = []
        self.open_socket: Callable[[], str] = lambda: ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        try:
            args = await read_args(request)
        except RefusedError as no:
            return self._answer(no.body())
        header = request.headers.get("Authorization", "")
        token = header.removeprefix("Bearer ") if header else str(args.pop("token", ""))
        self.calls.append(Call(name, args, self.ws.clock.now()))
        self.ws.pulse.beat()
        if name not in METHODS:
            self.unknown_methods.append(name)
            return self._answer({"ok": False, "error": "unknown_method", "req_method": name})

        async def apply() -> web.StreamResponse:
            return self._apply(name, args, token)

        action = self.faults.take(name, args)
        return await (action.around(request, apply) if action else apply())

    def _apply(self, name: str, args: Args, token: str) -> web.Response:
        what = METHODS[name]
        try:
            self._admit(what, token)
            if name == "chat.postMessage" and (wait := self.rate_limits.wait_for(str(args.get("channel")))):
                return too_many(wait)
            # Bolt gives its clients a team_id, which then comes with every call.
            for unknown in sorted(set(args) - what.takes - {"team_id"}):
                self.ws.note(f"{name} has no argument {unknown}")
            answer = {"ok": True, **what.run(self, args)}
        except RefusedError as no:
            answer = no.body()
        self.ws.pulse.beat()
        return self._answer(answer, what.scope)

    def _admit(self, what: Method, token: str) -> None:
        if not token:
            raise RefusedError("not_authed")
        if token not in (self.bot_token, self.app_token):
            raise RefusedError("invalid_auth")
        if self.revoked is not None and token == self.bot_token:
            raise RefusedError(self.revoked)
        if what.by != "any" and (what.by == "app") != (token == self.app_token):
            raise RefusedError("not_allowed_token_type")
        if what.scope is not None:
            self.require(what.scope)

    def require(self, scope: str) -> None:
        if scope not in self.ws.scopes:
            raise RefusedError("missing_scope", needed=scope, provided=",".join(sorted(self.ws.scopes)))

    def _answer(self, body: Json, scope: str | None = None) -> web.Response:
        headers = {"X-OAuth-Scopes": ",".join(sorted(self.ws.scopes))}
        if scope is not None:
            headers["X-Accepted-OAuth-Scopes"] = scope
        return web.json_response(body, headers=headers)


def page(things: list[Any], args: Args, default: int, most: int) -> tuple[list[Any], str]:
    """One page of a list, and the cursor of the next (empty at the end)."""
    limit = args.number("limit", default) or default
    if not 1 <= limit <= most:
        raise RefusedError("invalid_limit")
    cursor = str(args.get("cursor") or "")
    if cursor and not cursor.isdecimal():
        raise RefusedError("invalid_cursor")
    start = int(cursor or 0)
    return things[start : start + limit], str(start + limit) if start + limit < len(things) else ""
