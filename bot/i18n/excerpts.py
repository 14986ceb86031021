"""Cutting text that is longer than a platform takes, where a reader would stop: after a sentence, else after a word."""

from wcwidth import iter_graphemes

ELLIPSIS = "…"

_SENTENCE_ENDS = "。．！？!?\n"
_CLOSING = "」』）)】〕”’\"'"
_MOST_CLOSING = 3
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
    ends = _ends_of_characters(text, limit - units(ELLIPSIS))
    end = ends[-1]
    enough = int(end * _REASONABLE)
    cut = _last_sentence(text, ends, enough) or _last_word(text, end, enough) or end
    return text[:cut].rstrip() + ELLIPSIS


def _ends_of_characters(text: str, room: int) -> list[int]:
    """Where characters, as a reader sees them, end within `room` code units; 0 is the first of them."""
    ends, used = [0], 0
    for grapheme in iter_graphemes(text):
        used += units(grapheme)
        if used > room:
            break
        ends.append(ends[-1] + len(grapheme))
    return ends


def _last_sentence(text: str, ends: list[int], least: int) -> int:
    """Where the last sentence stops that has one of these ends, its closing brackets included; 0 if too early."""
    for position in reversed(ends):
        stop = position
        while stop > max(0, position - _MOST_CLOSING) and text[stop - 1] in _CLOSING:
            stop -= 1
        if stop > least and _ends_sentence(text, stop, position):
            return position
    return 0


def _ends_sentence(text: str, stop: int, end: int) -> bool:
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
