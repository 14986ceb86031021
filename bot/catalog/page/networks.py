"""Which machines may be asked: a server that answers with a redirect must not lead into networks that are nobody's
business, such as this machine, the local network or a cloud's own services."""

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
"""Addresses that a gateway turns into the IPv4 address in their last four bytes."""


class Forbidden(Exception):
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
        """The addresses of the host. Raises Forbidden, or OSError if there are none."""
        found = await self._system.resolve(host, port, family)
        for each in found:
            self.check(host, each["host"])
        return found

    def check(self, host: str, address: str) -> None:
        """Raises Forbidden unless the host may be asked at that address."""
        for each in _meant(ip_address(address.partition("%")[0])):
            is_near = each.is_loopback or (each.is_private and not each.is_unspecified)
            allowed = each.is_global and not each.is_multicast and not each.is_reserved
            allowed |= self._loopback and each.is_loopback
            allowed |= host == self._own and is_near
            if each.is_link_local or not allowed:
                raise Forbidden(host)

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
