"""Channels that follow because the settings say so."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from bot.announcements.followers import Followers
from bot.domain.audience import Address, Follower

SETTINGS: Final = "settings"
"""Who took in a channel that the settings name."""


async def take_in(followers: Followers, channels: Collection[Address], now: datetime) -> None:
    """Has these channels follow from now on unless they do; those that followed by the settings alone and are no longer
    named there follow no more. Raises LedgerUnavailable."""
    for channel in channels:
        if await followers.follower(channel) is None:
            await followers.follow(Follower(channel, now), SETTINGS, now)
    for channel in await followers.taken_in_by(SETTINGS):
        if channel not in channels:
            await followers.unfollow(channel, SETTINGS, now)
