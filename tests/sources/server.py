"""A web server on this machine that serves a page as it is told to."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class PageServer:
    """It serves `text` with an ETag, unless there is an `answer` to everything; `asked` is what it was asked."""

    text: str
    answer: Answer | None = None
    asked: list[web.Request] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}/page.md"

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """The answer to any request."""
        self.asked.append(request)
        if self.answer:
            return await self.answer(request)
        version = f'"{hash(self.text)}"'
        if request.headers.get("If-None-Match") == version:
            return web.Response(status=304, headers={"ETag": version})
        return web.Response(text=self.text, headers={"ETag": version})


@asynccontextmanager
async def page_server(text: str = "", answer: Answer | None = None) -> AsyncIterator[PageServer]:
    """The server for the length of the block."""
    server = PageServer(text, answer)
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", server.respond)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        server.port = runner.addresses[0][1]
        yield server
    finally:
        await runner.cleanup()
