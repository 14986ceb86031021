"""Calendar files of the schedule in service, dated so that a calendar takes a change for newer than what it has."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from bot.domain.language import Language
from bot.domain.lecture import Lecture
from bot.domain.series import Series
from bot.schedule.revisions import Changes, History

_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)
_HIGHEST: Final = 2**31 - 1
"""What fits into the number that calendars keep a SEQUENCE in; it is reached in 2088."""


class Calendars:
    """Writes calendar files, for the feed and for answers alike.

    `accepted` is the schedule of which is known how often each lecture has changed, together with that; None before
    the database is there. A lecture that has been changed since then counts as changed once more.
    """

    def __init__(self) -> None:
        self.accepted: tuple[Series, History] | None = None

    def accept(self, series: Series, history: History) -> None:
        """Takes note of what has changed up to that version."""
        self.accepted = (series, history)

    def __call__(self, series: Series, lectures: Sequence[Lecture], language: Language, now: datetime) -> bytes:
        """The file's content; lectures without a date are left out."""
        from bot.exports.ics import calendar  # takes longer to load than most bots to connect

        changes = {each.id: self._changes(series, each, now) for each in lectures}
        revisions = {number: sequence(each) for number, each in changes.items()}
        modified = {number: each.last for number, each in changes.items()}
        return calendar(series, lectures, language, now, revisions, modified)

    def _changes(self, series: Series, lecture: Lecture, now: datetime) -> Changes:
        accepted = self.accepted
        if accepted is None:
            return Changes(0, now)
        known, history = accepted
        changes = history.of(lecture.id)
        if series is known or known.lecture(lecture.id) == lecture:
            return changes
        return Changes(changes.count + 1, changes.last)


def sequence(changes: Changes) -> int:
    """A number that grows with every change: the instant of the last one in seconds, plus how many there were.

    The instant alone would stand still while a clock that was ahead is being caught up with; the number alone would
    start anew with a lost database, or be none without one.
    """
    seconds = int((changes.last - _EPOCH).total_seconds())
    return min(max(seconds, 0) + changes.count, _HIGHEST)
