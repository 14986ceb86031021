"""What lectures are found by: names by letters and by sound, titles, places, rooms; prepared once for each schedule."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from cachetools import LRUCache, cached

from bot.domain.language import Localized
from bot.domain.lecture import Lecture
from bot.domain.series import Series
from bot.domain.text import folded, searchable, squeezed
from bot.i18n.romaji import sound

_WORD: Final = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_KANA: Final = re.compile(r"[ぁ-ゖー]+")
_KANA_LETTERS: Final = frozenset(map(chr, range(ord("ぁ"), ord("ゖ") + 1)))
_SHORTEST_PART: Final = 4
"""Letters from which on a Latin word is looked for within others, too."""

_ABBREVIATION: Final = 2
"""Latin letters of a word that is never the beginning of another one: AI is not AIST."""

_LONG_WORD: Final = 8

_SHORT_NAMES: Final = {
    "東大": ("東京大学",),
    "京大": ("京都大学",),
    "阪大": ("大阪大学",),
    "名大": ("名古屋大学",),
    "北大": ("北海道大学",),
    "九大": ("九州大学",),
    "東工大": ("東京工業大学",),
    "理研": ("理研", "理化学研究所"),
    "産総研": ("産総研", "産業技術総合研究所"),
}
"""Institutes that everybody calls by a name that is no part of the full one."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One lecture, and in searchable form: the whole and the parts of its speakers' names, and how they sound; all
    headings in a line each, without spaces (`letters`) and as words with a space before each (`words`); how the words
    of names and places sound; the numbers of its rooms; its running text.
    """

    lecture: Lecture
    names: frozenset[str]
    spoken_names: frozenset[str]
    letters: str
    words: str
    spoken_words: str
    rooms: frozenset[str]
    text: str

    @classmethod
    @lru_cache(maxsize=1024)  # an edit leaves nearly all lectures as they are
    def of(cls, lecture: Lecture) -> "IndexEntry":
        """What this lecture is found by."""
        names, places, rooms = [*_names(lecture)], [*_places(lecture)], [*_variants(_room(lecture))]
        headings = [*_titles(lecture), *_variants(lecture.label), *names, *places, *rooms]
        spoken = [*_spoken(names), *(sound(word) for place in places for word in _words(place))]
        return cls(
            lecture,
            frozenset(_letters(part) for name in names for part in (*_orders(name), *name.split())),
            frozenset(_spoken(names)),
            "\n".join(map(_letters, headings)),
            "\n".join("".join(f" {word}" for word in _words(heading)) for heading in headings),
            "".join(f" {each}" for each in spoken if each),
            frozenset(word for room in rooms for word in _words(room) if any(map(str.isdigit, word))),
            "\n".join(folded(text) for text in _running_text(lecture)),
        )

    def tells(self, word: str) -> bool:
        """Whether the word is in the running text; a long one may be written apart there (AlphaZero)."""
        return word in self.text or (len(word) >= _LONG_WORD and squeezed(word) in self._letters_of_text)

    @property
    def families(self) -> Iterator[str]:
        """The family names of its speakers, of those that are written in Japanese with a space."""
        for name in _names(self.lecture):
            family, _, given = name.partition(" ")
            if given and not family.isascii():
                yield _letters(family)

    @property
    def _letters_of_text(self) -> str:
        return self.text.replace(" ", "").replace("-", "")


@dataclass(frozen=True)
class LectureIndex:
    """The entries of all lectures of a series, by date."""

    series: Series

    @cached_property
    def entries(self) -> tuple[IndexEntry, ...]:
        """An entry for each lecture."""
        return tuple(IndexEntry.of(lecture) for lecture in reversed(self.series.newest_first))

    @cached_property
    def _vocabulary(self) -> str:
        return "\n".join(each.letters for each in self.entries)

    @cached_property
    def _spoken_names(self) -> frozenset[str]:
        return frozenset().union(*(each.spoken_names for each in self.entries))

    def sounds(self, kana: str) -> bool:
        """Whether a speaker's name or a part of it sounds like this."""
        return sound(searchable(kana)) in self._spoken_names

    def knows(self, words: str) -> bool:
        """Whether `words` may name anything: they stand in a heading, are a short name, or sound like a speaker's."""
        letters = squeezed(searchable(words))
        if len(letters) == 1:
            return any(letters in each.names for each in self.entries)
        return letters in self._vocabulary or letters in _SHORT_NAMES or self.sounds(letters)

    def named(self, words: str) -> list[Lecture]:
        """Lectures that `words` name: those with a speaker of just this name, else those with a heading that has it; a
        single kana is a name or nothing."""
        letters = squeezed(searchable(words))
        if not letters:
            return []
        spoken = sound(letters)
        exact = [each for each in self.entries if letters in each.names or (spoken and spoken in each.spoken_names)]
        return [each.lecture for each in exact or (() if letters in _KANA_LETTERS else self._headed(words))]

    def _headed(self, words: str) -> list[IndexEntry]:
        full = _SHORT_NAMES.get(searchable(words))
        if not full:
            return self._containing(words)
        meant = {each.lecture.id for name in full for each in self._containing(name)}
        return [each for each in self.entries if each.lecture.id in meant]

    def _containing(self, words: str) -> list[IndexEntry]:
        letters, spoken = squeezed(searchable(words)), sound(squeezed(searchable(words)))
        if not letters.isascii():
            return [
                each
                for each in self.entries
                if letters in each.letters or (spoken and len(spoken) > 2 and f" {spoken}" in each.spoken_words)
            ]
        phrase = "".join(f" {word}" for word in words_of(words))
        return [each for each in self.entries if _has_latin(each, phrase, letters, spoken)]

    def is_of_titles(self, words: str) -> bool:
        """Whether all lectures that `words` name have them in their title."""
        letters = squeezed(searchable(words))
        return all(any(letters in squeezed(title) for title in _titles(each)) for each in self.named(words))

    def in_room(self, number: str) -> list[Lecture]:
        """Lectures in a room of that number, such as `118` or `n402`."""
        return [each.lecture for each in self.entries if number in each.rooms]

    def mentioning(self, words: str) -> list[Lecture]:
        """Lectures with every one of the `words` in a heading or in the running text.

        Those with all of them in headings come first; then the newest.
        """
        wanted = [word for word in searchable(words).split() if squeezed(word)]
        if not wanted:
            return []
        headed = [{each.lecture.id for each in self._headed(word)} for word in wanted]
        hits: list[tuple[bool, Lecture]] = []
        for each in reversed(self.entries):
            in_heading = [each.lecture.id in numbers for numbers in headed]
            if all(found or each.tells(word) for found, word in zip(in_heading, wanted, strict=True)):
                hits.append((all(in_heading), each.lecture))
        return [lecture for _, lecture in sorted(hits, key=lambda hit: not hit[0])]


