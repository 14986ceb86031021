"""What the dispatcher tells of its doings, for the log or for whoever rehearses: the port and its values."""

from collections import Counter
from dataclasses import dataclass
from typing import Final, Protocol

import structlog

from bot.announcements.planner import Reason
from bot.announcements.post import (
    CardMatter,
    DigestMatter,
    FreeMatter,
    Matter,
    NewsMatter,
    NoticeMatter,
    StageMatter,
    keys,
)
from bot.domain.message import Message
from bot.domain.subscriptions import Address


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


_log: Final = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of doing: on which platform, of which kind the post was, and what became of it."""

    platform: str
    kind: str
    outcome: str


class LoggingJournal:
    """Writes what the dispatcher does into the log. `counts` are since the start, and so are our own `defects`."""

    def __init__(self) -> None:
        self.counts: Final[Counter[Sort]] = Counter()
        self.defects = 0

    def posted(self, address: Address, matter: Matter, message: Message) -> None:
        """One line; the first line of the post is in it, so that the log tells what was said."""
        self._count(address, matter, "sent")
        _log.info("post.sent", to=str(address), what=keys(matter), text=message.headline)

    def edited(self, address: Address, matter: Matter, message: Message) -> None:
        """One line."""
        self._count(address, matter, "edited")
        _log.info("post.edited", to=str(address), what=keys(matter), text=message.headline)

    def skipped(self, address: Address, matter: Matter, reason: Reason) -> None:
        """One line, with the reason."""
        self._count(address, matter, "skipped")
        _log.info("post.skipped", to=str(address), what=keys(matter), reason=str(reason))

    def troubled(self, address: Address, matter: Matter | None, what: str, detail: str) -> None:
        """A warning."""
        self._count(address, matter, "troubled")
        _log.warning("post.troubled", to=str(address), what=keys(matter) if matter else (), step=what, detail=detail)

    def failed(self, what: str, error: Exception) -> None:
        """The traceback of a defect."""
        self.defects += 1
        _log.error("announcer.failed", what=what, exc_info=error)

    def _count(self, address: Address, matter: Matter | None, outcome: str) -> None:
        self.counts[Sort(address.platform, _kind(matter), outcome)] += 1


def _kind(matter: Matter | None) -> str:
    """What people call such posts; where several news are told together, by the weightiest."""
    match matter:
        case StageMatter():
            return matter.stage
        case NewsMatter():
            return matter.kinds[0]
        case NoticeMatter():
            return "notice"
        case DigestMatter():
            return "digest"
        case FreeMatter():
            return "announcement"
        case CardMatter():
            return "card"
        case None:
            return "unknown"
