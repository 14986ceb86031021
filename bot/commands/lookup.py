"""Which lecture a person means: by number, `next` and `last`, date, name, title, place or room."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.commands.lecture_index import LectureIndex, lecture_index
from bot.commands.near_spelling import near_lectures
from bot.commands.positions import number_meant, position_meant
from bot.commands.segments import Segments, segments
from bot.commands.stop_words import cores, essential, is_empty
from bot.domain.lecture import Lecture
from bot.domain.periods import Period, period
from bot.domain.series import Series
from bot.domain.text import searchable, without_end_marks

_ROOM: Final = re.compile(r"(?:room|rm)?\.?\s*([a-z]?\d{2,4})\s*(?:号室|番教室|教室|講義室|会議室|室)?")
_HIRAGANA: Final = re.compile("[ぁ-ゖー]+")
_NEAR_NUMBERS: Final = 2
_NEAR_DAYS: Final = 3
_MOST_NEAR: Final = 3
_SHORTEST_LATIN: Final = 5
_SHORTEST_ACRONYM: Final = 3
_SHORTEST_JAPANESE: Final = 2


@dataclass(frozen=True, slots=True)
class Match:
    """The lectures that were meant; none where nothing fits, and then `nearest` names what might have been.

    `dated` says that only a date was named, so that there being none is an answer; `yearly`, that the date was one
    without its year, so that the one to come is meant if there is any.
    """

    lectures: tuple[Lecture, ...] = ()
    nearest: tuple[Lecture, ...] = ()
    dated: bool = False
    yearly: bool = False


def match(series: Series, which: str, now: datetime) -> Match:
    """The lectures that `which` may mean, in any writing; with none, those of nearly the same spelling."""
    found = _found(series, which, now)
    if found:
        return found
    return Match(nearest=near_lectures(lecture_index(series), *cores(which)))


def mentioning(series: Series, which: str) -> tuple[Lecture, ...]:
    """The lectures that have the words in their running text."""
    texts = filter(_is_telling, cores(which))
    return tuple(next((hits for hits in map(lecture_index(series).mentioning, texts) if hits), ()))


def _is_telling(text: str) -> bool:
    """Whether a word is long enough to be looked for in running text; kana alone are mostly parts of other words."""
    if len(text) >= _SHORTEST_ACRONYM and text.isupper() and text.isascii():
        return True
    shortest = _SHORTEST_LATIN if text.isascii() or _HIRAGANA.fullmatch(text) else _SHORTEST_JAPANESE
    return len(text) >= shortest


def found_lectures(series: Series, which: str, now: datetime) -> tuple[Lecture, ...]:
    """The lectures that `which` may mean; near ones don't count."""
    found = _found(series, which, now)
    return found.lectures if found else ()


def _found(series: Series, which: str, now: datetime) -> Match | None:
    """What fits exactly, None if nothing does."""
    identified = _by_id(series, without_end_marks(which).strip())
    if identified:
        return Match((identified,))
    index, texts = lecture_index(series), [*cores(which)]
    counted = _counted(series, texts[:1], now)
    if counted:
        return counted
    dated = period(without_end_marks(which), series.today(now))
    if dated and dated.weekday is None:
        return _in_period(series, dated, now)
    counted = _counted(series, texts[1:], now)
    if counted:
        return counted
    for text in texts:
        lectures = _in_room(index, text) or index.named(text)
        if lectures:
            return Match(tuple(lectures))
    return _combined(series, which, now) or (_in_period(series, dated, now) if dated else None)


def _by_id(series: Series, text: str) -> Lecture | None:
    """The lecture whose id is the text, in capitals or not."""
    wanted = text.casefold()
    return series.lecture(text) or next((each for each in series.lectures if each.id.casefold() == wanted), None)


def _counted(series: Series, texts: Iterable[str], now: datetime) -> Match | None:
    """What the first of the texts means that is a number or a place in the order."""
    for text in map(searchable, texts):
        position = position_meant(text)
        if position:
            lecture = position(series, now)
            return Match((lecture,) if lecture else ())
        number = number_meant(text)
        if number is not None:
            return _numbered(series, number, text, now)
    return None


def _in_room(index: LectureIndex, text: str) -> list[Lecture]:
    room = _ROOM.fullmatch(searchable(text))
    return index.in_room(room[1]) if room else []


