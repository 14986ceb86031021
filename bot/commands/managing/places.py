"""Where something goes, in words."""

from collections.abc import Collection
from typing import Final

from bot.commands.office import Act
from bot.domain.audience import Address

_MOST_NAMED: Final = 5
"""Channels that are named; of more of them only the number is told."""


def place_named(address: Address, act: Act) -> str:
    """A channel as organizers know it: the one at hand, else as the settings write it."""
    return act.question.say("overview.here") if address == act.asker.channel else str(address)


def places_named(addresses: Collection[Address], act: Act) -> str:
    """Several channels, and how many people; nobody's own reminders are anybody else's business."""
    say = act.question.say
    channels = [address for address in addresses if not address.is_person]
    named = say("join.comma").join(place_named(each, act) for each in channels[:_MOST_NAMED])
    parts = [named] if named else []
    if len(channels) > _MOST_NAMED:
        parts.append(say("overview.more_channels", count=len(channels) - _MOST_NAMED))
    if len(channels) < len(addresses):
        parts.append(say("overview.people", count=len(addresses) - len(channels)))
    return say("join.comma").join(parts) or say("overview.nowhere")
