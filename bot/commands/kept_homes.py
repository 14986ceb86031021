"""Homes that nobody has set: the first community that the bot joined, for ever."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Protocol

import structlog

from bot.commands.home import Homes
from bot.domain.errors import LedgerUnavailableError
from bot.domain.subscriptions import Address

_log: Final = structlog.get_logger(__name__)


class HomeRecords(Protocol):
    """The homes that nobody has set, as they were kept when the bot joined. Any method may raise
    LedgerUnavailableError."""

    async def homes(self) -> list[Address]:
        """Those of all platforms."""

    async def keep(self, home: Address, now: datetime) -> None:
        """Keeps the home of its platform, unless there is one."""


class KeptHomes(Homes):
    """The home of each platform: the one in the settings, else the first that the bot joined."""

    def __init__(self, settled: Iterable[Address], records: HomeRecords) -> None:
        super().__init__(settled)
        self._records: Final = records
        self._is_loaded = False

    async def joined(self, platform: str, communities: list[Address], now: datetime) -> None:
        """The same; a platform without a home has one then."""
        await super().joined(platform, communities, now)
        try:
            await self.settle(now)
        except LedgerUnavailableError as error:
            _log.warning("home.unknown", platform=platform, reason=str(error))

    async def settle(self, now: datetime) -> None:
        """Reads the homes that were kept, and keeps the first community joined as that of a platform that has none.

        Raises LedgerUnavailableError; then it is to be called again.
        """
        if not self._is_loaded:
            await self._load()
        for platform, communities in [*self._joined.items()]:
            if communities and self.of(platform) is None:
                await self._records.keep(communities[0], now)
                await self._load()
                _log.info("home.kept", home=str(self._kept[platform]))

    async def _load(self) -> None:
        self._kept.update({each.platform: each for each in await self._records.homes()})
        self._is_loaded = True
