"""What goes to the organizers alone, whatever their channel follows: trouble as it comes, and the weekly digest."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from bot.announcements.post import AlertSubject, DigestSubject
from bot.announcements.state import LectureState, Pause
from bot.announcements.texts.digest import digest_due, next_digest
from bot.domain.missing import to_ask_for
from bot.domain.series import Series
from bot.domain.subscriptions import Address
from bot.i18n import moment_written


def trouble_key(phrase: str, address: Address, now: datetime) -> str:
    """The key of a trouble at one place, which is told once a day."""
    return f"{phrase}/{address}/{now:%Y-%m-%d}"


class Alerts:
    """The troubles of this process since its start, each told once, and the digest of the week.

    `organizers` is where they are told; without it they can be asked for all the same.
    """

    def __init__(self, organizers: Address | None = None) -> None:
        self.organizers: Final = organizers
        self._told: Final[dict[str, AlertSubject]] = {}
        self._current: Final[dict[str, Sequence[AlertSubject]]] = {}

    def report(self, source: str, problems: Sequence[AlertSubject]) -> None:
        """Takes what is the matter with something right now, in place of what was; it stays so until somebody mends
        it."""
        self._current[source] = problems

    @property
    def current_problems(self) -> list[AlertSubject]:
        """What is the matter right now."""
        return [each for problems in self._current.values() for each in problems]

    def tell(self, notice: AlertSubject) -> None:
        """Has the organizers told of something, once for each key."""
        self._told.setdefault(notice.key, notice)

    def due(
        self, series: Series, lecture_states: Mapping[str, LectureState], now: datetime
    ) -> list[AlertSubject | DigestSubject]:
        """What they should have been told by now. A digest whose moment was past at the first start is none."""
        if not self.organizers:
            return []
        due: list[AlertSubject | DigestSubject] = [*self._told.values(), *self.current_problems]
        digest = digest_due(series, now)
        known = min((each.date_changed_at for each in lecture_states.values()), default=now)
        if digest and known <= digest.due.astimezone(UTC):
            due.append(digest)
        return due

    def next_due(self, series: Series, now: datetime) -> datetime | None:
        """When the next digest is due."""
        return next_digest(series, now) if self.organizers else None

    def troubles(self, series: Series, now: datetime, pause: Pause | None) -> tuple[AlertSubject, ...]:
        """That posts are held back, as long as they are, what is the matter, and what they were told today, the latest
        first."""
        today = [each for each in self._told.values() if series.today(each.due) == series.today(now)]
        held = [paused(pause, series)] if pause else []
        return (*held, *self.current_problems, *sorted(today, key=lambda each: each.due, reverse=True))


def paused(pause: Pause, series: Series) -> AlertSubject:
    """That posts are held back, by whom, since when and until when."""
    since = moment_written(series.local(pause.since), series.language)
    values = {"by": pause.by, "since": since}
    if pause.until:
        values["until"] = moment_written(series.local(pause.until), series.language)
    phrase = "notice.paused_until" if pause.until else "notice.paused"
    return AlertSubject("paused", phrase, values, series.local(pause.since))


def has_nothing_to_tell(troubles: tuple[AlertSubject, ...], series: Series, now: datetime) -> bool:
    """Whether a digest would be empty: then none is sent."""
    return not troubles and not to_ask_for(series, now)
