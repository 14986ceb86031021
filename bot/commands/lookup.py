"""Which lecture a person means: by number, `next` and `last`, date, name, title, place or room."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.commands.lecture_index import LectureIndex, lecture_index
from bot.commands.near_spelling import near_lectures
from bot.commands.wording import cores, essential, is_empty
from bot.domain.lecture import Lecture
from bot.domain.periods import Period, period
from bot.domain.series import Series
from bot.domain.text import folded, searchable, without_end_marks

_NUMBER: Final = re.compile(
    r"(?:第|#|no\.?|lecture)?\s*(?:(?P<digits>\d{1,6})|(?P<kanji>[一二三四五六七八九十〇]{1,3}))\s*"
    r"(?:(?:回|番)目?|講|(?<=\d)(?:st|nd|rd|th))?"
)
_ROOM: Final = re.compile(r"(?:room|rm)?\.?\s*([a-z]?\d{2,4})\s*(?:号室|番教室|教室|講義室|会議室|室)?")
_KANJI: Final = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
_PARTICLES: Final = re.compile(r"\s+|(?<=[^ぁ-ゖ\s])(?:の|で|と|に|は|が)(?=[^ぁ-ゖ\s])|先生")
_NEAR_NUMBERS: Final = 2
_NEAR_DAYS: Final = 3
_MOST_NEAR: Final = 3
_SHORTEST_LATIN: Final = 5
_SHORTEST_JAPANESE: Final = 2


@dataclass(frozen=True, slots=True)
class Match:
    """The lectures that were meant; none where nothing fits, and then `nearest` names what might have been.

    `dated` says that only a date was named, so that there being none is an answer.
    """

    lectures: tuple[Lecture, ...] = ()
    nearest: tuple[Lecture, ...] = ()
    dated: bool = False


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
    """Whether a word is long enough to be looked for in running text."""
    return len(text) >= (_SHORTEST_LATIN if text.isascii() else _SHORTEST_JAPANESE)


def found_lectures(series: Series, which: str, now: datetime) -> tuple[Lecture, ...]:
    """The lectures that `which` may mean; near ones don't count."""
    found = _found(series, which, now)
    return found.lectures if found else ()


def names_something(series: Series, which: str, now: datetime) -> bool:
    """Whether `which` names a lecture, or a time at which there is none."""
    found = _found(series, which, now)
    return found is not None and bool(found.lectures or found.dated)


def is_next(text: str) -> bool:
    """Whether it is one of the words for the next lecture."""
    return _POSITIONS.get(searchable(text)) is Series.current_or_next


def number_meant(which: str) -> int | None:
    """The number in `7`, `第7回`, `第七回`, `７`, `#7`, `7th`; None for any other text."""
    numbered = _NUMBER.fullmatch(folded(which))
    if not numbered:
        return None
    return int(numbered["digits"]) if numbered["digits"] else _kanji_number(numbered["kanji"])


def _kanji_number(written: str) -> int | None:
    """The number in 七, 十二, 二十; None for what is none, such as 一二十."""
    tens, ten, ones = written.rpartition("十")
    if len(tens) > 1 or (ten and len(ones) > 1) or (not ten and len(ones) > 1) or "〇" in (tens, ones):
        return None
    return (_KANJI.get(tens, 1) * 10 if ten else 0) + _KANJI.get(ones, 0)


def _found(series: Series, which: str, now: datetime) -> Match | None:
    """What fits exactly, None if nothing does."""
    index, texts = lecture_index(series), [*cores(which)]
    counted = _counted(series, texts[:1], now)
    if counted:
        return counted
    dated = period(without_end_marks(which), series.today(now))
    if dated and dated.weekday is None:
        return _in_period(index, dated, now)
    counted = _counted(series, texts[1:], now)
    if counted:
        return counted
    for text in texts:
        lectures = _in_room(index, text) or index.named(text)
        if lectures:
            return Match(tuple(lectures))
    lectures = _by_parts(index, which)
    if lectures:
        return Match(tuple(lectures))
    return _in_period(index, dated, now) if dated else None


