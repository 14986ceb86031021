"""What becomes of the workspace's channels: renamed, archived, deleted, left, and back again."""

from collections.abc import Mapping
from typing import Any, Final

from bot.commands.router import CommandRouter
from bot.domain.subscriptions import Address, AddressKind
from bot.platforms.slack.names import Names

EVENTS: Final = (
    *("channel_archive", "channel_deleted", "channel_left", "channel_rename", "channel_unarchive"),
    *("group_archive", "group_deleted", "group_left", "group_rename", "group_unarchive"),
    "member_joined_channel",
)


class Conversations:
    """Has the bot take note of what Slack tells of channels; `us` is the bot's own id."""

    def __init__(self, router: CommandRouter, names: Names, us: str) -> None:
        self._router: Final = router
        self._names: Final = names
        self._us: Final = us

    async def happened(self, event: Mapping[str, Any]) -> None:
        """Takes note of one of the `EVENTS`. Raises LedgerUnavailableError."""
        told = event.get("channel")
        channel = str(told.get("id")) if isinstance(told, dict) else str(told)
        if isinstance(told, dict):
            self._names.learn_channel(channel, told.get("name"))
        address = Address("slack", AddressKind.CHANNEL, channel)
        called = {address: self._names.of(channel) or str(address)}
        what = str(event.get("type", "")).rpartition("_")[2]
        if what == "deleted":
            self._names.forget(channel)
            await self._router.channels_gone(called)
        elif what in ("archive", "left"):
            await self._router.channels_closed(called, archived=what == "archive")
        elif what == "unarchive" or event.get("user") == self._us:
            await self._router.channel_back(address)
