"""Numbers of lectures in any writing, and places in their order, such as `next`, 前回 and `first`."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.domain.lecture import Lecture
from bot.domain.numerals import kanji_number
from bot.domain.series import Series
from bot.domain.text import folded, searchable

_VALUE: Final = r"(?:(?P<digits>\d{1,6})|(?P<kanji>[一二三四五六七八九十〇]{1,3}))"
_NUMBER: Final = re.compile(
    rf"(?:第|#|その|no\.?|vol\.?|lec(?:ture)?\.? ?#?|講義|講座)?\s*{_VALUE}\s*"
    r"(?:(?:回|番|講)目?|(?<=\d)(?:st|nd|rd|th))?"
)
_IN_TEXT: Final = re.compile(
    rf"(?:第 ?|#|no\.? ?|vol\.? ?|lec(?:ture)?\.? ?#?){_VALUE}(?: ?[回番講]目?)?(?!\d)"
    r"|(?<!\d)\d{1,3}(?:st|nd|rd|th)?(?![\d.:/a-z])(?: ?[回番講]目?)?(?![月日時分年教号室人])"
    r"|[一二三四五六七八九十]{1,3}[回番講]目?",
    re.IGNORECASE,
)


def number_meant(which: str) -> int | None:
    """The number in `7`, `第7回`, `第七回`, `７`, `#7`, `7th`; None for any other text."""
    numbered = _NUMBER.fullmatch(folded(which))
    if not numbered:
        return _ORDINALS.get(folded(which))
    return int(numbered["digits"]) if numbered["digits"] else kanji_number(numbered["kanji"])


def number_at(text: str, start: int) -> int:
    """Where a number of a lecture ends that begins at `start` of a plain text; `start` if none does."""
    found = _IN_TEXT.match(text, start)
    return found.end() if found else start


def position_meant(text: str) -> Callable[[Series, datetime], Lecture | None] | None:
    """What finds the lecture at that place in the order; None if the text is no word for one."""
    return _POSITIONS.get(searchable(text))


def position_at(text: str, start: int) -> int:
    """Where a word for a place in the order ends that begins at `start` of a Japanese text; `start` if none does."""
    ends = (end for end in range(min(len(text), start + _LONGEST), start, -1) if position_meant(text[start:end]))
    end = next(ends, start)
    goes_on = text[end : end + 1] > "ヿ" if end == start + 1 else _KANA_GOES_ON.match(text, end - 1)
    return start if end > start and goes_on else end


def is_next(text: str) -> bool:
    """Whether it is one of the words for the next lecture."""
    return position_meant(text) is Series.current_or_next


def _after_next(series: Series, now: datetime) -> Lecture | None:
    following = series.current_or_next(now)
    ahead = series.upcoming(now)
    return ahead[ahead.index(following) + 1] if following and following != ahead[-1] else None


def _before_latest(series: Series, now: datetime) -> Lecture | None:
    latest, past = series.latest(now), series.past(now)
    return past[past.index(latest) + 1] if latest and latest != past[-1] else None


def _first(series: Series, now: datetime) -> Lecture | None:
    return series.lectures[0] if series.lectures else None


def _final(series: Series, now: datetime) -> Lecture | None:
    return series.lectures[-1] if series.lectures else None


_POSITIONS: Final[dict[str, Callable[[Series, datetime], Lecture | None]]] = {
    searchable(word): lecture
    for words, lecture in (
        (
            "next|upcoming|coming|now|current|次|次回|次の|次の講義|次の回|今度|今度の|今回|今|いま|つぎ|じかい|現在",
            Series.current_or_next,
        ),
        (
            "last|latest|previous|most recent|recent|newest|前回|前の|最新|直近|この前|こないだ|この間|先日|前|"
            "ぜんかい|一番新しい|いちばん新しい",
            Series.latest,
        ),
        ("次々回|次々|次次回|その次|次の次|再来回|after next|the one after next", _after_next),
        ("前々回|前前回|前の前|before last", _before_latest),
        ("first|very first|初回|初|最初|初めて|一番最初|一番初め", _first),
        ("final|最終回|最終|最後", _final),
    )
    for word in words.split("|")
}
"""Places in the order of the series by the words for them."""

_KANA_GOES_ON: Final = re.compile("[ぁ-ゖ](?![のはにでもがを])[ぁ-ゖ]")
"""A word in kana does, such as いま in しています, but for a particle."""

_LONGEST: Final = max(map(len, _POSITIONS))
_ORDINALS: Final = {
    word: value
    for value, words in enumerate(
        (
            "one",
            "second|two",
            "third|three",
            "fourth|four",
            "fifth|five",
            "sixth|six",
            "seventh|seven",
            "eighth|eight",
            "ninth|nine",
            "tenth|ten",
            "eleventh|eleven",
            "twelfth|twelve",
        ),
        1,
    )
    for word in words.split("|")
    if value > 1
}
"""Numbers in English words; `one` and `first` have meanings of their own."""
