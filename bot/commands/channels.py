"""The channels of all platforms, as commands touch them: each request goes to the platform that it concerns."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from bot.announcements.ledger import marker_of
from bot.announcements.poster import NotSent, Outcome, Poster, Refusal, Refused
from bot.domain.language import Language
from bot.domain.message import Message
from bot.domain.subscriptions import Address, AddressKind, Follower
from bot.i18n import Phrases

_AT_ONCE: Final = 0


class Channels:
    """The channels of all platforms by their posters; `wake` has the plan made anew: somebody follows, or wants other
    posts than before. No method raises."""

    def __init__(self, posters: Mapping[str, Poster], wake: Callable[[], None]) -> None:
        self._posters: Final = posters
        self.wake: Final = wake

    async def greet(self, address: Address, message: Message, language: Language, before: str | None) -> Outcome:
        """Tells a channel what it receives, in the greeting that stands there `before`, else in a new one; that it
        can be posted shows that the channel can be spoken to. Returns the outcome."""
        poster = self._posters.get(address.platform)
        if poster is None:
            return NotSent("no such platform")
        await poster.turn(address, _AT_ONCE)
        marker = marker_of([f"follow/{datetime.now(UTC).isoformat()}"], address)
        if before:
            edited = await poster.edit(address, before, message, language, marker)
            if not isinstance(edited, Refused) or edited.why is not Refusal.MESSAGE:
                return edited
        return await poster.post(address, message, language, marker)

    def name_of(self, address: Address) -> str:
        """What a channel or role is called where it is; as the settings write it where that isn't known."""
        poster = self._posters.get(address.platform)
        return poster.name_of(address) if poster else str(address)

    def ping_named(self, follower: Follower, say: Phrases) -> str:
        """The role or user group that is pinged, by its name if that is known."""
        group = Address(follower.address.platform, AddressKind.ROLE, follower.ping or "")
        name = self.name_of(group)
        return say("follow.one_role") if name == str(group) else name

    def ping_trouble(self, channel: Address, group: str) -> str | None:
        """The phrase (`pings.…`) for why a role or user group can't be pinged in a channel."""
        poster = self._posters.get(channel.platform)
        return poster.ping_trouble(channel, group) if poster else None

    async def missing_rights(self, address: Address) -> tuple[str, ...]:
        """Phrases (`rights.…`) for what the bot needs there and lacks."""
        poster = self._posters.get(address.platform)
        return await poster.missing_rights(address) if poster else ()

    async def set_group(self, person: Address, channel: Address, group: str, *, member: bool) -> Outcome | None:
        """Has a person belong to the role that is pinged in a channel, or no longer; None where that is not ours."""
        poster = self._posters.get(person.platform)
        return await poster.set_group(person, channel, group, member=member) if poster else None
