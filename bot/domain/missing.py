"""What is still missing of lectures: of those to come, earlier or later before the day; of those that are over, for as
long as it is asked for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.expectations import Expected
from bot.domain.language import Language, Localized, nearest
from bot.domain.lecture import Lecture, Mode, Phase
from bot.domain.materials import MaterialKind
from bot.domain.series import Series
from bot.domain.text import may_be_in


class Gap(StrEnum):
    """What may be missing of a lecture."""

    SPEAKER = "speaker"
    TIME = "starts"
    FORM = "registration.url"
    VENUE = "venue"
    """There is none, or it is tentative."""
    TITLE = "title"
    """There is none, or it is tentative."""
    TRANSLATED_TITLE = "title_translated"
    """The title in one of the series' languages, if it has several."""
    TRANSLATED_SPEAKER = "speaker_translated"
    """A name or an affiliation in one of the series' languages."""
    TRANSLATED_VENUE = "venue_translated"
    """The place or the room in one of the series' languages."""
    ABSTRACT = "abstract"
    """There is no summary either."""
    ROOM = "venue.room"
    SLIDES = "slides"
    """There is no material but videos."""
    VIDEO = "video"
    IN_PREPARATION = "in_preparation"
    """A material that was announced, and still is."""


DAYS_BEFORE: Final[Mapping[Gap, int]] = {
    Gap.SPEAKER: 35,
    Gap.TIME: 28,
    Gap.FORM: 21,
    Gap.VENUE: 21,
    Gap.TITLE: 14,
    Gap.TRANSLATED_TITLE: 14,
    Gap.TRANSLATED_SPEAKER: 14,
    Gap.TRANSLATED_VENUE: 14,
    Gap.ABSTRACT: 14,
    Gap.ROOM: 10,
}
"""Days before a lecture from which something counts as missing. What the post of a week before tells is asked for in a
week before that one."""

ASKED_AFTER: Final[Mapping[Gap, tuple[int, int]]] = {
    Gap.SLIDES: (7, 28),
    Gap.VIDEO: (30, 90),
    Gap.IN_PREPARATION: (60, 120),
}
"""Days after a lecture from which something is asked for, for a week, and is asked for again, for another."""