def _counted(series: Series, texts: Iterable[str], now: datetime) -> Match | None:
    """What the first of the texts means that is a number or a place in the order."""
    for text in map(searchable, texts):
        position = _POSITIONS.get(text)
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
    lecture = series.lecture(number)
    if lecture:
        return Match((lecture,))
    if text.isdecimal():
        lectures = lecture_index(series).in_room(text)
        if lectures:
            return Match(tuple(lectures))
        year = period(text, series.today(now))
        if year:
            return _in_period(lecture_index(series), year, now)
    near = [each for each in series.lectures if abs(each.number - number) <= _NEAR_NUMBERS]
    return Match(nearest=tuple(near[:_MOST_NEAR]))


def _in_period(index: LectureIndex, dated: Period, now: datetime) -> Match | None:
    """The lectures of that time, of those that the rest of the text names."""
    lectures = [each.lecture for each in index.entries if each.lecture.day and dated.holds(each.lecture.day)]
    if not is_empty(dated.rest) and searchable(essential(dated.rest)) not in _POSITIONS:
        named = {each.number for each in _named(index, dated.rest)}
        lectures = [each for each in lectures if each.number in named]
        return Match(tuple(lectures)) if lectures else None
    if lectures:
        if dated.weekday is not None:
            lectures = lectures[:1]
        return Match(tuple(lectures))
    return Match(nearest=_near_days(index, dated) if dated.is_day else (), dated=True)


def _near_days(index: LectureIndex, dated: Period) -> tuple[Lecture, ...]:
    """Lectures a few days from a date for which there is none."""
    near = []
    for each in index.entries:
        day = each.lecture.day
        if day and any(dated.holds(day.fromordinal(day.toordinal() + by)) for by in range(-_NEAR_DAYS, _NEAR_DAYS + 1)):
            near.append(each.lecture)
    return tuple(near[-_MOST_NEAR:])


def _named(index: LectureIndex, words: str) -> list[Lecture]:
    """Lectures that the words name together, or else each of them by itself."""
    return next((found for found in map(index.named, cores(words)) if found), None) or _by_parts(index, words)


def _by_parts(index: LectureIndex, words: str) -> list[Lecture]:
    """Lectures that every part of the text names by itself."""
    parts = [part for part in _PARTICLES.split(searchable(words)) if part and not is_empty(part)]
    if len(parts) < 2:
        return index.named(parts[0]) if parts else []
    named = [next((found for found in map(index.named, cores(part)) if found), []) for part in parts]
    common = set.intersection(*({lecture.number for lecture in found} for found in named))
    return [each.lecture for each in index.entries if each.lecture.number in common]


def _after_next(series: Series, now: datetime) -> Lecture | None:
    following = series.current_or_next(now)
    ahead = series.upcoming(now)
    return ahead[ahead.index(following) + 1] if following and following != ahead[-1] else None


def _first(series: Series, now: datetime) -> Lecture | None:
    return series.lectures[0] if series.lectures else None


def _final(series: Series, now: datetime) -> Lecture | None:
    return series.lectures[-1] if series.lectures else None


_POSITIONS: Final[dict[str, Callable[[Series, datetime], Lecture | None]]] = {
    searchable(word): lecture
    for words, lecture in (
        ("next|upcoming|次|次回|次の講義|次の回|今度|今回|今|つぎ|じかい", Series.current_or_next),
        ("last|latest|previous|most recent|recent|前回|最新|直近|この前|この間|先日|前", Series.latest),
        ("次々回|次々|次次回|その次|after next", _after_next),
        ("first|very first|初回|初|最初", _first),
        ("final|最終回|最終|最後", _final),
    )
    for word in words.split("|")
}
"""Places in the order of the series by the words for them."""
