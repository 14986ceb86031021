"""Text as it is understood and compared: what is one and the same in spite of width, space, case, kana and signs."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from bot.domain.language import Language, Localized, in_each_language
from bot.domain.links import ADDRESS, plain_link

_KATAKANA_TO_HIRAGANA: Final = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_SAME_KANJI: Final = (
    "滝瀧 崎﨑嵜碕 高髙 斎齋斉齊 辺邊邉 沢澤 浜濱濵 広廣 桜櫻 国國 学學 島嶋嶌 富冨 徳德 真眞 恵惠 竜龍 蔵藏 条條 曽曾 "
    "実實 寿壽 穂穗 栄榮 渋澁 応應 円圓 静靜 将將 弥彌 与與 塩鹽 鉄鐵 関關 万萬 豊豐 寛寬 黒黑 瀬瀨 晃晄 峰峯 柳栁 "
    "桑桒 吉𠮷"
)
_VARIANTS: Final = str.maketrans(
    {other: same[0] for same in _SAME_KANJI.split() for other in same[1:]}
    | {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)
"""Kanji of names that are written in more than one way, and Latin letters that Unicode doesn't take apart."""

_ACCENTED: Final = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_ENDS: Final = " 。、．，・？！?!.,;:：；…「」『』“”\"'`<>〜~"
_SPACES: Final = re.compile(r"\s+")
_AT: Final = re.compile(r"[(\[{]at[)\]}]", re.IGNORECASE)
_SAME_SIGNS: Final = str.maketrans(
    {**dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63", "-"), **dict.fromkeys("\u301c\u223c", "~")}
    | {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "、": ",", "。": "."}
)


_INVISIBLE: Final = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f"
)
"""Control characters, marks of direction, soft hyphens, spaces without width, fillers, halves of characters."""

_JOINERS: Final = "\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef"
"""What chooses a form of the character before it (of kanji, emoji, Persian and Indic letters); after ASCII, nothing."""


def visible(text: str) -> str:
    """`text` as it is taken in, from whatever source: without characters that nobody sees, lines ended by `\\n`."""
    if not _unseen().search(text):
        return text
    lines = re.sub("\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    return re.sub(f"(?<![^\x00-\x7f])[{_JOINERS}]+", "", re.sub(f"[{_INVISIBLE}]+", "", lines))


def legible(text: str) -> str:
    """`text` as a reader takes it: visible, and full width, circled and other such letters are plain ones (NFKC)."""
    shown = visible(text)
    if shown.isascii():
        return shown
    if _unseen().search(shown):
        shown = visible(re.sub(f"[{_JOINERS}]+", "", shown))
    return unicodedata.normalize("NFKC", shown)


@cache
def _unseen() -> re.Pattern[str]:
    """What most texts have none of; looked for first, because that is fast."""
    return re.compile(f"[{_INVISIBLE}{_JOINERS}\r\x0b\x0c\x85\u2028\u2029]")


def one_line(text: str) -> str:
    """`text` with every run of spaces and line ends as a single space, none at its ends."""
    return " ".join(text.split())


def plain(text: str) -> str:
    """`text` as it is understood: full and half width are one (NFKC), and every run of spaces is a single one."""
    return one_line(unicodedata.normalize("NFKC", text))


def essence(text: str) -> str:
    """What is left of a text without width, spaces and variants of the same sign."""
    return _AT.sub("@", _SPACES.sub("", unicodedata.normalize("NFKC", text).translate(_SAME_SIGNS)))


def is_related(one: str, other: str) -> bool:
    """Whether two names are of one person, place or institution, written more or less fully."""
    one, other = essence(one), essence(other)
    return one in other or other in one


def folded(text: str) -> str:
    """`text` in the form in which search and commands compare it: plain, with case and kana folded."""
    return plain(text).casefold().translate(_KATAKANA_TO_HIRAGANA)


def searchable(text: str) -> str:
    """`text` folded, and without accents and variants of the same kanji: as names are compared."""
    return unaccented(folded(text)).translate(_VARIANTS)


def unaccented(text: str) -> str:
    """`text` with Latin letters without their accents."""
    return text if text.isascii() else _ACCENTED.sub(lambda found: unicodedata.normalize("NFD", found[0])[0], text)


def without_end_marks(text: str) -> str:
    """`text` plain, without what people put at the end or around what they type: `。`, `？`, quotation marks."""
    return plain(text).strip(_ENDS)


def squeezed(text: str) -> str:
    """`text` folded and without any space or punctuation, so that 「瀧 雅人」 is found as 「瀧雅人」."""
    return "".join(character for character in folded(text) if character.isalnum())


_JAPANESE: Final = r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]"  # takes a millisecond to compile


