"""Lectures of which a name or a part of the title is spelled nearly as what was typed."""

import re
from collections.abc import Iterator
from typing import Final

from bot.commands.lecture_index import IndexEntry, LectureIndex, words_of
from bot.domain.lecture import Lecture, rank
from bot.domain.text import searchable, squeezed, within_edits
from bot.i18n.romaji import sound

_HIRAGANA: Final = re.compile("[ぁ-ゖー]+")
_MOST: Final = 3
_SHORTEST_LATIN: Final = 4
_LONG_LATIN: Final = 8
_SHORTEST_JAPANESE: Final = 3
_LONGEST_GIVEN: Final = 3
_JAPANESE_A_SLIP: Final = 4
"""A slip in so many characters: 情報機何 is near 情報幾何, 量子力学 is not near 神経力学."""


def near_lectures(index: LectureIndex, *typed: str) -> tuple[Lecture, ...]:
    """At most three lectures near the first of the texts that is near to any; the nearest, by number."""
    for text in dict.fromkeys(typed):
        letters = squeezed(searchable(text))
        spoken = sound(letters)
        near = _by_sound(index, text, spoken) if spoken else _by_letters(index, letters) or _by_family(index, letters)
        if near:
            best = min(slips for slips, _ in near)
            lectures = sorted((each.lecture for slips, each in near if slips == best), key=lambda one: rank(one.id))
            return tuple(lectures[:_MOST])
    return ()


def _by_sound(index: LectureIndex, text: str, spoken: str) -> list[tuple[int, IndexEntry]]:
    """Entries with a name, or as many words of a heading, that sound nearly the same, with the number of slips."""
    if len(spoken) < _SHORTEST_LATIN:
        return []
    most = 1 if len(spoken) < _LONG_LATIN else 2
    counts = {len(words_of(text)) + by for by in (-1, 0, 1)}
    checked: dict[str, int | None] = {}
    near = []
    for each in index.entries:
        found = []
        for heard in {*each.spoken_names, *_phrases(each, counts)}:
            if heard not in checked:
                checked[heard] = _slips(spoken, heard, most)
            if (slips := checked[heard]) is not None:
                found.append(slips)
        if found:
            near.append((min(found), each))
    return near


def _phrases(entry: IndexEntry, counts: set[int]) -> Iterator[str]:
    """Runs of so many words of a heading, as they sound."""
    for line in entry.words.split("\n"):
        words = [sound(word) for word in line.split()]
        for count in counts:
            for start in range(len(words) - count + 1):
                if count > 0 and all(words[start : start + count]):
                    yield "".join(words[start : start + count])


def _slips(one: str, other: str, most: int) -> int | None:
    """How many slips apart two words are, None if more than `most`; the first or the last two letters are the same."""
    if abs(len(one) - len(other)) > most or (one[:2] != other[:2] and one[-2:] != other[-2:]):
        return None
    return next((slips for slips in range(most + 1) if within_edits(one, other, slips)), None)


def _by_letters(index: LectureIndex, letters: str) -> list[tuple[int, IndexEntry]]:
    """Entries with as many characters in a row that are nearly the same, with the number of slips."""
    if len(letters) < _SHORTEST_JAPANESE:
        return []
    most = max(1, len(letters) // _JAPANESE_A_SLIP)
    near = []
    for each in index.entries:
        found = [slips for slips in (_window_slips(letters, line, most) for line in each.letters.split("\n")) if slips]
        if found:
            near.append((min(found), each))
    return near


def _by_family(index: LectureIndex, letters: str) -> list[tuple[int, IndexEntry]]:
    """Entries with a speaker of the family name with which the letters begin, whose other name may be a slip."""
    return [
        (1, each)
        for each in index.entries
        if any(letters.startswith(name) and len(letters) <= len(name) + _LONGEST_GIVEN for name in each.families)
    ]


def _window_slips(letters: str, line: str, most: int) -> int | None:
    """The fewest slips between the letters and a part of the line that has two neighbours of them in common."""
    best: int | None = None
    size = len(letters)
    lengths = (size,) if size == _SHORTEST_JAPANESE else (size, size - 1, size + 1)
    for offset in range(len(letters) - 1):
        pair = letters[offset : offset + 2]
        position = line.find(pair)
        if position < 0 or _HIRAGANA.fullmatch(pair):  # which are in any sentence
            continue
        start = max(0, position - offset)
        for length in lengths:
            window = line[start : start + length]
            for slips in range(1, (best or most + 1)):
                if within_edits(letters, window, slips):
                    best = slips
                    break
    return best
