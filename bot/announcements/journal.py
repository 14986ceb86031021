"""What the dispatcher tells of its doings, for the log or for whoever rehearses: the port and its values."""

from collections import Counter
from dataclasses import dataclass
from typing import Final, Protocol

import structlog

from bot.announcements.post import (
    AlertSubject,
    CardSubject,
    ChangeSubject,
    DigestSubject,
    FreeTextSubject,
    PostSubject,
    ReminderSubject,
    SharedAnswerSubject,
    keys,
)
from bot.announcements.selection import Reason
from bot.domain.message import Message
from bot.domain.subscriptions import Address


class Journal(Protocol):
    """Hears of everything that was done or was not."""

    def posted(self, address: Address, subject: PostSubject, message: Message) -> None:
        """A post went out and is recorded."""

    def edited(self, address: Address, subject: PostSubject, message: Message) -> None:
        """An earlier post now says what is true."""

    def skipped(self, address: Address, subject: PostSubject, reason: Reason) -> None:
        """Something that was due is not told."""

    def troubled(self, address: Address, subject: PostSubject | None, what: str, detail: str) -> None:
        """Something could not be done for now; `what` names the step, `detail` is short and without secrets."""

    def failed(self, what: str, error: Exception) -> None:
        """A defect of ours; the dispatcher goes on."""


_log: Final = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class MetricLabels:
    """A sort of doing: on which platform, of which kind the post was, and what became of it."""

    platform: str
    kind: str
    outcome: str


class LoggingJournal:
    """Writes what the dispatcher does into the log. `counts` are since the start, and so are our own `defects`."""

    def __init__(self) -> None:
        self.counts: Final[Counter[MetricLabels]] = Counter()
        self.defects = 0

    def posted(self, address: Address, subject: PostSubject, message: Message) -> None:
        """One line; the first line of the post is in it, so that the log tells what was said."""
        self._count(address, subject, "sent")
        _log.info("post.sent", to=str(address), what=keys(subject), text=message.headline)

    def edited(self, address: Address, subject: PostSubject, message: Message) -> None:
        """One line."""
        self._count(address, subject, "edited")
        _log.info("post.edited", to=str(address), what=keys(subject), text=message.headline)

    def skipped(self, address: Address, subject: PostSubject, reason: Reason) -> None:
        """One line, with the reason."""
        self._count(address, subject, "skipped")
        _log.info("post.skipped", to=str(address), what=keys(subject), reason=str(reason))

    def troubled(self, address: Address, subject: PostSubject | None, what: str, detail: str) -> None:
        """A warning."""
        self._count(address, subject, "troubled")
        _log.warning("post.troubled", to=str(address), what=keys(subject) if subject else (), step=what, detail=detail)

    def failed(self, what: str, error: Exception) -> None:
        """The traceback of a defect."""
        self.defects += 1
        _log.error("announcer.failed", what=what, exc_info=error)

    def _count(self, address: Address, subject: PostSubject | None, outcome: str) -> None:
        self.counts[MetricLabels(address.platform, _kind(subject), outcome)] += 1


def _kind(subject: PostSubject | None) -> str:
    """What people call such posts; where several news are told together, by the weightiest."""
    match subject:
        case ReminderSubject():
            return subject.stage
        case ChangeSubject():
            return subject.kinds[0]
        case AlertSubject():
            return "notice"
        case DigestSubject():
            return "digest"
        case FreeTextSubject():
            return "announcement"
        case CardSubject():
            return "card"
        case SharedAnswerSubject():
            return "shared"
        case None:
            return "unknown"
