"""Names in both languages: when two are the same, and how one that is typed in Japanese is known in English."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Person
from bot.domain.series import Series
from bot.domain.text import essence, plain

_DIGITS: Final = re.compile(r"\d+")


def renumbered(theirs: str, ours: Localized) -> Localized | None:
    """The text with our English, where nothing but numbers differs: 「118教室」 from 「116教室, Room 116」."""
    before, after = (_DIGITS.findall(plain(text)) for text in (ours.ja, theirs))
    frames = {_DIGITS.sub("0", essence(text)) for text in (ours.ja, theirs)}
    if len(frames) > 1 or len(before) != len(after) or sorted(before) != sorted(_DIGITS.findall(ours.en)):
        return None
    changed = dict(zip(before, after, strict=True))
    if len(changed) != len(before):
        return None
    return Localized(theirs, _DIGITS.sub(lambda found: changed[found[0]], ours.en))


def translations(series: Series) -> dict[str, Localized]:
    """The names, rooms and labels that the series has in both languages, by the essence of the Japanese."""
    return {essence(each.ja): each for each in _translated(series) if each.ja != each.en}


def translated(text: str, known: Mapping[str, Localized]) -> Localized | None:
    """The text in both languages, if it is known in both, if need be under another number."""
    exactly = known.get(essence(text))
    if exactly:
        return Localized(text, exactly.en)
    return next((both for both in (renumbered(text, each) for each in known.values()) if both), None)


def _translated(series: Series) -> Iterator[Localized]:
    yield from filter(None, [series.usual_venue])
    people: Iterable[Person] = series.organizers
    for person in people:
        yield from filter(None, [person.name, person.affiliation])
    for lecture in series.lectures:
        yield from _names(lecture)


def _names(lecture: Lecture) -> Iterator[Localized]:
    for person in lecture.speakers:
        yield from filter(None, [person.name, person.affiliation])
    if lecture.venue:
        yield from filter(None, [lecture.venue.name, lecture.venue.room])
    for material in lecture.materials:
        yield material.label
