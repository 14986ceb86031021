"""A platform on which everything arrives at once, and a journal that takes no defect."""

from dataclasses import dataclass
from datetime import datetime

from bot.announcements.post import PostSubject
from bot.announcements.poster import Outcome, Posted, Unreadable
from bot.announcements.selection import Reason
from bot.domain.language import Language
from bot.domain.message import Message
from bot.domain.subscriptions import Address


@dataclass(frozen=True)
class Written:
    """A message that arrived, or what stands in its place since an edit."""

    address: Address
    message: Message
    edited: bool = False


class Recording:
    """The platform: it answers with the next of the `outcomes`, and takes everything when there are none left.

    So many of its next answers about a channel's history are `unreadable`, since a right is missing.
    """

    ready = True
    idempotent = False

    def __init__(self, platform: str, written: list[Written], *outcomes: Outcome) -> None:
        self.platform = platform
        self.unreadable = 0
        self._written = written
        self._outcomes = list(outcomes)

    async def turn(self, address: Address, priority: int) -> None: ...

    async def post(
        self, address: Address, message: Message, language: Language, marker: str, ping: str | None = None
    ) -> Outcome:
        outcome = self._outcomes.pop(0) if self._outcomes else Posted(marker)
        if isinstance(outcome, Posted):
            self._written.append(Written(address, message))
        return outcome

    async def edit(
        self, address: Address, message_id: str, message: Message, language: Language, marker: str
    ) -> Outcome:
        self._written.append(Written(address, message, edited=True))
        return Posted(message_id)

    async def pin(self, address: Address, message_id: str) -> Outcome:
        return Posted(message_id)

    async def remove(self, address: Address, message_id: str) -> Outcome:
        return Posted(message_id)

    async def find(self, address: Address, marker: str, since: datetime) -> Unreadable | None:
        self.unreadable -= 1
        return Unreadable("no right", lasting=True) if self.unreadable >= 0 else None

    async def set_group(self, person: Address, channel: Address, group: str, *, member: bool) -> Outcome | None:
        return None

    def name_of(self, address: Address) -> str:
        return str(address)

    def ping_trouble(self, channel: Address, group: str) -> str | None:
        return None

    async def missing_rights(self, address: Address) -> tuple[str, ...]:
        return ()


class Strict:
    """The journal: it remembers what was skipped, and lets troubles pass, but no defect."""

    def __init__(self) -> None:
        self.skips: list[tuple[PostSubject, Reason]] = []

    def posted(self, address: Address, subject: PostSubject, message: Message) -> None: ...

    def edited(self, address: Address, subject: PostSubject, message: Message) -> None: ...

    def skipped(self, address: Address, subject: PostSubject, reason: Reason) -> None:
        self.skips.append((subject, reason))

    def troubled(self, address: Address, subject: PostSubject | None, what: str, detail: str) -> None: ...

    def failed(self, what: str, error: Exception) -> None:
        raise error
