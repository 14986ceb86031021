"""Fetching a source from the address that was configured, politely, and trusting nothing that answers."""

import asyncio
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from bot.sources.encoding import decoded

_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
"""Addresses that a gateway turns into the IPv4 address in their last four bytes."""


_TYPES: Final = re.compile(
    r"text/.*|application/(?:.*[+-])?(?:json|ya?ml|csv|ics|calendar|octet-stream|xhtml\+xml|vnd\.ms-excel)"
)
"""Types under which servers send texts."""

_SPREADSHEET: Final = re.compile(r"/spreadsheets/d/(?P<id>(?:e/)?[\w-]+)/(?:edit|view|pubhtml|pub|htmlview)?/?")
_BLOB: Final = re.compile(r"/(?P<repository>[^/]+/[^/]+)/(?:blob|raw)/(?P<file>.+)")


def readable(address: str) -> str:
    """The address under which a program reads what people read at this one: of a spreadsheet its values, of a file at
    GitHub its text, of a calendar's subscription its file. Any other address stays as it is."""
    try:
        url = URL(address.strip().replace("webcal://", "https://", 1))
    except ValueError:
        return address
    if url.host == "docs.google.com" and (sheet := _SPREADSHEET.fullmatch(url.path)):
        page = {"gid": url.query.get("gid") or URL(f"?{url.fragment}").query.get("gid")}
        action, form = ("pub", "output") if sheet["id"].startswith("e/") else ("export", "format")
        return str(
            URL(f"https://docs.google.com/spreadsheets/d/{sheet['id']}/{action}").with_query(
                {form: "csv", **{name: value for name, value in page.items() if value}}
            )
        )
    if url.host == "github.com" and (blob := _BLOB.fullmatch(url.raw_path)):
        return f"https://raw.githubusercontent.com/{blob['repository']}/{blob['file']}"
    return str(url) if address.strip().startswith("webcal://") else address


class ForbiddenAddressError(Exception):
    """That machine is not asked."""


