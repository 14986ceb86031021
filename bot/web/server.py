"""The small HTTP server: the bot's few pages and whatever a platform wants to be asked over HTTP, nothing else."""

import ipaddress
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import structlog
from aiohttp import web

from bot.web.guard import GuardedServer, closing

_ADDRESS: Final = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s:\[\]/]+)):(\d{1,5})")
_NAME: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])", re.IGNORECASE)
_INWARD: Final = (".arpa", ".home", ".internal", ".invalid", ".lan", ".local", ".localdomain", ".localhost", ".test")
"""How names end that mean something in one network only."""

Page = Callable[[web.BaseRequest], Awaitable[web.Response]]
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
    runner = web.ServerRunner(GuardedServer(_dispatch(pages, routes)), shutdown_timeout=5.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, where.host, where.port).start()
        port: int = runner.addresses[0][1]
        structlog.get_logger(__name__).info("http.listening", address=str(Address(where.host, port)))
        yield port
    finally:
        await runner.cleanup()


def _dispatch(pages: Mapping[str, Page], routes: Iterable[web.RouteDef]) -> Page:
    """What answers every request: a path is known exactly as it stands, or not at all."""
    answering: dict[str, dict[str, Any]] = {path: {"GET": page, "HEAD": page} for path, page in pages.items()}
    for route in routes:
        answering.setdefault(route.path, {})[route.method] = route.handler

    async def dispatch(request: web.BaseRequest) -> web.Response:
        methods = answering.get(request.rel_url.raw_path)
        if methods is None:
            return closing(web.Response(status=404))
        if request.method not in methods:
            return closing(web.Response(status=405, headers={"Allow": ", ".join(methods)}))
        response: web.Response = await methods[request.method](request)
        return closing(response)

    return dispatch


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return bool(_NAME.fullmatch(host)) and not host.lower().endswith(_INWARD)
