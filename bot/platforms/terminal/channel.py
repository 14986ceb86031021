"""The terminal's one channel and one person: what is posted to either appears in the chat."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.announcements.poster import Outcome, Posted
from bot.commands.requests import Asker, Role
from bot.content import Message
from bot.domain.audience import Address, AddressKind
from bot.domain.language import Language

PLATFORM: Final = "terminal"
HERE: Final = Address(PLATFORM, AddressKind.CHANNEL, "here")
YOU: Final = Address(PLATFORM, AddressKind.USER, "you")


def asker(role: Role) -> Asker:
    """Whoever sits at the terminal; an organizer manages the channel, too."""
    return Asker(YOU, HERE, manages_channel=role is Role.ORGANIZER)


@dataclass(frozen=True, slots=True)
class Shown:
    """What appears at an aware instant, in the channel or as a direct message: a post, or an earlier one `edited`."""

    at: datetime
    message: Message
    language: Language
    direct: bool = False
    edited: bool = False


class Channel:
    """The poster of the terminal. `now` is the aware present, in the series' zone, whenever something is posted."""

    platform: Final = PLATFORM
    ready: Final = True

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now: Final = now
        self._shown: list[Shown] = []
        self._count = 0

    def taken(self) -> list[Shown]:
        """What has appeared since this was last asked, in order; of one moment the channel's before direct messages."""
        shown, self._shown = self._shown, []
        return sorted(shown, key=lambda each: (each.at, each.direct))

    async def turn(self, address: Address, priority: int) -> None:
        """A terminal has no rates to keep to."""

    async def post(
        self, address: Address, message: Message, language: Language, marker: str, ping: str | None = None
    ) -> Outcome:
        """Has it appear."""
        self._count += 1
        self._shown.append(Shown(self._now(), message, language, direct=address.is_person))
        return Posted(str(self._count))

    async def edit(
        self, address: Address, message_id: str, message: Message, language: Language, marker: str
    ) -> Outcome:
        """What was printed stays as it was; that it says something else now appears below."""
        self._shown.append(Shown(self._now(), message, language, direct=address.is_person, edited=True))
        return Posted(message_id)

    async def pin(self, address: Address, message_id: str) -> Outcome:
        """Nothing else is here that it could get lost among."""
        return Posted(message_id)

    async def remove(self, address: Address, message_id: str) -> Outcome:
        """What was said can't be taken back here."""
        return Posted(message_id)

    async def find(self, address: Address, marker: str, since: datetime) -> None:
        """Every outcome is known here, so nothing is ever looked for."""

    async def set_group(self, person: Address, channel: Address, group: str, *, member: bool) -> Outcome | None:
        """Nobody else is here to be grouped."""
        return Posted(group)

    async def missing_rights(self, address: Address) -> tuple[str, ...]:
        """Anything may be printed."""
        return ()