class CheckedResolver(AbstractResolver):
    """Finds the addresses of hosts, and refuses a host if any of them is not allowed. What it returns is connected to.

    `own` is the host that somebody has configured: it may be on the local network.
    """

    def __init__(self, own: str, *, loopback: bool) -> None:
        self._own: Final = own
        self._loopback: Final = loopback
        self._system: Final = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of the host. Raises ForbiddenAddressError, or OSError if there are none."""
        found = await self._system.resolve(host, port, family)
        for each in found:
            self.check(host, each["host"])
        return found

    def check(self, host: str, address: str) -> None:
        """Raises ForbiddenAddressError unless the host may be asked at that address."""
        for each in _meant(ip_address(address.partition("%")[0])):
            is_near = each.is_loopback or (each.is_private and not each.is_unspecified)
            allowed = each.is_global and not each.is_multicast and not each.is_reserved
            allowed |= self._loopback and each.is_loopback
            allowed |= host == self._own and is_near
            if each.is_link_local or not allowed:
                raise ForbiddenAddressError(host)

    async def close(self) -> None:
        """Nothing is open."""


def _meant(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """The address, and one that it stands for; what only wraps an IPv4 address is none of its own."""
    if isinstance(address, IPv4Address):
        yield address
        return
    if address in _TRANSLATED:
        yield IPv4Address(int(address) & 0xFFFFFFFF)
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
        return
    yield address
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo


_MOST_REDIRECTS: Final = 3
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_LONGEST_WAIT: Final = 6 * 3600
"""Seconds for which a server's wish to be left alone is heeded."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken, in bytes, and how long anything may take, in seconds."""

    size: int = 1_000_000
    connect: float = 10.0
    total: float = 30.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A version of the page, and by what its server knows it again."""

    text: str
    etag: str | None = None
    modified: str | None = None


class NotFetchedError(Exception):
    """There is no page to be had. `name` is that of the phrase that says why.

    `lasting` is what somebody has to mend; anything else may pass. `wait` is how many seconds the server asked for.
    """

    def __init__(self, name: str, *, lasting: bool = False, wait: float | None = None, **values: str | int) -> None:
        super().__init__(name)
        self.name: Final = name
        self.lasting: Final = lasting
        self.wait: Final = wait
        self.values: Final[Mapping[str, str | int]] = values


class Fetcher:
    """Fetches a page over HTTP. Redirects lead nowhere but into the open, unless they stay on the same host.

    The address itself may be on the local network: whoever configures it is trusted, whoever answers there is not.
    `allow_loopback` lets redirects lead to this machine, for tests.
    """

    def __init__(self, *, allow_loopback: bool = False, limits: Limits | None = None) -> None:
        self._allow_loopback: Final = allow_loopback
        self._limits: Final = limits or Limits()

    async def fetch(self, address: str, known: Fetched | None = None) -> Fetched | None:
        """The page as it is; None if it is still the `known` version. Raises NotFetchedError, and nothing else."""
        try:
            async with asyncio.timeout(self._limits.total):
                return await self._followed(_url(readable(address)), known)
        except ForbiddenAddressError as refusal:
            raise NotFetchedError("fetch.forbidden", lasting=True, host=str(refusal)) from None
        except TimeoutError:
            raise NotFetchedError("fetch.slow") from None
        except (aiohttp.InvalidURL, UnicodeError):
            raise NotFetchedError("fetch.address", lasting=True) from None
        except (aiohttp.ClientError, OSError) as error:
            raise NotFetchedError("fetch.network", reason=_reason(error)) from None

    async def _followed(self, url: URL, known: Fetched | None) -> Fetched | None:
        resolver = CheckedResolver(url.raw_host or "", loopback=self._allow_loopback)
        connector = aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False, force_close=True)
        timeout = aiohttp.ClientTimeout(total=None, connect=self._limits.connect, sock_connect=self._limits.connect)
        async with aiohttp.ClientSession(connector=connector, timeout=timeout, auto_decompress=False) as session:
            for _ in range(_MOST_REDIRECTS + 1):
                _check_literal(resolver, url)
                async with session.get(url, headers=_headers(known), allow_redirects=False) as response:
                    if response.status not in _REDIRECTS:
                        return await self._taken(response, known)
                    url = _url(response.headers.get("Location", ""), url)
        raise NotFetchedError("fetch.redirects", lasting=True, most=_MOST_REDIRECTS)

    async def _taken(self, response: aiohttp.ClientResponse, known: Fetched | None) -> Fetched | None:
        if response.status == 304 and known:
            return None
        if response.status != 200:
            passing = response.status in (408, 425, 429) or response.status >= 500
            raise NotFetchedError("fetch.status", lasting=not passing, wait=_wait(response), status=response.status)
        kind = response.headers.get("Content-Type", "text/plain").partition(";")[0].strip().lower()
        if not _TYPES.fullmatch(kind):
            raise NotFetchedError("fetch.kind", lasting=True, kind=kind[:40])
        if response.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
            raise NotFetchedError("fetch.packed", lasting=True)
        text = decoded(await self._content(response), response.charset)
        if text is None:
            raise NotFetchedError("fetch.encoding", lasting=True)
        return Fetched(text, response.headers.get("ETag"), response.headers.get("Last-Modified"))

    async def _content(self, response: aiohttp.ClientResponse) -> bytes:
        """The body, of which no more is read than is taken."""
        most = self._limits.size
        content = bytearray()
        if (response.content_length or 0) <= most:
            async for chunk in response.content.iter_any():
                content += chunk
                if len(content) > most:
                    break
            else:
                return bytes(content)
        raise NotFetchedError("fetch.large", lasting=True, most=most)


def _url(address: str, base: URL | None = None) -> URL:
    """A web address, which may be relative to another one."""
    try:
        url = base.join(URL(address)) if base else URL(address)
        port = url.port
    except ValueError:
        raise NotFetchedError("fetch.address", lasting=True) from None
    if url.scheme not in ("http", "https") or not url.raw_host or not port or url.user or url.password:
        raise NotFetchedError("fetch.address", lasting=True)
    return url.with_fragment(None)


def _check_literal(resolver: CheckedResolver, url: URL) -> None:
    """Checks a host that is an address by itself, which no resolver is asked about."""
    host = url.raw_host or ""
    with suppress(ValueError):
        resolver.check(host, str(ip_address(host)))


def _headers(known: Fetched | None) -> dict[str, str]:
    headers = {
        "User-Agent": "lecturebot",
        "Accept": "text/markdown, text/plain, text/csv, text/calendar, text/*;q=0.5, application/*;q=0.3",
        "Accept-Encoding": "identity",
    }
    if known and known.etag:
        headers["If-None-Match"] = known.etag
    if known and known.modified:
        headers["If-Modified-Since"] = known.modified
    return headers


def _wait(response: aiohttp.ClientResponse) -> float | None:
    asked = response.headers.get("Retry-After", "").strip()
    return min(float(asked), _LONGEST_WAIT) if asked.isascii() and asked.isdecimal() else None


def _reason(error: Exception) -> str:
    """What the system says, without addresses."""
    inner = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    said = inner.strerror if isinstance(inner, OSError) else None
    return said or type(inner).__name__
