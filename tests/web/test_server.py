"""The HTTP server as the open internet meets it: raw bytes in, raw bytes out, on both event loops."""

import asyncio
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from bot.web import guard
from bot.web.server import Address, address, http_server

SECRET = "do-not-repeat"
LOOPS = ["asyncio", "uvloop"]


def run(loop: str, main: Coroutine[Any, Any, None]) -> None:
    """Runs it on that event loop; the bot serves on uvloop where there is one."""
    if loop == "asyncio" or sys.platform == "win32":
        asyncio.run(main)
        return
    import uvloop

    uvloop.run(main)


async def page(_: web.BaseRequest) -> web.Response:
    return web.Response(text="well")


async def long_page(_: web.BaseRequest) -> web.Response:
    return web.Response(body=bytes(50_000_000))


async def broken_page(_: web.BaseRequest) -> web.Response:
    raise RuntimeError(SECRET)


async def mirror(request: web.Request) -> web.Response:
    return web.Response(body=await request.read())


@asynccontextmanager
async def served() -> AsyncIterator[int]:
    pages = {"/health": page, "/long": long_page, "/broken": broken_page}
    async with http_server(Address("127.0.0.1", 0), pages, [web.post("/in", mirror)]) as port:
        yield port


async def sent(port: int, request: bytes) -> bytes:
    """All that comes back for these bytes until the other side closes."""
    async with asyncio.timeout(20.0):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(request)
            return await reader.read()
        finally:
            writer.close()


def taken_apart(answer: bytes) -> tuple[str, dict[str, str], bytes]:
    """Status line, headers but for the date, body of the only answer."""
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode("ascii").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    del headers["Date"]
    assert b"HTTP/1" not in body
    return status, headers, body


