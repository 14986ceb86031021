"""One request to Discord and what is known of it afterwards: sent at most once, in its turn and within a time limit.

discord.py's own requests repeat themselves after some errors, and have no time limit to speak of.
"""

import asyncio
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final

import aiohttp
import discord
import structlog
from discord.http import Route

from bot.announcements.poster import NotSent, Unknown
from bot.platforms.discord.gates import Allowance
from bot.platforms.discord.rates import Place, Rates
from bot.platforms.discord.skew import Skew

_log: Final = structlog.get_logger(__name__)

_PATIENCE: Final = 5.0
"""Seconds that a request waits for its turn at most: what is then left of its limit must do for the answer."""
_REFUSED_FOR: Final = 5.0
"""Seconds to keep away after a refusal that doesn't say how long."""

_UNLIMITED: Final = Allowance(limit=10, remaining=10, reset_after=0.0)
"""What a success that tells of no limit stands for: so many at a time."""

SOON: Final = -1
"""The priority of requests that somebody waits for: before all posts."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Discord's word on a request. `body` is the parsed JSON, None if there is none that can be read."""

    status: int
    body: Any = None

    @property
    def succeeded(self) -> bool:
        """Whether it did what was asked."""
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Payload:
    """What a request carries: a JSON body, or the fields of a form where there are files."""

    json: Mapping[str, Any] | None = None
    form: Iterable[Mapping[str, Any]] = ()

    @property
    def sent(self) -> dict[str, Any]:
        """The arguments with which aiohttp sends it."""
        if fields := [*self.form]:
            form = aiohttp.FormData(quote_fields=False)  # Discord doesn't know `files%5B0%5D`
            for field in fields:
                form.add_field(**field)
            return {"data": form}
        if self.json is None:
            return {}
        data = json.dumps(self.json, ensure_ascii=False, separators=(",", ":")).encode()
        return {"data": data, "headers": {"Content-Type": "application/json"}}


class _Attempt:
    """Whether a request may have left this machine: from the moment at which it has a connection."""

    def __init__(self) -> None:
        self.begun = False


class Exchange:
    """Sends requests with a session of its own, which lasts until it is closed."""

    def __init__(self, skew: Skew) -> None:
        self.rates: Final = Rates()
        self._skew: Final = skew
        self._session: aiohttp.ClientSession | None = None

    async def send(
        self,
        client: discord.Client,
        route: Route,
        bucket: str,
        *,
        until: float,
        payload: Payload | None = None,
        params: Mapping[str, str] | None = None,
        priority: int = SOON,
    ) -> Answer | NotSent | Unknown:
        """What came of one request that the client's bot makes before `until`, on the event loop's clock.

        A place that was reserved for the bucket is used for it.
        """
        patience = min(until, asyncio.get_running_loop().time() + _PATIENCE)
        try:
            async with asyncio.timeout_at(patience):
                place = await self.rates.place(bucket, priority)
        except TimeoutError:
            return NotSent("waiting for its turn", self.rates.wait(bucket) or None)
        attempt = _Attempt()
        try:
            async with asyncio.timeout_at(until):
                return await self._sent(client, route, place, attempt, payload or Payload(), params)
        except (aiohttp.ClientError, OSError, TimeoutError) as fault:
            name = type(fault).__name__
            return Unknown(name) if attempt.begun else NotSent(name)
        finally:
            if attempt.begun:
                place.lost()
            else:
                place.unused()

    async def close(self) -> None:
        """Ends the connections; what is under way ends with an unknown outcome."""
        if self._session:
            await self._session.close()

    async def _sent(
        self,
        client: discord.Client,
        route: Route,
        place: Place,
        attempt: _Attempt,
        payload: Payload,
        params: Mapping[str, str] | None,
    ) -> Answer | NotSent:
        carried = payload.sent
        headers = {
            "Authorization": f"Bot {client.http.token}",
            "User-Agent": client.http.user_agent,
            **carried.pop("headers", {}),
        }
        async with self._opened().request(
            route.method,
            route.url,
            headers=headers,
            params=params,
            allow_redirects=False,
            trace_request_ctx=attempt,
            **carried,
        ) as response:
            answer = Answer(response.status, _parsed(await response.read()))
            if answer.status == 429:
                return _too_many(answer, response.headers, place)
            place.answered(_allowance(response.headers) or (_UNLIMITED if answer.succeeded else None))
            return answer

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            begun = aiohttp.TraceConfig()
            begun.on_connection_create_end.append(_note_beginning)
            begun.on_connection_reuseconn.append(_note_beginning)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None),
                trace_configs=[begun, self._skew.trace],
            )
        return self._session


async def _note_beginning(session: aiohttp.ClientSession, context: SimpleNamespace, params: object) -> None:
    context.trace_request_ctx.begun = True


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _allowance(headers: Mapping[str, str]) -> Allowance | None:
    try:
        return Allowance(
            int(headers["X-RateLimit-Limit"]),
            int(headers["X-RateLimit-Remaining"]),
            float(headers["X-RateLimit-Reset-After"]),
        )
    except (KeyError, ValueError):
        return None


def _too_many(answer: Answer, headers: Mapping[str, str], place: Place) -> NotSent:
    """Keeps away for as long as Discord says; without its JSON it is the network in front of it that bans us."""
    said = answer.body if isinstance(answer.body, dict) else None
    try:
        seconds = float(said["retry_after"] if said else headers["Retry-After"])
    except (KeyError, TypeError, ValueError):
        seconds = _REFUSED_FOR
    everywhere = said is None or bool(said.get("global"))
    place.refused(seconds, everywhere=everywhere)
    _log.warning("discord.rate_limited", seconds=round(seconds, 1), everywhere=everywhere)
    return NotSent("429 rate limited", seconds)
