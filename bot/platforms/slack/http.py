"""HTTP mode: requests from Slack, of which Bolt gets those that are genuine."""

from typing import Final

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from bot.platforms.slack.shape import misshapen

PATH: Final = "/slack/events"

_log: Final = structlog.get_logger(__name__)


class EventsEndpoint:
    """Where Slack sends what people do. The signature is checked before anything is read from a body."""

    def __init__(self, signing_secret: str) -> None:
        self._app: AsyncApp | None = None
        self._verifier: Final = SignatureVerifier(signing_secret)

    def routes(self) -> list[web.RouteDef]:
        """What an HTTP server must mount."""
        return [web.post(PATH, self.receive)]

    def open(self, app: AsyncApp) -> None:
        """Has the app answer from now on; until then Slack is told to try again."""
        self._app = app

    async def receive(self, request: web.Request) -> web.Response:
        """The answer to a request."""
        if not self._genuine(request, await request.read()):
            return web.Response(status=401)
        if self._app is None:
            return web.Response(status=503)
        try:
            asked = await to_bolt_request(request)
        except (LookupError, ValueError, TypeError, AttributeError):  # Bolt takes every body for a mapping
            fault: str | None = "body"
        else:
            fault = misshapen(asked.body)
        if fault:
            _log.warning("slack.request_misshapen", field=fault)
            return web.Response(status=400)
        answer = await self._app.async_dispatch(asked)
        if answer.status == 404:
            return web.Response()  # something we didn't ask for; an error would only bring it again
        return await to_aiohttp_response(answer)

    def _genuine(self, request: web.Request, raw: bytes) -> bool:
        try:
            return self._verifier.is_valid_request(raw, dict(request.headers))
        except (ValueError, TypeError):  # a timestamp that is no number, a signature that isn't ASCII
            return False
