"""Which lecture of the schedule an entry of a source is: by its number, its day, or what it says."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Final

from bot.domain.lecture import Lecture
from bot.domain.text import searchable, squeezed

_TELLING: Final = 6
"""Letters of a title from which on it tells one lecture from all others."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an entry has by which it can be found again; `own` is the id that the source itself gives it."""

    number: int | None
    day: date | None
    starts: time | None
    title: str
    speaker: str
    own: str = ""


_Test = Callable[[Known, Lecture], bool]


def ids(entries: Sequence[Known], lectures: Sequence[Lecture]) -> list[str | None]:
    """The id of each entry: that of the lecture it is, else its number, else its day, `-2` added for the second of it.

    None where there is neither number nor day. Two entries never get the same id, unless they have the same number.
    """
    found: list[str | None] = [_numbered(each, lectures) for each in entries]
    for is_same in (_called_so, _is_unchanged, _is_the_same, _on_its_day, _at_its_time, _told_alike, _as_silent):
        for position, lecture in _pairs(entries, found, lectures, is_same):
            found[position] = lecture.id
    _match_alone(entries, found, lectures)
    taken = {each.id for each in lectures} | {each for each in found if each}
    for position, each in sorted(enumerate(entries), key=lambda pair: (str(pair[1].day), pair[1].starts or time())):
        if found[position] is None and each.day:
            found[position] = _new(each.day, taken)
            taken.add(str(found[position]))
    return found


def _numbered(entry: Known, lectures: Sequence[Lecture]) -> str | None:
    if entry.number is None:
        return entry.own or None
    return next((each.id for each in lectures if each.number == entry.number), str(entry.number))


def _pairs(
    entries: Sequence[Known], found: Sequence[str | None], lectures: Sequence[Lecture], is_same: _Test
) -> Iterator[tuple[int, Lecture]]:
    """Each entry that has no id yet with the first free lecture that is the same."""
    taken = {each for each in found if each}
    for position, entry in enumerate(entries):
        if found[position] is None:
            lecture = next((each for each in lectures if each.id not in taken and is_same(entry, each)), None)
            if lecture:
                taken.add(lecture.id)
                yield position, lecture


def _match_alone(entries: Sequence[Known], found: list[str | None], lectures: Sequence[Lecture]) -> None:
    """Matches the one entry of a day that is left with the one lecture of that day that is left."""
    taken = {each for each in found if each}
    for day in {each.day for each, id_ in zip(entries, found, strict=True) if id_ is None and each.day}:
        left = [position for position, each in enumerate(entries) if found[position] is None and each.day == day]
        free = [each for each in lectures if each.day == day and each.id not in taken]
        if len(left) == len(free) == 1:
            found[left[0]] = free[0].id


def _called_so(entry: Known, lecture: Lecture) -> bool:
    """Whether the lecture has no date, but the entry's for its id: the date could not be taken over."""
    return entry.day is not None and lecture.day is None and lecture.id == entry.day.isoformat()


def _is_unchanged(entry: Known, lecture: Lecture) -> bool:
    """Whether it is the same at the same time, if any: two of one day may share title and speaker."""
    return _is_the_same(entry, lecture) and entry.starts == _time(lecture)


def _is_the_same(entry: Known, lecture: Lecture) -> bool:
    """Whether day, title and speaker are: two of one day may share either."""
    said = {name for name, told in (("title", entry.title), ("speaker", entry.speaker)) if told}
    return bool(said) and entry.day is not None and entry.day == lecture.day and said == {*_likeness(entry, lecture)}


def _on_its_day(entry: Known, lecture: Lecture) -> bool:
    return entry.day is not None and entry.day == lecture.day and bool(_likeness(entry, lecture))


def _at_its_time(entry: Known, lecture: Lecture) -> bool:
    return entry.day == lecture.day and lecture.starts is not None and entry.starts == _time(lecture)


def _time(lecture: Lecture) -> time | None:
    return lecture.starts.timetz().replace(tzinfo=None) if lecture.starts else None


def _as_silent(entry: Known, lecture: Lecture) -> bool:
    """Whether nothing is known of either but the same day."""
    is_bare = not (entry.title or entry.speaker or lecture.title or lecture.people)
    return is_bare and entry.day is not None and entry.day == lecture.day


def _told_alike(entry: Known, lecture: Lecture) -> bool:
    """Whether it has the same title, and no other speaker: it may have been moved."""
    return (
        len(squeezed(entry.title)) >= _TELLING
        and "title" in _likeness(entry, lecture)
        and (not entry.speaker or not _speakers(lecture) or "speaker" in _likeness(entry, lecture))
    )


def _likeness(entry: Known, lecture: Lecture) -> Collection[str]:
    """Which of title and speaker are the same."""
    titles = {_key(each) for each in lecture.title.variants} if lecture.title else set()
    speaker = _key(entry.speaker)
    alike = {"title"} if entry.title and _key(entry.title) in titles else set()
    if speaker and any(name and (name in speaker or speaker in name) for name in _speakers(lecture)):
        alike.add("speaker")
    return alike


def _speakers(lecture: Lecture) -> list[str]:
    return [_key(name) for each in lecture.speakers for name in each.name.variants]


@lru_cache(maxsize=8192)
def _key(text: str) -> str:
    return squeezed(searchable(text))


def _new(day: date, taken: Collection[str]) -> str:
    written = day.isoformat()
    if written not in taken:
        return written
    return next(name for n in range(2, len(taken) + 3) if (name := f"{written}-{n}") not in taken)
