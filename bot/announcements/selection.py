"""What is to be told to one follower now, and what has become pointless: at most one belated post a lecture."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.announcements.post import (
    ChangeSubject,
    PostSubject,
    PublicMatter,
    ReminderSubject,
    is_late,
    keys,
    kinds,
)
from bot.announcements.urgency import urgency
from bot.domain.reminder_times import TOGETHER, Stage
from bot.domain.reminders import DueStage
from bot.domain.subscriptions import Follower


class Reason(StrEnum):
    """Why something is not told."""

    STALE = "stale"
    """It came too late to be of use."""
    SUPERSEDED = "superseded"
    """Another post to the same place says what matters of it."""
    NO_LONGER_TRUE = "no_longer_true"
    """The schedule was changed: it doesn't hold any more."""
    UNFOLLOWED = "unfollowed"
    """Nobody there wants to hear it any more."""
    NOTHING_MISSING = "nothing_missing"
    """There was nothing to be told."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The posts to be sent to one follower, most urgent first, and what is skipped, with the reason."""

    posts: tuple[PublicMatter, ...]
    skipped: tuple[tuple[PublicMatter, Reason], ...]


def wanted_by(follower: Follower, subject: PostSubject) -> PublicMatter | None:
    """What of the matter is for this follower: only what became due since it follows, and lectures it asked for."""
    if isinstance(subject, ReminderSubject):
        return with_stages(
            subject,
            (
                each
                for each in subject.stages
                if each.due >= follower.since
                and follower.wants((each.stage,))
                and (follower.lectures is None or each.lecture in follower.lectures)
            ),
        )
    if not isinstance(subject, ChangeSubject) or subject.due < follower.since:
        return None
    if not follower.wants(tuple(kinds(subject)), urgent=subject.urgent):
        return None
    concerned = set(follower.concerned(subject.lectures))
    return _with_news(subject, (news for news, number in _news(subject) if number in concerned))


def selection(follower: Follower, subjects: Iterable[PostSubject], told: Collection[str], now: datetime) -> Selection:
    """What is to be done for one follower, given all that is due by `now` and the keys of what it was told before.

    Several things that are due for one lecture become one post: news of it say all there is to say, else the latest
    stage does. A stage is not told either if news have said the same a short while before, nor are mere details if a
    stage will soon show them.
    """
    wanted = [each for subject in subjects if (each := wanted_by(follower, subject))]
    news = [each for each in wanted if isinstance(each, ChangeSubject)]
    fresh = [left for each in wanted if (left := _untold(each, told))]
    choice = _Choice(now, news, follower.wants)
    for subject in sorted(fresh, key=_weight):
        choice.take(subject)
    posts = sorted(choice.posts, key=lambda each: (urgency(each), each.due))
    return Selection(tuple(posts), tuple(sorted(choice.skipped, key=lambda pair: pair[0].due)))


class Selections:
    """Selections at one moment, each found once for all who want the same and were told the same."""

    def __init__(self, subjects: Sequence[PostSubject], now: datetime) -> None:
        self._subjects: Final = subjects
        self._now: Final = now
        self._earliest: Final = min((each.due.astimezone(UTC) for each in subjects), default=now.astimezone(UTC))
        self._found: Final[dict[tuple[object, ...], Selection]] = {}

    def of(self, follower: Follower, told: frozenset[str]) -> Selection:
        """What is to be done for the follower."""
        since = max(follower.since, self._earliest)
        alike = (told, since, follower.address.is_person, follower.topics, follower.lectures)
        if (found := self._found.get(alike)) is None:
            found = self._found[alike] = selection(follower, self._subjects, told, self._now)
        return found


class _Choice:
    """What of the matters, taken one after the other, is posted, and what is skipped; what is not due yet waits."""

    def __init__(
        self, now: datetime, news: Sequence[ChangeSubject], wants: Callable[[Collection[Stage]], bool]
    ) -> None:
        self._now: Final = now
        self._wants: Final = wants
        self._news: Final = news
        self._covered: Final[set[str]] = set()
        self.posts: Final[list[PublicMatter]] = []
        self.skipped: Final[list[tuple[PublicMatter, Reason]]] = []

    def take(self, subject: PublicMatter) -> None:
        left = self._useful(subject) if isinstance(subject, ReminderSubject) else self._not_awaited(subject)
        if left and left.due <= self._now:
            self.posts.append(left)
            self._covered.update(left.lectures)

    def _not_awaited(self, subject: PublicMatter) -> PublicMatter | None:
        """The subject, unless a post to come will say all of it."""
        awaits = subject.awaits if isinstance(subject, ChangeSubject) else ()
        if not awaits or not all(self._wants((each.stage,)) and each.due > self._now for each in awaits):
            return subject
        self.skipped.append((subject, Reason.SUPERSEDED))
        return None

    def _useful(self, subject: ReminderSubject) -> ReminderSubject | None:
        """The stages that are still to be told."""
        late = is_late(subject, self._now)
        reasons: dict[DueStage, Reason] = {}
        for each in subject.stages:
            if self._now >= each.until.astimezone(UTC):
                reasons[each] = Reason.STALE
            elif (late and each.lecture in self._covered) or any(_says(news, each) for news in self._news):
                reasons[each] = Reason.SUPERSEDED
        for reason in (Reason.STALE, Reason.SUPERSEDED):
            if skipped := with_stages(subject, (each for each in subject.stages if reasons.get(each) is reason)):
                self.skipped.append((skipped, reason))
        return with_stages(subject, (each for each in subject.stages if each not in reasons))


def _says(news: ChangeSubject, stage: DueStage) -> bool:
    """Whether the news say what the stage would, shortly before it."""
    about = stage.lecture in news.lectures and stage.stage in news.says
    return about and timedelta() <= stage.due - news.due <= TOGETHER


def _weight(subject: PublicMatter) -> tuple[bool, float, int]:
    """News first, then stages from the latest to the earliest, of one moment the most urgent."""
    return isinstance(subject, ReminderSubject), -subject.due.timestamp(), urgency(subject)


def _untold(subject: PublicMatter, told: Collection[str]) -> PublicMatter | None:
    """The part of the matter that was not told yet."""
    left = [key for key in keys(subject) if key not in told]
    if len(left) == len(keys(subject)):
        return subject
    if isinstance(subject, ReminderSubject):
        pairs = zip(subject.stages, keys(subject), strict=True)
        return with_stages(subject, (stage for stage, key in pairs if key in left))
    pairs_of_news = zip(subject.news, keys(subject), strict=True)
    return _with_news(subject, (news for news, key in pairs_of_news if key in left))


def with_stages(subject: ReminderSubject, stages: Iterable[DueStage]) -> ReminderSubject | None:
    """The matter with only these of its stages; None if none are left."""
    left = tuple(stages)
    if left == subject.stages:
        return subject
    return ReminderSubject(left) if left else None


def _with_news(subject: ChangeSubject, news: Iterable[int]) -> ChangeSubject | None:
    """The matter with only these of its news; None if none are left."""
    left = tuple(news)
    if left == subject.news:
        return subject
    lectures = tuple(lecture for each, lecture in _news(subject) if each in left)
    return replace(subject, lectures=lectures, news=left) if left else None


def _news(subject: ChangeSubject) -> Iterator[tuple[int, str]]:
    """The ids of the news with those of their lectures."""
    return zip(subject.news, subject.lectures, strict=True)
