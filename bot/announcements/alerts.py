"""What goes to the organizers alone, whatever their channel follows: trouble as it comes, and the weekly digest."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from bot.announcements.post import AlertSubject, DigestSubject
from bot.announcements.state import LectureState, Pause
from bot.announcements.texts.digest import digest_due, next_digest, worth_asking_for
from bot.domain.series import Series
from bot.i18n import moment_written


class Alerts:
    """The troubles of this process since its start, each told once, and the digest of the week.

    `status` finds what is the matter right now and stays so until somebody mends it. Without `organized` there is
    nobody to be told anything; troubles can be asked for all the same.
    """

    def __init__(self, *, organized: bool, status: Callable[[], Sequence[AlertSubject]]) -> None:
        self._organized: Final = organized
        self._status: Final = status
        self._told: Final[dict[str, AlertSubject]] = {}

    def tell(self, notice: AlertSubject) -> None:
        """Has the organizers told of something, once for each key."""
        self._told.setdefault(notice.key, notice)

    def due(
        self, series: Series, lecture_states: Mapping[int, LectureState], now: datetime
    ) -> list[AlertSubject | DigestSubject]:
        """What they should have been told by now. A digest whose moment was past at the first start is none."""
        if not self._organized:
            return []
        due: list[AlertSubject | DigestSubject] = [*self._told.values(), *self._status()]
        digest = digest_due(series, now)
        known = min((each.dated_at for each in lecture_states.values()), default=now)
        if digest and known <= digest.due.astimezone(UTC):
            due.append(digest)
        return due

    def next_due(self, series: Series, now: datetime) -> datetime | None:
        """When the next digest is due."""
        return next_digest(series, now) if self._organized else None

    def troubles(self, series: Series, now: datetime, pause: Pause | None) -> tuple[AlertSubject, ...]:
        """That posts are held back, as long as they are, what is the matter, and what they were told today, the latest
        first."""
        today = [each for each in self._told.values() if series.today(each.due) == series.today(now)]
        held = [paused(pause, series)] if pause else []
        return (*held, *self._status(), *sorted(today, key=lambda each: each.due, reverse=True))


def paused(pause: Pause, series: Series) -> AlertSubject:
    """That posts are held back, by whom and since when."""
    since = moment_written(series.local(pause.since), series.language)
    return AlertSubject("paused", "notice.paused", {"by": pause.by, "since": since}, series.local(pause.since))


def has_nothing_to_tell(troubles: tuple[AlertSubject, ...], series: Series, now: datetime) -> bool:
    """Whether a digest would be empty: then none is sent."""
    return not troubles and not worth_asking_for(series, now)
