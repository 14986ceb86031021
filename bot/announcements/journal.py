"""What the dispatcher tells of its doings, for the log or for whoever rehearses: the port and its values."""

from typing import Protocol

from bot.announcements.agenda import Reason
from bot.announcements.matter import Matter
from bot.content import Message
from bot.domain.audience import Address


class Journal(Protocol):
    """Hears of everything that was done or was not."""

    def posted(self, address: Address, matter: Matter, message: Message) -> None:
        """A post went out and is recorded."""

    def edited(self, address: Address, matter: Matter, message: Message) -> None:
        """An earlier post now says what is true."""

    def skipped(self, address: Address, matter: Matter, reason: Reason) -> None:
        """Something that was due is not told."""

    def troubled(self, address: Address, matter: Matter | None, what: str, detail: str) -> None:
        """Something could not be done for now; `what` names the step, `detail` is short and without secrets."""

    def failed(self, what: str, error: Exception) -> None:
        """A defect of ours; the dispatcher goes on."""
