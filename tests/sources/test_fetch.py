"""Fetching the page from a server on this machine that answers well, oddly, slowly or with ill intent."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from bot.i18n import phrases
from bot.sources.fetch import (
    CheckedResolver,
    Fetched,
    Fetcher,
    ForbiddenAddressError,
    Limits,
    NotFetchedError,
    readable,
)
from tests.sources.page.pages import PAGE
from tests.sources.server import page_server

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def answering(status: int = 200, body: bytes = b"x", **headers: str) -> Answer:
    """Answers so, whatever is asked."""

    async def answer(_: web.Request) -> web.StreamResponse:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=status, body=body, headers={"Content-Type": "text/plain", **given})

    return answer


async def failure(answer: Answer, fetcher: Fetcher | None = None) -> NotFetchedError:
    """Why there is no page to be had from a server that answers so."""
    async with page_server(answer=answer) as server:
        with pytest.raises(NotFetchedError) as caught:
            await (fetcher or Fetcher()).fetch(server.url)
    for language in ("ja", "en"):
        assert phrases(language)(f"sync.{caught.value.name}", **caught.value.values)
    return caught.value


async def test_a_page_is_fetched_once_for_each_version() -> None:
    async with page_server(PAGE) as server:
        fetcher = Fetcher()
        first = await fetcher.fetch(server.url)
        assert first
        assert (first.text, first.etag, first.modified) == (PAGE, f'"{hash(PAGE)}"', None)
        assert await fetcher.fetch(server.url, first) is None
        server.text = PAGE + "\n"
        second = await fetcher.fetch(server.url, first)
        assert second
        assert second.text == PAGE + "\n"
        assert [each.headers.get("If-None-Match") for each in server.asked] == [None, first.etag, first.etag]


async def test_a_server_that_knows_only_dates_is_asked_by_those() -> None:
    seen: list[str | None] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        seen.append(request.headers.get("If-Modified-Since"))
        return web.Response(text="a", headers={"Last-Modified": "Mon, 08 Apr 2030 03:00:00 GMT"})

    async with page_server(answer=answer) as server:
        page = await Fetcher().fetch(server.url)
        assert page == Fetched("a", None, "Mon, 08 Apr 2030 03:00:00 GMT")
        await Fetcher().fetch(server.url, page)
    assert seen == [None, "Mon, 08 Apr 2030 03:00:00 GMT"]


async def test_a_byte_order_mark_is_no_part_of_the_page() -> None:
    async with page_server(answer=answering(body="\ufeff第1回".encode())) as server:
        assert await Fetcher().fetch(server.url) == Fetched("第1回")


@pytest.mark.parametrize(
    ("answer", "name", "lasting"),
    [
        (answering(500), "fetch.status", False),
        (answering(429), "fetch.status", False),
        (answering(404), "fetch.status", True),
        (answering(403), "fetch.status", True),
        (answering(304), "fetch.status", True),
        (answering(Content_Type="application/pdf"), "fetch.kind", True),
        (answering(Content_Encoding="gzip"), "fetch.packed", True),
        (answering(body=b"\x81\x8d\x8f"), "fetch.encoding", True),
        (answering(body=b"a\0b"), "fetch.encoding", True),
        (answering(body=b"x" * 1_000_001), "fetch.large", True),
        (answering(302, Location="ftp://example.org/"), "fetch.address", True),
        (answering(302, Location="http://me:secret@example.org/"), "fetch.address", True),
        (answering(302, Location="http://[::"), "fetch.address", True),
        (answering(302, Location=""), "fetch.redirects", True),
        (answering(302, Location="/again"), "fetch.redirects", True),
        (answering(302, Location="http://10.0.0.1/"), "fetch.forbidden", True),
        (answering(302, Location="http://169.254.169.254/latest"), "fetch.forbidden", True),
        (answering(302, Location="http://[::ffff:192.168.0.1]/"), "fetch.forbidden", True),
        (answering(302, Location="http://[fe80::1]/"), "fetch.forbidden", True),
        (answering(302, Location="http://0.0.0.0/"), "fetch.forbidden", True),
        (answering(302, Location="http://127.0.0.2/"), "fetch.forbidden", True),
        (answering(302, Location="http://localhost/"), "fetch.forbidden", True),
    ],
)
async def test_what_is_no_page_is_refused(answer: Answer, name: str, lasting: bool) -> None:
    refused = await failure(answer)
    assert (refused.name, refused.lasting) == (name, lasting)


async def test_a_page_that_never_ends_is_left_as_soon_as_it_is_too_large() -> None:
    sent = 0

    async def answer(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse(headers={"Content-Type": "text/plain"})
        await response.prepare(request)
        try:
            while sent < 100_000_000:
                await response.write(b"x" * 65536)
                sent += 65536
        except OSError:
            pass
        return response

    assert (await failure(answer, Fetcher(limits=Limits(size=100_000)))).name == "fetch.large"
    assert sent < 10_000_000


async def test_a_server_that_takes_its_time_is_given_up() -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(5)
        return web.Response(text="late")

    slow = await failure(answer, Fetcher(limits=Limits(total=0.1)))
    assert (slow.name, slow.lasting) == ("fetch.slow", False)


async def test_a_server_that_is_away_may_come_back() -> None:
    async with page_server() as server:
        pass
    with pytest.raises(NotFetchedError) as away:
        await Fetcher().fetch(server.url)
    assert (away.value.name, away.value.lasting) == ("fetch.network", False)


async def test_a_server_can_ask_to_be_left_alone_for_hours_but_not_for_days() -> None:
    assert (await failure(answering(503, Retry_After="120"))).wait == 120
    assert (await failure(answering(503, Retry_After="99999999"))).wait == 6 * 3600
    assert (await failure(answering(503, Retry_After="soon"))).wait is None


async def test_three_redirects_are_followed_on_the_same_host() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        step = int(request.query.get("step", "0"))
        if step == 3:
            return web.Response(text="there")
        return web.Response(status=302, headers={"Location": f"/page.md?step={step + 1}"})

    async with page_server(answer=answer) as server:
        assert await Fetcher().fetch(server.url) == Fetched("there")
        assert len(server.asked) == 4


async def test_a_redirect_may_lead_to_this_machine_only_where_tests_allow_it() -> None:
    async with page_server("there") as there, page_server() as here:
        here.answer = answering(302, Location=there.url.replace("127.0.0.1", "localhost"))
        with pytest.raises(NotFetchedError) as refused:
            await Fetcher().fetch(here.url)
        assert (refused.value.name, refused.value.values) == ("fetch.forbidden", {"host": "localhost"})
        assert there.asked == []
        page = await Fetcher(allow_loopback=True).fetch(here.url)
        assert page
        assert page.text == "there"


@pytest.mark.parametrize(
    "address", ["", "page.md", "file:///etc/passwd", "http://", "http://[1/", "https://a:b@c.org/"]
)
async def test_only_web_addresses_are_asked(address: str) -> None:
    with pytest.raises(NotFetchedError) as refused:
        await Fetcher().fetch(address)
    assert (refused.value.name, refused.value.lasting) == ("fetch.address", True)


@pytest.mark.parametrize(
    ("host", "address", "allowed"),
    [
        ("other", "93.184.215.14", True),
        ("other", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("other", "10.1.2.3", False),
        ("other", "100.64.0.1", False),
        ("other", "127.0.0.1", False),
        ("other", "::1", False),
        ("other", "fd00::1", False),
        ("other", "224.0.0.1", False),
        ("other", "64:ff9b::7f00:1", False),
        ("other", "64:ff9b::5db8:d70e", True),
        ("other", "2002:7f00:1::", False),
        ("other", "::ffff:127.0.0.1", False),
        ("own", "10.1.2.3", True),
        ("own", "127.0.0.1", True),
        ("own", "::1", True),
        ("own", "93.184.215.14", True),
        ("own", "169.254.169.254", False),
        ("own", "fe80::1%eth0", False),
    ],
)
async def test_the_configured_host_may_be_near_and_others_may_not(host: str, address: str, allowed: bool) -> None:
    resolver = CheckedResolver("own", loopback=False)
    try:
        resolver.check(host, address)
    except ForbiddenAddressError:
        assert not allowed
    else:
        assert allowed


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("https://docs.google.com/spreadsheets/d/1AbC/edit#gid=5", "/1AbC/export?format=csv&gid=5"),
        ("https://docs.google.com/spreadsheets/d/1AbC/edit?usp=sharing", "/1AbC/export?format=csv"),
        ("https://docs.google.com/spreadsheets/d/e/2P-x/pubhtml?gid=0&single=true", "/e/2P-x/pub?output=csv&gid=0"),
        ("https://github.com/o/r/blob/main/a%20b.md", "https://raw.githubusercontent.com/o/r/main/a%20b.md"),
        ("webcal://example.org/a.ics", "https://example.org/a.ics"),
        ("https://example.org/a?b#c", "https://example.org/a?b#c"),
    ],
)
def test_addresses_for_people_lead_to_what_programs_read(seen: str, read: str) -> None:
    assert readable(seen).endswith(read)
