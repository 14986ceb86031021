"""Text of the page: made tidy to be kept, made plain to be understood."""

import re
import unicodedata
from typing import Final

_SPACE: Final = re.compile(r"\s+")
_WIDE: Final = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_OPENING: Final = "(（[［【「『<〈《"
_CLOSING: Final = ")）]］】」』>〉》"
_LOOSE: Final = " \t\u3000,，、;；:：/／|｜"


def plain(text: str) -> str:
    """Text as it is understood: full and half width are one, and so are all kinds of space."""
    return tidy(unicodedata.normalize("NFKC", text))


def tidy(text: str) -> str:
    """Text as it is kept: every run of space a single one, none at the ends."""
    return _SPACE.sub(" ", text).strip()


def joined(before: str, after: str) -> str:
    """Two lines of one sentence in one line: between Japanese characters without a space."""
    before, after = before.rstrip(), after.lstrip()
    if not before or not after:
        return before + after
    return before + ("" if _WIDE.match(before[-1]) or _WIDE.match(after[0]) else " ") + after


def trimmed(text: str) -> str:
    """Text without the punctuation that is left at its ends when something was taken out of it."""
    text = text.strip(_LOOSE)
    while text and ((text[0] in _CLOSING) or (text[-1] in _OPENING)):
        text = (text[1:] if text[0] in _CLOSING else text[:-1]).strip(_LOOSE)
    return tidy(text)


def without_brackets(text: str) -> str:
    """Text without brackets around all of it, such as those of 「[スライド]」, and without a colon at its end."""
    text = tidy(text).rstrip(":：").rstrip()
    while len(text) > 1 and text[0] in _OPENING and text[-1] == _CLOSING[_OPENING.index(text[0])]:
        if text[0] in text[1:] and text.find(text[-1]) < text.rfind(text[0]):
            break  # 「(a) b (c)」
        text = text[1:-1].strip().rstrip(":：").rstrip()
    return text
