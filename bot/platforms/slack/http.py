"""HTTP mode: requests from Slack, of which only genuine ones are answered."""

import hashlib
import hmac
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from aiohttp import web
from slack_bolt import BoltResponse
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.platforms.slack import limits

PATH: Final = "/slack/events"


class Inbox:
    """Takes Slack's requests and hands on those that are genuine."""

    def __init__(self, signing_secret: str, dispatch: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]) -> None:
        self._secret: Final = signing_secret.encode()
        self._dispatch: Final = dispatch

    async def receive(self, request: web.Request) -> web.Response:
        """The answer to a request."""
        raw = await _read(request)
        if raw is None:
            return web.Response(status=413)
        if not self._genuine(request.headers, raw):
            return web.Response(status=401)
        try:
            asked = AsyncBoltRequest(
                body=raw.decode(),
                headers=dict(request.headers),
            )
        except (ValueError, TypeError, AttributeError):  # Bolt takes every body for a mapping
            return web.Response(status=400)
        answer = await self._dispatch(asked)
        if answer.status == 404:
            return web.Response()  # something we didn't ask for; an error would only bring it again
        kind = "application/json" if answer.body.startswith("{") else "text/plain"
        return web.Response(status=answer.status, text=answer.body, content_type=kind)

    def _genuine(self, headers: Mapping[str, str], raw: bytes) -> bool:
        timestamp = headers.get("X-Slack-Request-Timestamp", "")
        if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 20):
            return False
        if abs(time.time() - int(timestamp)) > limits.SIGNATURE_AGE:
            return False
        signed = hmac.new(self._secret, f"v0:{timestamp}:".encode() + raw, hashlib.sha256).hexdigest()
        claimed = headers.get("X-Slack-Signature", "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(f"v0={signed}".encode(), claimed)


async def _read(request: web.Request) -> bytes | None:
    """The body, or None if it is longer than any of Slack's."""
    if (request.content_length or 0) > limits.REQUEST:
        return None
    raw = bytearray()
    async for chunk in request.content.iter_any():
        raw += chunk
        if len(raw) > limits.REQUEST:
            return None
    return bytes(raw)
