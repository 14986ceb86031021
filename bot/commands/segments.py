"""A line taken apart: the words that name lectures, and the words that nothing is known about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.commands.lecture_index import LectureIndex
from bot.commands.positions import number_at, number_meant, position_at, position_meant
from bot.commands.scopes import scope_at
from bot.commands.stop_words import empty_at, essential, is_empty_word
from bot.domain.periods import period
from bot.domain.text import plain

_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9'’.+-]*")
_PHRASE: Final = re.compile(rf"{_LATIN.pattern}(?: (?:{_LATIN.pattern}|\d+))*")
_HIRAGANA: Final = re.compile("[ぁ-ゖー]+")
_CONTENT: Final = re.compile("[ァ-ヺー㐀-鿿豈-﫿々〆]+")
_CODE: Final = re.compile(r"[A-Za-zÀ-ɏ0-9]+")
_VERB: Final = re.compile(
    "[㐀-鿿]{1,2}(?:[いきしちみりえけせてねへめれっぎじびげべうくすつぬむるぐぶさたまらわ][ぁ-ゖ]*)"
)
_MODAL: Final = re.compile(r"(?i)\bmay (?=i|we|one|you)\b")
_TO: Final = re.compile(r" ?(?:から|[~〜–-]|to|through) ?(?=第|#|\d|lecture)", re.IGNORECASE)
_LONGEST_RANGE: Final = 100
_LONGEST_PHRASE: Final = 6
_LONGEST_NAME: Final = 24


@dataclass(frozen=True, slots=True)
class Segments:
    """What a line says: `names` of speakers, titles and places; `numbers` and places in the order; a time; and the
    words that are `unknown`, all as they were typed; `scope` is a word for all lectures, or for those past or to come.
    """

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    time: str = ""
    scope: str = ""
    unknown: tuple[str, ...] = ()

    @property
    def which(self) -> str:
        """All that names lectures, as an argument of a command."""
        return " ".join(filter(None, (*self.numbers, self.time, *self.names)))


def segments(index: LectureIndex, text: str, today: date) -> Segments:
    """Takes a line apart, seen from `today`. Words around what is meant, such as particles and courtesies, drop."""
    written = _MODAL.sub("", plain(text))
    dated = period(written, today)
    found: dict[str, list[str]] = {"names": [], "numbers": [], "scope": [], "unknown": []}
    for sort, word in _pieces(index, dated.rest if dated else written):
        found[sort].append(essential(word) if sort == "numbers" and word.isascii() else word)
    return Segments(
        tuple(dict.fromkeys(found["names"])),
        tuple(dict.fromkeys(found["numbers"])),
        dated.written if dated else "",
        "".join(found["scope"][:1]),
        tuple(dict.fromkeys(found["unknown"])),
    )


def _pieces(index: LectureIndex, text: str) -> Iterator[tuple[str, str]]:
    """The words of a plain text that count, each with its sort."""
    start, before = 0, ""
    while start < len(text):
        if before and (upto := _TO.match(text, start)):
            start = upto.end()
            yield from (("numbers", each) for each in _between(before, text[start : number_at(text, start)]))
        if start < len(text) and not text[start].isalnum() and text[start] != "#":
            start += 1
            continue
        sort, end = _piece_at(index, text, start)
        word = text[start:end].strip(" 　.,'’")
        if sort:
            yield sort, word
        before = word if sort == "numbers" else ""
        start = max(end, start + 1)


def _between(first: str, last: str) -> Iterator[str]:
    """The numbers between two of them."""
    one, other = number_meant(first), number_meant(last)
    if one and other and other - one < _LONGEST_RANGE:
        yield from map(str, range(one + 1, other))


def _piece_at(index: LectureIndex, text: str, start: int) -> tuple[str, int]:
    """The sort of the piece that begins at `start`, empty for words that don't count, and where it ends."""
    end = _name_end(index, text, start)
    if end > start:
        return "names", end
    if (end := scope_at(text, start)) > start:
        return "scope", end
    if (end := number_at(text, start)) > start:
        return ("numbers" if number_meant(text[start:end]) is not None else ""), end
    if latin := _PHRASE.match(text, start):
        return _latin_piece(index, latin[0].split(" "), start)
    if (end := position_at(text, start)) > start:
        return "numbers", end
    kana = _HIRAGANA.match(text, start)
    if kana and not text[:start].strip() and not _is_around(kana[0]):
        return "unknown", kana.end()
    if (end := empty_at(text, start)) > start or kana:
        return "", max(end, start + 1)
    if verb := _VERB.match(text, start):
        return "", verb.end()
    return "unknown", _content_end(text, start)


def _is_around(kana: str) -> bool:
    """Whether these kana are nothing but words around what is meant."""
    end = empty_at(kana, 0)
    return not kana or (end > 0 and _is_around(kana[end:]))


def _content_end(text: str, start: int) -> int:
    """Where a run of kanji or katakana ends, or a word around what is meant begins in it."""
    run = _CONTENT.match(text, start) or _CODE.match(text, start)
    last = run.end() if run else start + 1
    return next((at for at in range(start + 1, last) if empty_at(text, at) > at + 1), last)


def _latin_piece(index: LectureIndex, words: list[str], start: int) -> tuple[str, int]:
    """The longest phrase at the beginning of these words that names something, else their first word."""
    for count in range(min(len(words), _LONGEST_PHRASE), 0, -1):
        phrase = " ".join(words[:count])
        core = essential(phrase)
        if not core:
            continue
        if position_meant(core) or number_meant(core) is not None:
            return "numbers", start + len(phrase)
        if not is_empty_word(words[0]) and not is_empty_word(words[count - 1]) and index.named(core):
            return "names", start + len(phrase)
    return ("" if is_empty_word(words[0]) else "unknown"), start + len(words[0])


def _name_end(index: LectureIndex, text: str, start: int) -> int:
    """Where the longest name of a Japanese text ends that begins at `start`; `start` if none does."""
    if text[start].isascii() and not text[start].isdigit():
        return start
    if found := _HIRAGANA.match(text, start):
        return _kana_end(index, text, start, found.end())
    for end in range(min(len(text), start + _LONGEST_NAME), start, -1):
        span = text[start:end]
        if _may_be_name(text, start, end) and index.knows(span) and index.named(span):
            return end
    return start


def _may_be_name(text: str, start: int, end: int) -> bool:
    """Whether a name may stand between these places: no kana of a sentence at its end, and no part of a compound."""
    span = text[start:end]
    if span[-1].isspace() or span.isdecimal() or _HIRAGANA.fullmatch(span[-1]) or empty_at(span, 0) == len(span):
        return False
    goes_on = _CONTENT.match(text, end) and _CONTENT.fullmatch(span[-1])
    return not goes_on or empty_at(text, end) > end


def _kana_end(index: LectureIndex, text: str, start: int, last: int) -> int:
    """Where a name in hiragana ends; it begins a word, and a word around it or no more kana follows."""
    if start and text[start - 1].isalnum() and empty_at(text, start - 1) != start:
        return start
    for end in range(last, start + 1, -1):
        if (end == last or empty_at(text, end) > end) and index.sounds(text[start:end]):
            return end
    return start
