"""The small HTTP server: `/health`, and whatever a platform wants to be asked over HTTP."""

import re
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from aiohttp import web

from bot.health import PlatformState

_ADDRESS = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s:\[\]/]+)):(\d{1,5})")


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def address(text: str) -> Address | None:
    """The address that `HOST:PORT` names, such as `0.0.0.0:8080` or `[::1]:8080`; None for anything else."""
    found = _ADDRESS.fullmatch(text.strip())
    if not found or int(found[3]) > 65535:
        return None
    return Address(found[1] or found[2], int(found[3]))


@asynccontextmanager
async def http_server(
    where: Address, routes: Iterable[web.RouteDef], states: Callable[[], dict[str, PlatformState]]
) -> AsyncIterator[None]:
    """Serves while the context lasts. Raises OSError if the address can't be had."""

    async def health(_: web.Request) -> web.Response:
        now = states()
        well = all(state.connected for state in now.values())
        body = {"well": well, "platforms": {name: state.model_dump() for name, state in now.items()}}
        return web.json_response(body, status=200 if well else 503)

    application = web.Application()
    application.add_routes([web.get("/health", health), *routes])
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=5.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, where.host, where.port).start()
        ports = [listening[1] for listening in runner.addresses]
        structlog.get_logger(__name__).info("http.listening", address=str(Address(where.host, ports[0])))
        yield
    finally:
        await runner.cleanup()
