"""HTTP mode: signed requests to the bot's own address."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp

from .delivery import COMMAND, EVENT, Acknowledgement, NotAcknowledgedError, Retry
from .refusals import Json

_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class HttpResult:
    status: int
    headers: dict[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Forgery:
    """How a request departs from a properly signed one."""

    secret: str | None = None  # signs with another secret
    age: float = 0.0  # seconds before now
    timestamp: str | None = None  # instead of a number; the signature is right for it
    signature: str | None = None  # instead of the right one; "" leaves the header out


class HttpMode:
    def __init__(self, signing_secret: str) -> None:
        self.url: str | None = None  # where the bot listens; None means Socket Mode
        self.signing_secret = signing_secret
        self._forgery = Forgery()
        self._session: aiohttp.ClientSession | None = None

    @contextlib.contextmanager
    def forged(self, forgery: Forgery) -> Iterator[None]:
        """Everything sent inside is signed this way."""
        self._forgery, before = forgery, self._forgery
        try:
            yield
        finally:
            self._forgery = before

    def _headers(self, body: str) -> dict[str, str]:
        forgery = self._forgery
        timestamp = forgery.timestamp
        if timestamp is None:
            timestamp = str(int(time.time() - forgery.age))
        secret = forgery.secret or self.signing_secret
        signature = forgery.signature
        if signature is None:
            mac = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256)
            signature = f"v0={mac.hexdigest()}"
        headers = {
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
        }
        return {**headers, "X-Slack-Signature": signature} if signature else headers

    async def post(
        self, body: str, content_type: str, *, retry: Retry | None = None, within: float = 3.0
    ) -> HttpResult:
        """One raw signed request."""
        if self.url is None:
            raise RuntimeError("slack.http.url is not set")
        if self._session is None:
            self._session = aiohttp.ClientSession()
        headers = {**self._headers(body), "Content-Type": content_type}
        if retry is not None:
            headers |= {"X-Slack-Retry-Num": str(retry.attempt), "X-Slack-Retry-Reason": retry.reason}
        limit = aiohttp.ClientTimeout(total=within)
        async with self._session.post(self.url, data=body.encode(), headers=headers, timeout=limit) as answer:
            return HttpResult(answer.status, dict(answer.headers), await answer.text())

    async def url_verification(
        self, challenge: str = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"
    ) -> HttpResult:
        return await self.post(
            json.dumps({"token": "t", "challenge": challenge, "type": "url_verification"}), "application/json"
        )

    async def ssl_check(self) -> HttpResult:
        return await self.post(urlencode({"ssl_check": "1", "token": "t"}), _FORM)

    async def send(
        self, kind: str, payload: Json, *, retry: Retry | None, within: float, accepts: bool
    ) -> Acknowledgement:
        if kind == EVENT:
            body, content_type = json.dumps(payload), "application/json"
        elif kind == COMMAND:
            body, content_type = urlencode(payload), _FORM
        else:
            body, content_type = urlencode({"payload": json.dumps(payload)}), _FORM
        start = time.perf_counter()
        try:
            result = await self.post(body, content_type, retry=retry, within=within)
        except TimeoutError:
            raise NotAcknowledgedError("http_timeout") from None
        except aiohttp.ClientError:
            raise NotAcknowledgedError("connection_failed") from None
        seconds = time.perf_counter() - start
        if result.status != 200:
            no_retry = result.headers.get("X-Slack-No-Retry") == "1"
            raise NotAcknowledgedError("http_error", status=result.status, final=no_retry)
        return Acknowledgement(seconds, _body(result), result.status)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def _body(result: HttpResult) -> Json | None:
    if not result.text:
        return None
    if result.headers.get("Content-Type", "").startswith("application/json"):
        body = json.loads(result.text)
        return body if isinstance(body, dict) else {"text": result.text}
    return {"text": result.text}
