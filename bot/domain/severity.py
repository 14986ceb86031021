"""How much a change matters: told at once, told when things have settled, only corrected, or not even that."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Final

from bot.domain.changes import (
    Aspect,
    Change,
    MaterialChange,
    changed_talks,
    deadline_in_force,
    has_final_title,
    lost_talks,
    new_speakers,
    same_place,
    venue_in_force,
)
from bot.domain.language import Localized
from bot.domain.lecture import Field, Lecture, Mode, Phase, Status, Talk
from bot.domain.series import Series
from bot.domain.text import same_but_for_signs, same_but_for_spelling

DATE_IS_URGENT: Final = timedelta(days=7)
VENUE_IS_URGENT: Final = timedelta(hours=48)
"""How long before the lecture, by its old or its new start, people have to hear of such a change at once."""


class Severity(IntEnum):
    """How a change is told; the greater, the more urgently."""

    NONE = 0
    """Not at all: the lecture is over."""
    QUIET = 1
    """By correcting the posts there are."""
    NOTICE = 2
    """In one post with all that changed, once nothing has changed for a while."""
    URGENT = 3
    """At once, to all who follow."""


def severity(change: Change, series: Series, now: datetime) -> Severity:
    """How much the change matters at the aware instant `now`."""
    if change.aspect in (Field.MATERIALS, MaterialChange.REPLACED):
        return Severity.NOTICE
    if isinstance(change.aspect, MaterialChange):
        return Severity.QUIET
    if is_history(change.lecture, series, now, change.before):
        return Severity.NONE
    if change.lecture.status is Status.CANCELLED and change.aspect is not Field.STATUS:
        return Severity.QUIET
    if change.before is None or change.after is None:
        return Severity.QUIET if change.after is None else Severity.NOTICE
    if change.aspect in RULES:
        return RULES[change.aspect](change.before, change.after, series, now)
    return Severity.QUIET


def is_history(lecture: Lecture, series: Series, now: datetime, before: Lecture | None = None) -> bool:
    """Whether nothing is to come of the lecture any more: over, or cancelled and its day, as last known, is over."""
    if lecture.status is Status.CANCELLED:
        over_at = series.over_at(lecture if lecture.day or not before else before)
        return over_at is not None and now.astimezone(UTC) >= over_at
    return lecture.phase(series.local(now)) is Phase.OVER


def _on_status(before: Lecture, after: Lecture, series: Series, now: datetime) -> Severity:
    if after.status is not Status.PLANNED:
        return Severity.URGENT
    return _notice_or_urgent(before, after, series, now, DATE_IS_URGENT)


def _on_reason(*_: object) -> Severity:
    return Severity.QUIET


def _on_starts(before: Lecture, after: Lecture, series: Series, now: datetime) -> Severity:
    return _notice_or_urgent(before, after, series, now, DATE_IS_URGENT)


def _on_ends(before: Lecture, after: Lecture, series: Series, now: datetime) -> Severity:
    if not before.ends:
        return Severity.NOTICE
    return _notice_or_urgent(before, after, series, now, DATE_IS_URGENT)


def _on_venue(before: Lecture, after: Lecture, series: Series, now: datetime) -> Severity:
    one, other = venue_in_force(before), venue_in_force(after)
    if one and other:
        spelled = same_but_for_spelling(one.name, other.name) and one.room == other.room
        if same_place(one, other) or spelled:
            return Severity.QUIET
    if one is None and other and other.tentative and not series.is_unusual(after):
        return Severity.QUIET
    return _notice_or_urgent(before, after, series, now, VENUE_IS_URGENT)


def _on_mode(before: Lecture, after: Lecture, series: Series, now: datetime) -> Severity:
    if before.mode is None:
        return Severity.NOTICE
    return _notice_or_urgent(before, after, series, now, VENUE_IS_URGENT)


def _on_places(before: Lecture, after: Lecture, series: Series, now: datetime) -> Severity:
    """Places are news to those who could register before; a form that opens says so by itself."""
    usable = before.registration.url and after.registration.url and not _is_closed(after, series, now)
    if after.mode is Mode.ONLINE or not usable:
        return Severity.QUIET
    return Severity.URGENT if after.registration.in_person_full else Severity.NOTICE


def _on_form(_: Lecture, after: Lecture, series: Series, now: datetime) -> Severity:
    if _is_closed(after, series, now):
        return Severity.QUIET
    return Severity.NOTICE if after.registration.url else Severity.URGENT


def _on_deadline(before: Lecture, after: Lecture, series: Series, now: datetime) -> Severity:
    if not before.registration.url or not after.registration.url:
        return Severity.QUIET
    if not _is_closed(after, series, now):
        return Severity.NOTICE
    return Severity.QUIET if _is_closed(before, series, now) else Severity.URGENT


def _on_opening(*_: object) -> Severity:
    """Told by the form itself when it opens."""
    return Severity.QUIET


def _on_join(before: Lecture, after: Lecture, series: Series, now: datetime) -> Severity:
    if not before.join:
        return Severity.NOTICE
    return _notice_or_urgent(before, after, series, now, VENUE_IS_URGENT)


def _on_speaker(before: Lecture, after: Lecture, *_: object) -> Severity:
    return _quiet_if(not new_speakers(before, after) and not new_speakers(after, before))


def _on_talks(before: Lecture, after: Lecture, *_: object) -> Severity:
    """Talks that only have their words mended are not told."""
    if lost_talks(before, after) or lost_talks(after, before):
        return Severity.NOTICE
    return _quiet_if(all(_is_mended(was, now) for was, now in changed_talks(before, after)))


def _is_mended(was: Talk, now: Talk) -> bool:
    spelled = was.title == now.title or _is_spelling(was.title, now.title)
    return spelled and (was.starts, was.ends, was.speakers) == (now.starts, now.ends, now.speakers)


def _on_title(before: Lecture, after: Lecture, *_: object) -> Severity:
    if not has_final_title(after):
        return Severity.QUIET
    return _quiet_if(has_final_title(before) and _is_spelling(before.title, after.title))


def _on_summary(before: Lecture, after: Lecture, *_: object) -> Severity:
    return _quiet_if(bool(before.summary or before.abstract or not after.summary))


def _on_abstract(before: Lecture, after: Lecture, *_: object) -> Severity:
    one, other = before.abstracts, after.abstracts
    return _quiet_if(not other or (len(one) == len(other) and all(map(_is_spelling, one, other))))


def _on_notes(before: Lecture, after: Lecture, *_: object) -> Severity:
    """What to bring is read word by word: one that is exchanged may make the opposite of it."""
    one, other = before.notes, after.notes
    return _quiet_if(one is not None and other is not None and same_but_for_signs(one, other))


def _always_told(*_: object) -> Severity:
    return Severity.NOTICE


RULES: Final[Mapping[Aspect, Callable[[Lecture, Lecture, Series, datetime], Severity]]] = {
    Field.STATUS: _on_status,
    Field.REASON: _on_reason,
    Field.STARTS: _on_starts,
    Field.ENDS: _on_ends,
    Field.VENUE: _on_venue,
    Field.ROOM: _on_venue,
    Field.VENUE_TENTATIVE: _always_told,
    Field.MODE: _on_mode,
    Field.IN_PERSON: _on_places,
    Field.FORM: _on_form,
    Field.DEADLINE: _on_deadline,
    Field.OPENS: _on_opening,
    Field.JOIN: _on_join,
    Field.SPEAKER: _on_speaker,
    Field.TALKS: _on_talks,
    Field.TITLE: _on_title,
    Field.LANGUAGE: _always_told,
    Field.NOTES: _on_notes,
    Field.SUMMARY: _on_summary,
    Field.ABSTRACT: _on_abstract,
}
"""How each aspect of a lecture to come is judged; those absent here are only corrected."""


def _quiet_if(slight: bool) -> Severity:
    return Severity.QUIET if slight else Severity.NOTICE


def _is_spelling(before: Localized | None, after: Localized | None) -> bool:
    return before is not None and after is not None and same_but_for_spelling(before, after)


def _is_closed(lecture: Lecture, series: Series, now: datetime) -> bool:
    deadline = deadline_in_force(lecture, series)
    return deadline is not None and now >= deadline.astimezone(UTC)


def _notice_or_urgent(before: Lecture, after: Lecture, series: Series, now: datetime, within: timedelta) -> Severity:
    """Urgent if the lecture, as it was or as it is planned now, starts within that time."""
    starts = [series.begins(each) for each in (before, after) if each.status is Status.PLANNED]
    earliest = min((each.astimezone(UTC) for each in starts if each), default=None)
    return Severity.URGENT if earliest and earliest - now.astimezone(UTC) <= within else Severity.NOTICE
