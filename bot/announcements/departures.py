"""Channels that are no more, or in which the bot can't speak for a while."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

import structlog

from bot.announcements.alerts import Alerts, trouble_key
from bot.announcements.doubts import CONFIRMED
from bot.announcements.ledger import Ledger
from bot.announcements.post import AlertSubject
from bot.announcements.poster import Poster, Refusal
from bot.announcements.state import Followers
from bot.domain.subscriptions import Address

_log: Final = structlog.get_logger(__name__)


class Departures:
    """Has channels follow no more of which a platform says that they are gone for good; organizers are told, once each.

    That is believed after a minute: who removes the bot by mistake invites it again. `now` is the present in the
    series' zone, `elapsed` a clock of seconds; `wake` has what is due looked for.
    """

    def __init__(
        self,
        followers: Followers,
        ledger: Ledger,
        alerts: Alerts,
        posters: Mapping[str, Poster],
        now: Callable[[], datetime],
        elapsed: Callable[[], float],
        wake: Callable[[], None],
    ) -> None:
        self._followers: Final = followers
        self._ledger: Final = ledger
        self._wake: Final = wake
        self._alerts: Final = alerts
        self._posters: Final = posters
        self._now: Final = now
        self._elapsed: Final = elapsed
        self._gone: Final[dict[Address, tuple[str, float]]] = {}
        """What each was called, and when it went."""

    async def gone(self, names: Mapping[Address, str]) -> None:
        """Takes note of channels that are gone, with what they were called."""
        self._gone.update({channel: (name, self._elapsed()) for channel, name in names.items()})

    async def settle(self) -> None:
        """Removes those that have been gone for a minute and are still. Raises LedgerUnavailableError."""
        for channel, (name, since) in [*self._gone.items()]:
            if self._elapsed() - since < CONFIRMED:
                continue
            if self._is_away(channel):
                await self._remove(channel, name)
            del self._gone[channel]

    def _is_away(self, channel: Address) -> bool:
        """Whether the platform knows it no more; not while the platform can't tell."""
        poster = self._posters.get(channel.platform)
        return poster is not None and poster.ready and poster.name_of(channel) == str(channel)

    async def _remove(self, channel: Address, name: str) -> None:
        now = self._now()
        if await self._followers.unfollow(channel, "gone", now):
            _log.info("channel.gone", channel=str(channel), name=name)
            key = f"gone/{channel}/{now.isoformat()}"
            self._alerts.tell(AlertSubject(key, "notice.channel_gone", {"where": name}, now))

    async def group_gone(self, group: Address, name: str) -> None:
        """Has a role or user group be pinged no more that was deleted, which never comes back; organizers are told.
        Raises LedgerUnavailableError."""
        now = self._now()
        for each in await self._followers.followers():
            if each.ping == group.id and each.address.platform == group.platform:
                await self._followers.follow(replace(each, ping=None), "gone", now)
                poster = self._posters.get(group.platform)
                where = poster.name_of(each.address) if poster else str(each.address)
                key = f"group/{group}/{each.address}"
                self._alerts.tell(AlertSubject(key, "notice.group_gone", {"role": name, "where": where}, now))

    async def closed(self, names: Mapping[Address, str], *, archived: bool) -> None:
        """Tells of channels that follow and to which nothing can be said, which a delivery that is refused then needn't
        tell again. Raises LedgerUnavailableError."""
        now = self._now()
        cause, refusal = ("archived", Refusal.GONE) if archived else ("left", Refusal.RIGHTS)
        for channel, name in names.items():
            if await self._followers.follower(channel):
                key = trouble_key(f"notice.refused.{refusal}", channel, now)
                button = ("action.unfollow_there", f"unfollow {channel}")
                self._alerts.tell(AlertSubject(key, f"notice.channel_{cause}", {"where": name}, now, actions=(button,)))

    async def back(self, channel: Address) -> None:
        """Has what is held for a channel tried at once. Raises LedgerUnavailableError."""
        self._gone.pop(channel, None)
        await self._ledger.hasten(channel)
        self._wake()
