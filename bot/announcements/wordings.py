"""Posts in words, each made once for all who are told things alike."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from bot.announcements.post import AlertSubject, PostSubject
from bot.announcements.snapshot import PlanningSnapshot, PlanningState
from bot.domain.message import Message
from bot.domain.subscriptions import Follower


@dataclass(frozen=True)
class Wording:
    """A message, also as it is when it comes late."""

    message: Message
    late: Message

    @cached_property
    def digest(self) -> str:
        """What tells the message from others."""
        return fingerprint(self.message)

    @cached_property
    def late_digest(self) -> str:
        """The same of the late one."""
        return fingerprint(self.late)


class Wordings:
    """Keeps what was worded until the schedule or the time may change it."""

    def __init__(self, planning: PlanningState) -> None:
        self._planning: Final = planning
        self._snapshot: PlanningSnapshot | None = None
        self._from = self._until = datetime.min.replace(tzinfo=UTC)
        self._found: Final[dict[tuple[object, ...], Wording]] = {}

    def wording(self, subject: PostSubject, follower: Follower, now: datetime) -> Wording:
        """The post for that follower as it is right at that aware instant."""
        snapshot = self._planning.snapshot
        if snapshot is not self._snapshot or not self._from <= now.astimezone(UTC) < self._until:
            self._found.clear()
            self._snapshot, self._from = snapshot, now.astimezone(UTC)
            self._until = snapshot.series.next_change(now)
        if isinstance(subject, AlertSubject):  # goes to one address
            return _worded(snapshot, subject, follower, now)
        person, chosen = follower.address.is_person, follower.lectures is not None
        alike = (subject, snapshot.language(follower), person, chosen)
        if (found := self._found.get(alike)) is None:
            found = self._found[alike] = _worded(snapshot, subject, follower, now)
        return found


def _worded(snapshot: PlanningSnapshot, subject: PostSubject, follower: Follower, now: datetime) -> Wording:
    message = snapshot.message(subject, follower, now)
    return Wording(message, snapshot.late(message, follower))


def fingerprint(message: Message) -> str:
    """What tells two wordings of a post apart."""
    return hashlib.sha256(repr(message).encode()).hexdigest()[:24]
