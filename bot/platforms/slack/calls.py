"""Requests to Slack over one connection pool: each is sent once, within a limit, and what is known of it is told."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.platforms import CredentialsRefused

DEFAULT_URL = "https://slack.com/api/"

Call = Callable[[AsyncWebClient], Awaitable[AsyncSlackResponse]]

_CALL_LIMIT = aiohttp.ClientTimeout(total=10, connect=5)
"""Without a connection after half of the time, nothing was sent: better to know that than to wait on."""
TOKEN_REFUSED: Final = frozenset(
    ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type")
)
_UNCERTAIN = frozenset(("internal_error", "fatal_error", "request_timeout", "service_unavailable", "update_failed"))
"""Errors after which Slack says that something may have been done."""
_NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
_HALF = 0.5
"""A `Date` header names the second in which an answer was made: on average the answer is half a second older."""


class Refused(Exception):
    """Slack answered, and the answer was no: nothing was done."""

    def __init__(self, what: str, code: str, wait: float | None = None) -> None:
        super().__init__(f"{what}: {code}")
        self.code = code
        self.wait = wait
        """Seconds after which to ask again, if Slack was asked too often."""


class Unreachable(Exception):
    """No answer came. `applied` is False if the request can't have arrived, None if that is unknown."""

    def __init__(self, what: str, error: Exception | str, applied: bool | None = None) -> None:
        self.reason = type(error).__name__ if isinstance(error, Exception) else error
        super().__init__(f"{what}: {self.reason}")
        self.applied = applied


class Calls:
    """Calls with one bot token. `on_refusal` hears of it when Slack no longer takes that token."""

    def __init__(self, token: str, api_url: str | None, on_refusal: Callable[[CredentialsRefused], None]) -> None:
        self._token: Final = token
        self._api_url: Final = api_url or DEFAULT_URL
        self._on_refusal: Final = on_refusal
        self._session: aiohttp.ClientSession | None = None
        self._closed = False
        self._client: AsyncWebClient | None = None
        self.skew: float | None = None
        """By how many seconds Slack's clock is ahead of this machine's, to about a second; None if not known yet."""

    @property
    def session(self) -> aiohttp.ClientSession:
        """The connection pool; made when first needed, because it belongs to the running loop."""
        if self._closed:
            raise Unreachable("slack", "closed", applied=False)
        if self._session is None:
            # No cookies: Slack's would be shared among all calls.
            self._session = aiohttp.ClientSession(
                timeout=_CALL_LIMIT, trust_env=True, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session

    def open(self) -> None:
        """Lets calls through again after `close`."""
        self._closed = False

    async def close(self) -> None:
        """Closes the pool; calls made now fail."""
        self._closed = True
        session, self._session, self._client = self._session, None, None
        if session:
            await session.close()

    async def call(self, what: str, call: Call) -> AsyncSlackResponse:
        """The answer to a call with the bot token. Raises Refused, Unreachable or CredentialsRefused."""
        try:
            return await self._sent(what, call)
        except Refused as refused:
            if refused.code not in TOKEN_REFUSED:
                raise
            raise self._token_refused(refused) from None

    async def ask(self, what: str, call: Call, until: float) -> AsyncSlackResponse:
        """The same before a moment on the event loop's clock; raises Refused, for the token too, or Unreachable."""
        try:
            async with asyncio.timeout_at(until):
                return await self._sent(what, call)
        except TimeoutError as error:
            raise Unreachable(what, error) from None
        except Refused as refused:
            if refused.code in TOKEN_REFUSED:
                self._token_refused(refused)
            raise

    async def _put(self, what: str, url: str, *, data: bytes, content_type: str) -> None:
        """Sends something to an address that Slack gave."""
        try:
            headers = {"Content-Type": content_type}
            async with self.session.post(url, data=BytesIO(data), headers=headers) as answer:
                if answer.status == 200:
                    return
                if answer.status >= 500:
                    raise Unreachable(what, f"HTTP {answer.status}")
                raise Refused(what, f"HTTP {answer.status}", _wait(answer.status, answer.headers))
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise Unreachable(what, error, _arrived(error)) from None

    async def _sent(self, what: str, call: Call) -> AsyncSlackResponse:
        if self._client is None:
            self._client = AsyncWebClient(
                self._token, self._api_url, session=self.session, retry_handlers=[], logger=_QUIET
            )
            self._client.proxy = None  # the session goes by the environment, which may exclude addresses
        try:
            answer = await call(self._client)
        except SlackApiError as error:
            raise self._told(what, error) from None
        except (TimeoutError, AttributeError, ValueError, aiohttp.ClientError, OSError) as error:
            # The SDK takes every body for a mapping in UTF-8, a proxy's page of plain text too.
            raise Unreachable(what, error, _arrived(error)) from None
        self._note_clock(answer.headers)
        if not isinstance(answer.data, dict):
            raise Unreachable(what, "no JSON")
        return answer

    def _token_refused(self, refused: Refused) -> CredentialsRefused:
        error = CredentialsRefused(f"Slack refuses the bot token ({refused.code}); check SLACK_BOT_TOKEN.")
        self._on_refusal(error)
        return error

    def _told(self, what: str, error: SlackApiError) -> Refused | Unreachable:
        """What Slack's answer to a call that failed means."""
        answer = error.response
        self._note_clock(answer.headers)
        data = answer.data if isinstance(answer, AsyncSlackResponse) else None
        status = int(getattr(answer, "status_code", 0) or getattr(answer, "status", 0))
        code = str(data["error"]) if isinstance(data, dict) and "error" in data else f"HTTP {status}"
        if code in _UNCERTAIN or status >= 500 or (code == f"HTTP {status}" and status != 429):
            return Unreachable(what, code)
        return Refused(what, code, _wait(status, answer.headers))

    def _note_clock(self, headers: Mapping[str, str]) -> None:
        try:
            date = parsedate_to_datetime(headers["Date"])
        except (KeyError, ValueError):
            return
        if date.tzinfo is not None:
            self.skew = date.timestamp() + _HALF - time.time()


def _arrived(error: Exception) -> bool | None:
    return False if isinstance(error, _NEVER_SENT) else None


def _wait(status: int, headers: Mapping[str, str]) -> float | None:
    if status != 429:
        return None
    after = str(headers.get("Retry-After", ""))
    return float(after) if after.isdecimal() else 1.0


_QUIET = logging.getLogger(f"{__name__}.sdk")
_QUIET.setLevel(logging.ERROR)
