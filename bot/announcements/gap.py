"""The time of which a database knows nothing, since it is a copy: what was said then stands in the channels only."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.announcements.post import ChangeSubject, PostSubject, ReminderSubject

_TOLD_DAILY: Final = timedelta(days=1)
"""Alerts have the same key for a day."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The database was copied at `since`, and first served from at `until` (aware; None: that is yet to come).

    News with ids below `news` may have been told meanwhile.
    """

    since: datetime
    until: datetime | None
    news: int

    def may_stand_since(self, subject: PostSubject) -> datetime | None:
        """Since when a message about that may stand in a channel; None if there can't be one."""
        if isinstance(subject, ChangeSubject):
            return self.since if min(subject.news) < self.news else None
        due = subject.due.astimezone(UTC)
        if isinstance(subject, ReminderSubject):
            return max(self.since, due) if self.until is None or due <= self.until else None
        return self.since if self.until is None or due <= self.until + _TOLD_DAILY else None
