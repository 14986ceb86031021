"""The gateway's connection, which skips what it can't read."""

from typing import Any, Final

import discord.shard
import structlog
from discord.gateway import DiscordWebSocket

_log: Final = structlog.get_logger(__name__)

_UNREADABLE: Final = (AttributeError, KeyError, TypeError, ValueError)
"""What discord.py raises for a frame that is no JSON, no object, or lacks what belongs to its kind."""


class TolerantWebSocket(DiscordWebSocket):
    """Skips a frame that can't be read, where discord.py would end the connection. Before READY there is nothing to
    keep up: then it ends."""

    async def received_message(self, msg: Any, /) -> None:
        """Takes in a frame."""
        try:
            await super().received_message(msg)
        except _UNREADABLE as error:
            if self.session_id is None:
                raise
            _log.warning("discord.frame_skipped", error=type(error).__name__)


def install() -> None:
    """Has discord.py connect by it, in the whole process."""
    setattr(discord.shard, DiscordWebSocket.__name__, TolerantWebSocket)