@cached(LRUCache(maxsize=8), key=id)  # an index holds its series, so that no other one takes its id meanwhile
def lecture_index(series: Series) -> LectureIndex:
    """The index of a series."""
    return LectureIndex(series)


def words_of(text: str) -> list[str]:
    """The words of a text in searchable form; Japanese is one word up to the next sign, space or Latin letter."""
    return _words(searchable(text))


def _words(heading: str) -> list[str]:
    """The same for a text that is in searchable form already."""
    return _WORD.findall(heading.replace("'", "").replace("’", ""))


def _letters(heading: str) -> str:
    """The letters and digits of a text in searchable form."""
    return "".join(filter(str.isalnum, heading))


def _has_latin(entry: IndexEntry, phrase: str, letters: str, spoken: str) -> bool:
    if len(letters) <= _ABBREVIATION:
        return f"{phrase} " in f"{entry.words} ".replace("\n", " ")
    return (
        phrase in entry.words
        or (len(letters) >= _SHORTEST_PART and f"{letters}" in entry.letters and not _is_within_name(entry, letters))
        or (len(spoken) > 2 and f" {spoken}" in entry.spoken_words)
    )


def _is_within_name(entry: IndexEntry, letters: str) -> bool:
    """Whether the letters are only the middle of a name: `sano` does not mean somebody called Masanobu."""
    rest = entry.letters
    for name in entry.names:
        if letters in name and not name.startswith(letters):
            rest = rest.replace(name, "\n")
    return letters not in rest


def _orders(name: str) -> tuple[str, str]:
    return name, " ".join(reversed(name.split()))


def _names(lecture: Lecture) -> Iterator[str]:
    for speaker in lecture.people:
        for text in (speaker.name, speaker.reading):
            yield from _variants(text)


def _spoken(names: list[str]) -> Iterator[str]:
    """How the names sound, whole in either order, and their parts; a name that mixes kana and kanji by its kana."""
    for name in names:
        for part in (*_orders(name), *name.split()):
            letters = _letters(part)
            spoken = sound(letters)
            if spoken:
                yield spoken
            elif found := _KANA.fullmatch(letters) or _KANA.match(letters):
                yield sound(found[0])


def _places(lecture: Lecture) -> Iterator[str]:
    for speaker in lecture.people:
        yield from _variants(speaker.affiliation)
    if lecture.venue:
        yield from _variants(lecture.venue.name)


def _room(lecture: Lecture) -> Localized | None:
    return lecture.venue.room if lecture.venue else None


def _running_text(lecture: Lecture) -> Iterator[str]:
    labels = (material.label for material in lecture.all_materials)
    for text in (lecture.summary, lecture.abstract, *(talk.abstract for talk in lecture.talks), *labels):
        yield from _variants(text)


def _titles(lecture: Lecture) -> Iterator[str]:
    for text in (lecture.title, *(talk.title for talk in lecture.talks)):
        yield from _variants(text)


def _variants(text: Localized | None) -> Iterator[str]:
    yield from map(searchable, text.variants if text else ())
