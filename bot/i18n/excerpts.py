"""Cutting text that is longer than a platform takes, where a reader would stop: after a sentence, else after a word."""

import unicodedata

ELLIPSIS = "…"

_SENTENCE_ENDS = "。．！？!?\n"
_CLOSING = "」』）)】〕”’\"'"
_MOST_CLOSING = 3
_JOINER = "\u200d"
_REASONABLE = 0.5
"""The part of the room that an excerpt ending with a sentence must fill; less than that, and it ends with a word."""


def units(text: str) -> int:
    """The length of `text` in UTF-16 code units: no platform counts more for it."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def shortened(text: str, limit: int) -> str:
    """`text` if it has at most `limit` UTF-16 code units, else an excerpt of at most that many, which ends in `…`.

    It ends after the last sentence that leaves a reasonable part, else after the last word, else anywhere, but never
    inside of what a reader sees as one character.
    """
    if units(text) <= limit:
        return text
    if limit < 1:
        return ""
    end = _whole_characters(text, limit - units(ELLIPSIS))
    enough = int(end * _REASONABLE)
    cut = _last_sentence(text, end, enough) or _last_word(text, end, enough) or end
    return text[:cut].rstrip() + ELLIPSIS


def _whole_characters(text: str, room: int) -> int:
    """The end of the last character, as a reader sees it, that ends within `room` code units."""
    end, used = 0, 0
    for index, character in enumerate(text):
        if not _belongs_to_previous(text, index):
            end = index
        used += 2 if character > "\uffff" else 1
        if used > room:
            return end
    return end


def _belongs_to_previous(text: str, index: int) -> bool:
    """Whether the character there is shown together with the one before: an accent, a part of an emoji or flag."""
    if index == 0:
        return False
    before, character = text[index - 1], text[index]
    if _JOINER in (before, character) or unicodedata.category(character) in ("Mn", "Mc", "Me"):
        return True
    if "\U0001f3fb" <= character <= "\U0001f3ff" or "\U000e0020" <= character <= "\U000e007f":
        return True
    if "\u1160" <= character <= "\u11ff":
        return True
    if before == "\r" and character == "\n":
        return True
    if "\udc00" <= character <= "\udfff" and "\ud800" <= before <= "\udbff":
        return True
    return _is_regional(character) and _regionals_before(text, index) % 2 == 1


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _regionals_before(text: str, index: int) -> int:
    start = index
    while start and _is_regional(text[start - 1]):
        start -= 1
    return index - start


def _last_sentence(text: str, end: int, least: int) -> int:
    """Where the last sentence that ends within `text[:end]` stops, its closing brackets included; 0 if too early."""
    position = end
    while position > least:
        stop = position
        while stop > max(0, position - _MOST_CLOSING) and text[stop - 1] in _CLOSING:
            stop -= 1
        if stop > least and _ends_sentence(text, stop, position):
            return position
        position -= 1
    return 0


def _ends_sentence(text: str, stop: int, end: int) -> bool:
    if _belongs_to_previous(text, end):
        return False
    last = text[stop - 1]
    if last in _SENTENCE_ENDS:
        return last not in "!?" or end == len(text) or text[end : end + 1].isspace()
    return last == "." and text[end : end + 1].isspace()


def _last_word(text: str, end: int, least: int) -> int:
    """Where the last whole word within `text[:end]` stops; 0 if that leaves too little."""
    for position in range(end, max(least, 0), -1):
        if text[position : position + 1].isspace():
            return position
    return 0