def _numbered(series: Series, number: int, text: str, now: datetime) -> Match | None:
    lecture = series.numbered(number) or series.lecture(str(number))
    if lecture:
        return Match((lecture,))
    if text.isdecimal():
        lectures = lecture_index(series).in_room(text)
        if lectures:
            return Match(tuple(lectures))
        year = period(text, series.today(now))
        if year:
            return _in_period(series, year, now)
    near = [each for each in series.lectures if each.number is not None and abs(each.number - number) <= _NEAR_NUMBERS]
    return Match(nearest=tuple(near[:_MOST_NEAR]))


def _in_period(series: Series, dated: Period, now: datetime) -> Match | None:
    """The lectures of that time, of those that the rest of the text names."""
    lectures = _of_time(lecture_index(series), dated)
    if not is_empty(dated.rest) and not position_meant(essential(dated.rest)):
        named = {each.id for each in _named(series, dated.rest, now)}
        lectures = [each for each in lectures if each.id in named]
        return Match(tuple(lectures)) if lectures else None
    if lectures:
        return Match(tuple(lectures), yearly=dated.is_yearly)
    return Match(nearest=_near_days(lecture_index(series), dated) if dated.is_day else (), dated=True)


def _of_time(index: LectureIndex, dated: Period) -> list[Lecture]:
    """The lectures of that time; of a weekday the first."""
    lectures = [each.lecture for each in index.entries if each.lecture.day and dated.holds(each.lecture.day)]
    return lectures[:1] if dated.weekday is not None else lectures


def _near_days(index: LectureIndex, dated: Period) -> tuple[Lecture, ...]:
    """Lectures a few days from a date for which there is none."""
    near = []
    for each in index.entries:
        day = each.lecture.day
        if day and any(dated.holds(day.fromordinal(day.toordinal() + by)) for by in range(-_NEAR_DAYS, _NEAR_DAYS + 1)):
            near.append(each.lecture)
    return tuple(near[-_MOST_NEAR:])


def _named(series: Series, words: str, now: datetime) -> tuple[Lecture, ...]:
    """Lectures that the words name together, or else each of them by itself."""
    found = next((found for found in map(lecture_index(series).named, cores(words)) if found), None)
    if found:
        return tuple(found)
    combined = _combined(series, words, now)
    return combined.lectures if combined else ()


def _combined(series: Series, which: str, now: datetime) -> Match | None:
    """Lectures that all parts of the text name; None if there is nothing of the kind or a part is not known."""
    index, today = lecture_index(series), series.today(now)
    parts = segments(index, which, today)
    nearest = _nearest_in_time(series, parts, now)
    if nearest:
        return Match((nearest,))
    meant = [*_meant_by_parts(series, parts, now)]
    if parts.unknown or not meant:
        return None
    common = set.intersection(*meant)
    lectures = tuple(each.lecture for each in index.entries if each.lecture.id in common)
    if lectures:
        return Match(lectures)
    either = set.union(*meant)
    if not either:
        return None
    return Match(nearest=tuple(each.lecture for each in index.entries if each.lecture.id in either)[-_MOST_NEAR:])


def _nearest_in_time(series: Series, parts: Segments, now: datetime) -> Lecture | None:
    """今度の京都, 前回の強化学習: of the lectures that are named the next one, or the latest."""
    if len(parts.numbers) != 1 or not parts.names or parts.unknown:
        return None
    position = position_meant(parts.numbers[0])
    named = set.intersection(*_meant_by_parts(series, replace(parts, numbers=()), now))
    in_order = series.upcoming(now) if position is Series.current_or_next else []
    in_order = series.past(now) if position is Series.latest else in_order
    return next((each for each in in_order if each.id in named), None)


def _meant_by_parts(series: Series, parts: Segments, now: datetime) -> Iterator[set[str]]:
    """The ids of the lectures that each part names; several numbers name all of them."""
    index = lecture_index(series)
    if parts.numbers:
        found = [_counted(series, [number], now) for number in parts.numbers]
        yield {lecture.id for each in found if each for lecture in each.lectures}
    dated = period(parts.time, series.today(now)) if parts.time else None
    if dated:
        yield {lecture.id for lecture in _of_time(index, dated)}
    for name in parts.names:
        yield {lecture.id for lecture in next(filter(None, map(index.named, cores(name))), ())}