def is_japanese(text: str) -> bool:
    """Whether there are kana or kanji in the text."""
    return re.search(_JAPANESE, text) is not None


_WITH_KANJI: Final = frozenset(("ja", "zh", "yue"))


def may_be_in(language: Language, text: str) -> bool:
    """Whether a text in these letters may be one in that language: kanji are for Japanese and Chinese only."""
    return language.partition("-")[0] in _WITH_KANJI or not is_japanese(text)


def language_written(text: str, languages: Sequence[Language]) -> Language | None:
    """Which of the languages the text is in, by its letters: the first with kanji if it has some, else the first
    without; the first of all if there are only others. None if there are no languages."""
    with_kanji = is_japanese(text)
    fits = (each for each in languages if (each.partition("-")[0] in _WITH_KANJI) is with_kanji)
    return next(fits, next(iter(languages), None))


_COUNTING: Final = r"\d+|(?<![a-z])[ivx]+(?![a-z])|[一二三四五六七八九十上中下前後]"
"""What counts or orders: a title whose part 1 became part 2 is another title, however alike."""

_A_SLIP: Final = 10
_MOST_SLIPS: Final = 20
"""A slip is at most every tenth character and, in long texts, at most so many in all; more is a revision."""

_ROOM_WORDS: Final = r"講義室|教室|号室|室|lectureroom|classroom|lecturehall|room|rm|no(?=\d)"


_PLACEHOLDER: Final = re.compile(
    r"(?:to be (?:announced|confirmed|decided|determined)|t\.?b\.?[acd]|coming soon|n/?a|-+|…+|\.{3,}|未定|調整中"
    r"|準備中|後日(?:公開|掲載|お知らせ)?|近日(?:公開|掲載)?|追って(?:お知らせ|連絡|掲載)?)(?:します|いたします|予定|です)?"
)
_MOST_LINES: Final = 2


def is_placeholder(text: str) -> bool:
    """Whether a running text says only that it is yet to come: TBA, 調整中, with a line after it at most."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = folded(lines[0]).strip(" 。.()[]*!") if lines else ""
    return len(lines) <= _MOST_LINES and (not first or _PLACEHOLDER.fullmatch(first) is not None)


def same_words(before: Localized | None, after: Localized | None) -> bool:
    """Whether the texts differ in nothing but width, spaces and trackers of links, in every language."""
    if before is None or after is None:
        return before is after
    return before == after or all(
        _without_trackers(one) == _without_trackers(other) for one, other in in_each_language(before, after)
    )


def same_but_for_spelling(before: Localized, after: Localized) -> bool:
    """Whether one text is the other with slips mended, or with a translation added to what was the only wording."""
    return _same_by(_alike, before, after)


def same_but_for_signs(before: Localized, after: Localized) -> bool:
    """Whether the texts have the same letters, in every language: only punctuation, case or kana differ."""
    return all(squeezed(one) == squeezed(other) for one, other in in_each_language(before, after))


def same_room(before: Localized, after: Localized) -> bool:
    """Whether both name one room, such as 「201教室」 and 「201講義室」."""
    return _same_by(lambda one, other: _without_room_words(one) == _without_room_words(other), before, after)


def _same_by(same: Callable[[str, str], bool], before: Localized, after: Localized) -> bool:
    """Whether the texts are the same in every language, or in one of them if there was only one wording."""
    found = [same(one, other) for one, other in in_each_language(before, after)]
    return all(found) if before.is_translated else any(found)


def _without_room_words(name: str) -> str:
    return re.sub(_ROOM_WORDS, "", squeezed(name))


def _without_trackers(text: str) -> str:
    return essence(ADDRESS.sub(lambda found: plain_link(found[0]), text))


def _alike(before: str, after: str) -> bool:
    one, other = folded(before), folded(after)
    if squeezed(one) == squeezed(other):
        return True
    if re.findall(_COUNTING, one) != re.findall(_COUNTING, other):
        return False
    return within_edits(one, other, min(min(len(one), len(other)) // _A_SLIP, _MOST_SLIPS))


def within_edits(one: str, other: str, most: int) -> bool:
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
