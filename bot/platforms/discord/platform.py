"""Discord as a platform: kept connected for as long as the bot runs."""

import asyncio
import time
from contextlib import suppress
from typing import Final

import discord
import structlog

from bot.commands.router import CommandRouter
from bot.domain.backoff import Backoff
from bot.platforms import CredentialsRefusedError, Health
from bot.platforms.discord.client import Client, SessionsUsedUpError
from bot.platforms.discord.command_tree import REFUSED, configure
from bot.platforms.discord.http import RequestTrace
from bot.platforms.discord.interactions import Interactions
from bot.platforms.discord.poster import DiscordPoster

_log: Final = structlog.get_logger(__name__)

_ANSWERS_TIMEOUT = 3.0
"""Seconds that answers under way get when the bot ends: after these, Discord takes none."""
_CLOSE_TIMEOUT = 3.0
"""Seconds for taking leave of the gateway."""
_STEADY = 600.0
"""Seconds after which a connection counts as having worked: what ends it is no repetition of what ended others."""
_LONGEST = 60.0
_LONGEST_IDENTIFIED = 120.0
"""The longest waits in seconds. An identified session that keeps breaking must stay below 1000 of them a day, beyond
which Discord resets the token: with at least three quarters of this wait, it is 960."""
_AUTHENTICATION_FAILED = 4004


class DiscordPlatform:
    """Serves the router's answers on Discord.

    `api_url` is for a proxy or another installation. With `named_organizers` organizers are people or roles that the
    settings name, not those who manage the server.
    """

    name: Final = "discord"

    def __init__(self, token: str, api_url: str | None = None, *, named_organizers: bool = False) -> None:
        self._token: Final = token.strip()
        self._api_url: Final = api_url
        self._named_organizers: Final = named_organizers
        self._closing: Final = asyncio.Event()
        self._trace: Final = RequestTrace()
        self._client: Client | None = None
        self._poster: Final = DiscordPoster(self._connected, self._trace)
        self._trouble = "not connected yet"

    @property
    def health(self) -> Health:
        """The connection as it is now."""
        return Health(True) if self._client and self._client.connected else Health(False, self._trouble)

    @property
    def poster(self) -> DiscordPoster:
        """What posts, for as long as `run` keeps connected."""
        return self._poster

    @property
    def clock_skew(self) -> float | None:
        """By how many seconds Discord's clock is ahead of this machine's, to about a second; None if not known yet."""
        return self._trace.clock_skew

    def _connected(self) -> Client | None:
        client = self._client
        return client if client and client.connected and not client.is_closed() else None

    async def run(self, router: CommandRouter) -> None:
        """Serves its answers until `close` is called. Faults of network and platform are retried with back-off, for
        ever.

        Raises CredentialsRefusedError, at the start or when the token is revoked later.
        """
        try:
            await self._serve(Interactions(router, self._poster.events.links))
        finally:
            self._poster.close()

    async def close(self) -> None:
        """Ends `run` in an orderly way: answers under way are given, connections closed."""
        self._closing.set()

    async def _serve(self, interactions: Interactions) -> None:
        configure(self._api_url)
        if not self._token.isascii() or len(self._token.split()) != 1:
            raise CredentialsRefusedError(REFUSED)
        logins, sessions = Backoff(longest=_LONGEST), Backoff(longest=_LONGEST_IDENTIFIED)
        while not self._closing.is_set():
            began = time.monotonic()
            client = self._client = Client(interactions, self._trace, named_organizers=self._named_organizers)
            fault = await self._served(client, interactions)
            if self._closing.is_set():
                break
            if _is_refusal(fault):
                self._trouble = REFUSED
                raise CredentialsRefusedError(REFUSED) from None
            if time.monotonic() - began > _STEADY:
                logins.reset()
                sessions.reset()
            wait = (sessions if client.identified else logins).next()
            if isinstance(fault, SessionsUsedUpError):
                wait = max(wait, fault.seconds)
            reason = _reason(fault)
            self._trouble = f"no connection to Discord ({reason}); trying again"
            _log.warning("discord.no_connection", reason=reason, retry_in=round(wait, 1))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), wait)
        self._trouble = "closed"

    async def _served(self, client: Client, interactions: Interactions) -> Exception | None:
        """Serves with one client until it is lost or the bot ends; returns what went wrong, if that raised anything."""
        serving = asyncio.create_task(client.start(self._token, reconnect=False))
        ends = [asyncio.create_task(self._closing.wait()), asyncio.create_task(client.lost.wait())]
        try:
            await asyncio.wait([serving, *ends], return_when=asyncio.FIRST_COMPLETED)
            if self._closing.is_set():
                await interactions.finished(_ANSWERS_TIMEOUT)
        finally:
            await _ended(client, serving, *ends)
        error = None if serving.cancelled() else serving.exception()
        return error if isinstance(error, Exception) else None


async def _ended(client: Client, serving: asyncio.Task[None], *others: asyncio.Task[bool]) -> None:
    """Closes the client and sees that nothing of it goes on."""
    try:
        await asyncio.wait_for(client.close(), _CLOSE_TIMEOUT)
    except (TimeoutError, AttributeError):  # a gateway that doesn't answer; a login that has not begun
        await client.http.close()
    for task in (serving, *others):
        task.cancel()
    await asyncio.wait([serving, *others])


def _is_refusal(fault: Exception | None) -> bool:
    """Whether Discord doesn't take the token, at the login or later."""
    if isinstance(fault, discord.GatewayNotFound) and isinstance(fault.__cause__, Exception):
        fault = fault.__cause__
    if isinstance(fault, discord.ConnectionClosed):
        return fault.code == _AUTHENTICATION_FAILED
    if isinstance(fault, discord.HTTPException):
        return fault.status == 401
    return isinstance(fault, discord.LoginFailure)


def _reason(fault: Exception | None) -> str:
    """What ended a connection, in a word or two and never with an address."""
    code = getattr(fault, "code", None) or getattr(fault, "status", None)
    return "lost" if fault is None else f"{type(fault).__name__} {code}" if code else type(fault).__name__
