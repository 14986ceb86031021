"""Requests to Discord through discord.py's own client: each is made once, and its outcome told as it is."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from types import MappingProxyType, SimpleNamespace
from typing import Any, Final

import aiohttp
import discord
import structlog
from discord.http import HTTPClient, Route

from bot.announcements.poster import NotSent, Outcome, Posted, Refusal, Refused, Unknown
from bot.platforms.discord.rate_limits import RateLimits

_log: Final = structlog.get_logger(__name__)

OFFLINE: Final = "not connected"
_WAITING: Final = "waiting for its turn"
_TURN_TIMEOUT: Final = 5.0
"""Seconds that a request waits for its turn at most: what is then left of its limit must do for the answer."""
_DEFAULT_PAUSE: Final = 5.0
"""Seconds to keep away after a refusal that doesn't say how long."""
_LONGEST_PAUSE: Final = 600.0
"""Seconds after which even a channel that was closed for hours is asked again."""
_SOON: Final = -1
"""The priority of requests that somebody waits for: before all posts."""
_HALF: Final = 0.5
"""A `Date` header names the second in which an answer was made: on average the answer is half a second older."""
_TOO_MANY: Final = 429


@dataclass(frozen=True, slots=True)
class Response:
    """What Discord answered to a request. `body` is the parsed JSON, None if there is none that can be read."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def succeeded(self) -> bool:
        """Whether it did what was asked."""
        return 200 <= self.status < 300

    @property
    def fields(self) -> Mapping[str, Any]:
        """The body's fields; none if it isn't an object."""
        return self.body if isinstance(self.body, dict) else {}


class Attempt:
    """A request that must not be repeated. It may have left this machine once it has a connection."""

    def __init__(self) -> None:
        self.begun = False
        self.response: Final[asyncio.Future[Response]] = asyncio.get_running_loop().create_future()


class RepeatedRequestError(Exception):
    """Ends discord.py's loop of up to five attempts: by the second, the first has been answered or lost."""


class RequestTrace:
    """Watches the requests of the discord.py clients that are given its `config`.

    `clock_skew` is Discord's clock minus this machine's, in seconds, to about a second; None before the first answer.
    A request with an `Attempt` as its trace context puts its response there, and is not made again.
    """

    def __init__(self) -> None:
        self.clock_skew: float | None = None
        self.config: Final = aiohttp.TraceConfig()
        self.config.on_request_start.append(_refuse_repetition)
        self.config.on_connection_create_end.append(_note_connection)
        self.config.on_connection_reuseconn.append(_note_connection)
        self.config.on_request_end.append(self._note_response)

    async def _note_response(
        self, session: aiohttp.ClientSession, context: SimpleNamespace, ended: aiohttp.TraceRequestEndParams
    ) -> None:
        response, attempt = ended.response, context.trace_request_ctx
        self._note_date(response.headers)
        if attempt is not None:
            body = _parsed(await response.read())
            attempt.response.set_result(Response(response.status, body, response.headers))

    def _note_date(self, headers: Mapping[str, str]) -> None:
        try:
            date = parsedate_to_datetime(headers["Date"])
        except (KeyError, ValueError):
            return
        if date.tzinfo is not None:
            self.clock_skew = date.timestamp() + _HALF - time.time()


async def _refuse_repetition(session: aiohttp.ClientSession, context: SimpleNamespace, params: object) -> None:
    if context.trace_request_ctx is not None and context.trace_request_ctx.begun:
        raise RepeatedRequestError


async def _note_connection(session: aiohttp.ClientSession, context: SimpleNamespace, params: object) -> None:
    if context.trace_request_ctx is not None:
        context.trace_request_ctx.begun = True


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


_CLEAR: Final = "_try_clear_expired_ratelimits"
_CLEARED_EVERY: Final = 60.0


def clear_seldom(http: HTTPClient) -> None:
    """Has discord.py forget the limits of idle channels once a minute: it looks through all of them at each request to
    another channel, which takes 4 ms with 10,000."""
    clear, cleared_at = getattr(http, _CLEAR), float("-inf")

    def sometimes() -> None:
        nonlocal cleared_at
        if time.monotonic() - cleared_at >= _CLEARED_EVERY:
            cleared_at = time.monotonic()
            clear()

    setattr(http, _CLEAR, sometimes)


