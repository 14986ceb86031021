"""Connections from the open internet: few at a time, each for one request and a short time, taciturn about errors."""

import asyncio
from typing import Any, Final, cast

import structlog
from aiohttp import web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http import StreamWriter
from multidict import CIMultiDict

_MOST: Final = 64
"""Connections at a time. One more costs the oldest its place: whoever opens many and says nothing stops nobody.

Each may hold a megabyte or two: half a one of headers, or as much as Slack may send at once."""

_HEAD: Final = 10.0
"""Seconds in which a request's first lines must be complete."""

_WHOLE: Final = 30.0
"""Seconds after which a connection is cut, whatever is still under way."""

_REST: Final = 1.0
"""Seconds for which the body of a request that was answered without it is still read, so that the answer arrives."""

_LONGEST_LINE: Final = 8190
_MOST_HEADERS: Final = 64

_SAID: Final = {
    "Connection": "close",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of every answer."""

_log: Final = structlog.get_logger(__name__)


class GuardedServer(web.Server):
    """Takes connections, and lets the oldest go where there are too many.

    A connection is for one request: nothing that is idle holds a place, and no proxy sends a request into a connection
    that is just being closed.
    """

    def __init__(self, handler: Any) -> None:
        super().__init__(handler, request_factory=_request)
        self._open: Final[dict[_Connection, None]] = {}

    def __call__(self) -> web.RequestHandler:
        """A connection that is about to be made."""
        return _Connection(
            self,
            loop=asyncio.get_running_loop(),
            keepalive_timeout=_HEAD,
            lingering_time=_REST,
            max_line_size=_LONGEST_LINE,
            max_field_size=_LONGEST_LINE,
            max_headers=_MOST_HEADERS,
            auto_decompress=False,
            access_log=None,
        )

    def taken(self, connection: "_Connection") -> None:
        """One more is open."""
        self._open[connection] = None
        if len(self._open) > _MOST:
            next(iter(self._open)).cut()

    def gone(self, connection: "_Connection") -> None:
        """One is open no more, or not for long."""
        self._open.pop(connection, None)


class _Connection(web.RequestHandler):
    """One connection."""

    def __init__(self, server: GuardedServer, **options: Any) -> None:
        super().__init__(server, **options)
        self._server: Final = server
        self._line: asyncio.Transport | None = None
        self._end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._line = cast(asyncio.Transport, transport)  # uvloop's is none by its class
        self._end = asyncio.get_running_loop().call_later(_WHOLE, self.cut)
        self._server.taken(self)

    def connection_lost(self, exc: BaseException | None) -> None:
        if self._end:
            self._end.cancel()
        self._server.gone(self)
        super().connection_lost(exc)

    def cut(self) -> None:
        """Ends it at once, even if somebody doesn't take what was sent."""
        self._server.gone(self)
        if self._line:
            self._line.abort()

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """An answer that repeats nothing of the request; what others send or leave is not worth a line in the log."""
        if self.transport is None:
            raise ConnectionResetError
        if isinstance(exc, web.RequestPayloadError):
            status = 400
        if status >= 500:
            _log.error("http.failed", exc_info=exc)
        if request.writer.output_size > 0:
            raise ConnectionAbortedError
        return closing(web.Response(status=status))


class _Writer(StreamWriter):
    """Sends every answer with the headers that all have, and without the server's name and version."""

    async def write_headers(self, status_line: str, headers: CIMultiDict[str]) -> None:
        headers.popall("Server", None)
        headers.update(_SAID)
        await super().write_headers(status_line, headers)


def closing(response: web.Response) -> web.Response:
    """The response, after which the connection is closed."""
    response.force_close()
    return response


def _request(
    message: Any, payload: Any, protocol: web.RequestHandler, _: AbstractStreamWriter, task: "asyncio.Task[None]"
) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, _Writer(protocol, loop), task, loop)
