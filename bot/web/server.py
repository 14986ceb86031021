"""The HTTP server: the bot's few pages, and what a platform sends over HTTP. It is meant to stand behind a proxy."""

import ipaddress
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import structlog
from aiohttp import web

_ADDRESS: Final = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s:\[\]/]+)):(\d{1,5})")
_NAME: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])", re.IGNORECASE)
_INWARD: Final = (".arpa", ".home", ".internal", ".invalid", ".lan", ".local", ".localdomain", ".localhost", ".test")
"""How names end that mean something in one network only."""

_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_log: Final = structlog.get_logger(__name__)

Page = Callable[[web.Request], Awaitable[web.Response]]
"""Answers GET and, with the same headers, HEAD."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def public(self) -> str | None:
        """The address under which people anywhere reach it, such as `http://bot.example.org:8080`.

        None where this one doesn't tell: behind a proxy, in a container, on a local network.
        """
        if not self.port or not _is_public(self.host):
            return None
        return f"http://{self}".removesuffix(":80")


def address(text: str) -> Address | None:
    """The address that `HOST:PORT` names, such as `0.0.0.0:8080` or `[::1]:8080`; None for anything else."""
    found = _ADDRESS.fullmatch(text.strip())
    if not found or int(found[3]) > 65535:
        return None
    return Address(found[1] or found[2], int(found[3]))


@asynccontextmanager
async def http_server(where: Address, pages: Mapping[str, Page], routes: Iterable[web.RouteDef]) -> AsyncIterator[int]:
    """Serves while the context lasts; the value is the port. Raises OSError if the address can't be had."""
    app = web.Application()
    app.add_routes([*(web.get(path, page) for path, page in pages.items()), *routes])
    app.on_response_prepare.append(_with_common_headers)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=5.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, where.host, where.port).start()
        port: int = runner.addresses[0][1]
        _log.info("http.listening", address=str(Address(where.host, port)))
        yield port
    finally:
        await runner.cleanup()


async def _with_common_headers(_: web.Request, response: web.StreamResponse) -> None:
    """Names neither the server's software nor its version, and lets browsers do nothing with what they get."""
    response.headers.popall("Server", None)
    response.headers.update(_HEADERS)


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return bool(_NAME.fullmatch(host)) and not host.lower().endswith(_INWARD)
