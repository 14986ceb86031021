"""Each platform's home: the server or workspace whose managers are organizers where the settings name none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

import structlog

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


@dataclass(frozen=True, slots=True)
class Home:
    """A platform's home; `is_set` if the settings name it. `is_joined` is whether the bot is there, None while that
    isn't known."""

    community: Address
    is_set: bool
    is_joined: bool | None = None


class Homes:
    """The home of each platform: the one in the settings, else the first that the bot joined, for ever.

    Where else the bot is invited to, and whether it is removed from its home, changes nothing.
    """

    def __init__(self, settled: Iterable[Address] = (), records: HomeRecords | None = None) -> None:
        self._settled: Final[Mapping[str, Address]] = {each.platform: each for each in settled}
        self._records: Final = records
        self._kept: Final[dict[str, Address]] = {}
        self._joined: Final[dict[str, list[Address]]] = {}
        self._is_loaded = False

    def of(self, platform: str) -> Home | None:
        """The home of a platform; None while it isn't known."""
        community = self._settled.get(platform) or self._kept.get(platform)
        if community is None:
            return None
        joined = self._joined.get(platform)
        return Home(community, platform in self._settled, None if joined is None else community in joined)

    def all(self) -> list[Home]:
        """The homes that are known, by platform."""
        found = (self.of(platform) for platform in sorted({*self._settled, *self._kept}))
        return [home for home in found if home]

    async def joined(self, platform: str, communities: list[Address], now: datetime) -> None:
        """Takes note of all communities that the bot is in, in the order in which it joined them."""
        self._joined[platform] = communities
        try:
            await self.settle(now)
        except LedgerUnavailableError as error:
            _log.warning("home.unknown", platform=platform, reason=str(error))

    def includes(self, community: Address) -> bool:
        """Whether the bot is known to be in that community."""
        return community in self._joined.get(community.platform, ())

    async def settle(self, now: datetime) -> None:
        """Reads the homes that were kept, and keeps the first community joined as that of a platform that has none.

        Raises LedgerUnavailableError; then it is to be called again.
        """
        if self._records is None:
            return
        if not self._is_loaded:
            await self._load(self._records)
        for platform, communities in [*self._joined.items()]:
            if communities and self.of(platform) is None:
                await self._records.keep(communities[0], now)
                await self._load(self._records)
                _log.info("home.kept", home=str(self._kept[platform]))

    async def _load(self, records: HomeRecords) -> None:
        self._kept.update({each.platform: each for each in await records.homes()})
        self._is_loaded = True
