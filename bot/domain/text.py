"""Text as it is compared: full and half width, hiragana and katakana, upper and lower case are one."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from bot.domain.language import Localized

_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


def folded(text: str) -> str:
    """`text` in the form in which search and commands compare it (NFKC, case and kana folded, spaces trimmed)."""
    spaced = " ".join(unicodedata.normalize("NFKC", text).split())
    return spaced.casefold().translate(_KATAKANA_TO_HIRAGANA)


def squeezed(text: str) -> str:
    """`text` folded and without any space or punctuation, so that 「瀧 雅人」 is found as 「瀧雅人」."""
    return "".join(character for character in folded(text) if character.isalnum())


def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters of the squeezed text, for measuring how alike two texts are."""
    letters = squeezed(text)
    return frozenset(letters[i : i + 2] for i in range(max(1, len(letters) - 1)) if letters)


_TRACKERS: Final = frozenset(
    {"usp", "fbclid", "gclid", "dclid", "msclkid", "twclid", "yclid", "igshid", "mc_cid", "mc_eid", "si", "feature"}
)
"""Parameters that say where a link was copied from, not where it leads; those that begin with `utm_` are, too."""

_ADDRESS: Final = re.compile(r"https?://[^\s<>()\[\]「」（）]+")
_COUNTING: Final = re.compile(r"\d+|(?<![a-z])[ivx]+(?![a-z])|[一二三四五六七八九十上中下前後]")
"""What counts or orders: a title whose part 1 became part 2 is another title, however alike."""

_A_SLIP: Final = 10
_MOST_SLIPS: Final = 20
"""A slip is at most every tenth character and, in long texts, at most so many in all; more is a revision."""

_ROOM_WORDS: Final = re.compile(r"講義室|教室|号室|室|lectureroom|classroom|lecturehall|room|rm|no(?=\d)")


def plain_link(url: str) -> str:
    """The address without what doesn't change where it leads: trackers, the case of its host."""
    try:
        parts = urlsplit(url.strip())
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return url.strip()
    kept = [(name, value) for name, value in query if name not in _TRACKERS and not name.startswith("utm_")]
    again = parts.query if len(kept) == len(query) else urlencode(kept)
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, again, parts.fragment))


def same_words(before: Localized | None, after: Localized | None) -> bool:
    """Whether the texts differ in nothing but width, spaces and trackers of links, in both languages."""
    if before is None or after is None:
        return before is after
    return before == after or (
        _unspaced(before.ja) == _unspaced(after.ja) and _unspaced(before.en) == _unspaced(after.en)
    )


def same_but_for_spelling(before: Localized, after: Localized) -> bool:
    """Whether one text is the other with slips mended, or with a translation added to what was the only wording."""
    return _same_by(_alike, before, after)


def same_but_for_signs(before: Localized, after: Localized) -> bool:
    """Whether the texts have the same letters, in both languages: only punctuation, case or kana differ."""
    return squeezed(before.ja) == squeezed(after.ja) and squeezed(before.en) == squeezed(after.en)


def same_room(before: Localized, after: Localized) -> bool:
    """Whether both name one room, such as 「201教室」 and 「201講義室」."""
    return _same_by(lambda one, other: _without_room_words(one) == _without_room_words(other), before, after)


def _same_by(same: Callable[[str, str], bool], before: Localized, after: Localized) -> bool:
    """Whether the texts are the same in both languages, or in one while the other had no wording of its own."""
    japanese, english = same(before.ja, after.ja), same(before.en, after.en)
    return (japanese or english) if before.ja == before.en else (japanese and english)


def _without_room_words(name: str) -> str:
    return _ROOM_WORDS.sub("", squeezed(name))


def _unspaced(text: str) -> str:
    cleaned = _ADDRESS.sub(lambda found: plain_link(found[0]), text)
    return "".join(unicodedata.normalize("NFKC", cleaned).split())


def _alike(before: str, after: str) -> bool:
    one, other = folded(before), folded(after)
    if squeezed(one) == squeezed(other):
        return True
    if _COUNTING.findall(one) != _COUNTING.findall(other):
        return False
    return _is_within(one, other, min(min(len(one), len(other)) // _A_SLIP, _MOST_SLIPS))


def _is_within(one: str, other: str, most: int) -> bool:
    """Whether at most so many characters have to be put in, left out or exchanged to make one text of the other."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    if abs(len(one) - len(other)) > most:
        return False
    far = most + 1
    row = {column: column for column in range(min(most, len(other)) + 1)}
    for position, character in enumerate(one, 1):
        above, row = row, {}
        for column in range(max(0, position - most), min(len(other), position + most) + 1):
            exchanged = above.get(column - 1, far) + (column == 0 or character != other[column - 1])
            row[column] = min(exchanged, above.get(column, far) + 1, row.get(column - 1, far) + 1)
        if min(row.values()) > most:
            return False
    return row.get(len(other), far) <= most