class RestClient:
    """Makes requests within Discord's rates. `client` gives the connected discord.py client, None if there is none."""

    def __init__(self, client: Callable[[], discord.Client | None]) -> None:
        self.rates: Final = RateLimits()
        self._client: Final = client
        self._under_way: Final[set[asyncio.Task[Any]]] = set()

    async def send(self, route: Route, bucket: str, *, until: float, **carried: Any) -> Response | NotSent | Unknown:
        """What came of one request that is made before `until`, on the event loop's clock.

        `carried` is what discord.py's client takes: `json`, `params`, or `form` with `files`.
        """
        turn_until = min(until, asyncio.get_running_loop().time() + _TURN_TIMEOUT)
        try:
            async with asyncio.timeout_at(turn_until):
                await self.rates.turn(bucket, _SOON)
        except TimeoutError:
            return NotSent(_WAITING, self.rates.paused(bucket) or None)
        client = self._client()
        if client is None:
            return NotSent(OFFLINE)
        attempt = Attempt()
        outcome = await self._request(client, route, attempt, until, carried)
        if isinstance(outcome, Response) and outcome.status == _TOO_MANY:
            return self._too_many(bucket, outcome)
        return outcome

    def close(self) -> None:
        """Ends what is under way, whose outcome then is unknown."""
        for request in self._under_way:
            request.cancel()

    async def _request(
        self, client: discord.Client, route: Route, attempt: Attempt, until: float, carried: Mapping[str, Any]
    ) -> Response | NotSent | Unknown:
        """Waits for the response only: discord.py goes on sleeping when a request has used up its rate, or would be
        repeated."""
        loop = asyncio.get_running_loop()
        request = loop.create_task(
            client.http.request(route, allow_redirects=False, trace_request_ctx=attempt, **carried)
        )
        self._under_way.add(request)
        request.add_done_callback(self._ended)
        waits: set[asyncio.Future[Any]] = {request, attempt.response}
        try:
            await asyncio.wait(waits, timeout=until - loop.time(), return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not attempt.response.done():
                request.cancel()
        return attempt.response.result() if attempt.response.done() else _unanswered(request, attempt)

    def _ended(self, request: asyncio.Task[Any]) -> None:
        self._under_way.discard(request)
        if not request.cancelled():
            request.exception()  # has been told by the attempt

    def _too_many(self, bucket: str, response: Response) -> NotSent:
        """Keeps away for as long as Discord says; without its JSON it is the network in front of it that bans us."""
        try:
            seconds = float(response.fields["retry_after"] if response.fields else response.headers["Retry-After"])
        except (KeyError, TypeError, ValueError):
            seconds = _DEFAULT_PAUSE
        everywhere = not response.fields or bool(response.fields.get("global"))
        self.rates.pause(bucket, min(seconds, _LONGEST_PAUSE), everywhere=everywhere)
        _log.warning("discord.rate_limited", seconds=round(seconds, 1), everywhere=everywhere)
        return NotSent("429 rate limited", seconds)


def _unanswered(request: asyncio.Task[Any], attempt: Attempt) -> NotSent | Unknown:
    """What is known of a request that has no response."""
    error: BaseException | None = TimeoutError()
    if request.done():
        error = asyncio.CancelledError() if request.cancelled() else request.exception()
    if isinstance(error, discord.RateLimited):  # by discord.py itself, from the headers of earlier answers
        return NotSent(_WAITING, error.retry_after)
    name = type(error).__name__
    return Unknown(name) if attempt.begun else NotSent(name)


UNKNOWN_MESSAGE: Final = 10008
ARCHIVED: Final = 50083
"""Discord's code for a request about a message in a thread that sleeps."""

_BY_CODE: Final[Mapping[int, Refusal]] = MappingProxyType(
    {
        50007: Refusal.CLOSED,  # the person's settings, or a block
        50278: Refusal.CLOSED,  # no server in common any more
        50033: Refusal.GONE,  # no such recipient of direct messages
        UNKNOWN_MESSAGE: Refusal.MESSAGE,
        ARCHIVED: Refusal.RIGHTS,  # the thread is archived, and locked
    }
)
"""Discord's own codes where they say more than the HTTP status."""

_BY_STATUS: Final[Mapping[int, Refusal]] = MappingProxyType(
    {401: Refusal.CREDENTIALS, 403: Refusal.RIGHTS, 404: Refusal.GONE, 410: Refusal.GONE}
)
_REQUEST_TIMEOUT = 408
_LONGEST_DETAIL = 200


def outcome_of(response: Response | NotSent | Unknown, message: str | None) -> Outcome:
    """What became of a request that was to post or change `message`; None if its id is not in the response."""
    if not isinstance(response, Response):
        return response
    if not response.succeeded:
        return failure(response)
    return Posted(message) if message else Unknown(f"{response.status} without a message")


def failure(response: Response) -> Refused | Unknown:
    """The outcome of a request that Discord answered with anything but success or a rate limit.

    An error of a server, 503 too, may come from a proxy that lost the connection after the request was passed on.
    """
    own = "message" in response.fields  # each of Discord's own refusals has one; a page of a proxy is no verdict
    if not 400 <= response.status < 500 or response.status == _REQUEST_TIMEOUT or not own:
        return Unknown(detail(response))
    why = _BY_CODE.get(code(response)) or _BY_STATUS.get(response.status, Refusal.CONTENT)
    return Refused(why, detail(response))


def detail(response: Response | NotSent | Unknown) -> str:
    """What came of a request, in a few words: of the message that was sent only the places of its errors."""
    if not isinstance(response, Response):
        return response.detail
    fields = response.fields
    wrong = ", ".join(_places(fields.get("errors"), ""))
    parts = [f"{response.status}", str(code(response) or ""), str(fields.get("message", "")), wrong and f"({wrong})"]
    return " ".join(part for part in parts if part)[:_LONGEST_DETAIL]


def code(response: Response) -> int:
    """Discord's own code for what went wrong, 0 if it names none."""
    found = response.fields.get("code")
    return found if isinstance(found, int) else 0


def id_in(response: Response | NotSent | Unknown) -> str | None:
    """The id of the object that Discord answered with."""
    found = response.fields.get("id") if isinstance(response, Response) and response.succeeded else None
    return str(found) if found else None


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
