"""Names in several languages: when two are the same, and how one that is typed in one language is known in others."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Person
from bot.domain.series import Series
from bot.domain.text import essence, plain

_DIGITS: Final = re.compile(r"\d+")


def renumbered(theirs: str, ours: Localized) -> Localized | None:
    """The text with our other wordings, where nothing but numbers differs: 「118教室」 from 「116教室, Room 116」."""
    frame = _frame(theirs)
    for own in ours.variants:
        if _frame(own) == frame:
            return _with_numbers(theirs, own, ours)
    return None


def _with_numbers(theirs: str, own: str, ours: Localized) -> Localized | None:
    before, after = (_DIGITS.findall(plain(text)) for text in (own, theirs))
    changed = dict(zip(before, after, strict=True))
    numbers = [sorted(_DIGITS.findall(plain(text))) for _, text in ours.texts]
    if len(changed) != len(before) or any(each != sorted(before) for each in numbers):
        return None
    return ours.mapped(lambda text: theirs if text == own else _DIGITS.sub(lambda found: changed[found[0]], text))


def _frame(text: str) -> str:
    return _DIGITS.sub("0", essence(text))


def translations(series: Series) -> dict[str, Localized]:
    """The names, rooms and labels that the series has in several languages, by the essence of each wording."""
    return by_essence(each for each in _translated(series) if each.is_translated)


def by_essence(texts: Iterable[Localized]) -> dict[str, Localized]:
    """The texts by the essence of each wording; of two with the same wording the later one."""
    return {essence(wording): each for each in texts for wording in each.variants}


def is_same_name(one: Localized, other: Localized) -> bool:
    """Whether one wording is that of the other, but for signs and spaces."""
    return bool({essence(each) for each in one.variants} & {essence(each) for each in other.variants})


def translated(text: str, known: Mapping[str, Localized]) -> Localized | None:
    """The text in all languages in which it is known, if need be under another number."""
    exactly = known.get(essence(text))
    if exactly:
        return _reworded(exactly, text)
    return next((both for both in (renumbered(text, each) for each in known.values()) if both), None)


def _reworded(known: Localized, text: str) -> Localized:
    """The same with this wording in the place of the one that it is but for its signs."""
    wanted = essence(text)
    return known.mapped(lambda own: text if essence(own) == wanted else own)


def _translated(series: Series) -> Iterator[Localized]:
    yield from filter(None, [series.usual_venue])
    people: Iterable[Person] = series.organizers
    for person in people:
        yield from filter(None, [person.name, person.affiliation])
    for lecture in series.lectures:
        yield from _names(lecture)


def _names(lecture: Lecture) -> Iterator[Localized]:
    for person in lecture.people:
        yield from filter(None, [person.name, person.affiliation])
    if lecture.venue:
        yield from filter(None, [lecture.venue.name, lecture.venue.room])
    for material in lecture.all_materials:
        yield material.label
