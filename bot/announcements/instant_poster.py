"""A platform at which everything arrives at once: simulations post there, and the terminal shows what arrives."""

from datetime import datetime
from typing import Final

from bot.announcements.poster import Outcome, Posted
from bot.domain.language import Language
from bot.domain.message import Message
from bot.domain.subscriptions import Address


class InstantPoster:
    """Takes every post, and numbers them. It has no rates, no rights and no groups."""

    idempotent: Final = False

    def __init__(self, platform: str) -> None:
        self.platform: Final = platform
        self._count = 0

    @property
    def ready(self) -> bool:
        """Always."""
        return True

    async def turn(self, address: Address, priority: int) -> None:
        """It is always anybody's turn."""

    async def post(
        self, address: Address, message: Message, language: Language, marker: str, ping: str | None = None
    ) -> Outcome:
        """Takes the message."""
        self._count += 1
        return Posted(str(self._count))

    async def edit(
        self, address: Address, message_id: str, message: Message, language: Language, marker: str
    ) -> Outcome:
        """Takes the edit."""
        return Posted(message_id)

    async def pin(self, address: Address, message_id: str) -> Outcome:
        """Nothing else is here that it could get lost among."""
        return Posted(message_id)

    async def remove(self, address: Address, message_id: str) -> Outcome:
        """What was said can't be taken back here."""
        return Posted(message_id)

    async def find(self, address: Address, marker: str, since: datetime) -> None:
        """Nothing is ever looked for: every outcome is known."""

    async def set_group(self, person: Address, channel: Address, group: str, *, member: bool) -> Outcome | None:
        """There are no groups."""
        return None

    def name_of(self, address: Address) -> str:
        """The address as the settings write it."""
        return str(address)

    def ping_trouble(self, channel: Address, group: str) -> None:
        """There are no groups."""

    async def missing_rights(self, address: Address) -> tuple[str, ...]:
        """Everything is allowed."""
        return ()
