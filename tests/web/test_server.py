"""The HTTP server: its pages, what it refuses, and what it gives away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

import aiohttp
import pytest
from aiohttp import web

from bot.web.server import Address, address, http_server

SECRET = "do-not-repeat"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


async def page(_: web.Request) -> web.Response:
    return web.Response(text="well")


async def broken_page(_: web.Request) -> web.Response:
    raise RuntimeError(SECRET)


async def mirror(request: web.Request) -> web.Response:
    return web.Response(body=await request.read())


@asynccontextmanager
async def served() -> AsyncIterator[str]:
    """The address of a server with these pages."""
    pages = {"/health": page, "/broken": broken_page}
    async with http_server(Address("127.0.0.1", 0), pages, [web.post("/in", mirror)]) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize(
    ("method", "path", "status", "body"),
    [
        ("GET", "/health", 200, "well"),
        ("GET", f"/health?x={SECRET}", 200, "well"),
        ("HEAD", "/health", 200, ""),
        ("POST", "/in", 200, "data"),
        ("GET", "/", 404, "404: Not Found"),
        ("GET", f"/{SECRET}", 404, "404: Not Found"),
        ("GET", "/health/", 404, "404: Not Found"),
        ("GET", "//health", 404, "404: Not Found"),
        ("POST", f"/{SECRET}", 404, "404: Not Found"),
        ("GET", "/in", 405, "405: Method Not Allowed"),
        ("POST", "/health", 405, "405: Method Not Allowed"),
        ("TRACE", "/health", 405, "405: Method Not Allowed"),
    ],
)
async def test_a_request_gets_its_page_or_is_refused(method: str, path: str, status: int, body: str) -> None:
    data = b"data" if method == "POST" else None
    async with (
        served() as url,
        aiohttp.ClientSession() as session,
        session.request(method, f"{url}{path}", data=data) as answer,
    ):
        assert (answer.status, await answer.text()) == (status, body)
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert "Server" not in answer.headers


async def test_what_is_larger_than_a_megabyte_is_refused() -> None:
    async with served() as url, aiohttp.ClientSession() as session:
        async with session.post(f"{url}/in", data=bytes(1_000_000)) as answer:
            assert answer.status == 200
        async with session.post(f"{url}/in", data=BytesIO(bytes(1_100_000))) as answer:
            assert answer.status == 413


async def test_a_defect_is_an_answer_without_reasons_and_an_entry_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async with served() as url, aiohttp.ClientSession() as session, session.get(f"{url}/broken") as answer:
        assert answer.status == 500
        assert SECRET not in await answer.text()
    assert [(each.name, each.exc_info is not None) for each in caplog.records] == [("aiohttp.server", True)]


@pytest.mark.parametrize(
    "request_text",
    [
        f"GET /health?{SECRET * 1000} HTTP/1.1\r\nHost: a\r\n\r\n",
        f"GET /health HTTP/1.1\r\nHost: a\r\nX: {SECRET * 1000}\r\n\r\n",
        "POST /in HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ids=["long address", "long header", "two lengths"],
)
async def test_what_no_proxy_would_send_is_refused(request_text: str) -> None:
    async with served() as url, asyncio.timeout(20.0):
        reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
        writer.write(request_text.encode())
        assert (await reader.read()).split(b"\r\n")[0].endswith(b" 400 Bad Request")
        writer.close()


@pytest.mark.parametrize(
    ("listening", "told"),
    [
        ("bot.example.org:80", "http://bot.example.org"),
        ("bot.example.org:8080", "http://bot.example.org:8080"),
        ("8.8.8.8:80", "http://8.8.8.8"),
        ("[2001:4860:4860::8888]:8080", "http://[2001:4860:4860::8888]:8080"),
        ("bot.example.org:0", None),
        ("0.0.0.0:8080", None),
        ("127.0.0.1:8080", None),
        ("10.1.2.3:8080", None),
        ("192.168.1.2:80", None),
        ("169.254.1.1:80", None),
        ("[::]:8080", None),
        ("[::1]:8080", None),
        ("[fe80::1]:8080", None),
        ("localhost:8080", None),
        ("bot:8080", None),
        ("bot.localhost:8080", None),
        ("bot.local:8080", None),
        ("host.docker.internal:8080", None),
        ("1.2.3:8080", None),
        ("b<i>.example.org:80", None),
    ],
)
def test_an_address_is_told_only_if_people_can_reach_it(listening: str, told: str | None) -> None:
    where = address(listening)
    assert where
    assert where.public == told
