"""Each platform's home: the server or workspace whose managers are organizers where the settings name none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.subscriptions import Address


@dataclass(frozen=True, slots=True)
class Home:
    """A platform's home; `is_set` if the settings name it. `is_joined` is whether the bot is there, None while that
    isn't known."""

    community: Address
    is_set: bool
    is_joined: bool | None = None


class Homes:
    """The home of each platform: the one in the settings; `KeptHomes` knows one for the other platforms, too.

    Where else the bot is invited to, and whether it is removed from its home, changes nothing.
    """

    def __init__(self, settled: Iterable[Address] = ()) -> None:
        self._settled: Final[Mapping[str, Address]] = {each.platform: each for each in settled}
        self._kept: Final[dict[str, Address]] = {}
        self._joined: Final[dict[str, list[Address]]] = {}

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

    def includes(self, community: Address) -> bool:
        """Whether the bot is known to be in that community."""
        return community in self._joined.get(community.platform, ())

    async def settle(self, now: datetime) -> None:
        """Sees to it that each platform has a home, if that is done here at all."""