_A_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that a lecture lacks; `days` are those left until it or, if it is `over`, those since."""

    gap: Gap
    lecture: str
    days: int
    over: bool = False


def missing(series: Series, now: datetime) -> tuple[Missing, ...]:
    """All that is missing at the aware instant `now`: first of lectures to come, the next one first, then of those that
    are over, the latest first. It changes at midnight and with the schedule only.

    What was postponed, cancelled or has no date lacks nothing: there is no day by which it should be there. What is
    still missing of a lecture that is over when it has been asked for twice is not missed any more.
    """
    local, today = series.local(now), series.today(now)
    ahead: list[Missing] = []
    over: list[Missing] = []
    for lecture in reversed(series.newest_first):
        if lecture.day is None:
            continue
        days = (lecture.day - today).days
        phase = lecture.phase(local)
        if phase is Phase.AHEAD:
            ahead += (Missing(gap, lecture.id, days) for gap in _before(lecture, days, series))
        elif phase is Phase.OVER:
            over[:0] = [Missing(gap, lecture.id, -days, over=True) for gap in _after(lecture, -days, series)]
    return (*ahead, *over)


def to_ask_for(series: Series, now: datetime) -> tuple[Missing, ...]:
    """What to ask the organizers for in the week of `now`: of lectures to come all that is missing, of each that is
    over the same thing in two weeks at most."""
    return tuple(each for each in missing(series, now) if not each.over or _is_asked(each))


def _is_asked(gap: Missing) -> bool:
    return any(first <= gap.days < first + _A_WEEK for first in ASKED_AFTER[gap.gap])


def _before(lecture: Lecture, days: int, series: Series) -> Iterator[Gap]:
    return (gap for gap, first in DAYS_BEFORE.items() if days <= first and _LACKS[gap](lecture, series))


def _after(lecture: Lecture, days: int, series: Series) -> Iterator[Gap]:
    for gap, (first, again) in ASKED_AFTER.items():
        if first <= days < again + _A_WEEK and _LACKS[gap](lecture, series):
            yield gap


def _lacks_venue(lecture: Lecture, series: Series) -> bool:
    return expects_a_place(Expected.VENUE, lecture, series) and (lecture.venue is None or lecture.venue.tentative)


def _lacks_room(lecture: Lecture, series: Series) -> bool:
    has_no_room = lecture.venue is not None and lecture.venue.room is None
    return expects_a_place(Expected.ROOM, lecture, series) and has_no_room


def expects_a_place(what: Expected, lecture: Lecture, series: Series) -> bool:
    """Whether a venue or a room is expected of the lecture, as one can come to it."""
    return lecture.mode is not Mode.ONLINE and series.expects_of(lecture, what)


def _lacks_title(lecture: Lecture, series: Series) -> bool:
    untitled = lecture.title is None and not lecture.talks
    return series.expects_of(lecture, Expected.TITLE) and (untitled or lecture.title_tentative)


def _lacks_abstract(lecture: Lecture, series: Series) -> bool:
    texts = (lecture.abstract, lecture.summary, *(talk.abstract for talk in lecture.talks))
    return series.expects_of(lecture, Expected.ABSTRACT) and not any(texts)


def _lacks_slides(lecture: Lecture, series: Series) -> bool:
    return series.expects_of(lecture, Expected.SLIDES) and all(
        each.kind is MaterialKind.VIDEO for each in lecture.all_materials
    )


def _lacks_video(lecture: Lecture, series: Series) -> bool:
    return series.expects_of(lecture, Expected.VIDEO) and all(
        each.kind is not MaterialKind.VIDEO for each in lecture.all_materials
    )


def untranslated(series: Series, *texts: Localized | None) -> tuple[Language, ...]:
    """The languages of the series, if it has several, in which one of the texts is not there.

    A text without a language is one in all of them, unless it has kana or kanji and a language has none.
    """
    languages = series.languages if len(series.languages) > 1 else ()
    return tuple(each for each in languages if not all(text is None or _is_in(each, text) for text in texts))


def _is_in(language: Language, text: Localized) -> bool:
    is_there = not text.languages or nearest(language, text.languages) is not None
    return is_there and may_be_in(language, text.into(language))


def _lacks_translated_speaker(lecture: Lecture, series: Series) -> bool:
    return any(untranslated(series, each.name, each.affiliation) for each in lecture.people)


def _lacks_translated_venue(lecture: Lecture, series: Series) -> bool:
    venue = lecture.venue
    return venue is not None and bool(untranslated(series, venue.name, venue.room))


_LACKS: Final[Mapping[Gap, Callable[[Lecture, Series], bool]]] = {
    Gap.SPEAKER: lambda each, series: not each.people and series.expects_of(each, Expected.SPEAKER),
    Gap.TIME: lambda each, _: each.starts is None,
    Gap.FORM: lambda each, series: series.registers(each) and not series.form(each),
    Gap.VENUE: _lacks_venue,
    Gap.TITLE: _lacks_title,
    Gap.TRANSLATED_TITLE: lambda each, series: bool(untranslated(series, each.title)),
    Gap.TRANSLATED_SPEAKER: _lacks_translated_speaker,
    Gap.TRANSLATED_VENUE: _lacks_translated_venue,
    Gap.ABSTRACT: _lacks_abstract,
    Gap.ROOM: _lacks_room,
    Gap.SLIDES: _lacks_slides,
    Gap.VIDEO: _lacks_video,
    Gap.IN_PREPARATION: lambda each, _: any(material.in_preparation for material in each.all_materials),
}
