"""Of which kind a change is as news, and which stages need not be told after it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from bot.announcements.state import NewsItem
from bot.domain.changes import Aspect, Change, MaterialChange, changes, deadline_in_force, has_final_title
from bot.domain.lecture import Field, Lecture, Phase, Status
from bot.domain.reminder_times import News, Stage
from bot.domain.series import Series

WEIGHTIEST_FIRST: Final = (
    News.CANCELLED,
    News.POSTPONED,
    News.CHANGED,
    News.REGISTRATION_OPENED,
    News.LISTED,
    News.DETAILS,
    News.MATERIALS,
)

_ALWAYS: Final[Mapping[Aspect, News]] = {
    Field.SUMMARY: News.DETAILS,
    Field.ABSTRACT: News.DETAILS,
    Field.MATERIALS: News.MATERIALS,
    MaterialChange.REPLACED: News.MATERIALS,
    MaterialChange.IN_PREPARATION: News.MATERIALS,
    MaterialChange.RELABELLED: News.MATERIALS,
    MaterialChange.WITHDRAWN: News.MATERIALS,
}

_UNDECIDED: Final[Mapping[Aspect, Callable[[Lecture], bool]]] = {
    Field.VENUE: lambda before: before.venue is None,
    Field.ROOM: lambda before: before.venue is None or before.venue.room is None,
    Field.VENUE_TENTATIVE: lambda before: before.venue is not None and before.venue.tentative,
    Field.MODE: lambda before: before.mode is None,
    Field.SPEAKER: lambda before: not before.speakers,
    Field.TALKS: lambda before: not before.talks,
    Field.TITLE: lambda before: not has_final_title(before),
    Field.LANGUAGE: lambda before: before.language is None,
    Field.NOTES: lambda before: before.notes is None,
    Field.JOIN: lambda before: before.join is None,
}
"""What is a detail when it is decided, and a change when it is exchanged later. A date is never a mere detail."""


def kind_of_news(change: Change) -> News:
    """The kind by which followers choose whether to hear of it."""
    if change.aspect in _ALWAYS:
        return _ALWAYS[change.aspect]
    before, after = change.before, change.after
    if before is None or after is None:
        return News.LISTED if before is None else News.CHANGED
    if change.aspect is Field.STATUS and after.status is not Status.PLANNED:
        return News.CANCELLED if after.status is Status.CANCELLED else News.POSTPONED
    if change.aspect is Field.FORM and not before.registration.url:
        return News.REGISTRATION_OPENED
    undecided = _UNDECIDED.get(change.aspect)
    return News.DETAILS if undecided and undecided(before) else News.CHANGED


_WHEN_AND_WHERE: Final[frozenset[Aspect]] = frozenset(
    {Field.NUMBER, Field.STATUS, Field.STARTS, Field.VENUE, Field.ROOM, Field.MODE}
)


def stages_said(item: NewsItem, series: Series) -> frozenset[Stage]:
    """The stages that need not be told shortly after these news: their first line says what those would say."""
    lecture = item.after
    if lecture is None or lecture.status is not Status.PLANNED or item.kinds == (News.MATERIALS,):
        return frozenset()
    said = {Stage.WEEK_BEFORE}
    if is_open(lecture, series, item.settled_at):
        said |= {stage for stage in Stage if stage.concerns_registration}
    found = {each.aspect for each in changes(item.before, lecture, series)}
    if lecture.day == series.today(item.settled_at) and found & _WHEN_AND_WHERE:
        said |= {Stage.MORNING, Stage.STARTING}
    return frozenset(said)


def is_open(lecture: Lecture, series: Series, now: datetime) -> bool:
    deadline = deadline_in_force(lecture, series)
    to_come = lecture.phase(series.local(now)) in (Phase.UNDATED, Phase.AHEAD)
    return to_come and has_form(lecture) and (deadline is None or now.astimezone(UTC) < deadline)


def has_form(lecture: Lecture | None) -> bool:
    return lecture is not None and lecture.registration.url is not None
