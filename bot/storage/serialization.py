"""Values that are kept as JSON in one column: lectures, subjects of posts, sets."""

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, tzinfo
from functools import lru_cache
from typing import Final

from pydantic import TypeAdapter

from bot.announcements.post import (
    AlertSubject,
    CardSubject,
    ChangeSubject,
    DigestSubject,
    FreeTextSubject,
    PostSubject,
    ReminderSubject,
    SharedAnswerSubject,
)
from bot.domain.lecture import Lecture
from bot.domain.reminder_times import News
from bot.domain.reminders import DueStage

_LECTURE: Final = TypeAdapter(Lecture)
_SUBJECT: Final[TypeAdapter[PostSubject]] = TypeAdapter(
    ReminderSubject | ChangeSubject | AlertSubject | DigestSubject | FreeTextSubject | CardSubject | SharedAnswerSubject
)
"""Told apart by their fields: each has one that no other has and that is always written."""
_KINDS: Final = TypeAdapter(tuple[News, ...])

_CACHED_SUBJECTS: Final = 4096
"""Subjects kept in memory: a thousand channels get posts about the same one."""


class Loader:
    """Reads lectures and subjects; their times come back in `zone`, the series'."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone: Final = zone
        self.subject: Final = lru_cache(maxsize=_CACHED_SUBJECTS)(self._subject)
        """The subject with that JSON; the same object for the same text."""

    def lecture(self, text: str | None) -> Lecture | None:
        """The lecture with that JSON, if there is any."""
        return None if text is None else _lecture_in(_LECTURE.validate_json(text), self.zone)

    def _subject(self, text: str) -> PostSubject:
        return _subject_in(_SUBJECT.validate_json(text), self.zone)


def dump_lecture(lecture: Lecture | None) -> str | None:
    """The lecture as JSON, if there is one; times in UTC."""
    if lecture is None:
        return None
    return _LECTURE.dump_json(_lecture_in(lecture, UTC), exclude_defaults=True).decode()


def dump_subject(subject: PostSubject) -> str:
    """The subject as JSON; times in UTC."""
    return _SUBJECT.dump_json(_subject_in(subject, UTC), exclude_defaults=True).decode()


def dump_kinds(kinds: Sequence[News]) -> str:
    """Kinds of news as JSON, in their order."""
    return _KINDS.dump_json(tuple(kinds)).decode()


def load_kinds(text: str) -> tuple[News, ...]:
    """The kinds of news with that JSON."""
    return _KINDS.validate_json(text)


def dump_set(values: Collection[str]) -> str:
    """A set as JSON, sorted."""
    return json.dumps(sorted(values))


def load_words(text: str) -> frozenset[str]:
    """The set of strings with that JSON."""
    return frozenset(map(str, json.loads(text)))


def _lecture_in(lecture: Lecture, zone: tzinfo) -> Lecture:
    return lecture.with_times(lambda each: each.astimezone(zone))


def _subject_in(subject: PostSubject, zone: tzinfo) -> PostSubject:
    if isinstance(subject, ReminderSubject):
        return ReminderSubject(tuple(_stage_in(each, zone) for each in subject.stages))
    due = subject.due.astimezone(zone)
    if isinstance(subject, DigestSubject):
        return replace(subject, due=due, until=subject.until.astimezone(zone))
    return replace(subject, due=due)


def _stage_in(stage: DueStage, zone: tzinfo) -> DueStage:
    anchor, due, until = (each.astimezone(zone) for each in (stage.anchor, stage.due, stage.until))
    return replace(stage, anchor=anchor, due=due, until=until)
