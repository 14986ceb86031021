"""Channels that are no more: deleted, or of a server that the bot was removed from."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

import structlog

from bot.announcements.alerts import Alerts
from bot.announcements.post import AlertSubject
from bot.announcements.state import Followers
from bot.domain.subscriptions import Address

_log: Final = structlog.get_logger(__name__)


class Departures:
    """Has channels follow no more of which a platform says that they are gone for good; organizers are told, once each.

    `now` is the present in the series' zone.
    """

    def __init__(self, followers: Followers, alerts: Alerts, now: Callable[[], datetime]) -> None:
        self._followers: Final = followers
        self._alerts: Final = alerts
        self._now: Final = now

    async def gone(self, names: Mapping[Address, str]) -> None:
        """Removes those of the channels that follow; `names` are what they were called. Raises
        LedgerUnavailableError."""
        now = self._now()
        for channel, name in names.items():
            if await self._followers.unfollow(channel, "gone", now):
                _log.info("channel.gone", channel=str(channel), name=name)
                key = f"gone/{channel}/{now.isoformat()}"
                self._alerts.tell(AlertSubject(key, "notice.channel_gone", {"where": name}, now))
