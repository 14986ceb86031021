"""Texts as people type them in one language or in both: `拡散モデル / Diffusion Models`, `en: Diffusion Models`."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from bot.commands.fields.unusable import Unusable
from bot.domain.edits import FieldEdit, FieldPath, FieldValue
from bot.domain.language import LANGUAGES, Language, Localized
from bot.domain.translations import essence, translated

Wording = str | Mapping[Language, str]
"""A text that serves readers of both languages, or what was said for one or both of them."""

_LABELS: Final[dict[str, Language]] = {"ja": "ja", "日本語": "ja", "en": "en", "英語": "en"}
_LABEL: Final = re.compile(rf"(?:^|(?<=\s)|(?<=/))({'|'.join(_LABELS)})\s*[:：]\s*", re.IGNORECASE)
_LINE_LABEL: Final = re.compile(rf"^\s*({'|'.join(_LABELS)})\s*[:：]\s*", re.IGNORECASE | re.MULTILINE)
_SLASH: Final = re.compile(r"\s+/\s+|\s*／\s*")
_RULE: Final = re.compile(r"^\s*(?:-{3,}|—+|/|／)\s*$", re.MULTILINE)
_JAPANESE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]")
_UNDECIDED: Final = re.compile(
    r"未定|なし|無し|削除|消去|取り消し|取消|none|nothing|remove|delete|clear|tba|tbd|to be (?:announced|decided)",
    re.IGNORECASE,
)
_UNSEEN: Final = re.compile(
    "[\ud800-\udfff\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\U000e0000-\U000e0fff]"
)
"""Half characters, and characters that only change what is around them."""


def cleaned(text: str) -> str:
    """The text without control characters, its lines divided by `\\n`, none of them with spaces at its end."""
    seen = "".join(
        each if each == "\n" or unicodedata.category(each) != "Cc" else " "
        for each in "\n".join(_UNSEEN.sub("", text).splitlines())
    )
    return "\n".join(line.rstrip() for line in seen.split("\n")).strip()


def one_line(text: str) -> str:
    """The text in a single line."""
    return " ".join(text.split())


def is_undecided(text: str) -> bool:
    """Whether the text says that there is no value any more, or not yet."""
    return _UNDECIDED.fullmatch(unicodedata.normalize("NFKC", text).strip(" 　。.()[]")) is not None


def wording(text: str, *, running: bool = False) -> Wording:
    """What was said for each language. In a `running` text both stand in lines of their own. Raises Unusable."""
    labelled = _labelled(text, _LINE_LABEL if running and "\n" in text else _LABEL)
    if labelled is not None:
        return labelled
    for found in (_RULE if running else _SLASH).finditer(text):
        one, other = text[: found.start()].strip(), text[found.end() :].strip()
        if one and other and is_japanese(one) and not is_japanese(other):
            return {"ja": one, "en": other}
        if one and other and is_japanese(other) and not is_japanese(one):
            return {"ja": other, "en": one}
    return text


def _labelled(text: str, pattern: re.Pattern[str]) -> dict[Language, str] | None:
    if not pattern.match(text):
        return None
    labels = list(pattern.finditer(text))
    ends = [*(each.start() for each in labels[1:]), len(text)]
    said: dict[Language, str] = {}
    for label, end in zip(labels, ends, strict=True):
        language = _LABELS[label[1].lower()]
        words = text[label.end() : end].strip().removesuffix("/").removesuffix("／").strip()
        if language in said or not words:
            raise Unusable("unusable.labels", "ja: 機械学習入門 en: Introduction to Machine Learning")
        said[language] = words
    return said


def is_japanese(text: str) -> bool:
    """Whether there are kana or kanji in the text."""
    return _JAPANESE.search(text) is not None


def parts(said: Wording) -> Iterator[tuple[Language | None, str]]:
    """Each language with what was said for it; None for a text that serves both."""
    if isinstance(said, str):
        yield None, said
    else:
        yield from ((language, said[language]) for language in LANGUAGES if language in said)


def joined(said: Mapping[Language | None, str]) -> Wording:
    """What `parts` has taken apart."""
    return said[None] if None in said else {language: each for language, each in said.items() if language}


def localized(said: Wording, had: Localized | None, known: Mapping[str, Localized] | None = None) -> Localized:
    """What a field says after that. What is said for one language leaves the other as it was.

    A name that is said once is taken in both languages if both are `known`, be it under another number.
    """
    if isinstance(said, str):
        if had and said in had.variants:
            return had
        return _in_both(said, known or {}) or Localized.same(said)
    ja, en = said.get("ja"), said.get("en")
    either = ja or en or ""
    return Localized(ja or (had.ja if had else either), en or (had.en if had else either))


def _in_both(text: str, known: Mapping[str, Localized]) -> Localized | None:
    wanted = essence(text)
    english = next((both for both in known.values() if essence(both.en) == wanted), None)
    return Localized(english.ja, text) if english else translated(text, known)


def tree(text: Localized) -> FieldValue:
    """A text as the file has it."""
    return text.ja if text.ja == text.en else {"ja": text.ja, "en": text.en}


def text_edits(number: int, path: FieldPath, had: Localized | None, text: Localized | None) -> tuple[FieldEdit, ...]:
    """The edit that makes one text of the other; none if they are the same."""
    if had == text:
        return ()
    return (FieldEdit(number, path, tree(text) if text else None),)
