"""How far Discord's clock and this machine's are apart, read from the answers that come anyway."""

import asyncio
import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from types import MappingProxyType, SimpleNamespace
from typing import Any, Final

import aiohttp
import discord
import structlog
from discord.http import Route

from bot.announcements.poster import NotSent, Refusal, Refused, Unknown
from bot.platforms.discord.rate_limits import Place, Quota, RateLimits

_HALF = 0.5
"""A `Date` header names the second in which an answer was made: on average the answer is half a second older."""


class ClockSkew:
    """The latest difference, kept up to date by the sessions that are given its `trace`.

    `seconds` is Discord's clock minus this machine's, to about a second; None before the first answer.
    """

    def __init__(self) -> None:
        self.seconds: float | None = None
        self.trace = aiohttp.TraceConfig()
        self.trace.on_request_end.append(self._note)

    async def _note(
        self, session: aiohttp.ClientSession, context: SimpleNamespace, answered: aiohttp.TraceRequestEndParams
    ) -> None:
        try:
            date = parsedate_to_datetime(answered.response.headers["Date"])
        except (KeyError, ValueError):
            return
        if date.tzinfo is not None:
            self.seconds = date.timestamp() + _HALF - time.time()


_log: Final = structlog.get_logger(__name__)

_PATIENCE: Final = 5.0
"""Seconds that a request waits for its turn at most: what is then left of its limit must do for the answer."""
_REFUSED_FOR: Final = 5.0
"""Seconds to keep away after a refusal that doesn't say how long."""

_UNLIMITED: Final = Quota(limit=10, remaining=10, reset_after=0.0)
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

    def __init__(self, skew: ClockSkew) -> None:
        self.rates: Final = RateLimits()
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
        timeouts = min(until, asyncio.get_running_loop().time() + _PATIENCE)
        try:
            async with asyncio.timeout_at(timeouts):
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


def _allowance(headers: Mapping[str, str]) -> Quota | None:
    try:
        return Quota(
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


UNKNOWN_MESSAGE: Final = 10008

_BY_CODE: Final[Mapping[int, Refusal]] = MappingProxyType(
    {
        50007: Refusal.CLOSED,  # the person's settings, or a block
        50278: Refusal.CLOSED,  # no server in common any more
        50033: Refusal.GONE,  # no such recipient of direct messages
        UNKNOWN_MESSAGE: Refusal.MESSAGE,
        50083: Refusal.RIGHTS,  # the thread is archived, and locked
    }
)
"""Discord's own codes where they say more than the HTTP status."""

_BY_STATUS: Final[Mapping[int, Refusal]] = MappingProxyType(
    {401: Refusal.CREDENTIALS, 403: Refusal.RIGHTS, 404: Refusal.GONE, 410: Refusal.GONE}
)
_REQUEST_TIMEOUT = 408
_LONGEST_DETAIL = 200


def failure(answer: Answer) -> Refused | Unknown:
    """The outcome of a request that Discord answered with anything but success or a rate limit.

    An error of a server, 503 too, may come from a proxy that lost the connection after the request was passed on.
    """
    if not 400 <= answer.status < 500 or answer.status == _REQUEST_TIMEOUT:
        return Unknown(detail(answer))
    why = _BY_CODE.get(code(answer)) or _BY_STATUS.get(answer.status, Refusal.CONTENT)
    return Refused(why, detail(answer))


def detail(answer: Answer | NotSent | Unknown) -> str:
    """What came of a request, in a few words: of the message that was sent only the places of its errors."""
    if not isinstance(answer, Answer):
        return answer.detail
    body = answer.body if isinstance(answer.body, dict) else {}
    wrong = ", ".join(_places(body.get("errors"), ""))
    words = [str(answer.status), str(code(answer) or ""), str(body.get("message", "")), f"({wrong})" if wrong else ""]
    return " ".join(word for word in words if word)[:_LONGEST_DETAIL]


def code(answer: Answer) -> int:
    """Discord's own code for what went wrong, 0 if it names none."""
    found = answer.body.get("code") if isinstance(answer.body, dict) else None
    return found if isinstance(found, int) else 0


def _places(errors: Any, path: str) -> Iterator[str]:
    """Where the errors of an invalid form are, and their names: `embeds.0.title BASE_TYPE_MAX_LENGTH`."""
    if not isinstance(errors, dict):
        return
    for name, inner in errors.items():
        if name == "_errors" and isinstance(inner, list):
            names = [str(each.get("code", "")) for each in inner if isinstance(each, dict)]
            yield " ".join([path.lstrip("."), *names])
        else:
            yield from _places(inner, f"{path}.{name}")