ALWAYS = {
    "Connection": "close",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
TEXT = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": "4", **ALWAYS}
NOTHING = {"Content-Length": "0", **ALWAYS}
READ_ONLY = {"Allow": "GET, HEAD", **NOTHING}
HOST = b"Host: bot.example\r\n"

CASES: dict[str, tuple[bytes, str, dict[str, str], bytes]] = {
    "get": (b"GET /health HTTP/1.1\r\n" + HOST + b"\r\n", "200 OK", TEXT, b"well"),
    "with a query": (b"GET /health?x=do-not-repeat HTTP/1.1\r\n" + HOST + b"\r\n", "200 OK", TEXT, b"well"),
    "head": (b"HEAD /health HTTP/1.1\r\n" + HOST + b"\r\n", "200 OK", TEXT, b""),
    "old": (b"GET /health HTTP/1.0\r\n\r\n", "200 OK", TEXT, b"well"),
    "absolute": (b"GET http://do-not-repeat/health HTTP/1.1\r\n" + HOST + b"\r\n", "200 OK", TEXT, b"well"),
    "pipelined": ((b"GET /health HTTP/1.1\r\n" + HOST + b"\r\n") * 100, "200 OK", TEXT, b"well"),
    "upgrade": (
        b"GET /health HTTP/1.1\r\n" + HOST + b"Connection: upgrade\r\nUpgrade: websocket\r\n\r\n",
        "200 OK",
        TEXT,
        b"well",
    ),
    "a platform's": (
        b"POST /in HTTP/1.1\r\n" + HOST + b"Content-Length: 4\r\n\r\ndata",
        "200 OK",
        {"Content-Type": "application/octet-stream", "Content-Length": "4", **ALWAYS},
        b"data",
    ),
    "a platform's, got": (
        b"GET /in HTTP/1.1\r\n" + HOST + b"\r\n",
        "405 Method Not Allowed",
        {"Allow": "POST", **NOTHING},
        b"",
    ),
    "unknown": (b"GET /do-not-repeat HTTP/1.1\r\n" + HOST + b"\r\n", "404 Not Found", NOTHING, b""),
    "root": (b"GET / HTTP/1.1\r\n" + HOST + b"\r\n", "404 Not Found", NOTHING, b""),
    "upwards": (b"GET /health/../../etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n", "404 Not Found", NOTHING, b""),
    "encoded": (b"GET /%68ealth HTTP/1.1\r\n" + HOST + b"\r\n", "404 Not Found", NOTHING, b""),
    "doubled": (b"GET //health HTTP/1.1\r\n" + HOST + b"\r\n", "404 Not Found", NOTHING, b""),
    "post": (
        b"POST /health HTTP/1.1\r\n" + HOST + b"Content-Length: 4\r\n\r\ndata",
        "405 Method Not Allowed",
        READ_ONLY,
        b"",
    ),
    "huge": (
        b"POST /health HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999\r\n\r\n" + bytes(1_000_000),
        "405 Method Not Allowed",
        READ_ONLY,
        b"",
    ),
    "trace": (
        b"TRACE /health HTTP/1.1\r\n" + HOST + b"X: do-not-repeat\r\n\r\n",
        "405 Method Not Allowed",
        READ_ONLY,
        b"",
    ),
    "options": (b"OPTIONS /health HTTP/1.1\r\n" + HOST + b"\r\n", "405 Method Not Allowed", READ_ONLY, b""),
    "options of all": (b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n", "404 Not Found", NOTHING, b""),
    "connect": (b"CONNECT do-not-repeat:443 HTTP/1.1\r\n" + HOST + b"\r\n", "404 Not Found", NOTHING, b""),
    "weird": (b"DO-NOT-REPEAT /health HTTP/1.1\r\n" + HOST + b"\r\n", "400 Bad Request", NOTHING, b""),
    "without a host": (b"GET /health HTTP/1.1\r\n\r\n", "400 Bad Request", NOTHING, b""),
    "no method": (b"<do-not-repeat> / HTTP/1.1\r\n\r\n", "400 Bad Request", NOTHING, b""),
    "encrypted": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfcdo-not-repeat\r\n\r\n", "400 Bad Request", NOTHING, b""),
    "newer": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400 Bad Request", NOTHING, b""),
    "long address": (
        b"GET /health?" + b"do-not-repeat" * 1000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
        "400 Bad Request",
        NOTHING,
        b"",
    ),
    "long header": (
        b"GET /health HTTP/1.1\r\n" + HOST + b"X: " + b"do-not-repeat" * 1000 + b"\r\n\r\n",
        "400 Bad Request",
        NOTHING,
        b"",
    ),
    "many headers": (
        b"GET /health HTTP/1.1\r\n" + HOST + b"X: do-not-repeat\r\n" * 100 + b"\r\n",
        "400 Bad Request",
        NOTHING,
        b"",
    ),
    "smuggled": (
        b"POST /in HTTP/1.1\r\n" + HOST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "400 Bad Request",
        NOTHING,
        b"",
    ),
}


@pytest.mark.parametrize("loop", LOOPS)
def test_every_request_gets_one_answer_that_says_no_more_than_it_must(
    loop: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async def main() -> None:
        async with served() as port:
            answers = await asyncio.gather(*(sent(port, request) for request, *_ in CASES.values()))
        for name, answer in zip(CASES, answers, strict=True):
            _, expected, headers, body = CASES[name]
            status, *rest = taken_apart(answer)
            assert (name, status.partition(" ")[2], *rest) == (name, expected, headers, body)
            assert SECRET not in answer.decode("ascii").lower()

    run(loop, main())
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 1, "the address, and not a line about what others send"


def test_a_defect_is_an_empty_answer_and_an_entry_in_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    async def main() -> None:
        async with served() as port:
            answer = await sent(port, b"GET /broken HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n")
        assert taken_apart(answer) == ("HTTP/1.1 500 Internal Server Error", NOTHING, b"")

    asyncio.run(main())
    assert "http.failed" in capsys.readouterr().out


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize(
    "said", [b"", b"G", b"GET /health HTTP/1.1\r\nX: ", b"POST /in HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n"]
)
def test_hundreds_of_silent_connections_stop_nobody(loop: str, said: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    async def main() -> None:
        async with served() as port:
            silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(400)]
            for _, writer in silent:
                writer.write(said)
            for _ in range(20):
                async with asyncio.timeout(2.0):
                    answer = await sent(port, b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
                assert answer.endswith(b"\r\n\r\nwell")
            ended = [each for each in silent if each[0].at_eof() or each[0].exception()]
            assert len(ended) >= 400 - 64
            for _, writer in silent:
                writer.close()

    run(loop, main())
    assert len(capsys.readouterr().out.splitlines()) == 1


@pytest.mark.parametrize("loop", LOOPS)
def test_who_is_slow_is_not_waited_for(loop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_HEAD", 0.2)
    monkeypatch.setattr(guard, "_WHOLE", 0.6)

    async def cut_off(port: int, request: bytes) -> float:
        """Seconds after which a connection is gone that begins with this and then goes on byte by byte."""
        began = asyncio.get_running_loop().time()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        gone = asyncio.create_task(reader.read())
        while not gone.done():
            writer.write(b"x")
            await asyncio.sleep(0.05)
        await asyncio.gather(gone, return_exceptions=True)
        writer.close()
        return asyncio.get_running_loop().time() - began

    async def read_late(port: int) -> int:
        """How much arrives of a long answer that nobody takes for a second."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
        writer.write(b"GET /long HTTP/1.1\r\nHost: a\r\n\r\n")
        await asyncio.sleep(1.0)
        arrived = 0
        try:
            while part := await reader.read(1_000_000):
                arrived += len(part)
        except ConnectionError:
            pass
        writer.close()
        return arrived

    async def main() -> None:
        async with served() as port, asyncio.timeout(20.0):
            head, body, arrived = await asyncio.gather(
                cut_off(port, b"GET /health HTTP/1.1\r\nX: "),
                cut_off(port, b"POST /in HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n"),
                read_late(port),
            )
        assert 0.2 <= head < 5.0
        assert 0.6 <= body < 5.0
        assert arrived < 50_000_000

    run(loop, main())


def test_a_thousand_requests_leave_nothing_behind() -> None:
    async def main() -> None:
        async with served() as port:

            async def several() -> None:
                for _ in range(20):
                    assert (await sent(port, b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n")).endswith(b"well")

            await asyncio.gather(*(several() for _ in range(50)))
            await asyncio.sleep(0.1)
            assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []

    asyncio.run(main())


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
